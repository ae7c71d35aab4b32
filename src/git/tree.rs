//! The files of a commit, and the files that a commit changed.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::iter::Peekable;
use std::rc::Rc;

use git2::Oid;

use super::object::{Entries, Header, Item, Kind, Objects, entries, malformed};
use super::{BlobId, CommitId, Error, RepoPath, Repository};

/// A path has at most 4,096 bytes on the systems that git runs on; deeper trees are made to do harm.
const MAX_DEPTH: usize = 2_048;
/// Trees that hold each other can hold more files than there are atoms: a listing ends here.
const MAX_FILES: usize = 2_000_000;

/// Which files to look at.
pub struct Filter<'a> {
    keep: &'a dyn Fn(&[u8]) -> bool,
    under: Vec<RepoPath>,
}

impl<'a> Filter<'a> {
    /// Files of these names (the last part of the path), anywhere.
    pub fn named(keep: &'a dyn Fn(&[u8]) -> bool) -> Self {
        Self { keep, under: Vec::new() }
    }

    /// Of these, only files under one of the given paths (or at one); all if none is given. Other folders are not read.
    pub fn under(mut self, paths: impl IntoIterator<Item = RepoPath>) -> Self {
        self.under.extend(paths);
        self
    }

    fn keeps(&self, path: &RepoPath) -> bool {
        (self.keep)(path.name()) && path.is_under_any(&self.under)
    }

    fn enters(&self, path: &RepoPath) -> bool {
        path.is_under_any(&self.under) || self.under.iter().any(|folder| folder.is_under(path))
    }
}

impl Default for Filter<'_> {
    /// All files.
    fn default() -> Self {
        Self::named(&|_| true)
    }
}

/// A path of a commit, and what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub path: RepoPath,
    pub entry: Entry,
}

/// What a tree can have at a path, folders apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    File(BlobId),
    /// The blob has the path that it points to; it is not followed.
    Symlink(BlobId),
    /// A commit of another repository; it is not looked into.
    Submodule(CommitId),
}

/// A file that a commit changed against its first parent. Moves are not guessed: one is a removal and an addition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: RepoPath,
    pub before: Option<BlobId>,
    pub after: Option<BlobId>,
}

impl Repository {
    /// The files of a commit, by path.
    pub fn files(&self, commit: CommitId, filter: &Filter<'_>) -> Result<Vec<File>, Error> {
        let objects = self.objects()?;
        let root = objects.header(commit.0)?.tree;
        let mut listing = Listing { objects: &objects, filter, files: Vec::new() };
        listing.list(root, &RepoPath::from(""), 0)?;
        Ok(listing.files)
    }

    /// The file at a path of a commit: nothing if there is none, or if it is a folder, a symlink or a submodule.
    pub fn file(&self, commit: CommitId, path: &RepoPath) -> Result<Option<BlobId>, Error> {
        let objects = self.objects()?;
        let mut item = Item::folder(objects.header(commit.0)?.tree);
        for part in path.parts() {
            if item.kind != Kind::Folder {
                return Ok(None);
            }
            match child(&objects, item.id, part)? {
                Some(found) => item = found,
                None => return Ok(None),
            }
        }
        Ok(item.file().map(BlobId))
    }

    /// The regular files that a commit changed against its first parent, by path; a root commit added all it has.
    pub fn changes(&self, commit: CommitId, filter: &Filter<'_>) -> Result<Vec<Change>, Error> {
        let objects = self.objects()?;
        let header = objects.header(commit.0)?;
        let before = header.parent.map(|parent| objects.header(parent)).transpose()?.map(|parent| parent.tree);
        Trees::new(&objects).changes(before, header.tree, filter)
    }

    /// The commits of the first-parent line, newest first, each with the regular files that it changed.
    pub fn changes_walk<'a>(&'a self, tip: CommitId, filter: Filter<'a>) -> Result<ChangesWalk<'a>, Error> {
        let objects = self.objects_with_graph()?;
        let header = objects.header(tip.0)?;
        Ok(ChangesWalk { objects, filter, read: HashMap::new(), next: Some((tip.0, header)) })
    }

    /// The bytes of a blob.
    pub fn blob(&self, id: BlobId) -> Result<Vec<u8>, Error> {
        Ok(self.objects()?.blob(id.0)?.data().to_vec())
    }

    /// How many bytes a blob has, without reading them all.
    pub fn blob_size(&self, id: BlobId) -> Result<u64, Error> {
        self.objects()?.blob_size(id.0)
    }
}

