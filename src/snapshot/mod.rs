//! The objects of one state (a commit, the index, the working tree) and what they are to each other: which kustomization
//! takes which file in, which files are no objects of their own though they look so, and which workload names which
//! ConfigMap.

mod delivery;
mod delta;
mod graph;
mod names;
mod objects;
mod rendering;
mod renderings;
mod role;
mod snapshots;
mod uses;

pub use delivery::Delivery;
pub use delta::{Delta, Shaping};
pub use graph::{Link, Use};
pub use names::{is_kustomization, is_manifest, is_rendering, markers};
pub use objects::{Contents, File, Passed, Place, Snapshot};
pub use rendering::{CHART, Rendering};
pub use renderings::Renderings;
pub use role::Role;
pub use snapshots::Snapshots;
