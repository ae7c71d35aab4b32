//! Literal blocks.

use std::borrow::Cow;

use super::reader::Reader;
use crate::yaml::syntax::Kind;
use crate::yaml::{Span, Style};

impl Reader<'_> {
    pub(super) fn literal(&mut self, column: usize) -> Option<()> {
        let start = self.at;
        let header_end = self.line_end();
        let keep: fn(&str) -> usize = match self.text[start + 1..header_end].trim_end_matches(' ') {
            "" => |_| 1,
            "-" => |_| 0,
            "+" => str::len,
            _ => return None,
        };
        self.next_line(header_end + 1);
        let indentation = self.spaces();
        if indentation <= column || !self.text.ends_with('\n') {
            return None;
        }
        let mut text = String::new();
        while let Some(content) = self.line_of_block(indentation, column)? {
            text.push_str(&self.text[content.range()]);
            text.push('\n');
        }
        let lines = text.trim_end_matches('\n').len();
        if lines == 0 {
            return None;
        }
        text.truncate(lines + keep(&text[lines..]));
        // The parser has read the indentation of the next line when it sees that the block is at its end.
        let end = self.at + self.spaces();
        self.push(Kind::Scalar(Cow::Owned(text)), Style::Literal, start, end);
        Some(())
    }

    /// The next line of a block, if it has one more.
    pub(super) fn line_of_block(&mut self, indentation: usize, column: usize) -> Option<Option<Span>> {
        let (start, end, spaces) = (self.at, self.line_end(), self.spaces());
        if start == self.text.len() {
            return Some(None);
        }
        let is_blank = start + spaces == end;
        match spaces {
            _ if is_blank && spaces > indentation => return None,
            _ if !is_blank && spaces <= column => return Some(None),
            _ if !is_blank && spaces < indentation => return None,
            _ => {}
        }
        self.next_line(end + 1);
        Some(Some(Span::new((start + indentation).min(end), end)))
    }
}
