//! The change that goes back, looked at before anything is written.

use super::back::Back;
use super::onto::Onto;
use super::rewrite::{FileChange, Lying, Rewrite};
use super::together::Together;
use crate::cli::failure::{Failure, Result};
use crate::cli::standing::running;
use crate::cli::world::World;
use crate::diff::{Bond, Delivery, Pair, Placed, Running, pair};
use crate::git::RepoPath;
use crate::manifest::{self, Object};
use crate::output::{DiffItem, Note};
use crate::text::Untrusted;
use crate::yaml::{Dialect, Node};
use std::path::PathBuf;

/// What becomes of the files, and what that does.
pub(super) struct Planned {
    /// The workload's first.
    pub files: Vec<FileChange>,
    /// What is different of the workload, and what that does to pods.
    pub item: Option<DiffItem>,
    /// What is different of what goes back with it.
    pub others: Vec<DiffItem>,
    pub notes: Vec<Note>,
}

impl Planned {
    /// The plan for all that goes back. `index` is the index to read in place of the repository's own.
    pub fn of(
        index: Option<&PathBuf>,
        world: &World,
        onto: &Onto,
        back: &Back,
        together: &Together,
        rewrites: &[Rewrite],
    ) -> Result<Planned> {
        let files = rewrites.iter().map(|rewrite| rewrite.change(index.cloned(), world, onto));
        let files = files.collect::<Result<Vec<FileChange>>>()?;
        let text = files.iter().find(|file| file.path == back.candidate.path).map_or(&back.today, |file| &file.text);
        let (old, new) = (back.object(&back.today), back.object(text));
        let (Some(old), Some(new)) = (old, new) else { return Err(Failure::new("the workload would be lost")) };
        allowed(back, world, &new)?;
        let item = item(world, back, together, [&old, &new], text)?;
        let others = files.iter().map(|file| others(world, back, file));
        let others = others.collect::<Result<Vec<_>>>()?.concat();
        let notes = files.iter().flat_map(|file| file.notes.iter().cloned()).collect();
        Ok(Planned { files, item, others, notes })
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

/// Refuses what the API server would refuse after it.
fn allowed(back: &Back, world: &World, new: &Object) -> Result<()> {
    let goal = back.goal(world);
    if !new.selects_own_pods() {
        let what = format!("the labels of the template of {goal} are not those that `spec.selector` selects today");
        return Err(Failure::new(what).hint("a selector cannot be changed: the workload has to be made anew"));
    }
    if let Some(name) = missing_claim(new) {
        let what = format!("the template of {goal} mounts `{name}`, and neither it nor a claim of today gives that");
        return Err(Failure::new(what).hint("claims of a StatefulSet cannot be changed: it has to be made anew"));
    }
    Ok(())
}

/// A volume that is mounted, and that the template does not have nor a claim makes.
fn missing_claim(object: &Object) -> Option<String> {
    let claims = object.node().at(&["spec", "volumeClaimTemplates"])?;
    let spec = object.template()?.get("spec")?;
    let name = |node: &Node, path: &[&str]| node.at(path).and_then(Node::as_str).map(str::to_owned);
    let claimed = claims.items().iter().filter_map(|claim| name(claim, &["metadata", "name"]));
    let volumes = spec.get("volumes").map(Node::items).unwrap_or_default().iter();
    let known: Vec<String> = claimed.chain(volumes.filter_map(|volume| name(volume, &["name"]))).collect();
    let containers =
        ["containers", "initContainers"].into_iter().filter_map(|list| spec.get(list)).flat_map(Node::items);
    let mounts = containers.filter_map(|container| container.get("volumeMounts")).flat_map(Node::items);
    mounts.filter_map(|mount| name(mount, &["name"])).find(|mount| !known.contains(mount))
}

fn item(
    world: &World,
    back: &Back,
    together: &Together,
    [old, new]: [&Object; 2],
    text: &[u8],
) -> Result<Option<DiffItem>> {
    let past = back.past();
    let after = past.then(new, text);
    let running = running(world, past.runs(), Some(&after))?;
    let path = back.candidate.path.shown();
    let placed = |object| Placed { path: path.as_str(), object };
    let pair = Pair::Both { old: placed(old), new: placed(new), bond: Bond::Identity };
    let server = world.settings(&back.candidate.path)?.server();
    let by: Vec<Untrusted> = back.candidate.role.rendered_by().iter().map(RepoPath::shown).collect();
    let delivery = match () {
        () if !together.kustomizations.is_empty() => Delivery::Rerendered(&together.kustomizations),
        () if !by.is_empty() => Delivery::Rendered(&by),
        () => Delivery::Plain,
    };
    Ok(DiffItem::of(&pair, back.today != text, server, delivery, &running))
}

/// What is different of the other objects of a file.
fn others(world: &World, back: &Back, file: &FileChange) -> Result<Vec<DiffItem>> {
    let path = file.path.shown();
    let read = |text: &[u8]| manifest::read(text, Dialect::Kubectl).objects;
    let states = [file.before.as_deref().map(read).unwrap_or_default(), read(&file.text)];
    let is_workload = |object: &Object| file.path == back.candidate.path && object.identity == *back.identity();
    let [old, new] = states.each_ref().map(|objects| {
        let others = objects.iter().filter(|object| !is_workload(object));
        others.map(|object| Placed { path: path.as_str(), object }).collect::<Vec<_>>()
    });
    let server = world.settings(&file.path)?.server();
    let item = |pair: &Pair| DiffItem::of(pair, false, server, Delivery::Plain, &Running::default());
    Ok(pair(&old, &new).iter().filter_map(item).collect())
}
