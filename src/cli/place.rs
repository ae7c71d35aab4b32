//! One workload at one point of its history: what a target and a revision select.

use super::context::Context;
use super::failure::{Failure, Result};
use super::lookup;
use super::onward::Next;
use super::selected::{Selected, select};
use super::selection::Selection;
use super::settings::Settings;
use super::target::Target;
use super::world::{World, of_git};
use crate::git::{CommitId, Error, RepoPath};
use crate::output::{Note, ObjectName};
use crate::revision::{Applied, Candidate, Lineage, Revision, Row, State, Unnamed, Unreadable, state_at};
use crate::snapshot::Role;
use crate::template::Name;
use crate::text::shell_word;
use std::sync::Arc;

/// A workload as it stood at a commit.
pub(super) struct Place {
    pub state: Arc<State>,
    /// Its number; none off the first-parent line, in a shallow clone, or where none was asked for.
    pub revision: Option<Revision>,
    pub commit: CommitId,
    pub path: RepoPath,
    pub role: Role,
    /// Those of the file that it stands in now.
    pub settings: Settings,
    ran: Ran,
    pub notes: Vec<Note>,
}

/// What ran after a state was applied.
enum Ran {
    /// A walk has told: nothing that git knows of, or this.
    Known(Option<Applied>),
    /// What a walk from there tells.
    After(Candidate),
}

impl Place {
    /// The one place that the target and the selection mean; without a selection, the newest state.
    pub fn one(context: &Context, world: &World, target: &Target, selection: Option<&Selection>) -> Result<Place> {
        let (candidate, notes) = match selection {
            // At another commit the workload may stand in other places: those at the tip do not matter.
            Some(Selection::Commit(rev)) => return Place::at_git_revision(context, world, target, rev),
            Some(selection @ Selection::Word(rev)) if !selection.is_live() => match only(world, target) {
                Ok(found) => found,
                Err(failure) => match world.repository.resolve(rev) {
                    Ok(_) => return Place::at_git_revision(context, world, target, rev),
                    Err(_) => return Err(failure),
                },
            },
            _ => only(world, target)?,
        };
        let Some(selection) = selection else {
            return Ok(Place { notes, ..Place::newest(world, &candidate)? });
        };
        let lineage = walk(world, world.tip, &candidate)?;
        match select(context, world, &lineage, selection)? {
            Selected::Commit(rev) => Place::at_git_revision(context, world, target, &rev),
            Selected::Row(row, more) => {
                let settings = world.settings(&lineage.path)?.clone();
                let notes = notes.into_iter().chain(more).collect();
                Ok(Place { notes, ..Place::of_row(row, row.event.during, settings)? })
            }
        }
    }

    fn newest(world: &World, candidate: &Candidate) -> Result<Place> {
        if let Some(error) = &candidate.unreadable {
            return Err(unreadable(&candidate.path, error));
        }
        match state_at(&world.repository, world.tip, &candidate.path, &candidate.identity).map_err(of_git)? {
            Some(state) => Ok(Place {
                state,
                revision: None,
                commit: world.tip,
                path: candidate.path.clone(),
                role: candidate.role.clone(),
                settings: world.settings(&candidate.path)?.clone(),
                ran: Ran::After(candidate.clone()),
                notes: Vec::new(),
            }),
            None => Err(not_readable(world, candidate)?.unwrap_or_else(|| gone(world, candidate))),
        }
    }

    /// The state at any commit. It has a number where the commit is on the first-parent line of the reference.
    fn at_git_revision(context: &Context, world: &World, target: &Target, rev: &str) -> Result<Place> {
        let commit = world.repository.resolve(rev).map_err(of_git)?;
        let there = World::at(context, commit, rev)?;
        let (candidate, notes) = only(&there, target)?;
        let place = Place::newest(&there, &candidate)?;
        let on_line =
            world.repository.first_parents(world.tip).map_err(of_git)?.any(|id| id.is_ok_and(|id| id == commit));
        let revision = match on_line {
            true => walk(&there, commit, &candidate)?.rows.last().and_then(|row| row.event.during),
            false => None,
        };
        Ok(Place { revision, notes, ..place })
    }

