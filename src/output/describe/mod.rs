//! The pod template of one revision in words, byte for byte as `kubectl rollout history TARGET --revision=N` prints it
//! (kubectl 1.33): [`Described`] takes the defaulted template as JSON and gives the text for a pipe or a terminal.
//!
//! `revision` is the text as a whole, `template` its sections, and the other files a section each; they read the JSON
//! through `Struct` as Go reads its structs, and write lines to a `Page`.

mod amount;
mod claim;
mod container;
mod environment;
mod label_selector;
mod metadata;
mod page;
mod probe;
mod revision;
mod scheduling;
mod structs;
mod template;
mod volume_types;
mod volumes;

pub use revision::Described;
