//! The types of a pod template as data: which fields there are, in which versions, and what they default to.

#[rustfmt::skip]
mod tables;

mod objects;
mod workload;

pub(super) use objects::object;
pub(super) use tables::POD_TEMPLATE_SPEC;
pub(super) use workload::{DEPLOYMENT, DEPLOYMENT_SPEC};

use crate::kubernetes::Minors;

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
    pub ty: Type,
    /// Whether Go holds a pointer, so that unset and zero differ.
    pub pointer: bool,
    /// Whether it is an embedded struct without a name of its own in JSON.
    pub inline: bool,
    /// The versions whose types have the field: others do not see it at all.
    pub present: Minors,
    /// The versions whose API server keeps the field: others drop it on the way in.
    pub counts: Minors,
    pub default: Default,
    pub rule: Option<Rule>,
    /// By which of their fields the items of this list are told apart; none where only their order tells them.
    pub merge_keys: &'static [&'static str],
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
            Type::Struct(_) | Type::Map(_) => "a mapping",
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
    InitContainerAnnotations,
    TargetPort,
}

impl Field {
    const fn new(json: &'static str, dump: &'static str, ty: Type) -> Field {
        Field {
            json,
            dump,
            ty,
            pointer: false,
            inline: false,
            present: Minors::ALL,
            counts: Minors::ALL,
            default: Default::Unset,
            rule: None,
            merge_keys: &[],
        }
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

    const fn counts(mut self, counts: Minors) -> Field {
        self.counts = counts;
        self
    }

    const fn or(mut self, default: Default) -> Field {
        self.default = default;
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
    /// The place of a field by its JSON name: through embedded structs too, each step an index.
    pub fn find(&self, json: &str) -> Option<Index> {
        if let Some(index) = self.fields.iter().position(|field| field.json == json && !field.inline) {
            return Some(Index { inline: None, index });
        }
        self.fields.iter().enumerate().filter(|(_, field)| field.inline).find_map(|(outer, field)| match field.ty {
            Type::Struct(inner) => {
                inner.fields.iter().position(|f| f.json == json).map(|index| Index { inline: Some(outer), index })
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
