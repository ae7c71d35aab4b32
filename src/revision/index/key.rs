//! What facts are kept under: a digest of what they are about.

use sha2::{Digest as _, Sha256};

/// What a fact tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::revision) enum Fact {
    /// Which commits from one on changed what is watched.
    Stretch,
    /// What a blob holds.
    Facts,
    /// What a commit says.
    Words,
    /// Where the objects of a name stand at a commit.
    Places,
    /// What a template hashes to.
    Name,
    /// The same in every version.
    Names,
    /// The lineages of all workloads of the line of a commit.
    Book,
    /// The rows of one lineage from a commit back.
    Lineage,
}

/// The name of a fact: a digest of what it is about, its last byte the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::revision) struct Key([u8; Key::LENGTH]);

impl Key {
    pub const LENGTH: usize = 32;

    /// The key of what these parts make up.
    pub fn new(kind: Fact, parts: &[&[u8]]) -> Key {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        let mut key: [u8; Key::LENGTH] = digest.finalize().into();
        key[Key::LENGTH - 1] = kind as u8;
        Key(key)
    }

    /// The key of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Key> {
        bytes.try_into().ok().map(Key)
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn is(&self, kind: Fact) -> bool {
        self.0[Key::LENGTH - 1] == kind as u8
    }
}
