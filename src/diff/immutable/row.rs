//! A field that cannot be changed, and when.

use super::Update;
use crate::diff::Change;
use crate::kubernetes::Minors;
use crate::yaml::{Node, Value, json_text};

type Keys = &'static [&'static str];

/// A field of a kind.
pub(super) struct Row {
    group: &'static str,
    kind: &'static str,
    path: Keys,
    /// The versions that refuse a change of it.
    versions: Minors,
    unwritten: Unwritten,
    /// Of which changes that is true.
    when: fn(&Update, &Change) -> bool,
}

/// What a field is where it is not written.
enum Unwritten {
    /// Nothing, which is another value than any.
    Nothing,
    /// What the API server fills in, as JSON.
    Default(&'static str),
    /// What the API server thinks of or keeps: only one written value for another is known to be refused.
    Unknown,
    /// Open: it can be written once.
    Open,
}

pub(super) const fn row(group: &'static str, kind: &'static str, path: Keys) -> Row {
    Row { group, kind, path, versions: Minors::ALL, unwritten: Unwritten::Nothing, when: |_, _| true }
}

impl Row {
    pub const fn or(self, default: &'static str) -> Row {
        Row { unwritten: Unwritten::Default(default), ..self }
    }

    pub const fn filled_in(self) -> Row {
        Row { unwritten: Unwritten::Unknown, ..self }
    }

    pub const fn once(self) -> Row {
        Row { unwritten: Unwritten::Open, ..self }
    }

    pub const fn since(self, minor: u8) -> Row {
        Row { versions: self.versions.and(Minors::since(minor)), ..self }
    }

    pub const fn until(self, minor: u8) -> Row {
        Row { versions: self.versions.and(Minors::range(0, minor)), ..self }
    }

    pub const fn when(self, when: fn(&Update, &Change) -> bool) -> Row {
        Row { when, ..self }
    }

    /// Whether it is of the kind of the objects, and in force in the version. Groups of today have taken over from
    /// `extensions`.
    pub fn is_for(&self, update: &Update) -> bool {
        let identity = &update.new.identity;
        let group = identity.api_version.rsplit_once('/').map_or("", |(group, _)| group);
        identity.kind == self.kind
            && (group == self.group || (group == "extensions" && !self.group.is_empty()))
            && self.versions.has(update.version)
    }

    pub fn refuses(&self, update: &Update, change: &Change) -> bool {
        change.path.meets(self.path) && self.differs(update) && (self.when)(update, change)
    }

    /// Whether the whole field may differ, by what is written of it: that it does is for the change to say.
    fn differs(&self, update: &Update) -> bool {
        let [old, new] = [update.old, update.new].map(|object| written(object.node().at(self.path)));
        match (&self.unwritten, old, new) {
            (_, None, None) | (Unwritten::Unknown, None, _) | (Unwritten::Unknown, _, None) => false,
            (_, Some(_), Some(_)) => true,
            (Unwritten::Open, old, _) => old.is_some(),
            (Unwritten::Default(default), Some(only), None) | (Unwritten::Default(default), None, Some(only)) => {
                json_text(only) != *default
            }
            (Unwritten::Nothing, ..) => true,
        }
    }
}

/// What is there, if it is more than null and empty.
pub(super) fn written(node: Option<&Node>) -> Option<&Node> {
    node.filter(|node| match &node.value {
        Value::Null => false,
        Value::Mapping(entries) => !entries.is_empty(),
        Value::Sequence(items) => !items.is_empty(),
        _ => true,
    })
}
