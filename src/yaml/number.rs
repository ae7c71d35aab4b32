//! Numbers as Go reads and writes them: go-yaml and encoding/json decide what an API server gets.

use std::borrow::Cow;

/// A number as go-yaml takes it from a plain word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Int(i64),
    /// Fits `u64` only.
    Unsigned(u64),
    Float(f64),
}

/// What Go's `strconv` makes of a word, underscores left out, as `resolve` of go-yaml asks it: an integer with any of
/// Go's prefixes, else a decimal float that is finite.
pub(super) fn parse(word: &str) -> Option<Number> {
    let plain: Cow<'_, str> = if word.contains('_') { word.replace('_', "").into() } else { word.into() };
    integer(&plain).or_else(|| decimal(&plain)).or_else(|| binary_with_inner_sign(&plain))
}

/// `strconv.ParseInt(word, 0, 64)`, then `ParseUint`: `0x`, `0o`, `0b` in either case, and a bare `0` for octal.
fn integer(word: &str) -> Option<Number> {
    let (sign, digits) = match word.as_bytes().first()? {
        b'-' | b'+' => word.split_at(1),
        _ => ("", word),
    };
    let (base, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.bytes().all(|digit| digit.is_ascii_alphanumeric()) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, base).ok()?;
    match sign {
        "-" => 0i64.checked_sub_unsigned(magnitude).map(Number::Int),
        "+" => i64::try_from(magnitude).ok().map(Number::Int),
        _ => Some(i64::try_from(magnitude).map_or(Number::Unsigned(magnitude), Number::Int)),
    }
}

/// go-yaml's `yamlStyleFloat`: `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
fn decimal(word: &str) -> Option<Number> {
    let fits = word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    if fits { finite(word) } else { None }
}

/// A word that begins with a point goes to `strconv.ParseFloat` as it is, which lets `_` stand between digits.
pub(super) fn fraction(word: &str) -> Option<Number> {
    let digit = |at: Option<usize>| at.and_then(|at| word.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    let allowed =
        memchr::memchr_iter(b'_', word.as_bytes()).all(|at| digit(at.checked_sub(1)) && digit(at.checked_add(1)));
    if allowed { finite(&word.replace('_', "")) } else { None }
}

/// `strconv.ParseFloat` where it gives no error: a word out of range stays a string.
pub(super) fn finite(word: &str) -> Option<Number> {
    word.parse().ok().filter(|number: &f64| number.is_finite()).map(Number::Float)
}

/// go-yaml reads what follows `0b` by `strconv.ParseInt(…, 2, 64)`, which takes a sign there too.
fn binary_with_inner_sign(word: &str) -> Option<Number> {
    let digits = word.strip_prefix("0b")?;
    digits.starts_with(['-', '+']).then(|| i64::from_str_radix(digits, 2).ok().map(Number::Int))?
}

/// A float64 as Go's `encoding/json` writes it, and so what an API server gets, parses a quantity from, and stores:
/// the shortest digits that read back as the same number, with an exponent below 1e-6 and from 1e21.
///
/// ```
/// use rollbook::yaml::float_text;
///
/// assert_eq!(float_text(1.0), "1");
/// assert_eq!(float_text(1e21), "1e+21");
/// ```
pub fn float_text(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        return format!("{number}");
    }
    let text = format!("{number:e}");
    match text.split_once("e-") {
        Some((digits, exponent)) => format!("{digits}e-{exponent}"),
        None => text.replacen('e', "e+", 1),
    }
}

/// A float as go-yaml writes a key that is one: `strconv.FormatFloat(number, 'g', -1, 32)`, in sigs.k8s.io/yaml.
pub(super) fn key_text(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "the key is written with the digits of a float32")]
    let narrow = number as f32;
    if narrow.is_nan() {
        return ".nan".into();
    }
    if narrow.is_infinite() {
        return if narrow > 0.0 { ".inf".into() } else { "-.inf".into() };
    }
    let scientific = format!("{narrow:e}");
    let (digits, exponent) = scientific.split_once('e').expect("the format has an exponent");
    let exponent: i32 = exponent.parse().expect("the format has a numeric exponent");
    if narrow != 0.0 && !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    format!("{narrow}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_the_numbers_of_go() {
        for (word, number) in [
            ("0644", Some(Number::Int(420))),
            ("08", Some(Number::Float(8.0))),
            ("0o17", Some(Number::Int(15))),
            ("-0X1f", Some(Number::Int(-31))),
            ("0b-11", Some(Number::Int(-3))),
            ("1_000", Some(Number::Int(1000))),
            ("0x", None),
            ("-", None),
            ("--1", None),
            ("0x+1", None),
            ("-9223372036854775808", Some(Number::Int(i64::MIN))),
            ("18446744073709551615", Some(Number::Unsigned(u64::MAX))),
            ("18446744073709551616", Some(Number::Float(18446744073709551616.0))),
            ("1E400", None),
            ("5.", Some(Number::Float(5.0))),
            ("1e", None),
            ("1:30", None),
            ("1e5e5", None),
        ] {
            assert_eq!(parse(word), number, "{word}");
        }
    }

    #[test]
    fn floats_are_written_as_go_writes_json() {
        for (number, text) in [
            (0.5, "0.5"),
            (100.0, "100"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (-2.5e-10, "-2.5e-10"),
            (18446744073709551616.0, "18446744073709552000"),
            (0.1 + 0.2, "0.30000000000000004"),
            (-0.0, "-0"),
        ] {
            assert_eq!(float_text(number), text);
        }
    }

    #[test]
    fn float_keys_have_the_digits_of_a_float32() {
        for (number, text) in [
            (1.5, "1.5"),
            (1000.0, "1000"),
            (1e6, "1e+06"),
            (18446744073709551616.0, "1.8446744e+19"),
            (0.00001, "1e-05"),
            (0.0001, "0.0001"),
            (f64::NEG_INFINITY, "-.inf"),
            (-0.0, "-0"),
        ] {
            assert_eq!(key_text(number), text);
        }
    }
}
