//! One workload through the history.

use super::chronicle::Remembered;
use super::contents::{Care, Contents};
use super::find::Candidate;
use super::index::Index;
use super::library::{Library, Templates};
use super::row::{self, Mark, Row};
use super::state::State;
use super::walk::walk;
use crate::git::{self, CommitId, RepoPath, Repository};
use crate::manifest::Identity;
use crate::snapshot::{Renderings, Role};
use std::sync::Arc;

/// A workload through the history.
#[derive(Clone, Debug)]
pub struct Lineage {
    pub identity: Identity,
    /// Where it stands, or stood last.
    pub path: RepoPath,
    /// All that happened to it, the oldest first.
    pub rows: Vec<Row>,
    /// What its file is where the walk began, or was when it went.
    pub role: Role,
    /// Whether the clone is shallow, so that nothing has a number.
    pub shallow: bool,
}

impl Lineage {
    /// Walks back from `tip`, where the candidate was found. The index tells what it knows, and learns the rest.
    ///
    /// # Errors
    /// What git cannot read. A manifest that cannot be read is a row.
    pub fn walk(
        repository: &Repository,
        index: &Index,
        tip: CommitId,
        candidate: &Candidate,
    ) -> Result<Lineage, git::Error> {
        let library = Library::new(repository, index, Templates::Kept);
        let shallow = repository.is_shallow();
        // A deeper clone has more of it tomorrow.
        let known = if shallow { None } else { index.marks(tip, candidate, &library)? };
        let marks = match known {
            Some(marks) => marks,
            None => {
                let marks = walked(repository, index, &library, tip, candidate)?;
                if !shallow {
                    index.learn_marks(tip, candidate, &marks, &library);
                }
                marks
            }
        };
        let role = row::last_role(&marks, candidate.role.clone());
        let mut rows = Vec::with_capacity(marks.len());
        for mark in marks {
            rows.push(Row::of(repository, index, mark)?);
        }
        Ok(Lineage { identity: candidate.identity.clone(), path: candidate.path.clone(), rows, role, shallow })
    }

    /// The newest state that can be read, with its row.
    pub fn current(&self) -> Option<(&Row, &Arc<State>)> {
        self.rows.iter().rev().find_map(|row| row.event.state.as_ref().map(|state| (row, state)))
    }
}

/// The rows as the walk finds them, without what the commits say.
fn walked(
    repository: &Repository,
    index: &Index,
    library: &Library<'_>,
    tip: CommitId,
    candidate: &Candidate,
) -> Result<Vec<Mark>, git::Error> {
    let Candidate { identity, path, role, deliveries, .. } = candidate;
    let chronicle = Remembered { repository, index };
    let steps = walk(&chronicle, &mut library.shelf(identity), tip, (identity, path, role), false)?;
    let mut renderings = Renderings::new(repository)?.delivered(deliveries.clone());
    row::marks(repository.is_shallow(), &mut renderings, steps)
}

/// A workload as it stands in one file of a commit, if it does and can be read.
///
/// # Errors
/// What git cannot read.
pub fn state_at(
    repository: &Repository,
    commit: CommitId,
    path: &RepoPath,
    identity: &Identity,
) -> Result<Option<Arc<State>>, git::Error> {
    let Some(blob) = repository.file(commit, path)? else {
        return Ok(None);
    };
    Ok(Contents::read(&repository.blob(blob)?, identity, Care::Prefilter).state_like(&identity.namespace).cloned())
}
