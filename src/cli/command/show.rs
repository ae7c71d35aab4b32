//! `rollbook show`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::target::Target;

/// Show the manifest of a workload as it stood at a revision, comments kept
///
/// Without a revision, as it stands at --ref. With -o json or -o yaml, as kubectl reads it. The values of Secrets are
/// always hidden.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook show deployment/web                  as it stands at HEAD
  rollbook show deployment/web 3                as it stood at revision 3
  rollbook show web v1.4.0 --template           its pod template at v1.4.0
  rollbook show -f web.yaml -o json             as kubectl would send it
  kustomize build . | rollbook show -f - -o json")]
pub(in crate::cli) struct Args {
    /// The workload, and the revision: a number, 0 for the one before the last, or a git revision
    #[arg(value_name = "TARGET [REVISION]", num_args = 1..=3, required_unless_present = "files")]
    pub target: Vec<String>,

    /// Read objects from FILE, or from standard input if it is -; can be repeated
    #[arg(short = 'f', long = "filename", value_name = "FILE", conflicts_with = "target")]
    pub files: Vec<String>,

    /// Show only the pod template
    #[arg(long)]
    pub template: bool,
}

pub(in crate::cli) fn run(_context: &mut Context, args: &Args) -> Result<Exit> {
    if args.files.is_empty() {
        Target::parse_with_revision(&args.target)?;
    }
    Err(Failure::not_in_this_build("show"))
}
