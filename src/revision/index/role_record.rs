//! What a file is to those that render it, as bytes.

use crate::git::RepoPath;
use crate::snapshot::Role;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
pub(super) enum RoleRecord<'a> {
    Plain,
    #[serde(borrow)]
    Rendered(Vec<&'a [u8]>),
    Kustomization,
    Input(&'a [u8], Cow<'a, str>),
    Chart(&'a [u8]),
}

impl<'a> RoleRecord<'a> {
    pub fn of(role: &'a Role) -> Self {
        match role {
            Role::Plain => RoleRecord::Plain,
            Role::Rendered(by) => RoleRecord::Rendered(by.iter().map(RepoPath::as_bytes).collect()),
            Role::Kustomization => RoleRecord::Kustomization,
            Role::Input { of, field } => RoleRecord::Input(of.as_bytes(), Cow::Borrowed(field)),
            Role::Chart(of) => RoleRecord::Chart(of.as_bytes()),
        }
    }

    pub fn read(self) -> Role {
        match self {
            RoleRecord::Plain => Role::Plain,
            RoleRecord::Rendered(by) => Role::Rendered(by.into_iter().map(RepoPath::new).collect()),
            RoleRecord::Kustomization => Role::Kustomization,
            RoleRecord::Input(of, field) => Role::Input { of: RepoPath::new(of), field: field.into_owned().into() },
            RoleRecord::Chart(of) => Role::Chart(RepoPath::new(of)),
        }
    }
}
