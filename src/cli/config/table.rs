//! Tables of TOML whose keys are known: each key with what is done with its value.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::check::{Level, Severity, UnknownRule};
use crate::kubernetes::{BadVersion, Version};
use crate::template::{Gate, Gates, UnknownGate};

/// What is wrong with a configuration.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::cli) enum Problem {
    #[error("{0}")]
    Syntax(String),
    #[error("unknown key `{key}`")]
    UnknownKey { key: String, keys: Vec<&'static str> },
    #[error("`{0}` must be a text in quotes, such as \"1.34\"")]
    NotText(String),
    #[error("`{0}` must be a list of texts, such as [\"clusters/prod\"]")]
    NotTexts(String),
    #[error("{0}")]
    BadVersion(#[from] BadVersion),
    #[error(transparent)]
    UnknownGate(#[from] UnknownGate),
    #[error("`{0}` must be true or false")]
    NotSwitch(String),
    #[error("`{0}` must be a table of switches, such as {{ ImageVolume = true }}")]
    NotSwitches(String),
    #[error("`{0}` must be a table: write it as `[{1}]`")]
    NotTable(String, &'static str),
    #[error("`{0}` must be \"error\", \"warning\" or \"info\"")]
    NotSeverity(String),
    #[error("`{0}` must be \"error\", \"warning\", \"info\" or \"off\", or a table with `severity` and `except`")]
    NotLevel(String),
    #[error(transparent)]
    UnknownRule(#[from] UnknownRule),
}

/// What is done with the value of a key of a table.
pub(super) enum Key<T> {
    Text(fn(&mut T, String)),
    Texts(fn(&mut T, Vec<String>)),
    Version(fn(&mut T, Version)),
    /// A table of switches.
    Gates(fn(&mut T, Gates)),
    Severity(fn(&mut T, Severity)),
    Level(fn(&mut T, Level)),
    Table(fn(&mut T, DeTable<'_>) -> Result<(), Refused>),
    /// Tables by their names.
    Tables(fn(&mut T, &str, DeTable<'_>) -> Result<(), Refused>),
}

/// The keys of a table.
pub(super) type Keys<T> = &'static [(&'static str, Key<T>)];

/// A problem at a byte of the file.
pub(super) struct Refused {
    pub problem: Problem,
    pub at: usize,
}

/// Sets what the keys of a table say, in the order of the file, so that the first mistake is told first.
pub(super) fn fill<T>(into: &mut T, table: DeTable<'_>, keys: Keys<T>) -> Result<(), Refused> {
    in_order(table).into_iter().try_for_each(|(key, value)| set(into, &key, value, keys))
}

type Entry<'t> = (Spanned<DeString<'t>>, Spanned<DeValue<'t>>);

pub(super) fn in_order(table: DeTable<'_>) -> Vec<Entry<'_>> {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn set<T>(
    into: &mut T,
    key: &Spanned<DeString<'_>>,
    value: Spanned<DeValue<'_>>,
    keys: Keys<T>,
) -> Result<(), Refused> {
    let name = key.get_ref().to_string();
    let (at_key, at_value) = (key.span().start, value.span().start);
    let known = keys.iter().find(|(known, _)| *known == name).map(|(_, key)| key);
    match (known, value.into_inner()) {
        (None, _) => {
            let keys = keys.iter().map(|(known, _)| *known).collect();
            Err(Refused { problem: Problem::UnknownKey { key: name, keys }, at: at_key })
        }
        (Some(Key::Text(set)), DeValue::String(text)) => {
            set(into, text.to_string());
            Ok(())
        }
        (Some(Key::Version(set)), DeValue::String(text)) => {
            set(into, text.parse().map_err(|error| Refused { problem: Problem::BadVersion(error), at: at_value })?);
            Ok(())
        }
        (Some(Key::Text(_) | Key::Version(_)), _) => Err(Refused { problem: Problem::NotText(name), at: at_value }),
        (Some(Key::Gates(set)), DeValue::Table(table)) => {
            set(into, gates(table)?);
            Ok(())
        }
        (Some(Key::Gates(_)), _) => Err(Refused { problem: Problem::NotSwitches(name), at: at_value }),
        (Some(Key::Texts(set)), value) => match texts(&value) {
            Some(texts) => {
                set(into, texts);
                Ok(())
            }
            None => Err(Refused { problem: Problem::NotTexts(name), at: at_value }),
        },
        (Some(Key::Severity(set)), value) => match level(&value) {
            Some(Level::At(severity)) => {
                set(into, severity);
                Ok(())
            }
            _ => Err(Refused { problem: Problem::NotSeverity(name), at: at_value }),
        },
        (Some(Key::Level(set)), value) => match level(&value) {
            Some(level) => {
                set(into, level);
                Ok(())
            }
            None => Err(Refused { problem: Problem::NotLevel(name), at: at_value }),
        },
        (Some(Key::Table(read)), DeValue::Table(table)) => read(into, table),
        (Some(Key::Table(_)), _) => Err(Refused { problem: Problem::NotTable(name, "check"), at: at_value }),
        (Some(Key::Tables(add)), DeValue::Table(tables)) => {
            in_order(tables).into_iter().try_for_each(|(key, value)| {
                let at = value.span().start;
                match value.into_inner() {
                    DeValue::Table(table) => add(into, key.get_ref(), table),
                    _ => Err(Refused { problem: Problem::NotTable(format!("{name}.{}", key.get_ref()), EXAMPLE), at }),
                }
            })
        }
        (Some(Key::Tables(_)), _) => Err(Refused { problem: Problem::NotTable(name, EXAMPLE), at: at_value }),
    }
}

/// How a table that has a name is written.
const EXAMPLE: &str = "scope.prod";

/// How much a rule counts.
pub(super) fn level(value: &DeValue<'_>) -> Option<Level> {
    match value {
        DeValue::String(word) if word == "off" => Some(Level::Off),
        DeValue::String(word) => Severity::named(word).map(Level::At),
        _ => None,
    }
}

fn gates(table: DeTable<'_>) -> Result<Gates, Refused> {
    in_order(table).into_iter().try_fold(Gates::default(), |gates, (key, value)| {
        let name = key.get_ref().to_string();
        let refused = |at, problem| Refused { problem, at };
        let gate: Gate = name.parse().map_err(|error| refused(key.span().start, Problem::UnknownGate(error)))?;
        match value.get_ref() {
            DeValue::Boolean(on) => Ok(gates.with(gate, *on)),
            _ => Err(refused(value.span().start, Problem::NotSwitch(name))),
        }
    })
}

fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    let DeValue::Array(items) = value else { return None };
    let text = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    };
    items.iter().map(text).collect()
}
