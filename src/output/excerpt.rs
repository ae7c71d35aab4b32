//! A place in a source, shown with a caret.

use std::fmt;

use unicode_width::UnicodeWidthStr;

use super::Meaning;
use crate::text::Untrusted;

/// A place in a file and, unless it may hold a Secret, the line there.
///
/// ```text
///   --> k8s/web.yaml:12:9
///    |
/// 12 |     image: {{ .Values.image }}
///    |         ^
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    path: Untrusted,
    line: usize,
    column: usize,
    shown: Option<Window>,
}

impl Excerpt {
    /// A place alone: all that may be said of a document that may be a Secret. Lines and columns from 1, columns in
    /// characters.
    pub fn place(path: impl Into<Untrusted>, line: usize, column: usize) -> Self {
        Self { path: path.into(), line, column, shown: None }
    }

    /// A place with its line, from the whole text of the file. Not for a text that may be a Secret.
    pub fn with_line(path: impl Into<Untrusted>, text: &str, line: usize, column: usize) -> Self {
        let content = text.lines().nth(line.saturating_sub(1));
        let shown = content.map(|content| Window::around(content, column));
        Self { shown, ..Self::place(path, line, column) }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dim, mark) = (Meaning::Dim.style(), Meaning::Error.style());
        let number = self.line.to_string();
        let margin = number.len();
        writeln!(f, "{:margin$}{dim}-->{dim:#} {}:{}:{}", " ", self.path.terminal(), self.line, self.column)?;
        let Some(window) = &self.shown else { return Ok(()) };
        writeln!(f, "{:margin$} {dim}|{dim:#}", "")?;
        writeln!(f, "{dim}{number} |{dim:#} {}", window.text)?;
        writeln!(f, "{:margin$} {dim}|{dim:#} {:caret$}{mark}^{mark:#}", "", "", caret = window.caret)
    }
}

/// The part of a line around a column, escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Window {
    text: String,
    /// The columns of the screen before the caret.
    caret: usize,
}

/// Columns of the screen kept before the caret, and in all.
const BEFORE: usize = 40;
const ROOM: usize = 70;

impl Window {
    fn around(line: &str, column: usize) -> Self {
        let at = column.saturating_sub(1).min(line.chars().count());
        // A line can be megabytes long: only its characters near the caret are looked at.
        let from = at.saturating_sub(BEFORE);
        let before: Vec<String> = line.chars().skip(from).take(at - from).map(escaped).collect();
        let kept_before = fitting(before.iter().rev(), BEFORE);
        let cut_before = from > 0 || kept_before < before.len();
        let before = before[before.len() - kept_before..].concat();
        let room = ROOM - before.width();
        let after: Vec<String> = line.chars().skip(at).take(room).map(escaped).collect();
        let kept_after = fitting(after.iter(), room);
        let cut_after = kept_after < after.len() || line.chars().nth(at + room).is_some();
        let (left, right) = (if cut_before { "…" } else { "" }, if cut_after { "…" } else { "" });
        let caret = before.width() + left.width();
        Self { text: format!("{left}{before}{}{right}", after[..kept_after].concat()), caret }
    }
}

fn escaped(c: char) -> String {
    Untrusted::from(c.to_string()).terminal().to_string()
}

/// How many of the pieces fit into so many columns.
fn fitting<'a>(pieces: impl Iterator<Item = &'a String>, room: usize) -> usize {
    let mut taken = 0;
    pieces
        .take_while(|piece| {
            taken += piece.width();
            taken <= room
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(excerpt: &Excerpt) -> String {
        anstream::adapter::strip_str(&excerpt.to_string()).to_string()
    }

    #[test]
    fn the_caret_stands_under_the_column() {
        let text = "spec:\n  image: \x1b[31m漢: {{ x }}\n";
        insta::assert_snapshot!(shown(&Excerpt::with_line("k8s/web.yaml", text, 2, 18)), @r"
         --> k8s/web.yaml:2:18
          |
        2 |   image: \x1b[31m漢: {{ x }}
          |                      ^
        ");
    }

    #[test]
    fn a_long_line_is_shown_around_the_caret() {
        let text = format!("{}x{}", "a".repeat(1_000_000), "b".repeat(1_000_000));
        let shown = shown(&Excerpt::with_line("web.yaml", &text, 1, 1_000_001));
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= 80), "{shown}");
        assert_eq!(lines[2].chars().position(|c| c == 'x'), lines[3].chars().position(|c| c == '^'));
    }

    #[test]
    fn a_place_shows_no_line() {
        assert_eq!(shown(&Excerpt::place("secret.yaml", 12, 3)), "  --> secret.yaml:12:3\n");
    }

    #[test]
    fn a_place_outside_the_text_is_still_a_place() {
        for (line, column) in [(0, 0), (1, 99), (99, 1)] {
            assert!(shown(&Excerpt::with_line("a", "x", line, column)).contains(&format!("a:{line}:{column}")));
        }
    }
}
