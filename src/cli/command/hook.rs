//! `rollbook hook`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::cli::world::{not_opened, of_git};
use crate::git::{Installed, PreCommitHook, Repository, Uninstalled};
use crate::output::{Diagnostic, Note};
use std::path::Path;

/// Have git run the check before each commit, or no longer
///
/// The hook runs `rollbook check --staged`, and stops a commit in which it finds an error. It is written where git looks
/// for hooks, in the folder that core.hooksPath names or in git's own. A hook that is there is kept, and runs first.
///
/// The check before one commit is skipped by `git commit --no-verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook hook install       check what is staged before each commit
  rollbook hook uninstall     and no longer: what was there before is there again")]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    pub action: Action,
}

#[derive(Debug, Clone, Copy, clap::Subcommand)]
pub(in crate::cli) enum Action {
    /// Write the pre-commit hook; once it is there, nothing changes
    Install,
    /// Remove it, and put back the hook that was there before
    Uninstall,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let command = &context.globals.command;
    let repository = Repository::open(context.directory()).map_err(|error| not_opened(error, command))?;
    let hook = repository.pre_commit_hook().map_err(of_git)?;
    let file = shown(&repository, hook.file());
    let line = match args.action {
        Action::Install => match hook.install().map_err(of_git)? {
            Installed::Before => format!("`{file}` is there already, and runs `rollbook check --staged`"),
            Installed::Now => format!("`{file}` runs `rollbook check --staged` before each commit now"),
            Installed::Anew => format!("`{file}` is that of this version of rollbook now"),
        },
        Action::Uninstall => match hook.uninstall().map_err(of_git)? {
            Uninstalled::Nothing => format!("nothing to remove: `{file}` is not a hook of rollbook"),
            Uninstalled::Removed => format!("`{file}` is removed"),
            Uninstalled::Restored => format!("`{file}` is the hook from before again"),
        },
    };
    context.source(format!("{line}\n").as_bytes())?;
    if let (Action::Install, Some(words)) = (args.action, earlier(&repository, &hook)) {
        context.warn(&Diagnostic::from(&Note::new(words)))?;
    }
    Ok(Exit::Done)
}

/// What becomes of the hook that was there before.
fn earlier(repository: &Repository, hook: &PreCommitHook) -> Option<String> {
    let (file, runs) = hook.earlier()?;
    let file = shown(repository, file);
    Some(match runs {
        true => format!("the hook that was there runs first: it is `{file}` now"),
        false => format!("the hook that was there is `{file}` now: git did not run it, as it is not executable"),
    })
}

/// A file by its path in the work tree, where it is there.
fn shown(repository: &Repository, file: &Path) -> String {
    let inside = repository.work_dir().and_then(|root| file.strip_prefix(root).ok());
    inside.unwrap_or(file).display().to_string()
}
