//! The rows of one lineage, as bytes: unlike those of a book they are read all together.

use super::row_record::{Lists, RowRecord, SpotRecord, spots};
use crate::git::{self, CommitId, RepoPath};
use crate::revision::library::Library;
use crate::revision::row::Mark;
use crate::revision::state::not_there;
use crate::revision::track::Spots;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct LineageRecord<'a> {
    /// Where its rows stand, those of one file once.
    #[serde(borrow)]
    paths: Vec<&'a [u8]>,
    states: Vec<SpotRecord<'a>>,
    /// The commit, the place of the file, and the rest.
    rows: Vec<(&'a [u8], usize, RowRecord<'a>)>,
}

impl<'a> LineageRecord<'a> {
    /// The record of what was walked, with where its states stand; nothing if one stands nowhere.
    pub fn of(marks: &'a [Mark], spots: &'a Spots) -> Option<Self> {
        let mut lists = Lists::new(spots);
        let row = |mark: &'a Mark| Some((mark.commit.as_bytes(), lists.path(&mark.event.path), lists.row(mark)?));
        let rows = marks.iter().map(row).collect::<Option<_>>()?;
        Some(LineageRecord { paths: lists.paths, states: lists.states, rows })
    }

    /// The marks, the oldest first.
    ///
    /// # Errors
    /// A blob that git cannot read, or what only an index that somebody else wrote can say.
    pub fn read(self, library: &Library<'_>) -> Result<Vec<Mark>, git::Error> {
        let paths: Vec<RepoPath> = self.paths.into_iter().map(RepoPath::new).collect();
        let states = spots(self.states).ok_or_else(not_there)?;
        let mut marks = Vec::with_capacity(self.rows.len());
        for (commit, path, row) in self.rows {
            let commit = CommitId::from_bytes(commit).ok_or_else(not_there)?;
            marks.push(row.mark(commit, paths.get(path).ok_or_else(not_there)?, &states, library)?);
        }
        Ok(marks)
    }
}
