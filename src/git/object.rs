//! Raw objects. A walk needs of a commit its tree and first parent, of a tree one entry: scanning the bytes for these
//! is several times faster than having libgit2 make whole objects of them.

use git2::{ObjectType, Oid};
use gix_hash::ObjectId;
use gix_object::{Find as _, FindHeader as _};

use super::commit_graph::CommitGraph;
use super::grafts::{Graft, Grafts};
use super::id::Id;
use super::plumbing::Plumbing;
use super::{Error, Lack};

/// What an entry of a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
    Executable,
    Symlink,
    Submodule,
}

/// What stands under a name in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub kind: Kind,
    pub id: Id,
}

impl Item {
    pub fn folder(id: Id) -> Self {
        Self { kind: Kind::Folder, id }
    }

    /// The blob's id if this is a regular file.
    pub fn file(self) -> Option<Id> {
        matches!(self.kind, Kind::File | Kind::Executable).then_some(self.id)
    }
}

/// So many bytes can come out of one that is compressed: <https://zlib.net/zlib_tech.html> says 1,032.
const LARGEST_RATIO: u64 = 1_100;

/// The object database, with what is known about objects that it lacks.
pub(super) struct Objects<'r> {
    store: Store<'r>,
    graph: Option<&'r CommitGraph>,
    grafts: &'r Grafts,
    lack: Lack,
}

/// Where the bytes of objects come from.
#[derive(Clone, Copy)]
pub(super) enum Store<'r> {
    Files(&'r gix_odb::Handle),
    Plumbing(&'r Plumbing),
}

/// What a walk needs of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub tree: Id,
    pub parent: Option<Id>,
    /// Its parents are beyond the boundary of a shallow clone.
    pub cut: bool,
    /// When it was committed, in seconds since 1970.
    pub time: i64,
}

impl<'r> Objects<'r> {
    pub fn new(store: Store<'r>, grafts: &'r Grafts, lack: Lack) -> Self {
        Self { store, graph: None, grafts, lack }
    }

    /// Looks commits up in the graph first. It knows nothing of parents that somebody gave them, and of the end of a
    /// shallow clone, so there it is not used.
    pub fn with_graph(mut self, graph: Option<&'r CommitGraph>) -> Self {
        self.graph = graph.filter(|_| self.grafts.is_empty());
        self
    }

    pub fn header(&self, commit: Id) -> Result<Header, Error> {
        if let Some(header) = self.graph.and_then(|graph| graph.header(commit)) {
            return Ok(header);
        }
        let written = parse_header(&self.commit(commit)?).ok_or_else(|| malformed("commit", commit))?;
        Ok(match self.grafts.of(commit) {
            None => written,
            Some(Graft::Cut) => Header { parent: None, cut: written.parent.is_some(), ..written },
            Some(Graft::Onto(parents)) => Header { parent: parents.first().copied(), ..written },
        })
    }

    /// Whether a commit has to be read to know its parent, and tells it as it was written.
    pub fn are_read_one_by_one(&self) -> bool {
        self.graph.is_none() && self.grafts.is_empty()
    }

    /// The bytes of a commit. Its parents may be other ones: see [`Grafts`].
    pub fn commit(&self, id: Id) -> Result<Vec<u8>, Error> {
        self.read(id, ObjectType::Commit)
    }

    /// The bytes of a tree, for [`entries`].
    pub fn tree(&self, id: Id) -> Result<Vec<u8>, Error> {
        self.read(id, ObjectType::Tree)
    }

    pub fn blob(&self, id: Id) -> Result<Vec<u8>, Error> {
        self.read(id, ObjectType::Blob)
    }

    /// The bytes of a blob, or only how many there are where that is more than `most`.
    pub fn blob_within(&self, id: Id, most: u64) -> Result<Result<Vec<u8>, u64>, Error> {
        if !self.is_small_file(id, most) {
            let size = self.blob_size(id)?;
            if size > most {
                return Ok(Err(size));
            }
        }
        self.blob(id).map(Ok)
    }

    /// Whether an object has a file of its own that is too small to hold more: to open it and look would take as long as
    /// reading it.
    fn is_small_file(&self, id: Id, most: u64) -> bool {
        let (Store::Files(files), hex) = (self.store, id.to_string()) else { return false };
        let (folder, name) = hex.split_at(2);
        let file = files.store_ref().path().join(folder).join(name);
        std::fs::metadata(file).is_ok_and(|metadata| metadata.len().saturating_mul(LARGEST_RATIO) <= most)
    }

