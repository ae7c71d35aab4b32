//! The number behind a name: a checksum of the dump, since 1.8 spelled so that no name says a bad word.
//!
//! Source: kubernetes `pkg/controller/controller_utils.go` ComputeHash, apimachinery `pkg/util/rand` SafeEncodeString;
//! up to 1.6 `pkg/util/pod` GetPodTemplateSpecHash.

use super::dump::Out;
use super::stretch::Stretch;
use crate::kubernetes::Version;
use std::fmt;

/// How a digit is written since 1.8: by the place of its byte, so that the letters stand in no order.
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";
const FNV_BASIS: u32 = 2_166_136_261;
pub(super) const FNV_PRIME: u32 = 16_777_619;

/// How a version makes a hash of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Algorithm {
    /// Whether the types that the API's are converted to are dumped, and not those of the API.
    pub internal: bool,
    checksum: Checksum,
    spelling: Spelling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Checksum {
    Adler32,
    Fnv1a,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
enum Spelling {
    Decimal,
    Encoded,
}

impl Algorithm {
    pub fn of(version: Version) -> Algorithm {
        let (internal, checksum, spelling) = match version.minor() {
            ..=5 => (true, Checksum::Adler32, Spelling::Decimal),
            6 => (false, Checksum::Adler32, Spelling::Decimal),
            7 => (false, Checksum::Fnv1a, Spelling::Decimal),
            _ => (false, Checksum::Fnv1a, Spelling::Encoded),
        };
        Algorithm { internal, checksum, spelling }
    }
}

/// A pod-template-hash: displays as the suffix of a ReplicaSet's name, `6c5f67b5f7`, or `1818355944` up to 1.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Hash {
    number: u32,
    spelling: Spelling,
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(self.number);
        if self.spelling == Spelling::Decimal {
            return f.pad(digits);
        }
        let encoded = digits.bytes().map(|digit| char::from(encoded(digit)));
        f.pad(&encoded.collect::<String>())
    }
}

fn encoded(digit: u8) -> u8 {
    ALPHABET[usize::from(digit) % ALPHABET.len()]
}

impl Hash {
    /// The hashes that are written so: none, one, or two, since some texts can be of either spelling.
    ///
    /// ```
    /// use rollbook::template::Hash;
    /// assert_eq!(Hash::readings("6c5f67b5f7").next().unwrap().to_string(), "6c5f67b5f7");
    /// assert_eq!(Hash::readings("567894567").count(), 2);
    /// assert_eq!(Hash::readings("x7k2p").count(), 0);
    /// ```
    pub fn readings(text: &str) -> impl Iterator<Item = Hash> {
        let digit = |byte| (b'0'..=b'9').find(|&digit| encoded(digit) == byte).map(char::from);
        let decoded = if text.len() <= 10 { text.bytes().map(digit).collect() } else { None };
        let readings = [(Spelling::Decimal, Some(text.to_owned())), (Spelling::Encoded, decoded)];
        let text = text.to_owned();
        let read =
            |(spelling, digits): (Spelling, Option<String>)| Some(Hash { number: digits?.parse().ok()?, spelling });
        // Neither `+1` nor `007` is how a number is written.
        readings.into_iter().filter_map(read).filter(move |hash| hash.to_string() == text)
    }

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

    /// The hash of a dump with a count of collisions behind it, where this is the one without.
    pub(super) fn with_count(self, collision: i32, version: Version) -> Hash {
        Hasher { algorithm: Algorithm::of(version), state: self.number }.finish(Some(collision))
    }

    /// The hash of a ControllerRevision with another count of collisions: the digits of this one are taken off its end.
    pub(super) fn with_other_digits(self, count: i32, other: i32) -> Hash {
        /// Times `FNV_PRIME` it is 1, modulo 2^32.
        const INVERSE: u32 = 0x359c_449b;
        let mut buffer = itoa::Buffer::new();
        let taken = buffer.format(count).bytes().rev();
        let number = taken.fold(self.number, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(INVERSE));
        let number = buffer.format(other).bytes().fold(number, fnv1);
        Hash { number, ..self }
    }

    /// The hash of a ControllerRevision's bytes, with the collision count behind them in decimal: FNV-1, which
    /// multiplies first.
    /// Source: kubernetes `pkg/controller/history/controller_history.go` HashControllerRevision.
    pub(super) fn of_patch(patch: &str, collision: i32, version: Version) -> Hash {
        let mut digits = itoa::Buffer::new();
        let bytes = patch.bytes().chain(digits.format(collision).bytes());
        let number = bytes.fold(FNV_BASIS, fnv1);
        Hash { number, spelling: Algorithm::of(version).spelling }
    }
}

