//! The files that commits changed.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::iter::Peekable;
use std::rc::Rc;

use super::ahead::Ahead;
use super::id::Id;
use super::object::{Entries, Header, Item, Kind, Objects, entries, malformed};
use super::tree::check_size;
use super::{BlobId, CommitId, Error, Filter, RepoPath, Repository};

/// A file that a commit changed against its first parent. Moves are not guessed: one is a removal and an addition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: RepoPath,
    pub before: Option<BlobId>,
    pub after: Option<BlobId>,
}

impl Repository {
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
        Ok(ChangesWalk { objects, ahead: Ahead::new(self), filter, read: HashMap::new(), next: Some((tip.0, header)) })
    }
}

/// A commit of the first-parent line, and what it changed against its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangesStep {
    pub commit: CommitId,
    /// The commit before; none at the beginning, and where a shallow clone ends.
    pub parent: Option<CommitId>,
    /// The parent is beyond the boundary of a shallow clone, so all files count as added.
    pub cut: bool,
    /// When it was committed, in seconds since 1970.
    pub time: i64,
    pub changes: Vec<Change>,
}

/// See [`Repository::changes_walk`].
pub struct ChangesWalk<'a> {
    objects: Objects<'a>,
    ahead: Ahead<'a>,
    filter: Filter<'a>,
    /// The trees that the last step has read: half of them are of the next one too.
    read: HashMap<Id, Rc<[u8]>>,
    next: Option<(Id, Header)>,
}

impl Iterator for ChangesWalk<'_> {
    type Item = Result<ChangesStep, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (commit, header) = self.next.take()?;
        Some(self.step(commit, header))
    }
}

impl ChangesWalk<'_> {
    fn step(&mut self, commit: Id, header: Header) -> Result<ChangesStep, Error> {
        self.next = match header.parent {
            Some(parent) => Some((parent, self.ahead.header(parent, &self.objects)?)),
            None => None,
        };
        let before = self.next.map(|(_, parent)| parent.tree);
        let mut trees = Trees { objects: &self.objects, known: std::mem::take(&mut self.read), read: HashMap::new() };
        let changes = trees.changes(before, header.tree, &self.filter)?;
        self.read = trees.read;
        let Header { parent, cut, time, .. } = header;
        Ok(ChangesStep { commit: CommitId(commit), parent: parent.map(CommitId), cut, time, changes })
    }
}

/// Trees as they are read for a comparison.
struct Trees<'a> {
    objects: &'a Objects<'a>,
    /// From the comparison before.
    known: HashMap<Id, Rc<[u8]>>,
    read: HashMap<Id, Rc<[u8]>>,
}

impl<'a> Trees<'a> {
    fn new(objects: &'a Objects<'a>) -> Self {
        Trees { objects, known: HashMap::new(), read: HashMap::new() }
    }

    fn changes(&mut self, before: Option<Id>, after: Id, filter: &Filter<'_>) -> Result<Vec<Change>, Error> {
        let mut comparison = Comparison { trees: self, filter, changes: Vec::new() };
        comparison.compare(before, Some(after), &RepoPath::from(""), 0)?;
        Ok(comparison.changes)
    }

    fn tree(&mut self, id: Id) -> Result<Rc<[u8]>, Error> {
        let tree = match self.known.get(&id) {
            Some(tree) => tree.clone(),
            None => Rc::from(&*self.objects.tree(id)?),
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
    fn compare(&mut self, before: Option<Id>, after: Option<Id>, at: &RepoPath, depth: usize) -> Result<(), Error> {
        for Difference { path, before, after } in self.differences(before, after, at, depth)? {
            let is_folder = before.or(after).is_some_and(|item| item.kind == Kind::Folder);
            if is_folder && self.filter.enters(&path) {
                self.compare(before.map(|item| item.id), after.map(|item| item.id), &path, depth + 1)?;
            }
            let [before, after] = [before, after].map(|item| item.and_then(Item::file).map(BlobId));
            if before != after && self.filter.keeps(&path) {
                self.changes.push(Change { path, before, after });
            }
        }
        Ok(())
    }

    /// What differs in a folder itself. The tree made to do harm is deep: the trees are let go before the next step down,
    /// and what each step leaves on the stack is little.
    fn differences(
        &mut self,
        before: Option<Id>,
        after: Option<Id>,
        at: &RepoPath,
        depth: usize,
    ) -> Result<Vec<Difference>, Error> {
        let Some(folder) = after.or(before).filter(|_| before != after) else { return Ok(Vec::new()) };
        check_size(folder, depth, self.changes.len())?;
        let old = before.map(|id| self.trees.tree(id)).transpose()?;
        let new = after.map(|id| self.trees.tree(id)).transpose()?;
        let [old, new] = [&old, &new].map(|tree| tree.as_deref().unwrap_or_default());
        let mut pairs = Pairs { old: entries(old, folder).peekable(), new: entries(new, folder).peekable() };
        let mut differences = Vec::new();
        while let Some(pair) = pairs.next() {
            let (name, before, after) = pair.ok_or_else(|| malformed("tree", folder))?;
            if before != after {
                differences.push(Difference { path: at.join(name), before, after });
            }
        }
        Ok(differences)
    }
}

/// What two trees have under a name, where that is not the same.
struct Difference {
    path: RepoPath,
    before: Option<Item>,
    after: Option<Item>,
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
