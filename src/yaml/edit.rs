//! What differs between two versions of a text, where that is nothing but the words of some scalars: then the tokens are
//! the same, and no parser has to say so again. When in doubt, it is more.

use memchr::{memchr, memchr2};

use super::syntax::{Item, Kind};
use super::versions::Chunk;
use super::{Span, Style};

/// So many scalars may differ: more are no new version, and each costs a look at its line.
const MOST: usize = 64;

/// The longest scalar that is looked at, in bytes: a word of more than 1,024 characters can be no key any more, which
/// the scanner takes notice of.
const LONGEST: usize = 1000;

/// A scalar that is written in another way.
pub(super) struct Edit<'t> {
    pub chunk: usize,
    pub item: usize,
    /// Where it stood.
    pub span: Span,
    /// What it is written as now.
    pub source: &'t str,
}

/// The scalars by which `new` differs from the text that was read as `chunks`; none where more than that may differ.
pub(super) fn edits<'t>(old: &str, chunks: &[Chunk], new: &'t str) -> Option<Vec<Edit<'t>>> {
    let mut edits: Vec<Edit<'t>> = Vec::new();
    let (mut rest, mut new_rest) = (0, 0);
    loop {
        let same = common_prefix(&old.as_bytes()[rest..], &new.as_bytes()[new_rest..]);
        let (at, new_at) = (rest + same, new_rest + same);
        if at == old.len() && new_at == new.len() {
            return Some(edits);
        }
        let (chunk, item) = scalar_at(chunks, at).filter(|_| edits.len() < MOST)?;
        let scalar = &chunks[chunk].items[item];
        let start = new_rest + (scalar.span.start as usize).checked_sub(rest)?;
        let behind = behind(old, scalar.span)?;
        let end = line_end(new, new_at).checked_sub(behind.len())?;
        let source = new.get(start..end)?;
        if !new[end..].starts_with(behind) || !is_exchangeable(old, scalar) || !reads_as_a_word(source, scalar) {
            return None;
        }
        (rest, new_rest) = (scalar.span.end as usize, end);
        edits.push(Edit { chunk, item, span: scalar.span, source });
    }
}

/// The scalar's own text, as it is written now: of one in quotes, that between them.
pub(super) fn content(source: &str, style: Style) -> &str {
    match style {
        Style::Plain => source,
        _ => &source[1..source.len() - 1],
    }
}

fn common_prefix(one: &[u8], other: &[u8]) -> usize {
    const WORD: usize = 32;
    let words = one.chunks_exact(WORD).zip(other.chunks_exact(WORD)).take_while(|(one, other)| one == other).count();
    let from = words * WORD;
    from + one[from..].iter().zip(&other[from..]).take_while(|(one, other)| one == other).count()
}

/// What stands on the line behind a scalar; not told where it has a tab, since it may matter in which column that is.
fn behind(text: &str, scalar: Span) -> Option<&str> {
    let end = scalar.end as usize;
    Some(&text[end..line_end(text, end)]).filter(|behind| memchr(b'\t', behind.as_bytes()).is_none())
}

fn line_end(text: &str, at: usize) -> usize {
    memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length)
}

/// The value that stands at an offset, or ends there.
fn scalar_at(chunks: &[Chunk], at: usize) -> Option<(usize, usize)> {
    let chunk = chunks.partition_point(|chunk| chunk.span.start as usize <= at).checked_sub(1)?;
    let Chunk { items, in_key, .. } = &chunks[chunk];
    let item = items.partition_point(|item| item.span.start as usize <= at).checked_sub(1)?;
    // A document that is one word has nothing around it that keeps the word what it is.
    (item > 0 && !in_key[item] && at <= items[item].span.end as usize).then_some((chunk, item))
}

/// Whether a scalar is written on one line as what it is, and does not begin that line.
fn is_exchangeable(old: &str, item: &Item<'_>) -> bool {
    let Kind::Scalar(text) = &item.kind else { return false };
    let source = &old[item.span.range()];
    let before = old[..item.span.start as usize].bytes().next_back();
    let one_line = source.len() <= LONGEST && memchr2(b'\n', b'\r', source.as_bytes()).is_none();
    one_line
        && before.is_some_and(|before| before.is_ascii() && !matches!(before, b'\n' | b'\r'))
        && is_delimited(source, item.style)
        && content(source, item.style) == text
}

fn is_delimited(source: &str, style: Style) -> bool {
    let quoted = |quote: char| source.len() >= 2 && source.starts_with(quote) && source.ends_with(quote);
    match style {
        Style::Plain => !source.is_empty(),
        Style::SingleQuoted => quoted('\''),
        Style::DoubleQuoted => quoted('"'),
        _ => false,
    }
}

/// Whether a source is one scalar of the item's style wherever such a scalar may stand, and means its own characters.
fn reads_as_a_word(source: &str, item: &Item<'_>) -> bool {
    if source.len() > LONGEST || !is_delimited(source, item.style) {
        return false;
    }
    let content = content(source, item.style).as_bytes();
    let printable_without =
        |others: &[u8]| content.iter().all(|byte| matches!(byte, b' '..=b'~') && !others.contains(byte));
    match item.style {
        Style::Plain => is_plain(content, item.in_flow),
        Style::SingleQuoted => printable_without(b"'"),
        Style::DoubleQuoted => printable_without(b"\"\\"),
        _ => false,
    }
}

/// Whether these are the characters of one plain word, or of some with one blank between them. Of what YAML has a use
/// for, it may have `-` where no blank follows at the beginning, `:` inside, and outside of brackets `,`.
fn is_plain(source: &[u8], in_flow: bool) -> bool {
    let begins = match source {
        [b'-', next, ..] => next.is_ascii_alphanumeric() || *next == b'-',
        [first, ..] => first.is_ascii_alphanumeric() || b"._/".contains(first),
        [] => false,
    };
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || b"._/-+=@~%()".contains(&byte);
    begins
        && source.iter().enumerate().all(|(at, &byte)| match byte {
            b':' | b' ' => source.get(at + 1).is_some_and(|&next| stays(next)),
            b',' => !in_flow,
            _ => stays(byte),
        })
}
