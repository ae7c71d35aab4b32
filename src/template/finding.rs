//! What decoding a template finds: fields that no version knows, and values that the API server cannot read.

use super::gates::{Gate, Server};
use crate::kubernetes::{BadQuantity, Minors, Version};
use crate::yaml::Span;
use std::fmt;

/// Something about one field of a manifest. Its texts name the field and types, never a value.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The field: `spec.template.spec.containers[0].image`.
    pub path: String,
    /// Where it stands in the text.
    pub span: Span,
    /// What is wrong with it.
    pub problem: Problem,
    /// The versions that have the field, and so the problem.
    pub(super) known: Minors,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No version has a field of that name there: it is dropped, as the API server drops it. With the nearest name.
    UnknownField { like: Option<&'static str> },
    /// The value is of another type than the field: the API server cannot decode the object.
    WrongType { wanted: &'static str, found: &'static str },
    /// A number that the field cannot hold.
    OutOfRange { wanted: &'static str },
    /// A quantity that cannot be parsed.
    Quantity(BadQuantity),
    /// A field that some versions drop: those that do not have it, or have its feature gate off.
    NotEverywhere { present: Minors, counts: Minors, gate: Option<Gate> },
    /// A timestamp in a template: part of what is hashed, in a form that differs between machines.
    Timestamp,
    /// Something so rare that how it is hashed was never worked out.
    Unhashed { what: &'static str },
}

impl Finding {
    /// Whether there is no name at this version because of it.
    pub fn is_error(&self, version: Version) -> bool {
        let harmless = matches!(self.problem, Problem::UnknownField { .. } | Problem::NotEverywhere { .. });
        self.known.has(version) && !harmless
    }

    /// Whether a version has the field, be it behind a gate.
    pub fn is_in(&self, version: Version) -> bool {
        match self.problem {
            Problem::UnknownField { .. } => false,
            Problem::NotEverywhere { present, .. } => present.has(version),
            _ => true,
        }
    }

    /// Why the API server drops the field, if it is one that it drops.
    pub fn dropped_by(&self, server: Server) -> Option<&'static str> {
        let Problem::NotEverywhere { present, counts, gate } = self.problem else { return None };
        match server.setting(gate) {
            _ if !present.has(server.version) => Some("this version does not have it"),
            Some(false) => Some("its feature gate is turned off"),
            None if !counts.has(server.version) => Some("its feature gate is off by default"),
            _ => None,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.escape_debug();
        match &self.problem {
            Problem::UnknownField { like: None } => write!(f, "unknown field `{path}`"),
            Problem::UnknownField { like: Some(like) } => write!(f, "unknown field `{path}`, did you mean `{like}`?"),
            Problem::WrongType { wanted, found } => write!(f, "`{path}` wants {wanted}, not {found}"),
            Problem::OutOfRange { wanted } => write!(f, "`{path}` is a number that does not fit {wanted}"),
            Problem::Quantity(bad) => write!(f, "`{path}` {bad}"),
            Problem::NotEverywhere { .. } => write!(f, "some versions drop `{path}`"),
            Problem::Unhashed { what } => {
                write!(f, "`{path}` is {what}: how it counts for the name is not known here")
            }
            Problem::Timestamp => {
                write!(
                    f,
                    "`{path}` is a timestamp: a template that has one has no name that can be computed; remove it"
                )
            }
        }
    }
}
