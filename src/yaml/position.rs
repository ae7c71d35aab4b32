//! From a byte offset to the line and column that an editor shows, and to the text of that line.

/// A place in a text, as editors count: from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// Where each line of a text begins, for many look-ups in one text.
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: &'t [u8],
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of `text`.
    pub fn new(text: &'t [u8]) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text).map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// The place of the byte at `offset`; one beyond the end counts as the end.
    ///
    /// ```
    /// use rollbook::yaml::{LineIndex, Position};
    ///
    /// let lines = LineIndex::new("a: é\nb: 2".as_bytes());
    /// assert_eq!(lines.position(3), Position { line: 1, column: 4 });
    /// assert_eq!(lines.position(6), Position { line: 2, column: 1 });
    /// ```
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let column = 1 + characters(&self.text[self.starts[line - 1]..offset]);
        Position { line: saturating(line), column: saturating(column) }
    }

    /// The line with that number (from 1), without its line break.
    pub fn line(&self, line: u32) -> Option<&'t [u8]> {
        let start = *self.starts.get((line as usize).checked_sub(1)?)?;
        Some(first_line(&self.text[start..]))
    }
}

/// How many lines end before each part of a text, for some look-ups in a long one.
#[derive(Clone, Debug)]
pub struct LineCounts(Vec<usize>);

impl LineCounts {
    /// How many bytes are counted together.
    const PART: usize = 4096;

    /// Counts the lines of `text`.
    pub fn new(text: &[u8]) -> Self {
        let mut counts = vec![0];
        let mut lines = 0;
        counts.extend(text.chunks(Self::PART).map(|part| {
            lines += breaks(part);
            lines
        }));
        Self(counts)
    }

    /// How many lines of the text end before the byte at `offset`; one beyond the end counts as the end.
    pub fn before(&self, text: &[u8], offset: usize) -> usize {
        let offset = offset.min(text.len());
        let part = offset / Self::PART;
        self.0[part] + breaks(&text[part * Self::PART..offset])
    }
}

fn breaks(text: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', text).count()
}

/// The place of the byte at `offset`, for a single look-up.
pub fn position(text: &[u8], offset: usize) -> Position {
    let before = &text[..offset.min(text.len())];
    let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let line = 1 + breaks(before);
    Position { line: saturating(line), column: saturating(1 + characters(&before[start..])) }
}

/// The line that the byte at `offset` is part of, without its line break.
pub fn line_text(text: &[u8], offset: usize) -> &[u8] {
    let offset = offset.min(text.len());
    let start = memchr::memrchr(b'\n', &text[..offset]).map_or(0, |at| at + 1);
    first_line(&text[start..])
}

fn first_line(text: &[u8]) -> &[u8] {
    let line = &text[..memchr::memchr(b'\n', text).unwrap_or(text.len())];
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Bytes that begin a character: in UTF-8 all but those of the form `10xxxxxx`.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

fn saturating(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_agree() {
        let text = "a: 1\r\nžluť: 漢字\n\n# 🚀 end".as_bytes();
        let index = LineIndex::new(text);
        for (offset, line, column) in
            [(0, 1, 1), (3, 1, 4), (6, 2, 1), (8, 2, 2), (14, 2, 7), (21, 3, 1), (29, 4, 5), (99, 4, 8)]
        {
            assert_eq!(index.position(offset), Position { line, column }, "{offset}");
            assert_eq!(position(text, offset), Position { line, column }, "{offset}");
        }
    }

    #[test]
    fn lines_are_counted_as_one_by_one() {
        for length in [0, 1, 4095, 4096, 4097, 8192, 10_000] {
            let text: Vec<u8> = (0..length).map(|at| if at % 7 == 3 { b'\n' } else { b'a' }).collect();
            let counts = LineCounts::new(&text);
            for offset in (0..length + 2).step_by(5).chain([4095, 4096, 4097, length]) {
                let line = position(&text, offset).line as usize;
                assert_eq!(counts.before(&text, offset) + 1, line, "{offset} of {length}");
            }
        }
    }

    #[test]
    fn a_line_comes_without_its_break() {
        let text = b"a: 1\r\nb: 2\n\nc";
        let index = LineIndex::new(text);
        for (line, offset, shown) in [(1, 2, &b"a: 1"[..]), (2, 6, b"b: 2"), (3, 11, b""), (4, 13, b"c")] {
            assert_eq!(index.line(line), Some(shown));
            assert_eq!(line_text(text, offset), shown);
        }
        assert_eq!((index.line(0), index.line(5)), (None, None));
    }
}
