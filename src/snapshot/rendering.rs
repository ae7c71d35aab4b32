//! What happens to manifests between git and the cluster, as far as the files of one commit tell.

use crate::git::{self, BlobId, CommitId, NamedFiles, PathsAndBlobs, RepoPath, Repository};
use crate::manifest::{KUSTOMIZATION_FILES, Kustomization};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// What a file is to the tools that render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// It goes to the cluster as it is, as far as git tells.
    Plain,
    /// Kustomizations that may change pod templates take it in, these.
    Rendered(Vec<RepoPath>),
    /// A kustomization changes other objects with it: it is no object itself.
    Patch(RepoPath),
    /// A template of the Helm chart in that folder: it is no object before it is rendered.
    Chart(RepoPath),
}

impl Role {
    /// Whether the file is an object of its own, and not an input of kustomize or Helm.
    pub fn is_object(&self) -> bool {
        !matches!(self, Role::Patch(_) | Role::Chart(_))
    }
}

/// The kustomizations and charts of one commit.
#[derive(Debug, Default)]
pub struct Rendering {
    /// By folder.
    kustomizations: BTreeMap<RepoPath, (RepoPath, Kustomization)>,
    charts: BTreeSet<RepoPath>,
}

impl Rendering {
    /// What the file at a path is.
    pub fn role(&self, path: &RepoPath) -> Role {
        let chart = self.charts.iter().find(|folder| path.is_under(&folder.join(b"templates")));
        if let Some(folder) = chart {
            return Role::Chart(folder.clone());
        }
        let patched = self.kustomizations.iter().find(|(folder, (_, kustomization))| {
            kustomization.patches.iter().any(|patch| resolve(folder, patch).as_ref() == Some(path))
        });
        if let Some((_, (by, _))) = patched {
            return Role::Patch(by.clone());
        }
        let renders = |folder: &RepoPath| self.changes_templates(folder) && self.takes_in(folder, path);
        let renderers = self.kustomizations.iter().filter(|(folder, _)| renders(folder));
        let renderers: Vec<RepoPath> = renderers.map(|(_, (by, _))| by.clone()).collect();
        if renderers.is_empty() { Role::Plain } else { Role::Rendered(renderers) }
    }

    /// Whether the kustomization of a folder, or a component of it, may change the templates that it takes in.
    fn changes_templates(&self, folder: &RepoPath) -> bool {
        self.reached(folder, |kustomization| kustomization.components.iter().collect())
            .iter()
            .any(|folder| self.kustomizations.get(folder).is_some_and(|(_, kustomization)| kustomization.touches))
    }

    /// Whether the kustomization of a folder takes the file in, by itself or through others.
    fn takes_in(&self, folder: &RepoPath, path: &RepoPath) -> bool {
        self.reached(folder, |kustomization| kustomization.resources.iter().chain(&kustomization.components).collect())
            .contains(path)
    }

    /// Every path that a folder's kustomization leads to, itself included, along what `next` gives of each.
    fn reached<'k>(
        &'k self,
        folder: &RepoPath,
        next: impl Fn(&'k Kustomization) -> Vec<&'k String>,
    ) -> BTreeSet<RepoPath> {
        let (mut reached, mut todo) = (BTreeSet::new(), vec![folder.clone()]);
        while let Some(folder) = todo.pop() {
            if let Some((_, kustomization)) = self.kustomizations.get(&folder) {
                todo.extend(next(kustomization).into_iter().filter_map(|path| resolve(&folder, path)));
                todo.retain(|path| !reached.contains(path));
            }
            reached.insert(folder);
        }
        reached
    }
}

/// The renderings of one commit after another. What has not changed is not read again.
pub struct Renderings<'r> {
    repository: &'r Repository,
    files: NamedFiles<'r>,
    read: HashMap<BlobId, Kustomization>,
    last: Option<(PathsAndBlobs, Rc<Rendering>)>,
    role: Option<(Rc<Rendering>, RepoPath, Role)>,
}

impl<'r> Renderings<'r> {
    /// Looks into no commit yet.
    ///
    /// # Errors
    /// A repository that cannot be read.
    pub fn new(repository: &'r Repository) -> Result<Self, git::Error> {
        Ok(Renderings {
            repository,
            files: repository.named_files(is_rendering)?,
            read: HashMap::new(),
            last: None,
            role: None,
        })
    }

    /// The kustomizations and charts of a commit.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn at(&mut self, commit: CommitId) -> Result<Rc<Rendering>, git::Error> {
        let files = self.files.at(commit)?;
        if let Some((_, rendering)) = self.last.as_ref().filter(|(last, _)| *last == files) {
            return Ok(rendering.clone());
        }
        let mut rendering = Rendering::default();
        for (path, blob) in files.iter() {
            let folder = folder_of(path);
            if path.name() == CHART.as_bytes() {
                rendering.charts.insert(folder);
            } else {
                rendering.kustomizations.insert(folder, (path.clone(), self.kustomization(*blob)?));
            }
        }
        let rendering = Rc::new(rendering);
        self.last = Some((files, rendering.clone()));
        Ok(rendering)
    }

    /// What the file at a path of a commit is.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn role(&mut self, commit: CommitId, path: &RepoPath) -> Result<Role, git::Error> {
        let rendering = self.at(commit)?;
        if let Some((last, of, role)) = &self.role
            && Rc::ptr_eq(last, &rendering)
            && of == path
        {
            return Ok(role.clone());
        }
        let role = rendering.role(path);
        self.role = Some((rendering, path.clone(), role.clone()));
        Ok(role)
    }

    fn kustomization(&mut self, blob: BlobId) -> Result<Kustomization, git::Error> {
        if let Some(read) = self.read.get(&blob) {
            return Ok(read.clone());
        }
        let read = Kustomization::read(&self.repository.blob(blob)?);
        self.read.insert(blob, read.clone());
        Ok(read)
    }
}

/// The file that makes a folder a Helm chart.
const CHART: &str = "Chart.yaml";

/// Whether a file of that name says how others are rendered.
pub fn is_rendering(name: &[u8]) -> bool {
    KUSTOMIZATION_FILES.iter().chain(&[CHART]).any(|file| file.as_bytes() == name)
}

/// The files above a path without which nothing renders it: kustomize takes in files of its own folder and below, and
/// others' folders (`LoadRestrictionsRootOnly`); a chart's templates stand below it.
pub fn markers(path: &RepoPath) -> Vec<RepoPath> {
    let names = || KUSTOMIZATION_FILES.into_iter().chain([CHART]);
    path.folders().iter().flat_map(|folder| names().map(|name| folder.join(name.as_bytes()))).collect()
}

fn folder_of(path: &RepoPath) -> RepoPath {
    let parts: Vec<&[u8]> = path.parts().collect();
    RepoPath::new(&parts[..parts.len().saturating_sub(1)].join(&b'/'))
}

/// A path as a kustomization writes it, from the root of the repository; none for an address or one outside.
fn resolve(folder: &RepoPath, relative: &str) -> Option<RepoPath> {
    if relative.contains("://") || relative.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&[u8]> = folder.parts().collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part.as_bytes()),
        }
    }
    Some(RepoPath::new(&parts.join(&b'/')))
}
