//! Rows of a lineage as items of a list and of a log.

use super::lineage::{Names, rendered_by_role};
use super::{Author, LastChange, ListItem, LogItem, ObjectName, Rolls, Time, Unreadable};
use crate::revision::{Change, Lineage, Row, State};
use crate::snapshot::Role;

/// The lineage as it stands: of one without rows nothing.
pub fn list_item(lineage: &Lineage, names: &Names<'_>) -> Option<ListItem> {
    let last = lineage.rows.last()?;
    let state = lineage.current().map(|(_, state)| state);
    let name = state.and_then(|state| names.namer.name(state, &last.role).ok()).filter(|_| last.error.is_none());
    Some(ListItem {
        object: ObjectName::from(state.map_or(&lineage.identity, |state| &state.identity)),
        path: lineage.path.shown(),
        kube_version: names.namer.version().to_string(),
        exact: last.role == Role::Plain,
        rendered_by: rendered_by_role(&last.role),
        revision: last.during.map(|number| number.get().into()),
        hash: name.as_ref().map(|name| name.hash.to_string()),
        name: name.map(|name| name.name.into()),
        images: state.map(|state| state.images.clone()).unwrap_or_default(),
        replicas: state.and_then(|state| state.replicas),
        last: LastChange {
            change: last.change.clone(),
            commit: last.commit.id.to_string(),
            time: time(last),
            author: author(last),
            cause: last.cause.clone(),
        },
        error: last.error.as_ref().map(Unreadable::from),
    })
}

/// What a row of a lineage tells.
pub fn log_item(lineage: &Lineage, row: &Row, names: &Names<'_>) -> LogItem {
    let hash = |state: &State| names.namer.name(state, &row.role).ok().map(|name| name.hash.to_string());
    let after = row.state.as_deref();
    let identity = after.or(row.before.as_deref()).map_or(&lineage.identity, |state| &state.identity);
    LogItem {
        commit: row.commit.id.to_string(),
        time: time(row),
        author: author(row),
        cause: row.cause.clone(),
        object: ObjectName::from(identity),
        path: row.path.shown(),
        kube_version: names.namer.version().to_string(),
        change: row.change.clone(),
        revision: row.revision.map(|number| number.get().into()),
        rolls: rolls(row),
        from: row.before.as_deref().and_then(hash),
        to: after.and_then(hash),
        images: after.or(row.before.as_deref()).map(|state| state.images.clone()).unwrap_or_default(),
        rendered_by: rendered_by_role(&row.role),
        error: row.error.as_ref().map(Unreadable::from),
    }
}

/// Whether a change starts new pods. What renders a workload may make another template of any change but one of
/// spelling; and what cannot be read may be anything.
fn rolls(row: &Row) -> Rolls {
    let has = |change: Change| row.change.contains(&change);
    let is_spelling = |change: &Change| matches!(change, Change::Cosmetic | Change::Removed);
    match &row.role {
        _ if row.change.is_empty() || row.error.is_some() => Rolls::Unknown,
        Role::Plain if has(Change::Rolls) || (has(Change::Added) && makes_pods(row)) => Rolls::Yes,
        Role::Plain => Rolls::No,
        _ if row.change.iter().all(is_spelling) || !makes_pods(row) => Rolls::No,
        _ => Rolls::Unknown,
    }
}

fn makes_pods(row: &Row) -> bool {
    row.state.as_ref().or(row.before.as_ref()).is_some_and(|state| state.is_workload())
}

fn time(row: &Row) -> Time {
    Time::new(row.commit.time.seconds, row.commit.time.offset_minutes)
}

fn author(row: &Row) -> Author {
    Author { name: row.commit.author.name.clone(), email: row.commit.author.email.clone() }
}
