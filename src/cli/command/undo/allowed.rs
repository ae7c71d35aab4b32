//! What the API server would refuse of an older template in today's object.

use super::back::Back;
use crate::cli::edit::Planned;
use crate::cli::failure::{Failure, Result};
use crate::cli::world::World;
use crate::manifest::Object;
use crate::yaml::Node;

/// Refuses what the API server would refuse after it.
pub(super) fn allowed(back: &Back, world: &World, planned: &Planned) -> Result<()> {
    let Some(new) = back.object(planned.text(&back.candidate.path).unwrap_or(&back.today)) else { return Ok(()) };
    let goal = back.goal(world);
    if !new.selects_own_pods() {
        let what = format!("the labels of the template of {goal} are not those that `spec.selector` selects today");
        return Err(Failure::new(what).hint("a selector cannot be changed: the workload has to be made anew"));
    }
    if let Some(name) = missing_claim(&new) {
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
