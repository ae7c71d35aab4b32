//! One lineage of a book. What an earlier run kept of it is an outline, made whole only for the rows that are asked for.

use super::applied::Applied;
use super::change::Change;
use super::contents::Care;
use super::journal::Journal;
use super::library::Library;
use super::number::Revision;
use super::row::{Event, Mark};
use super::state::{State, Unreadable};
use crate::git::{self, BlobId, CommitId, RepoPath};
use crate::manifest::Identity;
use crate::snapshot::Role;
use crate::template::Sticky;
use crate::text::Untrusted;
use std::cell::OnceCell;
use std::collections::HashMap;
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
    mark: OnceCell<Mark>,
    /// What the mark is made of, where it was kept.
    outline: Option<Box<Outline>>,
}

/// A mark whose states stand in blobs.
pub(super) struct Outline {
    /// Those of the track; the others are places in it.
    pub states: Rc<[Spot]>,
    pub annotation: Option<Untrusted>,
    pub hydrator: Option<BlobId>,
    pub change: Vec<Change>,
    pub revision: Option<Revision>,
    pub during: Option<Revision>,
    pub before: Option<usize>,
    pub state: Option<usize>,
    pub ran: Option<(usize, Vec<Sticky>)>,
    pub runs: Option<(usize, Vec<Sticky>)>,
    pub role: Role,
    pub error: Option<Unreadable>,
    pub stale_annotation: Option<Untrusted>,
    pub revert_of: Option<Revision>,
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
            mark: OnceCell::from(mark),
            outline: None,
        }
    }

    /// A row that was kept.
    pub fn kept(commit: CommitId, place: usize, time: i64, path: Rc<RepoPath>, outline: Outline) -> Noted {
        Noted { commit, place, time, path, mark: OnceCell::new(), outline: Some(Box::new(outline)) }
    }

    /// The whole of it.
    ///
    /// # Errors
    /// A blob that git cannot read.
    pub fn mark(&self, library: &Library<'_>) -> Result<&Mark, git::Error> {
        if let (None, Some(outline)) = (self.mark.get(), &self.outline) {
            let mark = outline.mark(self, library)?;
            return Ok(self.mark.get_or_init(|| mark));
        }
        Ok(self.mark.get().expect("what was not kept was read"))
    }

    /// The mark, if it was read or made whole.
    pub fn read_mark(&mut self) -> Option<&mut Mark> {
        self.mark.get_mut()
    }

    /// The mark, if it was read or made whole.
    pub fn into_mark(self) -> Option<Mark> {
        self.mark.into_inner()
    }

    /// Whether the object was there and could be read.
    pub fn has_state(&self) -> bool {
        match (self.mark.get(), &self.outline) {
            (Some(mark), _) => mark.event.state.is_some(),
            (None, outline) => outline.as_ref().is_some_and(|outline| outline.state.is_some()),
        }
    }
}

impl Outline {
    fn mark(&self, of: &Noted, library: &Library<'_>) -> Result<Mark, git::Error> {
        let state = |place: Option<usize>| place.map(|place| library.state(self.states[place])).transpose();
        let applied = |of: &Option<(usize, Vec<Sticky>)>| -> Result<Option<Applied>, git::Error> {
            let Some((place, kept)) = of else { return Ok(None) };
            Ok(Some(Applied { state: library.state(self.states[*place])?, kept: kept.clone() }))
        };
        Ok(Mark {
            commit: of.commit,
            annotation: self.annotation.clone(),
            hydrator: self.hydrator,
            event: Event {
                path: (*of.path).clone(),
                change: self.change.clone(),
                revision: self.revision,
                during: self.during,
                before: state(self.before)?,
                state: state(self.state)?,
                ran: applied(&self.ran)?,
                runs: applied(&self.runs)?,
                role: self.role.clone(),
                error: self.error.clone(),
                rendering: Vec::new(),
                stale_annotation: self.stale_annotation.clone(),
                revert_of: self.revert_of,
            },
        })
    }
}

impl Library<'_> {
    /// The state that stands there.
    ///
    /// # Errors
    /// A blob that git cannot read, or that does not hold it: only an index that somebody else wrote can say so.
    fn state(&self, (blob, place): Spot) -> Result<Arc<State>, git::Error> {
        let facts = self.facts(Some(blob), Care::Thorough)?;
        facts.states.get(place).cloned().ok_or_else(super::state::not_there)
    }
}
