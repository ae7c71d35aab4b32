//! Why a document is no object.

use thiserror::Error;

use crate::yaml::{self, Span};

/// What keeps a document, or an item of a list, from being an object, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct Error {
    pub problem: Problem,
    pub at: Span,
}

impl Error {
    /// What is wrong, in words, without the place.
    pub fn message(&self) -> String {
        self.problem.to_string()
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// The text cannot be read from here on.
    #[error(transparent)]
    Unreadable(yaml::Problem),
    #[error("a Kubernetes object is a mapping, and this is {0}")]
    NotAMapping(&'static str),
    #[error("the object has no `{0}`")]
    Missing(&'static str),
    #[error("`{0}` must be a string that is not empty")]
    NotAString(&'static str),
    #[error("the object has a `generateName` but no name: its name is made when it is created")]
    GenerateName,
    #[error("`items` of a list must be a sequence")]
    Items,
}
