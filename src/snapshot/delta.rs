//! Two states of a repository, and which files of them are not the same.

use super::names::is_manifest;
use super::objects::{File, Passed, Snapshot};
use super::role::Role;
use crate::git::RepoPath;
use crate::text::Untrusted;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Two states, the second of which came after the first.
#[derive(Debug, Default)]
pub struct Delta {
    pub old: Snapshot,
    pub new: Snapshot,
    /// The files that are not the same in both.
    pub changed: BTreeSet<RepoPath>,
}

/// What changes the templates of a file on their way to the cluster.
#[derive(Clone, Debug, Default)]
pub struct Shaping {
    /// The kustomizations that do.
    pub by: Vec<Untrusted>,
    /// Whether what they make may be another thing in the new state, of equal files too.
    pub changed: bool,
}

impl Delta {
    /// What is different between two states.
    pub fn between(old: Snapshot, new: Snapshot) -> Delta {
        let changed = changed(&old, &new).chain(changed(&new, &old)).collect();
        Delta { old, new, changed }
    }

    /// Both states, the old one first.
    pub fn states(&self) -> [&Snapshot; 2] {
        [&self.old, &self.new]
    }

    /// Whether what a file brings to a cluster may be another thing.
    pub fn may_differ(&self, path: &RepoPath) -> bool {
        self.changed.contains(path) || self.shaping([path, path]).changed
    }

    /// What changes the templates of a file, by its paths in both states.
    pub fn shaping(&self, [old, new]: [&RepoPath; 2]) -> Shaping {
        let sides = [(&self.old, old), (&self.new, new)];
        let roles = sides.map(|(of, path)| of.file_at(path).map(|file| &file.role));
        let by: BTreeSet<&RepoPath> = roles.iter().flatten().flat_map(|role| role.rendered_by()).collect();
        if by.is_empty() {
            return Shaping::default();
        }
        let [before, after] = sides.map(|(of, path)| {
            of.rendering.shapers(path).into_iter().map(|(file, _)| file.clone()).collect::<BTreeSet<RepoPath>>()
        });
        let works_with = |of: &Snapshot, shapers: &BTreeSet<RepoPath>| {
            let inputs = of.rendering.inputs();
            // Of what is no manifest, the snapshots do not tell whether it changed.
            let matters = |input: &RepoPath| self.changed.contains(input) || !is_manifest(input.name());
            let is_theirs =
                |input: &RepoPath| of.rendering.shaped_with(input).is_some_and(|(file, _)| shapers.contains(&file));
            inputs.iter().any(|input| matters(input) && is_theirs(input))
        };
        let changed = roles[0] != roles[1] && roles.iter().all(Option::is_some)
            || before != after
            || before.iter().any(|file| self.changed.contains(file))
            || works_with(&self.old, &before)
            || works_with(&self.new, &after);
        Shaping { by: by.into_iter().map(RepoPath::shown).collect(), changed }
    }

    /// What the new state passes over and the old one did not.
    pub fn newly_passed(&self) -> impl Iterator<Item = &(RepoPath, Passed)> {
        self.new.passed.iter().filter(|passed| !self.old.passed.contains(passed))
    }

    /// The Helm charts with a file that is different.
    pub fn changed_charts(&self) -> BTreeSet<&RepoPath> {
        let role = |path: &RepoPath| self.new.file_at(path).or(self.old.file_at(path)).map(|file| &file.role);
        let chart = |path: &RepoPath| match role(path) {
            Some(Role::Chart(folder)) => Some(folder),
            _ => None,
        };
        self.changed.iter().filter_map(chart).collect()
    }
}

/// The files of one state that the other does not have so: the same text can be a patch here and an object there.
fn changed<'s>(one: &'s Snapshot, other: &'s Snapshot) -> impl Iterator<Item = RepoPath> + 's {
    let is_same = |file: &File| {
        other.file_at(&file.path).is_some_and(|same| {
            (Rc::ptr_eq(&same.contents, &file.contents) || same.contents.text == file.contents.text)
                && same.role.is_object() == file.role.is_object()
        })
    };
    one.files.iter().filter(move |file| !is_same(file)).map(|file| file.path.clone())
}
