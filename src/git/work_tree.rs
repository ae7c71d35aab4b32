//! The files as they lie on the disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use git2::Status;

use super::{Error, RepoPath, Repository};

/// No manifest is larger: etcd takes 1.5 MB for an object.
const SIZE_LIMIT: u64 = 256 << 20;

impl Repository {
    /// The bytes of a file of the work tree: nothing if there is no regular file, no work tree, or if a symlink leads out
    /// of it.
    pub fn work_tree_file(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, Error> {
        let (Some(root), Some(relative)) = (self.work_dir(), path.to_file_system()) else { return Ok(None) };
        if !path.parts().all(is_plain) {
            return Ok(None);
        }
        match regular_file(root, &root.join(relative)) {
            Ok(Some((_, size))) if size > SIZE_LIMIT => {
                Err(Error::TooLarge { path: path.shown(), size, limit: SIZE_LIMIT })
            }
            Ok(Some((file, _))) => {
                fs::read(&file).map(Some).map_err(|source| Error::Read { path: path.shown(), source })
            }
            Ok(None) => Ok(None),
            Err(source) if is_absence(&source) => Ok(None),
            Err(source) => Err(Error::Read { path: path.shown(), source }),
        }
    }

    /// Whether the file of the index or the work tree is not the one of `HEAD`. Always false without a work tree.
    pub fn is_dirty(&self, path: &RepoPath) -> bool {
        let Some(relative) = path.to_file_system().filter(|_| !self.is_bare()) else { return false };
        let status = self.inner.status_file(&relative).unwrap_or(Status::CURRENT);
        !(status - Status::IGNORED).is_empty()
    }
}

/// Where the bytes are in the end, and how many; nothing if that is no regular file below `root`.
fn regular_file(root: &Path, file: &Path) -> io::Result<Option<(PathBuf, u64)>> {
    let file = file.canonicalize()?;
    let metadata = fs::metadata(&file)?;
    let inside = metadata.is_file() && file.starts_with(root.canonicalize()?);
    Ok(inside.then_some((file, metadata.len())))
}

/// A tree made to do harm can have such names; git would not check them out.
pub(super) fn is_plain(part: &[u8]) -> bool {
    !matches!(part, b"." | b"..") && !part.eq_ignore_ascii_case(b".git")
}

pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
