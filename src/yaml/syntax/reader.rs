//! The events of a parser to items.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, ScalarStyle, StructureStyle};

use super::{Halt, Item, Kind, Read};
use crate::yaml::scalar::Tag;
use crate::yaml::{Error, MAX_DEPTH, Problem, Span, Style};

/// What was read of a chunk so far.
pub(super) struct Reader<'t> {
    chunk: Span,
    pub read: Read<'t>,
    /// The collections that are not complete.
    open: Vec<Open>,
    /// The item of each anchor, by granit-parser's number of it.
    anchors: HashMap<usize, usize>,
}

/// A collection that is not complete: its index, and what `Item` says of the things in it.
struct Open {
    item: usize,
    in_flow: bool,
    column: i32,
}

impl<'t> Reader<'t> {
    pub fn of(chunk: Span) -> Self {
        Reader { chunk, read: Read::default(), open: Vec::new(), anchors: HashMap::new() }
    }

    pub fn take<'s>(
        &mut self,
        source: &str,
        event: Event<'s>,
        span: granit_parser::Span,
        keep: fn(Cow<'s, str>) -> Cow<'t, str>,
    ) -> Result<(), Error> {
        let at = self.span(span);
        match event {
            Event::Comment(..) => self.read.comments.push(at),
            Event::Scalar(text, style, anchor, tag) => {
                let style = scalar_style(style);
                let (at, text) = match style {
                    Style::Literal | Style::Folded => (self.with_header(source, at, span.tag_span()), keep(text)),
                    Style::Plain if at.start == at.end => (at, Cow::Borrowed("")),
                    _ => (at, keep(text)),
                };
                self.push(Kind::Scalar(text), style, tag.as_deref(), anchor, at);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.open(Kind::Sequence(0), style, tag.as_deref(), anchor, span)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.open(Kind::Mapping(0), style, tag.as_deref(), anchor, span)?
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(at),
            Event::Alias(anchor) => self.alias(anchor, at)?,
            Event::Anchor(anchor, ..) => self.read.anchors.extend(self.anchors.get(&anchor).map(|&item| (item, at))),
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
        span: granit_parser::Span,
    ) -> Result<(), Error> {
        if self.open.len() == MAX_DEPTH {
            return Err(Error::new(Problem::TooDeep, self.span(span)));
        }
        let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Block };
        self.push(kind, style, tag, anchor, self.span(span));
        let (in_flow, column) = match style {
            Style::Flow => (true, self.surroundings().1),
            _ => (false, i32::try_from(span.start.col()).unwrap_or(i32::MAX)),
        };
        self.open.push(Open { item: self.read.items.len() - 1, in_flow, column });
        Ok(())
    }

    fn push(&mut self, kind: Kind<'t>, style: Style, tag: Option<&granit_parser::Tag>, anchor: usize, span: Span) {
        if anchor != 0 {
            self.anchors.insert(anchor, self.read.items.len());
        }
        let tag = tag.map_or(Tag::None, |tag| Tag::named(tag.handle(), tag.suffix()));
        let (in_flow, column) = self.surroundings();
        self.read.items.push(Item { kind, span, style, tag, in_flow, column });
    }

    fn surroundings(&self) -> (bool, i32) {
        self.open.last().map_or((false, -1), |open| (open.in_flow, open.column))
    }

    /// Inside brackets too, a colon ends a plain word of go-yaml only before a blank: `{a:}` has the key `a:`.
    pub fn word(&self, source: &str) -> Result<(), Halt> {
        let Some(item) = self.read.items.last().filter(|item| item.in_flow && item.style == Style::Plain) else {
            return Ok(());
        };
        let end = (item.span.end - self.chunk.start) as usize;
        match &source.as_bytes()[end..] {
            [b':', b',' | b'[' | b']' | b'{' | b'}', ..] if item.span.start < item.span.end => {
                Err(Halt::WordGoesOn(end))
            }
            _ => Ok(()),
        }
    }

    /// A block scalar from its `|` or `>` on: granit-parser's span begins at the first word of its text.
    fn with_header(&self, source: &str, at: Span, tag: Option<granit_parser::Span>) -> Span {
        let base = self.chunk.start;
        let before = self.read.items.last().map_or(base, |item| match item.kind {
            Kind::Sequence(_) | Kind::Mapping(_) => item.span.start,
            Kind::Scalar(_) | Kind::Alias(_) => item.span.end,
        });
        let tag_end = tag.and_then(|tag| tag.byte_range()).map_or(0, |tag| tag.end);
        let text_start = (at.start - base) as usize;
        let header_end = source[..text_start].trim_end().len();
        let line_start = source[..header_end].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let from = line_start.max((before - base) as usize).max(tag_end).min(header_end);
        let header = source[from..header_end].find(['|', '>']).map_or(text_start, |at| from + at);
        Span::new(base as usize + header, at.end as usize)
    }

    /// A collection in brackets ends with them, any other with the last thing in it.
    fn close(&mut self, at: Span) {
        let Some(Open { item: opened, .. }) = self.open.pop() else { return };
        let next = self.read.items.len();
        let last = self.read.items[next - 1].span.end;
        let item = &mut self.read.items[opened];
        item.span.end = if item.style == Style::Flow { at.end } else { last.max(item.span.end) };
        let ends = item.span.end;
        if let Kind::Sequence(end) | Kind::Mapping(end) = &mut item.kind {
            *end = next;
        }
        // What it stands in ends where it does, and not with the last word of it.
        if let Some(around) = self.open.last() {
            let span = &mut self.read.items[around.item].span;
            span.end = span.end.max(ends);
        }
    }

    fn alias(&mut self, anchor: usize, at: Span) -> Result<(), Error> {
        let target = *self.anchors.get(&anchor).ok_or_else(|| Error::new(Problem::UnknownAnchor, at))?;
        if self.open.iter().any(|open| open.item == target) {
            return Err(Error::new(Problem::AnchorInItself, at));
        }
        self.push(Kind::Alias(target), Style::Plain, None, 0, at);
        Ok(())
    }

    /// Whether the document's value has been read to its end.
    pub fn is_complete(&self) -> bool {
        self.open.is_empty() && !self.read.items.is_empty()
    }

    pub fn drop_from(&mut self, start: u32) {
        self.read.dropped = Some(Span { start, end: self.chunk.end });
    }

    pub fn span(&self, span: granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        Span::new(self.chunk.start as usize + range.start, self.chunk.start as usize + range.end)
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
