//! A chunk's first document as a flat list of items, by granit-parser, which reads YAML 1.2; what go-yaml reads
//! differently is put right around it.

mod reader;

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Options, Parser, ScanError};

use self::reader::Reader;
use super::lenience::Masks;
use super::scalar::Tag;
use super::words::refused;
use super::{Dialect, Error, MAX_DEPTH, Problem, Span, Style, quick, strictness};

/// A node of the document before aliases are filled in, in the order of the text.
#[derive(Debug)]
pub(super) struct Item<'t> {
    pub kind: Kind<'t>,
    pub span: Span,
    pub style: Style,
    pub tag: Tag,
    /// Whether it stands inside brackets.
    pub in_flow: bool,
    /// The column of the innermost block collection around it, from 0; -1 where there is none.
    pub column: i32,
}

#[derive(Debug)]
pub(super) enum Kind<'t> {
    Scalar(Cow<'t, str>),
    /// With the index of the first item that is not in it.
    Sequence(usize),
    /// With the index of the first item that is not in it; keys and values take turns.
    Mapping(usize),
    /// With the index of the item that has the anchor.
    Alias(usize),
}

impl Item<'_> {
    /// The same for longer than the text.
    pub(super) fn into_owned(self) -> Item<'static> {
        let kind = match self.kind {
            Kind::Scalar(text) => Kind::Scalar(Cow::Owned(text.into_owned())),
            Kind::Sequence(end) => Kind::Sequence(end),
            Kind::Mapping(end) => Kind::Mapping(end),
            Kind::Alias(target) => Kind::Alias(target),
        };
        Item { kind, ..self }
    }
}

/// The item that follows an item and all that is in it.
pub(super) fn after(items: &[Item<'_>], at: usize) -> usize {
    match items[at].kind {
        Kind::Sequence(end) | Kind::Mapping(end) => end,
        Kind::Scalar(_) | Kind::Alias(_) => at + 1,
    }
}

/// What a chunk holds.
#[derive(Debug, Default)]
pub(super) struct Read<'t> {
    pub items: Vec<Item<'t>>,
    pub comments: Vec<Span>,
    /// Each anchor, with the index of the item that has it.
    pub anchors: Vec<(usize, Span)>,
    /// What comes behind the document.
    pub dropped: Option<Span>,
    /// Whether parts of the text were masked to read it.
    pub masked: bool,
}

/// Reads the first document of a chunk of `text`.
pub(super) fn read(text: &str, chunk: Span, dialect: Dialect) -> Result<Read<'_>, Error> {
    strictness::characters(text, chunk)?;
    match quick::read(text, chunk) {
        Some(read) => Ok(read),
        None => parsed(text, chunk, dialect),
    }
}

/// The same of any chunk.
pub(super) fn parsed(text: &str, chunk: Span, dialect: Dialect) -> Result<Read<'_>, Error> {
    strictness::beginning(text, chunk)?;
    let source = &text[chunk.range()];
    let mut read = match attempt(source, chunk, dialect, |text| text) {
        Ok(read) => Ok(read),
        Err(halt) => read_masked(source, chunk, dialect, halt),
    }?;
    read.comments.sort_unstable_by_key(|comment| comment.start);
    strictness::check(text, chunk, &read, dialect)?;
    Ok(read)
}

fn read_masked(source: &str, chunk: Span, dialect: Dialect, mut halt: Halt) -> Result<Read<'static>, Error> {
    let mut masks = Masks::new(source);
    loop {
        let masked = match &halt {
            Halt::TagGoesOn(at) => masks.tag(*at),
            Halt::WordGoesOn(at) => masks.character(*at),
            Halt::Syntax(error) => masks.error(error.kind(), error.marker().byte_offset().unwrap_or_default()),
            Halt::BadName(_) | Halt::Refused(_) => false,
        };
        if !masked {
            return Err(halt.into_error(chunk));
        }
        match attempt(masks.text(), chunk, dialect, |text| Cow::Owned(text.into_owned())) {
            Ok(mut read) => {
                masks.lift(&mut read, chunk);
                read.masked = true;
                return Ok(read);
            }
            Err(next) => halt = next,
        }
    }
}

