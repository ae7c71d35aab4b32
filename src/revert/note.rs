//! What of a text could not stay as it was written.

use std::fmt;

/// Something that is written otherwise than it was, with the line where it stands. Names of anchors are not told: the file
/// may hold a Secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// An alias in this line of the older text names what is not in the new one, so its value stands there.
    Expanded { older_line: u32 },
    /// An anchor in this line of the older text would be taken for another by a later alias, so it is left out.
    Unnamed { older_line: u32 },
    /// An alias in this line of today's text names what is replaced, so the value that it had stands there.
    Detached { line: u32 },
    /// The string at the end of the older source keeps the empty lines behind it, and those of today's file are these now.
    Joined,
    /// The older source does not fit where today's stands, so the value is written as JSON.
    Rewritten,
    /// The annotation `kubernetes.io/change-cause` stands in this line by an alias, or in some other form that is not
    /// replaced, and keeps its value.
    CauseKept { line: u32 },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Expanded { older_line } => {
                write!(f, "the alias in line {older_line} of the older file is replaced by its value")
            }
            Note::Unnamed { older_line } => {
                write!(f, "the anchor in line {older_line} of the older file is left out: a later alias has its name")
            }
            Note::Detached { line } => {
                write!(
                    f,
                    "the alias in line {line} is replaced by the value that it had: its anchor is gone or changed"
                )
            }
            Note::Joined => f.write_str("empty lines behind what is replaced belong to the string at its end now"),
            Note::Rewritten => {
                f.write_str("the older source does not fit the style of the file: it is written as JSON")
            }
            Note::CauseKept { line } => {
                write!(f, "the change-cause in line {line} stays: it is not written there as a plain value")
            }
        }
    }
}
