//! What Kubernetes' own words and values mean, without any manifest: versions, quantities.

mod quantity;
mod version;

pub(crate) use quantity::Amount;
pub use quantity::{BadQuantity, Format, Quantity};
pub use version::{BadVersion, Minors, Version};
