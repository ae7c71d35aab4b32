//! `rollbook apply`

mod piece;
mod put;
mod would;

use std::time::{Duration, Instant};

use crate::cli::cluster::connect;
use crate::cli::context::Context;
use crate::cli::duration::Wait;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cluster::Error;
pub(in crate::cli) use piece::{Piece, namespace};
pub(in crate::cli) use put::Put;

/// Put what git says into the cluster, with the reason
///
/// It applies on the server's side, as the field manager rollbook: fields that others set are theirs, and a conflict names them.
/// The cause of the revision goes to kubernetes.io/change-cause on the workload. What kubectl applied in its old way is taken
/// over, so that fields which git removes go from the cluster too.
///
/// It ends with 1 where a rollout that it waits for is not complete in time, or fails.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook apply deployment/web                 as it stands at HEAD
  rollbook apply deployment/web 3 --wait        revision 3, and wait for its pods
  rollbook apply --scope prod                   all of a scope of .rollbook.toml
  rollbook apply -f web.yaml -m 'more memory'   a file that is in no commit yet
  rollbook apply web --dry-run=server           what the server would make of it
  rollbook apply web --wait --timeout 5m --rollback-on-failure")]
pub(in crate::cli) struct Args {
    /// The object, and the revision: a number, 0 for the one before the last, hash:6c5f67b5f7, image:web:1.4,
    /// date:2026-10-01T14:00, commit:3f2a9c1 or any git revision, live for the one that the cluster runs
    #[arg(value_name = "TARGET [REVISION]", num_args = 0..=3)]
    pub target: Vec<String>,

    /// Apply the objects of FILE, or of standard input if it is -; can be repeated
    #[arg(short = 'f', long = "filename", value_name = "FILE", conflicts_with = "target")]
    pub files: Vec<String>,

    /// Why: the cause, in place of the revision's own
    #[arg(short = 'm', long, value_name = "CAUSE")]
    pub message: Option<String>,

    /// Take over fields that others set
    #[arg(long)]
    pub force_conflicts: bool,

    /// Change nothing: ask the server what it would make of it, or compare with what is there (client)
    #[arg(long, value_name = "BY", value_enum, require_equals = true, num_args = 1)]
    pub dry_run: Option<DryRun>,

    /// Wait until the rollouts are complete
    #[arg(long, conflicts_with = "dry_run")]
    pub wait: bool,

    /// Wait so long, such as 90s or 5m; 0 for ever
    #[arg(long, value_name = "TIME", requires = "wait", default_value = "0")]
    pub timeout: Wait,

    /// Where a rollout fails, or its pods cannot be started for a quarter of a minute, put back the pod template that was live,
    /// and wait for it so long once more; a StatefulSet's pod that is in the way is deleted
    #[arg(long, requires = "wait")]
    pub rollback_on_failure: bool,

    /// Go on where Argo CD or Flux deploys the object, which may take the change back
    #[arg(short = 'y', long)]
    pub yes: bool,
}

/// Who tells what would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum DryRun {
    Server,
    Client,
}

/// So long pods that cannot be started are waited for where there is a way back: the kubelet has tried twice by then.
/// Source: kubernetes `pkg/kubelet/kubelet.go` imageBackOffPeriod, 10 s.
const PATIENCE: Duration = Duration::from_secs(15);

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let cluster = connect(context)?;
    let pieces = Piece::all(context, args, &cluster)?;
    let puts = pieces.iter().map(|piece| Put::new(&cluster, piece)).collect::<Result<Vec<Put<'_>>>>()?;
    if args.dry_run.is_none() && !args.yes {
        puts.iter().try_for_each(Put::may_be_changed)?;
    }
    if let Some(by) = args.dry_run {
        puts.iter().try_for_each(|put| would::tell(context, put, by, args.force_conflicts).map_err(or_by_force))?;
        return Ok(Exit::Done);
    }
    let (mut applied, mut failed, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for put in &puts {
        match put.apply(context, args.force_conflicts) {
            Ok(object) => applied.push((put, object)),
            // What was applied before it is rolled out all the same.
            Err(failure) => {
                failures.push(or_by_force(failure));
                break;
            }
        }
    }
    let end = || args.timeout.0.map(|timeout| Instant::now() + timeout);
    let patience = args.rollback_on_failure.then_some(PATIENCE);
    let until = end();
    for (put, object) in applied.iter().filter(|_| args.wait) {
        match put.is_complete(context, object, until, patience) {
            Ok(true) => {}
            Ok(false) => failed.push((put, object)),
            // It may be something else than what was applied: then there is nothing to wait for, and nothing to take back.
            Err(failure) => {
                let is_lost = failure.exit() == Exit::Failed;
                failures.push(not_taken_back(args, put, failure));
                if is_lost {
                    break;
                }
            }
        }
    }
    if args.rollback_on_failure {
        let until = end();
        for (put, object) in &failed {
            let back = put.back(context, object, until, PATIENCE);
            failures.extend(back.err().map(|failure| not_taken_back(args, put, failure)));
        }
    }
    failures.extend(failed.first().map(|(first, _)| {
        let failure = Failure::not_found(anyhow::anyhow!("the rollout of {} did not complete", first.name()));
        failure.next(first.next("status", " shows what is in its way"))
    }));
    // The worst is the answer; the others are told before it.
    let Some(worst) = (0..failures.len()).min_by_key(|&at| failures[at].exit() != Exit::Failed) else {
        return Ok(Exit::Done);
    };
    let worst = failures.remove(worst);
    failures.iter().try_for_each(|failure| context.fail(failure))?;
    Err(worst)
}

/// A conflict is not the end.
fn or_by_force(failure: Failure) -> Failure {
    match failure.of_cluster() {
        Some(Error::Conflict { .. }) => failure.hint("--force-conflicts takes these fields over"),
        _ => failure,
    }
}

/// Where the cluster gives no answer, nobody knows what it runs.
fn not_taken_back(args: &Args, put: &Put<'_>, failure: Failure) -> Failure {
    if !args.rollback_on_failure || failure.exit() != Exit::Failed {
        return failure;
    }
    failure.next(put.next("status", " shows what is").after("what was live may not be back"))
}