fn child(objects: &Objects<'_>, folder: Oid, name: &[u8]) -> Result<Option<Item>, Error> {
    for entry in entries(objects.tree(folder)?.data()) {
        let (found, item) = entry.ok_or_else(|| malformed("tree", folder))?;
        if found == name {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

struct Listing<'a> {
    objects: &'a Objects<'a>,
    filter: &'a Filter<'a>,
    files: Vec<File>,
}

impl Listing<'_> {
    fn list(&mut self, folder: Oid, at: &RepoPath, depth: usize) -> Result<(), Error> {
        check_size(folder, depth, self.files.len())?;
        let tree = self.objects.tree(folder)?;
        for entry in entries(tree.data()) {
            let (name, item) = entry.ok_or_else(|| malformed("tree", folder))?;
            let path = at.join(name);
            match entry_of(item) {
                Some(entry) if self.filter.keeps(&path) => self.files.push(File { path, entry }),
                None if self.filter.enters(&path) => self.list(item.id, &path, depth + 1)?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn entry_of(item: Item) -> Option<Entry> {
    match item.kind {
        Kind::Folder => None,
        Kind::File | Kind::Executable => Some(Entry::File(BlobId(item.id))),
        Kind::Symlink => Some(Entry::Symlink(BlobId(item.id))),
        Kind::Submodule => Some(Entry::Submodule(CommitId(item.id))),
    }
}

pub(super) fn check_size(folder: Oid, depth: usize, files: usize) -> Result<(), Error> {
    let excess = match (depth > MAX_DEPTH, files > MAX_FILES) {
        (true, _) => format!("is more than {MAX_DEPTH} folders deep"),
        (_, true) => format!("makes more than {MAX_FILES} files"),
        _ => return Ok(()),
    };
    Err(Error::TooMuch { kind: "tree", id: folder.to_string(), excess })
}

/// A commit of the first-parent line, and what it changed against its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangesStep {
    pub commit: CommitId,
    /// The commit before; none at the beginning, and where a shallow clone ends.
    pub parent: Option<CommitId>,
    /// The parent is beyond the boundary of a shallow clone, so all files count as added.
    pub cut: bool,
    pub changes: Vec<Change>,
}

/// See [`Repository::changes_walk`].
pub struct ChangesWalk<'a> {
    objects: Objects<'a>,
    filter: Filter<'a>,
    /// The trees that the last step has read: half of them are of the next one too.
    read: HashMap<Oid, Rc<[u8]>>,
    next: Option<(Oid, Header)>,
}

impl Iterator for ChangesWalk<'_> {
    type Item = Result<ChangesStep, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (commit, header) = self.next.take()?;
        Some(self.step(commit, header))
    }
}

impl ChangesWalk<'_> {
    fn step(&mut self, commit: Oid, header: Header) -> Result<ChangesStep, Error> {
        self.next = match header.parent {
            Some(parent) => Some((parent, self.objects.header(parent)?)),
            None => None,
        };
        let before = self.next.map(|(_, parent)| parent.tree);
        let mut trees = Trees { objects: &self.objects, known: std::mem::take(&mut self.read), read: HashMap::new() };
        let changes = trees.changes(before, header.tree, &self.filter)?;
        self.read = trees.read;
        Ok(ChangesStep { commit: CommitId(commit), parent: header.parent.map(CommitId), cut: header.cut, changes })
    }
}

/// Trees as they are read for a comparison.
struct Trees<'a> {
    objects: &'a Objects<'a>,
    /// From the comparison before.
    known: HashMap<Oid, Rc<[u8]>>,
    read: HashMap<Oid, Rc<[u8]>>,
}

impl<'a> Trees<'a> {
    fn new(objects: &'a Objects<'a>) -> Self {
        Trees { objects, known: HashMap::new(), read: HashMap::new() }
    }

    fn changes(&mut self, before: Option<Oid>, after: Oid, filter: &Filter<'_>) -> Result<Vec<Change>, Error> {
        let mut comparison = Comparison { trees: self, filter, changes: Vec::new() };
        comparison.compare(before, Some(after), &RepoPath::from(""), 0)?;
        Ok(comparison.changes)
    }

    fn tree(&mut self, id: Oid) -> Result<Rc<[u8]>, Error> {
        let tree = match self.known.get(&id) {
            Some(tree) => tree.clone(),
            None => Rc::from(self.objects.tree(id)?.data()),
        };
        self.read.insert(id, tree.clone());
        Ok(tree)
    }
}

struct Comparison<'c, 't, 'a> {
    trees: &'c mut Trees<'t>,
    filter: &'c Filter<'a>,
    changes: Vec<Change>,
}

