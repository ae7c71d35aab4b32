//! The first-parent walk, and the commits of it at which given paths changed.
//!
//! The paths make a tree of names. Each name remembers what stood under it at the newer commit, so a step to the parent
//! reads only the folders that differ, each once, whatever the number of paths:
//!
//! ```text
//!   commit   C           its parent P
//!   root     a1    ≠     b7        read b7, look `apps` and `infra` up
//!   ├ apps   3c    =     3c        nothing below can differ
//!   └ infra  9e    ≠     04        read 04, look `dns.yaml` up: another blob, so C changed infra/dns.yaml
//! ```

use super::ahead::Ahead;
use super::id::Id;
use super::object::{Header, Item, Kind, Objects, entries, malformed};
use super::{BlobId, Change, ChangesStep, CommitId, Error, RepoPath, Repository};

/// A commit of the first-parent line at which the file at a path is not as at its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStep {
    pub commit: CommitId,
    /// The file at the first parent; nothing if it was added.
    pub before: Option<BlobId>,
    /// The file at this commit; nothing if it was removed (or became a folder, a symlink, a submodule).
    pub after: Option<BlobId>,
    /// The parent is beyond the boundary of a shallow clone, so `before` is not known.
    pub cut: bool,
}

/// The steps of several paths at one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathsStep {
    pub commit: CommitId,
    /// Each path that changed, by its place in the list that was given.
    pub steps: Vec<(usize, PathStep)>,
}

impl Repository {
    /// The commits of the first-parent line, newest first, `tip` among them.
    pub fn first_parents(&self, tip: CommitId) -> Result<FirstParents<'_>, Error> {
        Ok(FirstParents { objects: self.objects_with_graph()?, next: Some(tip.0) })
    }

    /// The commits of the first-parent line at which the file at `path` changed, newest first. It follows no moves:
    /// after a move, walk the older path from the move's parent.
    ///
    /// ```
    /// use rollbook::git::{RepoPath, Signature, Time, commit_files, init};
    ///
    /// let dir = tempfile::tempdir()?;
    /// let repository = init(dir.path())?;
    /// let author = Signature { name: "Ada".into(), email: "ada@example.org".into() };
    /// let [web, notes] = ["web.yaml", "notes.md"].map(RepoPath::from);
    /// for (path, text) in [(&web, "one"), (&notes, "aside"), (&web, "two")] {
    ///     let time = Time { seconds: 1_790_000_000, offset_minutes: 0 };
    ///     commit_files(&repository, &[(path.clone(), Some(text))], &author, time, text)?;
    /// }
    /// let steps = repository.path_walk(repository.head()?, &web)?.collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!(steps.len(), 2);
    /// assert_eq!(steps[0].before, steps[1].after);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn path_walk(&self, tip: CommitId, path: &RepoPath) -> Result<PathWalk<'_>, Error> {
        Ok(PathWalk { walk: self.paths_walk(tip, std::slice::from_ref(path))? })
    }

    /// The same for several paths in one walk, which costs little more than one.
    pub fn paths_walk(&self, tip: CommitId, paths: &[RepoPath]) -> Result<PathsWalk<'_>, Error> {
        let objects = self.objects_with_graph()?;
        let mut watched = Name::default();
        for (place, path) in paths.iter().enumerate() {
            watched.watch(path, place);
        }
        watched.sort();
        let header = objects.header(tip.0)?;
        watched.turn_to(Some(Item::folder(header.tree)), &objects, &mut |_, _, _| {})?;
        Ok(PathsWalk { objects, ahead: Ahead::new(self), watched, next: Some((tip.0, header)) })
    }
}

/// See [`Repository::first_parents`].
pub struct FirstParents<'r> {
    objects: Objects<'r>,
    next: Option<Id>,
}

impl Iterator for FirstParents<'_> {
    type Item = Result<CommitId, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let commit = self.next.take()?;
        Some(self.objects.header(commit).map(|header| {
            self.next = header.parent;
            CommitId(commit)
        }))
    }
}

impl<'r> PathsWalk<'r> {
    /// The same walk, commit by commit: those that changed none of the paths too.
    pub fn all(self, paths: Vec<RepoPath>) -> AllPathsWalk<'r> {
        AllPathsWalk { walk: self, paths }
    }
}

/// See [`PathsWalk::all`].
pub struct AllPathsWalk<'r> {
    walk: PathsWalk<'r>,
    paths: Vec<RepoPath>,
}

impl Iterator for AllPathsWalk<'_> {
    type Item = Result<ChangesStep, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (commit, header) = self.walk.next.take()?;
        let change = |(place, step): (usize, PathStep)| Change {
            path: self.paths[place].clone(),
            before: step.before,
            after: step.after,
        };
        Some(self.walk.steps_at(commit, header).map(|steps| ChangesStep {
            commit: CommitId(commit),
            parent: header.parent.map(CommitId),
            cut: header.cut,
            time: header.time,
            changes: steps.into_iter().map(change).collect(),
        }))
    }
}

