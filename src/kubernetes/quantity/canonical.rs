//! Quantity to text: `CanonicalizeBytes` of quantity.go, and the rounding of resource lists.

use super::parse::{MOST_DIGITS, rescale};
use super::{Amount, BadQuantity, Format, Quantity};
use num_bigint::{BigInt, Sign};

/// Decimal suffixes and their exponents of ten.
pub(super) const DECIMAL: [(&str, i32); 10] =
    [("", 0), ("n", -9), ("u", -6), ("m", -3), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];
/// Binary suffixes and their exponents of two.
pub(super) const BINARY: [(&str, i32); 6] = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40), ("Pi", 50), ("Ei", 60)];

impl Quantity {
    /// What a resource list does to its quantities (`SetDefaults_ResourceList`): rounded up, away from zero.
    pub(super) fn round_up_to_milli(&mut self) {
        const MILLI: i32 = 3;
        match &mut self.amount {
            Amount::Int { scale, .. } if *scale >= -MILLI => return,
            Amount::Int { value, scale } => {
                let rounded = rescale(BigInt::from(*value), -i64::from(*scale), i64::from(MILLI));
                *value = rounded.ok().and_then(|value| i64::try_from(value).ok()).expect("rounding makes it smaller");
                *scale = -MILLI;
            }
            Amount::Dec { unscaled, scale } => {
                let rounded = rescale(std::mem::take(unscaled), i64::from(*scale), i64::from(MILLI));
                *unscaled = rounded.expect("three digits more at the most");
                *scale = MILLI;
            }
        }
        self.text.clear();
    }

    /// The canonical text: the largest suffix that leaves a whole number.
    pub(super) fn canonical(&self) -> Result<String, BadQuantity> {
        let (unscaled, exponent) = self.parts();
        if unscaled.sign() == Sign::NoSign {
            return Ok("0".into());
        }
        if self.format == Format::BinarySi
            && let Some(whole) = whole(&unscaled, exponent)?
            && whole.magnitude() >= &1024u32.into()
        {
            return Ok(binary(whole));
        }
        let (number, exponent) = thousands(unscaled, exponent)?;
        Ok(match self.format {
            Format::DecimalExponent if exponent == 0 => number.to_string(),
            Format::DecimalExponent => format!("{number}e{exponent}"),
            // Beyond `E` Go writes the number without any suffix; so it is what the controller gets.
            _ => format!("{number}{}", DECIMAL.iter().find(|(_, e)| *e == exponent).map_or("", |(suffix, _)| suffix)),
        })
    }

    /// The number alone, the same for every spelling of it: digits without a trailing zero, and an exponent of ten.
    pub(crate) fn value(&self) -> (BigInt, i64) {
        let (unscaled, exponent) = self.parts();
        if unscaled.sign() == Sign::NoSign { (unscaled, 0) } else { without_tens(unscaled, exponent) }
    }

    /// The number as 1.2 holds one of a resource list: in thousandths, of which such a list has no fraction.
    pub(crate) fn in_thousandths(&self) -> Amount {
        const MILLI: i32 = 3;
        let (digits, exponent) = self.value();
        let power = u32::try_from(exponent + i64::from(MILLI)).unwrap_or(0);
        Amount::Dec { unscaled: digits * BigInt::from(10).pow(power), scale: MILLI }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.value().0.sign() == Sign::NoSign
    }

    fn parts(&self) -> (BigInt, i64) {
        match &self.amount {
            Amount::Int { value, scale } => (BigInt::from(*value), i64::from(*scale)),
            Amount::Dec { unscaled, scale } => (unscaled.clone(), -i64::from(*scale)),
        }
    }
}

/// The number, if it has no fraction.
fn whole(unscaled: &BigInt, exponent: i64) -> Result<Option<BigInt>, BadQuantity> {
    let (number, exponent) = without_tens(unscaled.clone(), exponent);
    match exponent {
        ..0 => Ok(None),
        0..=MOST_DIGITS => Ok(Some(number * BigInt::from(10).pow(exponent as u32))),
        _ => Err(BadQuantity::TooLarge),
    }
}

/// A whole number with the largest binary suffix. Beyond `Ei` there is none, as in Go.
fn binary(mut number: BigInt) -> String {
    let mut times = 0;
    while (&number % 1024u32).sign() == Sign::NoSign {
        number /= 1024u32;
        times += 10;
    }
    format!("{number}{}", BINARY.iter().find(|(_, e)| *e == times).map_or("", |(suffix, _)| suffix))
}

/// The number with an exponent that is a multiple of three.
fn thousands(unscaled: BigInt, exponent: i64) -> Result<(BigInt, i32), BadQuantity> {
    let (number, exponent) = without_tens(unscaled, exponent);
    let more = exponent.rem_euclid(3);
    let exponent = i32::try_from(exponent - more).map_err(|_| BadQuantity::TooLarge)?;
    Ok((number * BigInt::from(10).pow(more as u32), exponent))
}

fn without_tens(mut number: BigInt, mut exponent: i64) -> (BigInt, i64) {
    while (&number % 10u32).sign() == Sign::NoSign {
        number /= 10u32;
        exponent += 1;
    }
    (number, exponent)
}
