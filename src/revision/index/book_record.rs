//! The lineages of all workloads of a line, as bytes.

use super::facts_record::{ErrorRecord, IdentityRecord};
use super::role_record::RoleRecord;
use crate::git::{self, BlobId, CommitId, RepoPath};
use crate::revision::applied::Applied;
use crate::revision::book::Book;
use crate::revision::change::Change;
use crate::revision::library::Library;
use crate::revision::number::Revision;
use crate::revision::row::{Event, Mark};
use crate::revision::state::{State, not_there};
use crate::revision::track::{Noted, Outline, Spot, Spots, Track};
use crate::template::Sticky;
use crate::text::Untrusted;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The lineages of a book, their rows in outline.
pub(in crate::revision) struct Outlines {
    pub lineages: Vec<Track>,
    /// Whether any commit has a file that renders others.
    pub renders: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct BookRecord<'a> {
    renders: bool,
    #[serde(borrow)]
    tracks: Vec<TrackRecord<'a>>,
}

#[derive(Serialize, Deserialize)]
struct TrackRecord<'a> {
    #[serde(borrow)]
    identity: IdentityRecord<'a>,
    path: &'a [u8],
    stands: bool,
    /// What the file is at the end.
    role: RoleRecord<'a>,
    /// Where its rows stand, those of one file once.
    paths: Vec<&'a [u8]>,
    /// Its states: the blob, and the place in that.
    states: Vec<(&'a [u8], usize)>,
    heads: Vec<HeadRecord<'a>>,
    /// One behind the other, each read only where it is asked for.
    #[serde(borrow, with = "bytes")]
    rows: Cow<'a, [u8]>,
}

#[derive(Serialize, Deserialize)]
struct HeadRecord<'a> {
    #[serde(borrow)]
    commit: &'a [u8],
    place: usize,
    time: i64,
    path: usize,
    has_state: bool,
    /// How many bytes its row has.
    length: usize,
}

