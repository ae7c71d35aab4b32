//! Two states of a repository, and which files of them are not the same.

use super::names::is_manifest;
use super::objects::{File, Passed, Snapshot};
use super::role::Role;
use crate::git::RepoPath;
use crate::manifest::{Difference, Identity, Touch, is_image_of};
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
    pub fn shaping(&self, paths: [&RepoPath; 2]) -> Shaping {
        let by = self.renderers(paths);
        if by.is_empty() {
            return Shaping::default();
        }
        let shapers = self.shapers(paths);
        let changed = self.is_shaped_otherwise(paths, &shapers)
            || shapers.iter().flatten().chain(by.iter().copied()).any(|file| self.changed.contains(file));
        Shaping { by: by.into_iter().map(RepoPath::shown).collect(), changed }
    }

    /// The entries for images, each by its kustomization and its name, that are not the same in both states and may give
    /// other images to a workload with these: empty if what shapes its file is the same; nothing if more of it is not.
    pub fn images_apart(
        &self,
        paths: [&RepoPath; 2],
        identity: &Identity,
        images: &[&str],
    ) -> Option<Vec<(RepoPath, String)>> {
        let shapers = self.shapers(paths);
        let delivered = self.renderers(paths).into_iter().filter(|file| !shapers[1].contains(*file));
        if self.is_shaped_otherwise(paths, &shapers) || delivered.into_iter().any(|file| self.changed.contains(file)) {
            return None;
        }
        let [old, new] = self.states();
        let touches =
            |of: &Snapshot, file| of.rendering.kustomization(file).map(|kustomization| kustomization.touch.clone());
        let mut apart = Vec::new();
        for file in &shapers[1] {
            let (before, after) = (touches(old, file)?, touches(new, file)?);
            let Difference { anything, images: names, workloads } = before.difference(&after);
            if anything || workloads.contains(&(identity.kind.clone(), identity.name.clone())) {
                return None;
            }
            apart.extend(names.into_iter().map(|name| (file.clone(), name)));
        }
        let touches: Vec<Touch> = shapers[1].iter().filter_map(|file| touches(new, file)).collect();
        let mut ours: BTreeSet<String> = images.iter().map(|image| (*image).to_owned()).collect();
        let mut added = ours.clone();
        while !added.is_empty() {
            let renamed = |image: &String| touches.iter().flat_map(|touch| touch.new_names(image)).collect::<Vec<_>>();
            added = added.iter().flat_map(renamed).map(str::to_owned).filter(|name| !ours.contains(name)).collect();
            ours.extend(added.iter().cloned());
        }
        let is_ours = |(_, name): &(RepoPath, String)| ours.iter().any(|image| is_image_of(image, name));
        // An image that a patch gives may be meant by any entry.
        if touches.iter().any(Touch::sets_images) && !apart.iter().all(is_ours) {
            return None;
        }
        apart.retain(is_ours);
        Some(apart)
    }

    /// The kustomizations that took a file in by themselves in the old state, and do not in the new one.
    pub fn takers_lost(&self, path: &RepoPath) -> Vec<RepoPath> {
        let [old, new] = self.states().map(|state| state.rendering.direct_takers(path));
        old.difference(&new).cloned().collect()
    }

    /// What works on a file in either state.
    fn renderers(&self, paths: [&RepoPath; 2]) -> BTreeSet<&RepoPath> {
        self.roles(paths).into_iter().flatten().flat_map(Role::rendered_by).collect()
    }

    fn roles(&self, [old, new]: [&RepoPath; 2]) -> [Option<&Role>; 2] {
        [(&self.old, old), (&self.new, new)].map(|(of, path)| of.file_at(path).map(|file| &file.role))
    }

    fn shapers(&self, [old, new]: [&RepoPath; 2]) -> [BTreeSet<RepoPath>; 2] {
        [(&self.old, old), (&self.new, new)]
            .map(|(of, path)| of.rendering.shapers(path).into_iter().map(|(file, _)| file.clone()).collect())
    }

    /// Whether a file is another thing to the tools that render, or others than before shape it, or with other files.
    fn is_shaped_otherwise(&self, paths: [&RepoPath; 2], [before, after]: &[BTreeSet<RepoPath>; 2]) -> bool {
        let works_with = |of: &Snapshot, shapers: &BTreeSet<RepoPath>| {
            let inputs = of.rendering.inputs();
            // Of what is no manifest, the snapshots do not tell whether it changed.
            let matters = |input: &RepoPath| self.changed.contains(input) || !is_manifest(input.name());
            let is_theirs =
                |input: &RepoPath| of.rendering.shaped_with(input).is_some_and(|(file, _)| shapers.contains(&file));
            inputs.iter().any(|input| matters(input) && is_theirs(input))
        };
        let roles = self.roles(paths);
        roles[0] != roles[1] && roles.iter().all(Option::is_some)
            || before != after
            || works_with(&self.old, before)
            || works_with(&self.new, after)
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
