//! A workload's manifest changed and committed: what `undo` and `restart --git` have in common.
//!
//! `current` is the workload as it is, `rewrite` what its file gets, `onto` where the commit goes, `planned` all of it looked
//! at before anything is written, `write` the writing, `told` the words.

mod current;
mod interrupt;
mod onto;
mod planned;
mod rewrite;
mod told;
mod write;

pub(super) use current::Current;
pub(super) use onto::{Destination, Onto};
pub(super) use planned::Planned;
pub(super) use rewrite::{Rewrite, Step, What};
pub(super) use told::{line, next, preview, rolls, short, verdict};
pub(super) use write::{Outcome, finish, write};

/// How the lines begin that say what a commit of this tool did, for programs.
pub(super) const TRAILER: &str = "Rollbook-";