/// The checksum of a version, fed with the dump as it is written.
pub(super) struct Hasher {
    algorithm: Algorithm,
    state: u32,
}

impl Hasher {
    pub fn of(version: Version) -> Hasher {
        let algorithm = Algorithm::of(version);
        let state = match algorithm.checksum {
            Checksum::Adler32 => 1,
            Checksum::Fnv1a => FNV_BASIS,
        };
        Hasher { algorithm, state }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.state = match self.algorithm.checksum {
            Checksum::Adler32 => adler32(self.state, bytes),
            Checksum::Fnv1a => fnv1a(self.state, bytes),
        };
    }

    /// The hash, with the count of collisions behind the dump: four bytes, little-endian, and four zeros. (1.7 writes
    /// eight bytes of a wider number, which are the same.) Up to 1.6 no count is kept.
    pub fn finish(mut self, collision: Option<i32>) -> Hash {
        if let (Some(count), Checksum::Fnv1a) = (collision, self.algorithm.checksum) {
            self.bytes(&count.to_le_bytes());
            self.bytes(&[0; 4]);
        }
        Hash { number: self.state, spelling: self.algorithm.spelling }
    }
}

/// FNV-1 of 32 bits, one byte further.
fn fnv1(state: u32, byte: u8) -> u32 {
    state.wrapping_mul(FNV_PRIME) ^ u32::from(byte)
}

/// FNV-1a of 32 bits.
pub(super) fn fnv1a(state: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(state, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(FNV_PRIME))
}

/// Two sums modulo the largest prime below 2^16: of the bytes, and of the first sum after each.
fn adler32(state: u32, bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    /// After so many bytes the second sum still fits 32 bits.
    const FITS: usize = 5552;
    let (mut low, mut high) = (state & 0xffff, state >> 16);
    for part in bytes.chunks(FITS) {
        for &byte in part {
            low += u32::from(byte);
            high += low;
        }
        (low, high) = (low % MODULUS, high % MODULUS);
    }
    high << 16 | low
}

impl Out for Hasher {
    fn put(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn put_known(&mut self, stretch: &Stretch, text: [&'static str; 3]) {
        match self.algorithm.checksum {
            Checksum::Fnv1a => self.state = stretch.pass(self.state, text),
            Checksum::Adler32 => text.iter().for_each(|part| self.put(part)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(number: u32) -> Hash {
        Hash { number, spelling: Spelling::Encoded }
    }

    #[test]
    fn digits_become_letters_that_spell_nothing() {
        assert_eq!(hash(2_719_236_193).to_string(), "6c5f67b5f7");
        assert_eq!(hash(0).to_string(), "4");
        assert_eq!(format!("{:>5}", hash(0)), "    4");
        assert_eq!(Hash { spelling: Spelling::Decimal, ..hash(1_818_355_944) }.to_string(), "1818355944");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written = |text| Hash::readings(text).collect::<Vec<_>>();
        assert_eq!(written("1818355944"), [Hash { number: 1_818_355_944, spelling: Spelling::Decimal }]);
        assert_eq!(written("6c5f67b5f7"), [hash(2_719_236_193)]);
        assert_eq!(written("4"), [Hash { number: 4, spelling: Spelling::Decimal }, hash(0)]);
        for text in ["", "web", "x7k2p", "0123", "+1", "9999999999", "99999999999999999999", "6C5F67B5F7", "é"] {
            assert_eq!(written(text), [], "{text}");
        }
    }

    #[test]
    fn the_checksums_are_those_of_their_definitions() {
        assert_eq!(adler32(1, b"Wikipedia"), 0x11e6_0398);
        // As zlib has it of 20,000 bytes that are all ones.
        assert_eq!(adler32(1, &[0xff; 20_000]), 0x9f51_d664);
        assert_eq!(fnv1a(FNV_BASIS, b"foobar"), 0xbf9c_f968);
    }

    #[test]
    fn a_long_name_is_cut_from_1_34_on() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        let name = "d".repeat(250);
        assert_eq!(hash(0).replica_set_name(&name, version("1.33")).len(), 252);
        assert_eq!(hash(u32::MAX).replica_set_name(&name, version("1.33")).len(), 261);
        assert_eq!(hash(u32::MAX).replica_set_name(&name, version("1.34")).len(), 253);
        assert_eq!(hash(0).replica_set_name("web", version("1.37")), "web-4");
    }
}
