//! What goes back to how it was: a [`Plan`] has the bytes of a manifest with the pod template of an older state in it and
//! everything else as it is, and [`Note`]s on what could not stay as it was written; or it is [`Refused`]. Knows nothing
//! of files and git, and writes nothing.
//!
//! `state` finds the object in both texts, `place` where a value stands in one, `source` makes the text that goes there,
//! `plan` puts it in and reads the result again. `document` brings an object back that is gone, and
//! `restart` writes the time of a restart into the template of today.

#[cfg(test)]
mod cases;
mod document;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod mutations;
mod note;
mod place;
mod plan;
mod refused;
mod restart;
mod scalar;
mod source;
mod splice;
mod state;

pub use document::with_document;
pub use note::Note;
pub use plan::Plan;
pub use refused::{Refused, Side};
