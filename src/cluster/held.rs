//! The revisions that a cluster still holds of a workload, and what each is to the rollout.

use serde_json::Value;

use super::rollout::{Progress, Rollout, is_ready};
use super::situation::{Situation, name, number};
use crate::kubernetes::Kind;

/// A revision that the cluster still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Of the ReplicaSet or the ControllerRevision.
    pub name: String,
    /// The cluster's own number, which changes when an older revision is gone back to.
    pub number: i64,
    pub role: Role,
    /// None where they may not be read.
    pub pods: Option<Pods>,
}

/// The pods of a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pods {
    pub all: usize,
    /// How many of them are ready.
    pub ready: usize,
}

/// What a revision is to the rollout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// What was rolled out last, all over.
    Live,
    /// What takes the place of the others.
    RollingIn,
    /// It still has pods, and another takes its place.
    RollingOut,
    /// It has no pods any more: what can be gone back to.
    Kept,
    /// It may have pods, which may not be read.
    Unknown,
}

impl Role {
    /// In the tool's words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::RollingIn => "rolling in",
            Self::RollingOut => "rolling out",
            Self::Kept => "kept",
            Self::Unknown => "unknown",
        }
    }
}

impl Situation {
    /// The revisions that have pods, as far as that may be read, and the newest; nothing where no revision may be read.
    pub fn running(&self, kind: Kind) -> Option<Vec<Held>> {
        let mut held = self.held(kind)?;
        held.retain(|held| !matches!(held.role, Role::Kept | Role::Unknown));
        Some(held)
    }

    /// All revisions, the newest first; nothing where they may not be read.
    pub fn held(&self, kind: Kind) -> Option<Vec<Held>> {
        let rollout = Rollout::of(kind, &self.workload);
        let done = rollout.is_ok_and(|rollout| rollout.progress == Progress::Complete);
        let newest = self.newest(kind);
        let one = |revision| self.one(kind, revision, newest.as_deref(), done);
        let mut held: Vec<Held> = self.revisions.as_ref()?.iter().map(one).collect();
        held.sort_by(|a, b| b.number.cmp(&a.number).then_with(|| a.name.cmp(&b.name)));
        Some(held)
    }

    fn one(&self, kind: Kind, revision: &Value, newest: Option<&str>, done: bool) -> Held {
        let name = name(revision);
        let pods = self.pods.as_ref().map(|pods| {
            let is_of_it = |pod: &&Value| self.revision_of(kind, pod).is_some_and(|of| of == name);
            let living = pods.iter().filter(is_of_it).filter(|pod| pod["metadata"]["deletionTimestamp"].is_null());
            living.fold(Pods { all: 0, ready: 0 }, |Pods { all, ready }, pod| Pods {
                all: all + 1,
                ready: ready + usize::from(is_ready(pod)),
            })
        });
        let role = match (newest == Some(name), pods.map(|pods| pods.all)) {
            (true, _) if done => Role::Live,
            (true, _) => Role::RollingIn,
            (false, Some(0)) => Role::Kept,
            // Before the controller has seen the newest state it is not known what takes the place.
            (false, Some(_)) if newest.is_none() => Role::Live,
            (false, Some(_)) => Role::RollingOut,
            (false, None) if done && !self.is_partitioned(kind) => Role::Kept,
            (false, None) => Role::Unknown,
        };
        Held { name: name.to_owned(), number: number(kind, revision), role, pods }
    }

    /// Whether a StatefulSet has pods of two revisions, also where its rollout is complete.
    fn is_partitioned(&self, kind: Kind) -> bool {
        let status = &self.workload["status"];
        kind == Kind::StatefulSet && status["currentRevision"] != status["updateRevision"]
    }
}
