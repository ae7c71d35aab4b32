//! The digest by which two templates are the same whatever the version: over the union of all versions' fields, with
//! every default that any version has, quantities by value, and what the schema does not know as it is written.

use super::decode::Template;
use super::schema::Field;
use super::slot::IntOrString;
use super::walk::{Holder, Leaf, Sink, Walk};
use crate::yaml::{self, Node};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Equal for templates that mean the same. It may change between releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes, as [`Digest::bytes`] gave them.
    pub fn of(bytes: [u8; 32]) -> Digest {
        Digest(bytes)
    }

    /// The bytes, to be kept.
    pub fn bytes(self) -> [u8; 32] {
        self.0
    }
}

pub(super) fn digest(template: &Template) -> Digest {
    digest_of(&template.extras, |sink| Walk::new(&template.root, None).run(sink))
}

/// The digest of what a walk feeds, and of what the schema does not know.
pub(super) fn digest_of(extras: &[(String, Node)], walk: impl FnOnce(&mut Canonical)) -> Digest {
    let mut sink = Canonical {
        hasher: Sha256::new(),
        path: String::new(),
        lengths: Vec::new(),
        index: Vec::new(),
        pointer: false,
    };
    walk(&mut sink);
    let mut extras: Vec<_> = extras.iter().map(|(path, node)| (path, yaml::json_text(node))).collect();
    extras.sort();
    for (path, json) in extras {
        sink.line('?', path, &json);
    }
    Digest(sink.hasher.finalize().into())
}

/// Each value that is set, as a line of its path, its type and its text.
pub(super) struct Canonical {
    hasher: Sha256,
    /// The path to the current value, and how long it was at each level that is open.
    path: String,
    lengths: Vec<usize>,
    /// The number of elements so far, for each list that is open.
    index: Vec<usize>,
    /// Whether the value that follows is behind a pointer or in a list or map: then its zero counts.
    pointer: bool,
}

impl Canonical {
    fn line(&mut self, kind: char, path: &str, text: &str) {
        let head = format!("{kind}{}:{}:", path.len(), text.len());
        self.hasher.update(head.as_bytes());
        self.hasher.update(path.as_bytes());
        self.hasher.update(text.as_bytes());
    }

    fn here(&mut self, kind: char, text: &str) {
        let path = std::mem::take(&mut self.path);
        self.line(kind, &path, text);
        self.path = path;
    }

    fn step(&mut self, pointer: bool) {
        self.path.truncate(self.lengths.last().copied().unwrap_or(0));
        self.pointer = pointer;
    }
}

impl Sink for Canonical {
    fn field(&mut self, field: &'static Field) {
        self.step(field.pointer);
        write!(self.path, ".{}", field.json).expect("a String takes all");
    }

    fn element(&mut self) {
        self.step(true);
        let index = self.index.last_mut().expect("an element stands in a list");
        write!(self.path, "[{index}]").expect("a String takes all");
        *index += 1;
    }

    fn key(&mut self, key: &str) {
        self.step(true);
        write!(self.path, "[{}:{key}]", key.len()).expect("a String takes all");
    }

    fn open(&mut self, holder: Holder) {
        if self.pointer {
            self.here('{', "");
        }
        self.pointer = false;
        self.lengths.push(self.path.len());
        if holder == Holder::List {
            self.index.push(0);
        }
    }

    fn close(&mut self, holder: Holder) {
        self.lengths.pop();
        if holder == Holder::List {
            self.index.pop();
        }
    }

    fn nil(&mut self) {}

    fn leaf(&mut self, leaf: Leaf<'_>) {
        let set = self.pointer;
        match leaf {
            Leaf::Bool(false) | Leaf::Int(0) | Leaf::Text("") if !set => {}
            Leaf::Bool(value) => self.here('b', if value { "true" } else { "false" }),
            Leaf::Int(number) => self.here('i', itoa::Buffer::new().format(number)),
            Leaf::Text(text) => self.here('s', text),
            Leaf::Quantity(quantity) => {
                let (digits, exponent) = quantity.value();
                self.here('q', &format!("{digits}e{exponent}"));
            }
            Leaf::IntOrString(IntOrString::Int(number)) => self.here('i', itoa::Buffer::new().format(*number)),
            Leaf::IntOrString(IntOrString::String(text)) => self.here('s', text),
            Leaf::Time => {}
            Leaf::RawJson(json) => self.here('j', json),
        }
    }
}
