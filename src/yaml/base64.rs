//! `!!binary`: bytes as base64, which end as a JSON string.

/// The text that a JSON document gets of these bytes: padded base64, line breaks left out, and U+FFFD for each byte
/// that is not UTF-8, as Go's `encoding/json` writes it.
pub(super) fn decode(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let padding = digits.iter().rev().take(2).take_while(|&&digit| digit == b'=').count();
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    for (at, group) in digits.chunks_exact(4).enumerate() {
        let last = (at + 1) * 4 == digits.len();
        let absent = if last { padding } else { 0 };
        let bits = group[..4 - absent].iter().try_fold(0u32, |bits, &digit| Some(bits << 6 | value(digit)?))?;
        let bits = bits << (6 * absent);
        bytes.extend_from_slice(&bits.to_be_bytes()[1..4 - absent]);
    }
    Some(replacing(&bytes))
}

fn value(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Go replaces every byte that is part of no character; Rust's lossy conversion would join some.
fn replacing(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_as_go_reads_it() {
        for (text, bytes) in [
            ("aGVsbG8=", Some("hello")),
            ("aGVs\nbG8=\n", Some("hello")),
            ("aA==", Some("h")),
            ("", Some("")),
            ("0x1F", Some("\u{fffd}\u{1d}E")),
            ("null", Some("\u{fffd}\u{fffd}e")),
            ("12", None),
            ("a===", None),
            ("aA==aA==", None),
            ("yes!", None),
        ] {
            assert_eq!(decode(text).as_deref(), bytes, "{text}");
        }
    }
}
