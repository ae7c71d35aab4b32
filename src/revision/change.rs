//! What one commit did to one object.

use super::state::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a commit did to an object; several can hold at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It was not there before.
    Added,
    /// It is gone.
    Removed,
    /// Its pod template means something else.
    Rolls,
    /// Another number of replicas.
    Scales,
    /// Its spec, outside the template and the replicas.
    Config,
    /// Its labels, annotations or API version.
    Metadata,
    /// It stands in another file.
    Moved,
    /// Comments, the order of keys, spelling, or defaults written out.
    Cosmetic,
    /// Its file cannot be read.
    Unreadable,
    /// What kustomize makes of it may be something else: a kustomization that renders it changed, or what that works with.
    Rendering,
}

impl Change {
    /// The word for it, in JSON and on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Rolls => "rolls",
            Change::Scales => "scales",
            Change::Config => "config",
            Change::Metadata => "metadata",
            Change::Moved => "moved",
            Change::Cosmetic => "cosmetic",
            Change::Unreadable => "unreadable",
            Change::Rendering => "rendering",
        }
    }
}

/// What lies between two states of an object; nothing if not a byte of it changed.
pub(super) fn between(before: &State, after: &State, moved: bool) -> Vec<Change> {
    let differs = [
        (Change::Rolls, after.is_workload() && before.canonical != after.canonical),
        (Change::Scales, before.replicas.unwrap_or(1) != after.replicas.unwrap_or(1)),
        (Change::Config, before.config != after.config),
        (Change::Metadata, before.metadata != after.metadata),
    ];
    let mut changes: Vec<Change> = differs.iter().filter(|(_, differs)| *differs).map(|(change, _)| *change).collect();
    if changes.is_empty() && before.document != after.document {
        changes.push(Change::Cosmetic);
    }
    if moved {
        changes.push(Change::Moved);
    }
    changes.sort_unstable();
    changes
}
