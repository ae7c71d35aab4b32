//! One lineage that a name may be of, and the templates that something was made of.

use super::Suspect;
use crate::git;
use crate::kubernetes::{Kind, Version};
use crate::revision::applied::Applied;
use crate::revision::clue::Clue;
use crate::revision::hashes::Wanted;
use crate::revision::row::Event;
use crate::snapshot::Role;
use crate::template::{Controller, Hash, Sticky};
use std::collections::HashMap;

/// One lineage of those that are looked at.
pub(super) struct File<'s> {
    pub place: usize,
    pub suspect: &'s Suspect<'s>,
    pub controller: Option<Controller>,
    pub events: Vec<&'s Event>,
    pub makings: Vec<Making>,
    /// The clues that fit its name.
    pub clues: Vec<usize>,
}

/// A template that something was made of, or would be of a new object.
pub(super) struct Making {
    pub applied: Applied,
    /// Where, and whether only as a new object.
    pub at: Vec<(usize, bool)>,
}

impl<'s> File<'s> {
    pub fn of(place: usize, suspect: &'s Suspect<'s>, clues: &[Clue]) -> Result<Option<File<'s>>, git::Error> {
        let identity = suspect.lineage.identity();
        let is_there = |clue: &Clue| match (&clue.namespace, &suspect.namespace) {
            (Some(of_clue), Some(namespace)) => of_clue == namespace,
            _ => true,
        };
        let fits = |(place, clue): (usize, &Clue)| (is_there(clue) && clue.fits(identity)).then_some(place);
        let clues: Vec<usize> = clues.iter().enumerate().filter_map(fits).collect();
        if clues.is_empty() {
            return Ok(None);
        }
        let controller = Kind::of(&identity.kind).and_then(Controller::of);
        let events = suspect.lineage.events()?;
        let makings = if controller.is_some() { makings(&events) } else { Vec::new() };
        Ok(Some(File { place, suspect, controller, events, makings, clues }))
    }

    pub fn workload(&self) -> &str {
        &self.suspect.lineage.identity().name
    }

    pub fn wanted(&self, making: usize) -> Wanted<'_> {
        Wanted { applied: &self.makings[making].applied, server: self.suspect.server }
    }

    /// A hash with a count of collisions, of the one without.
    pub fn counted(&self, hash: Hash, collision: Option<i32>, version: Version) -> Hash {
        let collided = |controller: Controller| Some(controller.collided(hash, collision?, version));
        self.controller.and_then(collided).unwrap_or(hash)
    }

    pub fn is_rendered(&self) -> bool {
        self.events.iter().any(|event| event.role != Role::Plain)
    }
}

/// The different templates of a lineage, the oldest first. What renders one is passed over: a hash that fits all the same
/// says that nothing of the template was changed.
fn makings(events: &[&Event]) -> Vec<Making> {
    let (mut makings, mut places) = (Vec::<Making>::new(), HashMap::<([u8; 32], Vec<Sticky>), usize>::new());
    for (place, event) in events.iter().enumerate() {
        let fresh = event.state.clone().map(Applied::new);
        let made = event.runs.clone().map(|runs| (runs, false));
        for (applied, as_new) in made.into_iter().chain(fresh.map(|fresh| (fresh, event.runs.is_some()))) {
            let key = (applied.state.document, applied.kept.clone());
            let making = *places.entry(key).or_insert_with(|| {
                makings.push(Making { applied, at: Vec::new() });
                makings.len() - 1
            });
            makings[making].at.push((place, as_new));
        }
    }
    makings
}

/// The first event of each revision that was made of a template, and whether only a new object would have been.
pub(super) fn made_at<'f>(file: &'f File<'_>, making: &'f Making) -> impl Iterator<Item = (usize, bool)> + 'f {
    let mut firsts: Vec<(usize, bool)> = Vec::new();
    let mut at = making.at.clone();
    at.sort_unstable_by_key(|(event, as_new)| (*as_new, *event));
    for (event, as_new) in at {
        let during = file.events[event].during;
        let is_known =
            |(known, _): &(usize, bool)| *known == event || (during.is_some() && file.events[*known].during == during);
        if !firsts.iter().any(is_known) {
            firsts.push((event, as_new));
        }
    }
    firsts.into_iter()
}

/// The event that made the newest revision.
pub(super) fn newest(file: &File<'_>) -> Option<usize> {
    let made = file.events.iter().rposition(|event| event.revision.is_some());
    made.or_else(|| file.events.iter().rposition(|event| event.state.is_some()))
}

/// The events that made a revision whose images a pod has all. It may have more, which were put into it on the cluster.
pub(super) fn with_images(file: &File<'_>, images: &[String]) -> Vec<usize> {
    let has = |event: &Event| {
        event.state.as_ref().is_some_and(|state| {
            !state.images.is_empty()
                && state.images.iter().all(|image| images.iter().any(|of_pod| of_pod == image.as_str()))
        })
    };
    let makes = |event: &Event| event.revision.is_some() || (event.during.is_none() && event.state.is_some());
    (0..file.events.len()).filter(|&event| makes(file.events[event]) && has(file.events[event])).collect()
}
