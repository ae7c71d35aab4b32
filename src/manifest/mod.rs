//! The Kubernetes objects of a text: a [`Reading`] of [`Object`]s with their [`Identity`], lists taken apart, the values
//! of Secrets sealed. Whoever wants an object's fields asks it; whoever wants any other YAML goes to `yaml`.

mod error;
mod identity;
mod json;
mod kustomization;
mod object;
mod patch;
mod prefilter;
mod reading;
mod reference;
mod seal;
mod selector;
mod stored;
mod together;
mod touch;
mod unread;
mod wire;

pub use error::{Error, Problem};
pub use identity::Identity;
pub use json::{masked, to_json};
pub use kustomization::{Input, KUSTOMIZATION_FILES, Kustomization};
pub use object::Object;
pub use patch::may_set_image;
pub use prefilter::{has_word, may_contain, may_hold_objects};
pub use reading::{Reading, read, read_next};
pub use reference::{How, Reference};
pub use selector::{ScaleTarget, Selector};
pub use together::read_together;
pub use touch::{Difference, Named, Touch, image_entries, is_image_of};
