//! What the older template names, and what has become of it since.

use super::back::Back;
use super::planned::Planned;
use crate::cli::failure::Result;
use crate::cli::world::{World, of_git};
use crate::manifest::Object;
use crate::output::Note;
use crate::snapshot::{Snapshot, Snapshots};
use std::collections::BTreeSet;

/// What of it is gone, or another than it was: that does not go back with the template.
pub(super) fn notes(world: &World, back: &Back, planned: &Planned) -> Result<Vec<Note>> {
    let Some(object) = back.object(&planned.text) else { return Ok(Vec::new()) };
    let references = object.references();
    if references.is_empty() {
        return Ok(Vec::new());
    }
    let mut snapshots = Snapshots::new(&world.repository, None);
    let then = snapshots.of_tree(back.to.commit).map_err(of_git)?;
    let now = snapshots.of_tree(world.tip).map_err(of_git)?;
    let named: BTreeSet<(&str, &str)> =
        references.iter().map(|reference| (reference.kind.name(), reference.name.as_str())).collect();
    let note = |(kind, name): (&str, &str)| {
        let was = the(&then, kind, name)?;
        match the(&now, kind, name) {
            None => Some(format!("the {kind} `{name}` that it names is gone: its pods will wait for it")),
            Some(is) if is.node() != was.node() => {
                Some(format!("the {kind} `{name}` that it names is another than it was, and stays so"))
            }
            Some(_) => None,
        }
    };
    Ok(named.into_iter().filter_map(note).map(Note::new).collect())
}

/// The object of a kind and name, where a state has one.
fn the<'s>(state: &'s Snapshot, kind: &str, name: &str) -> Option<&'s Object> {
    state.named(kind, name).first().map(|place| state.object(*place))
}
