//! `Log`: what happened to the workloads of a scope, the newest first.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Author, DocumentKind, FieldChange, Item, ObjectName, Time, Unreadable};
use crate::diff::Rolls;
use crate::revision::{Cause, Change};
use crate::text::Untrusted;

/// What one commit did to one object.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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
    /// Whether it replaces pods, or starts the first, over what ran before.
    pub rolls: Rolls,
    /// Why, in words.
    pub reason: Untrusted,
    /// The same in a few words, where nobody would expect it.
    #[serde(skip)]
    pub remark: Option<Untrusted>,
    /// What is different from the state before, where that was asked for: with `-v`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<FieldChange>>,
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
