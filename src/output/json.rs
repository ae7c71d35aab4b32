//! JSON that a terminal only shows.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::text::commands_terminal;

/// The value as JSON, indented as serde_json does it, but a line at a time: a history has tens of thousands of them.
pub(super) fn indented(value: &impl Serialize) -> String {
    let mut text = Vec::with_capacity(1 << 16);
    let mut serializer = Serializer::with_formatter(&mut text, Indented::default());
    value.serialize(&mut serializer).expect("the shapes have only text keys");
    String::from_utf8(text).expect("serde_json writes UTF-8")
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
    fn open(&mut self, bracket: &[u8], out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        out.write_all(bracket)
    }

    fn close(&mut self, bracket: &[u8], out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        self.depth -= 1;
        if self.is_filled {
            self.line(true, out)?;
        }
        self.is_filled = true;
        out.write_all(bracket)
    }

    fn line(&self, is_first: bool, out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        let (width, start) = (2 * self.depth, usize::from(is_first));
        let written = width.min(BREAK.len() - 2);
        out.write_all(&BREAK[start..2 + written])?;
        (written..width).try_for_each(|_| out.write_all(b" "))
    }
}

impl Formatter for Indented {
    fn begin_array<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(b"[", out)
    }

    fn end_array<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(b"]", out)
    }

    fn begin_array_value<W: io::Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.line(is_first, out)
    }

    fn end_array_value<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn begin_object<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(b"{", out)
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(b"}", out)
    }

    fn begin_object_key<W: io::Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.line(is_first, out)
    }

    fn begin_object_value<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }
}

/// The JSON text with the characters escaped that serde_json leaves as they are although a terminal obeys them: delete,
/// the second row of control characters (one of them begins a sequence, as ESC does), and those that turn the direction
/// of writing. They can stand only inside strings, so the document stays the same.
pub(super) fn quiet(json: String) -> String {
    // Of ASCII only delete is left: serde_json escapes the first row.
    if json.bytes().all(|byte| byte < 0x7f) { json } else { escape(&json, |c| c != '\n' && commands_terminal(c)) }
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

    #[test]
    fn the_lines_are_those_of_serde_json() {
        let deep = (0..50).fold(json!([]), |inner, _| json!({"a": [inner, {}], "b": {"c": null}}));
        for value in [deep, json!({}), json!([[], {"a": {}}, [1, "x\n"]]), json!(1), Value::Null] {
            assert_eq!(indented(&value), serde_json::to_string_pretty(&value).unwrap());
        }
    }

    #[test]
    fn nothing_in_json_commands_a_terminal() {
        let text = "\u{9b}31m\u{7f}\u{202e}\u{1b}[2J ž 漢 🚀\n";
        let json = quiet(serde_json::to_string(text).unwrap());
        assert!(!json.contains(commands_terminal), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
