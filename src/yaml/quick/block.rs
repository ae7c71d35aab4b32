//! Mappings and sequences in block style.

use super::reader::Reader;
use crate::yaml::Style;
use crate::yaml::syntax::Kind;

impl Reader<'_> {
    /// A collection in block style that begins on this line, so far on.
    pub(super) fn collection(&mut self, distance: usize) -> Option<()> {
        self.at += distance;
        let column = self.at - self.line;
        match self.is_dash() {
            true => self.within(Kind::Sequence(0), Style::Block, self.at, |reader| reader.sequence(column)),
            false => self.within(Kind::Mapping(0), Style::Block, self.at, |reader| reader.mapping(column)),
        }
    }

    /// A sequence that is indented no further than its key. The parser says that it begins with its first element.
    pub(super) fn list_of_key(&mut self, column: usize) -> Option<()> {
        self.at += column;
        let first = self.at + 1 + self.ahead(1, Self::spaces);
        if matches!(self.text.as_bytes().get(first), None | Some(b'\n' | b'#')) {
            return None;
        }
        self.within(Kind::Sequence(0), Style::Block, first, |reader| reader.sequence(column))
    }

    /// Whether an element of a sequence begins here.
    pub(super) fn is_dash(&self) -> bool {
        matches!(self.rest(), [b'-'] | [b'-', b' ' | b'\n', ..])
    }

    pub(super) fn sequence(&mut self, column: usize) -> Option<()> {
        loop {
            self.at += 1;
            let spaces = self.spaces();
            match self.text.as_bytes().get(self.at + spaces) {
                None | Some(b'\n' | b'#') => self.below(column, false)?,
                Some(_) => {
                    let begins = self.ahead(spaces, |reader| reader.is_dash() || reader.key_end().is_some());
                    if begins { self.collection(spaces)? } else { self.beside(column)? }
                }
            }
            match self.indentation()? {
                Some(next) if next > column => return None,
                Some(next) if next == column && self.ahead(next, Self::is_dash) => self.at += next,
                _ => return Some(()),
            }
        }
    }

    pub(super) fn mapping(&mut self, column: usize) -> Option<()> {
        loop {
            let end = self.key_end()?;
            match self.byte()? {
                b'"' | b'\'' => self.quoted()?,
                _ => self.plain(end),
            }
            self.at += 1;
            let spaces = self.spaces();
            match self.text.as_bytes().get(self.at + spaces) {
                None | Some(b'\n' | b'#') => self.below(column, true)?,
                Some(_) => self.beside(column)?,
            }
            match self.indentation()? {
                Some(next) if next > column => return None,
                Some(next) if next == column => self.at += next,
                _ => return Some(()),
            }
        }
    }

    /// The value of a key, or an element, on the lines that follow. None of an unwritten one.
    pub(super) fn below(&mut self, column: usize, of_key: bool) -> Option<()> {
        self.end_of_line()?;
        let next = self.indentation()??;
        let is_dash = self.ahead(next, Self::is_dash);
        let is_list_of_key = of_key && next == column && is_dash;
        let is_collection = next > column && (is_dash || self.ahead(next, |reader| reader.key_end().is_some()));
        match (is_collection, is_list_of_key) {
            (true, _) => self.collection(next),
            (_, true) => self.list_of_key(next),
            _ => None,
        }
    }

    /// The value of a key, or an element, on its line.
    pub(super) fn beside(&mut self, column: usize) -> Option<()> {
        let spaces = self.spaces();
        self.at += spaces;
        match self.byte()? {
            _ if spaces == 0 => return None,
            b'"' | b'\'' => self.quoted()?,
            b'[' | b'{' => self.brackets()?,
            b'|' => return self.literal(column),
            _ => self.word()?,
        }
        self.end_of_line()
    }
}
