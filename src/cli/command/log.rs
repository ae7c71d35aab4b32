//! `rollbook log`

use crate::cli::context::Context;
use crate::cli::everything::{book, nothing};
use crate::cli::failure::{Exit, Result};
use crate::cli::filter::Filter;
use crate::cli::settings::Used;
use crate::cli::when::When;
use crate::cli::world::{World, of_git};
use crate::diff::Rolls;
use crate::output::{Document, LogItem, LogTable, Names, Note, log_item};
use crate::revision::{BookLineage, Event, Window};

/// Show what happened to the workloads, the newest first: what rolled, when, by whom and why
///
/// Whether a change replaces pods is told over what ran before it; -o wide and -o json say why. With -v, what is different
/// from the state before stands below each row.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook log --since 3h --rolls               what rolled in the last three hours
  rollbook log --since 14:00 --until 15:00      what changed today between two and three
  rollbook log --since 2026-10-01 --until 2026-10-01
  rollbook log deployment/web sts/db            of two workloads
  rollbook log --path clusters/prod -o json")]
pub(in crate::cli) struct Args {
    /// Only these objects, of any kind, as `kubectl get` names them: deployment/web, configmaps, deploy,sts, or a name
    /// alone; all workloads if none is given
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// Only what was committed since then: 2026-10-01, 2026-10-01T14:00, 14:00, yesterday (in the zone of TZ),
    /// 2026-10-01T14:00:00+02:00, or how long ago: 12h, 3d, 2w
    #[arg(long, value_name = "WHEN")]
    pub since: Option<When>,

    /// Only what was committed before then; a day counts to its end
    #[arg(long, value_name = "WHEN")]
    pub until: Option<When>,

    /// Only what rolls pods, or may
    #[arg(long)]
    pub rolls: bool,

    /// Show only the newest N rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let filters = Filter::parse(&args.targets)?;
    let world = World::open(context)?;
    let window = args.window(context, &world);
    let mut book = book(context, &world, &filters)?;
    book.add_renderings(&window).map_err(of_git)?;
    let (mut items, mut met, mut used) = (Vec::new(), false, Used::default());
    let is_wanted = |of: &BookLineage<'_>| {
        Filter::any_takes(&filters, of.identity()) && world.namespaces.has(of.identity(), of.path())
    };
    for of_book in book.lineages().filter(is_wanted) {
        met = true;
        let lineage = of_book.rows(&window).map_err(of_git)?;
        if lineage.rows.is_empty() {
            continue;
        }
        let settings = used.with(world.settings(&lineage.path)?);
        let names = Names { namer: &world.namer(settings), reference: world.reference.clone() };
        items.extend(lineage.rows.iter().map(|row| Logged {
            place: book.place(row.commit.id),
            item: log_item(&lineage, row, &names),
            event: context.globals.verbose.then(|| row.event.clone()),
        }));
    }
    if !met && !filters.is_empty() {
        return Err(nothing(&world, &filters, "stands, or ever stood, at")?);
    }
    items.retain(|of| !args.rolls || of.item.rolls != Rolls::No);
    items.sort_by_cached_key(|of| (of.place, of.item.path.clone(), of.item.object.qualified()));
    items.truncate(args.limit.map_or(usize::MAX, |limit| limit as usize));
    for Logged { item, event, .. } in &mut items {
        item.changes = event.as_ref().map(|event| world.changes_of(event)).transpose()?;
    }
    let items: Vec<LogItem> = items.into_iter().map(|of| of.item).collect();
    let mut notes = world.notes();
    notes.extend(used.notes());
    notes.extend(if items.is_empty() { vec![Note::new(args.nothing())] } else { shallow(&world) });
    let document = Document::new(items, notes);
    let zone = context.zone();
    context.answer(&document, |screen| LogTable::new(&document.items, screen, used.configured(), &zone).to_string())?;
    Ok(Exit::Done)
}

/// A row, with what it is sorted by.
struct Logged {
    /// How far behind the tip it is.
    place: usize,
    item: LogItem,
    /// Kept where its changes are asked for.
    event: Option<Event>,
}

impl Args {
    fn window(&self, context: &Context, world: &World) -> Window {
        let (now, zone) = (context.now, context.zone());
        Window {
            since: self.since.map(|when| when.start(now, &zone).as_second()),
            until: self.until.map(|when| when.end(now, &zone).as_second()),
            paths: world.paths.clone(),
        }
    }

    fn nothing(&self) -> &'static str {
        match (self.rolls, self.since.is_some() || self.until.is_some()) {
            (true, true) => "nothing rolled in that time",
            (true, false) => "nothing rolled, in what was looked at",
            (false, true) => "nothing changed in that time",
            (false, false) => "nothing changed, in what was looked at",
        }
    }
}

fn shallow(world: &World) -> Vec<Note> {
    let text =
        "the clone is shallow: what was before, and the numbers, are not known; `git fetch --unshallow` gives them";
    if world.repository.is_shallow() { vec![Note::new(text)] } else { Vec::new() }
}
