//! Rows of a lineage as items of a list and of a log.

use super::lineage::{Names, rendered_by};
use super::{Author, LastChange, ListItem, LogItem, ObjectName, Time, Unreadable};
use crate::revision::{Applied, Event, Lineage, Row};
use crate::snapshot::Role;
use crate::text::Untrusted;

/// The lineage as it stands: of one without rows nothing.
pub fn list_item(lineage: &Lineage, names: &Names<'_>) -> Option<ListItem> {
    let last = lineage.rows.last()?;
    let Event { change, during, error, .. } = &last.event;
    let role = &lineage.role;
    let (row, state) = lineage.current().unzip();
    let named = row.filter(|_| error.is_none() && *role == Role::Plain);
    let name = named.and_then(|row| names.namer.after(&row.event)?.ok());
    let as_new = named.and_then(|row| names.as_new(&row.event, name.as_ref()));
    Some(ListItem {
        object: ObjectName::from(state.map_or(&lineage.identity, |state| &state.identity)),
        path: lineage.path.shown(),
        kube_version: names.namer.version().to_string(),
        exact: *role == Role::Plain,
        rendered_by: rendered_by(role),
        revision: during.map(|number| number.get().into()),
        hash: name.as_ref().map(|name| name.hash.to_string()),
        name: name.map(|name| name.name.into()),
        as_new,
        images: state.map(|state| state.images.clone()).unwrap_or_default(),
        replicas: state.and_then(|state| state.replicas),
        live: None,
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
    let outcome = names.namer.outcome(event);
    let hash = |applied: &Option<Applied>| Some(names.namer.live(applied.as_ref()?).ok()?.hash.to_string());
    let (from, to) = (hash(&event.ran), hash(&event.runs));
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
        rolls: outcome.rolls(),
        reason: outcome.to_string().into(),
        remark: outcome.remark().map(Untrusted::from),
        changes: None,
        from,
        to,
        images: seen.map(|state| state.images.clone()).unwrap_or_default(),
        rendered_by: rendered_by(&event.role),
        rendering: event.rendering.iter().map(|path| path.shown()).collect(),
        error: event.error.as_ref().map(Unreadable::from),
    }
}
