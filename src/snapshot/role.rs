//! What a file is to the tools that render.

use crate::git::RepoPath;
use std::borrow::Cow;

/// What a file is to kustomize and Helm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// It goes to the cluster as it is, as far as git tells.
    Plain,
    /// Kustomizations that may change pod templates take it in, these.
    Rendered(Vec<RepoPath>),
    /// A kustomization, which itself goes nowhere.
    Kustomization,
    /// That kustomization works with it, by that field (`patches`): it is no object itself.
    Input { of: RepoPath, field: Cow<'static, str> },
    /// A part of the Helm chart in that folder: it is no object before it is rendered.
    Chart(RepoPath),
}

impl Role {
    /// Whether the file has objects of its own, and is not an input of kustomize or Helm.
    pub fn is_object(&self) -> bool {
        matches!(self, Role::Plain | Role::Rendered(_))
    }

    /// The kustomizations that may change its templates.
    pub fn rendered_by(&self) -> &[RepoPath] {
        match self {
            Role::Rendered(by) => by,
            _ => &[],
        }
    }
}
