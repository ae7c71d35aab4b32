//! `List`: the workloads that stand at a commit.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Author, DocumentKind, Item, ObjectName, StatusRevision, Time, Unreadable};
use crate::revision::{Cause, Change};
use crate::text::Untrusted;

/// A workload as it stands, and the last that happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListItem {
    pub object: ObjectName,
    pub path: Untrusted,
    /// The Kubernetes that the hash holds for: `1.34`.
    pub kube_version: String,
    /// False where git alone cannot know the hash.
    pub exact: bool,
    /// The kustomizations that change it on its way to the cluster.
    pub rendered_by: Vec<Untrusted>,
    /// The number of the newest revision; null if unknowable.
    pub revision: Option<u64>,
    /// The suffix of the name; null if unknowable.
    pub hash: Option<String>,
    /// The whole name; null if unknowable.
    pub name: Option<Untrusted>,
    /// The hash as a new object, where applying over the revisions before gives another.
    pub as_new: Option<String>,
    pub images: Vec<Untrusted>,
    pub replicas: Option<i64>,
    /// The newest change.
    pub last: LastChange,
    /// What the cluster holds of it with pods, the newest first: nothing where it does not have it, null where that may not be
    /// read; only with `--live`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<Option<Vec<StatusRevision>>>,
    /// Only where its file cannot be read: then the rest is what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Unreadable>,
}

/// A change of a workload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LastChange {
    pub change: Vec<Change>,
    /// The commit, 40 or 64 hexadecimal digits.
    pub commit: String,
    /// When it was committed.
    pub time: Time,
    pub author: Author,
    pub cause: Option<Cause>,
}

impl Item for ListItem {
    const KIND: DocumentKind = DocumentKind::List;

    fn name(&self) -> Option<Untrusted> {
        Some(self.object.qualified())
    }
}
