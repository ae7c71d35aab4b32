//! Commits of a first-parent line, read ahead by a thread.
//!
//! ```text
//!   the thread   commit 9, 8, 7, … (inflated, parsed) ──► a batch ──► a batch
//!   the walk                                    the trees of 9, 8, 7, …
//! ```
//!
//! To inflate commits is half of a long walk, and needs no more than the commit before. Whatever the thread cannot read
//! the walk reads by itself, and so meets the error.

use super::grafts::Grafts;
use super::id::Id;
use super::object::{Header, Objects, Store};
use super::repository::{Source, object_files};
use super::{Error, Lack, Repository};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// After so many commits a walk is a long one: most are not.
const LONG: usize = 256;
/// How many commits are handed over together, and how many batches wait.
const BATCH: usize = 128;
const WAITING: usize = 8;

/// The headers of a line, asked for one after another.
pub(super) struct Ahead<'r> {
    repository: &'r Repository,
    asked: usize,
    batches: Option<Receiver<Vec<(Id, Header)>>>,
    batch: std::vec::IntoIter<(Id, Header)>,
}

impl<'r> Ahead<'r> {
    pub fn new(repository: &'r Repository) -> Self {
        Ahead { repository, asked: 0, batches: None, batch: Vec::new().into_iter() }
    }

    /// The header of the next commit.
    pub fn header(&mut self, commit: Id, objects: &Objects<'_>) -> Result<Header, Error> {
        self.asked += 1;
        if self.asked == LONG && objects.are_read_one_by_one() {
            self.batches = self.start(commit);
        }
        if self.batch.len() == 0
            && let Some(batches) = &self.batches
        {
            match batches.recv() {
                Ok(batch) => self.batch = batch.into_iter(),
                Err(_) => self.batches = None,
            }
        }
        match self.batch.next() {
            Some((id, header)) if id == commit => Ok(header),
            _ => objects.header(commit),
        }
    }

    fn start(&self, from: Id) -> Option<Receiver<Vec<(Id, Header)>>> {
        let Source::Library(_) = &self.repository.source else { return None };
        let dir = self.repository.common_dir().to_owned();
        let (batches, received) = sync_channel(WAITING);
        thread::Builder::new().spawn(move || read(&dir, from, &batches)).ok()?;
        Some(received)
    }
}

/// Reads the line until nobody wants more of it, or something cannot be read.
fn read(dir: &Path, from: Id, batches: &SyncSender<Vec<(Id, Header)>>) -> Option<()> {
    let files = object_files(dir).ok()?;
    let grafts = Grafts::default();
    let objects = Objects::new(Store::Files(&files), &grafts, Lack::Damage);
    let mut next = Some(from);
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(commit) = next.take_if(|_| batch.len() < BATCH) {
            let Ok(header) = objects.header(commit) else { break };
            batch.push((commit, header));
            next = header.parent;
        }
        let is_last = next.is_none() || batch.len() < BATCH;
        batches.send(batch).ok()?;
        if is_last {
            return None;
        }
    }
}
