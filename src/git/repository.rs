//! Opening a repository, and what can be asked of it as a whole.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::{Once, OnceLock};

use git2::{ErrorCode, RepositoryOpenFlags};
use gix_pack::cache::lru::MemoryCappedHashmap;

use super::commit_graph::CommitGraph;
use super::error::Need;
use super::grafts::{Graft, Grafts};
use super::object::{Objects, Store};
use super::plumbing::Plumbing;
use super::{CommitId, Error, Lack};

/// A repository, open for reading. It is not shared between threads.
///
/// libgit2 reads it where it can. Where it cannot (SHA-256, reftable, a format to come), or would read other objects
/// than git (`refs/replace`), the program git does.
pub struct Repository {
    pub(super) source: Source,
    layout: Layout,
    grafts: Grafts,
    lack: Lack,
    /// Whether objects stand for others.
    replaced: bool,
    graph: OnceLock<Option<CommitGraph>>,
    files: OnceCell<gix_odb::Handle>,
}

/// How many bytes of objects are kept on which others rest in packs.
const MOST_OF_PACKS: usize = 8 << 20;

/// Who reads a repository.
pub(super) enum Source {
    Library(git2::Repository),
    Plumbing(Box<Plumbing>),
}

/// Where the parts of a repository are.
pub(super) struct Layout {
    pub git_dir: PathBuf,
    /// The folder that all work trees share.
    pub common_dir: PathBuf,
    pub work_dir: Option<PathBuf>,
}

impl Repository {
    /// Opens the repository that `dir` is in: a work tree, a folder of one, or a bare repository's own folder.
    ///
    /// # Errors
    /// A folder that is not there, or in no repository; a repository of another user that git does not call safe; one
    /// that only the program git can read, where that is missing or too old.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        set_libgit2_up();
        if !dir.is_dir() {
            return Err(Error::NoSuchFolder { dir: dir.to_owned() });
        }
        let none: [&Path; 0] = [];
        match git2::Repository::open_ext(dir, RepositoryOpenFlags::empty(), none) {
            Ok(library) => Self::by_library(dir, library),
            Err(error) if error.code() == ErrorCode::NotFound => Err(Error::NotARepository { dir: dir.to_owned() }),
            Err(error) if error.code() == ErrorCode::Owner => by_leave_of_git(dir, &error),
            Err(error) => Self::by_plumbing(dir, Need::Format(error.message().into())),
        }
    }

    fn by_library(dir: &Path, library: git2::Repository) -> Result<Self, Error> {
        let layout = Layout {
            git_dir: library.path().to_owned(),
            common_dir: library.commondir().to_owned(),
            work_dir: library.workdir().map(Path::to_owned),
        };
        if has_replacements(&layout.common_dir) {
            return Self::by_plumbing(dir, Need::Replacements);
        }
        let partial = is_partial(&library).unwrap_or(false);
        Ok(Self::of(Source::Library(library), layout, partial, false))
    }

    fn by_plumbing(dir: &Path, need: Need) -> Result<Self, Error> {
        let (plumbing, layout) = Plumbing::open(dir, need)?;
        let partial = !plumbing.settings(r"^(remote\..*\.promisor|extensions\.partialclone)$").is_empty();
        let replaced = plumbing.has_replacements();
        Ok(Self::of(Source::Plumbing(Box::new(plumbing)), layout, partial, replaced))
    }

    fn of(source: Source, layout: Layout, partial: bool, replaced: bool) -> Self {
        let grafts = Grafts::read(&layout.common_dir);
        let lack = match (partial, grafts.shallow) {
            (true, _) => Lack::Partial,
            (false, true) => Lack::Shallow,
            (false, false) => Lack::Damage,
        };
        Self { source, layout, grafts, lack, replaced, graph: OnceLock::new(), files: OnceCell::new() }
    }

    /// Whether it has no work tree.
    pub fn is_bare(&self) -> bool {
        self.layout.work_dir.is_none()
    }

    /// Whether it is a clone that lacks the older commits.
    pub fn is_shallow(&self) -> bool {
        self.grafts.shallow
    }

    /// Whether a shallow clone ends at this commit.
    pub fn is_cut(&self, commit: CommitId) -> bool {
        self.graft(commit) == Some(&Graft::Cut)
    }

    /// What stands in place of a commit's parents, if not they.
    pub(super) fn graft(&self, commit: CommitId) -> Option<&Graft> {
        self.grafts.of(commit.0)
    }

    /// Whether somebody put other commits, files or parents in place of those that were committed (`git replace`,
    /// `info/grafts`): what an id names here is then not what it names elsewhere, or tomorrow.
    pub fn is_edited(&self) -> bool {
        self.replaced || self.grafts.edited
    }

    /// The root of the work tree.
    pub fn work_dir(&self) -> Option<&Path> {
        self.layout.work_dir.as_deref()
    }

    /// The folder that all work trees of the repository share.
    pub fn common_dir(&self) -> &Path {
        &self.layout.common_dir
    }

    /// The folder of this work tree's own files: its index, its `HEAD`.
    pub(super) fn git_dir(&self) -> &Path {
        &self.layout.git_dir
    }

    /// The folder to name in a message.
    pub(super) fn place(&self) -> PathBuf {
        self.work_dir().unwrap_or(&self.layout.git_dir).components().collect()
    }

    /// libgit2's repository, for what has no way through the program git.
    ///
    /// # Errors
    /// A repository that the program git reads: `what` cannot be done there.
    pub(super) fn library(&self, what: &'static str) -> Result<&git2::Repository, Error> {
        match &self.source {
            Source::Library(library) => Ok(library),
            Source::Plumbing(plumbing) => Err(plumbing.cannot(what, self.place())),
        }
    }

    pub(super) fn objects(&self) -> Result<Objects<'_>, Error> {
        let store = match &self.source {
            Source::Library(_) => Store::Files(self.object_files()?),
            Source::Plumbing(plumbing) => Store::Plumbing(plumbing),
        };
        Ok(Objects::new(store, &self.grafts, self.lack))
    }

    /// The files that hold the objects. libgit2 reads them too, at a third of the speed.
    fn object_files(&self) -> Result<&gix_odb::Handle, Error> {
        if let Some(files) = self.files.get() {
            return Ok(files);
        }
        let files = object_files(self.common_dir())
            .map_err(|error| Error::Git { action: "read the objects", reason: error.to_string().into() })?;
        Ok(self.files.get_or_init(|| files))
    }

    /// The objects for a walk of many commits.
    pub(super) fn objects_with_graph(&self) -> Result<Objects<'_>, Error> {
        if self.replaced {
            return self.objects();
        }
        let graph = self.graph.get_or_init(|| CommitGraph::read(&self.common_dir().join("objects")));
        Ok(self.objects()?.with_graph(graph.as_ref()))
    }

    /// Why an object would not be here.
    pub(super) fn lack(&self) -> Lack {
        self.lack
    }
}

