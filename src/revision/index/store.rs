//! The folder of the index: files that are written once and never changed.
//!
//! A run that finds out something new writes one more file, under a name made of its content: two runs at a time never
//! write to the same file, and one that is killed leaves a file that nobody reads. Where the files get many, they are
//! written as one, and the older ones removed.
//!
//! What only few ask for is a file of its own, so that the others need not read it; of these the newest stay.

use super::key::{Fact, Key};
use super::segment::{LARGEST, Segment};
use crate::git::IdMap;
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// More files than this are written as one.
const MOST_FILES: usize = 8;
const EXTENSION: &str = "facts";
/// What is a file of its own: how its name ends, and how many stay, those of the branches that somebody works on.
const ALONE: [(Fact, &str, usize); 2] = [(Fact::Book, "book", 4), (Fact::Lineage, "lineage", 16)];

/// What is known of a repository, and what was found out since.
pub struct Index {
    folder: Option<PathBuf>,
    /// The files that were read, or could not be.
    files: Vec<PathBuf>,
    segments: Vec<Segment>,
    /// What is not in the files yet.
    fresh: RefCell<IdMap<Key, Box<[u8]>>>,
    /// What becomes a file of its own.
    alone: RefCell<Vec<(Key, Vec<u8>)>>,
}

/// What a folder holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    pub files: usize,
    pub bytes: u64,
    /// Stretches of lines of commits.
    pub stretches: usize,
    /// Commits of which the lineages of all workloads are kept.
    pub books: usize,
    /// Lineages that are kept from a commit back.
    pub lineages: usize,
    pub blobs: usize,
    pub commits: usize,
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

    /// Opens what the folder holds. One that is not there, or cannot be read, holds nothing.
    pub fn open(folder: &Path) -> Index {
        let files = files(folder);
        let segments = files.iter().filter_map(|file| Segment::read(fs::read(file).ok()?)).collect();
        Index { files, segments, ..Index::of(Some(folder.to_owned())) }
    }

    fn of(folder: Option<PathBuf>) -> Index {
        Index { folder, files: Vec::new(), segments: Vec::new(), fresh: RefCell::default(), alone: RefCell::default() }
    }

    /// Whether something was kept.
    pub(in crate::revision) fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// What is kept under a key, as `read` makes it of its bytes.
    pub(super) fn get<T>(&self, key: &Key, read: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
        let kept = self.segments.iter().find_map(|segment| segment.get(key).and_then(&read));
        kept.or_else(|| self.fresh.borrow().get(key).and_then(|fact| read(fact)))
    }

    /// Keeps a fact.
    pub(super) fn put(&self, key: Key, fact: impl FnOnce() -> Vec<u8>) {
        if self.folder.is_some() {
            self.fresh.borrow_mut().insert(key, fact().into());
        }
    }

    /// What a file of its own keeps under a key, as `read` makes it of its bytes.
    pub(super) fn get_alone<T>(&self, key: &Key, read: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
        let file = file_of(self.folder.as_ref()?, key)?;
        read(Segment::read(fs::read(file).ok()?)?.get(key)?)
    }

    /// Keeps a fact in a file of its own.
    pub(super) fn put_alone(&self, key: Key, fact: impl FnOnce() -> Vec<u8>) {
        if self.folder.is_some() {
            self.alone.borrow_mut().push((key, fact()));
        }
    }

    /// Writes down what was found out since the index was opened.
    ///
    /// # Errors
    /// A folder that cannot be written. Nothing is lost but time.
    pub fn save(&self) -> io::Result<()> {
        self.save_alone()?;
        let fresh: BTreeMap<Key, Box<[u8]>> = self.fresh.take().into_iter().collect();
        let Some(folder) = self.folder.as_ref().filter(|_| !fresh.is_empty()) else { return Ok(()) };
        let mut facts: BTreeMap<Key, &[u8]> = fresh.iter().map(|(key, fact)| (*key, &**fact)).collect();
        let kept: usize = self.segments.iter().map(Segment::len).sum();
        let fresh_size: usize = fresh.values().map(|fact| fact.len()).sum();
        let is_full = self.files.len() >= MOST_FILES && kept.saturating_add(fresh_size) < LARGEST / 2;
        if is_full {
            facts.extend(self.segments.iter().flat_map(Segment::facts));
        }
        let bytes = Segment::bytes(facts.iter().map(|(key, fact)| (key, *fact)));
        let file = folder.join(name_of(&bytes)).with_extension(EXTENSION);
        write(&file, &bytes)?;
        if is_full {
            // Another run may have removed one already.
            self.files.iter().filter(|old| **old != file).for_each(|old| _ = fs::remove_file(old));
        }
        Ok(())
    }

    fn save_alone(&self) -> io::Result<()> {
        let alone = self.alone.take();
        let Some(folder) = self.folder.as_ref().filter(|_| !alone.is_empty()) else { return Ok(()) };
        for (key, fact) in alone {
            let Some(file) = file_of(folder, &key) else { continue };
            write(&file, &Segment::bytes([(&key, &fact[..])].into_iter()))?;
        }
        for (_, extension, most) in ALONE {
            let mut kept = with_extension(folder, extension);
            kept.sort_by_cached_key(|file| fs::metadata(file).and_then(|metadata| metadata.modified()).ok());
            let surplus = kept.len().saturating_sub(most);
            // Another run may have removed one already.
            kept.drain(..surplus).for_each(|old| _ = fs::remove_file(old));
        }
        Ok(())
    }

    /// What the folder holds.
    pub fn stat(&self) -> Stat {
        let size = |file: &PathBuf| fs::metadata(file).map_or(0, |metadata| metadata.len());
        let [books, lineages] = ALONE.map(|(_, extension, _)| {
            self.folder.as_ref().map_or_else(Vec::new, |folder| with_extension(folder, extension))
        });
        let count = |kind| self.segments.iter().flat_map(Segment::facts).filter(|(key, _)| key.is(kind)).count();
        Stat {
            files: self.files.len() + books.len() + lineages.len(),
            bytes: self.files.iter().chain(&books).chain(&lineages).map(size).sum(),
            books: books.len(),
            lineages: lineages.len(),
            stretches: count(Fact::Stretch),
            blobs: count(Fact::Facts),
            commits: count(Fact::Words),
            names: count(Fact::Name) + count(Fact::Names),
        }
    }

    /// Removes the index; gives how many files it had.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn clear(folder: &Path) -> io::Result<usize> {
        let alone = ALONE.iter().flat_map(|(_, extension, _)| with_extension(folder, extension));
        let files: Vec<PathBuf> = files(folder).into_iter().chain(alone).collect();
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

/// The file that is of this key alone, if it is of those that have one.
fn file_of(folder: &Path, key: &Key) -> Option<PathBuf> {
    let (_, extension, _) = ALONE.iter().find(|(fact, _, _)| key.is(*fact))?;
    Some(folder.join(name_of(key.as_bytes())).with_extension(extension))
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

/// Writes a file whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().expect("the files stand in the folder");
    fs::create_dir_all(folder)?;
    let mut unfinished = tempfile::Builder::new().suffix(&format!(".{UNFINISHED}")).tempfile_in(folder)?;
    unfinished.write_all(bytes)?;
    unfinished.persist(file)?;
    Ok(())
}
