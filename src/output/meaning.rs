//! What a piece of text means; its colour follows from that.

use anstyle::{AnsiColor, Style};

/// The meaning of a piece of text on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    Plain,
    Heading,
    Revision,
    Hash,
    Cause,
    Dim,
    Warning,
    Error,
    Hint,
    Added,
    Removed,
}

impl Meaning {
    /// The style that shows it. Only the sixteen colours that every terminal lets its user choose.
    pub fn style(self) -> Style {
        match self {
            Self::Plain | Self::Cause => Style::new(),
            Self::Heading => Style::new().bold(),
            Self::Revision => AnsiColor::Cyan.on_default().bold(),
            Self::Hash => AnsiColor::Yellow.on_default(),
            Self::Dim => Style::new().dimmed(),
            Self::Warning => AnsiColor::Yellow.on_default().bold(),
            Self::Error => AnsiColor::Red.on_default().bold(),
            Self::Added => AnsiColor::Green.on_default(),
            Self::Removed => AnsiColor::Red.on_default(),
            Self::Hint => AnsiColor::Green.on_default().bold(),
        }
    }
}
