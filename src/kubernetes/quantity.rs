//! Quantities (`500m`, `1.5Gi`) as apimachinery's `resource.Quantity` holds them. What counts is not the number alone:
//! the hash is over the Go struct, so the split into value and scale and the cached text matter too.
//!
//! Source: apimachinery `pkg/api/resource`: quantity.go, amount.go, suffix.go, scale_int.go.

mod canonical;
mod parse;

use num_bigint::BigInt;

/// A quantity as the controller holds it, after its way through the API server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub(crate) amount: Amount,
    pub(crate) format: Format,
    /// What Go caches of the spelling; empty where it would have to be computed.
    pub(crate) text: String,
}

/// The number, in one of the two ways that Go holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// `value` × 10^`scale`.
    Int { value: i64, scale: i32 },
    /// `unscaled` × 10^-`scale`, for what does not fit (`inf.Dec`).
    Dec { unscaled: BigInt, scale: i32 },
}

/// How a quantity is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    DecimalExponent,
    BinarySi,
    DecimalSi,
}

impl Format {
    /// The word that Go's constant holds.
    pub fn go_name(self) -> &'static str {
        match self {
            Format::DecimalExponent => "DecimalExponent",
            Format::BinarySi => "BinarySI",
            Format::DecimalSi => "DecimalSI",
        }
    }
}

/// A text that Kubernetes reads as no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadQuantity {
    #[error("is not a quantity such as `500m`, `1.5` or `128Mi`")]
    Format,
    #[error("has a suffix that no quantity has: `n u m k M G T P E`, `Ki Mi Gi Ti Pi Ei` or an exponent")]
    Suffix,
    #[error("is a number too large to write out")]
    TooLarge,
}

impl Quantity {
    /// The quantity of a field as the controller gets it: parsed, in a resource list (`limits`, `requests`,
    /// `overhead`) rounded up to thousandths, written for the wire, and parsed again.
    ///
    /// # Errors
    /// What Kubernetes refuses to decode.
    pub fn on_the_wire(text: &str, in_list: bool) -> Result<Quantity, BadQuantity> {
        let mut quantity = Quantity::parse(text)?;
        if in_list {
            quantity.round_up_to_milli();
        }
        Quantity::parse(&quantity.wire()?)
    }

    /// The zero that an unset quantity is on the wire.
    pub fn zero() -> Quantity {
        Quantity { amount: Amount::Int { value: 0, scale: 0 }, format: Format::DecimalSi, text: "0".into() }
    }

    /// The text that goes over the wire: the cached spelling, else the canonical one.
    ///
    /// # Errors
    /// A number with more digits than anybody could mean.
    pub fn wire(&self) -> Result<String, BadQuantity> {
        if self.text.is_empty() { self.canonical() } else { Ok(self.text.clone()) }
    }

    /// How much it is, about.
    pub(crate) fn about(&self) -> f64 {
        match &self.amount {
            Amount::Int { value, scale } => *value as f64 * 10f64.powi(*scale),
            Amount::Dec { unscaled, scale } => {
                unscaled.to_string().parse().unwrap_or(f64::INFINITY) * 10f64.powi(scale.saturating_neg())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(value: i64, scale: i32, text: &str, format: Format) -> Quantity {
        Quantity { amount: Amount::Int { value, scale }, format, text: text.into() }
    }

    #[test]
    fn what_the_controller_holds() {
        use Format::{BinarySi, DecimalExponent, DecimalSi};
        for (text, held) in [
            ("10m", int(10, -3, "10m", DecimalSi)),
            ("0.5", int(500, -3, "500m", DecimalSi)),
            ("1000m", int(1, 0, "1", DecimalSi)),
            ("1024Mi", int(1_073_741_824, 0, "1Gi", BinarySi)),
            ("128Mi", int(134_217_728, 0, "", BinarySi)),
            ("1.5Gi", int(1_610_612_736, 0, "", BinarySi)),
            ("1.3Gi", int(1_395_864_371_200, -3, "1395864371200m", DecimalSi)),
            ("1000M", int(1, 9, "1G", DecimalSi)),
            ("5e-1", int(500, -3, "500e-3", DecimalExponent)),
            ("00", Quantity::zero()),
            ("+1", int(1, 0, "+1", DecimalSi)),
            ("0.0005", int(1, -3, "1m", DecimalSi)),
        ] {
            assert_eq!(Quantity::on_the_wire(text, true), Ok(held), "{text}");
        }
        assert_eq!(Quantity::on_the_wire("0.0005", false), Ok(int(500, -6, "500u", DecimalSi)));
    }

    #[test]
    fn a_hostile_exponent_ends_in_an_error_or_at_once() {
        for text in [
            "1234567890123456789e2000000000",
            "1.5e-2147483648",
            "1e2147483647",
            "0.1e-2147483648",
            "9e99999999999999999999",
        ] {
            let _ = Quantity::on_the_wire(text, true);
        }
    }
}
