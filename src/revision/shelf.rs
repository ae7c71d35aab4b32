//! Where a walk gets the contents of blobs from.

use super::contents::{Care, Contents};
use crate::git::{self, BlobId};
use std::sync::Arc;

/// What blobs have of the workloads of one kind and name.
pub(super) trait Shelf {
    /// Has the blob read without waiting for it.
    ///
    /// # Errors
    /// A blob that is not there.
    fn ask(&mut self, blob: Option<BlobId>) -> Result<(), git::Error>;

    /// What the blob has of the workloads; nothing is in a file that is not there.
    ///
    /// # Errors
    /// A blob that is not there.
    fn get(&mut self, blob: Option<BlobId>, care: Care) -> Result<Arc<Contents>, git::Error>;
}
