//! What go-yaml takes and granit-parser does not. The few cases are masked, byte for byte, and the chunk is read again:
//! places stay what they are.

use std::borrow::Cow;

use granit_parser::ErrorKind;

use super::Span;
use super::syntax::{Kind, Read};

/// So many masks a chunk, then its error stands: each costs a reading of the chunk.
const MOST: usize = 100;

/// The text of a chunk with what granit-parser must not see masked. All offsets are in the chunk.
pub(super) struct Masks {
    text: String,
    comments: Vec<Span>,
    /// Words `-` inside brackets, which are read as another letter.
    dashes: Vec<usize>,
    count: usize,
}

impl Masks {
    pub(super) fn new(source: &str) -> Self {
        Self { text: source.to_owned(), comments: Vec::new(), dashes: Vec::new(), count: 0 }
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
            (ErrorKind::PlainScalarStartsWithDashFlowIndicator, Some(b'-')) => {
                self.dashes.push(at);
                self.mask(at, at + 1, "a")
            }
            _ => false,
        }
    }

    /// A tag of go-yaml may hold `,`, `[` and `]`, and so takes those that follow it. Which tag it is then does not
    /// matter: none of those with a meaning has them.
    pub(super) fn tag(&mut self, end: usize) -> bool {
        let in_tag = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_;/?:@&=+$,.!~*'()[]".contains(byte);
        let length = self.text.as_bytes()[end..].iter().take_while(in_tag).count();
        self.mask(end, end + length, ".")
    }

    /// Puts right what has been read with the masks on.
    pub(super) fn lift(self, read: &mut Read<'_>, chunk: Span) {
        let place = |at: u32| chunk.start + at;
        let comments = self.comments.iter().map(|span| Span { start: place(span.start), end: place(span.end) });
        read.comments.extend(comments);
        let dashes: Vec<usize> = self.dashes.iter().map(|at| chunk.start as usize + at).collect();
        let words = read.items.iter_mut().filter(|item| dashes.contains(&(item.span.start as usize)));
        for item in words.filter(|item| matches!(item.kind, Kind::Scalar(_))) {
            item.kind = Kind::Scalar(Cow::Borrowed("-"));
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
