//! The facts of all blobs that are met, each found out once: taken from the index, or read on as many threads as the
//! machine has cores, so that the walk goes on meanwhile.

use super::contents::{Care, Contents};
use super::facts::Facts;
use super::index::Index;
use super::shelf::Shelf;
use super::state::Unreadable;
use super::threads::Threads;
use super::track::Spots;
use crate::git::{self, BlobId, IdMap, IdSet, Repository};
use crate::manifest::{self, Identity};
use crate::yaml::Versions;
use std::cell::RefCell;
use std::sync::Arc;

/// What is known of a blob.
#[derive(Clone, Debug)]
pub(super) enum Known {
    /// It has not the words for an object. Whether it could be read to its end was not looked at.
    Wordless,
    Facts(Arc<Facts>),
}

/// Whether the templates that were read stay in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Templates {
    /// They are asked for soon, and are those of one workload.
    Kept,
    /// They are read again where one is asked for: those of a whole history fill the memory.
    InBlobs,
}

impl Known {
    /// What the next text that a thread reads has.
    pub fn of(blob: BlobId, text: &[u8], versions: &mut Versions, templates: Templates) -> Known {
        if !manifest::may_hold_objects(text) {
            return Known::Wordless;
        }
        let facts = Facts::read_next(text, versions, |_| true);
        Known::Facts(Arc::new(if templates == Templates::Kept { facts } else { facts.in_blob(blob) }))
    }
}

pub(super) struct Library<'r> {
    repository: &'r Repository,
    index: &'r Index,
    known: RefCell<IdMap<BlobId, Known>>,
    /// What was given to the threads and has not come back.
    asked: RefCell<IdSet<BlobId>>,
    threads: Threads,
    unreadable: RefCell<Unreadables>,
}

impl<'r> Library<'r> {
    /// A library without a book: the threads start where something is asked for, and end with it.
    pub fn new(repository: &'r Repository, index: &'r Index, templates: Templates) -> Self {
        let (known, asked, unreadable) = Default::default();
        Library { repository, index, known, asked, unreadable, threads: Threads::new(templates) }
    }

    /// Reads all of these that are not known yet; tells of each that it has taken up. The versions of a file should follow
    /// one another.
    ///
    /// # Errors
    /// A blob that is not there.
    pub fn read(&self, blobs: impl Iterator<Item = BlobId>, mut tell: impl FnMut()) -> Result<(), git::Error> {
        for blob in blobs {
            if self.ask(blob)? {
                tell();
            }
        }
        while !self.asked.borrow().is_empty() {
            self.take();
        }
        Ok(())
    }

    /// Has a blob read without waiting for it, if it is not known; tells whether it was not. The text is read
    /// here, so that the versions of a file follow one another.
    fn ask(&self, blob: BlobId) -> Result<bool, git::Error> {
        if self.known.borrow().contains_key(&blob) || self.asked.borrow().contains(&blob) {
            return Ok(false);
        }
        if let Some(known) = self.index.known(blob) {
            self.known.borrow_mut().insert(blob, known);
            return Ok(false);
        }
        match self.too_large(blob)? {
            Some(known) => self.learn(blob, known),
            None => {
                self.asked.borrow_mut().insert(blob);
                self.threads.send(blob, self.repository.blob(blob)?);
            }
        }
        Ok(true)
    }

    /// Takes what a thread has read.
    fn take(&self) {
        let (blob, known) = self.threads.take();
        self.asked.borrow_mut().remove(&blob);
        self.learn(blob, known);
    }

    fn too_large(&self, blob: BlobId) -> Result<Option<Known>, git::Error> {
        let error = Unreadable::by_size(self.repository, blob)?;
        Ok(error.map(|error| Known::Facts(Arc::new(Facts { states: Vec::new(), error: Some(error) }))))
    }

