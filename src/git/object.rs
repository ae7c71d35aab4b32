//! Raw objects. A walk needs of a commit its tree and first parent, of a tree one entry: scanning the bytes for these
//! is several times faster than having libgit2 make whole objects of them.

use std::collections::HashSet;

use git2::{ObjectType, Odb, OdbObject, Oid};

use super::commit_graph::CommitGraph;
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
    pub id: Oid,
}

impl Item {
    pub fn folder(id: Oid) -> Self {
        Self { kind: Kind::Folder, id }
    }

    /// The blob's id if this is a regular file.
    pub fn file(self) -> Option<Oid> {
        matches!(self.kind, Kind::File | Kind::Executable).then_some(self.id)
    }
}

/// The object database, with what is known about objects that it lacks.
pub(super) struct Objects<'r> {
    odb: Odb<'r>,
    graph: Option<&'r CommitGraph>,
    shallow: &'r HashSet<Oid>,
    lack: Lack,
}

/// What a walk needs of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub tree: Oid,
    pub parent: Option<Oid>,
    /// Its parents are beyond the boundary of a shallow clone.
    pub cut: bool,
    /// When it was committed, in seconds since 1970.
    pub time: i64,
}

impl<'r> Objects<'r> {
    pub fn new(odb: Odb<'r>, shallow: &'r HashSet<Oid>, lack: Lack) -> Self {
        Self { odb, graph: None, shallow, lack }
    }

    /// Looks commits up in the graph first. It knows nothing of where a shallow clone ends, so there it is not used.
    pub fn with_graph(mut self, graph: Option<&'r CommitGraph>) -> Self {
        self.graph = graph.filter(|_| self.shallow.is_empty());
        self
    }

    pub fn header(&self, commit: Oid) -> Result<Header, Error> {
        if let Some(header) = self.graph.and_then(|graph| graph.header(commit)) {
            return Ok(header);
        }
        let object = self.read(commit, ObjectType::Commit)?;
        let header = parse_header(object.data()).ok_or_else(|| malformed("commit", commit))?;
        let cut = header.parent.is_some() && !self.shallow.is_empty() && self.shallow.contains(&commit);
        Ok(Header { parent: header.parent.filter(|_| !cut), cut, ..header })
    }

    /// The bytes of a tree, for [`entries`].
    pub fn tree(&self, id: Oid) -> Result<OdbObject<'_>, Error> {
        self.read(id, ObjectType::Tree)
    }

    pub fn blob(&self, id: Oid) -> Result<OdbObject<'_>, Error> {
        self.read(id, ObjectType::Blob)
    }

    pub fn blob_size(&self, id: Oid) -> Result<u64, Error> {
        let (size, _) = self.odb.read_header(id).map_err(|error| Error::object("blob", id, self.lack, &error))?;
        Ok(size as u64)
    }

    fn read(&self, id: Oid, kind: ObjectType) -> Result<OdbObject<'_>, Error> {
        let object = self.odb.read(id).map_err(|error| Error::object(kind.str(), id, self.lack, &error))?;
        if object.kind() == kind { Ok(object) } else { Err(malformed(kind.str(), id)) }
    }
}

pub(super) fn malformed(kind: &'static str, id: Oid) -> Error {
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

fn parse_line<'a>(text: &'a [u8], word: &[u8]) -> Option<(Oid, &'a [u8])> {
    let rest = text.strip_prefix(word)?;
    let (hex, rest) = rest.split_at_checked(40)?;
    let id = Oid::from_str(std::str::from_utf8(hex).ok()?).ok()?;
    Some((id, rest.strip_prefix(b"\n")?))
}

/// The entries of a raw tree in git's order, in which a folder stands as if its name ended in `/`. `None` instead of an
/// entry: the bytes are no tree from there on.
pub(super) fn entries(tree: &[u8]) -> Entries<'_> {
    Entries { rest: tree }
}

pub(super) struct Entries<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Entries<'a> {
    type Item = Option<(&'a [u8], Item)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let Some((name, item, rest)) = parse_entry(self.rest) else {
            self.rest = &[];
            return Some(None);
        };
        self.rest = rest;
        Some(Some((name, item)))
    }
}

/// One entry is `MODE NAME\0` and the twenty bytes of the id.
fn parse_entry(tree: &[u8]) -> Option<(&[u8], Item, &[u8])> {
    let space = tree.iter().take(7).position(|byte| *byte == b' ')?;
    let end = space + 1 + memchr::memchr(0, &tree[space + 1..])?;
    let id = Oid::from_bytes(tree.get(end + 1..end + 21)?).ok()?;
    let name = &tree[space + 1..end];
    Some((name, Item { kind: kind_of(&tree[..space])?, id }, &tree[end + 21..]))
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
            let found: Vec<_> = entries(&tree).map(|entry| entry.map(|(name, item)| (name, item.kind))).collect();
            assert_eq!(found, [kind.map(|kind| (&b"a b"[..], kind))], "{mode}");
        }
    }

    #[test]
    fn a_tree_cut_short_ends_in_nothing() {
        let first = raw("100644", "a");
        let tree = [first.clone(), raw("40000", "b")].concat();
        for length in 0..tree.len() {
            let whole = length == 0 || length == first.len();
            assert_eq!(entries(&tree[..length]).all(|entry| entry.is_some()), whole, "{length}");
        }
    }

    #[test]
    fn a_header_gives_the_tree_and_the_first_parent() {
        let id = Oid::from_str(HEX).unwrap();
        let header = |parent, time| Some(Header { tree: id, parent, cut: false, time });
        let people = "author A <a@b> 7 +0000\ncommitter B > <b@c> 1790000000 +0200\n\ncommitter <c> 8 +0000\n";
        for (text, header) in [
            (format!("tree {HEX}\n{people}"), header(None, 1_790_000_000)),
            (format!("tree {HEX}\nauthor A <a@b> 0 +0000\n"), header(None, 0)),
            (format!("tree {HEX}\nparent {HEX}\nparent {}\n", "0".repeat(40)), header(Some(id), 0)),
            (format!("tree {HEX}"), None),
            (format!("tree {HEX}\nparent 55\n"), None),
            (String::new(), None),
        ] {
            assert_eq!(parse_header(text.as_bytes()), header, "{text}");
        }
    }
}
