//! `rollbook hash`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::target::Target;

/// Compute the name that a cluster will give to a Deployment's ReplicaSet
///
/// The name depends on the version of Kubernetes, which is always said beside it. A file needs no repository: the name
/// is that of a new object.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook hash deployment/web                  as it stands at HEAD
  rollbook hash -f web.yaml --kube-version 1.33
  rollbook hash -f web.yaml --all-versions      where the name changes
  kustomize build . | rollbook hash -f -        of what is really applied
  rollbook hash -f web.yaml --dump              the text that is hashed")]
pub(in crate::cli) struct Args {
    /// The workload: deployment/web, deploy web, or a name alone where only one has it
    #[arg(value_name = "TARGET", num_args = 1..=2, required_unless_present = "files")]
    pub target: Vec<String>,

    /// Read objects from FILE, or from standard input if it is -; can be repeated
    #[arg(short = 'f', long = "filename", value_name = "FILE", conflicts_with = "target")]
    pub files: Vec<String>,

    /// Compute the name for every version of Kubernetes that is known
    #[arg(long, conflicts_with_all = ["dump", "explain"])]
    pub all_versions: bool,

    /// Print the text that Kubernetes hashes, byte for byte
    #[arg(long, conflicts_with = "explain")]
    pub dump: bool,

    /// Print the pod template with the defaults that the API server fills in
    #[arg(long)]
    pub explain: bool,

    /// Compute the name with this collision count, which the Deployment's status carries after a collision
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..))]
    pub collision: Option<i32>,
}

pub(in crate::cli) fn run(_context: &mut Context, args: &Args) -> Result<Exit> {
    if args.files.is_empty() {
        Target::parse_one(&args.target)?;
    }
    Err(Failure::not_in_this_build("hash"))
}
