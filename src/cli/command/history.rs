//! `rollbook history`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::target::{Selection, Target};
use crate::cli::when::When;

/// Show the revisions of a workload: what changed, when, by whom and why, and the name that the cluster gave it
///
/// A revision is one state of the workload's pod template, numbered from the oldest. The numbers hold as long as the
/// branch's history does, for every version of Kubernetes. Changes that roll no pods have no number; --all shows them
/// too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook history deployment/web               all revisions of a Deployment
  rollbook history deploy web --all             with what changed between them
  rollbook history web --revision 3             revision 3's pod template
  rollbook history web --since 2w -o json       the last two weeks, for a script
  rollbook history web --kube-version 1.33      the names of Kubernetes 1.33")]
pub(in crate::cli) struct Args {
    /// The workload: deployment/web, deploy web, or a name alone where only one has it
    #[arg(value_name = "TARGET", required = true)]
    pub targets: Vec<String>,

    /// Show the changes that made no revision too: scaling, comments, moves, other fields
    #[arg(long)]
    pub all: bool,

    /// Describe the pod template of this revision: a number, 0 for the one before the last, or a git revision
    #[arg(long, value_name = "N", allow_negative_numbers = true, conflicts_with_all = ["all", "limit", "since"])]
    pub revision: Option<Selection>,

    /// Show only the newest N rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,

    /// Show only what was committed since then: 2026-10-01, 2026-10-01T14:00 (UTC), 2026-10-01T14:00:00+02:00, or how
    /// long ago: 12h, 3d, 2w
    #[arg(long, value_name = "WHEN")]
    pub since: Option<When>,
}

pub(in crate::cli) fn run(_context: &mut Context, args: &Args) -> Result<Exit> {
    Target::parse(&args.targets)?;
    Err(Failure::not_in_this_build("history"))
}
