//! `Whence`: the revisions that the names of pods and ReplicaSets are of.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Author, DocumentKind, Item, ObjectName, Time};
use crate::revision::{By, Cause};
use crate::text::Untrusted;

/// A revision that a name is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WhenceItem {
    /// The name that was asked for.
    pub query: Untrusted,
    pub object: ObjectName,
    /// Where it stood at the commit.
    pub path: Untrusted,
    /// The git revision that the walk began at.
    #[serde(rename = "ref")]
    pub reference: Untrusted,
    /// The number; null if unknowable.
    pub revision: Option<u64>,
    /// The commit, 40 or 64 hexadecimal digits.
    pub commit: String,
    /// When it was committed.
    pub time: Time,
    pub author: Author,
    pub cause: Option<Cause>,
    pub images: Vec<Untrusted>,
    /// All versions of Kubernetes that give the hash, the oldest first; none where it was not found by a hash.
    pub kube_versions: Vec<String>,
    /// The count of collisions that gives the hash, if it needs one.
    pub collision: Option<i32>,
    /// The suffix of the name; null where it was not found by a hash.
    pub hash: Option<String>,
    /// The whole name of the ReplicaSet or ControllerRevision; null where it was not found by a hash.
    pub name: Option<Untrusted>,
    pub by: By,
    /// Whether only a new object gets the hash, and not one that is applied over what ran before.
    pub only_as_new: bool,
}

impl Item for WhenceItem {
    const KIND: DocumentKind = DocumentKind::Whence;

    fn name(&self) -> Option<Untrusted> {
        Some(self.object.qualified())
    }
}
