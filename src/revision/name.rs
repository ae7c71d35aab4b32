//! The name of what a workload's template makes on the cluster, where git alone can know it.

use crate::kubernetes::{Kind, Version};
use crate::manifest::Identity;
use crate::snapshot::Role;
use crate::template::{Finding, Hash, Template};
use std::fmt;

/// A hash, and the whole name that it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub hash: Hash,
    pub name: String,
}

/// Why there is no name.
#[derive(Clone, Copy, Debug)]
pub enum Unnamed<'t> {
    /// Something may change the template on its way to the cluster.
    Rendered(&'t Role),
    /// Names of revisions of this kind are not computed.
    Kind(&'t str),
    /// The API server of the version cannot decode the object.
    Undecodable(&'t Finding),
}

/// The name that a cluster of the version gives.
///
/// # Errors
/// Why it cannot be known.
pub fn name<'t>(
    identity: &'t Identity,
    template: &'t Template,
    role: &'t Role,
    version: Version,
    collision: Option<i32>,
) -> Result<Name, Unnamed<'t>> {
    if Kind::of(&identity.kind) != Some(Kind::Deployment) {
        return Err(Unnamed::Kind(&identity.kind));
    }
    if *role != Role::Plain {
        return Err(Unnamed::Rendered(role));
    }
    let hash = template.view(version).hash(collision).map_err(Unnamed::Undecodable)?;
    Ok(Name { hash, name: hash.replica_set_name(&identity.name, version) })
}

impl fmt::Display for Unnamed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unnamed::Rendered(Role::Rendered(by)) => {
                let by: Vec<String> = by.iter().map(|path| format!("`{}`", path.shown().as_str())).collect();
                let by = by.join(" and ");
                write!(f, "names are not known: {by} may change the pod template on its way to the cluster")
            }
            Unnamed::Rendered(_) => write!(f, "names are not known: the file is an input of kustomize or Helm"),
            Unnamed::Kind(kind) => write!(f, "names of a {kind}'s revisions are not computed by this release"),
            Unnamed::Undecodable(finding) => {
                write!(f, "there is no name, since the object cannot be decoded: {finding}")
            }
        }
    }
}