    pub fn blob_size(&self, id: Id) -> Result<u64, Error> {
        let files = match self.store {
            Store::Files(files) => files,
            Store::Plumbing(plumbing) => return plumbing.size(id, ObjectType::Blob.str(), self.lack),
        };
        let header = named(id).map(|id| files.try_header(&id)).transpose();
        Ok(self.met("blob", id, header.map(Option::flatten))?.size)
    }

    fn read(&self, id: Id, kind: ObjectType) -> Result<Vec<u8>, Error> {
        let files = match self.store {
            Store::Files(files) => files,
            Store::Plumbing(plumbing) => return plumbing.read(id, kind.str(), self.lack),
        };
        let mut bytes = Vec::new();
        let found = named(id).map(|id| files.try_find(&id, &mut bytes).map(|found| found.map(|object| object.kind)));
        let of = self.met(kind.str(), id, found.transpose().map(Option::flatten))?;
        if of.as_bytes() == kind.str().as_bytes() { Ok(bytes) } else { Err(malformed(kind.str(), id)) }
    }

    /// What was found under an id, or why nothing was.
    fn met<T>(&self, kind: &'static str, id: Id, found: Result<Option<T>, impl std::error::Error>) -> Result<T, Error> {
        match found {
            Ok(Some(found)) => Ok(found),
            Ok(None) => Err(Error::Missing { kind, id: id.to_string(), lack: self.lack }),
            Err(_) => Err(malformed(kind, id)),
        }
    }
}

/// The id as the files have it: those with SHA-256 are not read here.
fn named(id: Id) -> Option<ObjectId> {
    match id {
        Id::Sha1(bytes) => Some(ObjectId::Sha1(bytes)),
        Id::Sha256(_) => None,
    }
}

/// The id as libgit2 has it. It is built without SHA-256, and has no such object.
pub(super) fn oid(id: Id) -> Result<Oid, git2::Error> {
    match id {
        Id::Sha1(bytes) => Oid::from_bytes(&bytes),
        Id::Sha256(_) => Err(git2::Error::new(git2::ErrorCode::NotFound, git2::ErrorClass::Odb, "no SHA-1 id")),
    }
}

pub(super) fn malformed(kind: &'static str, id: Id) -> Error {
    Error::Malformed { kind, id: id.to_string() }
}

/// A commit begins with `tree HEX\n`, then `parent HEX\n` for each parent, then who wrote and who committed it.
fn parse_header(commit: &[u8]) -> Option<Header> {
    let (tree, rest) = parse_line(commit, b"tree ")?;
    let parent = if rest.starts_with(b"parent ") { Some(parse_line(rest, b"parent ")?.0) } else { None };
    Some(Header { tree, parent, cut: false, time: parse_time(rest).unwrap_or_default() })
}

/// `committer NAME <EMAIL> SECONDS ZONE\n`, where neither the name nor the address has a line break.
fn parse_time(rest: &[u8]) -> Option<i64> {
    const WORD: &[u8] = b"\ncommitter ";
    let start = memchr::memmem::find(rest, WORD)? + WORD.len();
    let line = rest[start..].split(|byte| *byte == b'\n').next()?;
    let end = memchr::memrchr(b'>', line)? + 1;
    let mut words = line[end..].split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    std::str::from_utf8(words.next()?).ok()?.parse().ok()
}

fn parse_line<'a>(text: &'a [u8], word: &[u8]) -> Option<(Id, &'a [u8])> {
    let rest = text.strip_prefix(word)?;
    let end = memchr::memchr(b'\n', rest)?;
    Some((Id::from_hex(&rest[..end])?, &rest[end + 1..]))
}

/// The entries of a raw tree in git's order, in which a folder stands as if its name ended in `/`. `None` instead of an
/// entry: the bytes are no tree from there on. The tree's own id tells how long those in it are.
pub(super) fn entries(tree: &[u8], id: Id) -> Entries<'_> {
    Entries { rest: tree, width: id.as_bytes().len() }
}

pub(super) struct Entries<'a> {
    rest: &'a [u8],
    /// The bytes of an id.
    width: usize,
}

