//! States of the workloads of one kind and name by the blob they stand in. Blobs are parsed on a thread of their own, each once, so that the
//! walk goes on meanwhile. They are read on the walk's thread: libgit2 lets only one thread into its packs at a time.

use super::contents::{Care, Contents};
use super::shelf::Shelf;
use super::state::Unreadable;
use crate::git::{self, BlobId, Repository};
use crate::manifest::Identity;
use crate::yaml::{Dialect, Versions};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

type Request = (BlobId, Care);

pub(super) struct Reader<'r> {
    repository: &'r Repository,
    asked: HashSet<Request>,
    known: HashMap<Request, Arc<Contents>>,
    texts: Sender<(Request, Vec<u8>)>,
    parsed: Receiver<(Request, Contents)>,
}

impl<'r> Reader<'r> {
    /// Starts the thread, which ends with the reader.
    pub fn new(repository: &'r Repository, wanted: Identity) -> Self {
        let (texts, todo) = mpsc::channel::<(Request, Vec<u8>)>();
        let (done, parsed) = mpsc::channel();
        std::thread::spawn(move || {
            let mut versions = Versions::new(Dialect::Kubectl);
            let read = |(request, text): (Request, Vec<u8>)| {
                (request, Contents::read_next(&text, &mut versions, &wanted, request.1))
            };
            let contents = todo.into_iter().map(read);
            // Nobody waits for the rest where the reader is gone.
            let _ = contents.map(|content| done.send(content)).find(Result::is_err);
        });
        Reader { repository, asked: HashSet::new(), known: HashMap::new(), texts, parsed }
    }
}

impl Shelf for Reader<'_> {
    fn ask(&mut self, blob: Option<BlobId>, care: Care) -> Result<(), git::Error> {
        let Some(blob) = blob.filter(|blob| self.asked.insert((*blob, care))) else {
            return Ok(());
        };
        if let Some(error) = Unreadable::by_size(self.repository, blob)? {
            self.known.insert((blob, care), Arc::new(Contents::unreadable(error)));
            return Ok(());
        }
        // The thread lives as long as this sender; what it could not take, `get` would miss loudly.
        let _ = self.texts.send(((blob, care), self.repository.blob(blob)?));
        Ok(())
    }

    fn get(&mut self, blob: Option<BlobId>, care: Care) -> Result<Arc<Contents>, git::Error> {
        let Some(id) = blob else {
            return Ok(Arc::default());
        };
        self.ask(blob, care)?;
        while !self.known.contains_key(&(id, care)) {
            let (parsed, contents) = self.parsed.recv().expect("the thread answers what it was sent");
            self.known.insert(parsed, Arc::new(contents));
        }
        Ok(self.known[&(id, care)].clone())
    }
}
