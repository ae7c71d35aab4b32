//! The search over the history that a command looks at, and over those of other branches.

use super::remarks;
use crate::cli::context::Context;
use crate::cli::everything;
use crate::cli::failure::Result;
use crate::cli::settings::Used;
use crate::cli::world::{World, of_git};
use crate::kubernetes::Kind;
use crate::manifest::Identity;
use crate::output::{Author, Note, ObjectName, Time, WhenceItem};
use crate::revision::{Clue, Match, Row, Suspect, Tried, whence};
use crate::template::{Controller, Hash};
use crate::text::Untrusted;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The names that are looked for, and what was found.
pub(in crate::cli) struct Search<'c> {
    clues: &'c [Clue],
    /// The items of each clue.
    found: BTreeMap<usize, Vec<WhenceItem>>,
    searched: Vec<Searched>,
    notes: Vec<Note>,
}

/// Where a name was looked for.
#[derive(Clone, Default)]
pub(in crate::cli) struct Searched {
    pub tried: Tried,
    /// The git revision that was looked at first.
    pub reference: Untrusted,
    /// How many other branches were.
    pub others: usize,
}

impl<'c> Search<'c> {
    pub fn new(clues: &'c [Clue]) -> Search<'c> {
        let searched = vec![Searched::default(); clues.len()];
        Search { clues, found: BTreeMap::new(), searched, notes: Vec::new() }
    }

    /// Looks for what is not found yet in the history of one commit.
    ///
    /// # Errors
    /// What git cannot read; settings that contradict each other.
    pub fn look(&mut self, context: &Context, world: &World) -> Result<()> {
        let open: Vec<usize> = (0..self.clues.len()).filter(|clue| !self.found.contains_key(clue)).collect();
        if open.is_empty() {
            return Ok(());
        }
        let clues: Vec<Clue> = open.iter().map(|&clue| self.clues[clue].clone()).collect();
        let may_be = |identity: &Identity| identity.is_workload() && clues.iter().any(|clue| clue.fits(identity));
        let book = everything::read(context, world, &may_be)?;
        let (mut suspects, mut used) = (Vec::new(), Used::default());
        for lineage in book.lineages() {
            let (identity, path) = (lineage.identity(), lineage.path());
            if !world.namespaces.has(identity, path) || !path.is_under_any(&world.paths) {
                continue;
            }
            let settings = used.with(world.settings(path)?);
            let namespace = identity.namespace.as_deref().or_else(|| world.namespaces.default_at(path));
            suspects.push((
                Suspect { lineage, server: settings.server(), namespace: namespace.map(str::to_owned) },
                settings,
            ));
        }
        let (suspects, settings): (Vec<_>, Vec<_>) = suspects.into_iter().unzip();
        let answer = whence(&world.repository, &world.index, &suspects, &clues).map_err(of_git)?;
        for found in &answer.matches {
            let suspect = &suspects[found.suspect];
            let Some(row) = suspect.lineage.row(found.event).map_err(of_git)? else { continue };
            let clue = &clues[found.clue];
            let item = item(clue, suspect, found, &row, &world.reference);
            self.notes.extend(remarks::elsewhere(clue, &self.searched[open[found.clue]], &world.reference));
            self.notes.extend(remarks::on(clue, found, &item, settings[found.suspect].version));
            self.found.entry(open[found.clue]).or_default().push(item);
        }
        for (&clue, tried) in open.iter().zip(answer.tried) {
            self.searched[clue].meet(tried, &world.reference);
        }
        self.notes.extend(used.notes());
        Ok(())
    }

    /// Looks for the rest at the other branches, one after the other.
    ///
    /// # Errors
    /// As of [`Search::look`].
    pub fn look_elsewhere(&mut self, context: &Context, world: &World) -> Result<()> {
        let mut tips = HashSet::from([world.tip]);
        for (name, tip) in world.repository.branches() {
            if tips.insert(tip) && self.found.len() < self.clues.len() {
                self.look(context, &World::at(context, tip, name.as_str())?)?;
            }
        }
        Ok(())
    }

    /// The names that were found nowhere.
    pub fn missing(&self) -> impl Iterator<Item = (&'c Clue, &Searched)> {
        let all = self.clues.iter().zip(&self.searched).enumerate();
        all.filter(|(clue, _)| !self.found.contains_key(clue)).map(|(_, missing)| missing)
    }

    /// What there is to say of what was found, each thing once.
    pub fn notes(&mut self) -> Vec<Note> {
        let mut met = BTreeSet::new();
        self.notes.retain(|note| met.insert(note.message.clone()));
        std::mem::take(&mut self.notes)
    }

    /// What was found, in the order that it was asked for in.
    pub fn items(&mut self) -> Vec<WhenceItem> {
        let found = |clue: usize| self.found.get(&clue).cloned().unwrap_or_default();
        (0..self.clues.len()).flat_map(found).collect()
    }
}

impl Searched {
    fn meet(&mut self, tried: Tried, reference: &Untrusted) {
        if self.reference == Untrusted::default() {
            self.reference = reference.clone();
        } else {
            self.others += 1;
        }
        if self.tried.some.is_empty() {
            self.tried.some = tried.some;
        }
        self.tried.lineages = self.tried.lineages.max(tried.lineages);
        self.tried.templates += tried.templates;
        self.tried.rendered = self.tried.rendered.max(tried.rendered);
    }
}

fn item(clue: &Clue, suspect: &Suspect<'_>, found: &Match, row: &Row, reference: &Untrusted) -> WhenceItem {
    let event = &row.event;
    let identity = event.state.as_ref().map_or(suspect.lineage.identity(), |state| &state.identity);
    WhenceItem {
        query: clue.text().into(),
        object: ObjectName::from(identity),
        path: event.path.shown(),
        reference: reference.clone(),
        revision: event.revision.or(event.during).map(|number| number.get().into()),
        commit: row.commit.id.to_string(),
        time: Time::from(row),
        author: Author::from(row),
        cause: Some(row.cause.clone()),
        images: event.state.as_ref().map(|state| state.images.clone()).unwrap_or_default(),
        kube_versions: found.versions.iter().map(ToString::to_string).collect(),
        collision: found.collision,
        hash: found.hash.map(|hash| hash.to_string()),
        name: found.hash.and_then(|hash| whole_name(identity, hash, found)),
        by: found.by,
        only_as_new: found.as_new,
    }
}

fn whole_name(identity: &Identity, hash: Hash, found: &Match) -> Option<Untrusted> {
    let controller = Controller::of(Kind::of(&identity.kind)?)?;
    Some(controller.name(&identity.name, hash, *found.versions.last()?).into())
}
