//! The objects of one state, each with the file it stands in.

use super::{Rendering, Role};
use crate::git::RepoPath;
use crate::kubernetes::Kind;
use crate::manifest::{Object, Reading};
use crate::text::Untrusted;
use crate::yaml::Span;
use std::collections::HashMap;
use std::rc::Rc;

/// The objects of one state: a commit, the index or the working tree.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The files that may hold manifests, by path.
    pub files: Vec<File>,
    /// What was passed over, by path, and why.
    pub passed: Vec<(RepoPath, Passed)>,
    /// Which kustomizations and charts it has.
    pub rendering: Rc<Rendering>,
    /// The objects of a kind and name.
    named: HashMap<(String, String), Vec<Place>>,
}

/// A file of a snapshot.
#[derive(Clone, Debug)]
pub struct File {
    pub path: RepoPath,
    /// The path as it is shown.
    pub shown: String,
    pub role: Role,
    /// Equal files of several snapshots share it.
    pub contents: Rc<Contents>,
}

/// What a file says. Its objects' spans are places in the text.
#[derive(Debug, Default)]
pub struct Contents {
    pub text: Vec<u8>,
    /// Its objects, and what of it cannot be read.
    pub reading: Reading,
}

/// Where an object stands in a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    file: usize,
    object: usize,
}

/// Why a file is not looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passed {
    /// Git LFS keeps it elsewhere.
    LfsPointer,
    /// It is another path's, which is looked at by itself if it is in the repository.
    Symlink,
    /// It is another repository's.
    Submodule,
    /// A merge left it unsettled.
    Conflict,
    /// The program of this filter would convert it.
    Program(Untrusted),
    /// It cannot be read, for that reason.
    Unreadable(Untrusted),
}

impl Snapshot {
    /// Files that are in no repository, by their paths: all go to a cluster as they are.
    pub fn of_files(files: impl Iterator<Item = (RepoPath, Contents)>) -> Snapshot {
        let file = |(path, contents)| File::new(path, Role::Plain, Rc::new(contents));
        let mut files: Vec<File> = files.map(file).collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Snapshot::new(files, Vec::new(), Rc::default())
    }

    pub(super) fn new(files: Vec<File>, passed: Vec<(RepoPath, Passed)>, rendering: Rc<Rendering>) -> Snapshot {
        let mut snapshot = Snapshot { files, passed, rendering, named: HashMap::new() };
        let mut named: HashMap<(String, String), Vec<Place>> = HashMap::new();
        for (place, object) in snapshot.objects() {
            let key = (object.identity.kind.clone(), object.identity.name.clone());
            named.entry(key).or_default().push(place);
        }
        snapshot.named = named;
        snapshot
    }

    /// The objects that go to a cluster, by path and in the order of the text: those of inputs and charts do not.
    pub fn objects(&self) -> impl Iterator<Item = (Place, &Object)> {
        let files = self.files.iter().enumerate().filter(|(_, file)| file.role.is_object());
        files.flat_map(|(file, of)| {
            let objects = of.contents.reading.objects.iter().enumerate();
            objects.map(move |(object, found)| (Place { file, object }, found))
        })
    }

    /// The workloads among them.
    pub fn workloads(&self) -> impl Iterator<Item = (Place, &Object)> {
        self.objects().filter(|(_, object)| Kind::of(&object.identity.kind).is_some_and(Kind::is_workload))
    }

    /// The objects of a kind and name, whatever their namespace.
    pub fn named(&self, kind: &str, name: &str) -> &[Place] {
        self.named.get(&(kind.to_owned(), name.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The objects of a kind, by path and in the order of the text.
    pub fn of_kind(&self, kind: Kind) -> Vec<Place> {
        let mut places: Vec<Place> = self
            .named
            .iter()
            .filter(|((of, _), _)| of == kind.name())
            .flat_map(|(_, places)| places)
            .copied()
            .collect();
        places.sort();
        places
    }

    /// The object of a place.
    pub fn object(&self, place: Place) -> &Object {
        &self.file(place).contents.reading.objects[place.object]
    }

    /// The file of a place.
    pub fn file(&self, place: Place) -> &File {
        &self.files[place.file]
    }

    /// The file at a path.
    pub fn file_at(&self, path: &RepoPath) -> Option<&File> {
        self.files.binary_search_by(|file| file.path.cmp(path)).ok().map(|place| &self.files[place])
    }

    /// The files that have objects and cannot be read to their end.
    pub fn unreadable(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.role.is_object() && file.contents.reading.unreadable().is_some())
    }
}

impl Contents {
    /// The object that some bytes are in, if they are in one.
    pub fn object_at(&self, span: Span) -> Option<&Object> {
        let is_in = |object: &&Object| object.span.start <= span.start && span.end <= object.span.end;
        self.reading.objects.iter().find(is_in)
    }
}

impl File {
    pub(super) fn new(path: RepoPath, role: Role, contents: Rc<Contents>) -> File {
        File { shown: path.shown().as_str().to_owned(), path, role, contents }
    }

    /// Whether the objects go to the cluster as they stand here.
    pub fn is_exact(&self) -> bool {
        self.role == Role::Plain
    }
}

impl Passed {
    /// Why, in words.
    pub fn message(&self) -> String {
        match self {
            Passed::LfsPointer => "passed over: Git LFS keeps its content elsewhere".to_owned(),
            Passed::Symlink => "passed over: it is a symlink".to_owned(),
            Passed::Submodule => "passed over: it is a submodule".to_owned(),
            Passed::Conflict => "passed over: the merge has left it in conflict".to_owned(),
            Passed::Program(driver) => {
                format!("passed over: the filter `{}` would have to run a program", driver.as_str())
            }
            Passed::Unreadable(why) => format!("cannot be read: {}", why.as_str()),
        }
    }
}
