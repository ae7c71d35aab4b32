//! Where one document ends and the next begins: both tools cut the text at lines that begin with `---` before any YAML
//! is read, so a `---` inside a block scalar or a string cuts too.

use memchr::memchr;
use memchr::memmem;

use super::{Dialect, Error, Problem, Span};

/// The chunks of `text` from the offset `from`: in each, the tool reads one document.
pub(super) fn chunks(text: &str, from: usize, dialect: Dialect) -> impl Iterator<Item = Result<Span, Error>> {
    let mut next = Some(from);
    std::iter::from_fn(move || {
        let start = next.filter(|&start| start < text.len())?;
        if let Err(error) = first_line(text, start, dialect) {
            next = None;
            return Some(Err(error));
        }
        let (chunk, after) = match next_separator(text, start, dialect) {
            Some(line) => (separator(text, &line).map(|()| Span::new(start, line.start)), Some(line.end)),
            None => (Ok(Span::new(start, text.len())), None),
        };
        next = after.filter(|_| chunk.is_ok());
        Some(chunk)
    })
}

/// The line, with its line break, that ends the chunk which begins at `start`.
///
/// apimachinery's `YAMLReader` takes every such line, except that one at the very beginning of a chunk belongs to it.
/// kyaml's `splitDocuments` looks for `\n---.*\n`: a last line without a line break is left to the YAML parser.
fn next_separator(text: &str, start: usize, dialect: Dialect) -> Option<std::ops::Range<usize>> {
    let line = start + memmem::find(&text.as_bytes()[start..], b"\n---")? + 1;
    match (memchr(b'\n', &text.as_bytes()[line..]), dialect) {
        (Some(end), _) => Some(line..line + end + 1),
        (None, Dialect::Kubectl) => Some(line..text.len()),
        (None, Dialect::Kustomize) => None,
    }
}

/// kubectl looks at a line `---` with nothing before it too, and leaves it in the chunk.
fn first_line(text: &str, start: usize, dialect: Dialect) -> Result<(), Error> {
    if dialect == Dialect::Kustomize || !text[start..].starts_with("---") {
        return Ok(());
    }
    let end = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |length| start + length);
    separator(text, &(start..end))
}

fn separator(text: &str, line: &std::ops::Range<usize>) -> Result<(), Error> {
    let rest = text[line.start + 3..line.end].trim();
    match rest.is_empty() || rest.starts_with('#') {
        true => Ok(()),
        false => Err(Error::new(Problem::Separator, Span::new(line.start, line.start + 3))),
    }
}
