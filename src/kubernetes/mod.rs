//! What Kubernetes itself names: [`Kind`]s with their groups and aliases. Words and numbers only; nothing
//! here reads a manifest.

mod kind;

pub use kind::{Kind, UnknownKind};
