//! The folder of the index: files that are written once and never changed.
//!
//! A run that finds out something new writes one more file, under a name made of its content: two runs at a time never
//! write to the same file, and one that is killed leaves a file that nobody reads. Where the files get many, they are
//! written as one, and the older ones removed.
//!
//! A book is a file of its own, since only those who ask for it have to read it; of these the newest stay.

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
/// The newest books, which stay: those of the branches that somebody works on.
const MOST_BOOKS: usize = 4;
const BOOK: &str = "book";

/// What is known of a repository, and what was found out since.
pub struct Index {
    folder: Option<PathBuf>,
    /// The files that were read, or could not be.
    files: Vec<PathBuf>,
    segments: Vec<Segment>,
    /// What is not in the files yet.
    fresh: RefCell<IdMap<Key, Box<[u8]>>>,
    /// Books that were not kept yet.
    books: RefCell<Vec<(Key, Vec<u8>)>>,
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
        Index { folder, files: Vec::new(), segments: Vec::new(), fresh: RefCell::default(), books: RefCell::default() }
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

    /// What is kept of a book under a key, as `read` makes it of its bytes.
    pub(super) fn get_book<T>(&self, key: &Key, read: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
        let file = self.folder.as_ref()?.join(name_of(key.as_bytes())).with_extension(BOOK);
        read(Segment::read(fs::read(file).ok()?)?.get(key)?)
    }

    /// Keeps a book.
    pub(super) fn put_book(&self, key: Key, book: impl FnOnce() -> Vec<u8>) {
        if self.folder.is_some() {
            self.books.borrow_mut().push((key, book()));
        }
    }

    /// Writes down what was found out since the index was opened.
    ///
    /// # Errors
    /// A folder that cannot be written. Nothing is lost but time.
    pub fn save(&self) -> io::Result<()> {
        self.save_books()?;
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

    fn save_books(&self) -> io::Result<()> {
        let books = self.books.take();
        let Some(folder) = self.folder.as_ref().filter(|_| !books.is_empty()) else { return Ok(()) };
        for (key, book) in books {
            let file = folder.join(name_of(key.as_bytes())).with_extension(BOOK);
            write(&file, &Segment::bytes([(&key, &book[..])].into_iter()))?;
        }
        let mut kept = with_extension(folder, BOOK);
        kept.sort_by_cached_key(|file| fs::metadata(file).and_then(|metadata| metadata.modified()).ok());
        let surplus = kept.len().saturating_sub(MOST_BOOKS);
        // Another run may have removed one already.
        kept.drain(..surplus).for_each(|old| _ = fs::remove_file(old));
        Ok(())
    }

    /// What the folder holds.
    pub fn stat(&self) -> Stat {
        let size = |file: &PathBuf| fs::metadata(file).map_or(0, |metadata| metadata.len());
        let books = self.folder.as_ref().map_or_else(Vec::new, |folder| with_extension(folder, BOOK));
        let count = |kind| self.segments.iter().flat_map(Segment::facts).filter(|(key, _)| key.is(kind)).count();
        Stat {
            files: self.files.len() + books.len(),
            bytes: self.files.iter().chain(&books).map(size).sum(),
            books: books.len(),
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
        let files = [files(folder), with_extension(folder, BOOK)].concat();
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

/// Writes a file whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().expect("the files stand in the folder");
    fs::create_dir_all(folder)?;
    let mut unfinished = tempfile::Builder::new().suffix(&format!(".{UNFINISHED}")).tempfile_in(folder)?;
    unfinished.write_all(bytes)?;
    unfinished.persist(file)?;
    Ok(())
}
