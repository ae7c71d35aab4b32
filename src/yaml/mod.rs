//! Text to nodes with spans, as the Kubernetes tools read it: a [`Stream`] of [`Document`]s, in one of two
//! [`Dialect`]s, with what a tool silently loses as [`Warning`]s. Knows nothing of objects.

mod json;
mod node;

pub use json::{float_text, json_text};
pub use node::{Entry, Node, Span, Style, Value};
