//! `rollbook restart`

mod git;

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::cli::operation::Operation;

/// Replace all pods of a workload on a cluster, by a rollout of the same template
///
/// It writes the annotation that kubectl rollout restart writes into the pod template, so the new ReplicaSet has a name of
/// its own. Git does not have the annotation: what deploys from git may take it away, which replaces the pods once more.
///
/// With --git it writes the annotation into the manifest and commits that, as rollbook undo does, and asks no cluster: what
/// deploys from git then replaces the pods, and nothing takes it back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook restart deployment/web
  rollbook restart sts/db ds/agent -n shop
  rollbook restart web && rollbook status web --watch
  rollbook restart web --git -m 'new certificates'   by a commit")]
pub(in crate::cli) struct Args {
    /// The workload: a Deployment, a DaemonSet or a StatefulSet, as deployment/web, or web where only one has the name
    #[arg(value_name = "TARGET", required = true)]
    pub targets: Vec<String>,

    /// Write it into the one workload's manifest and commit that; the cluster is not asked
    #[arg(long)]
    pub git: bool,

    /// With --git: why, the cause of the new revision [default: restart]
    #[arg(short = 'm', long, value_name = "CAUSE", requires = "git")]
    pub message: Option<String>,

    /// With --git: put the commit on a new branch of this name, and leave the work tree as it is
    #[arg(long, value_name = "NAME", requires = "git")]
    pub branch: Option<String>,

    /// With --git: show what would change and the message; write nothing
    #[arg(long, requires = "git")]
    pub dry_run: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    match args.git {
        true => git::run(context, args),
        false => Operation::Restart.run(context, &args.targets),
    }
}
