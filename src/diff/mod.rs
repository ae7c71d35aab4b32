//! Two objects to what changed between them: [`diff`] gives [`Change`]s, each with its [`Path`], both its sides in the
//! text, and whether it changes the meaning; [`apply`] makes the new object of the old one again; [`pair`] finds which
//! objects of two states are one; a [`Verdict`] says what the changes do to pods; [`places`] are all there are in an
//! object, and a [`Trace`] follows them back from state to state. [`drift`] is what a cluster has otherwise than git sets it,
//! [`applied`] what an apply would make of that, and a [`Manager`] who wrote it there. Knows nothing of files and git.
//!
//! `compare` walks both objects at once, `list` finds which items of two lists belong together, `text` looks into strings;
//! `immutable` and `hold` are the rules of the API server and the controllers.

mod apply;
#[cfg(test)]
mod cases;
mod change;
mod compare;
mod fingerprint;
mod hand;
mod hold;
mod immutable;
mod judge;
mod key;
#[cfg(test)]
mod laws;
mod list;
mod live;
mod managed;
mod pair;
mod path;
mod place;
mod reason;
mod running;
mod sequence;
mod text;
mod trace;
#[cfg(test)]
mod trace_laws;
mod verdict;
mod written;

pub use apply::{Mismatch, apply};
pub use change::{Change, Equality, Op};
pub use compare::diff;
pub use hold::Hold;
pub use immutable::immutable;
pub use live::{applied, drift};
pub use managed::{Manager, manager};
pub use pair::{Bond, Pair, Placed, pair};
pub use path::{Fit, Path, Side};
pub use place::{Place, places};
pub use reason::{Reason, Refused, Rolls};
pub use running::{Apart, Running};
pub(crate) use text::unified_at;
pub use text::{Inside, Piece};
pub use trace::Trace;
pub use verdict::{Delivery, Verdict};
pub use written::Written;
