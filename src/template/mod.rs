//! Pod templates: decoded once into the union of all versions' types, then seen as one version sees them.
//! What the hash is over, what it is, and what the API server fills in come from one walk over one table.

mod annotated;
mod canonical;
mod controller;
mod decode;
mod decoded;
mod dump;
mod explain;
mod finding;
mod gates;
mod hash;
mod host_ports;
mod image;
mod json;
mod live;
mod patch;
mod path;
mod refusal;
mod rules;
mod schema;
mod shape;
mod slot;
mod sticky;
mod stretch;

mod update;
mod view;
mod walk;

pub use canonical::Digest;
pub use controller::{Controller, Name};
pub use decoded::Template;
pub use finding::{Finding, Problem};
pub use gates::{Gate, Gates, Server, UnknownGate};
pub use hash::Hash;
pub use host_ports::Unhosted;
pub use image::is_floating;
pub use live::Live;
pub use refusal::{Refusal, may_be_refused, refusals};
pub use shape::Shape;
pub use sticky::{ImageList, Sticky, Unpolicied, Unwritten};
pub use update::Update;
pub use view::View;
