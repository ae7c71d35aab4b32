//! `Operations`: what was done to workloads on a cluster.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Cell, DocumentKind, Item, Meaning, ObjectName};
use crate::text::Untrusted;

/// What was done to a workload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OperationItem {
    pub object: ObjectName,
    pub done: Done,
}

/// In kubectl's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Done {
    Paused,
    Resumed,
    Restarted,
}

impl OperationItem {
    /// `deployment.apps/web paused`, as a line.
    pub fn line(&self) -> String {
        let word = match self.done {
            Done::Paused => " paused",
            Done::Resumed => " resumed",
            Done::Restarted => " restarted",
        };
        format!("{}\n", Cell::new().text(&self.object.qualified(), Meaning::Plain).words(word, Meaning::Plain))
    }
}

impl Item for OperationItem {
    const KIND: DocumentKind = DocumentKind::Operations;

    fn name(&self) -> Option<Untrusted> {
        Some(self.object.qualified())
    }
}
