//! JSON values as block YAML that no reader takes for something else.
//!
//! The emitters of the serde_yaml family write `y`, `No`, `1_000` and `0_7` bare, which a reader of YAML 1.1 (kubectl
//! is one) takes for a boolean or a number. Here a string stands bare only where its form cannot be anything else.

use std::fmt::Write as _;

use serde_json::Value;

use super::json;
use crate::text::commands_terminal;

/// The value as block YAML, with a line break at its end.
pub fn block(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value, 0);
    if text.starts_with('\n') { text.split_off(1) } else { text.trim_start().to_owned() }
}

/// Writes what follows a key's colon: a scalar on the same line, or a block on the next ones.
fn write_value(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('\n');
            for (key, value) in map {
                write_entry(out, key, value, indent);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            for item in items {
                write_item(out, item, indent);
            }
        }
        scalar => {
            let _ = writeln!(out, " {}", flow(scalar));
        }
    }
}

fn write_entry(out: &mut String, key: &str, value: &Value, indent: usize) {
    let _ = write!(out, "{:indent$}{}:", "", string(key));
    // A list stands under its key, as kubectl writes it.
    let inner = if value.is_array() { indent } else { indent + 2 };
    write_value(out, value, inner);
}

fn write_item(out: &mut String, item: &Value, indent: usize) {
    let _ = write!(out, "{:indent$}-", "");
    match item {
        Value::Object(map) if !map.is_empty() => {
            let mut entries = String::new();
            for (key, value) in map {
                write_entry(&mut entries, key, value, indent + 2);
            }
            // The first entry stands beside the dash.
            out.push(' ');
            out.push_str(entries.trim_start());
        }
        item => write_value(out, item, indent + 2),
    }
}

/// A scalar or something empty, on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        other => other.to_string(),
    }
}

fn string(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether a text can stand bare: it begins with a letter, `/`, `<` or `_`, has no character that means something, and
/// is none of the words that some version of YAML reads as null, a boolean or a number.
fn is_plain(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || "-._/<>=+@() ;".contains(c);
    let first = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '<' | '_');
    let bare = |text: &str| text.chars().all(inside) && !text.ends_with(' ');
    text.starts_with(first) && bare(text) && text != "<<" && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"];

/// Double quotes with JSON's escapes, and those characters escaped that YAML does not let stand in a file.
fn quoted(text: &str) -> String {
    let forbidden = |c: char| matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    json::escape(&Value::from(text).to_string(), |c| commands_terminal(c) || forbidden(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Value {
        serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
    }

    #[test]
    fn the_document_is_read_back_as_it_was() {
        let value = json!({
            "schema": "rollbook/v1", "empty": {}, "none": null, "list": [], "nested": [[1, [2, {"a": []}]], [], {}],
            "items": [{"path": "k8s/web.yaml", "images": ["nginx:1.14.2", "b"], "deep": {"x": [{"y": "z"}]}}, "text", 3, -1.5],
            "text": "two\nlines\n", "": "", " ": " x ", "esc": "\u{1b}[31m\u{85}\u{7f}",
        });
        assert_eq!(read(&block(&value)), value);
        for scalar in [json!({}), json!([]), json!("yes"), json!(null)] {
            assert_eq!(read(&block(&scalar)), scalar);
        }
    }

    #[test]
    fn what_some_reader_takes_for_something_else_is_quoted() {
        for text in [
            "y",
            "N",
            "yes",
            "No",
            "on",
            "OFF",
            "True",
            "null",
            "~",
            "",
            "1_000",
            "0_7",
            "0644",
            "0o17",
            "0x1F",
            "0b1",
            "1e3",
            "1:30",
            ".inf",
            "-.INF",
            ".nan",
            "2026-10-01",
            "-",
            "- a",
            "a: b",
            "a #b",
            "#a",
            "<<",
            "=",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "'a'",
            "\"a\"",
            "[a",
            "{a",
            "a,b",
            "? a",
            "| a",
            "> a",
            " a",
            "a ",
            "1.5",
            "+1",
            "---",
            "...",
            "a:",
        ] {
            assert_eq!(string(text), quoted(text), "{text}");
        }
    }

    #[test]
    fn what_can_only_be_text_stands_bare() {
        for text in ["web", "k8s/web.yaml", "rollbook/v1", "<none>", "Ada Lovelace", "apps/v1", "web-6c5f67b5f7"] {
            assert_eq!(string(text), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_as_it_was(text in ".*", key in "\\PC*") {
            let value = json!({ key: [text.clone(), { "x": text }] });
            prop_assert_eq!(read(&block(&value)), value);
        }
    }
}