impl Comparison<'_, '_, '_> {
    fn compare(&mut self, before: Option<Oid>, after: Option<Oid>, at: &RepoPath, depth: usize) -> Result<(), Error> {
        let Some(folder) = after.or(before).filter(|_| before != after) else { return Ok(()) };
        check_size(folder, depth, self.changes.len())?;
        let old = before.map(|id| self.trees.tree(id)).transpose()?;
        let new = after.map(|id| self.trees.tree(id)).transpose()?;
        let [old, new] = [&old, &new].map(|tree| tree.as_deref().unwrap_or_default());
        let mut pairs = Pairs { old: entries(old).peekable(), new: entries(new).peekable() };
        while let Some(pair) = pairs.next() {
            let (name, before, after) = pair.ok_or_else(|| malformed("tree", folder))?;
            if before != after {
                self.compare_items(before, after, at.join(name), depth)?;
            }
        }
        Ok(())
    }

    fn compare_items(
        &mut self,
        before: Option<Item>,
        after: Option<Item>,
        path: RepoPath,
        depth: usize,
    ) -> Result<(), Error> {
        let is_folder = before.or(after).is_some_and(|item| item.kind == Kind::Folder);
        if is_folder {
            let [before, after] = [before, after].map(|item| item.map(|item| item.id));
            return if self.filter.enters(&path) { self.compare(before, after, &path, depth + 1) } else { Ok(()) };
        }
        let [before, after] = [before, after].map(|item| item.and_then(Item::file).map(BlobId));
        if before != after && self.filter.keeps(&path) {
            self.changes.push(Change { path, before, after });
        }
        Ok(())
    }
}

/// The entries of two trees, side by side. A folder and a file of one name are not a pair: git's order, in which a
/// folder's name ends in `/`, keeps them apart, and the paths in order.
struct Pairs<'a> {
    old: Peekable<Entries<'a>>,
    new: Peekable<Entries<'a>>,
}

type Pair<'a> = (&'a [u8], Option<Item>, Option<Item>);

impl<'a> Pairs<'a> {
    fn next(&mut self) -> Option<Option<Pair<'a>>> {
        let order = match (self.old.peek(), self.new.peek()) {
            (None, None) => return None,
            (Some(None), _) | (_, Some(None)) => return Some(None),
            (Some(Some(_)), None) => Ordering::Less,
            (None, Some(Some(_))) => Ordering::Greater,
            (Some(Some(old)), Some(Some(new))) => git_order(old, new),
        };
        let old = if order.is_le() { self.old.next().flatten() } else { None };
        let new = if order.is_ge() { self.new.next().flatten() } else { None };
        let (name, _) = old.or(new)?;
        Some(Some((name, old.map(|(_, item)| item), new.map(|(_, item)| item))))
    }
}

/// Git's order of a tree's entries: that of their names, with `/` behind a folder's.
fn git_order(one: &(&[u8], Item), other: &(&[u8], Item)) -> Ordering {
    let common = one.0.len().min(other.0.len());
    let next = |(name, item): &(&[u8], Item)| match name.get(common) {
        None if item.kind == Kind::Folder => Some(b'/'),
        byte => byte.copied(),
    };
    one.0[..common].cmp(&other.0[..common]).then_with(|| next(one).cmp(&next(other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::init;

    /// A commit whose only file is `depth` folders deep.
    fn deep_commit(repository: &git2::Repository, depth: usize) -> Result<CommitId, git2::Error> {
        let mut builder = repository.treebuilder(None)?;
        builder.insert("f", repository.blob(b"x")?, 0o100_644)?;
        let mut tree = builder.write()?;
        for _ in 0..depth {
            let mut builder = repository.treebuilder(None)?;
            builder.insert("d", tree, 0o040_000)?;
            tree = builder.write()?;
        }
        let author = git2::Signature::new("A", "a@example.org", &git2::Time::new(0, 0))?;
        repository.commit(None, &author, &author, "deep", &repository.find_tree(tree)?, &[]).map(CommitId)
    }

    #[test]
    fn a_tree_too_deep_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let repository = init(dir.path()).unwrap();
        for (depth, fits) in [(MAX_DEPTH, true), (MAX_DEPTH + 1, false)] {
            let commit = deep_commit(&repository.inner, depth).unwrap();
            let files = repository.files(commit, &Filter::default());
            let changes = repository.changes(commit, &Filter::default());
            assert_eq!((files.is_ok(), changes.is_ok()), (fits, fits), "{depth}");
        }
    }
}
