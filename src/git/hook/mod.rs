//! The hook that git runs before a commit: where it is, whose it is, and how ours gets there and away.
//!
//! At any moment the folder has a hook that works, also if the program is killed between two steps. One that is there
//! gets a second name first, and ours, which runs it under that name, then takes over the first in one step. The way
//! back is one step too: the second name becomes the first.

mod files;
mod place;
mod refusal;
mod script;

pub use files::{Installed, PreCommitHook, Uninstalled};
pub use refusal::HookRefusal;
