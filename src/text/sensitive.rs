//! A Secret's value: it can be compared and hashed, and no sink can show it.

use std::fmt;

/// A value of a Secret. `Debug` and `Serialize` give the word `hidden`; there is no `Display`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Sensitive(String);

impl Sensitive {
    /// What every sink shows in place of the value.
    pub const HIDDEN: &'static str = "hidden";

    /// Takes the value in; only [`Sensitive::expose`] gives it out again.
    pub fn new(value: String) -> Self {
        Self(value)
    }

    /// The value itself, for digests and comparisons: never for an output.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::HIDDEN)
    }
}

impl serde::Serialize for Sensitive {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Self::HIDDEN)
    }
}
