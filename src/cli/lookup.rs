//! From a target to the places where it stands, or to what is known of why it stands nowhere.

use super::failure::{Failure, Result};
use super::target::Target;
use super::world::{World, of_git};
use crate::kubernetes::Kind;
use crate::output::{Note, ObjectName};
use crate::revision::{Candidate, Found, Nearby, Wanted, find, find_gone, nearby};
use crate::snapshot::Role;
use crate::text::closest;

/// How many workloads a message names at the most.
const MOST_NAMED: usize = 5;

/// Where a workload stands at the commit, or stood last; with notes on files that only look like it.
pub(super) fn places(world: &World, target: &Target) -> Result<(Vec<Candidate>, Vec<Note>)> {
    let wanted = Wanted {
        kind: target.kind,
        name: target.name.clone(),
        namespaces: world.namespaces.clone(),
        paths: world.paths.clone(),
    };
    let found = find(&world.repository, &world.index, world.tip, &wanted).map_err(of_git)?;
    let mut notes = inputs(&found);
    notes.extend(found.unreadable.iter().map(|(path, error)| {
        let text = format!("it may stand here too, but line {} cannot be read: {}", error.line, error.message.as_str());
        Note::on(path.shown(), text)
    }));
    if let Some(asked) = wanted.namespaces.asked() {
        let unsure = |found: &&Candidate| {
            found.identity.namespace.is_none() && wanted.namespaces.default_at(&found.path).is_none()
        };
        notes.extend(found.candidates.iter().filter(unsure).map(|candidate| {
            let text = format!("the manifest names no namespace, and is taken for one of `{asked}`");
            Note::on(candidate.path.shown(), text)
        }));
    }
    if !found.candidates.is_empty() {
        return Ok((found.candidates, notes));
    }
    match find_gone(&world.repository, world.tip, &wanted, &found.deliveries).map_err(of_git)? {
        Some(gone) => Ok((vec![gone], notes)),
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
    let namespace = wanted.namespaces.asked().map_or(String::new(), |namespace| format!(" in namespace `{namespace}`"));
    let (name, reference) = (&target.name, world.reference.as_str());
    let what = format!("no {kind} named `{name}`{namespace} at `{reference}`{place}, now or before");
    let mut failure = Failure::not_found(anyhow::anyhow!(what));
    for note in inputs(found) {
        let path = note.path.as_ref().map_or("", |path| path.as_str());
        failure = failure.hint(format!("`{path}` names it, but is {}", note.message.as_str()));
    }
    Ok(failure.hint(meant(world, target)?))
}

/// What may have been meant by a target that stands nowhere.
pub(super) fn meant(world: &World, target: &Target) -> Result<String> {
    let everywhere = Wanted {
        kind: target.kind,
        name: target.name.clone(),
        namespaces: world.namespaces.clone(),
        paths: Vec::new(),
    };
    let there = nearby(&world.repository, world.tip, &everywhere).map_err(of_git)?;
    let kind = target.kind.is_none().then(|| target.name.parse::<Kind>().err()?.suggestion).flatten();
    Ok(match (suggestion(target, &there), kind) {
        (Suggestion::Meant(name), _) => format!("did you mean {name}?"),
        (_, Some(kind)) => format!("did you mean the kind `{}`?", kind.to_lowercase()),
        (Suggestion::Others(text), None) => text,
    })
}

enum Suggestion {
    /// One of a like name.
    Meant(String),
    /// What there is.
    Others(String),
}

/// Of the objects that are there, the one that may have been meant; else the first few.
fn suggestion(target: &Target, there: &[Nearby]) -> Suggestion {
    let shown = |nearby: &Nearby| {
        let name = ObjectName::from(&nearby.identity).qualified();
        let namespace =
            nearby.identity.namespace.as_ref().map_or(String::new(), |namespace| format!(" -n {namespace}"));
        format!("{}{namespace} in {}", name.as_str(), nearby.path.shown().as_str())
    };
    let close = closest(&target.name, there.iter().map(|nearby| nearby.identity.name.as_str()));
    let meant = there.iter().find(|nearby| Some(nearby.identity.name.as_str()) == close);
    match (meant, there.len()) {
        (Some(nearby), _) => Suggestion::Meant(shown(nearby)),
        (None, 0) => Suggestion::Others(
            "there is no workload at all: `--ref` looks at another commit, `-C` at another repository".to_owned(),
        ),
        (None, count) => {
            let named: Vec<String> = there.iter().take(MOST_NAMED).map(shown).collect();
            let more = if count > MOST_NAMED {
                format!(" and {} more: rollbook list", count - MOST_NAMED)
            } else {
                String::new()
            };
            Suggestion::Others(format!("there are: {}{more}", named.join(", ")))
        }
    }
}
