//! The book of the history that a command looks at.

use super::context::Context;
use super::failure::Result;
use super::target::Target;
use super::world::{World, of_git};
use crate::kubernetes::Kind;
use crate::manifest::Identity;
use crate::revision::{Book, is_named};

/// Reads the history, with progress: of the targets, or of all workloads if there is none.
pub(super) fn book<'w>(context: &Context, world: &'w World, targets: &[Target]) -> Result<Book<'w>> {
    read(context, world, &|identity| match targets {
        [] => Kind::of(&identity.kind).is_some_and(Kind::is_workload),
        targets => targets.iter().any(|target| is_named(identity, target.kind, &target.name)),
    })
}

/// Reads the history of the objects of one kind and name, with progress.
pub(super) fn book_of<'w>(context: &Context, world: &'w World, wanted: &Identity) -> Result<Book<'w>> {
    read(context, world, &|identity| identity.kind == wanted.kind && identity.name == wanted.name)
}

fn read<'w>(context: &Context, world: &'w World, keep: &dyn Fn(&Identity) -> bool) -> Result<Book<'w>> {
    let mut progress = context.progress("reading the history");
    let book = Book::read(&world.repository, &world.index, world.tip, keep, || progress.step());
    progress.end();
    book.map_err(of_git)
}
