//! Where a workload stands at a commit: looked for by name in all manifests there.

use super::facts::distinct;
use super::hydrator::is_metadata;
use super::index::Index;
use super::namespaces::Namespaces;
use super::state;
use crate::git::{self, CommitId, Entry, File, Filter, RepoPath, Repository};
use crate::kubernetes::Kind;
use crate::manifest::{self, Identity};
pub(super) use crate::snapshot::is_manifest;
use crate::snapshot::{Delivery, Renderings, Role, Snapshot, is_rendering};
use crate::yaml::Dialect;
use std::rc::Rc;

/// The workload that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Any that has revisions, if not given.
    pub kind: Option<Kind>,
    pub name: String,
    pub namespaces: Namespaces,
    /// Files and folders outside of which nothing is seen; all is, if none is given.
    pub paths: Vec<RepoPath>,
}

/// A place where a workload of the name stands.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub identity: Identity,
    pub path: RepoPath,
    /// What renders its path at the commit.
    pub role: Role,
    /// Why the file cannot be read: then only its bytes name the workload.
    pub unreadable: Option<state::Unreadable>,
    /// What brings folders of the commit to a cluster, and changes them on the way.
    pub deliveries: Rc<[Delivery]>,
}

impl Candidate {
    /// An object of a state, by its path there.
    pub fn standing(identity: &Identity, path: &RepoPath, snapshot: &Snapshot) -> Candidate {
        Candidate {
            identity: identity.clone(),
            path: path.clone(),
            role: snapshot.file_at(path).map_or(Role::Plain, |file| file.role.clone()),
            unreadable: None,
            deliveries: snapshot.rendering.deliveries(),
        }
    }
}

/// What looking for a workload gave.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The places where it stands, by path.
    pub candidates: Vec<Candidate>,
    /// Files that name it but are no objects: patches and charts.
    pub inputs: Vec<(RepoPath, Role)>,
    /// Files that name it and cannot be read, where it stands in others.
    pub unreadable: Vec<(RepoPath, state::Unreadable)>,
    /// What brings folders of the commit to a cluster, and changes them on the way.
    pub deliveries: Rc<[Delivery]>,
}

/// Another workload of the commit, for a name that was not found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearby {
    pub identity: Identity,
    pub path: RepoPath,
}

/// Whether an object has that name and kind: any kind with revisions, if none is given.
pub fn is_named(identity: &Identity, kind: Option<Kind>, name: &str) -> bool {
    let of = Kind::of(&identity.kind);
    let fits = kind.map_or_else(|| of.is_some_and(Kind::has_revisions), |wanted| of == Some(wanted));
    fits && identity.name == name
}

/// Whether a file of that name is one that a history rests on: a manifest, what renders some, what a hydrator tells.
pub(super) fn is_read(name: &[u8]) -> bool {
    is_manifest(name) || is_rendering(name) || is_metadata(name)
}

impl Wanted {
    fn takes(&self, identity: &Identity, path: &RepoPath) -> bool {
        self.namespaces.has(identity, path) && is_named(identity, self.kind, &self.name)
    }

    /// The identity of the workload in a file that cannot be read.
    fn guess(&self) -> Identity {
        let kind = self.kind.unwrap_or(Kind::Deployment);
        Identity {
            api_version: String::new(),
            kind: kind.name().to_owned(),
            namespace: self.namespaces.asked().map(str::to_owned),
            name: self.name.clone(),
        }
    }
}

/// Looks for a workload in the files of a commit.
///
/// # Errors
/// What git cannot read.
pub fn find(repository: &Repository, index: &Index, tip: CommitId, wanted: &Wanted) -> Result<Found, git::Error> {
    let (candidates, deliveries) = index.places(tip, wanted, || search(repository, tip, wanted))?;
    let deliveries: Rc<[Delivery]> = deliveries.into();
    let mut found = Found { deliveries: deliveries.clone(), ..Found::default() };
    for candidate in candidates {
        match candidate.role.is_object() {
            true => found.candidates.push(Candidate { deliveries: deliveries.clone(), ..candidate }),
            false => found.inputs.push((candidate.path, candidate.role)),
        }
    }
    // A file that cannot be read is one only where nothing else fits.
    if found.candidates.iter().any(is_readable) {
        let (readable, unreadable) = std::mem::take(&mut found.candidates).into_iter().partition(is_readable);
        found.candidates = readable;
        let why = |candidate: Candidate| candidate.unreadable.map(|error| (candidate.path, error));
        found.unreadable = Vec::into_iter(unreadable).filter_map(why).collect();
    }
    Ok(found)
}

