//! `Log`: what happened to the workloads of a scope, the newest first.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Author, DocumentKind, Item, ObjectName, Time, Unreadable};
use crate::diff::Rolls;
use crate::revision::{Cause, Change};
use crate::text::Untrusted;

/// What one commit did to one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogItem {
    /// The commit, 40 or 64 hexadecimal digits.
    pub commit: String,
    /// When it was committed.
    pub time: Time,
    pub author: Author,
    pub cause: Option<Cause>,
    pub object: ObjectName,
    pub path: Untrusted,
    /// The Kubernetes that the hashes hold for: `1.34`.
    pub kube_version: String,
    /// Empty at the boundary of a shallow clone, where it is not known.
    pub change: Vec<Change>,
    /// The number of the revision that it made; null if it made none, or if unknowable.
    pub revision: Option<u64>,
    pub rolls: Rolls,
    /// The hash before; null if there was none, or if unknowable.
    pub from: Option<String>,
    /// The hash after; null if there is none, or if unknowable.
    pub to: Option<String>,
    pub images: Vec<Untrusted>,
    /// The kustomizations that change it on its way to the cluster.
    pub rendered_by: Vec<Untrusted>,
    /// The files that changed how it is rendered, where the commit did that: kustomizations, and what these work with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rendering: Vec<Untrusted>,
    /// Only for an unreadable commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Unreadable>,
}

impl Item for LogItem {
    const KIND: DocumentKind = DocumentKind::Log;

    fn name(&self) -> Option<Untrusted> {
        Some(self.object.qualified())
    }
}
