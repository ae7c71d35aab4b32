//! The types of a pod template as data: which fields there are, in which versions, and what they default to.

/// A field that is dumped.
macro_rules! field {
    ($json:expr, $dump:expr, $ty:expr) => {{
        static KNOWN: super::Known = super::Known::new();
        Field::new($json, $dump, $ty).known(&KNOWN)
    }};
}

#[rustfmt::skip]
mod tables;

mod objects;
mod workload;

pub(super) use objects::object;
pub(super) use tables::{API_POD_TEMPLATE_SPEC, CONTAINER, GATES, POD_TEMPLATE_SPEC};
pub(super) use workload::workload;

use super::gates::{Gate, GateRow};
use super::slot::Slot;
use super::stretch::Stretch;
use crate::kubernetes::{Minors, Version};

/// A Go struct.
#[derive(Debug)]
pub(super) struct Struct {
    /// Its fields in the order of declaration, which is the order of the dump.
    pub fields: &'static [Field],
}

/// A field of a [`Struct`].
#[derive(Debug)]
pub(super) struct Field {
    /// The name in JSON; empty for an embedded struct, whose fields stand in its holder's object.
    pub json: &'static str,
    /// What stands before the value in the dump: `Image:(string)`.
    pub dump: &'static str,
    /// What stood there in versions that named the field or its type otherwise.
    pub older: &'static [(Minors, &'static str)],
    pub ty: Type,
    /// Whether Go holds a pointer, so that unset and zero differ.
    pub pointer: bool,
    /// Whether it is an embedded struct without a name of its own in JSON.
    pub inline: bool,
    /// The versions whose types have the field: others do not see it at all.
    pub present: Minors,
    /// The versions whose API server keeps the field: others drop it on the way in.
    pub counts: Minors,
    /// The gate that decides it, where a cluster can have it otherwise.
    pub gate: Option<Gate>,
    /// The versions whose JSON has the field even when it is empty.
    pub written: Minors,
    pub default: Default,
    pub rule: Option<Rule>,
    /// The slot that has the value, where it is not at the field's own place.
    slot: Option<u8>,
    /// By which of their fields the items of this list are told apart; none where only their order tells them.
    pub merge_keys: &'static [&'static str],
    /// None of a field that is never dumped.
    pub known: Option<&'static Known>,
}

/// What a field's texts in the dump do to the checksum.
#[derive(Debug)]
pub(super) struct Known {
    /// What stands before the value, behind another field.
    pub named: Stretch,
    /// The same with nothing as its value.
    pub nil: Stretch,
}

impl Known {
    const fn new() -> Known {
        Known { named: Stretch::new(), nil: Stretch::new() }
    }
}

