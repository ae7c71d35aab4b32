//! `rollbook history`

mod describe;
#[cfg(feature = "cluster")]
mod live;

#[cfg(feature = "cluster")]
use crate::cli::cluster::connect_for_names;
use crate::cli::context::Context;
use crate::cli::everything::with_renderings;
use crate::cli::failure::{Exit, Result};
use crate::cli::lookup;
use crate::cli::place;
use crate::cli::selection::Selection;
use crate::cli::settings::{Settings, Used};
use crate::cli::target::Target;
use crate::cli::when::When;
use crate::cli::world::{World, of_git};
use crate::diff::Rolls;
use crate::kubernetes::Kind;
use crate::manifest::Identity;
use crate::output::{Cell, Document, HistoryTable, Meaning, Names, Note, Time, history};
use crate::revision::{Candidate, Lineage, Outcome, Pending, Row};
use crate::snapshot::Snapshots;
use crate::template::Name;

/// Show the revisions of a workload: what changed, when, by whom and why, and the name that the cluster gave it
///
/// A revision is one state of the workload's pod template, numbered from the oldest. The numbers hold as long as the
/// branch's history does, for every version of Kubernetes. Changes that roll no pods have no number; --all shows them
/// too. Of an object without a pod template, such as a ConfigMap, each change of what it means is a revision.
///
/// Each row says whether it replaces pods, over what ran before it, where that is not what one would think: what waits,
/// what the API server refuses. With -v, what is different from the state before stands below each row.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook history deployment/web               all revisions of a Deployment
  rollbook history deploy web --all             with what changed between them
  rollbook history web -v --limit 1             what the last revision changed, field by field
  rollbook history web --revision 3             revision 3's pod template
  rollbook history configmap/settings           what changed of an object of another kind
  rollbook history web --since 2w -o json       the last two weeks, for a script
  rollbook history web --kube-version 1.33      the names of Kubernetes 1.33
  rollbook history web --live                   what of it the cluster holds")]
pub(in crate::cli) struct Args {
    /// The object, of any kind: deployment/web, deploy web, configmap/settings, or a Deployment's, DaemonSet's or
    /// StatefulSet's name alone
    #[arg(value_name = "TARGET", required = true)]
    pub targets: Vec<String>,

    /// Show the changes that made no revision too: scaling, comments, moves, other fields
    #[arg(long)]
    pub all: bool,

    /// Describe the pod template of this revision: a number, 0 for the one before the last, hash:6c5f67b5f7,
    /// image:web:1.4, date:2026-10-01T14:00, commit:3f2a9c1 or any git revision, live for the one that the cluster runs
    #[arg(long, value_name = "N", allow_negative_numbers = true, conflicts_with_all = ["all", "limit", "since"])]
    pub revision: Option<Selection>,

    /// Show only the newest N rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,

    /// Show only what was committed since then: 2026-10-01, 2026-10-01T14:00, 14:00, yesterday (in the zone of TZ),
    /// 2026-10-01T14:00:00+02:00, or how long ago: 12h, 3d, 2w
    #[arg(long, value_name = "WHEN")]
    pub since: Option<When>,

    /// Ask the cluster too: which revisions it still holds, with how many pods, which is live, and what is live that git
    /// never had
    #[cfg(feature = "cluster")]
    #[arg(long, conflicts_with = "revision")]
    pub live: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let targets = Target::parse(&args.targets)?;
    #[cfg(feature = "cluster")]
    let cluster = args.live.then(|| connect_for_names(context)).transpose()?;
    let world = World::open(context)?;
    if let Some(selection) = &args.revision {
        return describe::run(context, &world, &targets, selection);
    }
    let (mut items, mut below, mut notes) = (Vec::new(), Vec::new(), world.notes());
    let snapshots = Snapshots::new(&world.repository, context.index_file.clone());
    let mut used = Used::default();
    for target in &targets {
        let (candidates, more) = lookup::places(&world, target)?;
        notes.extend(more);
        for candidate in candidates {
            let settings = used.with(world.settings(&candidate.path)?);
            let names = Names { namer: &world.namer(settings), reference: world.reference.clone() };
            let lineage = match args.all {
                true => with_renderings(context, &world, &candidate)?,
                false => place::walk(&world, world.tip, &candidate)?,
            };
            let shown = args.shown(&lineage, context).into_iter().map(|row| {
                let event = &lineage.rows[row].event;
                let changes = context.globals.verbose.then(|| world.changes_of(event)).transpose();
                changes.map(|changes| (row, changes))
            });
            let (item, more) = history(&lineage, &names, shown.collect::<Result<_>>()?);
            if item.revisions.is_empty() {
                notes.extend(last(&lineage).filter(|_| args.since.is_some()));
            }
            notes.extend(more);
            below.push((footer(&world, settings, &snapshots, &candidate, &lineage)?, settings.version));
            items.push(item);
        }
    }
    notes.extend(used.notes());
    #[cfg(feature = "cluster")]
    if let Some(cluster) = &cluster {
        notes.extend(live::join(context, &world, cluster, &mut items)?);
    }
    let document = Document::new(items, notes);
    context.answer(&document, |screen| {
        let several = document.items.len() > 1;
        let tables = document.items.iter().zip(below).map(|(item, (footer, version))| {
            let table = footer.into_iter().fold(HistoryTable::new(item, screen), HistoryTable::footer);
            let table = if version.configured { table } else { table.version_not_configured() };
            if several { table.with_path().to_string() } else { table.to_string() }
        });
        tables.collect::<Vec<_>>().join("\n")
    })?;
    Ok(Exit::Done)
}

