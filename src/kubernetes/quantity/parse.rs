//! Text to quantity: `ParseQuantity` of quantity.go.

use super::{Amount, BadQuantity, Format, Quantity};
use num_bigint::{BigInt, Sign};

/// Digits that fit an int64 whatever they are (`maxInt64Factors`).
const INT64_DIGITS: i32 = 18;
/// The smallest scale that a quantity keeps: billionths.
const NANO: i32 = -9;
/// More digits than this are written out for nobody.
pub(super) const MOST_DIGITS: i64 = 1_000;

/// A text taken apart: sign, the digits before the point (without leading zeros, at least one) and behind it, and
/// what follows them.
struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    suffix: &'a str,
    /// Whether any digit is written: the slow way wants one.
    written: bool,
}

impl Quantity {
    /// Parses as the API server does; the spelling is kept where Go keeps it.
    ///
    /// # Errors
    /// What `ParseQuantity` refuses.
    pub(crate) fn parse(text: &str) -> Result<Quantity, BadQuantity> {
        match text {
            "" => return Err(BadQuantity::Format),
            "0" => return Ok(Quantity::zero()),
            _ if text.len() as i64 > MOST_DIGITS => return Err(BadQuantity::TooLarge),
            _ => {}
        }
        let parts = take_apart(text)?;
        let (exponent, format) = interpret(parts.suffix).ok_or(BadQuantity::Suffix)?;
        match fast(&parts, exponent, format) {
            Some((value, scale, canonical)) => Ok(Quantity {
                amount: Amount::Int { value, scale },
                format,
                text: if canonical { text.to_owned() } else { String::new() },
            }),
            None => slow(&parts, exponent, format),
        }
    }
}

/// `parseQuantityString`: lenient where Go is (`-`, `1.`, `.5k` are numbers).
fn take_apart(text: &str) -> Result<Parts<'_>, BadQuantity> {
    let (negative, rest) = match text.as_bytes()[0] {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (zeros, rest) = rest.split_at(rest.len() - rest.trim_start_matches('0').len());
    let (whole, rest) = digits(rest);
    let written = !zeros.is_empty() || !whole.is_empty();
    let whole = if whole.is_empty() { "0" } else { whole };
    let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), digits);
    let tail = suffix.trim_start_matches(|c| "eEinumkKMGTP".contains(c));
    let tail = tail.strip_prefix(['-', '+']).unwrap_or(tail);
    match digits(tail) {
        (_, "") => Ok(Parts { negative, whole, fraction, suffix, written: written || !fraction.is_empty() }),
        _ => Err(BadQuantity::Format),
    }
}

/// The leading digits, and the rest.
fn digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// A suffix's exponent, of ten or (binary) of two.
fn interpret(suffix: &str) -> Option<(i32, Format)> {
    use Format::{BinarySi, DecimalExponent, DecimalSi};
    if let Some((_, exponent)) = super::canonical::DECIMAL.iter().find(|(text, _)| *text == suffix) {
        return Some((*exponent, DecimalSi));
    }
    if let Some((_, exponent)) = super::canonical::BINARY.iter().find(|(text, _)| *text == suffix) {
        return Some((*exponent, BinarySi));
    }
    let exponent: i64 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    Some((exponent as i32, DecimalExponent)) // Go wraps around too
}

/// The way for what fits an int64: value, scale, and whether the spelling is taken for canonical.
fn fast(parts: &Parts, exponent: i32, format: Format) -> Option<(i64, i32, bool)> {
    let length = |text: &str| i32::try_from(text.len()).unwrap_or(i32::MAX);
    let (precision, mut scale, factor) = match format {
        Format::BinarySi if parts.fraction.is_empty() => {
            (15 - length(parts.whole) - (exponent as f32 * 3.0 / 10.0) as i32 - 1, 0, 1i64 << exponent)
        }
        Format::BinarySi => return None,
        _ => (INT64_DIGITS.saturating_sub(length(parts.whole).saturating_add(length(parts.fraction))), exponent, 1),
    };
    if precision < 0 {
        return None;
    }
    scale = scale.wrapping_sub(length(parts.fraction));
    if scale < NANO {
        return None;
    }
    let shifted = format!("{}{}", parts.whole, parts.fraction);
    let number: i64 = shifted.parse().ok()?;
    let value = number.checked_mul(factor)?;
    let canonical = match format {
        Format::BinarySi => exponent % 10 == 0 && number & 7 != 0,
        _ => scale % 3 == 0 && !shifted.ends_with("000") && !shifted.starts_with('0'),
    };
    Some((if parts.negative { -value } else { value }, scale, canonical))
}

/// The way for the rest: an exact decimal, rounded up to billionths, capped where it is binary.
fn slow(parts: &Parts, exponent: i32, format: Format) -> Result<Quantity, BadQuantity> {
    if !parts.written {
        return Err(BadQuantity::Format);
    }
    let shifted = format!("{}{}", parts.whole, parts.fraction);
    let mut unscaled: BigInt = shifted.parse().map_err(|_| BadQuantity::Format)?;
    let mut scale = i64::try_from(parts.fraction.len()).map_err(|_| BadQuantity::TooLarge)?;
    if format == Format::BinarySi {
        unscaled <<= exponent;
    } else {
        scale -= i64::from(exponent);
    }
    let mut unscaled = rescale(unscaled, scale, -i64::from(NANO))?;
    let mut scale = -NANO;
    let mut format = format;
    if format == Format::BinarySi {
        let one = BigInt::from(1_000_000_000);
        if unscaled > BigInt::from(i64::MAX) * &one {
            (unscaled, scale) = (BigInt::from(i64::MAX), 0);
        } else if unscaled < one && unscaled.sign() == Sign::Plus {
            format = Format::DecimalSi;
        }
    }
    let unscaled = if parts.negative { -unscaled } else { unscaled };
    Ok(Quantity { amount: Amount::Dec { unscaled, scale }, format, text: String::new() })
}

/// `unscaled` × 10^-`from` as a number × 10^-`to`, rounded away from zero (`inf.RoundUp`).
pub(super) fn rescale(unscaled: BigInt, from: i64, to: i64) -> Result<BigInt, BadQuantity> {
    if from <= to {
        return match to - from {
            0 => Ok(unscaled),
            _ if unscaled.sign() == Sign::NoSign => Ok(unscaled),
            more if more > MOST_DIGITS => Err(BadQuantity::TooLarge),
            more => Ok(unscaled * BigInt::from(10).pow(more as u32)),
        };
    }
    let away = BigInt::from(match unscaled.sign() {
        Sign::Minus => -1,
        Sign::NoSign => 0,
        Sign::Plus => 1,
    });
    if (from - to) as u64 > unscaled.bits() {
        return Ok(away); // ten to that is more than the number
    }
    let divisor = BigInt::from(10).pow((from - to) as u32);
    let quotient = &unscaled / &divisor;
    Ok(if &quotient * &divisor == unscaled { quotient } else { quotient + away })
}
