//! `rollbook restart`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::cli::operation::Operation;

/// Replace all pods of a workload on a cluster, by a rollout of the same template
///
/// It writes the annotation that kubectl rollout restart writes into the pod template, so the new ReplicaSet has a name of
/// its own. Git does not have the annotation: what deploys from git may take it away, which replaces the pods once more.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook restart deployment/web
  rollbook restart sts/db ds/agent -n shop
  rollbook restart web && rollbook status web --watch")]
pub(in crate::cli) struct Args {
    /// The workload: a Deployment, a DaemonSet or a StatefulSet, as deployment/web, or web where only one has the name
    #[arg(value_name = "TARGET", required = true)]
    pub targets: Vec<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    Operation::Restart.run(context, &args.targets)
}
