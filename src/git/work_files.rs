//! The files of the work tree as git would store them.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use git2::{Delta, DiffOptions, ObjectType, Oid};

use super::conversion::Stored;
use super::id::Id;
use super::index::{Staged, stat_of};
use super::repository::Source;
use super::tree::{Entry, Filter};
use super::{BlobId, Error, RepoPath, Repository};

/// A file of the work tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkFile {
    pub path: RepoPath,
    pub content: WorkContent,
}

/// What a file of the work tree would be in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkContent {
    /// What the index has.
    Staged(BlobId),
    /// The bytes that git would store, line ends and encoding converted.
    Text(Vec<u8>),
    Symlink,
    Submodule,
    /// A program that the configuration names would convert it, which is not run.
    Program(String),
    /// It cannot be read or converted, for that reason.
    Unreadable(String),
}

/// No manifest is larger: etcd takes 1.5 MB for an object.
const SIZE_LIMIT: u64 = 256 << 20;

impl Repository {
    /// The files of the work tree, by path: those that the index knows, and those that nobody has added yet unless git
    /// ignores them. A file that the index says is unchanged is not read, nor one outside of a sparse checkout. `index`
    /// is as in [`Repository::index_files`]. In a bare repository there is none.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn work_files(&self, index: Option<&Path>, filter: &Filter<'_>) -> Result<Vec<WorkFile>, Error> {
        let mut files = self.tracked_work_files(index, filter)?;
        let Some(root) = self.work_dir() else { return Ok(files) };
        let mut reader = Reader::new(self, root);
        for path in self.untracked(index)?.into_iter().filter(|path| filter.keeps(path)) {
            let content = reader.read(&path, &|| Ok(None))?;
            files.extend(content.map(|content| WorkFile { path, content }));
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }

    /// Those of them that the index knows: to find the others, all folders have to be looked through.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn tracked_work_files(&self, index: Option<&Path>, filter: &Filter<'_>) -> Result<Vec<WorkFile>, Error> {
        let Some(root) = self.work_dir() else { return Ok(Vec::new()) };
        let index = self.read_index(index)?;
        let (mut reader, mut files) = (Reader::new(self, root), Vec::new());
        let mut last = None;
        for staged in index.entries(filter) {
            // A file in conflict has up to three entries.
            if last.as_ref() == Some(&staged.path) {
                continue;
            }
            let content = reader.tracked(staged, index.time)?;
            last = Some(staged.path.clone());
            files.extend(content.map(|content| WorkFile { path: staged.path.clone(), content }));
        }
        Ok(files)
    }

    /// One file of the work tree; nothing if it is not there. The index is read only where the file alone does not tell.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn work_file(&self, index: Option<&Path>, path: &RepoPath) -> Result<Option<WorkContent>, Error> {
        let Some(root) = self.work_dir() else { return Ok(None) };
        let mut reader = Reader::new(self, root);
        let known = || Ok(self.read_index(index)?.entry(path).and_then(|staged| staged.blob()));
        match reader.read(path, &known)? {
            found @ (None | Some(WorkContent::Program(_))) => {
                let index = self.read_index(index)?;
                match index.entry(path) {
                    Some(staged) => reader.tracked(staged, index.time),
                    None => Ok(found),
                }
            }
            found => Ok(found),
        }
    }

    fn untracked(&self, index: Option<&Path>) -> Result<Vec<RepoPath>, Error> {
        let action = "list the files of the work tree";
        let (Source::Library(library), Ok(known)) = (&self.source, self.library_index(index)) else {
            let args = ["ls-files", "--others", "--exclude-standard", "-z"];
            let listed = self.with_index(index).answer(action, &args)?;
            let paths = listed.split(|byte| *byte == 0).filter(|path| !path.is_empty());
            return Ok(paths.filter(|path| !path.ends_with(b"/")).map(RepoPath::new).collect());
        };
        let mut options = DiffOptions::new();
        options.include_untracked(true).recurse_untracked_dirs(true).skip_binary_check(true).ignore_submodules(true);
        let diff = library.diff_index_to_workdir(Some(&known), Some(&mut options));
        let diff = diff.map_err(|error| Error::git(action, &error))?;
        let untracked = diff.deltas().filter(|delta| delta.status() == Delta::Untracked);
        // A repository in the work tree is one entry that ends in a slash.
        let files = untracked.filter_map(|delta| delta.new_file().path_bytes().map(<[u8]>::to_vec));
        Ok(files.filter(|path| !path.ends_with(b"/")).map(|path| RepoPath::new(&path)).collect())
    }
}

struct Reader<'r> {
    repository: &'r Repository,
    root: &'r Path,
    /// Whether a folder is one, and not a symlink to one.
    real_folders: HashMap<RepoPath, bool>,
}

