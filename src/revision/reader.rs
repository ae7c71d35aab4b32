//! States of the workloads of one kind and name by the blob they stand in. Blobs are read and parsed on a thread of their own, so that the
//! walk goes on meanwhile; each once.

use super::contents::{Care, Contents};
use super::state::Unreadable;
use crate::git::{self, BlobId, Repository};
use crate::manifest::Identity;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

/// The largest manifest that is read: what the API server takes, and more.
const LARGEST_BLOB: u64 = 16 << 20;

type Request = (BlobId, Care);
type Answer = (Request, Result<Contents, git::Error>);

pub(super) struct Reader {
    asked: HashSet<Request>,
    known: HashMap<Request, Arc<Contents>>,
    requests: Sender<Request>,
    answers: Receiver<Answer>,
}

impl Reader {
    /// Starts the thread, with a handle of its own on the repository.
    pub fn new(repository: &Repository, wanted: Identity) -> Result<Self, git::Error> {
        let repository = repository.reopen()?;
        let (requests, todo) = mpsc::channel();
        let (done, answers) = mpsc::channel();
        std::thread::spawn(move || {
            for request in todo {
                if done.send((request, read(&repository, request, &wanted))).is_err() {
                    break;
                }
            }
        });
        Ok(Reader { asked: HashSet::new(), known: HashMap::new(), requests, answers })
    }

    /// Has the blob read without waiting for it.
    pub fn ask(&mut self, blob: Option<BlobId>, care: Care) {
        if let Some(blob) = blob
            && self.asked.insert((blob, care))
        {
            // A thread that is gone has left its error among the answers, where `get` finds it.
            let _ = self.requests.send((blob, care));
        }
    }

    /// What the blob has of the workloads; nothing is in a file that is not there.
    pub fn get(&mut self, blob: Option<BlobId>, care: Care) -> Result<Arc<Contents>, git::Error> {
        let Some(id) = blob else {
            return Ok(Arc::default());
        };
        self.ask(blob, care);
        while !self.known.contains_key(&(id, care)) {
            let (read, contents) = self.answers.recv().expect("the thread answers each request before it ends");
            self.known.insert(read, Arc::new(contents?));
        }
        Ok(self.known[&(id, care)].clone())
    }
}

fn read(repository: &Repository, (blob, care): Request, wanted: &Identity) -> Result<Contents, git::Error> {
    let size = repository.blob_size(blob)?;
    if size > LARGEST_BLOB {
        let message = format!("the file has {size} bytes, more than the {LARGEST_BLOB} that are read");
        return Ok(Contents::unreadable(Unreadable::at(b"", 0, &message)));
    }
    Ok(Contents::read(&repository.blob(blob)?, wanted, care))
}