/// What a field holds.
#[derive(Debug)]
pub(super) enum Type {
    Bool,
    Int32,
    Int64,
    /// A string, or a named string.
    Text,
    /// A quantity, rounded up to thousandths in a resource list.
    Quantity {
        in_list: bool,
    },
    IntOrString,
    Time,
    /// The bytes of a JSON value (`FieldsV1`).
    RawJson,
    /// What `FieldsV1` was before it was bytes: maps of maps of nothing.
    Trie,
    Struct(&'static Struct),
    List(&'static Type),
    /// A map from strings.
    Map(&'static Type),
}

impl Type {
    /// What a value of the type is, in words.
    pub fn wanted(&self) -> &'static str {
        match self {
            Type::Bool => "a bool",
            Type::Int32 | Type::Int64 => "a whole number",
            Type::Text => "a string",
            Type::Quantity { .. } => "a quantity",
            Type::IntOrString => "a number or a string",
            Type::Time => "a timestamp",
            Type::RawJson => "any value",
            Type::Struct(_) | Type::Map(_) | Type::Trie => "a mapping",
            Type::List(_) => "a list",
        }
    }
}

/// What an unset field becomes (a zero, too, where Go holds no pointer).
#[derive(Clone, Copy, Debug)]
pub(super) enum Default {
    Unset,
    Bool(bool),
    Int(i64),
    Text(&'static str),
    /// Up to this minor the one, then the other.
    TextChanged(u8, &'static str, &'static str),
    /// A pointer to a struct of defaults.
    Empty,
}

/// What a table cannot say, since it looks at more than the field; told in `rules.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    PullPolicy,
    ServiceAccount,
    ImageVolumes,
    ImageMounts,
    EmptiedLifecycle,
    ForcedProcMount,
    SidecarRestart,
    EmptyDirIfNone,
    SizeLimit,
    HostPort,
    ReadinessGrace,
    InitContainerAnnotations,
    AnnotatedInitContainers,
    HostNamespace,
    TargetPort,
}

impl Field {
    const fn new(json: &'static str, dump: &'static str, ty: Type) -> Field {
        Field {
            json,
            dump,
            older: &[],
            ty,
            pointer: false,
            inline: false,
            present: Minors::ALL,
            counts: Minors::ALL,
            gate: None,
            written: Minors::NONE,
            default: Default::Unset,
            rule: None,
            slot: None,
            merge_keys: &[],
            known: None,
        }
    }

    /// What stands before the value in a version's dump, if that is not what stands there in the others.
    pub fn older_dump(&self, version: Version) -> Option<&'static str> {
        self.older.iter().find(|(when, _)| when.has(version)).map(|(_, dump)| *dump)
    }

    const fn pointer(mut self) -> Field {
        self.pointer = true;
        self
    }

    const fn inline(mut self) -> Field {
        self.inline = true;
        self
    }

    const fn present(mut self, present: Minors) -> Field {
        self.present = present;
        self
    }

    const fn older(mut self, older: &'static [(Minors, &'static str)]) -> Field {
        self.older = older;
        self
    }

    const fn slot(mut self, slot: u8) -> Field {
        self.slot = Some(slot);
        self
    }

    /// The versions that have the field and drop it, its gate being off.
    const fn dropped(mut self, dropped: Minors) -> Field {
        self.counts = Minors::ALL.except(dropped);
        self
    }

    /// By its place in [`GATES`].
    const fn gate(mut self, index: u8) -> Field {
        self.gate = Some(Gate::at(index));
        self
    }

    const fn written(mut self, written: Minors) -> Field {
        self.written = written;
        self
    }

    const fn or(mut self, default: Default) -> Field {
        self.default = default;
        self
    }

    const fn known(mut self, known: &'static Known) -> Field {
        self.known = Some(known);
        self
    }

    const fn merge(mut self, keys: &'static [&'static str]) -> Field {
        self.merge_keys = keys;
        self
    }

    const fn rule(mut self, rule: Rule) -> Field {
        self.rule = Some(rule);
        self
    }
}

impl Struct {
    /// The fields, each with its slot.
    pub fn with<'t>(&'static self, slots: &'t [Slot]) -> impl Iterator<Item = (&'static Field, &'t Slot)> {
        self.fields.iter().enumerate().map(|(index, field)| (field, &slots[self.slot(index)]))
    }

    /// Where the value of a field is.
    pub fn slot(&self, index: usize) -> usize {
        self.fields[index].slot.map_or(index, usize::from)
    }

    /// The place of a field by its JSON name: through embedded structs too, each step an index.
    pub fn find(&self, json: &str) -> Option<Index> {
        self.find_by(|name| name == json)
    }

    /// The same, whatever the case of its letters.
    pub fn find_ignoring_case(&self, json: &str) -> Option<Index> {
        self.find_by(|name| name.eq_ignore_ascii_case(json))
    }

    fn find_by(&self, is: impl Fn(&str) -> bool) -> Option<Index> {
        if let Some(index) = self.fields.iter().position(|field| is(field.json) && !field.inline) {
            return Some(Index { inline: None, index });
        }
        self.fields.iter().enumerate().filter(|(_, field)| field.inline).find_map(|(outer, field)| match field.ty {
            Type::Struct(inner) => {
                inner.fields.iter().position(|field| is(field.json)).map(|index| Index { inline: Some(outer), index })
            }
            _ => None,
        })
    }
}

/// Where a field stands: in the struct itself, or in one embedded there (embedded ones embed no others).
#[derive(Clone, Copy, Debug)]
pub(super) struct Index {
    pub inline: Option<usize>,
    pub index: usize,
}
