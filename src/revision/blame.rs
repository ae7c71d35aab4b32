//! Which commit gave each place of an object the value that it has now.
//!
//! ```text
//!   newest                                               oldest
//!   row 7 ── diff ── row 6 ── unreadable ── row 4 ── diff ── row 3 (added)
//!     image: changed here        │                          └ all that is left
//!                                └ replicas: changed here or at the row that cannot be read
//! ```

use super::lineage::Lineage;
use super::row::Row;
use super::state::{State, not_there};
use crate::diff::{Place, Trace};
use crate::git::{self, CommitId, Repository};
use crate::manifest::{Object, read, read_next};
use crate::yaml::{Dialect, Versions};
use std::rc::Rc;
use std::sync::Arc;

/// An object as it is written where its lineage ends.
#[derive(Clone, Debug)]
pub struct Written {
    pub object: Rc<Object>,
    /// The text of its file.
    pub text: Vec<u8>,
    /// The place of its row among those of the lineage.
    row: usize,
}

/// Since when a value is what it is: the place of a row in the lineage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Its commit changed it.
    Row(usize),
    /// A shallow clone ends there: its commit, or one before, changed it.
    AtOrBefore(usize),
}

/// Since when the places of an object are what they are.
#[derive(Clone, Debug, Default)]
pub struct Blame {
    /// Of each place that was asked about.
    pub origins: Vec<Option<Origin>>,
    /// The rows that could not be read, where one of them may have changed what the next one that could is blamed for.
    pub unread: Vec<usize>,
}

impl Origin {
    /// The place of the row.
    pub fn row(self) -> usize {
        match self {
            Origin::Row(row) | Origin::AtOrBefore(row) => row,
        }
    }
}

impl Written {
    /// The object of a lineage as it stands at the commit that the walk began at; none where it is gone, or cannot be
    /// read. What cannot be read and then is again as it was makes no row.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn read(repository: &Repository, tip: CommitId, lineage: &Lineage) -> Result<Option<Written>, git::Error> {
        let row = lineage.rows.iter().rposition(|row| row.event.state.is_some() || row.event.is_removal());
        let Some((row, state)) = row.and_then(|row| state_of(lineage, row)) else { return Ok(None) };
        let Some(blob) = repository.file(tip, &lineage.path)? else { return Ok(None) };
        let text = repository.blob(blob)?;
        let object = state.object(read(&text, Dialect::Kubectl).objects).map(Rc::new);
        Ok(object.map(|object| Written { object, text, row }))
    }
}

/// Finds since when places of the object are what they are: spelling, the order of keys and of the items of lists, moves
/// to other files and API groups do not count. A commit that cannot be read is passed over.
///
/// # Errors
/// What git cannot read.
pub fn blame(
    repository: &Repository,
    lineage: &Lineage,
    written: &Written,
    places: &[Place<'_>],
) -> Result<Blame, git::Error> {
    let mut trace = Trace::new(written.object.clone(), places);
    let mut blame = Blame { origins: vec![None; places.len()], unread: Vec::new() };
    let mut versions = Versions::new(Dialect::Kubectl);
    let mut at = written.row;
    while !trace.is_done() {
        let before = before(lineage, at);
        let Some((older, state)) = before.older else {
            let is_cut = lineage.rows[at].event.change.is_empty();
            let origin = if is_cut { Origin::AtOrBefore(at) } else { Origin::Row(at) };
            blame.take(&trace.rest(), origin, &before.unread);
            break;
        };
        let is_same = state_of(lineage, at).is_some_and(|(_, newer)| newer.is_written_as(state));
        if !is_same {
            let text = text(repository, &lineage.rows[older])?;
            let object = state.object(read_next(&text, &mut versions).objects).ok_or_else(not_there)?;
            blame.take(&trace.back_to(Rc::new(object)), Origin::Row(at), &before.unread);
        }
        at = older;
    }
    Ok(blame)
}

impl Blame {
    fn take(&mut self, places: &[usize], origin: Origin, unread: &[usize]) {
        places.iter().for_each(|&place| self.origins[place] = Some(origin));
        if !places.is_empty() {
            self.unread.extend(unread);
        }
    }
}

/// What there is before a row that has a state.
struct Before<'l> {
    /// The next older row that can be read, if the object was there.
    older: Option<(usize, &'l Arc<State>)>,
    /// The rows between that cannot be read.
    unread: Vec<usize>,
}

fn before(lineage: &Lineage, row: usize) -> Before<'_> {
    let mut before = Before { older: None, unread: Vec::new() };
    // Before the end of a shallow clone there are no rows.
    for older in (0..row).rev() {
        let event = &lineage.rows[older].event;
        before.older = state_of(lineage, older);
        if before.older.is_some() || event.is_removal() {
            break;
        }
        before.unread.push(older);
    }
    before
}

fn state_of(lineage: &Lineage, row: usize) -> Option<(usize, &Arc<State>)> {
    Some((row, lineage.rows.get(row)?.event.state.as_ref()?))
}

fn text(repository: &Repository, row: &Row) -> Result<Vec<u8>, git::Error> {
    row.event.blob.map_or(Ok(Vec::new()), |blob| repository.blob(blob))
}