#[derive(Serialize, Deserialize)]
struct RowRecord<'a> {
    #[serde(borrow)]
    annotation: Option<Cow<'a, str>>,
    hydrator: Option<&'a [u8]>,
    blob: Option<&'a [u8]>,
    blob_before: Option<&'a [u8]>,
    change: Vec<Change>,
    revision: Option<Revision>,
    during: Option<Revision>,
    before: Option<usize>,
    state: Option<usize>,
    ran: Option<(usize, Cow<'a, [Sticky]>)>,
    runs: Option<(usize, Cow<'a, [Sticky]>)>,
    role: RoleRecord<'a>,
    error: Option<ErrorRecord<'a>>,
    stale_annotation: Option<Cow<'a, str>>,
    revert_of: Option<Revision>,
}

impl<'a> BookRecord<'a> {
    /// The record of a book that was read, with where its states stand; nothing if one stands nowhere.
    pub fn of(book: &'a Book<'_>, spots: &'a Spots) -> Option<Self> {
        let tracks = book.lineages.iter().map(|track| TrackRecord::of(track, book, spots));
        Some(BookRecord { renders: book.renders, tracks: tracks.collect::<Option<_>>()? })
    }

    /// The lineages; nothing if an id is none, or a place leads nowhere.
    pub fn read(self) -> Option<Outlines> {
        let lineages = self.tracks.into_iter().map(TrackRecord::read).collect::<Option<_>>()?;
        Some(Outlines { lineages, renders: self.renders })
    }
}

impl<'a> TrackRecord<'a> {
    fn of(track: &'a Track, book: &'a Book<'_>, spots: &'a Spots) -> Option<Self> {
        let mut lists = Lists { spots, paths: Vec::new(), states: Vec::new(), placed: HashMap::new() };
        let (mut heads, mut rows) = (Vec::new(), Vec::new());
        for noted in &track.notes {
            let row = postcard::to_allocvec(&lists.row(noted.mark(&book.library).ok()?)?).ok()?;
            heads.push(HeadRecord {
                commit: noted.commit.as_bytes(),
                place: noted.place,
                time: noted.time,
                path: lists.path(&noted.path),
                has_state: noted.has_state,
                length: row.len(),
            });
            rows.extend(row);
        }
        Some(TrackRecord {
            identity: IdentityRecord::of(&track.identity),
            path: track.path.as_bytes(),
            stands: track.stands,
            role: RoleRecord::of(&track.role),
            paths: lists.paths,
            states: lists.states,
            heads,
            rows: rows.into(),
        })
    }

    fn read(self) -> Option<Track> {
        let paths: Vec<Rc<RepoPath>> = self.paths.into_iter().map(|path| Rc::new(RepoPath::new(path))).collect();
        let state = |(blob, place)| Some((BlobId::from_bytes(blob)?, place));
        let states: Rc<[Spot]> = self.states.into_iter().map(state).collect::<Option<_>>()?;
        let (rows, mut start): (Rc<[u8]>, usize) = (self.rows.into(), 0);
        let mut notes = Vec::with_capacity(self.heads.len());
        for head in self.heads {
            let at = start..start.checked_add(head.length).filter(|end| *end <= rows.len())?;
            start = at.end;
            let commit = (CommitId::from_bytes(head.commit)?, head.place, head.time);
            let outline = Outline { states: states.clone(), rows: rows.clone(), at };
            notes.push(Noted::kept(commit, paths.get(head.path)?.clone(), head.has_state, outline));
        }
        let (identity, path) = (self.identity.read(), RepoPath::new(self.path));
        Some(Track { identity, path, notes, role: self.role.read(), stands: self.stands })
    }
}

impl Outline {
    /// The mark, which is of that commit and file.
    ///
    /// # Errors
    /// A blob that git cannot read, or what only an index that somebody else wrote can say.
    pub(in crate::revision) fn mark(
        &self,
        commit: CommitId,
        path: &RepoPath,
        library: &Library<'_>,
    ) -> Result<Mark, git::Error> {
        let row: RowRecord<'_> = postcard::from_bytes(&self.rows[self.at.clone()]).map_err(|_| not_there())?;
        let blob = |id: Option<&[u8]>| id.map(|id| BlobId::from_bytes(id).ok_or_else(not_there)).transpose();
        let spot = |place: usize| library.state(*self.states.get(place).ok_or_else(not_there)?);
        let state = |place: Option<usize>| place.map(spot).transpose();
        let applied = |of: Option<(usize, Cow<'_, [Sticky]>)>| {
            of.map(|(place, kept)| Ok(Applied { state: spot(place)?, kept: kept.into_owned() })).transpose()
        };
        Ok(Mark {
            commit,
            annotation: row.annotation.map(Untrusted::from),
            hydrator: blob(row.hydrator)?,
            event: Event {
                path: path.clone(),
                blob: blob(row.blob)?,
                blob_before: blob(row.blob_before)?,
                change: row.change,
                revision: row.revision,
                during: row.during,
                before: state(row.before)?,
                state: state(row.state)?,
                ran: applied(row.ran)?,
                runs: applied(row.runs)?,
                role: row.role.read(),
                error: row.error.map(ErrorRecord::read),
                rendering: Vec::new(),
                stale_annotation: row.stale_annotation.map(Untrusted::from),
                revert_of: row.revert_of,
            },
        })
    }
}

/// What the rows of a track name by its place.
struct Lists<'a> {
    spots: &'a Spots,
    paths: Vec<&'a [u8]>,
    states: Vec<(&'a [u8], usize)>,
    /// The places of the latter, by address.
    placed: HashMap<*const State, usize>,
}

impl<'a> Lists<'a> {
    fn row(&mut self, mark: &'a Mark) -> Option<RowRecord<'a>> {
        let event = &mark.event;
        let text = |text: &'a Option<Untrusted>| text.as_ref().map(|text| Cow::Borrowed(text.as_str()));
        Some(RowRecord {
            annotation: text(&mark.annotation),
            hydrator: mark.hydrator.as_ref().map(BlobId::as_bytes),
            blob: event.blob.as_ref().map(BlobId::as_bytes),
            blob_before: event.blob_before.as_ref().map(BlobId::as_bytes),
            change: event.change.clone(),
            revision: event.revision,
            during: event.during,
            before: self.place_of(event.before.as_ref())?,
            state: self.place_of(event.state.as_ref())?,
            ran: self.applied(event.ran.as_ref())?,
            runs: self.applied(event.runs.as_ref())?,
            role: RoleRecord::of(&event.role),
            error: event.error.as_ref().map(ErrorRecord::of),
            stale_annotation: text(&event.stale_annotation),
            revert_of: event.revert_of,
        })
    }

    fn path(&mut self, path: &'a RepoPath) -> usize {
        let path = path.as_bytes();
        self.paths.iter().rposition(|other| *other == path).unwrap_or_else(|| {
            self.paths.push(path);
            self.paths.len() - 1
        })
    }

    /// The place of a state, if there is a state; nothing if it stands nowhere.
    fn place_of(&mut self, state: Option<&Arc<State>>) -> Option<Option<usize>> {
        let Some(state) = state.map(Arc::as_ptr) else { return Some(None) };
        if let Some(place) = self.placed.get(&state) {
            return Some(Some(*place));
        }
        let (blob, place) = self.spots.get(&state)?;
        self.states.push((blob.as_bytes(), *place));
        self.placed.insert(state, self.states.len() - 1);
        Some(Some(self.states.len() - 1))
    }

    fn applied(&mut self, applied: Option<&'a Applied>) -> Option<Option<(usize, Cow<'a, [Sticky]>)>> {
        let Some(applied) = applied else { return Some(None) };
        Some(self.place_of(Some(&applied.state))?.map(|state| (state, Cow::Borrowed(&applied.kept[..]))))
    }
}

/// Bytes that are read where they stand: by themselves `Cow`s of bytes are read one by one.
mod bytes {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::borrow::Cow;

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, [u8]>, D::Error> {
        <&[u8]>::deserialize(deserializer).map(Cow::Borrowed)
    }
}
