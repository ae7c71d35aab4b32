//! The commit-graph: a file beside the objects, which `git gc` writes, with the tree and the parents of each commit. A
//! walk that finds a commit there need not inflate it, which is most of its time. Commits never change, so an old file
//! is not wrong: it lacks the newer ones.
//!
//! Its format is `gitformat-commit-graph`: a table of chunks, of which these are read:
//!
//! ```text
//! OIDF  256 counts: how many ids begin with this byte or a lower one
//! OIDL  the ids, in order
//! CDAT  for each of them: the tree, the place of the first and of the second parent, generation and time
//! ```

use std::ops::Range;
use std::path::Path;

use super::id::Id;
use super::object::Header;

const SIGNATURE: &[u8] = b"CGPH\x01\x01";
/// The version that this begins with has SHA-1 ids.
const ID: usize = 20;
const DATA: usize = ID + 16;
/// Stands where a parent would, if there is none.
const NO_PARENT: u32 = 0x7000_0000;

/// A commit-graph of one file. Chains of several, which `git fetch` can be set to write, are not read.
pub(super) struct CommitGraph {
    bytes: Vec<u8>,
    fanout: usize,
    ids: usize,
    data: usize,
    count: usize,
}

impl CommitGraph {
    /// Nothing if there is none, or none that can be understood: the commits themselves are as good, and slower.
    pub fn read(objects: &Path) -> Option<Self> {
        Self::parse(std::fs::read(objects.join("info/commit-graph")).ok()?)
    }

    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let [chunks, 0] = *bytes.strip_prefix(SIGNATURE)?.first_chunk::<2>()? else { return None };
        let chunk = |name: &[u8]| find_chunk(&bytes, chunks.into(), name);
        let (fanout, ids, data) = (chunk(b"OIDF")?, chunk(b"OIDL")?, chunk(b"CDAT")?);
        let count = ids.len() / ID;
        let whole = fanout.len() == 256 * 4 && data.len() == count * DATA;
        whole.then_some(Self { fanout: fanout.start, ids: ids.start, data: data.start, count, bytes })
    }

    /// What a walk needs of a commit, if it is here.
    pub fn header(&self, commit: Id) -> Option<Header> {
        let data = self.data + self.place(commit)? * DATA;
        let tree = Id::from_bytes(self.bytes.get(data..data + ID)?)?;
        let parent = match number(&self.bytes, data + ID)? {
            NO_PARENT => None,
            place => Some(self.id(place as usize)?),
        };
        // Two bits of the time stand behind the generation number.
        let [high, low] = [number(&self.bytes, data + ID + 8)?, number(&self.bytes, data + ID + 12)?];
        Some(Header { tree, parent, cut: false, time: i64::from(high & 3) << 32 | i64::from(low) })
    }

    /// Where the commit stands among the ids.
    fn place(&self, commit: Id) -> Option<usize> {
        let first = commit.as_bytes()[0] as usize;
        let count = |byte: usize| number(&self.bytes, self.fanout + byte * 4).map(|count| count as usize);
        let mut low = if first == 0 { 0 } else { count(first - 1)? };
        let mut high = count(first)?.min(self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.id_bytes(middle)?.cmp(commit.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn id(&self, place: usize) -> Option<Id> {
        Id::from_bytes(self.id_bytes(place).filter(|_| place < self.count)?)
    }

    fn id_bytes(&self, place: usize) -> Option<&[u8]> {
        let start = self.ids + place * ID;
        self.bytes.get(start..start + ID)
    }
}

/// A row of the table of chunks is a name of four bytes and an offset of eight; a chunk ends where the next begins.
fn find_chunk(bytes: &[u8], chunks: usize, name: &[u8]) -> Option<Range<usize>> {
    let row = |index: usize| bytes.get(8 + index * 12..)?.split_at_checked(4);
    let offset = |index: usize| {
        let (_, rest) = row(index)?;
        usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).ok()
    };
    let index = (0..chunks).find(|index| row(*index).is_some_and(|(found, _)| found == name))?;
    let range = offset(index)?..offset(index + 1)?;
    bytes.get(range.clone()).map(|_| range)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|number| u32::from_be_bytes(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph of two commits, `11…` whose parent is `22…`.
    fn graph() -> Vec<u8> {
        let (fanout, ids, data, end) = (8 + 4 * 12, 56 + 1024, 1080 + 40, 1120 + 72);
        let mut bytes = [SIGNATURE, &[3, 0]].concat();
        for (name, offset) in [(b"OIDF", fanout), (b"OIDL", ids), (b"CDAT", data), (b"\0\0\0\0", end)] {
            bytes.extend([&name[..], &(offset as u64).to_be_bytes()].concat());
        }
        (0..256u32).for_each(|byte| bytes.extend((u32::from(byte >= 0x11) + u32::from(byte >= 0x22)).to_be_bytes()));
        bytes.extend([[0x11; 20], [0x22; 20]].concat());
        for (tree, parent) in [([0xaa; 20], 1), ([0xbb; 20], NO_PARENT)] {
            bytes.extend(
                [&tree[..], &parent.to_be_bytes(), &NO_PARENT.to_be_bytes(), &[0, 0, 0, 0x0f, 0, 0, 0, 7]].concat(),
            );
        }
        bytes
    }

    fn id(byte: u8) -> Id {
        Id::Sha1([byte; 20])
    }

    #[test]
    fn a_commit_is_found_with_its_tree_and_parent() {
        let graph = CommitGraph::parse(graph()).unwrap();
        for (commit, header) in [
            (0x11, Some(Header { tree: id(0xaa), parent: Some(id(0x22)), cut: false, time: 0x3_0000_0007 })),
            (0x22, Some(Header { tree: id(0xbb), parent: None, cut: false, time: 0x3_0000_0007 })),
            (0x00, None),
            (0x12, None),
            (0xff, None),
        ] {
            assert_eq!(graph.header(id(commit)), header, "{commit:x}");
        }
    }

    #[test]
    fn a_damaged_graph_is_no_panic() {
        let whole = graph();
        for length in 0..whole.len() {
            assert!(CommitGraph::parse(whole[..length].to_vec()).is_none(), "{length}");
        }
        for place in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 0xff;
            if let Some(graph) = CommitGraph::parse(damaged) {
                for commit in [0x00, 0x11, 0x22, 0xff] {
                    let _ = graph.header(id(commit));
                }
            }
        }
    }
}
