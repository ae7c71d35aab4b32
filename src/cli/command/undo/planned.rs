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

impl Planned {
    /// The plan for a workload, with that cause.
    pub fn of(context_index: Option<std::path::PathBuf>, world: &World, back: &Back, cause: &str) -> Result<Planned> {
        let plan = plan(&back.today, back, cause)?;
        let path = &back.candidate.path;
        let uncommitted = world.repository.uncommitted(std::slice::from_ref(path)).map_err(of_git)?;
        let raw = world.repository.raw_file(path).map_err(of_git)?;
        let raw = raw.ok_or_else(|| Failure::new(format!("`{}` is not in the work tree", path.shown().as_str())))?;
        let work_tree = if uncommitted.is_empty() {
            let next = plan_of_work_tree(&raw, back, &plan, cause)?;
            Some([raw, next])
        } else {
            let stored = Snapshots::new(&world.repository, context_index).work_tree_text(path).map_err(of_git)?;
            if stored.and_then(std::result::Result::ok).as_deref() != Some(plan.bytes()) {
                let failure = Failure::new(format!("`{}` has changes that are not committed", path.shown().as_str()));
                return Err(
                    failure.hint(format!("git diff HEAD -- {}", crate::text::shell_word(path.shown().as_str())))
                );
            }
            None
        };
        let old = back.object(&back.today);
        let new = back.object(plan.bytes());
        let (Some(old), Some(new)) = (old, new) else { return Err(Failure::new("the workload would be lost")) };
        allowed(back, world, &new)?;
        let notes = plan.notes().iter().map(|note| Note::on(path.shown(), note.to_string())).collect();
        let text = plan.bytes().to_vec();
        let item = item(world, back, [&old, &new], &text)?;
        Ok(Planned { text, work_tree, item, notes })
    }

    /// Whether there is nothing to go back.
    pub fn is_same(&self, back: &Back) -> bool {
        self.text == back.today
    }
}

fn plan<'t>(today: &'t [u8], back: &Back, cause: &str) -> Result<Plan<'t>> {
    let plan = Plan::template(today, &back.old, back.identity()).map_err(|why| refused(back, &why))?;
    // What does not go back has no new reason either.
    if plan.is_same() { Ok(plan) } else { plan.with_cause(cause).map_err(|why| refused(back, &why)) }
}

/// The same of the work tree's file, where git stores it otherwise than it lies there.
fn plan_of_work_tree(raw: &[u8], back: &Back, stored: &Plan<'_>, cause: &str) -> Result<Vec<u8>> {
    if raw == back.today {
        return Ok(stored.bytes().to_vec());
    }
    Ok(plan(raw, back, cause)?.bytes().to_vec())
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
