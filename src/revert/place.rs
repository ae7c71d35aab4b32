//! Where the value of a key is written, with the comments that belong to it.

use std::ops::Range;

use crate::yaml::{Entry, Node, Style};

/// The place of a value in a text.
pub(super) struct Place {
    /// All of it. Inside brackets, from its anchor or tag to its end. Otherwise from behind the colon to the end of the last
    /// line that is its own, the line break left out: the comments in it, and those behind it that are deeper than the key.
    pub whole: Range<usize>,
    /// The value itself, with an anchor or a tag on the line of the key.
    pub value: Range<usize>,
    pub in_flow: bool,
    pub style: Style,
    /// The white space before the key, or before the first key of an object.
    pub margin: String,
    /// Whether a key goes before it.
    pub has_key: bool,
}

impl Place {
    /// Where the value of `key` stands; none where the key comes by an alias or a merge, or has a `?`.
    pub fn of(text: &str, mapping: &Node, key: &str) -> Option<Self> {
        let entry = mapping.entries().iter().find(|entry| entry.key == key)?;
        let (key, value) = (entry.key_span.range(), &entry.value);
        let line = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
        let in_flow = mapping.style == Style::Flow;
        let before = &text[line..key.start];
        if text[key.clone()].starts_with('*') || (!in_flow && before.contains(|c| c != ' ')) {
            return None;
        }
        let colon = colon_end(text, key.end)?;
        let margin = &before[..before.len() - before.trim_start_matches([' ', '\t']).len()];
        let written = written(text, entry, colon);
        let whole = match in_flow {
            true => written.clone(),
            false => colon..end_of_lines(text, value, colon, (margin.len(), margin.len() + 1)),
        };
        Some(Self { whole, value: written, in_flow, style: value.style, margin: margin.to_owned(), has_key: true })
    }

    /// Where an object stands that ends where the text does, or before: a document or an item of a list. Comments before it
    /// do not belong to it.
    pub fn of_object(text: &str, object: &Node) -> Option<Self> {
        let span = object.span.range();
        let before = text[..span.start].trim_start_matches('\u{feff}');
        let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let in_flow = object.style == Style::Flow;
        if text[span.clone()].starts_with('*') || (!in_flow && before.contains(|c| !matches!(c, ' ' | '-'))) {
            return None;
        }
        let (blanks, column) = (before.len() - before.trim_start_matches([' ', '\t']).len(), before.len());
        let margin = if in_flow { before[..blanks].to_owned() } else { " ".repeat(column) };
        let whole = match in_flow {
            true => span.clone(),
            false => span.start..end_of_lines(text, object, span.start, (column, column)),
        };
        Some(Self { whole, value: span, in_flow, style: object.style, margin, has_key: false })
    }
}

fn colon_end(text: &str, key_end: usize) -> Option<usize> {
    let rest = &text[key_end..];
    let blanks = rest.len() - rest.trim_start().len();
    rest[blanks..].starts_with(':').then_some(key_end + blanks + 1)
}

/// The value with what may stand before it on the line of the key.
fn written(text: &str, entry: &Entry, colon: usize) -> Range<usize> {
    let span = entry.value.span.range();
    if span.is_empty() {
        return colon..colon;
    }
    let end = block_scalar(text, &entry.value).map_or(span.end, |scalar| scalar.end);
    let rest = &text[colon..span.start];
    let start = match rest.trim_start_matches([' ', '\t']) {
        rest if rest.starts_with(['&', '!']) => span.start - rest.len(),
        _ => span.start,
    };
    start..end
}

/// The end of the last line that belongs to a value which begins on the line of `start`: comments do that are deeper than
/// `column`, and what stands at `depth` or deeper.
fn end_of_lines(text: &str, value: &Node, start: usize, (column, depth): (usize, usize)) -> usize {
    let mut stretches = Vec::new();
    gather(text, value, &mut stretches);
    stretches.sort_unstable_by_key(|stretch| stretch.start);
    let mut end = line_end(text, start);
    let mut is_outside = false;
    for line in lines_after(text, end) {
        let content = text[line.clone()].trim_start_matches([' ', '\t']);
        let indentation = line.len() - content.len();
        let before = &stretches[..stretches.partition_point(|stretch| stretch.start < line.start)];
        let is_inside = before.last().is_some_and(|stretch| line.start <= stretch.end);
        match content.as_bytes().first() {
            _ if is_inside => (end, is_outside) = (line.end, false),
            None => {}
            Some(b'#') if is_outside || indentation <= column => is_outside = true,
            Some(b'#') => end = line.end,
            Some(_) if indentation < depth || text[line.clone()].starts_with("...") => break,
            Some(_) => (end, is_outside) = (line.end, false),
        }
    }
    end
}

/// Finds what goes over several lines and has no keys there: strings, and all that is in brackets.
fn gather(text: &str, node: &Node, stretches: &mut Vec<Range<usize>>) {
    let source = &text[node.span.range()];
    match node.style {
        _ if source.starts_with('*') => {}
        Style::Block => {
            node.items().iter().for_each(|item| gather(text, item, stretches));
            node.entries().iter().for_each(|entry| gather(text, &entry.value, stretches));
        }
        Style::Literal | Style::Folded => stretches.extend(block_scalar(text, node)),
        _ if source.contains('\n') => stretches.push(node.span.range()),
        _ => {}
    }
}

/// Where a block scalar stands, from its `|` or `>` to the end of its last line. Empty lines behind it are its own where
/// they are kept, and those with more white space than its indentation are.
fn block_scalar(text: &str, node: &Node) -> Option<Range<usize>> {
    let span = node.span.range();
    if !matches!(node.style, Style::Literal | Style::Folded) || text[span.clone()].starts_with('*') {
        return None;
    }
    let header_end = line_end(text, span.start);
    let header = text[span.start..header_end].split('#').next().unwrap_or_default();
    let content = |line: &Range<usize>| !text[line.clone()].trim().is_empty();
    let lines: Vec<_> = lines_after(text, header_end).take_while(|line| line.start < span.end).collect();
    // The span may reach to the first word behind it.
    let within = |line: &Range<usize>| !text[line.start..span.end.min(line.end)].trim().is_empty() || !content(line);
    let lines: Vec<_> = lines.into_iter().filter(within).collect();
    let blanks = |line: &Range<usize>| line.len() - text[line.clone()].trim_start_matches(' ').len();
    let indentation = lines.iter().filter(|line| content(line)).map(blanks).min().unwrap_or(0);
    let own = |line: &&Range<usize>| header.contains('+') || content(line) || blanks(line) > indentation;
    Some(span.start..lines.iter().rev().find(own).map_or(header_end, |line| line.end))
}

/// The lines behind the one that ends at an offset, without their line breaks.
fn lines_after(text: &str, end: usize) -> impl Iterator<Item = Range<usize>> {
    let next = move |end: usize| {
        let start = end + text[end..].find('\n')? + 1;
        (start < text.len()).then(|| start..line_end(text, start))
    };
    std::iter::successors(next(end), move |line| next(line.end))
}

/// Where the line of an offset ends, before its line break.
fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    end - usize::from(text[at..end].ends_with('\r'))
}
