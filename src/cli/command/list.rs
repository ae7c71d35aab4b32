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
    let namer = world.namer();
    let names = Names { namer: &namer, reference: world.reference.clone() };
    let mut items = Vec::new();
    let is_wanted =
        |of: &BookLineage<'_>| world.is_in_namespace(context, of.identity()) && of.path().is_under_any(&world.paths);
    for lineage in book.lineages().filter(|lineage| lineage.stands() && is_wanted(lineage)) {
        let lineage = lineage.newest().map_err(of_git)?;
        items.extend(list_item(&lineage, &names));
    }
    world.keep();
    let nothing = items.is_empty();
    let unnumbered = (world.repository.is_shallow() && !nothing).then(|| Note::new(UNNUMBERED));
    let document = Document::new(items, world.notes().into_iter().chain(unnumbered).collect());
    let configured = world.version.configured;
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
