//! The little arithmetic on quantities that a description needs: whole units and thousandths, rounded up.

/// A quantity's value: `digits` × 10^`exponent`, or a multiple of a power of two written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    digits: i128,
    exponent: i32,
}

/// Suffixes and what they multiply by, as a factor and a power of ten.
const SUFFIXES: [(&str, i128, i32); 16] = [
    ("Ki", 1 << 10, 0),
    ("Mi", 1 << 20, 0),
    ("Gi", 1 << 30, 0),
    ("Ti", 1 << 40, 0),
    ("Pi", 1 << 50, 0),
    ("Ei", 1 << 60, 0),
    ("n", 1, -9),
    ("u", 1, -6),
    ("m", 1, -3),
    ("k", 1, 3),
    ("M", 1, 6),
    ("G", 1, 9),
    ("T", 1, 12),
    ("P", 1, 15),
    ("E", 1, 18),
    ("", 1, 0),
];

impl Amount {
    pub(super) const ONE: Self = Self { digits: 1, exponent: 0 };

    /// Reads a quantity in its canonical spelling: an integer with a suffix or with an exponent (`1e3`). Nothing for
    /// other text, or for a value beyond all that Kubernetes stores.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+')).unwrap_or(text.len());
        let (digits, suffix) = text.split_at(end);
        let digits: i128 = digits.parse().ok()?;
        if let Some(&(_, factor, exponent)) = SUFFIXES.iter().find(|row| row.0 == suffix) {
            return Some(Self { digits: digits.checked_mul(factor)?, exponent });
        }
        let exponent = suffix.strip_prefix(['e', 'E'])?.parse().ok().filter(|e| (-18..=18).contains(e))?;
        Some(Self { digits, exponent })
    }

    pub(super) fn is_zero(self) -> bool {
        self.digits == 0
    }

    pub(super) fn is_positive(self) -> bool {
        self.digits > 0
    }

    /// Whole units (`Quantity.Value`).
    pub(super) fn units(self) -> i64 {
        self.scaled(0)
    }

    /// Thousandths (`Quantity.MilliValue`).
    pub(super) fn millis(self) -> i64 {
        self.scaled(3)
    }

    /// The value × 10^`shift`, rounded away from zero. What does not fit overflows as Go's does there.
    fn scaled(self, shift: i32) -> i64 {
        let exponent = self.exponent + shift;
        let power = 10i128.pow(exponent.unsigned_abs());
        if exponent >= 0 {
            let exact = self.digits.checked_mul(power).and_then(|value| i64::try_from(value).ok());
            exact.unwrap_or_else(|| self.overflow(exponent, power))
        } else {
            (self.digits / power + (self.digits % power).signum()) as i64
        }
    }

    /// Up to 18 digits are an `int64Amount`, which wraps round where a single multiplication scales it and gives up
    /// with 0 elsewhere; more are an `infDecAmount`, which wraps round (k8s.io/apimachinery/pkg/api/resource:
    /// `positiveScaleInt64`, `scaledValue`).
    fn overflow(self, exponent: i32, power: i128) -> i64 {
        let is_long = self.digits.unsigned_abs() >= 10u128.pow(18);
        let wraps = is_long || matches!(exponent, 0 | 1 | 2 | 3 | 6 | 9);
        if wraps { (self.digits as i64).wrapping_mul(power as i64) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_spellings_have_their_value() {
        for (text, units, millis) in [
            ("0", 0, 0),
            ("1", 1, 1000),
            ("1500m", 2, 1500),
            ("-1500m", -2, -1500),
            ("1n", 1, 1),
            ("3Ki", 3072, 3_072_000),
            ("12e3", 12_000, 12_000_000),
            ("5E", 5_000_000_000_000_000_000, 0),
            ("7Ei", 7 << 60, i64::MIN),
            ("9223372036854775808", i64::MIN, 0),
            ("10E", 0, 0),
        ] {
            let amount = Amount::parse(text).expect(text);
            assert_eq!((amount.units(), amount.millis()), (units, millis), "{text}");
        }
    }

    #[test]
    fn other_text_is_no_quantity() {
        for text in ["", "m", "1.5", "1x", "1e", "1e99999999999", "1e400", "--1", &"9".repeat(50)] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
    }
}
