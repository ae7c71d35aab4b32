//! What a walk asks of the history: git answers from its trees, a [`Journal`](super::journal::Journal) from memory.

use super::find::is_manifest;
use crate::git::{self, BlobId, Change, CommitId, Filter, PathsStep, RepoPath, Repository};
use crate::manifest::Identity;

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

impl Chronicle for Repository {
    fn steps(&self, tip: CommitId, paths: &[RepoPath]) -> Result<Steps<'_>, git::Error> {
        Ok(Box::new(self.paths_walk(tip, paths)?))
    }

    fn changes(&self, commit: CommitId, _: &Identity) -> Result<Vec<Change>, git::Error> {
        Repository::changes(self, commit, &Filter::named(&is_manifest))
    }

    fn file(&self, commit: CommitId, path: &RepoPath) -> Result<Option<BlobId>, git::Error> {
        Repository::file(self, commit, path)
    }

    fn parent(&self, commit: CommitId) -> Result<Option<CommitId>, git::Error> {
        self.first_parents(commit)?.nth(1).transpose()
    }
}
