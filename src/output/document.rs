//! The envelope of every JSON document.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use super::{json, markdown, yaml};
use crate::text::Untrusted;

/// The version of the shapes. It changes when a script that reads them could break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum SchemaVersion {
    #[serde(rename = "rollbook/v1")]
    V1,
}

/// What the items of a document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum DocumentKind {
    History,
    Hashes,
    Manifests,
    List,
    Log,
    Diff,
    Whence,
    Blame,
    Findings,
    Status,
    Operations,
    Drift,
}

/// What can be an item of a document.
pub trait Item: Serialize + JsonSchema {
    /// The kind of document that holds such items.
    const KIND: DocumentKind;

    /// What `-o name` prints for it, if it has a name to print.
    fn name(&self) -> Option<Untrusted>;

    /// The same, where there are several for one item.
    fn names(&self) -> Vec<Untrusted> {
        self.name().into_iter().collect()
    }

    /// Whether the rows of its table begin with the oldest.
    const NEWEST_LAST: bool = false;
}

/// Something skipped or unknown, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Note {
    pub message: Untrusted,
    /// The file that it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Untrusted>,
}

impl Note {
    /// A note about the whole answer.
    pub fn new(message: impl Into<Untrusted>) -> Self {
        Self { message: message.into(), path: None }
    }

    /// A note about a file.
    pub fn on(path: Untrusted, message: impl Into<Untrusted>) -> Self {
        Self { message: message.into(), path: Some(path) }
    }
}

/// An answer that scripts read: items of one kind, and what was skipped.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(bound = "T: Item")]
#[schemars(bound = "T: Item")]
pub struct Document<T> {
    schema: SchemaVersion,
    kind: DocumentKind,
    pub items: Vec<T>,
    pub notes: Vec<Note>,
}

impl<T: Item> Document<T> {
    /// A document in the current version.
    pub fn new(items: Vec<T>, notes: Vec<Note>) -> Self {
        Self { schema: SchemaVersion::V1, kind: T::KIND, items, notes }
    }

    /// The document as indented JSON, with a line break at its end.
    pub fn json(&self) -> String {
        let mut json = Vec::new();
        self.write_json(&mut json).expect("a vector takes all");
        String::from_utf8(json).expect("JSON is UTF-8")
    }

    /// The same into a writer, as it is made.
    ///
    /// # Errors
    /// That of the writer.
    pub fn write_json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        json::write(self, out)
    }

    /// The same document as YAML, which every reader of YAML, 1.1 or 1.2, reads as the same values.
    pub fn yaml(&self) -> String {
        yaml::block(&serde_json::to_value(self).expect("the shapes have only text keys"))
    }

    /// A page of Markdown that has this text, and the notes.
    pub fn markdown(&self, text: &str) -> String {
        markdown::page(text, &self.notes, T::NEWEST_LAST)
    }

    /// The names of the items, one a line, escaped for a terminal.
    pub fn names(&self) -> String {
        self.items.iter().flat_map(Item::names).map(|name| format!("{}\n", name.terminal())).collect()
    }
}
