//! `Manifests`: objects as kubectl would send them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{DocumentKind, Item, ObjectName};
use crate::text::Untrusted;

/// One object as kubectl reads it, values of Secrets hidden.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ManifestItem {
    pub object: ObjectName,
    /// As given for `-f`, else from the root of the repository.
    pub path: Untrusted,
    #[schemars(with = "Map<String, Value>")]
    pub manifest: Value,
}

impl Item for ManifestItem {
    const KIND: DocumentKind = DocumentKind::Manifests;

    fn name(&self) -> Option<Untrusted> {
        Some(self.object.qualified())
    }
}