/// Why an attempt to read a chunk has ended early.
enum Halt {
    /// go-yaml's tag goes on at this offset in the chunk.
    TagGoesOn(usize),
    /// go-yaml's plain word goes on with the colon at this offset in the chunk.
    WordGoesOn(usize),
    /// The anchor or alias at this offset in the chunk has a name that go-yaml does not take.
    BadName(usize),
    Syntax(ScanError),
    Refused(Error),
}

impl Halt {
    fn into_error(self, chunk: Span) -> Error {
        let place = |at| Span::new(chunk.start as usize + at, chunk.start as usize + at);
        match self {
            Halt::TagGoesOn(at) => Error::new(Problem::Syntax("a blank is expected after the tag"), place(at)),
            Halt::WordGoesOn(at) => Error::new(Problem::Syntax("a blank is expected after `:`"), place(at)),
            Halt::BadName(at) => {
                Error::new(Problem::Syntax("an anchor's name is of letters, digits, `-` and `_`"), place(at))
            }
            Halt::Syntax(error) => refused(error.kind(), place(error.marker().byte_offset().unwrap_or_default())),
            Halt::Refused(error) => error,
        }
    }
}

fn attempt<'s, 't>(
    source: &'s str,
    chunk: Span,
    dialect: Dialect,
    keep: fn(Cow<'s, str>) -> Cow<'t, str>,
) -> Result<Read<'t>, Halt> {
    let mut reader = Reader::of(chunk);
    let mut events = Parser::new_from_str_with_options(source, options(dialect));
    while let Some(event) = events.next_event() {
        match event {
            Ok((Event::DocumentStart(..), span)) if reader.is_complete() => reader.drop_from(reader.span(span).start),
            Ok((event, span)) => {
                names(source, &event, &span)?;
                reader.take(source, event, span, keep).map_err(Halt::Refused)?;
                reader.word(source)?;
            }
            Err(error) if reader.is_complete() && only_behind(error.kind()) => {
                reader.drop_from(reader.span(granit_parser::Span::empty(*error.marker())).start);
            }
            Err(error) => return Err(Halt::Syntax(error)),
        }
        if reader.read.dropped.is_some() {
            break;
        }
    }
    Ok(reader.read)
}

/// Anchors are of ASCII letters, digits, `-` and `_`, and tags of more than granit-parser takes.
fn names(source: &str, event: &Event<'_>, span: &granit_parser::Span) -> Result<(), Halt> {
    let named = matches!(event, Event::Anchor(..) | Event::Alias(..));
    let bytes = source.as_bytes();
    if let Some(name) = span.byte_range().filter(|_| named)
        && !(bytes[name.start + 1..name.end].iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
            && bytes.get(name.end).is_none_or(|next| next.is_ascii_whitespace() || b",]}".contains(next)))
    {
        return Err(Halt::BadName(span.start.byte_offset().unwrap_or_default()));
    }
    let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) else { return Ok(()) };
    let verbatim = source[tag.clone()].starts_with("!<");
    if source[tag.clone()].contains('#') && !verbatim {
        return Err(Halt::TagGoesOn(tag.end));
    }
    match source[tag.end..].chars().next().filter(|next| !next.is_whitespace()) {
        Some(_) => Err(Halt::TagGoesOn(tag.end)),
        None => Ok(()),
    }
}

/// go-yaml is libyaml in Go, and these are libyaml's ways. kubectl's splitter ends the last line where it is open.
fn options(dialect: Dialect) -> Options {
    granit_parser::options! {
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: dialect == Dialect::Kustomize,
        emit_anchor_events: true,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

/// Whether the text goes wrong only behind the document's value, which go-yaml does not look at.
fn only_behind(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ExpectedDocumentStart
            | ErrorKind::InvalidDocumentEnd
            | ErrorKind::MisplacedFlowCollectionEnd
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
            | ErrorKind::UnclosedFlowCollection { .. }
    )
}
