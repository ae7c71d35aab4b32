//! JSON that a terminal only shows.

use std::fmt::Write as _;

use crate::text::commands_terminal;

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

    #[test]
    fn nothing_in_json_commands_a_terminal() {
        let text = "\u{9b}31m\u{7f}\u{202e}\u{1b}[2J ž 漢 🚀\n";
        let json = quiet(serde_json::to_string(text).unwrap());
        assert!(!json.contains(commands_terminal), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