impl Args {
    /// The rows that were asked for: milestones without `--all`, those since a time, the newest so many.
    fn shown(&self, lineage: &Lineage, context: &Context) -> Vec<usize> {
        let since = self.since.map(|when| when.start(context.now, &context.zone()));
        let is_asked = |row: &Row| {
            (self.all || row.event.is_milestone()) && since.is_none_or(|since| Time::from(row).timestamp() >= since)
        };
        let mut shown: Vec<usize> = (0..lineage.rows.len()).filter(|&row| is_asked(&lineage.rows[row])).collect();
        let most = self.limit.map_or(usize::MAX, |limit| limit as usize);
        shown.drain(..shown.len().saturating_sub(most));
        shown
    }
}

/// The newest change, where none is as new as was asked for.
fn last(lineage: &Lineage) -> Option<Note> {
    let row = lineage.rows.last()?;
    let day = Time::from(row).day().to_string();
    let number = row.event.during.map_or_else(String::new, |number| format!(", at revision {number}"));
    Some(Note::on(lineage.path.shown(), format!("nothing that new: the last change is of {day}{number}")))
}

/// What the uncommitted state of the workload would do, where the walk began at what is checked out.
fn footer(
    world: &World,
    settings: &Settings,
    snapshots: &Snapshots<'_>,
    candidate: &Candidate,
    lineage: &Lineage,
) -> Result<Option<Cell>> {
    if world.repository.head().ok() != Some(world.tip) {
        return Ok(None);
    }
    let pending = Pending::read(&world.repository, snapshots, candidate, lineage).map_err(of_git)?;
    let cell = Cell::new().words("working tree: ", Meaning::Dim);
    Ok(match &pending {
        Pending::Same => None,
        Pending::Removed => Some(cell.words("removed", Meaning::Error)),
        Pending::Unreadable(error) => {
            let place = format!("unreadable: {}:{}:{}: ", lineage.path.shown().as_str(), error.line, error.column);
            Some(cell.computed(place, Meaning::Plain).text(&error.message, Meaning::Plain))
        }
        Pending::Passed(passed) => Some(cell.text(&passed.message().into(), Meaning::Plain)),
        Pending::Changed { change, state, applied, .. } => {
            let kinds = change.iter().map(|change| change.word()).collect::<Vec<_>>().join(", ");
            let namer = world.namer(settings);
            let outcome = namer.outcome_of_pending(lineage.rows.last().map(|row| &row.event), &pending);
            Some(match outcome.filter(|_| has_names(&state.identity)) {
                Some(outcome) => would(cell, &outcome, &kinds, namer.live(applied).ok(), settings),
                None => cell.computed(format!("changed ({kinds})"), Meaning::Plain),
            })
        }
    })
}

/// What would become of the pods.
fn would(cell: Cell, outcome: &Outcome, kinds: &str, name: Option<Name>, settings: &Settings) -> Cell {
    let cell = match (outcome.rolls(), name) {
        (Rolls::Unknown, _) => return cell.computed(format!("may roll: {outcome}"), Meaning::Plain),
        (Rolls::No, _) => cell.computed(format!("rolls nothing ({kinds})"), Meaning::Plain),
        (Rolls::Yes, None) => cell.words("rolls, to a name that is not known", Meaning::Plain),
        (Rolls::Yes, Some(name)) => cell
            .words("rolls to ", Meaning::Plain)
            .computed(name.name, Meaning::Hash)
            .computed(format!(" ({})", settings.version.words()), Meaning::Plain),
    };
    match outcome.remark() {
        Some(_) => cell.computed(format!(": {outcome}"), Meaning::Plain),
        None => cell,
    }
}

fn has_names(identity: &Identity) -> bool {
    Kind::of(&identity.kind).is_some_and(Kind::has_revisions)
}
