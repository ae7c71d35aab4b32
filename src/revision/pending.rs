//! What the working tree would do to a workload if it were committed.

use super::change::{self, Change};
use super::contents::{Care, Content, Contents};
use super::lineage::Lineage;
use super::state::{State, Unreadable};
use crate::git::{self, Repository};
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
    },
}

impl Pending {
    /// Reads the file of the lineage in the working tree.
    ///
    /// # Errors
    /// A file that is there and cannot be read.
    pub fn read(repository: &Repository, lineage: &Lineage) -> Result<Pending, git::Error> {
        if repository.work_dir().is_none() {
            return Ok(Pending::Same);
        }
        let last = lineage.rows.last();
        let gone = last.is_some_and(|row| row.event.is_removal());
        let committed = lineage.current().map(|(_, state)| state).filter(|_| !gone);
        let text = repository.work_tree_file(&lineage.path)?;
        if text.is_none() && repository.is_left_out(&lineage.path)? {
            return Ok(Pending::Same);
        }
        let contents = text.map(|text| Contents::read(&text, &lineage.identity, Care::Thorough)).unwrap_or_default();
        let content = contents.content(contents.state_like(&lineage.identity.namespace));
        Ok(match (content, committed) {
            (Content::Absent, _) if gone => Pending::Same,
            (Content::Absent, _) => Pending::Removed,
            (Content::Unreadable { error, .. }, _)
                if last.is_some_and(|row| row.event.error.as_ref() == Some(&error)) =>
            {
                Pending::Same
            }
            (Content::Unreadable { error, .. }, _) => Pending::Unreadable(error),
            (Content::Here(state), Some(committed)) => match change::between(committed, &state, false) {
                change if change.is_empty() => Pending::Same,
                change => Pending::Changed { change, state },
            },
            (Content::Here(state), None) => Pending::Changed { change: vec![Change::Added], state },
        })
    }
}
