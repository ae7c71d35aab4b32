//! What a document is made of.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::Sensitive;

/// A range of bytes in the text that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`, in a text no longer than [`MAX_INPUT`](super::MAX_INPUT).
    pub(crate) fn new(start: usize, end: usize) -> Self {
        let offset = |bytes| u32::try_from(bytes).expect("a text that is read is far shorter than 4 GiB");
        Self { start: offset(start), end: offset(end) }
    }

    /// The span as a range, to index the text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// How a node is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
    Block,
    Flow,
}

/// A value with the place where it stands. The span of an alias's value is that of the alias.
#[derive(Clone, Debug)]
pub struct Node {
    pub value: Value,
    pub span: Span,
    pub style: Style,
}

/// A value as the API server would get it: what JSON has, integers apart from floats.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(String),
    /// A value of a Secret: put in by whoever knows that the object is one, never by the parser.
    Sealed(Sensitive),
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
}

/// One key of a mapping, in the order of the text. No two entries of a mapping have the same key.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Node,
}

/// Nodes are equal when their values are: where and how they are written does not matter, nor the order of keys.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Mapping(a), Value::Mapping(b)) => a.len() == b.len() && same_entries(a, b),
            (a, b) => a == b,
        }
    }
}

/// Mostly the keys stand in the same order; otherwise they are looked up.
fn same_entries(a: &[Entry], b: &[Entry]) -> bool {
    if a.iter().zip(b).all(|(a, b)| a.key == b.key) {
        return a.iter().zip(b).all(|(a, b)| a.value == b.value);
    }
    let by_key: HashMap<&str, &Node> = b.iter().map(|entry| (entry.key.as_str(), &entry.value)).collect();
    a.iter().all(|entry| by_key.get(entry.key.as_str()) == Some(&&entry.value))
}

impl Node {
    /// The value under `key`, where this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The same, to change it.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Mapping(entries) => entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value),
            _ => None,
        }
    }

    /// The same in a text with so many more bytes before it.
    pub(super) fn move_by(&mut self, bytes: u32) {
        self.span = self.span.moved_by(bytes);
        match &mut self.value {
            Value::Sequence(items) => items.iter_mut().for_each(|item| item.move_by(bytes)),
            Value::Mapping(entries) => entries.iter_mut().for_each(|entry| {
                entry.key_span = entry.key_span.moved_by(bytes);
                entry.value.move_by(bytes);
            }),
            _ => {}
        }
    }

    /// The value at the end of a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The entries of a mapping; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none of anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a string; none of anything else.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, where it is an integer.
    pub fn as_int(&self) -> Option<i64> {
        match self.value {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }
}

impl Value {
    /// What it is, in words: `a string`.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a bool",
            Value::Int(_) | Value::Float(_) => "a number",
            Value::String(_) => "a string",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
            Value::Sealed(_) => "a Secret's value",
        }
    }
}
