//! Text to nodes with spans, as the Kubernetes tools read it: a [`Stream`] of [`Document`]s, in one of two
//! [`Dialect`]s, with what a tool silently loses as [`Warning`]s. Knows nothing of objects.
//!
//! `split` cuts the stream into chunks, `syntax` reads a chunk into a flat list of items (`quick` does where nothing unusual
//! is in it, `json` reads JSON),
//! `compose` makes nodes of the items, and `scalar` decides what a plain word means. [`Versions`] keep the items of one
//! text for the next, of which `edit` says where it differs; `together` reads several texts. `anchor` tells of aliases, which nodes have filled in.

mod anchor;
mod base64;
mod compose;
mod edit;
mod error;
mod explain;
mod json;
mod keys;
mod lenience;
mod node;
mod number;
mod position;
mod quick;
mod scalar;
mod shared;
mod split;
mod stream;
mod strictness;
mod syntax;
mod timestamp;
mod together;
mod versions;
mod wire;
mod words;

pub(crate) use anchor::{Anchor, anchors};
pub use error::{Error, Notice, Problem, Warning};
pub use node::{Entry, Node, Span, Style, Value};
pub use number::float_text;
pub use position::{LineCounts, LineIndex, Position, line_text, position};
pub use stream::{Dialect, Document, MAX_DEPTH, MAX_INPUT, Stream};
pub use versions::Versions;
pub use wire::{json_string, json_text};

pub(crate) use shared::Shared;
pub(crate) use together::{Cut, read_chunks};
