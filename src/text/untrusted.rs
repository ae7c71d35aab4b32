//! Text that somebody wrote into a repository: a name, a path, a subject, an image.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// Text from a repository. It has no `Display`: a sink takes it through the escape that is its own.
/// `Serialize` gives it as it is, since JSON escapes control characters by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Untrusted(String);

impl Untrusted {
    /// The text as it stands, for comparing, parsing and looking up: never for a sink.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text for one line of a terminal: control characters, line breaks among them, and the characters that turn
    /// the direction of writing are shown as `\x1b`, `\n`, `\u{202e}`.
    pub fn terminal(&self) -> impl fmt::Display + '_ {
        for_terminal(&self.0, false)
    }

    /// The same for text of several lines: line breaks and tabs stay.
    pub fn terminal_lines(&self) -> impl fmt::Display + '_ {
        for_terminal(&self.0, true)
    }
}

impl<T: Into<String>> From<T> for Untrusted {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

fn for_terminal(text: &str, lines: bool) -> Cow<'_, str> {
    let safe = |c: char| (lines && matches!(c, '\n' | '\t')) || !commands_terminal(c);
    if text.chars().all(safe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if safe(c) => out.push(c),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x100 => write!(out, "\\x{:02x}", c as u32).expect("a String takes all"),
            c => write!(out, "\\u{{{:x}}}", c as u32).expect("a String takes all"),
        }
    }
    Cow::Owned(out)
}

/// Whether a terminal would do something else with the character than show it.
pub(crate) fn commands_terminal(c: char) -> bool {
    c.is_control() || turns_direction(c)
}

/// The bidirectional controls, with which a text can show itself in another order than it is read.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_control_character() {
        for (text, shown) in [
            ("web", "web"),
            ("\x1b[31mred", "\\x1b[31mred"),
            ("a\nb\tc\r", "a\\nb\\tc\\r"),
            ("\u{9b}31m", "\\x9b31m"),
            ("\u{202e}evil", "\\u{202e}evil"),
            ("žluťoučký 漢字 🚀", "žluťoučký 漢字 🚀"),
        ] {
            assert_eq!(Untrusted::from(text).terminal().to_string(), shown);
        }
    }

    #[test]
    fn lines_stay_lines_where_asked() {
        assert_eq!(Untrusted::from("a\n\tb\x07").terminal_lines().to_string(), "a\n\tb\\x07");
    }
}
