//! Scalars that stand on one line: keys, plain words, strings in quotes.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2};

use super::reader::Reader;
use crate::yaml::Style;
use crate::yaml::syntax::Kind;

/// The longest key that is read here: libyaml looks no further than 1,024 characters for the colon.
const LONGEST_KEY: usize = 1000;

impl Reader<'_> {
    /// Where the colon is, if a key of a mapping in block style begins here.
    pub(super) fn key_end(&self) -> Option<usize> {
        let line = &self.text.as_bytes()[self.at..self.line_end()];
        let end = match line.first()? {
            quote @ (b'"' | b'\'') => self.quote_end(*quote)? - self.at,
            _ => {
                let is_end = |&at: &usize| matches!(line.get(at + 1), None | Some(b' '));
                let end = memchr_iter(b':', line).find(is_end)?;
                let begins = begins_word(line) && line[end - 1] != b' ';
                (begins && comment(&line[..end]).is_none()).then_some(end)?
            }
        };
        let is_key = line.get(end) == Some(&b':') && matches!(line.get(end + 1), None | Some(b' '));
        (is_key && end < LONGEST_KEY).then_some(self.at + end)
    }

    pub(super) fn word(&mut self) -> Option<()> {
        let line = &self.text[self.at..self.line_end()];
        let word = comment(line.as_bytes()).map_or(line, |comment| &line[..comment]).trim_end_matches(' ');
        let is_key = |at: usize| matches!(word.as_bytes().get(at + 1), None | Some(b' '));
        if !begins_word(word.as_bytes()) || memchr_iter(b':', word.as_bytes()).any(is_key) {
            return None;
        }
        self.plain(self.at + word.len());
        Some(())
    }

    /// The plain word from here to there.
    pub(super) fn plain(&mut self, end: usize) {
        self.push(Kind::Scalar(Cow::Borrowed(&self.text[self.at..end])), Style::Plain, self.at, end);
        self.at = end;
    }

    /// Where a string in quotes that begins here ends, on the same line.
    pub(super) fn quote_end(&self, quote: u8) -> Option<usize> {
        let line = &self.text.as_bytes()[self.at..self.line_end()];
        let mut at = 1;
        loop {
            at += memchr2(quote, b'\\', line.get(at..)?)?;
            match (line[at], line.get(at + 1)) {
                (b'\\', _) if quote == b'\'' => at += 1,
                (b'\\', Some(b'"' | b'\\' | b'n' | b't')) => at += 2,
                (b'\\', _) => return None,
                (_, Some(b'\'')) if quote == b'\'' => at += 2,
                _ => return Some(self.at + at + 1),
            }
        }
    }

    pub(super) fn quoted(&mut self) -> Option<()> {
        let (start, quote) = (self.at, self.byte()?);
        let end = self.quote_end(quote)?;
        let inside = &self.text[start + 1..end - 1];
        let (style, text) = match quote {
            b'"' => (Style::DoubleQuoted, unescaped(inside)),
            _ if inside.contains('\'') => (Style::SingleQuoted, Cow::Owned(inside.replace("''", "'"))),
            _ => (Style::SingleQuoted, Cow::Borrowed(inside)),
        };
        self.push(Kind::Scalar(text), style, start, end);
        self.at = end;
        Some(())
    }
}

/// Where the blank before a comment is.
fn comment(text: &[u8]) -> Option<usize> {
    memchr_iter(b'#', text).filter_map(|at| at.checked_sub(1)).find(|&at| text[at] == b' ')
}

/// Whether a plain word begins so, and nothing that has a meaning of its own.
fn begins_word(text: &[u8]) -> bool {
    match text {
        [b'-', next, ..] => *next != b' ',
        [b'-'] | [] => false,
        [b' ' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>', ..] => false,
        [b'\'' | b'"' | b'%' | b'@' | b'`' | b'?' | b':', ..] => false,
        _ => true,
    }
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.extend(characters.next().map(|escaped| match escaped {
                'n' => '\n',
                't' => '\t',
                itself => itself,
            })),
            _ => plain.push(character),
        }
    }
    Cow::Owned(plain)
}
