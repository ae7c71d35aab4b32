//! `rollbook drift`

mod extra;
mod look;
mod scaled;

use crate::cli::cluster::connect;
use crate::cli::context::Context;
use crate::cli::counterpart::{Answers, Wanted};
use crate::cli::everything::nothing;
use crate::cli::failure::{Exit, Result};
use crate::cli::filter::Filter;
use crate::cli::live::Namespace;
use crate::cli::world::{World, of_git};
use crate::output::{Document, DriftItem, DriftState, DriftTable};
use crate::snapshot::Snapshots;
use look::{Look, Seen};

/// Compare what git says with what is in the cluster
///
/// Each object that git has is the same there: all that git sets is so; or behind or ahead, where an earlier or a later commit
/// says what is there; or changed by hand, with the fields and who wrote them; or missing. What the API server fills in is no
/// drift, nor are replicas that an autoscaler counts.
///
/// What git does not set is drift if it is left of what git set once, or if somebody put it there by hand, as the field managers
/// tell: in the spec of a workload that is whoever is no controller, elsewhere kubectl, k9s or curl. Labels and annotations of
/// the object itself are no drift then.
///
/// Nothing is changed: it only reads. It ends with 0 where all is the same, with 1 where something differs, and with 2 where
/// nothing does but something could not be compared: a right is missing, or it is rendered on its way to the cluster.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook drift                                all that HEAD has
  rollbook drift deployments                    those of a kind
  rollbook drift deployment/web -n shop         one
  rollbook drift --path clusters/prod --context prod
  rollbook drift --extra app=web                and what only the cluster has
  rollbook drift -o json")]
pub(in crate::cli) struct Args {
    /// Only these objects, as `kubectl get` names them: deployments, deploy/web, configmaps, or the name of a workload; all
    /// objects if none is given
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// Tell of objects with these labels that git does not have, too: app=web, or any selector of kubectl
    #[arg(long, value_name = "SELECTOR")]
    pub extra: Option<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let world = World::open(context)?;
    let filters = Filter::parse(&args.targets)?;
    let snapshot = Snapshots::new(&world.repository, None).of_tree(world.tip).map_err(of_git)?;
    let cluster = connect(context)?;
    let wanted = Wanted::all(&world, &snapshot, &filters, cluster.namespace());
    if wanted.is_empty() && args.extra.is_none() {
        return Err(nothing(&world, &filters, "stands at")?);
    }
    let answers = Answers::of(&cluster, &wanted, !filters.is_empty())?;
    let look = Look::new(context, &world, &snapshot)?;
    let mut seen: Vec<Seen<'_>> = wanted.iter().map(|one| look.see(one, answers.of_one(one))).collect();
    let mut notes = world.notes();
    notes.extend(scaled::settle(&cluster, &snapshot, &mut seen)?);
    let mut items = seen.into_iter().map(|one| look.judged(one)).collect::<Result<Vec<_>>>()?;
    if let Some(selector) = &args.extra {
        let namespace = Namespace::of(context, &cluster)?.name;
        items.extend(extra::find(&cluster, &answers, &wanted, &filters, (&namespace, selector))?);
    }
    items.sort_by_cached_key(|item| (item.object.namespace.clone(), item.object.short()));
    let exit = exit(&items);
    let document = Document::new(items, notes);
    context.answer(&document, |screen| DriftTable::new(&document.items, screen).to_string())?;
    Ok(exit)
}

/// What differs decides; what is not known is not the same.
fn exit(items: &[DriftItem]) -> Exit {
    let is = |item: &DriftItem| match item.state {
        DriftState::Same => Exit::Done,
        DriftState::Unknown => Exit::Failed,
        _ => Exit::Found,
    };
    let all: Vec<Exit> = items.iter().map(is).collect();
    [Exit::Found, Exit::Failed].into_iter().find(|exit| all.contains(exit)).unwrap_or(Exit::Done)
}
