//! What an item of a list is told apart by: `name`, or a port and its protocol.

use super::path::{is_plain, quoted};
use crate::template::Shape;
use crate::yaml::{Node, Value, float_text};
use std::fmt::Write as _;

/// The only default among the keys that tell items apart.
const DEFAULT_PROTOCOL: &str = "TCP";

/// The most fields that tell items apart.
const PARTS: usize = 2;

/// The keys of an item with their values. A value that is the default is not there, whether it is written or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ItemKey<'a>([Option<(&'static str, Atom<'a>)>; PARTS]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Atom<'a> {
    Text(&'a str),
    Int(i64),
}

impl<'a> ItemKey<'a> {
    /// The keys of an item; none, if it lacks one.
    pub fn of(item: &'a Node, keys: &[&'static str], shape: Shape) -> Option<Self> {
        let mut parts = [None; PARTS];
        for (part, &key) in parts.iter_mut().zip(keys) {
            let default = shape.default_text(key);
            match key.split('.').try_fold(item, |node, key| node.get(key)) {
                None if default.is_some() => {}
                Some(value) if value.is_null() && default.is_some() => {}
                None => return None,
                Some(value) => {
                    let atom = Atom::of(value)?;
                    *part = (default.map(Atom::Text) != Some(atom)).then_some((key, atom));
                }
            }
        }
        Some(ItemKey(parts))
    }

    /// In brackets, as it stands in a path.
    pub fn write(&self, out: &mut String) {
        let mut between = '[';
        for (key, atom) in self.0.iter().flatten() {
            out.push(between);
            out.push_str(key);
            out.push('=');
            atom.write(out);
            between = ',';
        }
        out.push(']');
    }

    /// Whether these are the keys of the item as the API server writes them: with those that are the default.
    pub fn is_of(&self, keys: &serde_json::Map<String, serde_json::Value>) -> bool {
        let parts = || self.0.iter().flatten();
        let is_known = |(key, value): (&String, &serde_json::Value)| match parts().find(|(name, _)| name == key) {
            Some((_, Atom::Text(text))) => value == text,
            Some((_, Atom::Int(number))) => value == number,
            None => value == DEFAULT_PROTOCOL,
        };
        parts().all(|(name, _)| keys.contains_key(*name)) && keys.iter().all(is_known)
    }

    /// The values alone: `web`.
    pub fn values(&self) -> String {
        let text = |atom: &Atom| match atom {
            Atom::Int(number) => number.to_string(),
            Atom::Text(text) => (*text).to_owned(),
        };
        self.0.iter().flatten().map(|(_, atom)| text(atom)).collect::<Vec<_>>().join(",")
    }
}

impl<'a> Atom<'a> {
    /// A value of a Secret is none: it would be shown.
    fn of(node: &'a Node) -> Option<Self> {
        match &node.value {
            Value::String(text) => Some(Atom::Text(text)),
            Value::Int(number) => Some(Atom::Int(*number)),
            Value::Float(number) => float_text(*number).parse().ok().map(Atom::Int),
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Atom::Int(number) => write!(out, "{number}").expect("a String takes all"),
            Atom::Text(text) if is_bare(text) => out.push_str(text),
            Atom::Text(text) => quoted(text, out),
        }
    }
}

/// Whether a text stands without quotes: it is not taken for a number.
fn is_bare(text: &str) -> bool {
    const LONGEST: usize = 253;
    text.len() <= LONGEST && is_plain(text, "_-/.:") && text.parse::<i64>().is_err()
}
