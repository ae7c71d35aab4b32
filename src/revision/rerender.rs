//! The commits that changed how files are rendered, though perhaps not the files: a kustomization has other images, a
//! patch says something else.
//!
//! ```text
//!   overlays/prod/kustomization.yaml    images: web:1 ──────────► web:2
//!   base/web.yaml                       (unchanged)               a row: it may roll
//!   base/db.yaml                        (unchanged)               has another image: no row
//! ```

use super::find::is_read;
use super::journal::Journal;
use super::line::Entry;
use crate::git::{self, BlobId, Change, RepoPath, Repository};
use crate::manifest::{Difference, Identity, Kustomization, is_image_of, may_set_image};
use crate::snapshot::{CHART, Rendering, Renderings, Role, is_kustomization, is_manifest, is_rendering};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// What a commit changed of the rendering of one file.
pub(super) struct Rerender {
    /// How far behind the tip the commit is.
    pub place: usize,
    /// The file that is rendered.
    pub path: RepoPath,
    /// What the file is after the commit.
    pub role: Role,
    /// The files that the commit changed.
    pub by: Vec<RepoPath>,
    /// In what its template may be another now.
    pub difference: Difference,
}

impl Rerender {
    /// Whether it may change the template of a workload with these images.
    pub fn concerns(&self, identity: &Identity, images: &[String]) -> bool {
        let Difference { anything, images: of, workloads } = &self.difference;
        let is_named = |(kind, name): &(String, String)| *kind == identity.kind && *name == identity.name;
        *anything
            || workloads.iter().any(is_named)
            || of.iter().any(|name| images.iter().any(|image| is_image_of(image, name)))
    }
}

/// Goes over a journal from its `oldest` place to the tip, and gives what changed renderings.
///
/// # Errors
/// What git cannot read.
pub(super) fn rerenders(
    repository: &Repository,
    journal: &Journal,
    renderings: &mut Renderings<'_>,
    oldest: usize,
) -> Result<Vec<Rerender>, git::Error> {
    let entries = journal.entries();
    let rendering = match entries.get(oldest + 1) {
        Some(before) => (*renderings.at(before.commit)?).clone(),
        None => renderings.nothing(),
    };
    let mut follower =
        Follower { repository, journal, renderings, rendering, apart: HashMap::new(), found: Vec::new() };
    follower.apart = follower.changed_apart(oldest)?;
    for (place, entry) in entries.iter().enumerate().take(oldest.saturating_add(1)).rev() {
        follower.follow(place, entry)?;
    }
    Ok(follower.found)
}

/// By file, what changed of its rendering.
type Concerned = BTreeMap<RepoPath, (Vec<RepoPath>, Difference)>;

struct Follower<'f, 'r> {
    repository: &'f Repository,
    journal: &'f Journal,
    renderings: &'f mut Renderings<'r>,
    /// As the last commit left it.
    rendering: Rendering,
    /// By place, the changed files that the journal does not tell of: what generators read need be no manifest.
    apart: HashMap<usize, Vec<RepoPath>>,
    found: Vec<Rerender>,
}

impl Follower<'_, '_> {
    /// Where files changed that kustomizations work with and that are not read for anything else.
    fn changed_apart(&mut self, oldest: usize) -> Result<HashMap<usize, Vec<RepoPath>>, git::Error> {
        let mut paths: BTreeSet<RepoPath> = self.rendering.inputs();
        for entry in self.journal.entries().iter().take(oldest.saturating_add(1)) {
            for change in entry.changes.iter().filter(|change| is_kustomization(change.path.name())) {
                let Some(blob) = change.after else { continue };
                let mut alone = Rendering::default();
                alone.add(change.path.clone(), self.renderings.kustomization(blob)?);
                paths.extend(alone.inputs());
            }
        }
        let paths: Vec<RepoPath> = paths.into_iter().filter(|path| !is_read(path.name())).collect();
        let (mut changed, tip) = (HashMap::new(), self.journal.entries().first());
        let Some(tip) = tip.filter(|_| !paths.is_empty()) else { return Ok(changed) };
        for at in self.repository.paths_walk(tip.commit, &paths)? {
            let at = at?;
            let place = self.journal.place(at.commit);
            if place > oldest {
                break;
            }
            changed.insert(place, at.steps.into_iter().map(|(index, _)| paths[index].clone()).collect());
        }
        Ok(changed)
    }

    fn follow(&mut self, place: usize, entry: &Entry) -> Result<(), git::Error> {
        let (own, others): (Vec<&Change>, Vec<&Change>) =
            entry.changes.iter().partition(|change| is_rendering(change.path.name()));
        let apart = self.apart.remove(&place).unwrap_or_default();
        let others: Vec<&RepoPath> = others.into_iter().map(|change| &change.path).chain(&apart).collect();
        let mut concerned = Concerned::new();
        others.iter().for_each(|path| self.concern_users(path, &mut concerned));
        if !own.is_empty() {
            self.take(&own, &mut concerned)?;
            others.iter().for_each(|path| self.concern_users(path, &mut concerned));
        }
        // Where a shallow clone ends, all files seem to be new.
        if entry.cut {
            return Ok(());
        }
        for (path, (by, difference)) in concerned.into_iter().filter(|(path, _)| is_manifest(path.name())) {
            let difference = self.widened(entry, &path, difference)?;
            self.found.push(Rerender { place, role: self.rendering.role(&path), path, by, difference });
        }
        Ok(())
    }

