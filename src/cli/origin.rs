//! The revisions in git that live ReplicaSets and ControllerRevisions are of: by their names, else by their templates.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::command::whence::search::Search;
use super::context::Context;
use super::failure::Result;
use super::live::Namespace;
use super::lookup;
use super::place::walk;
use super::target::Target;
use super::world::{World, of_git};
use crate::kubernetes::{Kind, RESTARTED_AT, Version};
use crate::manifest;
use crate::output::{Author, Note, Origin, Time, WhenceItem};
use crate::revision::{Candidate, Clue, Row};
use crate::template::{Controller, Template};
use crate::text::Untrusted;
use crate::yaml::Dialect;

/// Something live.
pub(super) struct Live<'v> {
    pub kind: Kind,
    /// The workload that it belongs to.
    pub workload: String,
    /// Its name.
    pub name: String,
    /// The ReplicaSet or ControllerRevision.
    pub object: &'v Value,
    /// Where its manifest stands, if that is known: there may be several of the name.
    pub path: Option<Untrusted>,
}

/// Looks all of them up at once; none where git does not know it. Outside of a repository nothing is known, which a note
/// says.
///
/// # Errors
/// What git cannot read; settings that contradict each other.
pub(super) fn origins(
    context: &Context,
    live: &[Live<'_>],
    namespace: &Namespace<'_>,
) -> Result<(Vec<Option<Origin>>, Vec<Note>)> {
    let world = match World::open(context) {
        Ok(world) => world,
        // Where one was named, it has to be there.
        Err(failure) if context.globals.directory.is_some() || context.globals.reference.is_some() => {
            return Err(failure);
        }
        Err(failure) => {
            let note = format!("commits and causes are not known: {}", failure.what());
            return Ok((vec![None; live.len()], vec![Note::new(note)]));
        }
    };
    origins_in(context, &world, live, namespace)
}

/// The same in a repository that is open.
///
/// # Errors
/// The same.
pub(super) fn origins_in(
    context: &Context,
    world: &World,
    live: &[Live<'_>],
    namespace: &Namespace<'_>,
) -> Result<(Vec<Option<Origin>>, Vec<Note>)> {
    let (mut origins, mut notes) = by_name(context, world, live)?;
    // The cluster is asked for its version only where names alone do not tell.
    let version = if origins.iter().all(Option::is_some) { None } else { namespace.version() };
    for (origin, live) in origins.iter_mut().zip(live).filter(|(origin, _)| origin.is_none()) {
        *origin = version.map(|version| by_template(world, live, version)).transpose()?.flatten();
        notes.extend(origin.is_none().then(|| nowhere(live, world)));
    }
    Ok((origins, notes))
}

/// By the names that git knows. Of a template that was gone back to, it is the last time.
fn by_name(context: &Context, world: &World, live: &[Live<'_>]) -> Result<(Vec<Option<Origin>>, Vec<Note>)> {
    let clues: Vec<Clue> = live.iter().filter_map(|live| Clue::name(&live.name)).collect();
    let mut search = Search::new(&clues);
    search.look(context, world)?;
    let mut of_query = HashMap::<String, Vec<WhenceItem>>::new();
    for item in search.items().into_iter().filter(|item| item.hash.is_some()) {
        of_query.entry(item.query.as_str().to_owned()).or_default().push(item);
    }
    let mut notes = Vec::new();
    let origin = |live: &Live<'_>| {
        let found = of_query.get(&live.name).into_iter().flatten();
        let mut found: Vec<&WhenceItem> = found.filter(|item| live.belongs_to(item)).collect();
        if found.iter().any(|item| Some(&item.path) == live.path.as_ref()) {
            found.retain(|item| Some(&item.path) == live.path.as_ref());
        }
        notes.extend(several(live, &found));
        found.into_iter().min_by_key(|item| item.only_as_new).map(of_item)
    };
    let origins = live.iter().map(origin).collect();
    Ok((origins, notes))
}

/// The newest revision whose template the controller takes for equal to the live one: a cluster keeps names over its
/// upgrades, and a restart changes no more than an annotation.
fn by_template(world: &World, live: &Live<'_>, version: Version) -> Result<Option<Origin>> {
    let target = Target { kind: Some(live.kind), name: live.workload.clone() };
    let Ok((candidates, _)) = lookup::places(world, &target) else { return Ok(None) };
    let (template, restarted) = live.template();
    let is_meant = |candidate: &&Candidate| {
        candidates.len() == 1 || live.path.as_ref().is_none_or(|path| candidate.path.shown() == *path)
    };
    for candidate in candidates.iter().filter(is_meant) {
        let lineage = walk(world, world.tip, candidate)?;
        for row in lineage.rows.iter().rev().filter(|row| row.event.revision.is_some()) {
            let Some(runs) = &row.event.runs else { continue };
            let made = runs.template(&world.repository).map_err(of_git)?;
            if are_equal(live.kind, [&made, &template], version) {
                return Ok(Some(Origin { restarted: restarted.map(|at| at.into()), ..of_row(row) }));
            }
        }
    }
    Ok(None)
}

/// Whether the controller of a kind takes two templates for equal.
fn are_equal(kind: Kind, [made, live]: [&Template; 2], version: Version) -> bool {
    let update = Controller::of(kind).map(|controller| controller.update(made.view(version), live.view(version)));
    update.is_some_and(|update| update.is_ok_and(|update| update.keeps_name()))
}

impl Live<'_> {
    /// Whether it has a template, as the controller sees it: a restart changes no more than an annotation.
    pub fn has(&self, template: &Template, version: Version) -> bool {
        are_equal(self.kind, [template, &self.template().0], version)
    }

    fn belongs_to(&self, item: &WhenceItem) -> bool {
        item.object.name.as_str() == self.workload && Kind::of(item.object.kind.as_str()) == Some(self.kind)
    }

    /// Its pod template without what a restart wrote, and when that was.
    fn template(&self) -> (Template, Option<String>) {
        let spec = match self.kind {
            Kind::Deployment => &self.object["spec"],
            _ => &self.object["data"]["spec"],
        };
        let mut template = spec["template"].clone();
        let mut restarted = None;
        if let Some(holder) = template.as_object_mut() {
            holder.shift_remove("$patch");
        }
        let metadata = template.get_mut("metadata").and_then(Value::as_object_mut);
        if let Some(metadata) = metadata
            && let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut)
        {
            restarted = annotations.shift_remove(RESTARTED_AT).and_then(|at| at.as_str().map(str::to_owned));
            if annotations.is_empty() {
                metadata.shift_remove("annotations");
            }
        }
        let workload = json!({
            "apiVersion": "apps/v1", "kind": self.kind.name(), "metadata": {"name": self.workload},
            "spec": {"template": template},
        });
        let text = workload.to_string();
        let reading = manifest::read(text.as_bytes(), Dialect::Kubectl);
        let object = reading.objects.first().expect("it has a kind and a name");
        (Template::decode(object.template_holder()), restarted)
    }
}

fn of_item(item: &WhenceItem) -> Origin {
    Origin {
        revision: item.revision,
        commit: item.commit.clone(),
        time: item.time,
        author: item.author.clone(),
        cause: item.cause.clone(),
        path: item.path.clone(),
        restarted: None,
    }
}

fn of_row(row: &Row) -> Origin {
    Origin {
        revision: row.event.revision.map(|number| number.get().into()),
        commit: row.commit.id.to_string(),
        time: Time::from(row),
        author: Author::from(row),
        cause: Some(row.cause.clone()),
        path: row.event.path.shown(),
        restarted: None,
    }
}

/// That a name may be of several files.
fn several(live: &Live<'_>, found: &[&WhenceItem]) -> Option<Note> {
    let mut paths: Vec<&str> = found.iter().map(|item| item.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    let [first, .., last] = paths[..] else { return None };
    let text = format!("`{}` may come from `{first}` or `{last}`: --path says which is meant", live.name);
    Some(Note::new(text))
}

/// That git has no revision of it.
fn nowhere(live: &Live<'_>, world: &World) -> Note {
    Note::new(format!(
        "`{}` is of no revision at `{}`: its template was changed on the cluster, comes from another branch, or is rendered",
        live.name,
        world.reference.as_str()
    ))
}