    /// The facts of a blob; of one without the words for an object only if it is read with care.
    ///
    /// # Errors
    /// A blob that is not there.
    pub fn facts(&self, blob: Option<BlobId>, care: Care) -> Result<Arc<Facts>, git::Error> {
        let Some(blob) = blob else { return Ok(Arc::default()) };
        self.ask(blob)?;
        while !self.known.borrow().contains_key(&blob) {
            self.take();
        }
        let known = self.known.borrow()[&blob].clone();
        match known {
            Known::Facts(facts) => Ok(facts),
            Known::Wordless if care == Care::Prefilter => Ok(Arc::default()),
            Known::Wordless => {
                let facts = Arc::new(Facts::read(&self.repository.blob(blob)?, |_| true));
                self.known.borrow_mut().insert(blob, Known::Facts(facts.clone()));
                Ok(facts)
            }
        }
    }

    /// Where each state that is known stands, by its address.
    pub fn spots(&self) -> Spots {
        let known = self.known.borrow();
        let facts = known.iter().filter_map(|(blob, known)| match known {
            Known::Facts(facts) => Some((*blob, facts)),
            Known::Wordless => None,
        });
        let spots = facts.flat_map(|(blob, facts)| {
            facts.states.iter().enumerate().map(move |(place, state)| (Arc::as_ptr(state), (blob, place)))
        });
        spots.collect()
    }

    /// What the blobs have of the workloads of one kind and name.
    pub fn shelf<'l>(&'l self, wanted: &'l Identity) -> impl Shelf + 'l {
        Named { library: self, wanted }
    }

    fn learn(&self, blob: BlobId, known: Known) {
        self.index.learn(blob, &known);
        self.known.borrow_mut().insert(blob, known);
    }

    /// Whether a blob that cannot be read to its end has the words for a workload.
    fn names(&self, blob: BlobId, wanted: &Identity) -> Result<bool, git::Error> {
        let mut texts = self.unreadable.borrow_mut();
        if !texts.has(blob) && Unreadable::by_size(self.repository, blob)?.is_some() {
            return Ok(true);
        }
        let text = texts.text(blob, self.repository)?;
        Ok(manifest::may_contain(text, Some(&wanted.kind), &wanted.name))
    }
}

/// The texts of files that cannot be read: whoever looks for a workload asks them for its words.
#[derive(Default)]
struct Unreadables {
    texts: IdMap<BlobId, Vec<u8>>,
    size: usize,
}

impl Unreadables {
    /// When they have more bytes than this, they are forgotten.
    const MOST: usize = 32 << 20;

    fn has(&self, blob: BlobId) -> bool {
        self.texts.contains_key(&blob)
    }

    fn text(&mut self, blob: BlobId, repository: &Repository) -> Result<&[u8], git::Error> {
        if !self.has(blob) {
            let text = repository.blob(blob)?;
            if self.size + text.len() > Self::MOST {
                *self = Unreadables::default();
            }
            self.size += text.len();
            self.texts.insert(blob, text);
        }
        Ok(&self.texts[&blob])
    }
}

/// The library as a walk of one workload looks into it.
struct Named<'l, 'r> {
    library: &'l Library<'r>,
    wanted: &'l Identity,
}

impl Shelf for Named<'_, '_> {
    fn ask(&mut self, blob: Option<BlobId>) -> Result<(), git::Error> {
        blob.map_or(Ok(false), |blob| self.library.ask(blob)).map(|_| ())
    }

    fn get(&mut self, blob: Option<BlobId>, care: Care) -> Result<Arc<Contents>, git::Error> {
        let facts = self.library.facts(blob, care)?;
        let names_it = match blob {
            Some(blob) if facts.error.is_some() => self.library.names(blob, self.wanted)?,
            _ => false,
        };
        match facts.error.is_some() && !names_it && care == Care::Prefilter {
            true => Ok(Arc::default()),
            false => Ok(Arc::new(Contents::of_facts(&facts, self.wanted, names_it))),
        }
    }
}
