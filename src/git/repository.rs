//! Opening a repository, and what can be asked of it as a whole.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Once, OnceLock};

use git2::{ErrorCode, Oid, RepositoryOpenFlags};

use super::commit_graph::CommitGraph;
use super::object::Objects;
use super::{Error, Lack};

/// A repository, open for reading. It is not shared between threads.
pub struct Repository {
    pub(super) inner: git2::Repository,
    /// The commits whose parents a shallow clone does not have.
    shallow: HashSet<Oid>,
    lack: Lack,
    graph: OnceLock<Option<CommitGraph>>,
}

impl Repository {
    /// Opens the repository that `dir` is in: a work tree, a folder of one, or a bare repository's own folder.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        set_libgit2_up();
        if !dir.is_dir() {
            return Err(Error::NoSuchFolder { dir: dir.to_owned() });
        }
        let none: [&Path; 0] = [];
        let inner = git2::Repository::open_ext(dir, RepositoryOpenFlags::empty(), none)
            .map_err(|error| cannot_open(dir, &error))?;
        let shallow = shallow_commits(&inner);
        let lack = match (is_partial(&inner), shallow.is_empty()) {
            (Ok(true), _) => Lack::Partial,
            (_, false) => Lack::Shallow,
            (_, true) => Lack::Damage,
        };
        Ok(Self { inner, shallow, lack, graph: OnceLock::new() })
    }

    /// Whether it has no work tree.
    pub fn is_bare(&self) -> bool {
        self.inner.is_bare()
    }

    /// Whether it is a clone that lacks the older commits.
    pub fn is_shallow(&self) -> bool {
        !self.shallow.is_empty()
    }

    /// The root of the work tree.
    pub fn work_dir(&self) -> Option<&Path> {
        self.inner.workdir()
    }

    /// The folder that all work trees of the repository share.
    pub fn common_dir(&self) -> &Path {
        self.inner.commondir()
    }

    /// The folder to name in a message.
    pub(super) fn place(&self) -> PathBuf {
        self.inner.workdir().unwrap_or(self.inner.path()).components().collect()
    }

    pub(super) fn objects(&self) -> Result<Objects<'_>, Error> {
        let odb = self.inner.odb().map_err(|error| Error::git("read the objects", &error))?;
        Ok(Objects::new(odb, &self.shallow, self.lack))
    }

    /// The objects for a walk of many commits.
    pub(super) fn objects_with_graph(&self) -> Result<Objects<'_>, Error> {
        let graph = self.graph.get_or_init(|| CommitGraph::read(&self.inner.commondir().join("objects")));
        Ok(self.objects()?.with_graph(graph.as_ref()))
    }

    /// Why an object would not be here.
    pub(super) fn lack(&self) -> Lack {
        self.lack
    }
}

/// libgit2's settings are global: they are made once, before the first repository is opened.
fn set_libgit2_up() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Hashing every object anew takes a third of a walk's time; `git log` does not do it either.
        git2::opts::strict_hash_verification(false);
        // A walk reads each object once: the cache would only grow, to 256 MB.
        git2::opts::enable_caching(false);
        // SAFETY: sets a variable of libgit2 that is read when a repository is opened, which only happens after this.
        // Partial clones are common in CI. What they lack is an error where it is met, not when opening.
        unsafe { git2::opts::set_extensions(&["partialclone"]) }.expect("the name has no zero byte");
    });
}

fn cannot_open(dir: &Path, error: &git2::Error) -> Error {
    let dir = dir.to_owned();
    match error.code() {
        ErrorCode::NotFound => Error::NotARepository { dir },
        ErrorCode::Owner => Error::NotOwned { dir: owned_place(error).unwrap_or(dir) },
        _ => Error::Unsupported { dir, reason: error.message().to_owned() },
    }
}

/// `repository path 'DIR' is not owned by current user`: git wants this very folder to be named as safe.
fn owned_place(error: &git2::Error) -> Option<PathBuf> {
    let (_, rest) = error.message().split_once('\'')?;
    let (dir, _) = rest.split_once('\'')?;
    Some(PathBuf::from(dir.trim_end_matches('/')))
}

/// Whether a remote has promised the objects that are not here: what `git clone --filter` writes down.
fn is_partial(repository: &git2::Repository) -> Result<bool, git2::Error> {
    let config = repository.config()?.snapshot()?;
    let promises = config.entries(Some(r"^remote\..*\.promisor$"))?;
    let mut partial = config.get_str("extensions.partialclone").is_ok();
    promises.for_each(|_| partial = true)?;
    Ok(partial)
}

/// The file `shallow` has the id of one such commit a line.
fn shallow_commits(repository: &git2::Repository) -> HashSet<Oid> {
    let text = std::fs::read_to_string(repository.commondir().join("shallow")).unwrap_or_default();
    text.lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect()
}
