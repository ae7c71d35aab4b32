//! What a rule has to say, and where.

use crate::git::RepoPath;
use crate::manifest::Object;
use crate::snapshot::File;
use crate::text::Untrusted;
use crate::yaml::Span;
use schemars::JsonSchema;
use serde::Serialize;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    /// The severity that a word is for.
    pub fn named(word: &str) -> Option<Severity> {
        [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.word() == word)
    }

    /// The word for it: `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Which of the two states something stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// The old one: what is gone is nowhere else.
    Before,
    After,
}

/// A place in one of the states.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'s> {
    pub when: When,
    pub path: &'s RepoPath,
    /// The file, where it could be looked into.
    pub file: Option<&'s File>,
    /// The object that the place is in, if it is in one.
    pub object: Option<&'s Object>,
    /// The bytes of the file; none where the whole file is meant.
    pub span: Option<Span>,
}

/// Something that a rule found.
#[derive(Clone, Debug)]
pub struct Finding<'s> {
    pub at: Spot<'s>,
    /// What is wrong, without the object and the place.
    pub message: Untrusted,
    /// What to do about it.
    pub help: Option<Untrusted>,
    /// What makes it the same finding in another state of the object: the path of a field, a key.
    pub key: String,
    /// How bad it is, where that is not as its rule says.
    pub severity: Option<Severity>,
}

impl<'s> Finding<'s> {
    /// A finding at a place.
    pub fn new(at: Spot<'s>, message: impl Into<Untrusted>) -> Self {
        Finding { at, message: message.into(), help: None, key: String::new(), severity: None }
    }

    /// With what makes it the same in another state.
    #[must_use]
    pub fn key(self, key: impl Into<String>) -> Self {
        Finding { key: key.into(), ..self }
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<Untrusted>) -> Self {
        Finding { help: Some(help.into()), ..self }
    }

    /// Less or more bad than its rule says.
    #[must_use]
    pub fn as_bad_as(self, severity: Severity) -> Self {
        Finding { severity: Some(severity), ..self }
    }
}