    fn of_row(row: &Row, revision: Option<Revision>, settings: Settings) -> Result<Place> {
        let state = row.event.state.clone().ok_or_else(|| Failure::new("that revision cannot be read"))?;
        let (commit, path) = (row.commit.id, row.event.path.clone());
        let (role, applied) = (row.event.role.clone(), row.event.runs.clone());
        Ok(Place { state, revision, commit, path, role, settings, ran: Ran::Known(applied), notes: Vec::new() })
    }

    /// What runs after it was applied over all that came before; where git cannot know that, as if it were new. What
    /// came before may not be here: then a note says so.
    pub fn live(&mut self, world: &World) -> Result<Applied> {
        let applied = match &self.ran {
            Ran::Known(applied) => applied.clone(),
            Ran::After(candidate) if self.role == Role::Plain => {
                match Lineage::walk(&world.repository, &world.index, self.commit, candidate) {
                    Ok(lineage) => lineage.rows.last().and_then(|row| row.event.runs.clone()),
                    Err(error @ Error::Missing { .. }) => {
                        self.notes.push(Note::on(self.path.shown(), format!("taken for a new object: {error}")));
                        None
                    }
                    Err(error) => return Err(of_git(error)),
                }
            }
            Ran::After(_) => None,
        };
        Ok(applied.unwrap_or_else(|| Applied::new(self.state.clone())))
    }

    /// The name of what runs, on a cluster with the settings.
    pub fn name(&self, world: &World, live: &Applied) -> std::result::Result<Name, Unnamed> {
        let namer = world.namer(&self.settings);
        match self.role {
            Role::Plain => namer.live(live),
            _ => namer.as_new(&self.state, &self.role),
        }
    }
}

/// That the file of a candidate cannot be read.
pub(super) fn unreadable(path: &RepoPath, error: &Unreadable) -> Failure {
    let at = format!("{}:{}:{}", path.shown().as_str(), error.line, error.column);
    Failure::new(format!("cannot read {at}: {}", error.message.as_str()))
}

/// That a file which held a candidate once cannot be read, if that is so.
fn not_readable(world: &World, candidate: &Candidate) -> Result<Option<Failure>> {
    let Some(text) = world.repository.file_text(world.tip, &candidate.path).map_err(of_git)? else { return Ok(None) };
    Ok(Unreadable::of(&text).map(|error| unreadable(&candidate.path, &error)))
}

/// That a candidate stood there once.
pub(super) fn gone(world: &World, candidate: &Candidate) -> Failure {
    let name = ObjectName::from(&candidate.identity).qualified();
    let what = format!("{} is not there at `{}`", name.as_str(), world.reference.as_str());
    let next = Next::new("history", name.as_str(), " shows when it was removed");
    Failure::not_found(anyhow::anyhow!(what)).next(next)
}

/// The lineage of a candidate that was found at a commit.
pub(super) fn walk(world: &World, tip: CommitId, candidate: &Candidate) -> Result<Lineage> {
    Lineage::walk(&world.repository, &world.index, tip, candidate).map_err(of_git)
}

/// The only place where the target stands.
pub(super) fn only(world: &World, target: &Target) -> Result<(Candidate, Vec<Note>)> {
    let (mut candidates, mut notes) = lookup::places(world, target)?;
    match (candidates.pop(), &candidates[..]) {
        (Some(candidate), []) => {
            notes.extend(world.settings(&candidate.path)?.notes());
            Ok((candidate, notes))
        }
        (last, _) => {
            candidates.extend(last);
            Err(several(target, &candidates))
        }
    }
}

fn several(target: &Target, candidates: &[Candidate]) -> Failure {
    let what = format!("`{}` stands in {} places: one has to be chosen", target.name, candidates.len());
    let shown = |candidate: &Candidate| {
        let name = ObjectName::from(&candidate.identity).qualified();
        format!("--path {}  ({})", shell_word(candidate.path.shown().as_str()), name.as_str())
    };
    candidates.iter().map(shown).fold(Failure::new(what), Failure::hint)
}
