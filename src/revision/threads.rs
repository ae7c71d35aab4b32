//! The threads that read texts: as many as the machine has cores, so that the walk goes on meanwhile. They start with the
//! first text, and end with whoever sends them.

use super::library::{Known, Templates};
use crate::git::BlobId;
use crate::yaml::{Dialect, Versions};
use std::cell::OnceCell;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread;

/// How many texts wait for a thread: enough that none runs dry, and not so many that they fill the memory.
const WAITING: usize = 64;

type Text = (BlobId, Vec<u8>);
type Answer = (BlobId, Known);

pub(super) struct Threads {
    templates: Templates,
    started: OnceCell<(SyncSender<Text>, Receiver<Answer>)>,
}

impl Threads {
    pub fn new(templates: Templates) -> Threads {
        Threads { templates, started: OnceCell::new() }
    }

    /// Has a text read; waits while many others do. The versions of a file should follow one another.
    pub fn send(&self, blob: BlobId, text: Vec<u8>) {
        let (texts, _) = self.started.get_or_init(|| start(self.templates));
        texts.send((blob, text)).expect("the threads end after the last text");
    }

    /// What has been read, of what was sent: waits for the next.
    pub fn take(&self) -> Answer {
        let (_, read) = self.started.get().expect("something was sent");
        read.recv().expect("the threads answer what they were sent")
    }
}

/// What a function makes of each of many things, on as many threads as there are cores.
pub(super) fn on_all_cores<T: Sync, R: Send>(things: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    /// Fewer are not worth a thread.
    const FEW: usize = 8;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    if things.len() < FEW || cores == 1 {
        return things.iter().map(make).collect();
    }
    let make = &make;
    thread::scope(|scope| {
        let parts = things.chunks(things.len().div_ceil(cores));
        let parts: Vec<_> = parts.map(|part| scope.spawn(move || part.iter().map(make).collect::<Vec<R>>())).collect();
        parts.into_iter().flat_map(|part| part.join().expect("what is made does not panic")).collect()
    })
}

fn start(templates: Templates) -> (SyncSender<Text>, Receiver<Answer>) {
    let (texts, todo) = mpsc::sync_channel(WAITING);
    let (done, read) = mpsc::channel();
    let todo = Arc::new(Mutex::new(todo));
    for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
        let (todo, done) = (todo.clone(), done.clone());
        thread::spawn(move || work(&todo, &done, templates));
    }
    (texts, read)
}

/// Reads texts until no more come.
fn work(todo: &Mutex<Receiver<Text>>, done: &Sender<Answer>, templates: Templates) {
    let mut versions = Versions::new(Dialect::Kubectl);
    let next = || todo.lock().ok()?.recv().ok();
    while let Some((blob, text)) = next() {
        if done.send((blob, Known::of(blob, &text, &mut versions, templates))).is_err() {
            return;
        }
    }
}
