//! The text as it grows: pieces at a level of indentation.

use std::io::Write as _;

/// What a map or a list without entries is shown as.
pub(super) const NONE: &str = "<none>";

/// The text in bytes: kubectl cuts long annotations by bytes, which can leave half a character behind.
#[derive(Default)]
pub(super) struct Page {
    text: Vec<u8>,
    margin: usize,
}

impl Page {
    /// Writes a piece, two spaces of indentation a level before it. A piece need not be a line: the callers say where
    /// lines end, and indent within one where kubectl does.
    pub(super) fn put(&mut self, level: usize, piece: std::fmt::Arguments<'_>) {
        let indent = 2 * (self.margin + level);
        write!(self.text, "{:indent$}{piece}", "").expect("a Vec takes all");
    }

    /// Writes bytes just as they are.
    pub(super) fn put_bytes(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
    }

    /// Lets `write` write with so many levels more before each of its pieces.
    pub(super) fn nested(&mut self, levels: usize, write: impl FnOnce(&mut Self)) {
        self.margin += levels;
        write(self);
        self.margin -= levels;
    }

    /// The text, escaped as kubectl does it (k8s.io/cli-runtime/pkg/printers: `WriteEscaped`): the escape character
    /// as `^[`, the carriage return as `\r`, and no other.
    pub(super) fn into_escaped(self) -> Vec<u8> {
        let mut escaped = Vec::with_capacity(self.text.len());
        for byte in self.text {
            match byte {
                b'\x1b' => escaped.extend_from_slice(b"^["),
                b'\r' => escaped.extend_from_slice(b"\\r"),
                _ => escaped.push(byte),
            }
        }
        escaped
    }

    /// The text as it is; half a character becomes the replacement character.
    pub(super) fn into_string(self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_add_up() {
        let mut page = Page::default();
        page.put(1, format_args!("a:\n"));
        page.nested(2, |page| page.put(1, format_args!("b\n")));
        page.put(0, format_args!("c\n"));
        assert_eq!(page.into_string(), "  a:\n      b\nc\n");
    }

    #[test]
    fn a_pipe_gets_two_characters_escaped_and_no_other() {
        let mut page = Page::default();
        page.put(0, format_args!("\x1b[31m\r\n\x07\u{9b}"));
        assert_eq!(page.into_escaped(), "^[[31m\\r\n\x07\u{9b}".as_bytes());
    }
}
