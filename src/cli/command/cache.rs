//! `rollbook cache`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::cli::world::{cache_folder, not_opened};
use crate::git::Repository;
use crate::revision::Index;
use anyhow::Context as _;

/// Look at the cache of a repository, or remove it
///
/// rollbook keeps what it finds out about commits and manifests beside the repository's objects, or in the user's cache
/// folder where that is not writable. It changes no answer, and can be removed at any time.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    pub action: Action,
}

#[derive(Debug, Clone, Copy, clap::Subcommand)]
pub(in crate::cli) enum Action {
    /// Say where it is and what it holds
    Stat,
    /// Remove it
    Clear,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let repository =
        Repository::open(context.directory()).map_err(|error| not_opened(error, &context.globals.command))?;
    let Some(folder) = cache_folder(context, &repository) else {
        context.write_bytes(b"no folder for a cache: there is no home folder\n")?;
        return Ok(Exit::Done);
    };
    let shown = folder.display().to_string();
    let text = match args.action {
        Action::Clear => {
            let files = Index::clear(&folder).with_context(|| format!("cannot clear `{shown}`"))?;
            format!("{files} files removed from {shown}\n")
        }
        Action::Stat => {
            let stat = Index::open(&folder).stat();
            let lines = [
                format!("folder   {shown}"),
                format!("files    {} ({} bytes)", stat.files, stat.bytes),
                format!("books    {}", stat.books),
                format!("lineages {}", stat.lineages),
                format!("lines    {}", stat.stretches),
                format!("commits  {}", stat.commits),
                format!("blobs    {}", stat.blobs),
                format!("names    {}", stat.names),
            ];
            lines.join("\n") + "\n"
        }
    };
    context.source(text.as_bytes())?;
    Ok(Exit::Done)
}
