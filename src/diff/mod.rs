//! Two objects to what changed between them: [`diff`] gives [`Change`]s, each with its [`Path`], both its sides in the
//! text, and whether it changes the meaning; [`apply`] makes the new object of the old one again; [`pair`] finds which
//! objects of two states are one. Knows nothing of files, git or rollouts.
//!
//! `compare` walks both objects at once, `list` finds which items of two lists belong together, `text` looks into strings.

mod apply;
mod change;
mod compare;
mod fingerprint;
mod key;
#[cfg(test)]
mod laws;
mod list;
mod pair;
mod path;
mod sequence;
mod text;

pub use apply::{Mismatch, apply};
pub use change::{Change, Equality, Op};
pub use compare::diff;
pub use pair::{Bond, Pair, Placed, pair};
pub use path::{Path, Side};
pub(crate) use text::unified_at;
pub use text::{Inside, Piece};
