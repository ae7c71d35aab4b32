//! The digest by which two templates are the same whatever the version: over the union of all versions' fields, with
//! every default that any version has, quantities by value, and what the schema does not know as it is written.

use super::decoded::Template;
use super::schema::Field;
use super::slot::IntOrString;
use super::walk::{Holder, Leaf, Nothing, Sink, Walk};
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
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The path of the label that the Deployment controller gives to ReplicaSets, and passes over where it compares.
pub(super) const HASH_LABEL: &str = ".metadata.labels[17:pod-template-hash]";

/// The digest of all but the value at a path.
pub(super) fn digest(template: &Template, ignored: Option<&'static str>) -> Digest {
    let sink = Canonical::new(ignored);
    digest_of(sink, &template.extras, |sink| Walk::new(&template.root, None).run(sink))
}

/// The digest of what a walk feeds, and of what the schema does not know.
pub(super) fn digest_of(mut sink: Canonical, extras: &[(String, Node)], walk: impl FnOnce(&mut Canonical)) -> Digest {
    walk(&mut sink);
    let mut extras: Vec<_> = extras.iter().map(|(path, node)| (path, yaml::json_text(node))).collect();
    extras.sort();
    for (path, json) in extras {
        sink.lines.add('?', path, &json);
    }
    sink.finish()
}

/// Each value that is set, as a line of its path, its type and its text.
pub(super) struct Canonical {
    lines: Lines,
    /// The path to the current value, and how long it was at each level that is open.
    path: String,
    lengths: Vec<usize>,
    /// The number of elements so far, for each list that is open.
    index: Vec<usize>,
    /// Whether the value that follows is behind a pointer or in a list or map: then its zero counts.
    pointer: bool,
    ignored: Option<&'static str>,
}

impl Canonical {
    /// All values but the one at a path.
    pub fn new(ignored: Option<&'static str>) -> Self {
        Canonical {
            lines: Lines::default(),
            path: String::new(),
            lengths: Vec::new(),
            index: Vec::new(),
            pointer: false,
            ignored,
        }
    }

    pub fn finish(self) -> Digest {
        self.lines.digest()
    }

    fn here(&mut self, kind: char, text: &str) {
        if self.ignored != Some(self.path.as_str()) {
            self.lines.add(kind, &self.path, text);
        }
    }

    fn step(&mut self, pointer: bool) {
        self.path.truncate(self.lengths.last().copied().unwrap_or(0));
        self.pointer = pointer;
    }
}

/// The lines so far. They are hashed many together, which is faster than one by one; and of each path only what the line
/// before does not have too, which is the smaller part.
#[derive(Default)]
struct Lines {
    hasher: Sha256,
    gathered: String,
    /// The path of the line before.
    last: String,
}

impl Lines {
    const FULL: usize = 4096;

    fn add(&mut self, kind: char, path: &str, text: &str) {
        if self.gathered.len() >= Self::FULL {
            self.hasher.update(self.gathered.as_bytes());
            self.gathered.clear();
        }
        let shared = shared(&self.last, path);
        self.gathered.push(kind);
        for length in [shared, path.len() - shared, text.len()] {
            self.gathered.push_str(itoa::Buffer::new().format(length));
            self.gathered.push(':');
        }
        self.gathered.push_str(&path[shared..]);
        self.gathered.push_str(text);
        self.last.truncate(shared);
        self.last.push_str(&path[shared..]);
    }

    fn digest(self) -> Digest {
        Digest(self.hasher.chain_update(self.gathered).finalize().into())
    }
}

/// How much two paths begin with alike.
fn shared(one: &str, other: &str) -> usize {
    let mut length = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    while !other.is_char_boundary(length) {
        length -= 1;
    }
    length
}

impl Sink for Canonical {
    fn field(&mut self, field: &'static Field) {
        self.step(field.pointer);
        self.path.push('.');
        self.path.push_str(field.json);
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

    fn unwritten(&mut self, _: &'static Field, _: Nothing) {}

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