/// The places where a workload stands, inputs of kustomize and Helm among them; and what brings folders to a cluster.
fn search(
    repository: &Repository,
    tip: CommitId,
    wanted: &Wanted,
) -> Result<(Vec<Candidate>, Vec<Delivery>), git::Error> {
    let files = repository.files(tip, &Filter::named(&is_manifest))?;
    let (mut found, mut deliveries) = (Vec::new(), Vec::new());
    for (path, blob) in regular(&files) {
        let text = repository.blob(blob)?;
        if path.is_under_any(&wanted.paths) && manifest::may_contain(&text, None, &wanted.name) {
            look(&text, path, wanted, &mut found);
        }
        if Delivery::may_stand_in(&text) {
            deliveries.extend(delivered(&text, path));
        }
    }
    if !found.is_empty() {
        let rendering = Renderings::new(repository)?.delivered(deliveries.clone().into()).at(tip)?;
        found.iter_mut().for_each(|candidate| candidate.role = rendering.role(&candidate.path));
    }
    Ok((found, deliveries))
}

/// What the objects of a text bring to a cluster.
pub(super) fn delivered(text: &[u8], path: &RepoPath) -> Vec<Delivery> {
    let objects = manifest::read(text, Dialect::Kubectl).objects;
    objects.iter().flat_map(|object| Delivery::of(path, object)).collect()
}

fn look(text: &[u8], path: &RepoPath, wanted: &Wanted, found: &mut Vec<Candidate>) {
    let reading = manifest::read(text, Dialect::Kubectl);
    let all = reading.objects.iter().map(|object| &object.identity);
    let mut identities = distinct(all.filter(|identity| wanted.takes(identity, path)));
    let names_it =
        || [&wanted.guess().kind, &wanted.name].into_iter().all(|word| manifest::has_word(text, word.as_bytes()));
    let unreadable = match reading.unreadable() {
        Some(error) if identities.is_empty() && names_it() => {
            Some(state::Unreadable::at(text, error.at.start, &error.message()))
        }
        _ => None,
    };
    if unreadable.is_some() {
        identities.push(wanted.guess());
    }
    let candidate = |identity| Candidate {
        identity,
        path: path.clone(),
        role: Role::Plain,
        unreadable: unreadable.clone(),
        deliveries: Rc::default(),
    };
    found.extend(identities.into_iter().map(candidate));
}

fn is_readable(candidate: &Candidate) -> bool {
    candidate.unreadable.is_none()
}

/// The workloads of a commit, and the objects of the kind or the name that is wanted, for saying which there are.
///
/// # Errors
/// What git cannot read.
pub fn nearby(repository: &Repository, tip: CommitId, wanted: &Wanted) -> Result<Vec<Nearby>, git::Error> {
    let files = manifests(repository, tip, wanted)?;
    let rendering = Renderings::new(repository)?.at(tip)?;
    let mut all = Vec::new();
    for (path, blob) in regular(&files).filter(|(path, _)| rendering.role(path).is_object()) {
        let objects = manifest::read(&repository.blob(blob)?, Dialect::Kubectl).objects;
        let is_like = |object: &&manifest::Object| {
            let kind = Kind::of(&object.identity.kind);
            let of_kind = kind.is_some_and(|kind| kind.is_workload() || wanted.kind == Some(kind));
            of_kind || (kind.is_some() && object.identity.name == wanted.name)
        };
        let alike: Vec<_> = objects.iter().filter(is_like).cloned().collect();
        all.extend(alike.into_iter().map(|object| Nearby { identity: object.identity, path: path.clone() }));
    }
    Ok(all)
}

/// The last place of a workload that is gone: the newest commit of the first-parent line at which a file lost it; with
/// what brings folders of the tip to a cluster.
///
/// # Errors
/// What git cannot read.
pub fn find_gone(
    repository: &Repository,
    tip: CommitId,
    wanted: &Wanted,
    deliveries: &Rc<[Delivery]>,
) -> Result<Option<Candidate>, git::Error> {
    for commit in repository.first_parents(tip)? {
        let filter = Filter::named(&is_manifest).under(wanted.paths.iter().cloned());
        for change in repository.changes(commit?, &filter)? {
            let Some(before) = change.before else { continue };
            let text = repository.blob(before)?;
            if !manifest::may_contain(&text, None, &wanted.name) {
                continue;
            }
            let mut found = Vec::new();
            look(&text, &change.path, wanted, &mut found);
            if let Some(candidate) = found.into_iter().find(is_readable) {
                let mut renderings = Renderings::new(repository)?.delivered(deliveries.clone());
                let role = renderings.role(tip, &candidate.path)?;
                return Ok(Some(Candidate { role, deliveries: deliveries.clone(), ..candidate }));
            }
        }
    }
    Ok(None)
}

fn manifests(repository: &Repository, tip: CommitId, wanted: &Wanted) -> Result<Vec<File>, git::Error> {
    repository.files(tip, &Filter::named(&is_manifest).under(wanted.paths.iter().cloned()))
}

fn regular(files: &[File]) -> impl Iterator<Item = (&RepoPath, git::BlobId)> {
    files.iter().filter_map(|file| match file.entry {
        Entry::File(blob) => Some((&file.path, blob)),
        _ => None,
    })
}
