//! The book of the history that a command looks at.

use super::context::Context;
use super::failure::{Failure, Result};
use super::filter::Filter;
use super::lookup;
use super::place;
use super::world::{World, of_git};
use crate::git::{self, CommitId};
use crate::manifest::Identity;
use crate::revision::{Book, BookLineage, Candidate, Lineage, Window};
use crate::snapshot::Role;

/// The history of all that the filters take, and perhaps of more: read with progress, where an earlier run did not keep it.
pub(super) fn book<'w>(context: &Context, world: &'w World, filters: &[Filter]) -> Result<Book<'w>> {
    if !Filter::take_workloads(filters) {
        return read(context, world, &|identity| Filter::any_takes(filters, identity));
    }
    with_progress(context, |tell| Book::of_workloads(&world.repository, &world.index, world.tip, tell)).map_err(of_git)
}

/// Reads the history of the objects of one kind and name, with progress.
pub(super) fn book_of<'w>(context: &Context, world: &'w World, wanted: &Identity) -> Result<Book<'w>> {
    read(context, world, &|identity| identity.kind == wanted.kind && identity.name == wanted.name)
}

/// Reads the history of the objects that `keep` takes, with progress.
pub(super) fn read<'w>(context: &Context, world: &'w World, keep: &dyn Fn(&Identity) -> bool) -> Result<Book<'w>> {
    read_at(context, world, world.tip, keep).map_err(of_git)
}

/// The same of the history that ends at another commit.
pub(super) fn read_at<'w>(
    context: &Context,
    world: &'w World,
    tip: CommitId,
    keep: &dyn Fn(&Identity) -> bool,
) -> std::result::Result<Book<'w>, git::Error> {
    with_progress(context, |tell| Book::read(&world.repository, &world.index, tip, keep, tell))
}

fn with_progress<'w>(
    context: &Context,
    read: impl FnOnce(&mut dyn FnMut()) -> std::result::Result<Book<'w>, git::Error>,
) -> std::result::Result<Book<'w>, git::Error> {
    let mut progress = context.progress("reading the history");
    let book = read(&mut || progress.step());
    progress.end();
    book
}

/// That nothing of what the filters name was found, with what may have been meant.
pub(super) fn nothing(world: &World, filters: &[Filter], what: &str) -> Result<Failure> {
    let namespace = world.namespaces.asked().map_or(String::new(), |namespace| format!(" in namespace `{namespace}`"));
    let place = if world.paths.is_empty() { "" } else { ", in the paths that were looked at" };
    let what = format!("no {}{namespace} {what} `{}`{place}", Filter::words(filters), world.reference.as_str());
    let failure = Failure::not_found(anyhow::anyhow!(what));
    Ok(match Filter::only(filters) {
        Some(target) => failure.hint(lookup::meant(world, &target)?),
        None => failure
            .hint("`--ref` looks at another commit, `-C` at another repository; rollbook log tells of what is gone"),
    })
}

/// The lineage of a candidate, with the changes of what renders it. Those are found in the journal of all files, so that
/// is read only where there may be some.
pub(super) fn with_renderings(context: &Context, world: &World, candidate: &Candidate) -> Result<Lineage> {
    let Candidate { identity, path, role, .. } = candidate;
    let walked = place::walk(world, world.tip, candidate)?;
    let is_rendered = |role: &Role| matches!(role, Role::Rendered(_));
    if !is_rendered(role) && !walked.rows.iter().any(|row| is_rendered(&row.event.role)) {
        return Ok(walked);
    }
    let mut book = book_of(context, world, identity)?;
    book.add_renderings(&Window::default()).map_err(of_git)?;
    let same = |of: &BookLineage<'_>| of.identity() == identity && of.path() == path;
    let found = book.lineages().find(same);
    found.map_or(Ok(walked), |lineage| lineage.rows(&Window::default()).map_err(of_git))
}
