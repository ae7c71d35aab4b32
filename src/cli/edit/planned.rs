//! The change, looked at before anything is written.

use super::current::Current;
use super::onto::Onto;
use super::rewrite::{FileChange, Lying, Rewrite};
use crate::cli::failure::{Failure, Result};
use crate::cli::standing::running;
use crate::cli::world::World;
use crate::diff::{Bond, Delivery, Pair, Placed, Running, pair};
use crate::git::RepoPath;
use crate::manifest::{self, Object};
use crate::output::{DiffItem, Note};
use crate::text::Untrusted;
use crate::yaml::Dialect;
use std::path::PathBuf;

/// What becomes of the files, and what that does.
pub(in crate::cli) struct Planned {
    /// The workload's first.
    pub files: Vec<FileChange>,
    /// What is different of the workload, and what that does to pods.
    pub item: Option<DiffItem>,
    /// What is different of what changes with it.
    pub others: Vec<DiffItem>,
    pub notes: Vec<Note>,
}

impl Planned {
    /// The plan for all files; these kustomizations are among them. `index` is the index to read in place of the repository's
    /// own.
    pub fn of(
        index: Option<&PathBuf>,
        world: &World,
        onto: &Onto,
        current: &Current,
        kustomizations: &[Untrusted],
        rewrites: &[Rewrite],
    ) -> Result<Planned> {
        let files = rewrites.iter().map(|rewrite| rewrite.change(index.cloned(), world, onto));
        let files = files.collect::<Result<Vec<FileChange>>>()?;
        let text = text_of(&files, &current.candidate.path).unwrap_or(&current.today);
        let (old, new) = (current.object(&current.today), current.object(text));
        let (Some(old), Some(new)) = (old, new) else { return Err(Failure::new("the workload would be lost")) };
        let item = item(world, current, kustomizations, [&old, &new], text)?;
        let others = files.iter().map(|file| others(world, current, file));
        let others = others.collect::<Result<Vec<_>>>()?.concat();
        let notes = files.iter().flat_map(|file| file.notes.iter().cloned()).collect();
        Ok(Planned { files, item, others, notes })
    }

    /// What becomes of a file, if it is among them.
    pub fn text(&self, path: &RepoPath) -> Option<&Vec<u8>> {
        text_of(&self.files, path)
    }

    /// The files that are not as they will be.
    pub fn changed(&self) -> impl Iterator<Item = &FileChange> {
        self.files.iter().filter(|file| !file.is_same())
    }

    /// Whether a file lies there as it is to be, and git says that it is not committed so.
    pub fn is_settled(&self) -> bool {
        self.files.iter().any(|file| matches!(file.lying, Lying::Settled))
    }
}

fn text_of<'f>(files: &'f [FileChange], path: &RepoPath) -> Option<&'f Vec<u8>> {
    files.iter().find(|file| file.path == *path).map(|file| &file.text)
}

fn item(
    world: &World,
    current: &Current,
    kustomizations: &[Untrusted],
    [old, new]: [&Object; 2],
    text: &[u8],
) -> Result<Option<DiffItem>> {
    let past = current.past();
    let after = past.then(new, text);
    let running = running(world, past.runs(), Some(&after))?;
    let path = current.candidate.path.shown();
    let placed = |object| Placed { path: path.as_str(), object };
    let pair = Pair::Both { old: placed(old), new: placed(new), bond: Bond::Identity };
    let server = world.settings(&current.candidate.path)?.server();
    let by: Vec<Untrusted> = current.candidate.role.rendered_by().iter().map(RepoPath::shown).collect();
    let delivery = match () {
        () if !kustomizations.is_empty() => Delivery::Rerendered(kustomizations),
        () if !by.is_empty() => Delivery::Rendered(&by),
        () => Delivery::Plain,
    };
    Ok(DiffItem::of(&pair, current.today != text, server, delivery, &running))
}

/// What is different of the other objects of a file.
fn others(world: &World, current: &Current, file: &FileChange) -> Result<Vec<DiffItem>> {
    let path = file.path.shown();
    let read = |text: &[u8]| manifest::read(text, Dialect::Kubectl).objects;
    let states = [file.before.as_deref().map(read).unwrap_or_default(), read(&file.text)];
    let is_workload = |object: &Object| file.path == current.candidate.path && object.identity == *current.identity();
    let [old, new] = states.each_ref().map(|objects| {
        let others = objects.iter().filter(|object| !is_workload(object));
        others.map(|object| Placed { path: path.as_str(), object }).collect::<Vec<_>>()
    });
    let server = world.settings(&file.path)?.server();
    let item = |pair: &Pair| DiffItem::of(pair, false, server, Delivery::Plain, &Running::default());
    Ok(pair(&old, &new).iter().filter_map(item).collect())
}
