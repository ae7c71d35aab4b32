//! How much room a table has.

use super::Cell;

/// A page shows the columns that a wide terminal shows.
const MARKDOWN_WIDTH: usize = 200;

/// What a table must fit into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// A terminal: columns are chosen for the width, and the last is cut to it.
    Terminal(usize),
    /// A pipe or a file: columns are chosen for the width, and nothing is cut.
    Pipe(usize),
    /// `-o wide`: all columns, nothing cut.
    Unlimited,
    /// A page of GitHub Flavored Markdown.
    Markdown,
}

impl Screen {
    /// The width where none is known, or none holds.
    pub const DEFAULT_WIDTH: usize = 80;

    /// The width that columns are chosen for, if there is a limit.
    pub fn width(self) -> Option<usize> {
        match self {
            Self::Terminal(width) | Self::Pipe(width) => Some(width),
            Self::Unlimited => None,
            Self::Markdown => Some(MARKDOWN_WIDTH),
        }
    }

    /// A line of its own on it.
    pub fn line(self, cell: &Cell) -> String {
        match self {
            Self::Markdown => format!("{}\n", cell.markdown()),
            _ => format!("{cell}\n"),
        }
    }

    /// The width that lines are cut to, if they are.
    pub fn cut(self) -> Option<usize> {
        match self {
            Self::Terminal(width) => Some(width),
            Self::Pipe(_) | Self::Unlimited | Self::Markdown => None,
        }
    }
}