/// What the index has of a file, asked for where it matters.
type Known<'k> = &'k dyn Fn() -> Result<Option<BlobId>, Error>;

impl<'r> Reader<'r> {
    fn new(repository: &'r Repository, root: &'r Path) -> Self {
        Reader { repository, root, real_folders: HashMap::new() }
    }

    /// A file that an index of that time knows.
    fn tracked(&mut self, staged: &Staged, time: Option<(i32, u32)>) -> Result<Option<WorkContent>, Error> {
        let unchanged = match staged.entry {
            Entry::File(blob) => WorkContent::Staged(blob),
            Entry::Symlink(_) => WorkContent::Symlink,
            Entry::Submodule(_) => return Ok(Some(WorkContent::Submodule)),
        };
        let is_unchanged = match self.metadata(&staged.path) {
            _ if staged.is_assumed && !staged.is_conflict => true,
            Ok(Some(metadata)) => is_unchanged(staged, &metadata, time),
            Ok(None) => staged.is_skipped,
            Err(_) => false,
        };
        if is_unchanged {
            return Ok(Some(unchanged));
        }
        let known = staged.blob();
        Ok(match (self.read(&staged.path, &|| Ok(known))?, known) {
            (Some(WorkContent::Text(text)), Some(blob)) if is_blob(&text, blob) => Some(WorkContent::Staged(blob)),
            (read, _) => read,
        })
    }

    /// A file as it lies there.
    fn read(&mut self, path: &RepoPath, known: Known<'_>) -> Result<Option<WorkContent>, Error> {
        let unreadable = |error: io::Error| Ok(Some(WorkContent::Unreadable(error.to_string())));
        let metadata = match self.metadata(path) {
            Ok(Some(metadata)) if metadata.is_symlink() => return Ok(Some(WorkContent::Symlink)),
            Ok(Some(metadata)) if metadata.is_file() => metadata,
            Ok(_) => return Ok(None),
            Err(error) => return unreadable(error),
        };
        if metadata.len() > SIZE_LIMIT {
            let why = format!("it has {} bytes, more than the {SIZE_LIMIT} that are read", metadata.len());
            return Ok(Some(WorkContent::Unreadable(why)));
        }
        let Some(relative) = path.to_file_system() else { return Ok(None) };
        let bytes = match fs::read(self.root.join(relative)) {
            Ok(bytes) => bytes,
            Err(error) => return unreadable(error),
        };
        Ok(Some(match self.repository.stored(path, bytes, known)? {
            Stored::Text(text) => WorkContent::Text(text),
            Stored::Program(driver) => WorkContent::Program(driver),
            Stored::Refused(why) => WorkContent::Unreadable(why),
        }))
    }

    /// What lies at a path; nothing behind a symlink, where git does not look either.
    fn metadata(&mut self, path: &RepoPath) -> io::Result<Option<fs::Metadata>> {
        let Some(relative) = path.to_file_system().filter(|_| path.parts().all(is_plain)) else { return Ok(None) };
        if !self.is_real(&path.folder()) {
            return Ok(None);
        }
        match fs::symlink_metadata(self.root.join(relative)) {
            Ok(metadata) => Ok(Some(metadata)),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn is_real(&mut self, folder: &RepoPath) -> bool {
        if folder.as_bytes().is_empty() {
            return true;
        }
        if let Some(is_real) = self.real_folders.get(folder) {
            return *is_real;
        }
        let is_folder = |path| fs::symlink_metadata(self.root.join(path)).is_ok_and(|metadata| metadata.is_dir());
        let is_real = folder.to_file_system().is_some_and(is_folder) && self.is_real(&folder.folder());
        self.real_folders.insert(folder.clone(), is_real);
        is_real
    }
}

/// Whether a file is as it was when it was added. One that was written as late as the index may have changed after that:
/// git's "racy" files (`read-cache.c: is_racy_stat`).
fn is_unchanged(staged: &Staged, metadata: &fs::Metadata, time: Option<(i32, u32)>) -> bool {
    let Some(stat) = staged.stat else { return false };
    let is_racy = time.is_none_or(|time| time <= stat.modified);
    let is_kind = matches!(staged.entry, Entry::Symlink(_)) == metadata.is_symlink();
    let is_plain = !staged.is_conflict && !staged.is_intended && !metadata.is_dir();
    is_plain && is_kind && !is_racy && stat_of(metadata) == Some(stat)
}

fn is_blob(text: &[u8], blob: BlobId) -> bool {
    Oid::hash_object(ObjectType::Blob, text).is_ok_and(|id| BlobId(Id::from(id)) == blob)
}

/// A tree made to do harm can have such names; git would not check them out.
fn is_plain(part: &[u8]) -> bool {
    !matches!(part, b"." | b"..") && !part.eq_ignore_ascii_case(b".git")
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
