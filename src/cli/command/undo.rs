//! `rollbook undo`

mod allowed;
mod answer;
mod back;
#[cfg(feature = "cluster")]
mod deploy;
#[cfg(feature = "cluster")]
mod live;
mod message;
mod referred;
mod rendered;
mod together;

use self::answer::Answer;
use self::back::{Back, Extent};
use self::together::Together;
#[cfg(feature = "cluster")]
use crate::cli::cluster::connect_for_names;
use crate::cli::context::Context;
use crate::cli::edit::{Destination, Onto, Outcome, Planned, finish, write};
use crate::cli::failure::{Exit, Result};
use crate::cli::selection::Selection;
use crate::cli::target::Target;
use crate::cli::world::World;

/// Take a workload back to an older revision by a commit, with the reason in it
///
/// The pod template of the revision, as it was written then, takes the place of today's: comments and style come with it,
/// and nothing else of the file changes, the replicas among it. The commit is made by git, of that file alone, so your
/// identity, hooks and signature hold and what else is staged stays. With --branch, with the --ref of a branch that is not
/// checked out, and in a bare repository it goes to that branch and no work tree is touched; hooks do not run there. The
/// cluster is not touched: push the commit, and what deploys from git does the rest.
///
/// It says what it goes back to and what is undone with it. It refuses where the file has changes that are not committed,
/// during a merge or a rebase, and where what would come out is another thing than the revision was.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook undo deployment/web                   to the one before the last
  rollbook undo web --to-revision 3              to revision 3
  rollbook undo web --to-revision image:web:1.4  to what ran that image
  rollbook undo web --dry-run                    what it would do
  rollbook undo web --to-revision 3 --whole      all of the object
  rollbook undo web --branch undo-web            on a branch of its own
  rollbook undo web -m '1.6 runs out of memory'  with the reason")]
pub(in crate::cli) struct Args {
    /// The workload: deployment/web, or web where only one has the name
    #[arg(value_name = "TARGET", num_args = 1..=2, required = true)]
    pub target: Vec<String>,

    /// The revision: a number, 0 for the one before the last, hash:6c5f67b5f7, image:web:1.4, date:2026-10-01T14:00,
    /// commit:3f2a9c1 or any git revision, live for the one that the cluster runs
    #[arg(long, value_name = "R", default_value = "0", allow_negative_numbers = true)]
    pub to_revision: Selection,

    /// Why: the cause of the new revision
    #[arg(short = 'm', long, value_name = "CAUSE")]
    pub message: Option<String>,

    /// Take the number of replicas back too
    #[arg(long, conflicts_with = "whole")]
    pub replicas: bool,

    /// Take the whole object back, not only its pod template
    #[arg(long)]
    pub whole: bool,

    /// Take back too what the older template names and is gone or changed since (ConfigMaps, Secrets, ServiceAccounts,
    /// claims), and the lines of kustomizations that give it another image
    #[arg(long)]
    pub with_references: bool,

    /// Put the commit on a new branch of this name, and leave the work tree as it is
    #[arg(long, value_name = "NAME")]
    pub branch: Option<String>,

    /// Show what would change, what that does to pods, and the message; write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Change the file and stage it, and leave the commit to you
    #[arg(long, conflicts_with = "dry_run")]
    pub no_commit: bool,

    /// Put what is committed into the cluster too, as rollbook apply does
    #[cfg(feature = "cluster")]
    #[arg(long, conflicts_with_all = ["live", "branch", "no_commit", "dry_run"])]
    pub apply: bool,

    /// With --apply: go on where Argo CD or Flux deploys the object, which may take the change back until it is pushed
    #[cfg(feature = "cluster")]
    #[arg(short = 'y', long, requires = "apply")]
    pub yes: bool,

    /// Go back on the cluster alone, in an emergency: git then says something else, as rollbook drift shows
    #[cfg(feature = "cluster")]
    #[arg(long, conflicts_with_all = ["replicas", "whole", "with_references", "branch", "no_commit"])]
    pub live: bool,

    /// With --live: the revision that has this number on the cluster, as kubectl rollout history shows it
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "N", requires = "live", conflicts_with_all = ["git_revision", "to_revision"])]
    pub live_revision: Option<i64>,

    /// With --live: the revision that is this one in git
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "R", requires = "live", conflicts_with = "to_revision")]
    pub git_revision: Option<Selection>,

    /// With --live: delete the pods of a StatefulSet that never become ready, which its controller waits for
    #[cfg(feature = "cluster")]
    #[arg(long, requires = "live")]
    pub delete_stuck_pods: bool,
}

impl Args {
    fn destination(&self) -> Destination<'_> {
        Destination { branch: self.branch.as_deref(), commits: !self.no_commit }
    }
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    #[cfg(feature = "cluster")]
    if args.live {
        return live::run(context, args);
    }
    let target = Target::parse_one(&args.target)?;
    #[cfg(feature = "cluster")]
    let cluster = args.apply.then(|| connect_for_names(context)).transpose()?;
    let world = World::open(context)?;
    let onto = Onto::find(context, &world, args.destination())?;
    let back = Back::find(context, &world, &target, &args.to_revision)?;
    let together = Together::find(&world, &back, args.with_references)?;
    let cause = message::cause(&back, &world, args.message.as_deref());
    let extent = if args.whole { Extent::Whole } else { Extent::Template { replicas: args.replicas } };
    let rewrites = together.rewrites_with(back.rewrite(extent, &cause));
    let planned = Planned::of(context.index_file.as_ref(), &world, &onto, &back, &together.kustomizations, &rewrites)?;
    allowed::allowed(&back, &world, &planned)?;
    if planned.changed().next().is_none() {
        if matches!(onto, Onto::WorkTree) && !args.dry_run && planned.is_settled() {
            finish(context, &world)?;
        }
        // kubectl's words.
        let what = if args.whole { "object" } else { "template" };
        let text = format!("skipped rollback (current {what} already matches {})\n", back.goal(&world));
        context.write_bytes(text.as_bytes())?;
        // The cluster may say something else all the same.
        #[cfg(feature = "cluster")]
        if let Some(cluster) = cluster {
            deploy::Deploy::newest(context, cluster, args)?.apply(context)?;
        }
        return Ok(Exit::Done);
    }
    let message = message::message(&back, &world, &planned, &together, &cause);
    let answer =
        Answer { world: &world, onto: &onto, back: &back, together: &together, planned: &planned, message: &message };
    if args.dry_run {
        return answer.dry(context);
    }
    #[cfg(feature = "cluster")]
    let deploy = cluster
        .map(|cluster| deploy::Deploy::ready(cluster, (&world, &back, &planned), &cause, args.yes))
        .transpose()?;
    match write(&world, &onto, &back, &planned, &message, args.no_commit)? {
        Outcome::Staged => return answer.staged(context),
        Outcome::Committed(commit) => answer.done(context, commit)?,
    };
    #[cfg(feature = "cluster")]
    deploy.iter().try_for_each(|deploy| deploy.apply(context))?;
    Ok(Exit::Done)
}
