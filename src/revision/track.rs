//! One lineage of a book. What an earlier run kept of it is an outline, made whole only for the rows that are asked for.

use super::contents::Care;
use super::journal::Journal;
use super::library::Library;
use super::row::Mark;
use super::state::State;
use crate::git::{self, BlobId, CommitId, RepoPath};
use crate::manifest::Identity;
use crate::snapshot::Role;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// A lineage, its rows without what the commits say.
pub(super) struct Track {
    pub identity: Identity,
    pub path: RepoPath,
    /// The oldest first.
    pub notes: Vec<Noted>,
    /// What the file is at the end.
    pub role: Role,
    pub stands: bool,
}

/// One row of a track.
pub(super) struct Noted {
    pub commit: CommitId,
    /// How far behind the tip the commit is.
    pub place: usize,
    /// When it was committed, in seconds since 1970.
    pub time: i64,
    pub path: Rc<RepoPath>,
    /// Whether the object was there and could be read.
    pub has_state: bool,
    mark: OnceCell<Box<Mark>>,
    /// What the mark is made of, where it was kept.
    outline: Option<Outline>,
}

/// A mark as it was kept.
pub(super) struct Outline {
    /// The states of the track.
    pub states: Rc<[Spot]>,
    /// The rows of the track as bytes, and where this one stands among them.
    pub rows: Rc<[u8]>,
    pub at: Range<usize>,
}

/// Where a state stands: the blob, and its place among the objects of it.
pub(super) type Spot = (BlobId, usize);

/// Where states stand, by their address.
pub(super) type Spots = HashMap<*const State, Spot>;

impl Noted {
    /// A row that was read, of a commit of the journal.
    pub fn read(mark: Mark, journal: &Journal) -> Noted {
        let place = journal.place(mark.commit);
        Noted {
            commit: mark.commit,
            place,
            time: journal.entries()[place].time,
            path: Rc::new(mark.event.path.clone()),
            has_state: mark.event.state.is_some(),
            mark: OnceCell::from(Box::new(mark)),
            outline: None,
        }
    }

    /// A row that was kept.
    pub fn kept(
        (commit, place, time): (CommitId, usize, i64),
        path: Rc<RepoPath>,
        has_state: bool,
        outline: Outline,
    ) -> Noted {
        Noted { commit, place, time, path, has_state, mark: OnceCell::new(), outline: Some(outline) }
    }

    /// The whole of it.
    ///
    /// # Errors
    /// A blob that git cannot read.
    pub fn mark(&self, library: &Library<'_>) -> Result<&Mark, git::Error> {
        if let (None, Some(outline)) = (self.mark.get(), &self.outline) {
            let mark = outline.mark(self.commit, &self.path, library)?;
            return Ok(self.mark.get_or_init(|| mark.into()));
        }
        Ok(self.mark.get().expect("what was not kept was read"))
    }

    /// The mark, if it was read or made whole.
    pub fn read_mark(&mut self) -> Option<&mut Mark> {
        self.mark.get_mut().map(|mark| &mut **mark)
    }

    /// The mark, if it was read or made whole.
    pub fn into_mark(self) -> Option<Mark> {
        self.mark.into_inner().map(|mark| *mark)
    }
}

impl Library<'_> {
    /// The state that stands there.
    ///
    /// # Errors
    /// A blob that git cannot read, or that does not hold it: only an index that somebody else wrote can say so.
    pub(super) fn state(&self, (blob, place): Spot) -> Result<Arc<State>, git::Error> {
        let facts = self.facts(Some(blob), Care::Thorough)?;
        facts.states.get(place).cloned().ok_or_else(super::state::not_there)
    }
}
