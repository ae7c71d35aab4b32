//! The name of what a workload's template makes on the cluster, where git alone can know it.

use super::applied::Applied;
use super::index::Index;
use super::row::Event;
use super::state::State;
use crate::git::{IdMap, Repository};
use crate::kubernetes::{Kind, Version};
use crate::manifest::Identity;
use crate::snapshot::Role;
use crate::template::{Controller, Finding, Hash, Name, Server, Sticky, Template};
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::fmt;

/// Why there is no name.
#[derive(Clone, Debug)]
pub enum Unnamed {
    /// Something may change the template on its way to the cluster.
    Rendered(Role),
    /// No controller of this kind names what it makes by a hash.
    Kind(String),
    /// The version's controller of the kind makes nothing that has such a name.
    TooOld(Version),
    /// The API server of the version cannot decode the object.
    Undecodable(Finding),
    /// Git cannot read the file any more.
    Unread(String),
}

/// The names of a history's states on one API server. Each template is hashed once.
pub struct Namer<'r> {
    pub(super) repository: &'r Repository,
    pub(super) server: Server,
    index: &'r Index,
    /// All that a hash depends on beside the document.
    world: [u8; 32],
    /// The hashes that were asked for, by world and document: a state is that after one change and before the next.
    known: RefCell<IdMap<[[u8; 32]; 2], Hash>>,
}

impl<'r> Namer<'r> {
    /// Names for a version, or an API server, of states that were read from the repository.
    pub fn new(repository: &'r Repository, index: &'r Index, server: impl Into<Server>) -> Self {
        let server = server.into();
        Namer { repository, index, server, world: world(server), known: RefCell::default() }
    }

    /// The version that the names hold for.
    pub fn version(&self) -> Version {
        self.server.version
    }

    /// The name that a new object in a state gets, if it can be known.
    ///
    /// # Errors
    /// Why it cannot be known.
    pub fn as_new(&self, state: &State, role: &Role) -> Result<Name, Unnamed> {
        self.name(state, &[], role)
    }

    /// The name of what runs after a state was applied.
    ///
    /// # Errors
    /// Why it cannot be known.
    pub fn live(&self, applied: &Applied) -> Result<Name, Unnamed> {
        self.name(&applied.state, &applied.kept, &Role::Plain)
    }

    /// The name of what runs after an event; nothing if it left no state.
    ///
    /// # Errors
    /// Why it cannot be known.
    pub fn after(&self, event: &Event) -> Option<Result<Name, Unnamed>> {
        let state = event.state.as_ref()?;
        let runs = event.runs.as_ref().filter(|_| event.role == Role::Plain);
        Some(runs.map_or_else(|| self.as_new(state, &event.role), |applied| self.live(applied)))
    }

    fn name(&self, state: &State, kept: &[Sticky], role: &Role) -> Result<Name, Unnamed> {
        let controller = namer_of(&state.identity, role, self.server.version)?;
        Ok(controller.named(&state.identity.name, self.hash(controller, state, kept)?, self.server.version))
    }

    /// The hash of a state with defaults of older ones.
    pub(super) fn hash(&self, controller: Controller, state: &State, kept: &[Sticky]) -> Result<Hash, Unnamed> {
        let (world, document) = (with(self.world, kept), state.document);
        let key = [world, document];
        if let Some(hash) = self.known.borrow().get(&key) {
            return Ok(*hash);
        }
        let hash = match self.index.hash(document, world) {
            Some(hash) => hash,
            None => {
                let template = state.template(self.repository).map_err(|error| Unnamed::Unread(error.to_string()))?;
                let hash = hash(controller, &template.with(kept), self.server, None)?;
                self.index.learn_hash(document, world, hash);
                hash
            }
        };
        self.known.borrow_mut().insert(key, hash);
        Ok(hash)
    }
}

/// The digest of a world with the defaults that stay in it.
pub(super) fn with(world: [u8; 32], kept: &[Sticky]) -> [u8; 32] {
    if kept.is_empty() {
        return world;
    }
    let mut world = Sha256::new().chain_update(world);
    for sticky in kept {
        world.update(format!("{}\0{}\0", sticky.field(), sticky.value()));
    }
    world.finalize().into()
}

/// The digest of a version and of what was told of its gates.
pub(super) fn world(server: Server) -> [u8; 32] {
    let digest = Sha256::new().chain_update(server.version.to_string());
    let gates = server.gates.told().map(|(gate, on)| format!(" {gate}={on}"));
    gates.fold(digest, Sha256::chain_update).finalize().into()
}

/// Who gives the name, if git alone can know it.
pub(super) fn namer_of(identity: &Identity, role: &Role, version: Version) -> Result<Controller, Unnamed> {
    match (Kind::of(&identity.kind).and_then(Controller::of), role) {
        (None, _) => Err(Unnamed::Kind(identity.kind.clone())),
        (Some(controller), _) if !controller.has_names(version) => Err(Unnamed::TooOld(version)),
        (Some(controller), Role::Plain) => Ok(controller),
        (Some(_), role) => Err(Unnamed::Rendered(role.clone())),
    }
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
    let server = server.into();
    let controller = namer_of(identity, role, server.version)?;
    Ok(controller.named(&identity.name, hash(controller, template, server, collision)?, server.version))
}

fn hash(controller: Controller, template: &Template, server: Server, collision: Option<i32>) -> Result<Hash, Unnamed> {
    controller.hash(template.view(server), collision).map_err(|error| Unnamed::Undecodable(error.clone()))
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
            Unnamed::Kind(kind) => write!(f, "a {kind} has no revisions, and so no names of them"),
            Unnamed::TooOld(version) => {
                write!(f, "Kubernetes {version} makes no ControllerRevisions: there are some from 1.7 on")
            }
            Unnamed::Unread(error) => write!(f, "there is no name, since the file cannot be read: {error}"),
            Unnamed::Undecodable(finding) => {
                write!(f, "there is no name, since the object cannot be decoded: {finding}")
            }
        }
    }
}
