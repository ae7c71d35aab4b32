//! Where the commit goes.

use crate::cli::context::Context;
use crate::cli::failure::{Failure, Result};
use crate::cli::world::{World, of_git};
use crate::git::{self, Branch};
use crate::text::shell_word;

/// What gets the commit.
pub(in crate::cli) enum Onto {
    /// The work tree, and what is checked out there.
    WorkTree,
    /// A branch that nobody has checked out.
    Branch(Branch),
}

/// What the options of a command say of it.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Destination<'a> {
    /// The name of a new branch.
    pub branch: Option<&'a str>,
    /// Whether the commit is made: where it is not, a work tree is needed.
    pub commits: bool,
}

impl Onto {
    /// What the options say: a new branch, that of `--ref`, that of a bare repository, or the work tree.
    pub fn find(context: &Context, world: &World, destination: Destination<'_>) -> Result<Onto> {
        let reference = context.globals.reference.as_deref();
        let branch = match (destination.branch, reference) {
            (Some(name), _) => new_branch(context, world, name)?,
            (None, Some(reference)) => free_branch(context, world, reference)?,
            (None, None) if world.repository.is_bare() => free_branch(context, world, context.reference())?,
            (None, None) => {
                nothing_under_way(world)?;
                return Ok(Onto::WorkTree);
            }
        };
        if !destination.commits {
            let name = branch.name();
            let what = format!("--no-commit needs a work tree, and `{}` has none here", name.as_str());
            return Err(Failure::new(what).hint(again(context, "--dry-run shows the change")));
        }
        Ok(Onto::Branch(branch))
    }
}

/// The same command with something else.
fn again(context: &Context, rest: &str) -> String {
    format!("rollbook {} … {rest}", context.globals.command)
}

/// A branch that is not there yet.
fn new_branch(context: &Context, world: &World, name: &str) -> Result<Branch> {
    let branch = world.repository.branch_named(name).map_err(of_git)?;
    let branch = branch.ok_or_else(|| {
        Failure::new(format!("git takes no branch of the name `{name}`")).hint("man git-check-ref-format has the rules")
    })?;
    match branch.at() {
        None => Ok(branch),
        Some(_) => {
            let hint = again(context, &format!("--ref {} puts it there", shell_word(name)));
            Err(Failure::new(format!("the branch `{name}` is there already")).hint(hint))
        }
    }
}

/// The branch of a revision, unless it is checked out: a work tree would differ from its branch all at once.
fn free_branch(context: &Context, world: &World, rev: &str) -> Result<Branch> {
    let anew = again(context, "--branch NAME makes one for it");
    let Some(branch) = world.repository.branch(rev).map_err(of_git)? else {
        return Err(
            Failure::new(format!("`{rev}` is no branch of this repository: none could get the commit")).hint(anew)
        );
    };
    let Some(place) = world.repository.checked_out_in(&branch).map_err(of_git)? else { return Ok(branch) };
    let name = branch.name();
    let what = format!("`{}` is checked out in `{}`: go there", name.as_str(), place.display());
    let here = git::Repository::open(context.directory()).ok().and_then(|here| here.work_dir()?.canonicalize().ok());
    let hint = match here == place.canonicalize().ok() {
        true => again(context, "without --ref does"),
        false => format!("rollbook -C {} {} …", shell_word(&place.display().to_string()), context.globals.command),
    };
    Err(Failure::new(what).hint(hint).hint(anew))
}

fn nothing_under_way(world: &World) -> Result<()> {
    match world.repository.under_way() {
        None => Ok(()),
        Some(under_way) => {
            let [what, abort] = under_way.words();
            Err(Failure::new(format!("{what} is under way: the commit would be a part of it")).hint(abort))
        }
    }
}
