//! `Status`: how far the rollouts of workloads are on a cluster.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Author, DocumentKind, Item, ObjectName, Time};
use crate::cluster::{Held, Progress, Reason, Replicas, Role};
use crate::revision::{Cause, Row};
use crate::text::Untrusted;

/// How far the rollout of a workload is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusItem {
    pub object: ObjectName,
    pub progress: Progress,
    /// What kubectl says of it.
    pub line: Untrusted,
    /// Whether somebody paused it.
    pub paused: bool,
    pub replicas: Replicas,
    /// The revisions that have pods, as far as these may be read, and the newest, which comes first; null where no revision may
    /// be read.
    pub revisions: Option<Vec<StatusRevision>>,
    /// The pods that are not ready, the worst first; null where they may not be read.
    pub pods: Option<Vec<StatusPod>>,
    /// Why the controller cannot make pods, if it cannot.
    pub refusal: Option<Untrusted>,
    /// How many seconds are left until the progress deadline, while it counts.
    pub deadline_seconds: Option<i64>,
    /// Commands that show what went wrong, and take it back.
    pub help: Vec<StatusHelp>,
}

/// A revision that the cluster holds, and what git knows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusRevision {
    /// The name of the ReplicaSet or ControllerRevision.
    pub name: Untrusted,
    pub role: Role,
    /// Null where they may not be read.
    pub pods: Option<usize>,
    /// How many of them are ready; null where that may not be read.
    pub ready: Option<usize>,
    /// The number that the cluster gives it.
    pub cluster_revision: i64,
    /// Where it comes from; null where git has no revision of that name.
    pub origin: Option<Origin>,
}

impl StatusRevision {
    /// What the cluster holds, and what git knows of it.
    pub fn of(held: Held, origin: Option<Origin>) -> StatusRevision {
        let Held { name, number, role, pods } = held;
        let (pods, ready) = pods.map(|pods| (pods.all, pods.ready)).unzip();
        StatusRevision { name: name.into(), role, pods, ready, cluster_revision: number, origin }
    }
}

/// The revision in git that something live is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The number; null if unknowable.
    pub revision: Option<u64>,
    /// The commit, 40 or 64 hexadecimal digits.
    pub commit: String,
    /// When it was committed.
    pub time: Time,
    pub author: Author,
    pub cause: Option<Cause>,
    /// Where it stood at the commit.
    pub path: Untrusted,
    /// When its pods were to be made anew on the cluster, if that is all that tells it from the revision.
    pub restarted: Option<Untrusted>,
}

/// A pod that is not ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatusPod {
    pub name: Untrusted,
    /// The name of the ReplicaSet or ControllerRevision that it is of; null if unknown.
    pub revision: Option<Untrusted>,
    #[serde(flatten)]
    pub reason: Reason,
}

/// A command that can be pasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatusHelp {
    /// What it is for.
    pub what: Untrusted,
    pub command: Untrusted,
}

impl From<&Row> for Origin {
    /// The commit of a row, and the revision that was current there.
    fn from(row: &Row) -> Self {
        Origin {
            revision: row.event.during.map(|number| number.get().into()),
            commit: row.commit.id.to_string(),
            time: row.into(),
            author: row.into(),
            cause: Some(row.cause.clone()),
            path: row.event.path.shown(),
            restarted: None,
        }
    }
}

impl Item for StatusItem {
    const KIND: DocumentKind = DocumentKind::Status;

    fn name(&self) -> Option<Untrusted> {
        Some(self.object.qualified())
    }
}
