//! What granit-parser, which follows YAML 1.2, takes and go-yaml, which follows YAML 1.1 and libyaml, does not.

use super::syntax::{Item, Kind, Read, after};
use super::{Dialect, Error, Problem, Span, Style};

/// Refuses what go-yaml refuses in a chunk that granit-parser has read.
pub(super) fn check(text: &str, chunk: Span, read: &Read<'_>, dialect: Dialect) -> Result<(), Error> {
    let chunk_text = &text[chunk.range()];
    read.items.iter().try_for_each(|item| scalar(text, item, dialect))?;
    read.items.iter().enumerate().try_for_each(|(at, item)| keys_in_flow(text, &read.items, at, item))?;
    if memchr::memchr(b'\t', chunk_text.as_bytes()).is_some() {
        tabs(text, chunk, read)?;
    }
    match chunk_text.is_ascii() {
        true => Ok(()),
        false => separators(text, chunk, read),
    }
}

/// Characters that YAML 1.1 does not allow (`yaml_parser_update_buffer` in readerc.go).
pub(super) fn characters(text: &str, chunk: Span) -> Result<(), Error> {
    let bad = |c: &char| match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        ..' ' | '\u{7f}'..'\u{a0}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    };
    let chunk_text = &text[chunk.range()];
    let quick = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    // Without a way out of it, many bytes are looked at at once.
    if chunk_text.as_bytes().chunks(256).all(|bytes| bytes.iter().fold(true, |all, byte| all & quick(byte))) {
        return Ok(());
    }
    match chunk_text.char_indices().find(|(_, c)| bad(c)) {
        Some((at, c)) => Err(refused(Problem::ControlCharacter(c.into()), chunk.start as usize + at)),
        None => Ok(()),
    }
}

/// libyaml takes an `...` before any content for the end of a document that has no value.
pub(super) fn beginning(text: &str, chunk: Span) -> Result<(), Error> {
    let mut at = chunk.start as usize;
    for line in text[chunk.range()].split_inclusive('\n') {
        let content = line.trim_start_matches('\u{feff}');
        let ends =
            content.strip_prefix("...").is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        if ends {
            return Err(refused(Problem::Syntax("a document ends here that has not begun"), at));
        }
        if !content.trim().is_empty() && !content.trim_start_matches(' ').starts_with('#') {
            break;
        }
        at += line.len();
    }
    Ok(())
}

