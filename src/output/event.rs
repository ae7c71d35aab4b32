//! Rows of a lineage as items of a list and of a log.

use super::lineage::{Names, rendered_by};
use super::{Author, LastChange, ListItem, LogItem, ObjectName, Rolls, Time, Unreadable};
use crate::revision::{Change, Event, Lineage, Row, State};
use crate::snapshot::Role;

/// The lineage as it stands: of one without rows nothing.
pub fn list_item(lineage: &Lineage, names: &Names<'_>) -> Option<ListItem> {
    let last = lineage.rows.last()?;
    let Event { change, during, error, .. } = &last.event;
    let role = &lineage.role;
    let state = lineage.current().map(|(_, state)| state);
    let name = state.and_then(|state| names.namer.name(state, role).ok()).filter(|_| error.is_none());
    Some(ListItem {
        object: ObjectName::from(state.map_or(&lineage.identity, |state| &state.identity)),
        path: lineage.path.shown(),
        kube_version: names.namer.version().to_string(),
        exact: *role == Role::Plain,
        rendered_by: rendered_by(role),
        revision: during.map(|number| number.get().into()),
        hash: name.as_ref().map(|name| name.hash.to_string()),
        name: name.map(|name| name.name.into()),
        images: state.map(|state| state.images.clone()).unwrap_or_default(),
        replicas: state.and_then(|state| state.replicas),
        last: LastChange {
            change: change.clone(),
            commit: last.commit.id.to_string(),
            time: Time::from(last),
            author: Author::from(last),
            cause: Some(last.cause.clone()),
        },
        error: error.as_ref().map(Unreadable::from),
    })
}

/// What a row of a lineage tells.
pub fn log_item(lineage: &Lineage, row: &Row, names: &Names<'_>) -> LogItem {
    let event = &row.event;
    let hash = |state: &State| names.namer.name(state, &event.role).ok().map(|name| name.hash.to_string());
    let (before, after) = (event.before.as_deref(), event.state.as_deref());
    let seen = after.or(before);
    LogItem {
        commit: row.commit.id.to_string(),
        time: Time::from(row),
        author: Author::from(row),
        cause: Some(row.cause.clone()),
        object: ObjectName::from(seen.map_or(&lineage.identity, |state| &state.identity)),
        path: event.path.shown(),
        kube_version: names.namer.version().to_string(),
        change: event.change.clone(),
        revision: event.revision.map(|number| number.get().into()),
        rolls: rolls(event),
        // What the rendering was before may be anything.
        from: before.filter(|_| !event.change.contains(&Change::Rendering)).and_then(hash),
        to: after.and_then(hash),
        images: seen.map(|state| state.images.clone()).unwrap_or_default(),
        rendered_by: rendered_by(&event.role),
        rendering: event.rendering.iter().map(|path| path.shown()).collect(),
        error: event.error.as_ref().map(Unreadable::from),
    }
}

/// Whether a change starts new pods. What renders a workload may make another template of any change but one of
/// spelling; and what cannot be read may be anything.
fn rolls(event: &Event) -> Rolls {
    let has = |change: Change| event.change.contains(&change);
    let is_spelling = |change: &Change| matches!(change, Change::Cosmetic | Change::Removed);
    match &event.role {
        _ if event.change.is_empty() || event.error.is_some() || has(Change::Rendering) => Rolls::Unknown,
        Role::Plain if has(Change::Rolls) || (has(Change::Added) && makes_pods(event)) => Rolls::Yes,
        Role::Plain => Rolls::No,
        _ if event.change.iter().all(is_spelling) || !makes_pods(event) => Rolls::No,
        _ => Rolls::Unknown,
    }
}

fn makes_pods(event: &Event) -> bool {
    event.state.as_ref().or(event.before.as_ref()).is_some_and(|state| state.is_workload())
}
