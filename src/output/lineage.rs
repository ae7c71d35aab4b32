//! A lineage as the rows of a history: names computed, and what cannot be known said in notes.

use super::{Author, History, Note, ObjectName, Row, Time, Unreadable};
use crate::kubernetes::{Kind, Version};
use crate::manifest::Identity;
use crate::revision::{self, Lineage};
use crate::snapshot::Role;
use crate::template::{Applied, Hash};
use crate::text::Untrusted;

/// What the names of a history are computed with.
#[derive(Debug, Clone)]
pub struct Names {
    pub version: Version,
    /// The git revision that the walk began at.
    pub reference: Untrusted,
}

/// The history of a lineage, all of its rows, with notes on what is not known.
pub fn history(lineage: &Lineage, names: &Names) -> (History, Vec<Note>) {
    let path = lineage.path.shown();
    let mut notes: Vec<Note> = general(lineage).into_iter().map(|text| Note::on(path.clone(), text)).collect();
    let mut applied = Applied::default();
    let mut rows = Vec::with_capacity(lineage.rows.len());
    for row in &lineage.rows {
        let hash = hash(row, names, &mut notes);
        if row.change.contains(&revision::Change::Removed) {
            applied = Applied::default();
        }
        if let (Some(state), Some(_), Some(number)) = (&row.state, hash, row.revision) {
            notes.extend(applied.apply(&state.template).into_iter().map(|field| sticks(row, number, &field)));
        }
        rows.push(shown(row, hash, names));
    }
    let history = History {
        object: ObjectName::from(lineage.current().map_or(&lineage.identity, |(_, state)| &state.identity)),
        path,
        reference: names.reference.clone(),
        kube_version: names.version.to_string(),
        exact: lineage.rows.iter().all(|row| row.role == Role::Plain),
        rendered_by: rendered_by(lineage),
        revisions: rows,
    };
    (history, notes)
}

/// What holds for the whole lineage.
fn general(lineage: &Lineage) -> Vec<String> {
    let mut notes = Vec::new();
    if lineage.shallow {
        notes.push("the clone is shallow, so revisions have no numbers: `git fetch --unshallow` gives them".to_owned());
    }
    let by: Vec<String> = rendered_by(lineage).iter().map(|path| format!("`{}`", path.as_str())).collect();
    let rendered = lineage.rows.iter().filter(|row| row.revision.is_some() && row.role != Role::Plain).count();
    if !by.is_empty() {
        notes.push(format!(
            "names are not known: {} may change the pod template on its way to the cluster",
            by.join(" and ")
        ));
    } else if rendered > 0 {
        notes.push(format!(
            "{rendered} of its revisions have no name: the file was rendered by a kustomization or a chart then"
        ));
    }
    if Kind::of(&lineage.identity.kind) != Some(Kind::Deployment) {
        notes.push(format!("names of a {}'s revisions are not computed by this release", lineage.identity.kind));
    }
    if lineage.current().is_some_and(|(_, state)| state.repeated) {
        notes.push("the file gives the object more than once, and the last one counts".to_owned());
    }
    notes
}

/// The kustomizations that render the workload now.
fn rendered_by(lineage: &Lineage) -> Vec<Untrusted> {
    match lineage.rows.last().map(|row| &row.role) {
        Some(Role::Rendered(by)) => by.iter().map(|path| path.shown()).collect(),
        _ => Vec::new(),
    }
}

fn hash(row: &revision::Row, names: &Names, notes: &mut Vec<Note>) -> Option<Hash> {
    let state = row.state.as_ref().filter(|_| row.role == Role::Plain)?;
    if Kind::of(&state.identity.kind) != Some(Kind::Deployment) {
        return None;
    }
    match state.template.view(names.version).hash(None) {
        Ok(hash) => Some(hash),
        Err(finding) => {
            let at = row.revision.map_or_else(|| row.commit.id.to_string(), |number| format!("revision {number}"));
            notes.push(Note::on(
                row.path.shown(),
                format!("{at} has no name, Kubernetes {} refuses it: {finding}", names.version),
            ));
            None
        }
    }
}

fn sticks(row: &revision::Row, number: revision::Revision, field: &str) -> Note {
    Note::on(
        row.path.shown(),
        format!(
            "revision {number}: `{field}` keeps an older default where it is applied over what is live, so its ReplicaSet may have another name"
        ),
    )
}

fn shown(row: &revision::Row, hash: Option<Hash>, names: &Names) -> Row {
    let state = row.state.as_ref();
    Row {
        revision: row.revision.map(|number| number.get().into()),
        change: row.change.clone(),
        hash: hash.map(|hash| hash.to_string()),
        name: hash.zip(state).map(|(hash, state)| hash.replica_set_name(&state.identity.name, names.version).into()),
        as_new: None,
        commit: row.commit.id.to_string(),
        time: Time::new(row.commit.time.seconds, row.commit.time.offset_minutes),
        author: Author { name: row.commit.author.name.clone(), email: row.commit.author.email.clone() },
        path: row.path.shown(),
        images: state.map(|state| state.images.clone()).unwrap_or_default(),
        replicas: state.and_then(|state| state.replicas),
        revert_of: row.revert_of.map(|number| number.get().into()),
        cause: row.cause.clone(),
        stale_annotation: row.stale_annotation.clone(),
        error: row.error.as_ref().map(Unreadable::from),
    }
}

impl From<&Identity> for ObjectName {
    fn from(identity: &Identity) -> Self {
        ObjectName {
            api_version: identity.api_version.as_str().into(),
            kind: identity.kind.as_str().into(),
            namespace: identity.namespace.as_deref().map(Untrusted::from),
            name: identity.name.as_str().into(),
        }
    }
}

impl From<&revision::Unreadable> for Unreadable {
    fn from(unreadable: &revision::Unreadable) -> Self {
        Unreadable {
            message: unreadable.message.clone(),
            line: Some(unreadable.line as usize),
            column: Some(unreadable.column as usize),
        }
    }
}
