//! The versions of one file, one after another. Most differ from the one before in a tag of an image or a number, and a
//! parser takes longest to say again what the rest is: then only that scalar is exchanged, and the document composed of
//! the items that there were.

use std::borrow::Cow;

use super::edit::{self, Edit};
use super::syntax::{Item, Kind, Read, after};
use super::{Dialect, Span, Stream, json};

/// The longest text that is kept, in bytes: what is read of it takes many times its size. etcd takes 1.5 MiB an object.
const LONGEST: usize = 1 << 20;

/// Reads one text after another, as [`Stream::parse`] reads each by itself, and faster where one is much like the one
/// before.
///
/// ```
/// use rollbook::yaml::{Dialect, Stream, Versions};
///
/// let mut versions = Versions::new(Dialect::Kubectl);
/// for text in [b"image: web:1.9", b"image: web:2.0"] {
///     assert_eq!(versions.parse(text), Stream::parse(text, Dialect::Kubectl));
/// }
/// ```
pub struct Versions {
    dialect: Dialect,
    last: Option<Outline>,
}

/// A text that could be read to its end, all of it YAML.
struct Outline {
    text: String,
    chunks: Vec<Chunk>,
}

/// What was read of a chunk of the text.
pub(super) struct Chunk {
    pub span: Span,
    pub items: Vec<Item<'static>>,
    /// Of each item, whether it is a key or a part of one.
    pub in_key: Vec<bool>,
    comments: Vec<Span>,
}

impl Versions {
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, last: None }
    }

    /// Reads the next text.
    pub fn parse(&mut self, text: &[u8]) -> Stream {
        match self.last.take().and_then(|outline| outline.exchanged(text, self.dialect)) {
            Some((stream, outline)) => {
                self.last = Some(outline);
                stream
            }
            None => self.parse_anew(text),
        }
    }

    fn parse_anew(&mut self, text: &[u8]) -> Stream {
        let (mut chunks, mut is_whole) = (Vec::new(), text.len() <= LONGEST);
        let stream = Stream::parse_with(text, self.dialect, |span, read| {
            is_whole &= !read.masked && read.dropped.is_none();
            if is_whole {
                chunks.push(Chunk::of(span, read));
            }
        });
        let text = std::str::from_utf8(text).ok().filter(|_| is_whole && stream.error.is_none());
        let yaml = text.filter(|text| self.dialect == Dialect::Kustomize || !json::begins(text));
        self.last = yaml.map(|text| Outline { text: text.to_owned(), chunks });
        stream
    }
}

impl Outline {
    /// What the next text is read as, where it differs from this one in nothing but scalars.
    fn exchanged(mut self, text: &[u8], dialect: Dialect) -> Option<(Stream, Outline)> {
        let text = std::str::from_utf8(text).ok().filter(|text| text.len() <= LONGEST)?;
        let edits = edit::edits(&self.text, &self.chunks, text)?;
        let moved = Moved::by(&edits);
        for edit in edits {
            let item = &mut self.chunks[edit.chunk].items[edit.item];
            item.kind = Kind::Scalar(Cow::Owned(edit::content(edit.source, item.style).to_owned()));
        }
        let mut stream = Stream::default();
        for chunk in &mut self.chunks {
            moved.chunk(chunk);
            stream.take(chunk.span, &chunk.items, &chunk.comments, dialect).ok()?;
        }
        self.text.replace_range(.., text);
        Some((stream, self))
    }
}

impl Chunk {
    fn of(span: Span, read: Read<'_>) -> Self {
        let in_key = in_key(&read.items);
        let items = read.items.into_iter().map(Item::into_owned).collect();
        Self { span, items, in_key, comments: read.comments }
    }
}

