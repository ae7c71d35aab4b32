//! `rollbook undo`

mod answer;
mod back;
mod message;
mod planned;
mod referred;
mod write;

use self::answer::Answer;
use self::back::Back;
use self::planned::{Extent, Planned, Wanted};
use self::write::{Outcome, write};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::selection::Selection;
use crate::cli::target::Target;
use crate::cli::world::World;

/// Take a workload back to an older revision by a commit, with the reason in it
///
/// The pod template of the revision, as it was written then, takes the place of today's: comments and style come with it,
/// and nothing else of the file changes, the replicas among it. The commit is made by git, of that file alone, so your identity, hooks and signature
/// hold and what else is staged stays. The cluster is not touched: push the commit, and what deploys from git does the rest.
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
  rollbook undo web -m '1.6 runs out of memory'  with the reason")]
pub(in crate::cli) struct Args {
    /// The workload: deployment/web, or web where only one has the name
    #[arg(value_name = "TARGET", num_args = 1..=2, required = true)]
    pub target: Vec<String>,

    /// The revision: a number, 0 for the one before the last, hash:6c5f67b5f7, image:web:1.4, date:2026-10-01T14:00,
    /// commit:3f2a9c1 or any git revision
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

    /// Show what would change, what that does to pods, and the message; write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Change the file and stage it, and leave the commit to you
    #[arg(long, conflicts_with = "dry_run")]
    pub no_commit: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let target = Target::parse_one(&args.target)?;
    let world = World::open(context)?;
    may_write(context, &world)?;
    let back = Back::find(context, &world, &target, &args.to_revision)?;
    let cause = message::cause(&back, &world, args.message.as_deref());
    let extent = if args.whole { Extent::Whole } else { Extent::Template { replicas: args.replicas } };
    let wanted = Wanted { back: &back, extent, cause: &cause };
    let planned = Planned::of(context.index_file.clone(), &world, &wanted)?;
    if planned.is_same(&back) {
        // kubectl's words.
        let what = if args.whole { "object" } else { "template" };
        let text = format!("skipped rollback (current {what} already matches {})\n", back.goal(&world));
        context.write_bytes(text.as_bytes())?;
        return Ok(Exit::Done);
    }
    let message = message::message(&back, &world, &planned, &cause);
    let notes = referred::notes(&world, &back, &planned)?;
    let answer = Answer { world: &world, back: &back, planned: &planned, message: &message, notes };
    if args.dry_run {
        return answer.dry(context);
    }
    match write(&world, &back, &planned, &message, args.no_commit)? {
        Outcome::Staged => answer.staged(context),
        Outcome::Committed(commit) => answer.done(context, commit),
    }
}

/// Refuses where no commit can be made that goes back.
fn may_write(context: &Context, world: &World) -> Result<()> {
    if world.repository.is_bare() {
        return Err(Failure::new("a bare repository has no files to change").hint("git worktree add ../work"));
    }
    if context.globals.reference.is_some() {
        let failure = Failure::new("undo goes back on the branch that is checked out: --ref has no place here");
        return Err(failure.hint("git switch BRANCH"));
    }
    match world.repository.under_way() {
        None => Ok(()),
        Some(under_way) => {
            let [what, abort] = under_way.words();
            Err(Failure::new(format!("{what} is under way: the commit would be a part of it")).hint(abort))
        }
    }
}
