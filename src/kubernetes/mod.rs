//! What Kubernetes' own words and values mean, without any manifest: versions, quantities, and [`Kind`]s with their
//! groups and aliases.

mod agreed;
mod kind;
mod quantity;
mod served;
mod version;

pub use agreed::{CHANGE_CAUSE, CLIENT_SIDE_APPLY, LAST_APPLIED, RESTARTED_AT};
pub use kind::{Kind, UnknownKind};
pub(crate) use quantity::Amount;
pub use quantity::{BadQuantity, Format, Quantity};
pub use served::{group_of, served, served_under};
pub use version::{BadVersion, Minors, Version};
