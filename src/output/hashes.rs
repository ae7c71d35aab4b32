//! `Hashes`: the names that a cluster will give.

use schemars::JsonSchema;
use serde::Serialize;

use super::{DocumentKind, Item, ObjectName, Unreadable};
use crate::text::Untrusted;

/// The name of one object's revision in one version of Kubernetes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HashItem {
    pub object: ObjectName,
    /// As given for `-f`, else from the root of the repository.
    pub path: Untrusted,
    /// The Kubernetes that the hash holds for: `1.34`.
    pub kube_version: String,
    /// The collision count that was asked for; null for none, which is another hash than 0, but not of a StatefulSet.
    pub collision: Option<i32>,
    /// The suffix of the name; null if unknowable.
    pub hash: Option<String>,
    /// The whole name; null if unknowable.
    pub name: Option<Untrusted>,
    /// The hash as a new object, where applying over the revisions before gives another; null of a file.
    pub as_new: Option<String>,
    /// The kind of the object that has that name.
    pub name_of: NameOf,
    /// False where git alone cannot know the hash.
    pub exact: bool,
    /// Only where the hash could not be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Unreadable>,
}

/// The kind of the object that a controller makes for a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum NameOf {
    ReplicaSet,
    ControllerRevision,
}

impl NameOf {
    /// As kubectl prints it in front of a name.
    pub fn qualified(self) -> &'static str {
        match self {
            Self::ReplicaSet => "replicaset.apps",
            Self::ControllerRevision => "controllerrevision.apps",
        }
    }
}

impl Item for HashItem {
    const KIND: DocumentKind = DocumentKind::Hashes;

    fn name(&self) -> Option<Untrusted> {
        self.name.as_ref().map(|name| format!("{}/{}", self.name_of.qualified(), name.as_str()).into())
    }
}