impl<'a> Iterator for Entries<'a> {
    type Item = Option<(&'a [u8], Item)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let Some((name, item, rest)) = parse_entry(self.rest, self.width) else {
            self.rest = &[];
            return Some(None);
        };
        self.rest = rest;
        Some(Some((name, item)))
    }
}

/// One entry is `MODE NAME\0` and the bytes of the id.
fn parse_entry(tree: &[u8], width: usize) -> Option<(&[u8], Item, &[u8])> {
    let space = tree.iter().take(7).position(|byte| *byte == b' ')?;
    let end = space + 1 + memchr::memchr(0, &tree[space + 1..])?;
    let (id, rest) = tree[end + 1..].split_at_checked(width)?;
    let item = Item { kind: kind_of(&tree[..space])?, id: Id::from_bytes(id)? };
    Some((&tree[space + 1..end], item, rest))
}

/// Old gits wrote `040000` for folders and `100664` for files.
fn kind_of(mode: &[u8]) -> Option<Kind> {
    match mode {
        b"40000" | b"040000" => Some(Kind::Folder),
        b"120000" => Some(Kind::Symlink),
        b"160000" => Some(Kind::Submodule),
        [b'1', b'0', b'0', b'1' | b'3' | b'5' | b'7', _, _] => Some(Kind::Executable),
        [b'1', b'0', b'0', b'0'..=b'7', _, _] => Some(Kind::File),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: Id = Id::Sha1([7; 20]);
    const HEX: &str = "557db03de997c86a4a028e1ebd3a1ceb225be238";

    fn raw(mode: &str, name: &str) -> Vec<u8> {
        [mode.as_bytes(), b" ", name.as_bytes(), b"\0", &[7; 20]].concat()
    }

    #[test]
    fn modes_tell_kinds_apart() {
        for (mode, kind) in [
            ("40000", Some(Kind::Folder)),
            ("040000", Some(Kind::Folder)),
            ("100644", Some(Kind::File)),
            ("100664", Some(Kind::File)),
            ("100755", Some(Kind::Executable)),
            ("120000", Some(Kind::Symlink)),
            ("160000", Some(Kind::Submodule)),
            ("777", None),
            ("", None),
        ] {
            let tree = raw(mode, "a b");
            let found: Vec<_> = entries(&tree, ID).map(|entry| entry.map(|(name, item)| (name, item.kind))).collect();
            assert_eq!(found, [kind.map(|kind| (&b"a b"[..], kind))], "{mode}");
        }
    }

    #[test]
    fn the_id_of_a_tree_tells_how_long_those_in_it_are() {
        let tree = [b"100644 a\0", &[8; 32][..], b"40000 b\0", &[9; 32]].concat();
        let found: Option<Vec<_>> = entries(&tree, Id::Sha256([7; 32])).collect();
        let item = |kind, byte| Item { kind, id: Id::Sha256([byte; 32]) };
        assert_eq!(found.unwrap(), [(&b"a"[..], item(Kind::File, 8)), (b"b", item(Kind::Folder, 9))]);
        assert!(entries(&tree, ID).any(|entry| entry.is_none()));
    }

    #[test]
    fn a_tree_cut_short_ends_in_nothing() {
        let first = raw("100644", "a");
        let tree = [first.clone(), raw("40000", "b")].concat();
        for length in 0..tree.len() {
            let whole = length == 0 || length == first.len();
            assert_eq!(entries(&tree[..length], ID).all(|entry| entry.is_some()), whole, "{length}");
        }
    }

    #[test]
    fn a_header_gives_the_tree_and_the_first_parent() {
        let id = Id::from_hex(HEX.as_bytes()).unwrap();
        let header = |parent, time| Some(Header { tree: id, parent, cut: false, time });
        let people = "author A <a@b> 7 +0000\ncommitter B > <b@c> 1790000000 +0200\n\ncommitter <c> 8 +0000\n";
        for (text, expected) in [
            (format!("tree {HEX}\n{people}"), header(None, 1_790_000_000)),
            (format!("tree {HEX}\nauthor A <a@b> 0 +0000\n"), header(None, 0)),
            (format!("tree {HEX}\nparent {HEX}\nparent {}\n", "0".repeat(40)), header(Some(id), 0)),
            (format!("tree {HEX}"), None),
            (format!("tree {HEX}\nparent 55\n"), None),
            (String::new(), None),
        ] {
            assert_eq!(parse_header(text.as_bytes()), expected, "{text}");
        }
    }
}
