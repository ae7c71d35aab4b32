//! What happens to manifests between git and the cluster, as far as the files of one commit tell.

use crate::git::{self, CommitId, File, RepoPath, Repository};
use crate::manifest::{KUSTOMIZATION_FILES, Kustomization};
use std::collections::{BTreeMap, BTreeSet};

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

/// The kustomizations and charts of one commit.
#[derive(Debug, Default)]
pub struct Rendering {
    /// By folder.
    kustomizations: BTreeMap<RepoPath, (RepoPath, Kustomization)>,
    charts: BTreeSet<RepoPath>,
}

impl Rendering {
    /// Whether a file of that name is one that [`Rendering::read`] looks at.
    pub fn is_about(name: &[u8]) -> bool {
        name == b"Chart.yaml" || KUSTOMIZATION_FILES.iter().any(|file| file.as_bytes() == name)
    }

    /// Reads those files among a commit's.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn read(repository: &Repository, files: &[File]) -> Result<Rendering, git::Error> {
        let mut rendering = Rendering::default();
        for file in files.iter().filter(|file| Rendering::is_about(file.path.name())) {
            let git::Entry::File(blob) = file.entry else { continue };
            let folder = folder_of(&file.path);
            if file.path.name() == b"Chart.yaml" {
                rendering.charts.insert(folder);
            } else {
                let read = Kustomization::read(&repository.blob(blob)?);
                rendering.kustomizations.insert(folder, (file.path.clone(), read));
            }
        }
        Ok(rendering)
    }

    /// The same, of all files of a commit.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn at(repository: &Repository, commit: CommitId) -> Result<Rendering, git::Error> {
        let files = repository.files(commit, &git::Filter::named(&Rendering::is_about))?;
        Rendering::read(repository, &files)
    }

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
        let renderers = self.kustomizations.iter().filter(|(folder, _)| self.renders(folder, path));
        let renderers: Vec<RepoPath> = renderers.map(|(_, (by, _))| by.clone()).collect();
        if renderers.is_empty() { Role::Plain } else { Role::Rendered(renderers) }
    }

    /// Whether the kustomization of a folder takes the file in, with something on the way that may change templates:
    /// in this kustomization, or in one that it takes in and that reaches the file or is a component.
    fn renders(&self, folder: &RepoPath, path: &RepoPath) -> bool {
        let mut reached = BTreeSet::new();
        let takes_in = self.reach(folder, path, &mut reached);
        takes_in && reached.iter().any(|folder| self.kustomizations[folder].1.touches)
    }

    /// Whether the file is taken in by a folder's kustomization, whichever way; collects the folders on the way.
    fn reach(&self, folder: &RepoPath, path: &RepoPath, reached: &mut BTreeSet<RepoPath>) -> bool {
        let Some((_, kustomization)) = self.kustomizations.get(folder) else {
            return false;
        };
        if !reached.insert(folder.clone()) {
            return false;
        }
        let mut found = false;
        for resource in &kustomization.resources {
            if let Some(target) = resolve(folder, resource) {
                found |= target == *path || self.reach(&target, path, reached);
            }
        }
        found
    }
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
