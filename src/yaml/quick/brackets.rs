//! Collections in brackets, on one line.

use super::reader::Reader;
use crate::yaml::Style;
use crate::yaml::syntax::Kind;

impl Reader<'_> {
    pub(super) fn brackets(&mut self) -> Option<()> {
        match self.byte()? {
            b'[' => {
                self.within(Kind::Sequence(0), Style::Flow, self.at, |reader| reader.listed(b']', Self::in_brackets))
            }
            _ => self.within(Kind::Mapping(0), Style::Flow, self.at, |reader| reader.listed(b'}', Self::pair)),
        }
    }

    /// What stands between commas, to the closing bracket.
    pub(super) fn listed(&mut self, closing: u8, one: fn(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.at += self.spaces();
        let mut is_end = self.byte()? == closing;
        while !is_end {
            one(self)?;
            self.at += self.spaces();
            is_end = self.byte()? == closing;
            if !is_end {
                (self.byte()? == b',').then_some(())?;
                self.at += 1;
                self.at += self.spaces();
            }
        }
        self.at += 1;
        Some(())
    }

    pub(super) fn pair(&mut self) -> Option<()> {
        self.scalar_in_brackets()?;
        self.rest().starts_with(b": ").then_some(())?;
        self.at += 1;
        self.at += self.spaces();
        self.in_brackets()
    }

    pub(super) fn in_brackets(&mut self) -> Option<()> {
        match self.byte()? {
            b'[' | b'{' => self.brackets(),
            _ => self.scalar_in_brackets(),
        }
    }

    pub(super) fn scalar_in_brackets(&mut self) -> Option<()> {
        if matches!(self.byte()?, b'"' | b'\'') {
            self.quoted()?;
            return matches!(self.byte()?, b' ' | b',' | b']' | b'}' | b':').then_some(());
        }
        let rest = self.rest();
        let is_sure = |byte: u8| byte.is_ascii_alphanumeric() || b"/_.".contains(&byte);
        let goes_on = |at: &usize| match rest[*at] {
            b':' => rest.get(at + 1).is_some_and(|&next| is_sure(next)),
            byte => is_sure(byte) || b"-=+@$".contains(&byte),
        };
        let length = (0..rest.len()).find(|at| !goes_on(at))?;
        let word = rest.strip_prefix(b"--").or(rest.strip_prefix(b"-")).unwrap_or(rest);
        let is_word = word.first().is_some_and(|&first| is_sure(first));
        if !is_word || !matches!(rest[length], b' ' | b',' | b']' | b'}' | b':') {
            return None;
        }
        self.plain(self.at + length);
        Some(())
    }
}
