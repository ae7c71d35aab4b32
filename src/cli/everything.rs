//! All workloads that a command looks at: the book of the history, narrowed as the arguments say.

use super::context::Context;
use super::failure::Result;
use super::target::Target;
use super::world::{World, of_git};
use crate::kubernetes::Kind;
use crate::manifest::Identity;
use crate::revision::{Book, BookLineage};

/// Reads the history with progress, and keeps what was found out.
pub(super) fn book<'w>(context: &mut Context, world: &'w World, targets: &[Target]) -> Result<Book<'w>> {
    let keep = |identity: &Identity| match targets {
        [] => Kind::of(&identity.kind).is_some_and(Kind::is_workload),
        targets => targets.iter().any(|target| target.takes(identity)),
    };
    let mut progress = context.progress("reading the history");
    let book = Book::read(&world.repository, &world.index, world.tip, &keep, || progress.step());
    progress.end();
    book.map_err(of_git)
}

/// Whether a lineage stands under the paths that are looked at.
pub(super) fn is_under_paths(world: &World, lineage: &BookLineage<'_>) -> bool {
    world.paths.is_empty() || world.paths.iter().any(|folder| lineage.path().is_under(folder))
}
