//! A line on stderr for work that takes long.

use std::io::Write as _;
use std::time::{Duration, Instant};

/// Work of less than this says nothing.
const QUIET: Duration = Duration::from_millis(500);
/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(100);

/// Counts what is done, and says so on a terminal.
pub(super) struct Progress {
    what: &'static str,
    shown: bool,
    done: usize,
    next: Option<Instant>,
}

impl Progress {
    /// Of work that has just begun. It is silent where stderr is no terminal.
    pub fn new(what: &'static str, is_terminal: bool) -> Self {
        Self { what, shown: false, done: 0, next: is_terminal.then(|| Instant::now() + QUIET) }
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        let Some(next) = self.next.filter(|_| self.done.is_multiple_of(64)) else { return };
        let now = Instant::now();
        if now >= next {
            // Nobody misses it where it cannot be written.
            let _ = write!(std::io::stderr(), "\r{}: {} manifests", self.what, self.done);
            (self.shown, self.next) = (true, Some(now + EVERY));
        }
    }

    /// All is done: the line goes.
    pub fn end(self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
