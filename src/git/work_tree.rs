//! The files as they lie on the disk.

use std::io;

use git2::Status;

use super::{RepoPath, Repository};

impl Repository {
    /// Whether the file of the index or the work tree is not the one of `HEAD`. Always false without a work tree.
    pub fn is_dirty(&self, path: &RepoPath) -> bool {
        let Some(relative) = path.to_file_system().filter(|_| !self.is_bare()) else { return false };
        let status = self.inner.status_file(&relative).unwrap_or(Status::CURRENT);
        !(status - Status::IGNORED).is_empty()
    }
}

/// A tree made to do harm can have such names; git would not check them out.
pub(super) fn is_plain(part: &[u8]) -> bool {
    !matches!(part, b"." | b"..") && !part.eq_ignore_ascii_case(b".git")
}

pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
