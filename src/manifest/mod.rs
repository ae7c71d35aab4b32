//! Objects in a stream: what makes a document an object, which of them are workloads and what they run, Secrets sealed.
mod error;
mod identity;
mod json;
mod kustomization;
mod object;
mod prefilter;
mod reading;
mod seal;

pub use error::{Error, Problem};
pub use identity::Identity;
pub use json::to_json;
pub use kustomization::{KUSTOMIZATION_FILES, Kustomization};
pub use object::Object;
pub use prefilter::may_contain;
pub use reading::{Reading, read};
