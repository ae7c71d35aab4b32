//! The text that goes in: the older source as it would be written in its new place.

use std::ops::Range;

use super::note::Note;
use super::place::Place;
use super::scalar::flow;
use super::splice::{Edit, spliced};
use super::state::{State, is_json};
use crate::yaml::{Node, Span};

/// What comes in the place of a value, and what of it is not as it was.
pub(super) struct Source {
    pub text: String,
    pub notes: Vec<Note>,
}

impl Source {
    /// The older source where today's stands; none where it cannot stand there.
    pub fn of(older: &State<'_>, from: &Place, today: &State<'_>, to: &Place) -> Option<Self> {
        if to.in_flow && !from.in_flow {
            return None;
        }
        let (edits, notes) = freed(older, &from.whole, &shadowed(today, &to.whole));
        let text = laid(&spliced(older.text, from.whole.clone(), edits), (older, from), (today, to));
        (!today.is_json() || is_json(&text)).then_some(Self { text, notes })
    }

    /// The same where the empty lines at its end stand behind it already.
    pub fn joined(&self) -> Self {
        let notes = self.notes.iter().copied().chain([Note::Joined]).collect();
        Self { text: self.text.trim_end_matches(['\r', '\n']).to_owned(), notes }
    }

    /// The value as JSON, where its source cannot stand.
    pub fn rewritten(value: &Node, to: &Place) -> Self {
        let blank = if to.has_key && !to.in_flow { " " } else { "" };
        Self { text: format!("{blank}{}", flow(value)), notes: vec![Note::Rewritten] }
    }
}

/// A part of the older text with today's indentation and line breaks, and with a blank behind the colon.
pub(super) fn laid(source: &str, (older, from): (&State<'_>, &Place), (today, to): (&State<'_>, &Place)) -> String {
    let mut text = moved(source, &from.margin, &to.margin);
    let is_crlf = has_crlf(today.text, &to.whole);
    if is_crlf != has_crlf(older.text, &from.whole) {
        text = text.replace("\r\n", "\n");
        text = if is_crlf { text.replace('\n', "\r\n") } else { text };
    }
    if to.has_key && from.in_flow && !to.in_flow { format!(" {text}") } else { text }
}

/// Whether most lines outside of a part of a text end with CRLF; where none ends there, of all.
pub(super) fn has_crlf(text: &str, part: &Range<usize>) -> bool {
    let count = |line_break: &str, text: &str| text.matches(line_break).count();
    let outside = |line_break| count(line_break, &text[..part.start]) + count(line_break, &text[part.end..]);
    match outside("\n") {
        0 => 2 * count("\r\n", text) > count("\n", text),
        lines => 2 * outside("\r\n") > lines,
    }
}

/// The source under a key with another margin. What stands less deep than its key moves as far as it can.
fn moved(source: &str, from: &str, to: &str) -> String {
    if from == to {
        return source.to_owned();
    }
    let line = |line: &str| {
        let rest = line.trim_start_matches(' ');
        let blanks = line.len() - rest.len();
        match line.strip_prefix(from) {
            Some(rest) if !rest.trim().is_empty() || blanks > 0 => format!("{to}{rest}"),
            _ if blanks == 0 => line.to_owned(),
            _ => format!("{:1$}{rest}", "", (blanks + to.len()).saturating_sub(from.len())),
        }
    };
    let mut lines = source.split_inclusive('\n');
    lines.next().map(str::to_owned).into_iter().chain(lines.map(line)).collect()
}

/// The names which mean something from before a part of the text behind it.
fn shadowed<'s>(today: &'s State<'_>, part: &Range<usize>) -> Vec<&'s str> {
    let behind = |alias: &Span| alias.start as usize >= part.end;
    let anchors = today.anchors.iter().filter(|anchor| anchor.at.range().start < part.start);
    anchors.filter(|anchor| anchor.aliases.iter().any(behind)).map(|anchor| anchor.name.as_str()).collect()
}

/// What makes a part of the older text free of the rest of it, and keeps its anchors from taking a name.
fn freed(older: &State<'_>, part: &Range<usize>, taken: &[&str]) -> (Vec<Edit>, Vec<Note>) {
    let (mut edits, mut notes) = (Vec::new(), Vec::new());
    for anchor in &older.anchors {
        let is_inside = part.contains(&anchor.at.range().start);
        let is_taken = is_inside && taken.contains(&anchor.name.as_str());
        if is_taken {
            let at = with_blanks(older.text, anchor.at.range());
            edits.push(Edit { at: at.start.max(part.start)..at.end, text: String::new() });
            notes.push(Note::Unnamed { older_line: older.line(anchor.at.range().start) });
        }
        let aliases = anchor.aliases.iter().map(|alias| alias.range()).filter(|alias| part.contains(&alias.start));
        for at in aliases.filter(|_| is_taken || !is_inside) {
            notes.push(Note::Expanded { older_line: older.line(at.start) });
            edits.push(Edit { at, text: flow(&anchor.value) });
        }
    }
    notes.sort_unstable();
    notes.dedup();
    (edits, notes)
}

/// An anchor with the blanks behind it; at the end of a line, with those before it.
fn with_blanks(text: &str, at: Range<usize>) -> Range<usize> {
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    let end = at.end + blanks(&text[at.end..]);
    match text[end..].starts_with(['\r', '\n']) || end == text.len() {
        true => text[..at.start].trim_end_matches([' ', '\t']).len()..at.end,
        false => at.start..end,
    }
}
