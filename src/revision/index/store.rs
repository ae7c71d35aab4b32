//! The folder of the index: files that are written once and never changed.
//!
//! A run that finds out something new writes one more file, under a name made of its content: two runs at a time never
//! write to the same file, and one that is killed leaves a file that nobody reads. Where the files get many, they are
//! written as one, and the older ones removed.

use super::record::{EntryRecord, FactsRecord};
use super::segment::{BlobRecord, HashRecord, Segment};
use crate::git::{BlobId, CommitId};
use crate::revision::journal::Entry;
use crate::revision::library::Known;
use crate::template::Hash;
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// More files than this are written as one.
const MOST_FILES: usize = 8;
const EXTENSION: &str = "facts";

/// The digest of a document, and that of all else that its hash depends on.
type HashKey = ([u8; 32], [u8; 32]);

/// What is known of a repository, and what was found out since.
pub struct Index {
    folder: Option<PathBuf>,
    /// The files that were read, or could not be.
    files: Vec<PathBuf>,
    entries: RefCell<HashMap<CommitId, (Entry, Option<CommitId>)>>,
    blobs: RefCell<HashMap<BlobId, Option<Box<[u8]>>>>,
    hashes: RefCell<HashMap<HashKey, Hash>>,
    /// What is not in the files yet.
    fresh: RefCell<Fresh>,
}

#[derive(Default)]
struct Fresh {
    entries: Vec<CommitId>,
    blobs: Vec<BlobId>,
    hashes: Vec<HashKey>,
}

/// What a folder holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    pub files: usize,
    pub bytes: u64,
    pub commits: usize,
    pub blobs: usize,
    pub names: usize,
}

impl Index {
    /// An index that forgets.
    pub fn none() -> Index {
        Index::of(None)
    }

    /// The folder, among those of other repositories, for one whose own may not be written.
    pub fn folder_among(caches: &Path, repository: &Path) -> PathBuf {
        caches.join(name_of(repository.as_os_str().as_encoded_bytes()))
    }

    /// Reads what the folder holds. One that is not there, or cannot be read, holds nothing.
    pub fn open(folder: &Path) -> Index {
        let mut index = Index::of(Some(folder.to_owned()));
        index.files = files(folder);
        for file in &index.files {
            let bytes = fs::read(file).unwrap_or_default();
            if let Some(segment) = Segment::read(&bytes) {
                index.take(&segment);
            }
        }
        index
    }

    fn of(folder: Option<PathBuf>) -> Index {
        Index {
            folder,
            files: Vec::new(),
            entries: RefCell::default(),
            blobs: RefCell::default(),
            hashes: RefCell::default(),
            fresh: RefCell::default(),
        }
    }

    fn take(&self, segment: &Segment<'_>) {
        let entries = segment.entries.iter().filter_map(EntryRecord::read);
        self.entries.borrow_mut().extend(entries.map(|(entry, parent)| (entry.commit, (entry, parent))));
        let blobs = segment.blobs.iter().filter_map(|of| Some((BlobId::from_bytes(of.blob)?, of.facts.map(Box::from))));
        self.blobs.borrow_mut().extend(blobs);
        let hashes = segment.hashes.iter().map(|of| ((of.document, of.world), of.hash));
        self.hashes.borrow_mut().extend(hashes);
    }

    /// What a commit changed, and the commit before it.
    pub(in crate::revision) fn entry(&self, commit: CommitId) -> Option<(Entry, Option<CommitId>)> {
        self.entries.borrow().get(&commit).cloned()
    }

    /// Whether it is known what a commit changed.
    pub(in crate::revision) fn has_entry(&self, commit: CommitId) -> bool {
        self.entries.borrow().contains_key(&commit)
    }

    /// Remembers what a commit changed.
    pub(in crate::revision) fn learn_entry(&self, entry: &Entry, parent: Option<CommitId>) {
        if self.folder.is_none() {
            return;
        }
        let known = self.entries.borrow_mut().insert(entry.commit, (entry.clone(), parent));
        if known.is_none() {
            self.fresh.borrow_mut().entries.push(entry.commit);
        }
    }

