//! The first-parent line of a tip, as far as it touches the files that are watched: what the index knows of it, and the
//! rest from git.
//!
//! ```text
//!   tip ─── … ─── 00c4 ─── … ─── 00a1 ─── … ─── root
//!   └ stretch ──┘ └ stretch ───┘ └ stretch ────────┘
//! ```
//!
//! What a stretch holds is kept under its newest commit. Stretches are cut at commits whose id begins with a zero byte,
//! so that lines which meet anywhere soon share what is known.

use super::find::is_read;
use super::index::Index;
use crate::git::{self, Change, ChangesStep, CommitId, Filter, RepoPath, Repository};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

/// A commit of the line, and the files that it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub commit: CommitId,
    /// When it was committed, in seconds since 1970.
    pub time: i64,
    /// Whether its parent is beyond the boundary of a shallow clone.
    pub cut: bool,
    pub changes: Vec<Change>,
}

/// The entries from a commit on, down to where the next stretch begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Newest first.
    pub entries: Vec<Entry>,
    pub next: Option<CommitId>,
}

/// Which files are watched.
#[derive(Clone, Debug)]
pub(super) enum Watch {
    /// All on which a history rests, at each commit.
    Manifests,
    /// These, at the commits that changed some of them.
    Paths(Vec<RepoPath>),
}

impl Watch {
    /// By what stretches are told apart from those of other files.
    fn digest(&self) -> [u8; 32] {
        let paths = match self {
            Watch::Manifests => &[][..],
            Watch::Paths(paths) => paths,
        };
        let digest = paths.iter().fold(Sha256::new(), |digest, path| {
            digest.chain_update((path.as_bytes().len() as u64).to_le_bytes()).chain_update(path.as_bytes())
        });
        digest.finalize().into()
    }

    /// Whether commits that changed none of the files are told of too.
    fn keeps_all(&self) -> bool {
        matches!(self, Watch::Manifests)
    }

    fn walk<'r>(&self, repository: &'r Repository, from: CommitId) -> Result<Commits<'r>, git::Error> {
        Ok(match self {
            Watch::Manifests => Box::new(repository.changes_walk(from, Filter::named(&is_read))?),
            Watch::Paths(paths) => Box::new(repository.paths_walk(from, paths)?.all(paths.clone())),
        })
    }
}

type Commits<'r> = Box<dyn Iterator<Item = Result<ChangesStep, git::Error>> + 'r>;

/// The entries of a line, newest first.
pub(super) struct Line<'r> {
    repository: &'r Repository,
    index: &'r Index,
    watch: Watch,
    digest: [u8; 32],
    /// Where the stretches began that were known: no commit comes before itself, but an index that somebody else wrote
    /// may say so.
    met: HashSet<CommitId>,
    entries: std::vec::IntoIter<Entry>,
    next: Option<CommitId>,
    /// A walk of git that has come to `next`.
    walk: Option<Commits<'r>>,
}

impl<'r> Line<'r> {
    pub fn new(repository: &'r Repository, index: &'r Index, watch: Watch, tip: CommitId) -> Self {
        let digest = watch.digest();
        let (met, entries) = (HashSet::new(), Vec::new().into_iter());
        Line { repository, index, watch, digest, met, entries, next: Some(tip), walk: None }
    }

    fn stretch(&mut self, from: CommitId) -> Result<Stretch, git::Error> {
        if self.is_kept()
            && self.met.insert(from)
            && let Some(known) = self.index.stretch(from, &self.digest)
        {
            self.walk = None;
            return Ok(known);
        }
        let mut walk = match self.walk.take() {
            Some(walk) => walk,
            None => self.watch.walk(self.repository, from)?,
        };
        let stretch = self.read(&mut walk)?;
        if self.is_kept() {
            self.index.learn_stretch(from, &self.digest, &stretch);
        }
        self.walk = Some(walk);
        Ok(stretch)
    }

    /// Where a shallow clone ends today, a deeper one goes on tomorrow, and a shallower one ends before.
    fn is_kept(&self) -> bool {
        !self.repository.is_shallow()
    }

    /// Reads commits until a stretch begins.
    fn read(&self, walk: &mut Commits<'r>) -> Result<Stretch, git::Error> {
        let mut stretch = Stretch::default();
        for step in walk {
            let ChangesStep { commit, parent, cut, time, changes } = step?;
            if self.watch.keeps_all() || !changes.is_empty() {
                stretch.entries.push(Entry { commit, time, cut, changes });
            }
            if parent.is_some_and(|parent| self.begins(parent)) {
                stretch.next = parent;
                break;
            }
        }
        Ok(stretch)
    }

    fn begins(&self, commit: CommitId) -> bool {
        commit.as_bytes()[0] == 0 || self.is_kept() && self.index.has_stretch(commit, &self.digest)
    }
}

impl Iterator for Line<'_> {
    type Item = Result<Entry, git::Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.entries.next() {
                return Some(Ok(entry));
            }
            match self.next.take().map(|from| self.stretch(from))? {
                Ok(stretch) => (self.entries, self.next) = (stretch.entries.into_iter(), stretch.next),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
