//! Text to nodes with spans, as the Kubernetes tools read it: a [`Stream`] of [`Document`]s, in one of two
//! [`Dialect`]s, with what a tool silently loses as [`Warning`]s. Knows nothing of objects.

mod node;

pub use node::{Entry, Node, Span, Style, Value};
