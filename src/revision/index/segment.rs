//! One file of the index: a head that says which program wrote it, the facts, and a checksum of both.

use super::record::EntryRecord;
use crate::template::Hash;
use serde::{Deserialize, Serialize};

/// Counted up when a fact, or what it is found out from, comes to mean something else: older files are then not read.
/// A test holds it against what is found out of the golden manifests.
pub(super) const FORMAT: u32 = 1;

const MAGIC: &[u8] = b"rollbook index\n";
const CHECKSUM: usize = 4;

/// The facts of a file.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Segment<'a> {
    #[serde(borrow)]
    pub entries: Vec<EntryRecord<'a>>,
    pub blobs: Vec<BlobRecord<'a>>,
    pub hashes: Vec<HashRecord>,
}

/// What is known of a blob: the bytes of a `FactsRecord`, or nothing where it has not the words for an object.
#[derive(Serialize, Deserialize)]
pub(super) struct BlobRecord<'a> {
    #[serde(borrow)]
    pub blob: &'a [u8],
    pub facts: Option<&'a [u8]>,
}

/// What the template of a document hashes to.
#[derive(Serialize, Deserialize)]
pub(super) struct HashRecord {
    pub document: [u8; 32],
    /// The version, with all that a name depends on beside the template.
    pub world: [u8; 32],
    pub hash: Hash,
}

impl Segment<'_> {
    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = [MAGIC, &FORMAT.to_le_bytes()].concat();
        bytes = postcard::to_extend(self, bytes).expect("the shapes have only lengths that are known");
        let sum = crc32fast::hash(&bytes).to_le_bytes();
        bytes.extend(sum);
        bytes
    }
}

impl<'a> Segment<'a> {
    /// The facts of a file; nothing if it is damaged, or written by a program that finds out otherwise.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (content, sum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
        let facts = content.strip_prefix(MAGIC)?.strip_prefix(&FORMAT.to_le_bytes())?;
        if crc32fast::hash(content).to_le_bytes() != sum {
            return None;
        }
        postcard::from_bytes(facts).ok()
    }
}
