//! What a scalar means: go-yaml's `resolve`, in v2 (kubectl) and v3 (kustomize).

use super::number::{self, Number};
use super::{Dialect, Problem, Style, Value, base64, timestamp};

/// A tag, as far as it matters to a scalar. Tags of collections are ignored by both tools.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tag {
    #[default]
    None,
    /// `!` alone: a string to kubectl, nothing to kustomize.
    NonSpecific,
    Null,
    Bool,
    Int,
    Float,
    Timestamp,
    String,
    Binary,
    Merge,
    Other,
}

/// Full name, tag, and how a message shows it.
const TAGS: &[(&str, Tag, &str)] = &[
    ("!", Tag::NonSpecific, "!"),
    ("tag:yaml.org,2002:null", Tag::Null, "!!null"),
    ("tag:yaml.org,2002:bool", Tag::Bool, "!!bool"),
    ("tag:yaml.org,2002:int", Tag::Int, "!!int"),
    ("tag:yaml.org,2002:float", Tag::Float, "!!float"),
    ("tag:yaml.org,2002:timestamp", Tag::Timestamp, "!!timestamp"),
    ("tag:yaml.org,2002:str", Tag::String, "!!str"),
    ("tag:yaml.org,2002:binary", Tag::Binary, "!!binary"),
    ("tag:yaml.org,2002:merge", Tag::Merge, "!!merge"),
];

impl Tag {
    /// The tag with that full name, which the parser gives in two parts.
    pub(super) fn named(start: &str, rest: &str) -> Self {
        let named = |full: &str| full.strip_prefix(start) == Some(rest);
        TAGS.iter().find(|(full, ..)| named(full)).map_or(Self::Other, |(_, tag, _)| *tag)
    }

    fn shown(self) -> &'static str {
        TAGS.iter().find(|(_, tag, _)| *tag == self).map_or("", |(.., shown)| *shown)
    }
}

/// A scalar's meaning before it becomes a value or a key, which treat some of them differently.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    Null,
    Bool(bool),
    Number(Number),
    String,
    /// A string other than the scalar's own text.
    Decoded(String),
}

/// What a scalar means, by its text, style and tag.
pub(super) fn resolve(text: &str, style: Style, tag: Tag, dialect: Dialect) -> Result<Meaning, Problem> {
    let tag = if tag == Tag::NonSpecific && dialect == Dialect::Kustomize { Tag::None } else { tag };
    match tag {
        Tag::None if style == Style::Plain => Ok(plain(text, true, dialect)),
        Tag::None | Tag::NonSpecific | Tag::String | Tag::Merge | Tag::Other => Ok(Meaning::String),
        Tag::Binary => base64::decode(text).map(Meaning::Decoded).ok_or(Problem::Tag(tag.shown())),
        _ => tagged(text, tag, dialect).ok_or(Problem::Tag(tag.shown())),
    }
}

/// A tag must agree with what the word would mean without it, except that an integer may be a float.
fn tagged(text: &str, tag: Tag, dialect: Dialect) -> Option<Meaning> {
    match (tag, plain(text, tag == Tag::Timestamp, dialect)) {
        (Tag::Float, Meaning::Number(Number::Int(number))) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "a float is asked for")]
            Some(Meaning::Number(Number::Float(number as f64)))
        }
        (Tag::Null, meaning @ Meaning::Null)
        | (Tag::Bool, meaning @ Meaning::Bool(_))
        | (Tag::Int, meaning @ Meaning::Number(Number::Int(_) | Number::Unsigned(_)))
        | (Tag::Float, meaning @ Meaning::Number(Number::Float(_))) => Some(meaning),
        (Tag::Timestamp, _) => timestamp::rfc3339(text).map(|time| moment(time, dialect)),
        _ => None,
    }
}

