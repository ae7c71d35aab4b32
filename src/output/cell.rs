//! A line's worth of text in pieces with a meaning: the only thing that a table prints.

use std::fmt::{self, Display};

use unicode_width::UnicodeWidthChar;

use super::{Meaning, markdown};
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
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    meaning: Meaning,
    /// Whether somebody else chose the words.
    foreign: bool,
    text: String,
}

impl Cell {
    /// A cell with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The tool's own words.
    pub fn words(self, words: &'static str, meaning: Meaning) -> Self {
        self.with(Piece { meaning, foreign: false, text: words.to_owned() })
    }

    /// Text of a repository, escaped for a terminal.
    pub fn text(self, text: &Untrusted, meaning: Meaning) -> Self {
        self.with(Piece { meaning, foreign: true, text: text.terminal().to_string() })
    }

    /// A number.
    pub fn number(self, number: impl Into<i64>, meaning: Meaning) -> Self {
        self.computed(number.into(), meaning)
    }

    /// What the tool computed and writes in characters of its own: a hash, a time, a version. Escaped all the same.
    pub fn computed(self, value: impl Display, meaning: Meaning) -> Self {
        let text = Untrusted::from(value.to_string()).terminal().to_string();
        self.with(Piece { meaning, foreign: false, text })
    }

    /// Both cells, one after the other.
    pub fn and(self, other: Cell) -> Self {
        other.pieces.into_iter().fold(self, Cell::with)
    }

    fn with(mut self, piece: Piece) -> Self {
        match self.pieces.last_mut() {
            Some(last) if (last.meaning, last.foreign) == (piece.meaning, piece.foreign) => {
                last.text.push_str(&piece.text);
            }
            _ => self.pieces.push(piece),
        }
        self
    }

    /// The cell as a part of a line of Markdown, of a table's row too.
    pub fn markdown(&self) -> String {
        self.pieces.iter().map(|piece| if piece.foreign { code(&piece.text) } else { escaped(&piece.text) }).collect()
    }

    /// The columns that it takes on a terminal.
    pub fn width(&self) -> usize {
        self.pieces.iter().flat_map(|piece| piece.text.chars()).map(columns).sum()
    }

    /// The text without its meanings.
    pub fn plain(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The cell in at most so many columns; what does not fit gives way to `…`.
    pub fn cut_to(self, width: usize) -> Self {
        if self.width() <= width {
            return self;
        }
        let mut room = width.saturating_sub(1);
        let mut cut = Self::new();
        for piece in self.pieces {
            let kept = prefix(&piece.text, room);
            room -= kept.chars().map(columns).sum::<usize>();
            let whole = kept.len() == piece.text.len();
            cut = cut.with(Piece { text: kept.to_owned(), ..piece });
            if !whole {
                break;
            }
        }
        cut.words("…", Meaning::Dim)
    }
}

/// Text of others as a code span: nothing in it is markup, a link or a mention. Its fence is longer than any run of
/// backticks in it; a bar ends a table's cell even there, unless it is escaped (GitHub Flavored Markdown, 4.10).
fn code(text: &str) -> String {
    let (fence, text) = (markdown::fence(text, 1), with_bars_escaped(text));
    match text.trim().is_empty() {
        true => String::new(),
        false if text.starts_with('`') || text.ends_with('`') => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// A backslash before a bar would be the escape of the one that escapes it.
fn with_bars_escaped(text: &str) -> String {
    let (mut out, mut backslashes) = (String::with_capacity(text.len()), 0);
    for c in text.chars() {
        if c == '|' {
            out.extend(std::iter::repeat_n('\\', backslashes + 1));
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        out.push(c);
    }
    out
}

/// The tool's own words: what would be markup in them is escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '|' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '&' | '#' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
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
        for Piece { meaning, text, .. } in &self.pieces {
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