/// Inside brackets too, a key and its colon stand on one line, unless a `?` goes before (`yaml_simple_key_is_valid`).
fn keys_in_flow(text: &str, items: &[Item<'_>], at: usize, item: &Item<'_>) -> Result<(), Error> {
    let Kind::Mapping(end) = item.kind else { return Ok(()) };
    if item.style != Style::Flow || memchr::memchr2(b'\n', b'\r', text[item.span.range()].as_bytes()).is_none() {
        return Ok(());
    }
    let mut key = at + 1;
    while key < end {
        let span = items[key].span;
        let behind = &text[span.end as usize..item.span.end as usize];
        let colon = behind.find(|c: char| !c.is_whitespace()).filter(|&at| behind[at..].starts_with(':'));
        let explicit = text[item.span.start as usize..span.start as usize].trim_end().ends_with('?');
        if let Some(colon) = colon.filter(|_| !explicit && span.start < span.end)
            && text[span.start as usize..span.end as usize + colon].contains(['\n', '\r'])
        {
            return Err(refused(Problem::Syntax("a key inside brackets must stand on one line"), span.start as usize));
        }
        key = after(items, after(items, key));
    }
    Ok(())
}

fn refused(problem: Problem, at: usize) -> Error {
    Error::new(problem, Span::new(at, at))
}

fn scalar(text: &str, item: &Item<'_>, dialect: Dialect) -> Result<(), Error> {
    let Kind::Scalar(_) = item.kind else { return Ok(()) };
    let source = &text[item.span.range()];
    let start = item.span.start as usize;
    let wrong = match item.style {
        Style::DoubleQuoted => escapes(source, dialect),
        Style::Literal | Style::Folded => block_tabs(source),
        Style::Plain => plain(source, item),
        _ => None,
    };
    wrong.map_or(Ok(()), |(at, what)| Err(refused(Problem::Syntax(what), start + at)))
}

const TAB: &str = "a tab where the indentation must be spaces";

type Wrong = Option<(usize, &'static str)>;

/// Escapes of YAML 1.2 that 1.1 lacks, and surrogates, which are no characters.
fn escapes(source: &str, dialect: Dialect) -> Wrong {
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &source.as_bytes()[at..]) {
        at += found;
        match source.as_bytes().get(at + 1) {
            Some(b'/') if dialect == Dialect::Kubectl => {
                return Some((at, "`\\/` is an escape of JSON, not of this YAML"));
            }
            Some(b'\t') => return Some((at, "an unknown escape in a string")),
            Some(b'u')
                if source
                    .get(at + 2..at + 6)
                    .and_then(|code| u32::from_str_radix(code, 16).ok())
                    .is_some_and(|code| (0xd800..0xe000).contains(&code)) =>
            {
                return Some((at, "the escape of half a character: write the character itself"));
            }
            _ => at += 2,
        }
    }
    None
}

/// A tab where the indentation of a block scalar is looked for (`yaml_parser_scan_block_scalar_breaks`).
fn block_tabs(source: &str) -> Wrong {
    let mut lines = source.split_inclusive('\n');
    let header = lines.next()?;
    if header.bytes().take_while(|&byte| byte != b'#').any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut at = header.len();
    for line in lines {
        let spaces = line.bytes().take_while(|&byte| byte == b' ').count();
        match line.as_bytes().get(spaces) {
            Some(b'\t') => return Some((at + spaces, TAB)),
            Some(b'\n' | b'\r') | None => at += line.len(),
            Some(_) => break,
        }
    }
    None
}

fn plain(source: &str, item: &Item<'_>) -> Wrong {
    match source.find('?').filter(|_| item.in_flow) {
        _ if item.in_flow && source.starts_with(':') => Some((0, "a value is expected before `:`")),
        Some(at) => Some((at, "a word with `?` inside brackets must be in quotes")),
        None => plain_tabs(source, item.column),
    }
}

/// A tab in the indentation of a plain word's further lines (`yaml_parser_scan_plain_scalar`).
fn plain_tabs(source: &str, column: i32) -> Wrong {
    memchr::memchr(b'\t', source.as_bytes())?;
    let mut end = 0;
    source.split_inclusive('\n').find_map(|line| {
        let start = end;
        end += line.len();
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let shallow = i32::try_from(spaces).is_ok_and(|spaces| spaces <= column);
        (start > 0 && shallow && line[spaces..].starts_with('\t')).then_some((start + spaces, TAB))
    })
}

/// A stretch of the text in which tabs have been looked at already.
struct Region {
    span: Span,
    /// The column of the block collection around a plain word, which reads the white space behind it.
    plain_in: Option<i32>,
}

/// Outside scalars and brackets, a tab may separate, and never indent (`yaml_parser_scan_to_next_token`).
fn tabs(text: &str, chunk: Span, read: &Read<'_>) -> Result<(), Error> {
    let regions = regions(read);
    for tab in memchr::memchr_iter(b'\t', text[chunk.range()].as_bytes()).map(|at| chunk.start as usize + at) {
        let before = regions.partition_point(|region| (region.span.start as usize) <= tab);
        let region = before.checked_sub(1).map(|last| &regions[last]);
        if region.is_some_and(|region| (region.span.end as usize) > tab) {
            continue;
        }
        let line_start = text[..tab].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let line = text[line_start..tab].trim_start_matches('\u{feff}');
        let behind = region.filter(|region| text[region.span.end as usize..tab].trim().is_empty());
        if indents(line, behind, i32::try_from(line.len()).unwrap_or(i32::MAX)) {
            return Err(refused(Problem::Syntax(TAB), tab));
        }
    }
    Ok(())
}

fn indents(line: &str, region: Option<&Region>, column: i32) -> bool {
    let content = line.trim_matches([' ', '\t']);
    match region.and_then(|region| region.plain_in) {
        Some(indent) if content.is_empty() => column <= indent,
        _ => content.split([' ', '\t']).all(|word| matches!(word, "" | "-" | "?" | ":")),
    }
}

fn regions(read: &Read<'_>) -> Vec<Region> {
    let outside = read.items.iter().filter(|item| !item.in_flow);
    let nodes = outside.filter_map(|item| match (&item.kind, item.style) {
        (Kind::Scalar(_), Style::Plain) => Some(Region { span: item.span, plain_in: Some(item.column) }),
        (Kind::Scalar(_), _) | (_, Style::Flow) => Some(Region { span: item.span, plain_in: None }),
        _ => None,
    });
    let comments = read.comments.iter().map(|&span| Region { span, plain_in: None });
    let mut regions: Vec<_> = nodes.chain(comments).filter(|region| region.span.start < region.span.end).collect();
    regions.sort_by_key(|region| region.span.start);
    regions
}

/// To YAML 1.1, U+0085, U+2028 and U+2029 end a line, which no editor shows: they are read in quotes only.
fn separators(text: &str, chunk: Span, read: &Read<'_>) -> Result<(), Error> {
    let found = text[chunk.range()].match_indices(['\u{85}', '\u{2028}', '\u{2029}']);
    for (at, separator) in found.map(|(at, separator)| (chunk.start as usize + at, separator)) {
        let inside = |item: &Item<'_>| {
            item.span.range().contains(&at) && !matches!(item.style, Style::Plain | Style::Block | Style::Flow)
        };
        if separator == "\u{85}" || !read.items.iter().any(inside) {
            let code = separator.chars().next().map_or(0, u32::from);
            return Err(refused(Problem::LineSeparator(code), at));
        }
    }
    Ok(())
}