    /// A file that a kustomization works with concerns all that this shapes.
    fn concern_users(&self, input: &RepoPath, concerned: &mut Concerned) {
        if let Some((by, _)) = self.rendering.shaped_with(input) {
            concern(self.rendering.shaped(&by), input, &Difference::anything(), concerned);
        }
    }

    /// Takes over the kustomizations and charts of a commit; a chart renders nothing that is an object.
    fn take(&mut self, changes: &[&Change], concerned: &mut Concerned) -> Result<(), git::Error> {
        let mut steps: Vec<Step> = Vec::new();
        for change in changes.iter().filter(|change| change.path.name() != CHART.as_bytes()) {
            let before = self.rendering.kustomization(&change.path).cloned();
            let after = change.after.map(|blob| self.renderings.kustomization(blob)).transpose()?;
            steps.push(Step { path: change.path.clone(), before, after });
        }
        let old = steps.iter().any(Step::reshapes).then(|| self.rendering.clone());
        for change in changes.iter().filter(|change| change.path.name() == CHART.as_bytes()) {
            match change.after {
                Some(_) => self.rendering.add_chart(&change.path),
                None => self.rendering.remove(&change.path),
            }
        }
        for Step { path, after, .. } in &steps {
            match after {
                Some(kustomization) => self.rendering.add(path.clone(), kustomization.clone()),
                None => self.rendering.remove(path),
            }
        }
        for step in &steps {
            step.concern(old.as_ref(), &self.rendering, concerned);
        }
        Ok(())
    }

    /// The difference as far as names tell: another step on the way may give a container one of the images, or a
    /// workload another name.
    fn widened(&self, entry: &Entry, path: &RepoPath, difference: Difference) -> Result<Difference, git::Error> {
        if difference.anything {
            return Ok(difference);
        }
        for (file, kustomization) in self.rendering.shapers(path) {
            let touch = &kustomization.touch;
            let sets_images = || Ok(touch.sets_images() || self.patches_set_images(entry, file)?);
            let is_renamed = touch.renamed().any(|name| difference.images.contains(name));
            if (!difference.workloads.is_empty() && touch.renames())
                || (!difference.images.is_empty() && (is_renamed || sets_images()?))
            {
                return Ok(Difference::anything());
            }
        }
        Ok(difference)
    }

    fn patches_set_images(&self, entry: &Entry, kustomization: &RepoPath) -> Result<bool, git::Error> {
        for patch in self.rendering.patch_files(kustomization) {
            let text = self.journal.file(entry.commit, &patch).map(|blob| self.text(blob)).transpose()?;
            if text.is_none_or(|text| may_set_image(&text)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn text(&self, blob: BlobId) -> Result<String, git::Error> {
        Ok(String::from_utf8_lossy(&self.repository.blob(blob)?).into_owned())
    }
}

fn concern(paths: BTreeSet<RepoPath>, by: &RepoPath, difference: &Difference, concerned: &mut Concerned) {
    if difference.is_nothing() {
        return;
    }
    for path in paths {
        let (files, known) = concerned.entry(path).or_default();
        if !files.contains(by) {
            files.push(by.clone());
        }
        known.join(difference);
    }
}

/// A kustomization before and after a commit.
struct Step {
    path: RepoPath,
    before: Option<Rc<Kustomization>>,
    after: Option<Rc<Kustomization>>,
}

impl Step {
    /// Whether it takes in or works with other files than before.
    fn reshapes(&self) -> bool {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => !before.is_shaped_like(after),
            (before, after) => before.is_some() || after.is_some(),
        }
    }

    /// Finds the files that the step concerns. `old` is what stood beside it before the commit, if that is not the same.
    fn concern(&self, old: Option<&Rendering>, new: &Rendering, concerned: &mut Concerned) {
        let mut shaped = new.shaped(&self.path);
        if let Some(old) = old {
            let before = old.shaped(&self.path);
            // What it has taken in now, or takes in no longer.
            let passed = shaped.symmetric_difference(&before).filter(|path| old.role(path) != new.role(path));
            concern(passed.cloned().collect(), &self.path, &Difference::anything(), concerned);
            shaped.extend(before);
        }
        concern(shaped, &self.path, &self.difference(old.unwrap_or(new), new), concerned);
    }

    fn difference(&self, old: &Rendering, new: &Rendering) -> Difference {
        let none = Kustomization::default();
        let [before, after] = [&self.before, &self.after].map(|of| of.as_deref().unwrap_or(&none));
        let mut comes = after.components.iter().filter(|component| !before.components.contains(component));
        let mut goes = before.components.iter().filter(|component| !after.components.contains(component));
        let is_touched = comes.any(|component| new.component_touches(&self.path, component))
            || goes.any(|component| old.component_touches(&self.path, component));
        if is_touched { Difference::anything() } else { before.touch.difference(&after.touch) }
    }
}
