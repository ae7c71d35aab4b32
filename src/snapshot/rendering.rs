//! What happens to manifests between git and the cluster, as far as the files of one state tell.
//!
//! ```text
//!   overlays/prod ──resources──► base ──resources──► base/web.yaml      taken in by both
//!        │  └─────components───► components/tags                        changes what prod has taken in
//!        └────────patches──────► overlays/prod/memory.yaml              an input
//! ```

#[cfg(test)]
mod cases;

use super::names::is_kustomization;
use super::uses::{Kustomizations, Uses, climb, resolve};
use super::{Delivery, Role};
use crate::git::RepoPath;
use crate::manifest::{Input, Kustomization};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The file that makes a folder a Helm chart.
pub const CHART: &str = "Chart.yaml";

/// The kustomizations and charts of one state.
#[derive(Clone, Debug, Default)]
pub struct Rendering {
    /// By folder, each with its file.
    kustomizations: Kustomizations,
    charts: BTreeSet<RepoPath>,
    /// Objects that change what they bring to a cluster.
    deliveries: Rc<[Delivery]>,
    /// The same the other way round, made when it is asked for.
    uses: OnceCell<Uses>,
}

impl Rendering {
    /// Adds a kustomization, in place of the one that the file was before.
    pub fn add(&mut self, path: RepoPath, kustomization: Rc<Kustomization>) {
        let folder = path.folder();
        let before = self.kustomizations.insert(folder, (path, kustomization.clone()));
        if !before.is_some_and(|(_, before)| before.is_shaped_like(&kustomization)) {
            self.uses = OnceCell::new();
        }
    }

    /// What brings its folders to a cluster, and changes them on the way.
    pub fn deliveries(&self) -> Rc<[Delivery]> {
        self.deliveries.clone()
    }

    /// The same where these objects bring its folders to a cluster.
    pub(super) fn delivered(self, deliveries: Rc<[Delivery]>) -> Rendering {
        Rendering { deliveries, ..self }
    }

    /// Adds the chart of a file `Chart.yaml`.
    pub fn add_chart(&mut self, path: &RepoPath) {
        self.charts.insert(path.folder());
    }

    /// Takes away the kustomization or the chart that a file was.
    pub fn remove(&mut self, path: &RepoPath) {
        let folder = path.folder();
        if path.name() == CHART.as_bytes() {
            self.charts.remove(&folder);
        } else if self.kustomizations.get(&folder).is_some_and(|(file, _)| file == path) {
            self.kustomizations.remove(&folder);
            self.uses = OnceCell::new();
        }
    }

    /// The kustomization that a file is.
    pub fn kustomization(&self, path: &RepoPath) -> Option<&Rc<Kustomization>> {
        self.kustomizations.get(&path.folder()).filter(|(file, _)| file == path).map(|(_, kustomization)| kustomization)
    }

    /// What the file at a path is.
    pub fn role(&self, path: &RepoPath) -> Role {
        if is_kustomization(path.name()) {
            return Role::Kustomization;
        }
        let takers = self.takers(path);
        let works_with = |folder: &RepoPath| self.uses().input_of.get(folder);
        let mut direct = self.uses().taken_by.get(path).into_iter().flatten();
        let is_taken = direct.any(|folder| works_with(folder).is_none());
        let input = works_with(path).or_else(|| takers.iter().find_map(works_with));
        match (input, self.chart_of(path)) {
            (Some((by, field)), _) if !is_taken => return Role::Input { of: self.file_of(by), field: (*field).into() },
            (_, Some(folder)) if !is_taken => return Role::Chart(folder),
            _ => {}
        }
        let renderers = takers.iter().filter(|folder| self.uses().touching.contains(*folder));
        let renderers = renderers.map(|folder| self.file_of(folder));
        let brought = self.deliveries.iter().filter(|delivery| self.brings(delivery, path, &takers));
        let renderers: Vec<RepoPath> = renderers.chain(brought.map(|delivery| delivery.file.clone())).collect();
        if renderers.is_empty() { Role::Plain } else { Role::Rendered(renderers) }
    }

    /// A folder is brought as its kustomization says; without one, with all that it has.
    fn brings(&self, delivery: &Delivery, path: &RepoPath, takers: &BTreeSet<RepoPath>) -> bool {
        match self.kustomizations.contains_key(&delivery.folder) {
            true => takers.contains(&delivery.folder),
            false => path.is_under(&delivery.folder),
        }
    }

    /// The kustomizations whose changes may change the templates of a file: those that take it in, by themselves or
    /// through others, and the components of these.
    pub fn shapers(&self, path: &RepoPath) -> Vec<(&RepoPath, &Rc<Kustomization>)> {
        let folders = self.reached(self.takers(path), |kustomization| kustomization.components.iter().collect());
        folders.iter().filter_map(|folder| self.kustomizations.get(folder)).map(|(file, of)| (file, of)).collect()
    }

    /// The kustomizations that name a file as one that they take in.
    pub(super) fn direct_takers(&self, path: &RepoPath) -> BTreeSet<RepoPath> {
        self.uses().taken_by.get(path).into_iter().flatten().map(|folder| self.file_of(folder)).collect()
    }

