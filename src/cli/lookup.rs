//! From a target to the places where it stands, or to what is known of why it stands nowhere.

use super::context::Context;
use super::failure::{Failure, Result};
use super::target::Target;
use super::world::{World, of_git};
use crate::manifest::Identity;
use crate::output::{Note, ObjectName};
use crate::revision::{Candidate, Found, Nearby, Wanted, find, find_gone, nearby};
use crate::snapshot::Role;
use crate::text::closest;

/// How many workloads a message names at the most.
const MOST_NAMED: usize = 5;

/// Where a workload stands at the commit, or stood last; with notes on files that only look like it.
pub(super) fn places(context: &Context, world: &World, target: &Target) -> Result<(Vec<Candidate>, Vec<Note>)> {
    let wanted = Wanted {
        kind: target.kind,
        name: target.name.clone(),
        namespace: context.globals.namespace.clone(),
        paths: world.paths.clone(),
    };
    let mut found = find(&world.repository, world.tip, &wanted).map_err(of_git)?;
    found.candidates.retain(|candidate| world.is_in_namespace(context, &candidate.identity));
    let mut notes = inputs(&found);
    notes.extend(found.unreadable.iter().map(|(path, error)| {
        let text = format!("it may stand here too, but line {} cannot be read: {}", error.line, error.message.as_str());
        Note::on(path.shown(), text)
    }));
    if let Some(asked) = &wanted.namespace {
        let unsure = |identity: &Identity| identity.namespace.is_none() && !world.has_namespace();
        let without = found.candidates.iter().filter(|candidate| unsure(&candidate.identity));
        notes.extend(without.map(|candidate| {
            let text = format!("the manifest names no namespace, and is taken for one of `{asked}`");
            Note::on(candidate.path.shown(), text)
        }));
    }
    if !found.candidates.is_empty() {
        return Ok((found.candidates, notes));
    }
    match find_gone(&world.repository, world.tip, &wanted).map_err(of_git)? {
        Some(gone) => Ok((vec![Candidate { deliveries: found.deliveries.clone(), ..gone }], notes)),
        None => Err(not_found(world, target, &wanted, &found)?),
    }
}

fn inputs(found: &Found) -> Vec<Note> {
    let note = |(path, role): &(_, Role)| {
        let why = match role {
            Role::Input { of, field } => {
                format!("not an object of its own: `{}` uses it in `{field}`", of.shown().as_str())
            }
            Role::Chart(folder) => {
                format!("a part of the Helm chart in `{}`, not an object", folder.shown().as_str())
            }
            Role::Plain | Role::Rendered(_) | Role::Kustomization => return None,
        };
        Some(Note::on(crate::git::RepoPath::shown(path), why))
    };
    found.inputs.iter().filter_map(note).collect()
}

fn not_found(world: &World, target: &Target, wanted: &Wanted, found: &Found) -> Result<Failure> {
    let kind = target.kind.map_or("workload", |kind| kind.name());
    let place = if wanted.paths.is_empty() { "" } else { ", in the paths that were looked at" };
    let namespace = wanted.namespace.as_ref().map_or(String::new(), |namespace| format!(" in namespace `{namespace}`"));
    let (name, reference) = (&target.name, world.reference.as_str());
    let what = format!("no {kind} named `{name}`{namespace} at `{reference}`{place}, now or before");
    let mut failure = Failure::not_found(anyhow::anyhow!(what));
    for note in inputs(found) {
        let path = note.path.as_ref().map_or("", |path| path.as_str());
        failure = failure.hint(format!("`{path}` names it, but is {}", note.message.as_str()));
    }
    let everywhere = Wanted { paths: Vec::new(), ..wanted.clone() };
    let there = nearby(&world.repository, world.tip, &everywhere).map_err(of_git)?;
    Ok(failure.hint(suggestion(target, &there)))
}

/// Of the workloads that are there, the one that may have been meant; else the first few.
fn suggestion(target: &Target, there: &[Nearby]) -> String {
    let shown = |nearby: &Nearby| {
        let name = ObjectName::from(&nearby.identity).qualified();
        let namespace =
            nearby.identity.namespace.as_ref().map_or(String::new(), |namespace| format!(" -n {namespace}"));
        format!("{}{namespace} in {}", name.as_str(), nearby.path.shown().as_str())
    };
    let close = closest(&target.name, there.iter().map(|nearby| nearby.identity.name.as_str()));
    let meant = there.iter().find(|nearby| Some(nearby.identity.name.as_str()) == close);
    match (meant, there.len()) {
        (Some(nearby), _) => format!("did you mean {}?", shown(nearby)),
        (None, 0) => {
            "there is no workload at all: `--ref` looks at another commit, `-C` at another repository".to_owned()
        }
        (None, count) => {
            let named: Vec<String> = there.iter().take(MOST_NAMED).map(shown).collect();
            let more = if count > MOST_NAMED { format!(" and {} more", count - MOST_NAMED) } else { String::new() };
            format!("there are: {}{more}", named.join(", "))
        }
    }
}
