//! A lineage as the rows of a history: names computed, and what cannot be known said in notes.

use super::{Author, FieldChange, History, Note, ObjectName, Row, Time, Unreadable};
use crate::kubernetes::Version;
use crate::manifest::Identity;
use crate::revision::{self, Event, Lineage, Namer, Outcome, Unnamed};
use crate::snapshot::Role;
use crate::template::Name;
use crate::template::Sticky;
use crate::text::Untrusted;

/// What the names of a history are computed with.
#[derive(Clone)]
pub struct Names<'n> {
    pub namer: &'n Namer<'n>,
    /// The git revision that the walk began at.
    pub reference: Untrusted,
}

impl Names<'_> {
    /// The hash that a new object gets, where it is another than that of what runs.
    pub(super) fn as_new(&self, event: &Event, name: Option<&Name>) -> Option<String> {
        if event.runs.as_ref().is_some_and(|runs| runs.is_new(event.state.as_ref())) {
            return None;
        }
        let new = self.namer.as_new(event.state.as_ref()?, &event.role).ok()?;
        (name?.hash != new.hash).then(|| new.hash.to_string())
    }
}

/// What is said of every lineage of a shallow clone.
pub const UNNUMBERED: &str = "the clone is shallow, so revisions have no numbers: `git fetch --unshallow` gives them";

/// The history of a lineage, with notes on what is not known: the rows that `shown` has, by their places, each with what
/// it changed if that is told too.
pub fn history(
    lineage: &Lineage,
    names: &Names<'_>,
    shown: Vec<(usize, Option<Vec<FieldChange>>)>,
) -> (History, Vec<Note>) {
    let path = lineage.path.shown();
    let mut notes: Vec<Note> = general(lineage, names).into_iter().map(|text| Note::on(path.clone(), text)).collect();
    let mut rows = Vec::with_capacity(shown.len());
    let mut shown = shown.into_iter().peekable();
    for (at, row) in lineage.rows.iter().enumerate() {
        let name = names.namer.after(&row.event).and_then(|named| {
            notes.extend(undecodable(row, named.as_ref().err(), names));
            named.ok()
        });
        let as_new = names.as_new(&row.event, name.as_ref());
        let (number, version) = (row.event.revision, names.namer.version());
        notes.extend(number.into_iter().flat_map(|number| sticks(row, number, as_new.as_deref(), version)));
        if let Some((_, changes)) = shown.next_if(|(next, _)| *next == at) {
            rows.push(Row { changes, ..of_row(row, names.namer.outcome(&row.event), name, as_new) });
        }
    }
    let history = History {
        object: ObjectName::from(lineage.current().map_or(&lineage.identity, |(_, state)| &state.identity)),
        path,
        reference: names.reference.clone(),
        kube_version: names.namer.version().to_string(),
        exact: lineage.role == Role::Plain && lineage.rows.iter().all(|row| row.event.role == Role::Plain),
        rendered_by: rendered_by(&lineage.role),
        revisions: rows,
        live_only: None,
    };
    (history, notes)
}

/// What holds for the whole lineage.
fn general(lineage: &Lineage, names: &Names<'_>) -> Vec<String> {
    let (current, mut notes) = (lineage.current(), Vec::new());
    if lineage.shallow {
        notes.push(UNNUMBERED.to_owned());
    }
    if lineage.role != Role::Plain {
        notes.push(Unnamed::Rendered(lineage.role.clone()).to_string());
    } else {
        notes.extend(rendered_then(lineage));
    }
    if let Some(Err(unnamed @ Unnamed::TooOld(_))) = current.and_then(|(row, _)| names.namer.after(&row.event)) {
        notes.push(unnamed.to_string());
    }
    if current.is_some_and(|(_, state)| state.repeated) {
        notes.push("the file gives the object more than once, and the last one counts".to_owned());
    }
    notes
}

/// How many revisions have no name though the newest has one.
fn rendered_then(lineage: &Lineage) -> Option<String> {
    let rendered =
        lineage.rows.iter().filter(|row| row.event.revision.is_some() && row.event.role != Role::Plain).count();
    let (have, were) = if rendered == 1 { ("revision has", "it was") } else { ("revisions have", "they were") };
    (rendered > 0).then(|| format!("{rendered} older {have} no name: {were} rendered by kustomize or Helm then"))
}

/// The kustomizations that render a file.
pub(super) fn rendered_by(role: &Role) -> Vec<Untrusted> {
    match role {
        Role::Rendered(by) => by.iter().map(|path| path.shown()).collect(),
        _ => Vec::new(),
    }
}

fn undecodable(row: &revision::Row, unnamed: Option<&Unnamed>, names: &Names<'_>) -> Option<Note> {
    let Some(Unnamed::Undecodable(finding)) = unnamed else { return None };
    let at = row.event.revision.map_or_else(|| row.commit.id.to_string(), |number| format!("revision {number}"));
    let text = format!("{at} has no name, Kubernetes {} cannot decode it: {finding}", names.namer.version());
    Some(Note::on(row.event.path.shown(), text))
}

/// What a revision keeps of older defaults, where its name shows it.
fn sticks(row: &revision::Row, number: revision::Revision, as_new: Option<&str>, version: Version) -> Vec<Note> {
    let (Some(applied), Some(as_new)) = (&row.event.runs, as_new) else { return Vec::new() };
    let told = |sticky: &Sticky| {
        let (field, value) = (sticky.field(), sticky.value());
        format!(
            "revision {number}: `{field}` stays `{value}`, an older default, where it is applied over what is live: the hash of a new object is {as_new}"
        )
    };
    let kept = applied.kept.iter().filter(|sticky| sticky.holds_at(version));
    kept.map(|sticky| Note::on(row.event.path.shown(), told(sticky))).collect()
}

fn of_row(row: &revision::Row, outcome: Outcome, name: Option<Name>, as_new: Option<String>) -> Row {
    let event = &row.event;
    let state = event.state.as_ref();
    Row {
        revision: event.revision.map(|number| number.get().into()),
        change: event.change.clone(),
        rolls: outcome.rolls(),
        reason: outcome.to_string().into(),
        remark: outcome.remark().map(Untrusted::from),
        changes: None,
        hash: name.as_ref().map(|name| name.hash.to_string()),
        name: name.map(|name| name.name.into()),
        as_new,
        commit: row.commit.id.to_string(),
        time: Time::from(row),
        author: Author::from(row),
        path: event.path.shown(),
        images: state.map(|state| state.images.clone()).unwrap_or_default(),
        replicas: state.and_then(|state| state.replicas),
        revert_of: event.revert_of.map(|number| number.get().into()),
        cause: Some(row.cause.clone()),
        stale_annotation: event.stale_annotation.clone(),
        rendering: event.rendering.iter().map(|path| path.shown()).collect(),
        live: None,
        error: event.error.as_ref().map(Unreadable::from),
    }
}

impl From<&revision::Row> for Time {
    fn from(row: &revision::Row) -> Self {
        Time::new(row.commit.time.seconds, row.commit.time.offset_minutes)
    }
}

impl From<&revision::Row> for Author {
    fn from(row: &revision::Row) -> Self {
        Author { name: row.commit.author.name.clone(), email: row.commit.author.email.clone() }
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