    /// The files that a change of the kustomization at a path may concern: what it takes in, and what those take in that
    /// have it as a component.
    pub fn shaped(&self, path: &RepoPath) -> BTreeSet<RepoPath> {
        let mut users = BTreeSet::new();
        climb(path.folder(), |folder| self.uses().component_of.get(folder), &mut users);
        self.reached(users, taken_in)
    }

    /// The kustomization that works with a file, if what the file says may get into pod templates; and the field.
    pub fn shaped_with(&self, path: &RepoPath) -> Option<(RepoPath, &Input)> {
        let (folder, _) = self.uses().input_of.get(path)?;
        let (file, kustomization) = self.kustomizations.get(folder)?;
        let is_it = |input: &&Input| input.touches() && resolve(folder, &input.path).as_ref() == Some(path);
        kustomization.inputs.iter().find(is_it).map(|input| (file.clone(), input))
    }

    /// The files that kustomizations work with and that may get into pod templates.
    pub fn inputs(&self) -> BTreeSet<RepoPath> {
        let of = |(folder, (_, kustomization)): (&RepoPath, &(RepoPath, Rc<Kustomization>))| {
            let inputs = kustomization.inputs.iter().filter(|input| input.touches());
            inputs.filter_map(|input| resolve(folder, &input.path)).collect::<Vec<_>>()
        };
        self.kustomizations.iter().flat_map(of).collect()
    }

    /// The patches of a kustomization that stand in files.
    pub fn patch_files(&self, path: &RepoPath) -> Vec<RepoPath> {
        let inputs = self.kustomization(path).map(|kustomization| &kustomization.inputs[..]).unwrap_or_default();
        let patches = inputs.iter().filter(|input| input.is_patch());
        patches.filter_map(|input| resolve(&path.folder(), &input.path)).collect()
    }

    /// Whether a component that a kustomization names may change templates: one that is not here may.
    pub fn component_touches(&self, path: &RepoPath, component: &str) -> bool {
        let folder = resolve(&path.folder(), component);
        folder.is_none_or(|folder| !self.kustomizations.contains_key(&folder) || self.uses().touching.contains(&folder))
    }

    fn file_of(&self, folder: &RepoPath) -> RepoPath {
        self.kustomizations.get(folder).map_or_else(|| folder.clone(), |(file, _)| file.clone())
    }

    /// The folders whose kustomizations take a path in, by themselves or through others.
    fn takers(&self, path: &RepoPath) -> BTreeSet<RepoPath> {
        let (uses, mut takers) = (self.uses(), BTreeSet::new());
        let above = uses.unreadable.iter().filter(|folder| path.is_under(folder));
        above.for_each(|folder| climb(folder.clone(), |folder| uses.taken_by.get(folder), &mut takers));
        for folder in uses.taken_by.get(path).into_iter().flatten() {
            climb(folder.clone(), |folder| uses.taken_by.get(folder), &mut takers);
        }
        takers
    }

    /// The chart that a file is a part of: its templates, its values, the charts in it. A chart's `crds` go to the
    /// cluster as they are, and its other files may be anything.
    fn chart_of(&self, path: &RepoPath) -> Option<RepoPath> {
        let folders = path.folders();
        let charts = folders.iter().filter(|folder| self.charts.contains(folder));
        let is_part = |folder: &&RepoPath| {
            let inside: Vec<&[u8]> = path.parts().skip(folder.parts().count()).collect();
            match inside[..] {
                [name] => is_of_chart(name),
                [folder, ..] => folder == b"templates" || folder == b"charts",
                [] => false,
            }
        };
        charts.into_iter().find(is_part).cloned()
    }

    fn uses(&self) -> &Uses {
        self.uses.get_or_init(|| Uses::of(&self.kustomizations))
    }

    /// Every path that the kustomizations of folders lead to, these included, along what `next` gives of each.
    fn reached<'k>(
        &'k self,
        folders: BTreeSet<RepoPath>,
        next: impl Fn(&'k Kustomization) -> Vec<&'k String>,
    ) -> BTreeSet<RepoPath> {
        let (mut reached, mut todo) = (BTreeSet::new(), Vec::from_iter(folders));
        while let Some(folder) = todo.pop() {
            if reached.insert(folder.clone())
                && let Some((_, kustomization)) = self.kustomizations.get(&folder)
            {
                todo.extend(next(kustomization).into_iter().filter_map(|path| resolve(&folder, path)));
            }
        }
        reached
    }
}

/// All that a kustomization takes in.
fn taken_in(kustomization: &Kustomization) -> Vec<&String> {
    kustomization.resources.iter().chain(&kustomization.components).collect()
}

/// Whether a file of that name, beside a `Chart.yaml`, belongs to the chart.
fn is_of_chart(name: &[u8]) -> bool {
    let names = [CHART.as_bytes(), b"Chart.lock", b"requirements.yaml", b"requirements.lock"];
    names.contains(&name) || name.starts_with(b"values")
}
