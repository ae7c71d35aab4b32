//! What the files of one commit are to each other: which kustomization takes which in, and which files are no objects of
//! their own though they look so.

mod rendering;

pub use rendering::{Rendering, Renderings, Role, is_rendering, markers};
