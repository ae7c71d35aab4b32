//! One file of the index: a head that says which program wrote it, the facts, and a checksum of both.

use super::record::EntryRecord;
use crate::template::Hash;
use serde::{Deserialize, Serialize};

/// Counted up when a fact, or what it is found out from, comes to mean something else: older files are then not read.
/// A test below holds it against what is found out of the golden manifests.
pub(super) const FORMAT: u32 = 3;

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

#[cfg(test)]
mod tests {
    use super::super::record::FactsRecord;
    use super::FORMAT;
    use crate::git::BlobId;
    use crate::kubernetes::{Kind, Version};
    use crate::manifest;
    use crate::revision::facts::Facts;
    use crate::template::{Controller, Template};
    use crate::yaml::Dialect;
    use sha2::{Digest, Sha256};
    use std::fmt::Write as _;

    /// What is found out of the golden manifests, by the format. Where this differs, count `FORMAT` up and write the new
    /// digest beside it: an index of the older program would go on telling the older facts.
    const FOUND_OUT: (u32, &str) = (3, "313328446ebd461855f1c856925836d27e64f98094196fb15725101922894d3c");

    #[test]
    fn the_format_is_counted_up_when_facts_come_to_mean_something_else() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/manifests");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty());
        let mut digest = Sha256::new();
        for file in files {
            let text = std::fs::read(file).unwrap();
            let facts = Facts::read(&text, |_| true).in_blob(BlobId::from_bytes(&[1; 20]).unwrap());
            digest.update(postcard::to_allocvec(&FactsRecord::of(&facts)).unwrap());
            digest.update(hashes(&text));
        }
        let found = digest.finalize().iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        });
        assert_eq!((FORMAT, found.as_str()), FOUND_OUT);
    }

    /// The hashes of a file's templates in all versions, which are kept too.
    fn hashes(text: &[u8]) -> String {
        let objects = manifest::read(text, Dialect::Kubectl).objects;
        let mut text = String::new();
        for object in &objects {
            let Some(controller) = Kind::of(&object.identity.kind).and_then(Controller::of) else { continue };
            let template = Template::decode(object.node());
            for version in Version::all() {
                let hash = controller.hash(template.view(version), None).ok();
                writeln!(text, "{}", hash.map_or_else(|| "-".to_owned(), |hash| hash.to_string())).unwrap();
            }
        }
        text
    }
}
