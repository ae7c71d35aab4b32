//! What goes back together with the template, in the same commit.

use super::back::Back;
use super::{referred, rendered};
use crate::cli::edit::Rewrite;
use crate::cli::failure::Result;
use crate::cli::world::{World, of_git};
use crate::output::Note;
use crate::snapshot::{Delta, Snapshots};
use crate::text::Untrusted;

/// What goes back with it, and what there is to say of what does not.
#[derive(Default)]
pub(super) struct Together {
    pub rewrites: Vec<Rewrite>,
    /// A line for each.
    pub lines: Vec<String>,
    pub notes: Vec<Note>,
    /// The kustomizations among the files, as they are shown.
    pub kustomizations: Vec<Untrusted>,
}

impl Together {
    /// What the older state had beside the template that is another thing today: that goes back where it is asked for.
    pub fn find(world: &World, back: &Back, with_references: bool) -> Result<Together> {
        let mut together = Together::default();
        if !back.has_surroundings() {
            return Ok(together);
        }
        let mut snapshots = Snapshots::new(&world.repository, None);
        let then = snapshots.of_tree(back.to.commit).map_err(of_git)?;
        let now = snapshots.of_tree(world.tip).map_err(of_git)?;
        let delta = Delta::between(then, now);
        rendered::find(world, back, &delta, with_references, &mut together)?;
        referred::find(world, back, &delta, with_references, &mut together);
        Ok(together)
    }

    /// What becomes of all files, of each once, that of the workload first.
    pub fn rewrites_with(&self, workload: Rewrite) -> Vec<Rewrite> {
        let mut all = vec![workload];
        for rewrite in &self.rewrites {
            match all.iter_mut().find(|one| one.path == rewrite.path) {
                Some(one) => one.steps.extend(rewrite.steps.iter().cloned()),
                None => all.push(rewrite.clone()),
            }
        }
        all
    }
}
