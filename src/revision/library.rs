//! The facts of all blobs that are met, each read once, by as many threads as the machine has cores.

use super::contents::{Care, Contents};
use super::facts::Facts;
use super::index::Index;
use super::shelf::Shelf;
use super::state::Unreadable;
use crate::git::{self, BlobId, Repository};
use crate::manifest::{self, Identity};
use crate::yaml::{Dialect, Versions};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex};

/// How many texts a thread takes at once: versions of one file mostly, which are read faster one after another.
const BATCH: usize = 8;

/// How many batches wait for a thread: enough that none runs dry, and not so many that they fill the memory.
const WAITING: usize = 8;

type Batch = Vec<(BlobId, Vec<u8>)>;

/// What is known of a blob.
#[derive(Clone, Debug)]
pub(super) enum Known {
    /// It has not the words for an object. Whether it could be read to its end was not looked at.
    Wordless,
    Facts(Arc<Facts>),
}

impl Known {
    fn of(blob: BlobId, text: &[u8], versions: &mut Versions) -> Known {
        match manifest::may_hold_objects(text) {
            true => Known::Facts(Arc::new(Facts::read_next(text, versions, |_| true).in_blob(blob))),
            false => Known::Wordless,
        }
    }
}

pub(super) struct Library<'r> {
    repository: &'r Repository,
    index: &'r Index,
    known: RefCell<HashMap<BlobId, Known>>,
}

impl<'r> Library<'r> {
    pub fn new(repository: &'r Repository, index: &'r Index) -> Self {
        Library { repository, index, known: RefCell::default() }
    }

    /// Reads all of these that are not known yet; tells of each that it has taken up. The versions of a file should follow
    /// one another.
    ///
    /// # Errors
    /// A blob that is not there.
    pub fn read(&self, blobs: impl Iterator<Item = BlobId>, mut tell: impl FnMut()) -> Result<(), git::Error> {
        let mut asked: HashSet<BlobId> = HashSet::new();
        let unknown: Vec<BlobId> = blobs.filter(|blob| asked.insert(*blob) && !self.has(*blob)).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let (texts, todo) = mpsc::sync_channel(WAITING);
            let (done, read) = mpsc::channel();
            let todo = Arc::new(Mutex::new(todo));
            for _ in 0..threads {
                let (todo, done) = (todo.clone(), done.clone());
                scope.spawn(move || work(&todo, &done));
            }
            drop(done);
            let sent = self.send(&unknown, &texts, &mut tell);
            drop(texts);
            read.into_iter().for_each(|(blob, known)| self.learn(blob, known));
            sent
        })
    }

    /// Sends the texts to the threads. libgit2 lets only one thread into its packs at a time, so they are read here.
    fn send(&self, blobs: &[BlobId], texts: &SyncSender<Batch>, tell: &mut impl FnMut()) -> Result<(), git::Error> {
        for blobs in blobs.chunks(BATCH) {
            let mut batch = Batch::new();
            for &blob in blobs {
                match self.too_large(blob)? {
                    Some(known) => self.learn(blob, known),
                    None => batch.push((blob, self.repository.blob(blob)?)),
                }
                tell();
            }
            texts.send(batch).expect("the threads end after the last text");
        }
        Ok(())
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
        match self.known(blob)? {
            Known::Facts(facts) => Ok(facts),
            Known::Wordless if care == Care::Prefilter => Ok(Arc::default()),
            Known::Wordless => {
                let facts = Arc::new(Facts::read(&self.repository.blob(blob)?, |_| true));
                self.known.borrow_mut().insert(blob, Known::Facts(facts.clone()));
                Ok(facts)
            }
        }
    }

    /// What the blobs have of the workloads of one kind and name.
    pub fn shelf<'l>(&'l self, wanted: &'l Identity) -> impl Shelf + 'l {
        Named { library: self, wanted }
    }

    fn has(&self, blob: BlobId) -> bool {
        self.known.borrow().contains_key(&blob) || self.index.has(blob)
    }

    fn known(&self, blob: BlobId) -> Result<Known, git::Error> {
        if let Some(known) = self.known.borrow().get(&blob) {
            return Ok(known.clone());
        }
        if let Some(known) = self.index.known(blob) {
            self.known.borrow_mut().insert(blob, known.clone());
            return Ok(known);
        }
        let known = match self.too_large(blob)? {
            Some(known) => known,
            None => Known::of(blob, &self.repository.blob(blob)?, &mut Versions::new(Dialect::Kubectl)),
        };
        self.learn(blob, known.clone());
        Ok(known)
    }

    fn learn(&self, blob: BlobId, known: Known) {
        self.index.learn(blob, &known);
        self.known.borrow_mut().insert(blob, known);
    }

    /// Whether a blob that cannot be read to its end has the words for a workload.
    fn names(&self, blob: BlobId, wanted: &Identity) -> Result<bool, git::Error> {
        if Unreadable::by_size(self.repository, blob)?.is_some() {
            return Ok(true);
        }
        Ok(manifest::may_contain(&self.repository.blob(blob)?, Some(&wanted.kind), &wanted.name))
    }
}

/// Reads texts until no more come.
fn work(todo: &Mutex<Receiver<Batch>>, done: &mpsc::Sender<(BlobId, Known)>) {
    let mut versions = Versions::new(Dialect::Kubectl);
    let next = || todo.lock().ok()?.recv().ok();
    while let Some(batch) = next() {
        for (blob, text) in batch {
            if done.send((blob, Known::of(blob, &text, &mut versions))).is_err() {
                return;
            }
        }
    }
}

/// The library as a walk of one workload looks into it.
struct Named<'l, 'r> {
    library: &'l Library<'r>,
    wanted: &'l Identity,
}

impl Shelf for Named<'_, '_> {
    fn ask(&mut self, _: Option<BlobId>, _: Care) -> Result<(), git::Error> {
        Ok(())
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
