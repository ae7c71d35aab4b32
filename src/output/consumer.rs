//! The workloads that a difference concerns, though it is none of theirs.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::{DiffItem, ObjectName};
use crate::diff::{Pair, Placed, Rolls};
use crate::kubernetes::Kind;
use crate::revision::Change;
use crate::snapshot::{Place, Snapshot};
use crate::text::Untrusted;

/// A workload that uses an object, or that it selects or scales.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Consumer {
    pub object: ObjectName,
    pub path: Untrusted,
    /// How its pods use the object: `volume`, `projected`, `subPath`, `env`, `envFrom`, `imagePullSecrets`,
    /// `serviceAccount`, `claim`; empty where the object selects or scales the workload.
    pub how: Vec<String>,
    /// Whether what else is different replaces its pods: if not, they go on with what they read when they started, but for
    /// files of a `volume` or `projected`.
    pub restarts: Rolls,
}

impl fmt::Display for Consumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "concerns {}{}: {}", self.object.short().as_str(), self.use_of_it(), self.outcome())
    }
}

/// What a pod sees of a change only when it starts again.
const READ_ONCE: [&str; 3] = ["subPath", "env", "envFrom"];

impl Consumer {
    /// What becomes of its pods.
    pub(super) fn outcome(&self) -> &'static str {
        match self.restarts {
            Rolls::Yes => "its pods are new",
            Rolls::Unknown => "whether its pods are replaced is unknown",
            Rolls::No if self.keeps_old_values() => "its pods are not replaced, and keep what they read at their start",
            Rolls::No => "its pods are not replaced",
        }
    }

    /// How it uses the object, in parentheses, if it does.
    pub(super) fn use_of_it(&self) -> String {
        if self.how.is_empty() { String::new() } else { format!(" ({})", self.how.join(", ")) }
    }

    /// Whether its pods keep old values though the object has new ones.
    pub(super) fn keeps_old_values(&self) -> bool {
        self.restarts == Rolls::No && self.how.iter().any(|how| READ_ONCE.contains(&how.as_str()))
    }
}

impl DiffItem {
    /// Whether there may be workloads that it concerns.
    pub fn has_consumers(&self) -> bool {
        let has = |change: Change| self.change.contains(&change);
        let whole = has(Change::Added) || has(Change::Removed);
        match Kind::of(self.object.kind.as_str()) {
            Some(Kind::ConfigMap | Kind::Secret | Kind::HorizontalPodAutoscaler | Kind::PodDisruptionBudget) => {
                whole || has(Change::Config)
            }
            Some(Kind::Service | Kind::NetworkPolicy) => {
                let selects = |path: &str| path.starts_with("spec.selector") || path.starts_with("spec.podSelector");
                whole || self.changes.iter().any(|change| selects(change.path.as_str()))
            }
            _ => false,
        }
    }
}

/// The workloads that a pair concerns in either of two states, by their paths; `rolls` tells what is different of them.
pub fn consumers(
    states: [&Snapshot; 2],
    pair: &Pair,
    rolls: &dyn Fn(&ObjectName, &Untrusted) -> Rolls,
) -> Vec<Consumer> {
    let sides = [pair.before(), pair.after()];
    let mut found: BTreeMap<(String, String, String), Consumer> = BTreeMap::new();
    for (state, placed) in states.into_iter().zip(sides) {
        let uses = placed.and_then(|placed| place(state, placed)).map(|place| state.workloads_of(place));
        for used in uses.unwrap_or_default() {
            let identity = &state.object(used.workload).identity;
            let (object, path) = (ObjectName::from(identity), state.file(used.workload).path.shown());
            let key = (path.as_str().to_owned(), identity.kind.clone(), identity.name.clone());
            let consumer = found.entry(key).or_insert_with(|| {
                let restarts = rolls(&object, &path);
                Consumer { object, path, how: Vec::new(), restarts }
            });
            let how = used.reference.map(|reference| reference.how.word().to_owned());
            consumer.how.extend(how.filter(|how| !consumer.how.contains(how)));
        }
    }
    found.into_values().collect()
}

/// Where an object stands: of one that is given more than once in a file, the last.
fn place(state: &Snapshot, placed: Placed) -> Option<Place> {
    let identity = &placed.object.identity;
    let mut places = state.named(&identity.kind, &identity.name).iter().copied();
    let is_it =
        |at: &Place| state.file(*at).path.shown().as_str() == placed.path && state.object(*at).identity == *identity;
    places.rfind(is_it)
}
