//! `History`: the revisions of a lineage.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Author, DocumentKind, FieldChange, Item, ObjectName, Time, Unreadable};
use crate::cluster::Role;
use crate::diff::Rolls;
use crate::revision::{Cause, Change};
use crate::text::Untrusted;

/// One object through the history.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct History {
    pub object: ObjectName,
    /// Where it stands, or stood last.
    pub path: Untrusted,
    /// The git revision that the walk began at.
    #[serde(rename = "ref")]
    pub reference: Untrusted,
    /// The Kubernetes that the hashes hold for: `1.34`.
    pub kube_version: String,
    /// False where git alone cannot know the hash.
    pub exact: bool,
    /// The kustomizations that change it on its way to the cluster.
    pub rendered_by: Vec<Untrusted>,
    /// The oldest first.
    pub revisions: Vec<Row>,
    /// What is live and git never had; only with `--live`, and where the revisions that the cluster holds may be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live_only: Option<Vec<LiveRevision>>,
}

impl Item for History {
    const KIND: DocumentKind = DocumentKind::History;
    const NEWEST_LAST: bool = true;

    fn name(&self) -> Option<Untrusted> {
        Some(self.object.qualified())
    }
}

/// A revision, or with a null `revision` what happened between two.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// From 1; null if unknowable, or if this is no revision.
    pub revision: Option<u64>,
    /// What the commit did to the object.
    pub change: Vec<Change>,
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
    /// The suffix of the name; null if unknowable, or if nothing is named after revisions of the kind.
    pub hash: Option<String>,
    /// The whole name; null if unknowable.
    pub name: Option<Untrusted>,
    /// The hash as a new object, where applying over the revisions before gives another.
    pub as_new: Option<String>,
    /// The commit, 40 or 64 hexadecimal digits.
    pub commit: String,
    /// When it was committed.
    pub time: Time,
    pub author: Author,
    pub path: Untrusted,
    pub images: Vec<Untrusted>,
    pub replicas: Option<i64>,
    /// The earlier revision with an equal template.
    pub revert_of: Option<u64>,
    pub cause: Option<Cause>,
    /// A change-cause annotation left over from an earlier revision: shown, never used.
    pub stale_annotation: Option<Untrusted>,
    /// The files that changed how it is rendered, where the commit did that: kustomizations, and what these work with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rendering: Vec<Untrusted>,
    /// What the cluster holds of it; only with `--live`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<Vec<LiveRevision>>,
    /// Only for an unreadable commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Unreadable>,
}

/// A revision that a cluster holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LiveRevision {
    /// The name of the ReplicaSet or ControllerRevision.
    pub name: Untrusted,
    pub role: Role,
    /// Null where they may not be read.
    pub pods: Option<usize>,
    /// How many of them are ready; null where that may not be read.
    pub ready: Option<usize>,
    /// The number that the cluster gives it.
    pub cluster_revision: i64,
    /// When its pods were to be made anew on the cluster, if that is all that tells it from the revision.
    pub restarted: Option<Untrusted>,
}
