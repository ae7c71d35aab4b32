//! The number behind a name: FNV-1a over the dump, spelled so that no name says a bad word.
//!
//! Source: kubernetes `pkg/controller/controller_utils.go` ComputeHash, apimachinery `pkg/util/rand` SafeEncodeString.

use super::dump::Out;
use crate::kubernetes::Version;
use std::fmt;

/// A pod-template-hash: displays as the suffix of a ReplicaSet's name, `6c5f67b5f7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Hash(u32);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";
        let mut digits = itoa::Buffer::new();
        let encoded = digits.format(self.0).bytes().map(|digit| char::from(ALPHABET[usize::from(digit) % 27]));
        f.pad(&encoded.collect::<String>())
    }
}

impl Hash {
    /// The name of the ReplicaSet that a Deployment of this name gets.
    ///
    /// From 1.34 on a Deployment's name is cut so that the whole fits 253 characters; before, one of more than 242
    /// never got a ReplicaSet.
    pub fn replica_set_name(self, deployment: &str, version: Version) -> String {
        const CUT_SINCE: u8 = 34;
        let hash = self.to_string();
        let most = 252 - hash.len();
        let kept = match deployment.len() > most && version.minor() >= CUT_SINCE {
            true => deployment.get(..most).unwrap_or(deployment),
            false => deployment,
        };
        format!("{kept}-{hash}")
    }
}

impl Hash {
    /// The hash of a ControllerRevision's bytes, with the collision count behind them in decimal: FNV-1, which
    /// multiplies first.
    /// Source: kubernetes `pkg/controller/history/controller_history.go` HashControllerRevision.
    pub(super) fn of_patch(patch: &str, collision: i32) -> Hash {
        let mut digits = itoa::Buffer::new();
        let bytes = patch.bytes().chain(digits.format(collision).bytes());
        Hash(bytes.fold(Fnv1a::BASIS, |hash, byte| hash.wrapping_mul(Fnv1a::PRIME) ^ u32::from(byte)))
    }
}

/// FNV-1a of 32 bits, fed with the dump as it is written.
pub(super) struct Fnv1a(u32);

impl Fnv1a {
    const PRIME: u32 = 16_777_619;
    const BASIS: u32 = 2_166_136_261;

    pub fn new() -> Self {
        Fnv1a(Self::BASIS)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(Self::PRIME));
    }

    /// The hash, with the count of collisions behind the dump: four bytes, little-endian, and four zeros.
    pub fn finish(mut self, collision: Option<i32>) -> Hash {
        if let Some(count) = collision {
            self.bytes(&count.to_le_bytes());
            self.bytes(&[0; 4]);
        }
        Hash(self.0)
    }
}

impl Out for Fnv1a {
    fn put(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_become_letters_that_spell_nothing() {
        assert_eq!(Hash(2_719_236_193).to_string(), "6c5f67b5f7");
        assert_eq!(Hash(0).to_string(), "4");
        assert_eq!(format!("{:>5}", Hash(0)), "    4");
    }

    #[test]
    fn a_long_name_is_cut_from_1_34_on() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        let name = "d".repeat(250);
        assert_eq!(Hash(0).replica_set_name(&name, version("1.33")).len(), 252);
        assert_eq!(Hash(u32::MAX).replica_set_name(&name, version("1.33")).len(), 261);
        assert_eq!(Hash(u32::MAX).replica_set_name(&name, version("1.34")).len(), 253);
        assert_eq!(Hash(0).replica_set_name("web", version("1.37")), "web-4");
    }
}
