//! The cursor: lines, comments, and the items so far.

use memchr::{memchr, memchr2, memmem};

use crate::yaml::scalar::Tag;
use crate::yaml::syntax::{Item, Kind, Read};
use crate::yaml::{Span, Style};

/// The deepest nesting that is read here.
const DEEPEST: usize = 64;

/// The most items that room is made for before there are any.
const MOST: usize = 256;

/// The document of a chunk, if nothing unusual is in it.
pub(in crate::yaml) fn read(text: &str, chunk: Span) -> Option<Read<'_>> {
    let bytes = &text.as_bytes()[chunk.range()];
    let is_unusual = || memchr2(b'\t', b'\r', bytes).is_some() || memmem::find(bytes, "\u{feff}".as_bytes()).is_some();
    let breaks = ["\u{85}", "\u{2028}", "\u{2029}"];
    if is_unusual() || !bytes.is_ascii() && breaks.iter().any(|found| memmem::find(bytes, found.as_bytes()).is_some()) {
        return None;
    }
    let mut reader = Reader {
        text: &text[..chunk.end as usize],
        at: chunk.start as usize,
        line: chunk.start as usize,
        read: Read { items: Vec::with_capacity((bytes.len() / 16).min(MOST)), ..Read::default() },
        around: Around { in_flow: false, column: -1 },
        depth: 0,
        ended: chunk.start as usize,
    };
    let is_marked = reader.rest().starts_with(b"---\n");
    if is_marked {
        reader.next_line(reader.at + 4);
    }
    match reader.indentation()? {
        None if is_marked => None,
        None => Some(reader.read),
        Some(column) => {
            reader.collection(column)?;
            reader.indentation()?.is_none().then_some(reader.read)
        }
    }
}

/// What [`Item`] says of the things in a collection.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub in_flow: bool,
    pub column: i32,
}

pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub at: usize,
    /// Where the line begins that is read.
    pub line: usize,
    pub read: Read<'t>,
    pub around: Around,
    pub depth: usize,
    /// Where the last value ends.
    pub ended: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What can be said from so far on.
    pub(super) fn ahead<T>(&mut self, distance: usize, look: impl FnOnce(&Self) -> T) -> T {
        self.at += distance;
        let seen = look(self);
        self.at -= distance;
        seen
    }

    pub(super) fn line_end(&self) -> usize {
        memchr(b'\n', self.rest()).map_or(self.text.len(), |length| self.at + length)
    }

    pub(super) fn next_line(&mut self, start: usize) {
        self.at = start.min(self.text.len());
        self.line = self.at;
    }

    pub(super) fn spaces(&self) -> usize {
        self.rest().iter().take_while(|&&byte| byte == b' ').count()
    }

    /// Goes on to the next line with content, from the beginning of a line, and tells how far it is indented.
    pub(super) fn indentation(&mut self) -> Option<Option<usize>> {
        loop {
            let indentation = self.spaces();
            match self.text.as_bytes().get(self.at + indentation) {
                None => return Some(None),
                Some(b'\n') => self.next_line(self.at + indentation + 1),
                Some(b'#') => {
                    self.at += indentation;
                    self.comment();
                }
                Some(_) if indentation == 0 && self.is_marker() => return None,
                Some(_) => return Some(Some(indentation)),
            }
        }
    }

    pub(super) fn is_marker(&self) -> bool {
        self.rest().starts_with(b"---") || self.rest().starts_with(b"...") || self.byte() == Some(b'%')
    }

    pub(super) fn comment(&mut self) {
        let end = self.line_end();
        self.read.comments.push(Span::new(self.at, end));
        self.next_line(end + 1);
    }

    /// Ends the line behind a value: there may be a comment.
    pub(super) fn end_of_line(&mut self) -> Option<()> {
        let spaces = self.spaces();
        self.at += spaces;
        match self.byte() {
            None | Some(b'\n') => self.next_line(self.at + 1),
            Some(b'#') if spaces > 0 => self.comment(),
            _ => return None,
        }
        Some(())
    }

    pub(super) fn push(&mut self, kind: Kind<'t>, style: Style, start: usize, end: usize) {
        let Around { in_flow, column } = self.around;
        self.ended = end;
        self.read.items.push(Item { kind, span: Span::new(start, end), style, tag: Tag::None, in_flow, column });
    }

    /// Reads what is in a collection, which begins here.
    pub(super) fn within(
        &mut self,
        kind: Kind<'t>,
        style: Style,
        start: usize,
        read: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        let opened = self.read.items.len();
        self.push(kind, style, start, start);
        let around = match style {
            Style::Flow => Around { in_flow: true, ..self.around },
            _ => Around { in_flow: false, column: i32::try_from(start - self.line).ok()? },
        };
        let outer = std::mem::replace(&mut self.around, around);
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        read(self)?;
        self.depth -= 1;
        self.around = outer;
        let next = self.read.items.len();
        // One in brackets ends with them, any other with the last thing in it.
        if style == Style::Flow {
            self.ended = self.at;
        }
        let item = &mut self.read.items[opened];
        item.span = Span::new(start, self.ended);
        if let Kind::Sequence(end) | Kind::Mapping(end) = &mut item.kind {
            *end = next;
        }
        Some(())
    }
}
