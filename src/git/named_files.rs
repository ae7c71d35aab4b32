//! The files of certain names in one commit after another.

use std::collections::HashMap;
use std::rc::Rc;

use super::id::Id;
use super::object::{Kind, Objects, entries, malformed};
use super::tree::check_size;
use super::{BlobId, CommitId, Error, RepoPath, Repository};

/// Files with their paths, by path: of a commit, or below a folder.
pub type PathsAndBlobs = Rc<[(RepoPath, BlobId)]>;

/// Finds files by their name. A folder that has been looked through once is not read again, so the next commit costs
/// only what is new in it.
pub struct NamedFiles<'r> {
    objects: Objects<'r>,
    keep: fn(&[u8]) -> bool,
    seen: HashMap<Id, PathsAndBlobs>,
}

impl Repository {
    /// Looks for the regular files whose name `keep` takes.
    ///
    /// # Errors
    /// A repository that cannot be read.
    pub fn named_files(&self, keep: fn(&[u8]) -> bool) -> Result<NamedFiles<'_>, Error> {
        Ok(NamedFiles { objects: self.objects()?, keep, seen: HashMap::new() })
    }
}

impl NamedFiles<'_> {
    /// The files of a commit, by path. Commits with the same ones give the same allocation, as a rule.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn at(&mut self, commit: CommitId) -> Result<PathsAndBlobs, Error> {
        let root = self.objects.header(commit.0)?.tree;
        self.below(root, 0)
    }

    fn below(&mut self, folder: Id, depth: usize) -> Result<PathsAndBlobs, Error> {
        if let Some(files) = self.seen.get(&folder) {
            return Ok(files.clone());
        }
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in entries(&self.objects.tree(folder)?, folder) {
            let (name, item) = entry.ok_or_else(|| malformed("tree", folder))?;
            match item.kind {
                Kind::Folder => folders.push((RepoPath::new(name), item.id)),
                Kind::File | Kind::Executable if (self.keep)(name) => {
                    files.push((RepoPath::new(name), BlobId(item.id)))
                }
                _ => {}
            }
        }
        for (name, id) in folders {
            check_size(id, depth + 1, files.len())?;
            let below = self.below(id, depth + 1)?;
            files.extend(below.iter().map(|(path, blob)| (name.join(path.as_bytes()), *blob)));
        }
        files.sort();
        let files: PathsAndBlobs = files.into();
        self.seen.insert(folder, files.clone());
        Ok(files)
    }
}
