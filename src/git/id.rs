//! The names of objects: what git calls them, apart from each other as types.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::str::FromStr;

/// The hash of an object: SHA-1, or SHA-256 in a repository of that format.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Id {
    Sha1([u8; 20]),
    Sha256([u8; 32]),
}

impl Id {
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes.len() {
            20 => bytes.try_into().ok().map(Id::Sha1),
            _ => bytes.try_into().ok().map(Id::Sha256),
        }
    }

    /// Takes all digits of an id, and nothing else.
    pub fn from_hex(hex: &[u8]) -> Option<Self> {
        match hex.len() {
            40 => from_hex(hex).map(Id::Sha1),
            _ => from_hex(hex).map(Id::Sha256),
        }
    }

    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Id::Sha1(bytes) => bytes,
            Id::Sha256(bytes) => bytes,
        }
    }
}

impl From<git2::Oid> for Id {
    fn from(id: git2::Oid) -> Self {
        Self::from_bytes(id.as_bytes()).expect("libgit2 has ids of these two lengths")
    }
}

fn from_hex<const N: usize>(hex: &[u8]) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if hex.len() != 2 * N {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(hex.as_chunks().0) {
        let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
        *byte = u8::try_from(high? << 4 | low?).ok()?;
    }
    Some(bytes)
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [0; 64];
        let bytes = self.as_bytes();
        for (pair, byte) in hex.as_chunks_mut().0.iter_mut().zip(bytes) {
            *pair = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
        }
        f.write_str(std::str::from_utf8(&hex[..2 * bytes.len()]).expect("the digits are ASCII"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("The id of a ", $what, "; it shows as forty hexadecimal digits, in a SHA-256 repository as 64.")]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) Id);

        impl $name {
            /// The twenty bytes; of SHA-256, the 32.
            pub fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }

            /// The id of these bytes, if they are as many as an id has.
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                Id::from_bytes(bytes).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Takes all digits only: fewer are for [`Repository::resolve`](super::Repository::resolve).
            fn from_str(hex: &str) -> Result<Self, NotAnId> {
                Id::from_hex(hex.as_bytes()).map(Self).ok_or(NotAnId)
            }
        }
    };
}

/// Hashes ids for maps: they are digests already, so the first bytes of one are as good as any.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    /// The last bytes that are written count: before an id stand its kind and its length.
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_le_bytes(*first);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map by ids or other digests.
pub type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// A set of ids or other digests.
pub type IdSet<K> = HashSet<K, BuildHasherDefault<IdHasher>>;

id!(CommitId, "commit");
id!(BlobId, "blob: the bytes of one file at one time");

/// The text is no full object id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an object id has 40 hexadecimal digits, or 64")]
pub struct NotAnId;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_all_its_hexadecimal_digits() {
        let sha1 = "557db03de997c86a4a028e1ebd3a1ceb225be238";
        let sha256 = "6d9ef0b4b2a7f7a08a46ef09bd4e2cb0f5a49d1f6f9d1a0b4c3f5c2b7f1e9a3d";
        for hex in [sha1, sha256] {
            let id: CommitId = hex.parse().unwrap();
            assert_eq!(id.to_string(), hex);
            assert_eq!(CommitId::from_bytes(id.as_bytes()), Some(id));
        }
        for wrong in ["", "557db03", "g57db03de997c86a4a028e1ebd3a1ceb225be238", &sha256[..63]] {
            assert_eq!(wrong.parse::<BlobId>(), Err(NotAnId), "{wrong}");
        }
        assert_eq!(BlobId::from_bytes(&[1; 21]), None);
    }
}
