//! What is known of commits, as bytes.

use crate::git::{BlobId, Change, Commit, CommitId, RepoPath, Signature, Time};
use crate::revision::line::{Entry, Stretch};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
pub(super) struct StretchRecord<'a> {
    #[serde(borrow)]
    entries: Vec<EntryRecord<'a>>,
    next: Option<&'a [u8]>,
}

#[derive(Serialize, Deserialize)]
struct EntryRecord<'a> {
    #[serde(borrow)]
    commit: &'a [u8],
    time: i64,
    changes: Vec<ChangeRecord<'a>>,
}

#[derive(Serialize, Deserialize)]
struct ChangeRecord<'a> {
    #[serde(borrow)]
    path: &'a [u8],
    before: Option<&'a [u8]>,
    after: Option<&'a [u8]>,
}

impl<'a> StretchRecord<'a> {
    pub fn of(stretch: &'a Stretch) -> Self {
        let change = |change: &'a Change| ChangeRecord {
            path: change.path.as_bytes(),
            before: change.before.as_ref().map(BlobId::as_bytes),
            after: change.after.as_ref().map(BlobId::as_bytes),
        };
        let entry = |entry: &'a Entry| EntryRecord {
            commit: entry.commit.as_bytes(),
            time: entry.time,
            changes: entry.changes.iter().map(change).collect(),
        };
        StretchRecord {
            entries: stretch.entries.iter().map(entry).collect(),
            next: stretch.next.as_ref().map(CommitId::as_bytes),
        }
    }

    /// The stretch; nothing if an id is none.
    pub fn read(&self) -> Option<Stretch> {
        let next = self.next.map_or(Some(None), |id| CommitId::from_bytes(id).map(Some))?;
        Some(Stretch { entries: self.entries.iter().map(EntryRecord::read).collect::<Option<_>>()?, next })
    }
}

impl EntryRecord<'_> {
    fn read(&self) -> Option<Entry> {
        let blob = |id: Option<&[u8]>| id.map_or(Some(None), |id| BlobId::from_bytes(id).map(Some));
        let change = |change: &ChangeRecord<'_>| {
            let (before, after) = (blob(change.before)?, blob(change.after)?);
            Some(Change { path: RepoPath::new(change.path), before, after })
        };
        let changes = self.changes.iter().map(change).collect::<Option<Vec<_>>>()?;
        Some(Entry { commit: CommitId::from_bytes(self.commit)?, time: self.time, cut: false, changes })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct CommitRecord<'a> {
    #[serde(borrow)]
    parents: Vec<&'a [u8]>,
    seconds: i64,
    offset_minutes: i32,
    name: Cow<'a, str>,
    email: Cow<'a, str>,
    message: Cow<'a, str>,
}

impl<'a> CommitRecord<'a> {
    pub fn of(commit: &'a Commit) -> Self {
        CommitRecord {
            parents: commit.parents.iter().map(CommitId::as_bytes).collect(),
            seconds: commit.time.seconds,
            offset_minutes: commit.time.offset_minutes,
            name: commit.author.name.as_str().into(),
            email: commit.author.email.as_str().into(),
            message: commit.message.as_str().into(),
        }
    }

    /// The commit of that id; nothing if a parent is none.
    pub fn read(self, id: CommitId) -> Option<Commit> {
        Some(Commit {
            id,
            parents: self.parents.into_iter().map(CommitId::from_bytes).collect::<Option<_>>()?,
            time: Time { seconds: self.seconds, offset_minutes: self.offset_minutes },
            author: Signature { name: self.name.into(), email: self.email.into() },
            message: self.message.into(),
        })
    }
}
