//! The lineages of all workloads of a line, as bytes.

use super::facts_record::IdentityRecord;
use super::role_record::RoleRecord;
use super::row_record::{Lists, RowRecord, SpotRecord, spots};
use crate::git::{self, CommitId, RepoPath};
use crate::revision::book::Book;
use crate::revision::library::Library;
use crate::revision::row::Mark;
use crate::revision::state::not_there;
use crate::revision::track::{Noted, Outline, Spot, Spots, Track};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::rc::Rc;

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
    states: Vec<SpotRecord<'a>>,
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
        let mut lists = Lists::new(spots);
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
        let states: Rc<[Spot]> = spots(self.states)?.into();
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
        row.mark(commit, path, &self.states, library)
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
