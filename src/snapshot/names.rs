//! Which files are looked at, by their names alone.

use super::rendering::CHART;
use crate::git::RepoPath;
use crate::manifest::KUSTOMIZATION_FILES;

/// Whether a file of that name may hold manifests.
pub fn is_manifest(name: &[u8]) -> bool {
    [&b".yaml"[..], b".yml", b".json"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a file of that name says how others are rendered.
pub fn is_rendering(name: &[u8]) -> bool {
    is_kustomization(name) || name == CHART.as_bytes()
}

/// Whether a file of that name is a kustomization.
pub fn is_kustomization(name: &[u8]) -> bool {
    KUSTOMIZATION_FILES.iter().any(|file| file.as_bytes() == name)
}

/// The files above a path without which nothing renders it: kustomize takes in files of its own folder and below, and
/// others' folders (`LoadRestrictionsRootOnly`); a chart's templates stand below it.
pub fn markers(path: &RepoPath) -> Vec<RepoPath> {
    let names = || KUSTOMIZATION_FILES.into_iter().chain([CHART]);
    path.folders().iter().flat_map(|folder| names().map(|name| folder.join(name.as_bytes()))).collect()
}
