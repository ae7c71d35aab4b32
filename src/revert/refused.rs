//! Why nothing can be written.

use std::fmt;

use crate::yaml::{self, Span};
use thiserror::Error;

/// Which of the two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Today,
    Older,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::Today => "today's file",
            Side::Older => "the older file",
        })
    }
}

/// Why there is no plan. No message carries a byte of a value: it may be a Secret's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    #[error("line {line} of {side} cannot be read: {problem}")]
    Unreadable { side: Side, line: u32, problem: String },
    #[error("{0} does not have the object")]
    NotThere(Side),
    #[error("the object has no {field} in {side}")]
    Missing { side: Side, field: String },
    #[error(
        "{field} in line {line} is not written there by itself, but comes by an alias, a merge or a `?`: change it by hand"
    )]
    NotOwn { field: String, line: u32 },
    #[error("it is an item of a list in the older file, and gone from today's: bring it back by hand")]
    OfList,
    #[error("the file would not mean what it should with the older {field} in it: change it by hand")]
    Differs { field: String },
}

impl Refused {
    pub(super) fn unreadable(text: &[u8], at: Span, problem: String, side: Side) -> Self {
        Refused::Unreadable { side, line: yaml::position(text, at.start as usize).line, problem }
    }
}
