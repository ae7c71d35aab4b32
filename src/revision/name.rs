//! The name of what a workload's template makes on the cluster, where git alone can know it.

use super::index::Index;
use super::state::State;
use crate::git::Repository;
use crate::kubernetes::{Kind, Version};
use crate::manifest::Identity;
use crate::snapshot::Role;
use crate::template::{Finding, Hash, Server, Template};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A hash, and the whole name that it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub hash: Hash,
    pub name: String,
}

impl Name {
    fn of(hash: Hash, identity: &Identity, version: Version) -> Name {
        Name { hash, name: hash.replica_set_name(&identity.name, version) }
    }
}

/// Why there is no name.
#[derive(Clone, Debug)]
pub enum Unnamed {
    /// Something may change the template on its way to the cluster.
    Rendered(Role),
    /// Names of revisions of this kind are not computed.
    Kind(String),
    /// The API server of the version cannot decode the object.
    Undecodable(Finding),
    /// Git cannot read the file any more.
    Unread(String),
}

/// The names of a history's states on one API server. Each template is hashed once.
pub struct Namer<'r> {
    repository: &'r Repository,
    server: Server,
    index: &'r Index,
    /// All that a hash depends on beside the document.
    world: [u8; 32],
}

impl<'r> Namer<'r> {
    /// Names for a version, or an API server, of states that were read from the repository.
    pub fn new(repository: &'r Repository, index: &'r Index, server: impl Into<Server>) -> Self {
        let server = server.into();
        Namer { repository, index, server, world: world(server) }
    }

    /// The version that the names hold for.
    pub fn version(&self) -> Version {
        self.server.version
    }

    /// The name of a state, if it can be known.
    ///
    /// # Errors
    /// Why it cannot be known.
    pub fn name(&self, state: &State, role: &Role) -> Result<Name, Unnamed> {
        is_nameable(&state.identity, role)?;
        if let Some(hash) = self.index.hash(state.document, self.world) {
            return Ok(Name::of(hash, &state.identity, self.server.version));
        }
        let template = state.template(self.repository).map_err(|error| Unnamed::Unread(error.to_string()))?;
        let name = name(&state.identity, &template, role, self.server, None)?;
        self.index.learn_hash(state.document, self.world, name.hash);
        Ok(name)
    }
}

/// The digest of a version and of what was told of its gates.
fn world(server: Server) -> [u8; 32] {
    let digest = Sha256::new().chain_update(server.version.to_string());
    let gates = server.gates.told().map(|(gate, on)| format!(" {gate}={on}"));
    gates.fold(digest, Sha256::chain_update).finalize().into()
}

/// Whether git alone can know a name.
fn is_nameable(identity: &Identity, role: &Role) -> Result<(), Unnamed> {
    if Kind::of(&identity.kind) != Some(Kind::Deployment) {
        return Err(Unnamed::Kind(identity.kind.clone()));
    }
    if *role != Role::Plain {
        return Err(Unnamed::Rendered(role.clone()));
    }
    Ok(())
}

/// The name that a cluster with that API server gives.
///
/// # Errors
/// Why it cannot be known.
pub fn name(
    identity: &Identity,
    template: &Template,
    role: &Role,
    server: impl Into<Server>,
    collision: Option<i32>,
) -> Result<Name, Unnamed> {
    is_nameable(identity, role)?;
    let server = server.into();
    let hash = template.view(server).hash(collision).map_err(|error| Unnamed::Undecodable(error.clone()))?;
    Ok(Name::of(hash, identity, server.version))
}

impl fmt::Display for Unnamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unnamed::Rendered(Role::Rendered(by)) => {
                let by: Vec<String> = by.iter().map(|path| format!("`{}`", path.shown().as_str())).collect();
                let by = by.join(" and ");
                write!(f, "names are not known: {by} may change the pod template on its way to the cluster")
            }
            Unnamed::Rendered(_) => write!(f, "names are not known: the file is an input of kustomize or Helm"),
            Unnamed::Kind(kind) => write!(f, "names of a {kind}'s revisions are not computed by this release"),
            Unnamed::Unread(error) => write!(f, "there is no name, since the file cannot be read: {error}"),
            Unnamed::Undecodable(finding) => {
                write!(f, "there is no name, since the object cannot be decoded: {finding}")
            }
        }
    }
}