/// A plain word, by its first character, as go-yaml's `resolveTable` has it.
fn plain(text: &str, times: bool, dialect: Dialect) -> Meaning {
    match text.bytes().next() {
        None => Meaning::Null,
        Some(b'0'..=b'9') => time(text, times, dialect).or_else(|| number(text)).unwrap_or(Meaning::String),
        Some(b'+' | b'-') => not_finite(text).or_else(|| number(text)).unwrap_or(Meaning::String),
        Some(b'.') => {
            let finite = || number::fraction(text).map(Meaning::Number);
            not_finite(text).or_else(finite).unwrap_or(Meaning::String)
        }
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => word(text, dialect),
        _ => Meaning::String,
    }
}

fn number(text: &str) -> Option<Meaning> {
    number::parse(text).map(Meaning::Number)
}

fn time(text: &str, times: bool, dialect: Dialect) -> Option<Meaning> {
    let may_be = times && text.as_bytes().get(4) == Some(&b'-');
    may_be.then(|| timestamp::rfc3339(text)).flatten().map(|time| moment(time, dialect))
}

/// kubectl keeps the text of a time, kustomize the time.
fn moment(time: String, dialect: Dialect) -> Meaning {
    match dialect {
        Dialect::Kubectl => Meaning::String,
        Dialect::Kustomize => Meaning::Decoded(time),
    }
}

fn not_finite(text: &str) -> Option<Meaning> {
    let number = match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => f64::INFINITY,
        "-.inf" | "-.Inf" | "-.INF" => f64::NEG_INFINITY,
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        _ => return None,
    };
    Some(Meaning::Number(Number::Float(number)))
}

fn word(text: &str, dialect: Dialect) -> Meaning {
    match (text, dialect) {
        ("~" | "null" | "Null" | "NULL", _) => Meaning::Null,
        ("true" | "True" | "TRUE", _) => Meaning::Bool(true),
        ("false" | "False" | "FALSE", _) => Meaning::Bool(false),
        ("y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON", Dialect::Kubectl) => Meaning::Bool(true),
        ("n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF", Dialect::Kubectl) => Meaning::Bool(false),
        _ => Meaning::String,
    }
}

/// The value that a scalar with this meaning is.
pub(super) fn value(meaning: Meaning, text: impl FnOnce() -> String) -> Result<Value, Problem> {
    Ok(match meaning {
        Meaning::Null => Value::Null,
        Meaning::Bool(value) => Value::Bool(value),
        Meaning::Number(Number::Int(number)) => Value::Int(number),
        #[expect(clippy::cast_precision_loss, reason = "what does not fit i64 is a float64 to Kubernetes")]
        Meaning::Number(Number::Unsigned(number)) => Value::Float(number as f64),
        Meaning::Number(Number::Float(number)) if number.is_finite() => Value::Float(number),
        Meaning::Number(Number::Float(_)) => return Err(Problem::NotFinite),
        Meaning::String => Value::String(text()),
        Meaning::Decoded(text) => Value::String(text),
    })
}

/// The key that a scalar with this meaning is: kubectl writes scalars out (`convertToJSONableObject` of
/// sigs.k8s.io/yaml), kustomize takes strings only.
pub(super) fn key(meaning: Meaning, text: impl FnOnce() -> String, dialect: Dialect) -> Result<String, Problem> {
    match (meaning, dialect) {
        (Meaning::String, _) => Ok(text()),
        (Meaning::Null, _) => Err(Problem::Key("null")),
        (Meaning::Number(Number::Unsigned(_)), Dialect::Kubectl) => Err(Problem::Key("beyond 64 bits")),
        (Meaning::Bool(value), Dialect::Kubectl) => Ok(value.to_string()),
        (Meaning::Number(Number::Int(number)), Dialect::Kubectl) => Ok(number.to_string()),
        (Meaning::Number(Number::Float(number)), Dialect::Kubectl) => Ok(number::key_text(number)),
        (Meaning::Decoded(text), Dialect::Kubectl) => Ok(text),
        (Meaning::Bool(_), Dialect::Kustomize) => Err(Problem::Key("a boolean")),
        (Meaning::Number(_), Dialect::Kustomize) => Err(Problem::Key("a number")),
        (Meaning::Decoded(_), Dialect::Kustomize) => Err(Problem::Key("a time or binary")),
    }
}
