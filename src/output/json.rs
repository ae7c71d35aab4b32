//! JSON that a terminal only shows.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::text::commands_terminal;

/// Writes the value as JSON with a line break at its end, indented as serde_json does it, but a line at a time: a history
/// has tens of thousands of them. It goes out in chunks, so that an answer is never in memory as a whole.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut quiet = Quiet { out, chunk: Vec::with_capacity(CHUNK + CHUNK / 2) };
    value.serialize(&mut Serializer::with_formatter(&mut quiet, Indented::default()))?;
    quiet.write_all(b"\n")?;
    quiet.flush()
}

#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether what was opened last has anything in it.
    is_filled: bool,
}

/// A comma, a line break and as much indentation as most need.
const BREAK: &[u8; 66] = b",\n                                                                ";

impl Indented {
    fn open(&mut self, bracket: &[u8], out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        out.write_all(bracket)
    }

    fn close(&mut self, bracket: &[u8], out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        self.depth -= 1;
        if self.is_filled {
            self.line(true, out)?;
        }
        self.is_filled = true;
        out.write_all(bracket)
    }

    fn line(&self, is_first: bool, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let (width, start) = (2 * self.depth, usize::from(is_first));
        let written = width.min(BREAK.len() - 2);
        out.write_all(&BREAK[start..2 + written])?;
        (written..width).try_for_each(|_| out.write_all(b" "))
    }
}

impl Formatter for Indented {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(b"[", out)
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(b"]", out)
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.line(is_first, out)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(b"{", out)
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(b"}", out)
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.line(is_first, out)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }
}

/// Passes JSON on in chunks, with the characters escaped that serde_json leaves as they are although a terminal obeys
/// them: delete, the second row of control characters (one of them begins a sequence, as ESC does), and those that turn
/// the direction of writing. They can stand only inside strings, so the document stays the same.
struct Quiet<'w> {
    out: &'w mut dyn Write,
    /// What was not passed on yet. It ends between two characters: serde_json writes no part of one.
    chunk: Vec<u8>,
}

/// About as many bytes are passed on at a time.
const CHUNK: usize = 1 << 16;
const DELETE: u8 = 0x7f;

impl Write for Quiet<'_> {
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        self.write_all(json).map(|()| json.len())
    }

    fn write_all(&mut self, json: &[u8]) -> io::Result<()> {
        self.chunk.extend_from_slice(json);
        if self.chunk.len() < CHUNK { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> io::Result<()> {
        // Of ASCII only delete is left: serde_json escapes the first row.
        if self.chunk.is_ascii() && memchr::memchr(DELETE, &self.chunk).is_none() {
            self.out.write_all(&self.chunk)?;
        } else {
            let json = str::from_utf8(&self.chunk).map_err(io::Error::other)?;
            self.out.write_all(escape(json, |c| c != '\n' && commands_terminal(c)).as_bytes())?;
        }
        self.chunk.clear();
        Ok(())
    }
}

/// The JSON text with some characters escaped. None of them may be outside the basic plane.
pub(super) fn escape(json: &str, which: impl Fn(char) -> bool) -> String {
    let (mut out, mut rest) = (String::with_capacity(json.len()), json);
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| which(*c)) {
        out.push_str(&rest[..at]);
        let _ = write!(out, "\\u{:04x}", c as u32);
        rest = &rest[at + c.len_utf8()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn written(value: &impl Serialize) -> String {
        let mut json = Vec::new();
        write(value, &mut json).unwrap();
        String::from_utf8(json).unwrap()
    }

    #[test]
    fn the_lines_are_those_of_serde_json() {
        let deep = (0..50).fold(json!([]), |inner, _| json!({"a": [inner, {}], "b": {"c": null}}));
        for value in [deep, json!({}), json!([[], {"a": {}}, [1, "x\n"]]), json!(1), Value::Null] {
            assert_eq!(written(&value), serde_json::to_string_pretty(&value).unwrap() + "\n");
        }
    }

    #[test]
    fn nothing_in_json_commands_a_terminal() {
        let text = "\u{9b}31m\u{7f}\u{202e}\u{1b}[2J ž 漢 🚀\n";
        let json = written(&text);
        assert!(!json.trim_end().contains(commands_terminal), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn no_character_falls_between_two_chunks() {
        let texts: Vec<String> = (0..5_000).map(|length| "漢\u{9b}".repeat(length % 40)).collect();
        let json = written(&texts);
        assert!(json.len() > 5 * CHUNK && !json.contains(|c| c != '\n' && commands_terminal(c)));
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), texts);
    }
}
