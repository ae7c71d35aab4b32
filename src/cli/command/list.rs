//! `rollbook list`

#[cfg(feature = "cluster")]
mod live;

#[cfg(feature = "cluster")]
use crate::cli::cluster::connect_for_names;
use crate::cli::context::Context;
use crate::cli::everything::{book, nothing};
use crate::cli::failure::{Exit, Result};
use crate::cli::filter::Filter;
use crate::cli::settings::Used;
use crate::cli::world::{World, of_git};
use crate::output::{Document, ListTable, Names, Note, UNNUMBERED, list_item};
use crate::revision::BookLineage;

/// List the workloads that stand at a commit, each with its revision, its name and its last change
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook list                                 all workloads at HEAD
  rollbook list deployments                     those of a kind
  rollbook list --path clusters/prod            those below a folder
  rollbook list --ref v1.4.0 -n shop            those of a namespace at a tag
  rollbook list --live                          with what of them is live
  rollbook list -o json")]
pub(in crate::cli) struct Args {
    /// Only these objects, of any kind, as `kubectl get` names them: deployments, deploy/web, configmaps, deploy,sts, or
    /// a name alone; all workloads if none is given
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// Ask the cluster too: which revision of each is live, and how many of its pods are ready
    #[cfg(feature = "cluster")]
    #[arg(long)]
    pub live: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    #[cfg(feature = "cluster")]
    let cluster = args.live.then(|| connect_for_names(context)).transpose()?;
    let world = World::open(context)?;
    let filters = Filter::parse(&args.targets)?;
    let book = book(context, &world, &filters)?;
    let (mut items, mut used) = (Vec::new(), Used::default());
    let is_wanted = |of: &BookLineage<'_>| {
        Filter::any_takes(&filters, of.identity())
            && world.namespaces.has(of.identity(), of.path())
            && of.path().is_under_any(&world.paths)
    };
    for lineage in book.lineages().filter(|lineage| lineage.stands() && is_wanted(lineage)) {
        let lineage = lineage.newest().map_err(of_git)?;
        let settings = used.with(world.settings(&lineage.path)?);
        let names = Names { namer: &world.namer(settings), reference: world.reference.clone() };
        items.extend(list_item(&lineage, &names));
    }
    items.sort_by_key(|item| (item.path.clone(), item.object.namespace.clone(), item.object.short()));
    let is_empty = items.is_empty();
    let mut notes = world.notes();
    notes.extend(used.notes());
    notes.extend((world.repository.is_shallow() && !is_empty).then(|| Note::new(UNNUMBERED)));
    #[cfg(feature = "cluster")]
    if let Some(cluster) = &cluster {
        notes.extend(live::join(context, &world, cluster, &mut items)?);
    }
    let document = Document::new(items, notes);
    context.answer(&document, |screen| ListTable::new(&document.items, screen, used.configured()).to_string())?;
    match is_empty {
        true => Err(nothing(&world, &filters, "stands at")?),
        false => Ok(Exit::Done),
    }
}
