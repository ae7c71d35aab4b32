//! The files as they lie on the disk.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use git2::{ErrorCode, IndexEntry, Status};

use super::program::Git;
use super::repository::Source;
use super::{Error, RepoPath, Repository};

/// No manifest is larger: etcd takes 1.5 MB for an object.
const SIZE_LIMIT: u64 = 256 << 20;

/// The bit of an index entry's flags (gitformat-index) that says so: its file is not to be in the work tree.
const SKIP_WORKTREE: u16 = 1 << 14;

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

    /// Whether a sparse checkout leaves the file out of the work tree: that it does not lie there then says nothing.
    ///
    /// # Errors
    /// An index that neither libgit2 nor git can read.
    pub fn is_left_out(&self, path: &RepoPath) -> Result<bool, Error> {
        let (Some(root), Some(relative)) = (self.work_dir(), path.to_file_system()) else { return Ok(false) };
        if let Source::Library(library) = &self.source {
            let is_sparse = library.config().and_then(|config| config.get_bool("core.sparseCheckout"));
            if !is_sparse.unwrap_or(false) {
                return Ok(false);
            }
            // An index may be sparse itself, or split: libgit2 reads neither.
            if let Ok(index) = library.index() {
                let skips = |entry: IndexEntry| entry.flags_extended & SKIP_WORKTREE != 0;
                return Ok(index.get_path(&relative, 0).is_some_and(skips));
            }
        }
        let args = [OsStr::new("ls-files"), OsStr::new("-t"), OsStr::new("--"), relative.as_os_str()];
        let listed = Git::at(root).answer("read the index", &args)?;
        Ok(listed.starts_with(b"S "))
    }

    /// Whether the file of the index or the work tree is not the one of `HEAD`. Always false without a work tree.
    ///
    /// # Errors
    /// An index that libgit2 cannot read (a sparse or a split one, or that of a repository which the program git reads).
    pub fn is_dirty(&self, path: &RepoPath) -> Result<bool, Error> {
        let Some(relative) = path.to_file_system().filter(|_| !self.is_bare()) else { return Ok(false) };
        match self.library("tell what is changed in the work tree")?.status_file(&relative) {
            Ok(status) => Ok(!(status - Status::IGNORED).is_empty()),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(false),
            Err(error) => Err(Error::git("tell what is changed in the work tree", &error)),
        }
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
fn is_plain(part: &[u8]) -> bool {
    !matches!(part, b"." | b"..") && !part.eq_ignore_ascii_case(b".git")
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
