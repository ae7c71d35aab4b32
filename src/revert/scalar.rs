//! Values on one line, written so that they read back as they are.

use std::fmt::Write as _;

use crate::text::Sensitive;
use crate::yaml::{Dialect, Node, Stream, Style, Value, float_text};

/// A value as JSON that is YAML too, keys in their order.
pub(super) fn flow(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => float(*number),
        Value::String(text) => quoted(text),
        Value::Sealed(_) => quoted(Sensitive::HIDDEN),
        Value::Sequence(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|entry| format!("{}: {}", quoted(&entry.key), flow(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A number that stays a float.
fn float(number: f64) -> String {
    let text = float_text(number);
    if text.contains(['.', 'e']) { text } else { format!("{text}.0") }
}

/// A string in double quotes, with the escapes of JSON for what YAML does not let stand in a file.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..' ' | '\u{7f}'..'\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                write!(out, "\\u{:04x}", u32::from(c)).expect("a String takes all");
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A string as a value in a style like the one that it replaces, so that every reader takes it for that string.
pub(super) fn like(text: &str, style: Style, in_flow: bool) -> String {
    let single = || format!("'{}'", text.replace('\'', "''"));
    let wanted = match style {
        Style::DoubleQuoted => None,
        Style::SingleQuoted => Some(single()),
        _ => Some(text.to_owned()),
    };
    wanted.filter(|wanted| reads_back(wanted, text, in_flow)).unwrap_or_else(|| quoted(text))
}

fn reads_back(written: &str, text: &str, in_flow: bool) -> bool {
    let document = if in_flow { format!("{{a: {written}, b: 1}}") } else { format!("a: {written} # c\nb: 1\n") };
    [Dialect::Kubectl, Dialect::Kustomize].into_iter().all(|dialect| {
        let stream = Stream::parse(document.as_bytes(), dialect);
        let [document] = &stream.documents[..] else { return false };
        let is_whole = stream.error.is_none() && document.root.get("b").and_then(Node::as_int) == Some(1);
        is_whole && document.root.get("a").and_then(Node::as_str) == Some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_string_is_written_as_the_one_before_where_it_can() {
        for (text, style, in_flow, expected) in [
            ("web 1.5.0", Style::Plain, false, "web 1.5.0"),
            ("web 1.5.0", Style::Literal, false, "web 1.5.0"),
            ("web 1.5.0", Style::SingleQuoted, false, "'web 1.5.0'"),
            ("it's", Style::SingleQuoted, false, "'it''s'"),
            ("web 1.5.0", Style::DoubleQuoted, false, "\"web 1.5.0\""),
            ("a, b", Style::Plain, false, "a, b"),
            ("a, b", Style::Plain, true, "\"a, b\""),
            ("fix: #12", Style::Plain, false, "\"fix: #12\""),
            ("1.5", Style::Plain, false, "\"1.5\""),
            ("yes", Style::Plain, false, "\"yes\""),
            ("", Style::Plain, false, "\"\""),
            ("*a", Style::Plain, false, "\"*a\""),
            ("two\nlines\n", Style::SingleQuoted, false, "\"two\\nlines\\n\""),
            ("two\nlines\n", Style::Literal, false, "\"two\\nlines\\n\""),
            (" blanks ", Style::Plain, false, "\" blanks \""),
        ] {
            assert_eq!(like(text, style, in_flow), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_string_reads_back(text in any::<String>(), index in 0..3usize, in_flow in any::<bool>()) {
            let style = [Style::Plain, Style::SingleQuoted, Style::DoubleQuoted][index];
            let written = like(&text, style, in_flow);
            prop_assert!(reads_back(&written, &text, in_flow), "{written:?}");
            prop_assert!(!written.contains('\n'));
        }
    }
}
