//! Nodes as the JSON that kubectl sends: Go's `encoding/json`.

use super::{Node, Value, float_text};
use crate::text::Sensitive;
use std::fmt::Write as _;

/// The compact JSON of a node, keys sorted, with `<`, `>`, `&`, U+2028 and U+2029 as escapes. Of a Secret's
/// value it says `hidden`.
pub fn json_text(node: &Node) -> String {
    let mut out = String::new();
    write(node, &mut out);
    out
}

fn write(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Int(number) => out.push_str(itoa::Buffer::new().format(*number)),
        Value::Float(number) => out.push_str(&float_text(*number)),
        Value::String(text) => json_string(text, out),
        Value::Sealed(_) => json_string(Sensitive::HIDDEN, out),
        Value::Sequence(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Mapping(entries) => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|a, b| a.key.cmp(&b.key));
            out.push('{');
            for (index, entry) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                json_string(&entry.key, out);
                out.push(':');
                write(&entry.value, out);
            }
            out.push('}');
        }
    }
}

/// A string as Go's `encoding/json` writes it, in quotes.
pub fn json_string(text: &str, out: &mut String) {
    out.push('"');
    // In most strings nothing is written otherwise; U+2028 and U+2029 begin with that byte.
    let is_itself = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\' | b'<' | b'>' | b'&' | 0xe2);
    if text.bytes().all(is_itself) {
        out.push_str(text);
    } else {
        escaped(text, out);
    }
    out.push('"');
}

fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\0'..='\x1f' | '\u{2028}' | '\u{2029}' => {
                write!(out, "\\u{:04x}", c as u32).expect("a String takes all");
            }
            c => out.push(c),
        }
    }
}