/// Marks each item that is a key or a part of one, once.
fn in_key(items: &[Item<'_>]) -> Vec<bool> {
    let mut marks = vec![false; items.len()];
    for (at, item) in items.iter().enumerate() {
        let Kind::Mapping(end) = item.kind else { continue };
        let mut key = if marks[at] { end } else { at + 1 };
        while key < end {
            let value = after(items, key);
            marks[key..value].fill(true);
            key = after(items, value);
        }
    }
    marks
}

/// How far what stands behind each edit has moved.
struct Moved(Vec<(u32, i64)>);

impl Moved {
    fn by(edits: &[Edit<'_>]) -> Self {
        let mut moved = 0;
        let ends = edits.iter().map(|edit| {
            moved += edit.source.len() as i64 - edit.span.range().len() as i64;
            (edit.span.end, moved)
        });
        Self(ends.collect())
    }

    fn chunk(&self, chunk: &mut Chunk) {
        self.span(&mut chunk.span);
        chunk.items.iter_mut().for_each(|item| self.span(&mut item.span));
        chunk.comments.iter_mut().for_each(|comment| self.span(comment));
    }

    fn span(&self, span: &mut Span) {
        *span = Span { start: self.offset(span.start), end: self.offset(span.end) };
    }

    fn offset(&self, offset: u32) -> u32 {
        let before = self.0.partition_point(|(end, _)| *end <= offset);
        let moved = before.checked_sub(1).map_or(0, |last| self.0[last].1);
        u32::try_from(i64::from(offset) + moved).expect("the text is no longer than is read")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the second text is read without a parser. What it is read as, tests/mutations.rs looks at.
    fn is_exchanged(before: &str, text: &str, dialect: Dialect) -> bool {
        let mut versions = Versions::new(dialect);
        versions.parse(before.as_bytes());
        let outline = versions.last.take();
        outline.and_then(|outline| outline.exchanged(text.as_bytes(), dialect)).is_some()
    }

    #[test]
    fn what_differs_in_scalars_only_is_not_parsed() {
        for (before, text, expected) in [
            ("a: web:1.9 # c\nb: [1]\n", "a: web:1.10 # c\nb: [1]\n", true),
            ("a: 1\nb: 1\nc: {d: 'x y', e: \"f\"}\n", "a: 2\nb: null\nc: {d: '#', e: \"f\"}\n", true),
            ("a: &a 1\nb: *a\n", "a: &a 2\nb: *a\n", true),
            ("- -a\n---\n- b", "- --a=b\n---\n- two words", true),
            ("a: 1\n", "a: 1\n", true),
            ("a: 1\n", "b: 1\n", false),
            ("a: 1\n", "a: 1\nb: 2\n", false),
            ("a: 1 # c\n", "a: 1 # d\n", false),
            ("a: 1\n", "a: 1 \n", false),
            ("a: 1\n", "a: b #c\n", false),
            ("a: 1\n", "a: b: c\n", false),
            ("a: b\n", "a: *b\n", false),
            ("- a longer word\n", "- a", false),
            ("- a longer word", "- a\n", false),
            ("a: b\n", "a:\n", false),
            ("a:\n", "a: b\n", false),
            ("a: [b]\n", "a: [b,c]\n", false),
            ("a: 'b'\n", "a: 'it''s'\n", false),
            ("a: \"b\"\n", "a: \"\\n\"\n", false),
            ("a: \"b\"\n", "a: 'b'\n", false),
            ("a: |\n  b\n", "a: |\n  c\n", false),
            ("{a: b}: c\n", "{a: d}: c\n", false),
            ("a\n", "b\n", false),
            ("a: 1\n...\nb: 1\n", "a: 2\n...\nb: 1\n", false),
            ("a: [b\n", "a: [c\n", false),
        ] {
            for dialect in [Dialect::Kubectl, Dialect::Kustomize] {
                assert_eq!(is_exchanged(before, text, dialect), expected, "{before:?} {text:?}");
            }
        }
        assert!(!is_exchanged("{\"a\": 1}", "{\"a\": 2}", Dialect::Kubectl));
        assert!(is_exchanged("{\"a\": 1}", "{\"a\": 2}", Dialect::Kustomize));
    }
}
