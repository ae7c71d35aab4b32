//! One file a command: an `Args` struct whose doc comment is the help, and a `run`.

pub(super) mod blame;
pub(super) mod cache;
pub(super) mod check;
pub(super) mod completions;
pub(super) mod demo;
pub(super) mod diff;
#[cfg(feature = "cluster")]
pub(super) mod drift;
pub(super) mod hash;
pub(super) mod history;
pub(super) mod hook;
pub(super) mod list;
pub(super) mod log;
pub(super) mod man;
#[cfg(feature = "cluster")]
pub(super) mod pause;
#[cfg(feature = "cluster")]
pub(super) mod restart;
#[cfg(feature = "cluster")]
pub(super) mod resume;
pub(super) mod show;
#[cfg(feature = "cluster")]
pub(super) mod status;
pub(super) mod undo;
pub(super) mod whence;
