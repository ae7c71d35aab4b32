//! `rollbook demo`

#[cfg_attr(not(test), expect(dead_code, reason = "`run` writes it once the tour is there"))]
mod story;

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};

/// Make a small repository and tour the commands on it
///
/// The repository holds a web shop's Deployment and a handful of commits. Every command of the tour is printed with its
/// output, so that it can be tried again in the folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook demo                                 in a temporary folder
  rollbook demo shop                            in the new folder shop")]
pub(in crate::cli) struct Args {
    /// Make the repository in DIR, which must not exist or be empty
    #[arg(value_name = "DIR")]
    pub directory: Option<PathBuf>,
}

pub(in crate::cli) fn run(_context: &mut Context, _args: &Args) -> Result<Exit> {
    Err(Failure::not_in_this_build("demo"))
}
