//! What the working tree would do to a workload if it were committed.

use super::applied::{Applied, Applies};
use super::change::{self, Change};
use super::contents::{Care, Content, Contents};
use super::find::Candidate;
use super::lineage::Lineage;
use super::state::{State, Unreadable};
use crate::git::{self, Repository};
use crate::snapshot::{Passed, Role, Snapshots};
use std::sync::Arc;

/// The state of a workload in the working tree, beside that of its newest commit.
#[derive(Clone, Debug)]
pub enum Pending {
    /// Nothing of it is changed, or there is no working tree.
    Same,
    Removed,
    Unreadable(Unreadable),
    Changed {
        change: Vec<Change>,
        state: Arc<State>,
        /// What would run.
        applied: Applied,
        /// What renders the file in the working tree.
        role: Role,
        /// The text of the file.
        text: Vec<u8>,
    },
    /// The file is not looked into, for that reason.
    Passed(Passed),
}

impl Pending {
    /// Reads the file of the candidate's lineage in the working tree, as git would store it.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn read(
        repository: &Repository,
        snapshots: &Snapshots<'_>,
        candidate: &Candidate,
        lineage: &Lineage,
    ) -> Result<Pending, git::Error> {
        if repository.work_dir().is_none() {
            return Ok(Pending::Same);
        }
        let last = lineage.rows.last();
        let gone = last.is_some_and(|row| row.event.is_removal());
        let committed = lineage.current().map(|(_, state)| state).filter(|_| !gone);
        let text = match snapshots.work_tree_text(&lineage.path)? {
            Some(Err(passed)) => return Ok(Pending::Passed(passed)),
            Some(Ok(text)) => Some(text),
            None => None,
        };
        let read = |text: &Vec<u8>| Contents::read(text, &lineage.identity, Care::Thorough);
        let contents = text.as_ref().map(read).unwrap_or_default();
        let contents = match committed.filter(|_| contents.is_unreadable()) {
            Some(committed) => contents.over(&Contents::of(committed.clone())),
            None => contents,
        };
        let text = || text.clone().unwrap_or_default();
        let role = || snapshots.work_tree_role(&lineage.path, &candidate.deliveries);
        let content = contents.content(contents.state_like(&lineage.identity.namespace));
        Ok(match (content, committed) {
            (Content::Absent, _) if gone => Pending::Same,
            (Content::Absent, _) => Pending::Removed,
            (Content::Unreadable(error), _) if last.is_some_and(|row| row.event.error.as_ref() == Some(&error)) => {
                Pending::Same
            }
            (Content::Unreadable(error), _) => Pending::Unreadable(error),
            (Content::Here(state), Some(committed)) => match change::between(committed, &state, false) {
                change if change.is_empty() => Pending::Same,
                change => Pending::changed(lineage, change, state, role()?, text()),
            },
            (Content::Here(state), None) => Pending::changed(lineage, vec![Change::Added], state, role()?, text()),
        })
    }

    fn changed(lineage: &Lineage, change: Vec<Change>, state: Arc<State>, role: Role, text: Vec<u8>) -> Pending {
        let applied = Applies::over(lineage.rows.iter().map(|row| &row.event)).apply(state.clone());
        Pending::Changed { change, state, applied, role, text }
    }
}
