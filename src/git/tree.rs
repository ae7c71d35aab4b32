//! The files of a commit.

use super::id::Id;
use super::object::{Item, Kind, Objects, entries, malformed};
use super::{BlobId, CommitId, Error, RepoPath, Repository};

/// A path has at most 4,096 bytes on the systems that git runs on; deeper trees are made to do harm.
const MAX_DEPTH: usize = 2_048;
/// Trees that hold each other can hold more files than there are atoms: a listing ends here.
const MAX_FILES: usize = 2_000_000;

/// Which files to look at.
pub struct Filter<'a> {
    keep: &'a dyn Fn(&[u8]) -> bool,
    under: Vec<RepoPath>,
    submodules: bool,
}

impl<'a> Filter<'a> {
    /// Files of these names (the last part of the path), anywhere.
    pub fn named(keep: &'a dyn Fn(&[u8]) -> bool) -> Self {
        Self { keep, under: Vec::new(), submodules: false }
    }

    /// Of these, only files under one of the given paths (or at one); all if none is given. Other folders are not read.
    pub fn under(mut self, paths: impl IntoIterator<Item = RepoPath>) -> Self {
        self.under.extend(paths);
        self
    }

    /// Submodules too, whatever their name.
    pub fn with_submodules(self) -> Self {
        Self { submodules: true, ..self }
    }

    pub(super) fn keeps_entry(&self, path: &RepoPath, entry: &Entry) -> bool {
        self.keeps(path) || (self.submodules && matches!(entry, Entry::Submodule(_)) && self.enters(path))
    }

    pub(super) fn keeps(&self, path: &RepoPath) -> bool {
        (self.keep)(path.name()) && path.is_under_any(&self.under)
    }

    pub(super) fn enters(&self, path: &RepoPath) -> bool {
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

    /// The bytes of a blob.
    pub fn blob(&self, id: BlobId) -> Result<Vec<u8>, Error> {
        self.objects()?.blob(id.0)
    }

    /// The bytes of a file of a commit; nothing if the commit has no such file.
    pub fn file_text(&self, commit: CommitId, path: &RepoPath) -> Result<Option<Vec<u8>>, Error> {
        self.file(commit, path)?.map(|blob| self.blob(blob)).transpose()
    }

    /// The bytes of a blob, or only how many there are where that is more than `most`.
    pub fn blob_within(&self, id: BlobId, most: u64) -> Result<Result<Vec<u8>, u64>, Error> {
        self.objects()?.blob_within(id.0, most)
    }

    /// How many bytes a blob has, without reading them all.
    pub fn blob_size(&self, id: BlobId) -> Result<u64, Error> {
        self.objects()?.blob_size(id.0)
    }
}

fn child(objects: &Objects<'_>, folder: Id, name: &[u8]) -> Result<Option<Item>, Error> {
    for entry in entries(&objects.tree(folder)?, folder) {
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
    fn list(&mut self, folder: Id, at: &RepoPath, depth: usize) -> Result<(), Error> {
        check_size(folder, depth, self.files.len())?;
        let tree = self.objects.tree(folder)?;
        for entry in entries(&tree, folder) {
            let (name, item) = entry.ok_or_else(|| malformed("tree", folder))?;
            let path = at.join(name);
            match entry_of(item) {
                Some(entry) if self.filter.keeps_entry(&path, &entry) => self.files.push(File { path, entry }),
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

pub(super) fn check_size(folder: Id, depth: usize, files: usize) -> Result<(), Error> {
    let excess = match (depth > MAX_DEPTH, files > MAX_FILES) {
        (true, _) => format!("is more than {MAX_DEPTH} folders deep"),
        (_, true) => format!("makes more than {MAX_FILES} files"),
        _ => return Ok(()),
    };
    Err(Error::TooMuch { kind: "tree", id: folder.to_string(), excess })
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
        repository
            .commit(None, &author, &author, "deep", &repository.find_tree(tree)?, &[])
            .map(|id| CommitId(id.into()))
    }

    #[test]
    fn a_tree_too_deep_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let repository = init(dir.path()).unwrap();
        for (depth, fits) in [(MAX_DEPTH, true), (MAX_DEPTH + 1, false)] {
            let commit = deep_commit(repository.library("make a commit").unwrap(), depth).unwrap();
            let files = repository.files(commit, &Filter::default());
            let changes = repository.changes(commit, &Filter::default());
            let named = repository.named_files(|_| true).unwrap().at(commit);
            assert_eq!([files.is_ok(), changes.is_ok(), named.is_ok()], [fits; 3], "{depth}");
        }
    }
}
