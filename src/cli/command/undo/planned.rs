//! The change that goes back, looked at before anything is written.

use super::back::Back;
use crate::cli::failure::{Failure, Result};
use crate::cli::standing::running;
use crate::cli::world::{World, of_git};
use crate::diff::{Bond, Delivery, Pair, Placed};
use crate::manifest::Object;
use crate::output::{DiffItem, Note};
use crate::revert::{Plan, Refused};
use crate::snapshot::Snapshots;
use crate::yaml::Node;
use std::path::PathBuf;

/// What becomes of the file, and what that does.
pub(super) struct Planned {
    /// The file as git will have it.
    pub text: Vec<u8>,
    /// The file of the work tree as it is, and as it will be; none where it is already so, and only not committed.
    pub work_tree: Option<[Vec<u8>; 2]>,
    /// What is different, and what it does to pods.
    pub item: Option<DiffItem>,
    pub notes: Vec<Note>,
}

/// What is asked for.
pub(super) struct Wanted<'a> {
    pub back: &'a Back,
    pub extent: Extent,
    /// The cause of the new revision.
    pub cause: &'a str,
}

/// How much goes back.
#[derive(Clone, Copy)]
pub(super) enum Extent {
    /// The pod template, and maybe the number of replicas.
    Template {
        replicas: bool,
    },
    Whole,
}

impl Planned {
    /// The plan for what is asked for. `index` is the index to read in place of the repository's own.
    pub fn of(index: Option<PathBuf>, world: &World, wanted: &Wanted) -> Result<Planned> {
        let back = wanted.back;
        let (text, notes) = wanted.applied(&back.today)?;
        let path = &back.candidate.path;
        let uncommitted = world.repository.uncommitted(std::slice::from_ref(path)).map_err(of_git)?;
        let raw = world.repository.raw_file(path).map_err(of_git)?;
        let raw = raw.ok_or_else(|| Failure::new(format!("`{}` is not in the work tree", path.shown().as_str())))?;
        let work_tree = if uncommitted.is_empty() {
            // Git may store it otherwise than it lies there.
            let next = if raw == back.today { text.clone() } else { wanted.applied(&raw)?.0 };
            Some([raw, next])
        } else {
            let stored = Snapshots::new(&world.repository, index).work_tree_text(path).map_err(of_git)?;
            if stored.and_then(std::result::Result::ok).as_deref() != Some(&text[..]) {
                let failure = Failure::new(format!("`{}` has changes that are not committed", path.shown().as_str()));
                return Err(
                    failure.hint(format!("git diff HEAD -- {}", crate::text::shell_word(path.shown().as_str())))
                );
            }
            None
        };
        let old = back.object(&back.today);
        let new = back.object(&text);
        let (Some(old), Some(new)) = (old, new) else { return Err(Failure::new("the workload would be lost")) };
        allowed(back, world, &new)?;
        let notes = notes.into_iter().map(|note| Note::on(path.shown(), note)).collect();
        let item = item(world, back, [&old, &new], &text)?;
        Ok(Planned { text, work_tree, item, notes })
    }

    /// Whether there is nothing to go back.
    pub fn is_same(&self, back: &Back) -> bool {
        self.text == back.today
    }
}

impl Wanted<'_> {
    /// A text of today's file with what goes back in it, and what could not stay as it was written.
    fn applied(&self, today: &[u8]) -> Result<(Vec<u8>, Vec<String>)> {
        let (old, identity) = (&self.back.old[..], self.back.identity());
        let mut written = Written { text: today.to_vec(), notes: Vec::new() };
        let done = match self.extent {
            Extent::Template { .. } => written.take(|text| Plan::template(text, old, identity)),
            Extent::Whole => written.take(|text| Plan::whole(text, old, identity)),
        };
        let done = done.and_then(|()| match self.extent {
            Extent::Template { replicas: true } => written.take(|text| Plan::replicas(text, old, identity)),
            _ => Ok(()),
        });
        // What does not go back has no new reason either.
        let done = done.and_then(|()| match written.text == today {
            false => written.take(|text| Plan::template(text, old, identity)?.with_cause(self.cause)),
            true => Ok(()),
        });
        done.map_err(|why| refused(self.back, &why))?;
        Ok((written.text, written.notes))
    }
}

/// A text on its way through several plans.
struct Written {
    text: Vec<u8>,
    notes: Vec<String>,
}

impl Written {
    fn take(
        &mut self,
        plan: impl FnOnce(&[u8]) -> std::result::Result<Plan<'_>, Refused>,
    ) -> std::result::Result<(), Refused> {
        let plan = plan(&self.text)?;
        let (text, notes) = (plan.bytes().to_vec(), plan.notes().iter().map(ToString::to_string).collect::<Vec<_>>());
        self.text = text;
        self.notes.extend(notes);
        Ok(())
    }
}

fn refused(back: &Back, why: &Refused) -> Failure {
    Failure::new(format!("`{}` cannot be taken back: {why}", back.name()))
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

fn item(world: &World, back: &Back, [old, new]: [&Object; 2], text: &[u8]) -> Result<Option<DiffItem>> {
    let past = back.past();
    let after = past.then(new, text);
    let running = running(world, past.runs(), Some(&after))?;
    let path = back.candidate.path.shown();
    let placed = |object| Placed { path: path.as_str(), object };
    let pair = Pair::Both { old: placed(old), new: placed(new), bond: Bond::Identity };
    let server = world.settings(&back.candidate.path)?.server();
    Ok(DiffItem::of(&pair, true, server, Delivery::Plain, &running))
}
