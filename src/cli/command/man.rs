//! `rollbook man`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::cli::args::definition;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};

/// Print the manual page, or write the pages of all commands into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook man | man -l -                       read it here
  rollbook man ~/.local/share/man/man1          install it")]
pub(in crate::cli) struct Args {
    /// Write a page for every command into DIR, which is made if it is not there
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    match &args.directory {
        Some(directory) => write_pages(directory)?,
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(definition()).render(&mut page)?;
            context.write_bytes(&page)?;
        }
    }
    Ok(Exit::Done)
}

fn write_pages(directory: &Path) -> Result<()> {
    fs::create_dir_all(directory).with_context(|| format!("cannot make the folder `{}`", directory.display()))?;
    clap_mangen::generate_to(definition(), directory)
        .with_context(|| format!("cannot write into `{}`", directory.display()))?;
    Ok(())
}
