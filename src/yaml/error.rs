//! What can be wrong with a text, and what a tool loses without a word. No message carries a byte of a value: it may
//! be a Secret's.

use thiserror::Error;

use super::{MAX_DEPTH, MAX_INPUT, Span};

/// Why a text, or a document of it, cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct Error {
    pub problem: Problem,
    pub at: Span,
}

impl Error {
    pub(crate) fn new(problem: Problem, at: Span) -> Self {
        Self { problem, at }
    }

    /// What is wrong, in words, without the place.
    pub fn message(&self) -> String {
        self.problem.to_string()
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    #[error("the text is {0} bytes long, and at most {MAX_INPUT} (16 MiB) are read")]
    TooLarge(usize),
    #[error("byte {0} is not UTF-8 text")]
    NotUtf8(usize),
    #[error("the control character U+{0:04X} may not stand in YAML")]
    ControlCharacter(u32),
    #[error("the line separator U+{0:04X} ends a line of YAML here; write it as an escape in double quotes")]
    LineSeparator(u32),
    #[error("the values are nested more than {MAX_DEPTH} deep")]
    TooDeep,
    #[error("too much of the document comes from aliases")]
    TooManyAliases,
    #[error("a merge conflict marker: the file is in the middle of a merge")]
    ConflictMarker,
    #[error("braces of a template (`{{{{ … }}}}`): this is not YAML before Helm, Jinja or the like has rendered it")]
    Template,
    #[error("only a comment may follow `---` on its line")]
    Separator,
    #[error("{0}")]
    Syntax(&'static str),
    #[error("the JSON is broken: {0}")]
    Json(&'static str),
    #[error("the alias names an anchor that the document has not set")]
    UnknownAnchor,
    #[error("the anchor's value contains itself")]
    AnchorInItself,
    #[error("the value is not what its tag `{0}` asks for")]
    Tag(&'static str),
    #[error("the number is beyond what a float64 holds")]
    OutOfRange,
    #[error("infinity and not-a-number cannot be sent to Kubernetes")]
    NotFinite,
    #[error("a key must be a string, and this is {0}")]
    Key(&'static str),
    #[error("the key `{0}` is given twice")]
    DuplicateKey(String),
    #[error("`<<` takes a mapping or a sequence of mappings")]
    Merge,
}

/// What a tool does with a text without a word, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub notice: Notice,
    pub at: Span,
}

impl Warning {
    /// What happens, in words, without the place.
    pub fn message(&self) -> String {
        self.notice.to_string()
    }
}

/// What is lost.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Notice {
    #[error("the key `{0}` is given twice, and the last one counts")]
    DuplicateKey(String),
    #[error("`<<` replaces the key `{0}` that is written before it")]
    MergeReplaces(String),
    #[error("the document ends before this, and what follows up to the next `---` is dropped")]
    Dropped,
}
