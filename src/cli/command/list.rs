//! `rollbook list`

use crate::cli::context::Context;
use crate::cli::everything::book;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::world::{World, of_git};
use crate::output::{Document, ListTable, Names, Note, UNNUMBERED, list_item};
use crate::revision::BookLineage;

/// List the workloads that stand at a commit, each with its revision, its name and its last change
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook list                                 all workloads at HEAD
  rollbook list --path clusters/prod            those below a folder
  rollbook list --ref v1.4.0 -n shop            those of a namespace at a tag
  rollbook list -o json")]
pub(in crate::cli) struct Args {}

pub(in crate::cli) fn run(context: &mut Context, _: &Args) -> Result<Exit> {
    let world = World::open_with_index(context)?;
    let book = book(context, &world, &[])?;
    let (mut items, mut configured) = (Vec::new(), true);
    let is_wanted =
        |of: &BookLineage<'_>| world.namespaces.has(of.identity(), of.path()) && of.path().is_under_any(&world.paths);
    for lineage in book.lineages().filter(|lineage| lineage.stands() && is_wanted(lineage)) {
        let lineage = lineage.newest().map_err(of_git)?;
        let settings = world.settings(&lineage.path)?;
        configured &= settings.version.configured;
        let names = Names { namer: &world.namer(settings), reference: world.reference.clone() };
        items.extend(list_item(&lineage, &names));
    }
    world.keep();
    let nothing = items.is_empty();
    let notes = if world.repository.is_shallow() && !nothing { vec![Note::new(UNNUMBERED)] } else { Vec::new() };
    let document = Document::new(items, notes);
    context.answer(&document, |screen| ListTable::new(&document.items, screen, configured).to_string())?;
    match nothing {
        true => {
            let what = format!("no workload stands at `{}`, in what was looked at", world.reference.as_str());
            let hint =
                "`--ref` looks at another commit, `-C` at another repository; rollbook log tells of what is gone";
            Err(Failure::not_found(anyhow::anyhow!(what)).hint(hint))
        }
        false => Ok(Exit::Done),
    }
}
