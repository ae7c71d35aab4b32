//! `rollbook pause`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::cli::operation::Operation;

/// Pause the rollout of a Deployment on a cluster
///
/// What is changed of it while it is paused is rolled out when it is resumed. Of a rollout that is under way, the pods that
/// were replaced stay, and the others too: so a few pods can run a new revision for a while. It says what kubectl rollout
/// pause says.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook pause deployment/web
  rollbook pause web -n shop --context prod")]
pub(in crate::cli) struct Args {
    /// The Deployment: deployment/web, or web where only one workload has the name
    #[arg(value_name = "TARGET", required = true)]
    pub targets: Vec<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    Operation::Pause.run(context, &args.targets)
}
