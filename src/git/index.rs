//! The index: what the next commit will have.

use std::path::{Path, PathBuf};

use git2::{IndexEntry, IndexEntryExtendedFlag, IndexEntryFlag, IndexTime};

use super::tree::{Entry, File, Filter};
use super::work_tree::is_plain;
use super::{BlobId, CommitId, Error, RepoPath, Repository};

/// The files of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexFiles {
    /// By path.
    pub files: Vec<File>,
    /// Files of a merge that nobody has settled yet.
    pub conflicts: Vec<RepoPath>,
}

impl Repository {
    /// The files that the next commit will have, by path: those of the repository's own index, or of the one at `file`,
    /// as git gives it to hooks in `GIT_INDEX_FILE`.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn index_files(&self, file: Option<&Path>, filter: &Filter<'_>) -> Result<IndexFiles, Error> {
        let index = self.read_index(file)?;
        let mut found = IndexFiles::default();
        for staged in index.entries(filter) {
            match staged {
                Staged { is_conflict: true, path, .. } => found.conflicts.push(path),
                // `git add --intent-to-add` adds nothing yet.
                Staged { is_intended: true, .. } => {}
                Staged { path, entry, .. } => found.files.push(File { path, entry }),
            }
        }
        found.conflicts.dedup();
        Ok(found)
    }

    pub(super) fn read_index(&self, file: Option<&Path>) -> Result<ReadIndex, Error> {
        let failed = |error: git2::Error| Error::git("read the index", &error);
        let place = match file {
            Some(file) => self.work_dir().map_or_else(|| file.to_owned(), |root| root.join(file)),
            None => self.inner.path().join("index"),
        };
        let inner = match file {
            Some(_) => git2::Index::open(&place).map_err(failed)?,
            None => self.inner.index().map_err(failed)?,
        };
        Ok(ReadIndex { inner, time: modified(&place) })
    }
}

/// An index with the time when it was written.
pub(super) struct ReadIndex {
    pub inner: git2::Index,
    /// Seconds and nanoseconds; none of an index that is not there.
    pub time: Option<(i32, u32)>,
}

/// An entry of an index.
pub(super) struct Staged {
    pub path: RepoPath,
    pub entry: Entry,
    pub stat: Stat,
    pub is_conflict: bool,
    pub is_intended: bool,
    /// Whether the work tree need not have it: it is outside of a sparse checkout.
    pub is_skipped: bool,
    /// Whether it was said not to change.
    pub is_assumed: bool,
}

/// What an index remembers of a file, to tell whether it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stat {
    pub modified: (i32, u32),
    pub changed: (i32, u32),
    pub inode: u32,
    pub size: u32,
}

impl ReadIndex {
    /// The entries of files that the filter keeps, by path.
    pub fn entries(&self, filter: &Filter<'_>) -> impl Iterator<Item = Staged> {
        self.inner.iter().filter_map(|entry| {
            let path = RepoPath::new(&entry.path);
            let of = entry_of(&entry)?;
            filter.keeps_entry(&path, &of).then(|| Staged::of(&entry, path, of))
        })
    }

    /// The entry of one file, unless it is in conflict.
    pub fn entry(&self, path: &RepoPath) -> Option<Staged> {
        // libgit2's binding panics on paths that lead out of the repository.
        let place = path.to_file_system().filter(|_| path.parts().all(is_plain))?;
        let entry = self.inner.get_path(&place, 0)?;
        Some(Staged::of(&entry, path.clone(), entry_of(&entry)?))
    }
}

impl Staged {
    /// The blob of a regular file, unless it is in conflict.
    pub fn blob(&self) -> Option<BlobId> {
        match self.entry {
            Entry::File(blob) if !self.is_conflict => Some(blob),
            _ => None,
        }
    }

    fn of(entry: &IndexEntry, path: RepoPath, of: Entry) -> Staged {
        let flags = IndexEntryFlag::from_bits_truncate(entry.flags);
        let extended = IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended);
        let time = |time: IndexTime| (time.seconds(), time.nanoseconds());
        Staged {
            path,
            entry: of,
            stat: Stat {
                modified: time(entry.mtime),
                changed: time(entry.ctime),
                inode: entry.ino,
                size: entry.file_size,
            },
            is_conflict: entry.flags >> STAGE_SHIFT & STAGE_MASK != 0,
            is_intended: extended.contains(IndexEntryExtendedFlag::INTENT_TO_ADD),
            is_skipped: extended.contains(IndexEntryExtendedFlag::SKIP_WORKTREE),
            is_assumed: flags.contains(IndexEntryFlag::VALID),
        }
    }
}

/// Where the flags of an entry have its stage (`GIT_INDEX_ENTRY_STAGEMASK`): 0 but in a conflict.
const STAGE_SHIFT: u16 = 12;
const STAGE_MASK: u16 = 3;

/// A folder that a sparse index keeps whole is no entry of a file.
fn entry_of(entry: &IndexEntry) -> Option<Entry> {
    match entry.mode & 0o170_000 {
        0o100_000 => Some(Entry::File(BlobId(entry.id))),
        0o120_000 => Some(Entry::Symlink(BlobId(entry.id))),
        0o160_000 => Some(Entry::Submodule(CommitId(entry.id))),
        _ => None,
    }
}

#[cfg(unix)]
pub(super) fn stat_of(metadata: &std::fs::Metadata) -> Option<Stat> {
    use std::os::unix::fs::MetadataExt as _;
    // As git writes them: cut to 32 bits.
    Some(Stat {
        modified: (metadata.mtime() as i32, metadata.mtime_nsec() as u32),
        changed: (metadata.ctime() as i32, metadata.ctime_nsec() as u32),
        inode: metadata.ino() as u32,
        size: metadata.size() as u32,
    })
}

#[cfg(not(unix))]
pub(super) fn stat_of(_: &std::fs::Metadata) -> Option<Stat> {
    None
}

fn modified(file: &PathBuf) -> Option<(i32, u32)> {
    std::fs::metadata(file).ok().as_ref().and_then(stat_of).map(|stat| stat.modified)
}
