//! A chunk's first document as a flat list of items, by granit-parser, which reads YAML 1.2; what go-yaml reads
//! differently is put right around it.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, StructureStyle};

use super::scalar::Tag;
use super::{Dialect, Error, MAX_DEPTH, Problem, Span, Style};

/// A node of the document before aliases are filled in, in the order of the text.
#[derive(Debug)]
pub(super) struct Item<'t> {
    pub kind: Kind<'t>,
    pub span: Span,
    pub style: Style,
    pub tag: Tag,
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

/// What a chunk holds.
#[derive(Debug, Default)]
pub(super) struct Read<'t> {
    pub items: Vec<Item<'t>>,
    pub comments: Vec<Span>,
    /// What comes behind the document.
    pub dropped: Option<Span>,
}

/// Reads the first document of a chunk of `text`.
pub(super) fn read(text: &str, chunk: Span, dialect: Dialect) -> Result<Read<'_>, Error> {
    let mut reader = Reader { chunk, read: Read::default(), open: Vec::new(), anchors: HashMap::new() };
    let mut events = Parser::new_from_str_with_options(&text[chunk.range()], options(dialect));
    while let Some(event) = events.next_event() {
        match event {
            Ok((Event::DocumentStart(..), span)) if reader.is_complete() => reader.drop_from(reader.span(span)),
            Ok((event, span)) => reader.take(event, span)?,
            Err(error) if reader.is_complete() => reader.drop_from(reader.place(&error)),
            Err(error) => return Err(refused(&error, reader.place(&error))),
        }
        if reader.read.dropped.is_some() {
            break;
        }
    }
    Ok(reader.read)
}

/// go-yaml is libyaml in Go, and these are libyaml's ways. kubectl's splitter ends the last line where it is open.
fn options(dialect: Dialect) -> Options {
    granit_parser::options! {
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: dialect == Dialect::Kustomize,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

struct Reader<'t> {
    chunk: Span,
    read: Read<'t>,
    /// The collections that are not complete, by index.
    open: Vec<usize>,
    /// The item of each anchor, by granit-parser's number of it.
    anchors: HashMap<usize, usize>,
}

impl<'t> Reader<'t> {
    fn take(&mut self, event: Event<'t>, span: granit_parser::Span) -> Result<(), Error> {
        let at = self.span(span);
        match event {
            Event::Comment(..) => self.read.comments.push(at),
            Event::Scalar(text, style, anchor, tag) => {
                self.push(Kind::Scalar(text), scalar_style(style), tag.as_deref(), anchor, at);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.open(Kind::Sequence(0), style, tag.as_deref(), anchor, at)?;
            }
            Event::MappingStart(style, anchor, tag) => self.open(Kind::Mapping(0), style, tag.as_deref(), anchor, at)?,
            Event::SequenceEnd | Event::MappingEnd => self.close(at),
            Event::Alias(anchor) => self.alias(anchor, at)?,
            _ => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        kind: Kind<'t>,
        style: StructureStyle,
        tag: Option<&granit_parser::Tag>,
        anchor: usize,
        at: Span,
    ) -> Result<(), Error> {
        if self.open.len() == MAX_DEPTH {
            return Err(Error::new(Problem::TooDeep, at));
        }
        let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Block };
        self.push(kind, style, tag, anchor, at);
        self.open.push(self.read.items.len() - 1);
        Ok(())
    }

    fn push(&mut self, kind: Kind<'t>, style: Style, tag: Option<&granit_parser::Tag>, anchor: usize, span: Span) {
        if anchor != 0 {
            self.anchors.insert(anchor, self.read.items.len());
        }
        let tag = tag.map_or(Tag::None, |tag| Tag::named(tag.handle(), tag.suffix()));
        self.read.items.push(Item { kind, span, style, tag });
    }

    /// A collection in brackets ends with them, any other with the last thing in it.
    fn close(&mut self, at: Span) {
        let Some(opened) = self.open.pop() else { return };
        let next = self.read.items.len();
        let last = self.read.items[next - 1].span.end;
        let item = &mut self.read.items[opened];
        item.span.end = if item.style == Style::Flow { at.end } else { last.max(item.span.end) };
        if let Kind::Sequence(end) | Kind::Mapping(end) = &mut item.kind {
            *end = next;
        }
    }

    fn alias(&mut self, anchor: usize, at: Span) -> Result<(), Error> {
        let target = *self.anchors.get(&anchor).ok_or_else(|| Error::new(Problem::UnknownAnchor, at))?;
        if self.open.contains(&target) {
            return Err(Error::new(Problem::AnchorInItself, at));
        }
        self.push(Kind::Alias(target), Style::Plain, None, 0, at);
        Ok(())
    }

    /// Whether the document's value has been read to its end.
    fn is_complete(&self) -> bool {
        self.open.is_empty() && !self.read.items.is_empty()
    }

    fn drop_from(&mut self, at: Span) {
        self.read.dropped = Some(Span { start: at.start, end: self.chunk.end });
    }

    fn span(&self, span: granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        Span::new(self.chunk.start as usize + range.start, self.chunk.start as usize + range.end)
    }

    fn place(&self, error: &granit_parser::ScanError) -> Span {
        let at = self.chunk.start as usize + error.marker().byte_offset().unwrap_or_default();
        Span::new(at, at)
    }
}

fn scalar_style(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

fn refused(error: &granit_parser::ScanError, at: Span) -> Error {
    let problem = match error.kind() {
        ErrorKind::RecursionLimitExceeded => Problem::TooDeep,
        ErrorKind::UnknownAnchor => Problem::UnknownAnchor,
        kind => Problem::Syntax(words(kind)),
    };
    Error::new(problem, at)
}

fn words(_kind: &ErrorKind) -> &'static str {
    "this is not YAML"
}
