//! `rollbook resume`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::cli::operation::Operation;

/// Go on with the rollout of a Deployment that was paused
///
/// All that was changed of it meanwhile is rolled out at once. It says what kubectl rollout resume says.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook resume deployment/web
  rollbook resume web && rollbook status web --watch")]
pub(in crate::cli) struct Args {
    /// The Deployment: deployment/web, or web where only one workload has the name
    #[arg(value_name = "TARGET", required = true)]
    pub targets: Vec<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    Operation::Resume.run(context, &args.targets)
}
