//! What was applied to one object up to a point, for whoever asks what another state would do there.

use super::applied::{Applied, Applies};
use super::book::BookLineage;
use super::lineage::Lineage;
use super::name::Namer;
use super::number::Revision;
use super::row::{Event, Row};
use super::state::State;
use crate::git::{self, CommitId};
use crate::manifest::Object;
use std::sync::Arc;

/// The events of a lineage up to a commit, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Past {
    events: Vec<(CommitId, Event)>,
    /// Whether the clone is shallow, so that nothing has a number.
    shallow: bool,
}

/// An earlier revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its number; none in a shallow clone.
    pub revision: Option<Revision>,
    pub commit: CommitId,
}

impl Past {
    /// The events of rows of a lineage.
    pub fn of_rows(rows: &[Row], shallow: bool) -> Past {
        Past { events: rows.iter().map(|row| (row.commit.id, row.event.clone())).collect(), shallow }
    }

    /// What runs at its end; nothing if it was removed, or git cannot know.
    pub fn runs(&self) -> Option<&Applied> {
        // What cannot be read is not applied, so what ran goes on.
        let told = |event: &&Event| event.state.is_some() || event.is_removal();
        self.events.iter().map(|(_, event)| event).rfind(told)?.runs.as_ref()
    }

    /// What would run if this object, which stands in the text, were applied over it.
    pub fn then(&self, object: &Object, text: &[u8]) -> Applied {
        Applies::over(self.events.iter().map(|(_, event)| event)).apply(Arc::new(State::of(object, text, false)))
    }

    /// The newest revision that made what has this hash, if what it made may still be there: with the object itself all
    /// of it goes.
    pub fn made(&self, namer: &Namer<'_>, hash: &str) -> Option<Earlier> {
        let there = self.events.iter().rev().take_while(|(_, event)| !event.is_removal());
        let is_revision = |event: &Event| event.revision.is_some() || self.shallow && event.state.is_some();
        let is_it =
            |event: &Event| namer.after(event).and_then(Result::ok).is_some_and(|name| name.hash.to_string() == hash);
        let (commit, event) = there.into_iter().find(|(_, event)| is_revision(event) && is_it(event))?;
        Some(Earlier { revision: event.revision, commit: *commit })
    }
}

impl From<Lineage> for Past {
    fn from(lineage: Lineage) -> Past {
        let events = lineage.rows.into_iter().map(|row| (row.commit.id, row.event)).collect();
        Past { events, shallow: lineage.shallow }
    }
}

impl TryFrom<BookLineage<'_>> for Past {
    type Error = git::Error;

    fn try_from(lineage: BookLineage<'_>) -> Result<Past, git::Error> {
        let events = lineage.commits().zip(lineage.events()?.into_iter().cloned()).collect();
        Ok(Past { events, shallow: lineage.is_shallow() })
    }
}
