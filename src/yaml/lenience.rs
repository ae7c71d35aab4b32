//! What go-yaml takes and granit-parser does not. The few cases are masked, byte for byte, and the chunk is read again:
//! places stay what they are.

use std::collections::HashMap;

use granit_parser::ErrorKind;

use super::Span;
use super::syntax::{Kind, Read};

/// So many masks a chunk, then its error stands: each costs a reading of the chunk.
const MOST: usize = 100;

/// The text of a chunk with what granit-parser must not see masked. All offsets are in the chunk.
pub(super) struct Masks {
    text: String,
    comments: Vec<Span>,
    /// Ends of plain words, which are read as a letter.
    characters: HashMap<usize, char>,
    count: usize,
}

impl Masks {
    pub(super) fn new(source: &str) -> Self {
        Self { text: source.to_owned(), comments: Vec::new(), characters: HashMap::new(), count: 0 }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Masks what granit-parser has refused at an offset, if go-yaml does not.
    pub(super) fn error(&mut self, kind: &ErrorKind, at: usize) -> bool {
        match (kind, self.text.as_bytes().get(at)) {
            (
                ErrorKind::CommentNotSeparated
                | ErrorKind::InvalidTrailingSingleQuotedScalar
                | ErrorKind::InvalidTrailingDoubleQuotedScalar,
                Some(b'#'),
            ) => self.comment(at),
            (ErrorKind::InvalidTagTerminator, Some(b'!')) => self.tag(at + 1),
            (ErrorKind::PlainScalarStartsWithDashFlowIndicator, Some(b'-')) => self.character(at),
            _ => false,
        }
    }

    /// Masks a character that go-yaml takes for the end of a plain word.
    pub(super) fn character(&mut self, at: usize) -> bool {
        self.characters.insert(at, char::from(self.text.as_bytes()[at]));
        self.mask(at, at + 1, "a")
    }

    /// A tag of go-yaml may hold `,`, `[` and `]`, and so takes those that follow it. Which tag it is then does not
    /// matter: none of those with a meaning has them.
    pub(super) fn tag(&mut self, end: usize) -> bool {
        let in_tag = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_;/?:@&=+$,.!~*'()[]%".contains(byte);
        let start = end + usize::from(self.text[end..].starts_with('!'));
        let length = self.text.as_bytes()[start..].iter().take_while(in_tag).count();
        length > 0 && self.mask(start, start + length, ".")
    }

    /// Puts right what has been read with the masks on.
    pub(super) fn lift(self, read: &mut Read<'_>, chunk: Span) {
        let place = |at: u32| chunk.start + at;
        let comments = self.comments.iter().map(|span| Span { start: place(span.start), end: place(span.end) });
        read.comments.extend(comments);
        for item in read.items.iter_mut().filter(|item| item.span.start < item.span.end) {
            let last = (item.span.end - chunk.start).checked_sub(1);
            let character = last.and_then(|last| self.characters.get(&(last as usize)));
            if let (Kind::Scalar(text), Some(&character)) = (&mut item.kind, character) {
                let text = text.to_mut();
                text.pop();
                text.push(character);
            }
        }
    }

    fn comment(&mut self, at: usize) -> bool {
        let length = self.text[at..].find(['\n', '\r']).unwrap_or(self.text.len() - at);
        self.comments.push(Span::new(at, at + length));
        self.mask(at, at + length, " ")
    }

    fn mask(&mut self, start: usize, end: usize, with: &str) -> bool {
        self.count += 1;
        self.text.replace_range(start..end, &with.repeat(end - start));
        self.count <= MOST
    }
}