/// The files that hold the objects of a repository.
pub(super) fn object_files(common_dir: &Path) -> std::io::Result<gix_odb::Handle> {
    let mut files = gix_odb::at(common_dir.join("objects"), gix_hash::Kind::Sha1)?;
    files.set_pack_cache(|| Box::new(MemoryCappedHashmap::new(MOST_OF_PACKS)));
    Ok(files)
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
        // Partial clones are common in CI. What they lack is an error where it is met, not when opening. A worktree that
        // is linked by a relative path (git 2.48) is found by libgit2 as any other.
        unsafe { git2::opts::set_extensions(&["partialclone", "relativeworktrees"]) }
            .expect("the names have no zero byte");
    });
}

/// libgit2 knows less of `safe.directory` than git, so git has the last word.
fn by_leave_of_git(dir: &Path, error: &git2::Error) -> Result<Repository, Error> {
    match Repository::by_plumbing(dir, Need::Owner) {
        Err(Error::NoProgram { dir, .. }) => Err(Error::NotOwned { dir: owned_place(error).unwrap_or(dir) }),
        other => other,
    }
}

/// `repository path 'DIR' is not owned by current user`: git wants this very folder to be named as safe.
fn owned_place(error: &git2::Error) -> Option<PathBuf> {
    let (_, rest) = error.message().split_once('\'')?;
    let (dir, _) = rest.split_once('\'')?;
    Some(PathBuf::from(dir.trim_end_matches('/')))
}

/// Whether there are references under `refs/replace`, as files or packed.
fn has_replacements(common: &Path) -> bool {
    let loose = std::fs::read_dir(common.join("refs/replace")).is_ok_and(|mut files| files.next().is_some());
    loose
        || std::fs::read(common.join("packed-refs"))
            .is_ok_and(|refs| memchr::memmem::find(&refs, b" refs/replace/").is_some())
}

/// Whether a remote has promised the objects that are not here: what `git clone --filter` writes down.
fn is_partial(repository: &git2::Repository) -> Result<bool, git2::Error> {
    let config = repository.config()?.snapshot()?;
    let promises = config.entries(Some(r"^remote\..*\.promisor$"))?;
    let mut partial = config.get_str("extensions.partialclone").is_ok();
    promises.for_each(|_| partial = true)?;
    Ok(partial)
}
