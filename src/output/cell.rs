//! A line's worth of text in pieces with a meaning: the only thing that a table prints.

use std::fmt::{self, Display};

use unicode_width::UnicodeWidthChar;

use super::Meaning;
use crate::text::Untrusted;

/// Text for one line, in pieces of one [`Meaning`] each, free of control characters by construction: text of the
/// repository comes in as [`Untrusted`], the tool's own words as `&'static str`, numbers through [`Cell::number`].
///
/// ```
/// use rollbook::output::{Cell, Meaning};
/// let cell = Cell::new().words("removed: ", Meaning::Error).text(&"drop\x1b[2J the shop".into(), Meaning::Cause);
/// assert_eq!(cell.plain(), "removed: drop\\x1b[2J the shop");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    pieces: Vec<(Meaning, String)>,
}

impl Cell {
    /// A cell with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The tool's own words.
    pub fn words(self, words: &'static str, meaning: Meaning) -> Self {
        self.with(words.to_owned(), meaning)
    }

    /// Text of a repository, escaped for a terminal.
    pub fn text(self, text: &Untrusted, meaning: Meaning) -> Self {
        self.with(text.terminal().to_string(), meaning)
    }

    /// A number.
    pub fn number(self, number: impl Into<i64>, meaning: Meaning) -> Self {
        self.with(number.into().to_string(), meaning)
    }

    /// What the tool computed and writes in characters of its own: a hash, a time, a version. Escaped all the same.
    pub fn computed(self, value: impl Display, meaning: Meaning) -> Self {
        self.text(&Untrusted::from(value.to_string()), meaning)
    }

    fn with(mut self, text: String, meaning: Meaning) -> Self {
        match self.pieces.last_mut() {
            Some((last, before)) if *last == meaning => before.push_str(&text),
            _ => self.pieces.push((meaning, text)),
        }
        self
    }

    /// The columns that it takes on a terminal.
    pub fn width(&self) -> usize {
        self.pieces.iter().flat_map(|(_, text)| text.chars()).map(columns).sum()
    }

    /// The text without its meanings.
    pub fn plain(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// The cell in at most so many columns; what does not fit gives way to `…`.
    pub fn cut_to(self, width: usize) -> Self {
        if self.width() <= width {
            return self;
        }
        let mut room = width.saturating_sub(1);
        let mut cut = Self::new();
        for (meaning, text) in self.pieces {
            let kept = prefix(&text, room);
            room -= kept.chars().map(columns).sum::<usize>();
            let whole = kept.len() == text.len();
            cut = cut.with(kept.to_owned(), meaning);
            if !whole {
                break;
            }
        }
        cut.words("…", Meaning::Dim)
    }
}

/// The longest beginning of a text that takes at most so many columns.
fn prefix(text: &str, room: usize) -> &str {
    let mut taken = 0;
    let end = text.char_indices().find(|(_, c)| {
        taken += columns(*c);
        taken > room
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Counted by character: terminals disagree about joined emoji, and too wide a count only cuts earlier.
fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (meaning, text) in &self.pieces {
            let style = meaning.style();
            write!(f, "{style}{text}{style:#}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_cell_is_never_wider_than_asked() {
        for text in ["plain words", "漢字漢字漢字", "ž\u{301}luťoučký", "🚀🚀", ""] {
            for width in 1..12 {
                let cell = Cell::new().text(&text.into(), Meaning::Plain).cut_to(width);
                assert!(cell.width() <= width, "{text} in {width}: {}", cell.plain());
            }
        }
    }

    #[test]
    fn a_cut_goes_through_the_pieces() {
        let cell = Cell::new().words("removed: ", Meaning::Error).text(&"drop it".into(), Meaning::Cause);
        assert_eq!(cell.clone().cut_to(12).plain(), "removed: dr…");
        assert_eq!(cell.clone().cut_to(5).plain(), "remo…");
        assert_eq!(cell.cut_to(16).plain(), "removed: drop it");
    }
}
