//! Which two states are looked at.

use super::Args;
use crate::cli::context::Context;
use crate::cli::failure::{Failure, Result};
use crate::cli::states::{self, End};
use crate::cli::world::{Ground, not_opened, of_git};
use crate::git::{self, CommitId, Repository};
use crate::output::Note;
use crate::snapshot::Delta;

/// Two states, and what is said of them.
pub(super) struct Compared {
    pub ground: Ground,
    pub delta: Delta,
    pub words: Words,
    pub notes: Vec<Note>,
}

/// What the new state is called.
#[derive(Clone, Copy)]
pub(super) enum Words {
    Staged,
    NotCommitted,
    Between,
}

impl Words {
    /// That nothing is different.
    pub fn nothing(self) -> &'static str {
        match self {
            Words::Staged => "no manifest is staged: nothing was checked",
            Words::NotCommitted => "the working tree has no manifest that HEAD has not: nothing was checked",
            Words::Between => "no manifest is different: nothing was checked",
        }
    }
}

/// Reads the states that are asked for.
pub(super) fn read(context: &Context, args: &Args) -> Result<Compared> {
    let command = &context.globals.command;
    let repository = Repository::open(context.directory()).map_err(|error| not_opened(error, command))?;
    let new = if args.ends.staged { End::Index } else { End::WorkTree };
    let words = if args.ends.staged { Words::Staged } else { Words::NotCommitted };
    if let Some((from, to)) = ends(context, args) {
        let tip = repository.resolve(to).map_err(|error| states::not_here(&repository, to, error))?;
        let ground = Ground::of(context, repository, Some(tip))?;
        let ends = states::between(&ground.repository, from, (to, tip), args.ends.direct)?;
        let delta = states::read(context, &ground.repository, ends)?;
        let notes = notes(&delta);
        return Ok(Compared { ground, delta, words: Words::Between, notes });
    }
    if repository.is_bare() {
        let failure = Failure::new("a bare repository has no working tree: two commits have to be named");
        return Err(failure.hint("rollbook check --from A --to B"));
    }
    let tip = tip(&repository, context)?;
    let ground = Ground::of(context, repository, tip)?;
    let delta = match tip {
        Some(tip) => states::read(context, &ground.repository, [End::Commit(tip), new])?,
        None => states::read_first(context, &ground.repository, new)?,
    };
    let mut notes = notes(&delta);
    if tip.is_none() {
        notes.insert(0, Note::new("there is no commit yet: all is new"));
    }
    Ok(Compared { ground, delta, words, notes })
}

/// The two commits that are asked for, by the arguments or by pre-commit.
fn ends<'a>(context: &'a Context, args: &'a Args) -> Option<(&'a str, &'a str)> {
    let of_args =
        args.ends.from.as_ref().map(|from| (from.as_str(), args.ends.to.as_deref().unwrap_or(context.reference())));
    of_args.or_else(|| context.pre_commit.as_ref().map(|[from, to]| (from.as_str(), to.as_str())))
}

/// The commit before the new state; none before the first.
fn tip(repository: &Repository, context: &Context) -> Result<Option<CommitId>> {
    match repository.resolve(context.reference()) {
        Ok(tip) => Ok(Some(tip)),
        Err(git::Error::NoCommits { .. }) if context.globals.reference.is_none() => Ok(None),
        Err(error) => Err(of_git(error)),
    }
}

/// What is different and was not checked.
fn notes(delta: &Delta) -> Vec<Note> {
    let mut notes = states::notes(delta);
    let kustomizations = delta
        .changed
        .iter()
        .filter(|path| delta.new.file_at(path).is_some_and(|file| file.role == crate::snapshot::Role::Kustomization));
    notes.extend(kustomizations.map(|path| {
        Note::on(path.shown(), "this kustomization is different: what it makes of its files is not checked")
    }));
    notes
}
