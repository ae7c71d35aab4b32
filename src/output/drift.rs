//! `Drift`: what a cluster has otherwise than git says.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{DocumentKind, FieldChange, Item, ObjectName, Origin};
use crate::diff::Manager;
use crate::text::Untrusted;

/// An object in git and in the cluster.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DriftItem {
    pub object: ObjectName,
    /// Where it stands in git; null for what only the cluster has.
    pub path: Option<Untrusted>,
    pub state: DriftState,
    /// Why it is not known, where that is the state.
    pub reason: Option<Untrusted>,
    /// The revision that git is at; null where nothing differs, or if unknowable.
    pub revision: Option<u64>,
    /// The commit that says what is in the cluster; null where no other does.
    pub live: Option<Origin>,
    /// What the cluster has otherwise than git sets it: `from` is what git says, `to` what is there.
    pub fields: Vec<DriftField>,
    /// The replicas, where an autoscaler counts them: they are no drift.
    pub replicas: Option<DriftReplicas>,
    /// When somebody restarted the pods, where git does not say so: that is no drift either.
    pub restarted: Option<Untrusted>,
}

/// How an object of a cluster stands to git.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DriftState {
    Same,
    /// An earlier commit says what is there.
    Behind,
    /// A later commit does.
    Ahead,
    /// No commit does: somebody changed it by hand.
    Changed,
    Missing,
    /// Only the cluster has it.
    Extra,
    /// They could not be compared.
    Unknown,
}

/// A field that is otherwise than git sets it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DriftField {
    #[serde(flatten)]
    pub change: FieldChange,
    /// Who wrote what is there; null where nobody is known, as of what is gone.
    pub by: Option<DriftManager>,
}

/// A field manager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DriftManager {
    /// `kubectl-edit`
    pub name: Untrusted,
    /// `Apply` or `Update`.
    pub operation: Untrusted,
    /// `scale`, where it was written through that.
    pub subresource: Option<Untrusted>,
    /// When it last wrote any field of the object, in RFC 3339.
    pub time: Option<Untrusted>,
}

/// Replicas that an autoscaler counts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DriftReplicas {
    pub git: Value,
    pub live: Value,
    /// Its name.
    pub autoscaler: Untrusted,
}

impl DriftState {
    /// The word for it: `behind`.
    pub fn word(self) -> &'static str {
        match self {
            DriftState::Same => "same",
            DriftState::Behind => "behind",
            DriftState::Ahead => "ahead",
            DriftState::Changed => "changed by hand",
            DriftState::Missing => "missing",
            DriftState::Extra => "extra",
            DriftState::Unknown => "unknown",
        }
    }
}

impl Item for DriftItem {
    const KIND: DocumentKind = DocumentKind::Drift;

    /// Only what differs has a name to print.
    fn name(&self) -> Option<Untrusted> {
        (self.state != DriftState::Same).then(|| self.object.qualified())
    }
}

impl DriftItem {
    /// An object of which nothing differs.
    pub fn of(object: ObjectName, path: Option<Untrusted>) -> DriftItem {
        DriftItem {
            object,
            path,
            state: DriftState::Same,
            reason: None,
            revision: None,
            live: None,
            fields: Vec::new(),
            replicas: None,
            restarted: None,
        }
    }
}

impl From<Manager> for DriftManager {
    fn from(manager: Manager) -> Self {
        let Manager { name, operation, subresource, time } = manager;
        Self {
            name: name.into(),
            operation: operation.into(),
            subresource: subresource.map(Into::into),
            time: time.map(Into::into),
        }
    }
}
