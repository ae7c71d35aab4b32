//! The index: what the next commit will have.

use std::path::{Path, PathBuf};

use git2::{IndexEntry, IndexEntryExtendedFlag, IndexEntryFlag, IndexTime};

use super::id::Id;
use super::program::Git;
use super::tree::{Entry, File, Filter};
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
                Staged { is_conflict: true, path, .. } => found.conflicts.push(path.clone()),
                // `git add --intent-to-add` adds nothing yet.
                Staged { is_intended: true, .. } => {}
                Staged { path, entry, .. } => found.files.push(File { path: path.clone(), entry: *entry }),
            }
        }
        found.conflicts.dedup();
        Ok(found)
    }

    pub(super) fn read_index(&self, file: Option<&Path>) -> Result<ReadIndex, Error> {
        let staged = match self.library_index(file) {
            Ok(index) => index.iter().filter_map(|entry| Staged::of(&entry)).collect(),
            // It is sparse or split, or the repository's format is another: git reads it.
            Err(_) => self.listed(file)?,
        };
        Ok(ReadIndex { staged, time: modified(&self.index_place(file)) })
    }

    pub(super) fn library_index(&self, file: Option<&Path>) -> Result<git2::Index, Error> {
        let library = self.library("read the index")?;
        let index = match file {
            Some(_) => git2::Index::open(&self.index_place(file)),
            None => library.index(),
        };
        index.map_err(|error| Error::git("read the index", &error))
    }

    /// The program git, with the index at `file` if one is given.
    pub(super) fn with_index(&self, file: Option<&Path>) -> Git {
        let git = Git::at(&self.place());
        if file.is_some() { git.with_index(self.index_place(file)) } else { git }
    }

    fn index_place(&self, file: Option<&Path>) -> PathBuf {
        match file {
            Some(file) => self.work_dir().map_or_else(|| file.to_owned(), |root| root.join(file)),
            None => self.git_dir().join("index"),
        }
    }

    fn listed(&self, file: Option<&Path>) -> Result<Vec<Staged>, Error> {
        let listed = self.with_index(file).answer("read the index", &["ls-files", "--stage", "-v", "-z"])?;
        Ok(listed.split(|byte| *byte == 0).filter_map(Staged::listed).collect())
    }
}

/// An index with the time when it was written.
pub(super) struct ReadIndex {
    /// By path.
    staged: Vec<Staged>,
    /// Seconds and nanoseconds; none of an index that is not there.
    pub time: Option<(i32, u32)>,
}

/// An entry of an index.
pub(super) struct Staged {
    pub path: RepoPath,
    pub entry: Entry,
    /// Nothing where it is not known.
    pub stat: Option<Stat>,
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
    pub fn entries(&self, filter: &Filter<'_>) -> impl Iterator<Item = &Staged> {
        self.staged.iter().filter(|staged| filter.keeps_entry(&staged.path, &staged.entry))
    }

    /// The entry of one file, unless it is in conflict.
    pub fn entry(&self, path: &RepoPath) -> Option<&Staged> {
        let place = self.staged.binary_search_by(|staged| staged.path.cmp(path)).ok()?;
        Some(&self.staged[place]).filter(|staged| !staged.is_conflict)
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

    /// As `git ls-files --stage -v` tells it: a letter, small where the file was said not to change, and `S` for what is
    /// outside of a sparse checkout; then the mode, the id, the stage and the path. It tells nothing of the file's time,
    /// so that has to be read.
    fn listed(line: &[u8]) -> Option<Staged> {
        let tab = memchr::memchr(b'\t', line)?;
        let mut words = line[..tab].split(|byte| *byte == b' ');
        let (&[tag], mode, id, stage) = (words.next()?, words.next()?, words.next()?, words.next()?) else {
            return None;
        };
        let mode = u32::from_str_radix(std::str::from_utf8(mode).ok()?, 8).ok()?;
        Some(Staged {
            path: RepoPath::new(&line[tab + 1..]),
            entry: entry_of(mode, Id::from_hex(id)?)?,
            stat: None,
            is_conflict: stage != b"0",
            is_intended: false,
            is_skipped: tag.eq_ignore_ascii_case(&b'S'),
            is_assumed: tag.is_ascii_lowercase(),
        })
    }

    fn of(entry: &IndexEntry) -> Option<Staged> {
        let flags = IndexEntryFlag::from_bits_truncate(entry.flags);
        let extended = IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended);
        let time = |time: IndexTime| (time.seconds(), time.nanoseconds());
        Some(Staged {
            path: RepoPath::new(&entry.path),
            entry: entry_of(entry.mode, entry.id.into())?,
            stat: Some(Stat {
                modified: time(entry.mtime),
                changed: time(entry.ctime),
                inode: entry.ino,
                size: entry.file_size,
            }),
            is_conflict: entry.flags >> STAGE_SHIFT & STAGE_MASK != 0,
            is_intended: extended.contains(IndexEntryExtendedFlag::INTENT_TO_ADD),
            is_skipped: extended.contains(IndexEntryExtendedFlag::SKIP_WORKTREE),
            is_assumed: flags.contains(IndexEntryFlag::VALID),
        })
    }
}

/// Where the flags of an entry have its stage (`GIT_INDEX_ENTRY_STAGEMASK`): 0 but in a conflict.
const STAGE_SHIFT: u16 = 12;
const STAGE_MASK: u16 = 3;

/// A folder that a sparse index keeps whole is no entry of a file.
fn entry_of(mode: u32, id: Id) -> Option<Entry> {
    match mode & 0o170_000 {
        0o100_000 => Some(Entry::File(BlobId(id))),
        0o120_000 => Some(Entry::Symlink(BlobId(id))),
        0o160_000 => Some(Entry::Submodule(CommitId(id))),
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
