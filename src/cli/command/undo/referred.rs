//! What the older template names, and what has become of it since.

use super::back::Back;
use super::together::Together;
use crate::cli::edit::{Rewrite, Step, What, line, short};
use crate::cli::world::World;
use crate::git::RepoPath;
use crate::manifest::{Object, Reference};
use crate::output::Note;
use crate::snapshot::{Delta, Place, Snapshot};
use std::collections::BTreeMap;

/// Finds what of it is gone, or another than it was. It goes back where that is asked for; else it is told of.
pub(super) fn find(world: &World, back: &Back, delta: &Delta, with_references: bool, together: &mut Together) {
    let [then, now] = delta.states();
    let places = [(then, &back.to.path), (now, &back.candidate.path)].map(|(state, path)| workload(state, path, back));
    let [Some(of_then), Some(of_now)] = places else { return };
    let mut named: BTreeMap<(&str, String), Vec<Reference>> = BTreeMap::new();
    for reference in then.object(of_then).references() {
        named.entry((reference.kind.name(), reference.name.clone())).or_default().push(reference);
    }
    for ((kind, name), references) in named {
        let shown = format!("the {kind} `{}`", line(&name));
        let [was, is] = [(then, of_then), (now, of_now)].map(|(state, of)| state.meant_by(of, kind, &name));
        // Which of several is meant cannot be told.
        let ([was], [] | [_]) = (&was[..], &is[..]) else { continue };
        let (old, today) = (then.object(*was), is.first().map(|place| now.object(*place)));
        if today.is_some_and(|today| !differs(old, today, &references)) {
            continue;
        }
        if !with_references {
            let what = match today {
                None => format!("{shown} that it names is gone: its pods will wait for it"),
                Some(_) => format!("{shown} that it names is another than it was, and stays so"),
            };
            together.notes.push(Note::new(what));
            continue;
        }
        let path = is.first().map_or(&then.file(*was).path, |place| &now.file(*place).path);
        let what = if today.is_some() { What::Object } else { What::Document };
        let step = Step { what: what(old.identity.clone()), old: then.file(*was).contents.text.clone() };
        let commit = short(world, back.to.commit);
        together.lines.push(format!(
            "{kind} {} as commit {commit} had it, in {}",
            line(&name),
            line(path.shown().as_str())
        ));
        let lost = delta.takers_lost(path).into_iter().filter(|_| today.is_none());
        together.notes.extend(lost.map(|file| taken_no_more(&shown, path, &file)));
        together.rewrites.push(Rewrite { path: path.clone(), steps: vec![step] });
    }
    if !together.notes.is_empty() && !with_references {
        together.notes.push(Note::new("--with-references takes them back too, as git has them".to_owned()));
    }
}

fn taken_no_more(shown: &str, path: &RepoPath, kustomization: &RepoPath) -> Note {
    let what = format!("{shown} comes back in `{}`, which this took in then and does not today", path.shown().as_str());
    Note::on(kustomization.shown(), what)
}

/// The workload in a state.
fn workload(state: &Snapshot, path: &RepoPath, back: &Back) -> Option<Place> {
    let is_it = |place: &Place| state.file(*place).path == *path;
    let identity = back.identity();
    state.named(&identity.kind, &identity.name).iter().copied().rfind(is_it)
}

/// Whether what a template takes from it is another thing: all of it, or some keys only.
fn differs(old: &Object, today: &Object, references: &[Reference]) -> bool {
    if references.iter().any(|reference| reference.keys.is_empty()) {
        return old.node() != today.node();
    }
    let value = |of: &Object, key: &str| {
        let fields = ["stringData", "data", "binaryData"].into_iter();
        fields.filter_map(|field| of.node().at(&[field, key]).cloned()).next()
    };
    let mut keys = references.iter().flat_map(|reference| &reference.keys);
    keys.any(|key| value(old, key) != value(today, key))
}
