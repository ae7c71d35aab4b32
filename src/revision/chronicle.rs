//! What a walk asks of the history: git answers from its trees, a [`Journal`](super::journal::Journal) from memory.

use super::find::is_manifest;
use super::index::Index;
use super::line::{Entry, Line, Watch};
use crate::git::{self, BlobId, Change, CommitId, Filter, PathStep, PathsStep, RepoPath, Repository};
use crate::manifest::Identity;
use std::collections::HashMap;

/// The steps of some paths, newest first.
pub(super) type Steps<'c> = Box<dyn Iterator<Item = Result<PathsStep, git::Error>> + 'c>;

/// A first-parent history.
pub(super) trait Chronicle {
    /// The commits from `tip` on at which the files at the paths changed, newest first.
    fn steps(&self, tip: CommitId, paths: &[RepoPath]) -> Result<Steps<'_>, git::Error>;

    /// The manifests that a commit changed, at least those that may be about the workload.
    fn changes(&self, commit: CommitId, wanted: &Identity) -> Result<Vec<Change>, git::Error>;

    /// The file at a path of a commit.
    fn file(&self, commit: CommitId, path: &RepoPath) -> Result<Option<BlobId>, git::Error>;

    /// The commit before, unless a shallow clone ends here.
    fn parent(&self, commit: CommitId) -> Result<Option<CommitId>, git::Error>;
}

/// The history as git tells it, with what the index remembers of it.
pub(super) struct Remembered<'r> {
    pub repository: &'r Repository,
    pub index: &'r Index,
}

impl Chronicle for Remembered<'_> {
    fn steps(&self, tip: CommitId, paths: &[RepoPath]) -> Result<Steps<'_>, git::Error> {
        let places: HashMap<RepoPath, usize> = paths.iter().cloned().zip(0..).collect();
        let line = Line::new(self.repository, self.index, Watch::Paths(paths.to_vec()), tip);
        Ok(Box::new(line.map(move |entry| entry.map(|entry| steps_of(&entry, &places)))))
    }

    fn changes(&self, commit: CommitId, _: &Identity) -> Result<Vec<Change>, git::Error> {
        self.repository.changes(commit, &Filter::named(&is_manifest))
    }

    fn file(&self, commit: CommitId, path: &RepoPath) -> Result<Option<BlobId>, git::Error> {
        self.repository.file(commit, path)
    }

    fn parent(&self, commit: CommitId) -> Result<Option<CommitId>, git::Error> {
        self.repository.first_parents(commit)?.nth(1).transpose()
    }
}

fn steps_of(entry: &Entry, places: &HashMap<RepoPath, usize>) -> PathsStep {
    let Entry { commit, cut, .. } = *entry;
    let step = |change: &Change| {
        let step = PathStep { commit, before: change.before, after: change.after, cut };
        Some((*places.get(&change.path)?, step))
    };
    PathsStep { commit, steps: entry.changes.iter().filter_map(step).collect() }
}
