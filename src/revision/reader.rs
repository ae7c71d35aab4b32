//! States of one workload by the blob they stand in. Blobs are parsed on a thread of their own, each once, so that the
//! walk goes on meanwhile. They are read on the walk's thread: libgit2 lets only one thread into its packs at a time.

use super::state::{self, Content};
use crate::git::{self, BlobId, Repository};
use crate::manifest::Identity;
use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{self, Receiver, Sender};

/// The largest manifest that is read.
const LARGEST_BLOB: u64 = crate::yaml::MAX_INPUT as u64;

pub(super) struct Reader<'r> {
    repository: &'r Repository,
    asked: HashSet<BlobId>,
    known: HashMap<BlobId, Content>,
    texts: Sender<(BlobId, Vec<u8>)>,
    parsed: Receiver<(BlobId, Content)>,
}

impl<'r> Reader<'r> {
    /// Starts the thread, which ends with the reader.
    pub fn new(repository: &'r Repository, wanted: Identity) -> Self {
        let (texts, todo) = mpsc::channel::<(BlobId, Vec<u8>)>();
        let (done, parsed) = mpsc::channel();
        std::thread::spawn(move || {
            let contents = todo.into_iter().map(|(blob, text)| (blob, state::read(&text, &wanted)));
            // Nobody waits for the rest where the reader is gone.
            let _ = contents.map(|content| done.send(content)).find(Result::is_err);
        });
        Reader { repository, asked: HashSet::new(), known: HashMap::new(), texts, parsed }
    }

    /// Has the blob parsed without waiting for it.
    ///
    /// # Errors
    /// A blob that is not there.
    pub fn ask(&mut self, blob: Option<BlobId>) -> Result<(), git::Error> {
        let Some(blob) = blob.filter(|blob| self.asked.insert(*blob)) else {
            return Ok(());
        };
        let size = self.repository.blob_size(blob)?;
        if size > LARGEST_BLOB {
            let message = format!("the file has {size} bytes, more than the {LARGEST_BLOB} that are read");
            self.known.insert(blob, Content::Unreadable(state::Unreadable::at(b"", 0, &message)));
            return Ok(());
        }
        // The thread lives as long as this sender; what it could not take, `get` would miss loudly.
        let _ = self.texts.send((blob, self.repository.blob(blob)?));
        Ok(())
    }

    /// What the blob has of the workload; nothing is in a file that is not there.
    ///
    /// # Errors
    /// A blob that is not there.
    pub fn get(&mut self, blob: Option<BlobId>) -> Result<Content, git::Error> {
        let Some(id) = blob else {
            return Ok(Content::Absent);
        };
        self.ask(blob)?;
        while !self.known.contains_key(&id) {
            let (parsed, content) = self.parsed.recv().expect("the thread answers what it was sent");
            self.known.insert(parsed, content);
        }
        Ok(self.known[&id].clone())
    }
}
