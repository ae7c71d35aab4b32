//! One workload at one point of its history: what a target and a revision select.

use super::context::Context;
use super::failure::{Failure, Result};
use super::lookup;
use super::target::{Selection, Target};
use super::world::{World, of_git};
use crate::git::{CommitId, RepoPath};
use crate::output::{Note, ObjectName};
use crate::revision::{Candidate, Lineage, Name, Revision, Row, State, Unnamed, state_at};
use crate::snapshot::Role;
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
    pub notes: Vec<Note>,
}

impl Place {
    /// The one place that the target and the selection mean; without a selection, the newest state.
    pub fn one(context: &Context, world: &World, target: &Target, selection: Option<&Selection>) -> Result<Place> {
        // At another commit the workload may stand in other places: those at the tip do not matter.
        if let Some(Selection::Git(rev)) = selection {
            return Place::at_git_revision(context, world, target, rev);
        }
        let (candidate, notes) = only(context, world, target)?;
        let place = match selection {
            Some(Selection::Number(number)) => Place::numbered(world, &candidate, *number)?,
            _ => Place::newest(world, &candidate)?,
        };
        Ok(Place { notes, ..place })
    }

    fn numbered(world: &World, candidate: &Candidate, number: u64) -> Result<Place> {
        let lineage = walk(world, world.tip, candidate)?;
        if lineage.shallow {
            let what = "the clone is shallow, so its revisions have no numbers";
            return Err(Failure::not_found(anyhow::anyhow!(what)).hint("git fetch --unshallow"));
        }
        let numbered = || lineage.rows.iter().filter_map(|row| row.revision.map(|revision| (revision, row)));
        let found = match number {
            0 => numbered().rev().nth(1), // kubectl's word for the one before the last
            number => numbered().find(|(revision, _)| u64::from(revision.get()) == number),
        };
        let Some((revision, row)) = found else {
            let there = match numbered().next_back() {
                Some((newest, _)) => format!("its revisions are 1 to {newest}"),
                None => "it has no revision".to_owned(),
            };
            // kubectl's words (pkg/polymorphichelpers/history.go).
            let name = ObjectName::from(&candidate.identity).qualified();
            let error = anyhow::anyhow!("unable to find the specified revision");
            return Err(Failure::not_found(error).hint(format!("{there}: rollbook history {}", name.as_str())));
        };
        Place::of_row(row, Some(revision))
    }

    fn newest(world: &World, candidate: &Candidate) -> Result<Place> {
        if let Some(error) = &candidate.unreadable {
            let at = format!("{}:{}:{}", candidate.path.shown().as_str(), error.line, error.column);
            return Err(Failure::new(format!("cannot read {at}: {}", error.message.as_str())));
        }
        match state_at(&world.repository, world.tip, &candidate.path, &candidate.identity).map_err(of_git)? {
            Some(state) => Ok(Place {
                state,
                revision: None,
                commit: world.tip,
                path: candidate.path.clone(),
                role: candidate.role.clone(),
                notes: Vec::new(),
            }),
            None => {
                let name = ObjectName::from(&candidate.identity).qualified();
                let what = format!("{} is not there at `{}`", name.as_str(), world.reference.as_str());
                let hint = format!("rollbook history {} shows when it was removed", name.as_str());
                Err(Failure::not_found(anyhow::anyhow!(what)).hint(hint))
            }
        }
    }

    /// The state at any commit. It has a number where the commit is on the first-parent line of the reference.
    fn at_git_revision(context: &Context, world: &World, target: &Target, rev: &str) -> Result<Place> {
        let commit = world.repository.resolve(rev).map_err(of_git)?;
        let there = World::at(context, commit, rev)?;
        let (candidate, notes) = only(context, &there, target)?;
        let place = Place::newest(&there, &candidate)?;
        let on_line =
            world.repository.first_parents(world.tip).map_err(of_git)?.any(|id| id.is_ok_and(|id| id == commit));
        let revision = match on_line {
            true => walk(&there, commit, &candidate)?.rows.last().and_then(|row| row.during),
            false => None,
        };
        Ok(Place { revision, notes, ..place })
    }

    fn of_row(row: &Row, revision: Option<Revision>) -> Result<Place> {
        let state = row.state.clone().ok_or_else(|| Failure::new("that revision cannot be read"))?;
        let (commit, path) = (row.commit.id, row.path.clone());
        Ok(Place { state, revision, commit, path, role: row.role.clone(), notes: Vec::new() })
    }

    /// The name that a cluster of the version gives.
    pub fn name(&self, world: &World) -> std::result::Result<Name, Unnamed> {
        world.namer().name(&self.state, &self.role)
    }
}

fn walk(world: &World, tip: CommitId, candidate: &Candidate) -> Result<Lineage> {
    Lineage::walk(&world.repository, tip, &candidate.identity, &candidate.path).map_err(of_git)
}

/// The only place where the target stands.
fn only(context: &Context, world: &World, target: &Target) -> Result<(Candidate, Vec<Note>)> {
    let (mut candidates, notes) = lookup::places(context, world, target)?;
    match (candidates.pop(), &candidates[..]) {
        (Some(candidate), []) => Ok((candidate, notes)),
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
