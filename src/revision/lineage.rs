//! One workload through the history.

use super::chronicle::Remembered;
use super::contents::{Care, Contents};
use super::find::Candidate;
use super::index::Index;
use super::library::{Library, Templates};
use super::row::{self, Row};
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
        let Candidate { identity, path, role, deliveries, .. } = candidate;
        let mut renderings = Renderings::new(repository)?.delivered(deliveries.clone());
        let chronicle = Remembered { repository, index };
        let library = Library::new(repository, index, Templates::Kept);
        let steps = walk(&chronicle, &mut library.shelf(identity), tip, (identity, path, role), false)?;
        let shallow = repository.is_shallow();
        let marks = row::marks(shallow, &mut renderings, steps)?;
        let role = row::last_role(&marks, role.clone());
        let mut rows = Vec::with_capacity(marks.len());
        for mark in marks {
            rows.push(Row::of(repository, index, mark)?);
        }
        Ok(Lineage { identity: identity.clone(), path: path.clone(), rows, role, shallow })
    }

    /// The newest state that can be read, with its row.
    pub fn current(&self) -> Option<(&Row, &Arc<State>)> {
        self.rows.iter().rev().find_map(|row| row.event.state.as_ref().map(|state| (row, state)))
    }
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