/// See [`Repository::path_walk`].
pub struct PathWalk<'r> {
    walk: PathsWalk<'r>,
}

impl Iterator for PathWalk<'_> {
    type Item = Result<PathStep, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.walk.next()?.map(|at| at.steps[0].1))
    }
}

/// See [`Repository::paths_walk`].
pub struct PathsWalk<'r> {
    objects: Objects<'r>,
    ahead: Ahead<'r>,
    watched: Name,
    next: Option<(Id, Header)>,
}

impl Iterator for PathsWalk<'_> {
    type Item = Result<PathsStep, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some((commit, header)) = self.next.take() {
            match self.steps_at(commit, header) {
                Ok(steps) if steps.is_empty() => {}
                Ok(steps) => return Some(Ok(PathsStep { commit: CommitId(commit), steps })),
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }
}

impl PathsWalk<'_> {
    /// Goes on from `commit` to its parent, and gives what changed on the way.
    fn steps_at(&mut self, commit: Id, header: Header) -> Result<Vec<(usize, PathStep)>, Error> {
        let parent = match header.parent {
            Some(parent) => Some((parent, self.ahead.header(parent, &self.objects)?)),
            None => None,
        };
        let tree = parent.map(|(_, header)| Item::folder(header.tree));
        let mut steps = Vec::new();
        self.watched.turn_to(tree, &self.objects, &mut |place, before, after| {
            let [before, after] = [before, after].map(|blob| blob.map(BlobId));
            steps.push((place, PathStep { commit: CommitId(commit), before, after, cut: header.cut }));
        })?;
        self.next = parent;
        Ok(steps)
    }
}

/// One name of the watched paths, with the names below it.
#[derive(Default)]
struct Name {
    name: Vec<u8>,
    /// What stands here at the commit that the walk has reached.
    item: Option<Item>,
    /// What stands here at the parent: only while it turns to it.
    older: Option<Item>,
    /// The paths that end here, by their place in the list that was given.
    ends: Vec<usize>,
    below: Vec<Name>,
}

impl Name {
    fn watch(&mut self, path: &RepoPath, place: usize) {
        let mut at = self;
        for part in path.parts() {
            let found = at.below.iter().position(|name| name.name == part);
            let index = found.unwrap_or_else(|| {
                at.below.push(Name { name: part.to_vec(), ..Name::default() });
                at.below.len() - 1
            });
            at = &mut at.below[index];
        }
        at.ends.push(place);
    }

    fn sort(&mut self) {
        self.below.sort_by(|one, other| one.name.cmp(&other.name));
        self.below.iter_mut().for_each(Name::sort);
    }

    /// Goes from the commit reached to an older one, where `older` stands here; tells of each path whose file differs.
    fn turn_to(
        &mut self,
        older: Option<Item>,
        objects: &Objects<'_>,
        tell: &mut impl FnMut(usize, Option<Id>, Option<Id>),
    ) -> Result<(), Error> {
        if older == self.item {
            return Ok(());
        }
        let newer = std::mem::replace(&mut self.item, older);
        let [before, after] = [older, newer].map(|item| item.and_then(Item::file));
        if before != after {
            self.ends.iter().for_each(|place| tell(*place, before, after));
        }
        if self.below.is_empty() {
            return Ok(());
        }
        self.look_up_below(objects)?;
        self.below.iter_mut().try_for_each(|name| name.turn_to(name.older, objects, tell))
    }

    /// Finds what stands under the names below, in the folder that now stands here.
    fn look_up_below(&mut self, objects: &Objects<'_>) -> Result<(), Error> {
        self.below.iter_mut().for_each(|name| name.older = None);
        let Some(Item { kind: Kind::Folder, id }) = self.item else { return Ok(()) };
        let tree = objects.tree(id)?;
        let mut missing = self.below.len();
        for entry in entries(&tree, id) {
            let (name, item) = entry.ok_or_else(|| malformed("tree", id))?;
            if let Some(index) = place_of(&self.below, name) {
                self.below[index].older = Some(item);
                missing -= 1;
                if missing == 0 {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// The place of a name among those that are watched. A few are compared one by one: most differ in length, which is
/// told without a look at the bytes.
fn place_of(watched: &[Name], name: &[u8]) -> Option<usize> {
    const FEW: usize = 8;
    match watched.len() <= FEW {
        true => watched.iter().position(|watched| watched.name == name),
        false => watched.binary_search_by(|watched| watched.name.as_slice().cmp(name)).ok(),
    }
}