    /// What a blob holds.
    pub(in crate::revision) fn known(&self, blob: BlobId) -> Option<Known> {
        match self.blobs.borrow().get(&blob)? {
            None => Some(Known::Wordless),
            Some(bytes) => postcard::from_bytes(bytes).ok().map(|facts: FactsRecord<'_>| facts.read(blob)),
        }
    }

    /// Whether it is known what a blob holds.
    pub(in crate::revision) fn has(&self, blob: BlobId) -> bool {
        self.blobs.borrow().contains_key(&blob)
    }

    /// Remembers what a blob holds.
    pub(in crate::revision) fn learn(&self, blob: BlobId, known: &Known) {
        if self.folder.is_none() {
            return;
        }
        let bytes = match known {
            Known::Wordless => None,
            Known::Facts(facts) => Some(
                postcard::to_allocvec(&FactsRecord::of(facts)).expect("the shapes have only lengths that are known"),
            ),
        };
        self.blobs.borrow_mut().insert(blob, bytes.map(Box::from));
        self.fresh.borrow_mut().blobs.push(blob);
    }

    /// What the template of a document hashes to in a world.
    pub(in crate::revision) fn hash(&self, document: [u8; 32], world: [u8; 32]) -> Option<Hash> {
        self.hashes.borrow().get(&(document, world)).copied()
    }

    /// Remembers what a template hashes to.
    pub(in crate::revision) fn learn_hash(&self, document: [u8; 32], world: [u8; 32], hash: Hash) {
        if self.hashes.borrow_mut().insert((document, world), hash).is_none() {
            self.fresh.borrow_mut().hashes.push((document, world));
        }
    }

    /// Writes down what was found out since the index was opened.
    ///
    /// # Errors
    /// A folder that cannot be written. Nothing is lost but time.
    pub fn save(&self) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let fresh = self.fresh.take();
        if fresh.entries.is_empty() && fresh.blobs.is_empty() && fresh.hashes.is_empty() {
            return Ok(());
        }
        let is_full = self.files.len() >= MOST_FILES;
        let bytes = if is_full { self.bytes(&self.all()) } else { self.bytes(&fresh) };
        let file = write(folder, &bytes)?;
        if is_full {
            // Another run may have removed one already.
            self.files.iter().filter(|old| **old != file).for_each(|old| _ = fs::remove_file(old));
        }
        Ok(())
    }

    fn all(&self) -> Fresh {
        let mut all = Fresh {
            entries: self.entries.borrow().keys().copied().collect(),
            blobs: self.blobs.borrow().keys().copied().collect(),
            hashes: self.hashes.borrow().keys().copied().collect(),
        };
        all.entries.sort_unstable();
        all.blobs.sort_unstable();
        all.hashes.sort_unstable();
        all
    }

    fn bytes(&self, of: &Fresh) -> Vec<u8> {
        let (entries, blobs, hashes) = (self.entries.borrow(), self.blobs.borrow(), self.hashes.borrow());
        let entry = |commit| entries.get(commit).map(|(entry, parent)| EntryRecord::of(entry, parent.as_ref()));
        let blob = |id| blobs.get(id).map(|facts| BlobRecord { blob: BlobId::as_bytes(id), facts: facts.as_deref() });
        let hash = |key: &_| {
            let (document, world) = *key;
            hashes.get(key).map(|&hash| HashRecord { document, world, hash })
        };
        let segment = Segment {
            entries: of.entries.iter().filter_map(entry).collect(),
            blobs: of.blobs.iter().filter_map(blob).collect(),
            hashes: of.hashes.iter().filter_map(hash).collect(),
        };
        segment.bytes()
    }

    /// What the folder holds.
    pub fn stat(&self) -> Stat {
        let size = |file: &PathBuf| fs::metadata(file).map_or(0, |metadata| metadata.len());
        Stat {
            files: self.files.len(),
            bytes: self.files.iter().map(size).sum(),
            commits: self.entries.borrow().len(),
            blobs: self.blobs.borrow().len(),
            names: self.hashes.borrow().len(),
        }
    }

    /// Removes the index; gives how many files it had.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn clear(folder: &Path) -> io::Result<usize> {
        let files = files(folder);
        for file in files.iter().chain(&unfinished(folder)) {
            match fs::remove_file(file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        // Other things may be kept in it.
        let _ = fs::remove_dir(folder);
        Ok(files.len())
    }
}

/// The finished files, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    with_extension(folder, EXTENSION)
}

/// What runs that were killed have left.
fn unfinished(folder: &Path) -> Vec<PathBuf> {
    with_extension(folder, UNFINISHED)
}

const UNFINISHED: &str = "unfinished";

fn with_extension(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|other| other == extension));
    files.sort();
    files
}

/// A name made of a content.
fn name_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file whole or not at all, under a name made of its content.
fn write(folder: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let file = folder.join(name_of(bytes)).with_extension(EXTENSION);
    let mut unfinished = tempfile::Builder::new().suffix(&format!(".{UNFINISHED}")).tempfile_in(folder)?;
    unfinished.write_all(bytes)?;
    unfinished.persist(&file)?;
    Ok(file)
}
