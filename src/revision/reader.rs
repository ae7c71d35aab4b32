//! States of one workload by the blob they stand in. Blobs are read and parsed on a thread of their own, so that the
//! walk goes on meanwhile; each once.

use super::state::{self, Content};
use crate::git::{self, BlobId, Repository};
use crate::manifest::Identity;
use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{self, Receiver, Sender};

/// The largest manifest that is read: what the API server takes, and more.
const LARGEST_BLOB: u64 = 16 << 20;

type Answer = (BlobId, Result<Content, git::Error>);

pub(super) struct Reader {
    asked: HashSet<BlobId>,
    known: HashMap<BlobId, Content>,
    requests: Sender<BlobId>,
    answers: Receiver<Answer>,
}

impl Reader {
    /// Starts the thread, with a handle of its own on the repository.
    pub fn new(repository: &Repository, wanted: Identity) -> Result<Self, git::Error> {
        let repository = repository.reopen()?;
        let (requests, todo) = mpsc::channel();
        let (done, answers) = mpsc::channel();
        std::thread::spawn(move || {
            for blob in todo {
                if done.send((blob, read(&repository, blob, &wanted))).is_err() {
                    break;
                }
            }
        });
        Ok(Reader { asked: HashSet::new(), known: HashMap::new(), requests, answers })
    }

    /// Has the blob read without waiting for it.
    pub fn ask(&mut self, blob: Option<BlobId>) {
        if let Some(blob) = blob
            && self.asked.insert(blob)
        {
            // A thread that is gone has left its error among the answers, where `get` finds it.
            let _ = self.requests.send(blob);
        }
    }

    /// What the blob has of the workload; nothing is in a file that is not there.
    pub fn get(&mut self, blob: Option<BlobId>) -> Result<Content, git::Error> {
        let Some(id) = blob else {
            return Ok(Content::Absent);
        };
        self.ask(blob);
        while !self.known.contains_key(&id) {
            let (read, content) = self.answers.recv().expect("the thread answers each request before it ends");
            self.known.insert(read, content?);
        }
        Ok(self.known[&id].clone())
    }
}

fn read(repository: &Repository, blob: BlobId, wanted: &Identity) -> Result<Content, git::Error> {
    let size = repository.blob_size(blob)?;
    if size > LARGEST_BLOB {
        let message = format!("the file has {size} bytes, more than the {LARGEST_BLOB} that are read");
        return Ok(Content::Unreadable(state::Unreadable::at(b"", 0, &message)));
    }
    Ok(state::read(&repository.blob(blob)?, wanted))
}
