//! `rollbook history`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::lookup;
use crate::cli::place::Place;
use crate::cli::selection::Selection;
use crate::cli::target::Target;
use crate::cli::when::When;
use crate::cli::world::{World, of_git, say_version};
use crate::kubernetes::Kind;
use crate::output::describe::Described;
use crate::output::{Cell, Document, History, HistoryTable, Meaning, Names, Note, ObjectName, Time, history};
use crate::revision::{Candidate, Change, Lineage, Pending};
use std::fmt::Write as _;

/// Show the revisions of a workload: what changed, when, by whom and why, and the name that the cluster gave it
///
/// A revision is one state of the workload's pod template, numbered from the oldest. The numbers hold as long as the
/// branch's history does, for every version of Kubernetes. Changes that roll no pods have no number; --all shows them
/// too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook history deployment/web               all revisions of a Deployment
  rollbook history deploy web --all             with what changed between them
  rollbook history web --revision 3             revision 3's pod template
  rollbook history web --since 2w -o json       the last two weeks, for a script
  rollbook history web --kube-version 1.33      the names of Kubernetes 1.33")]
pub(in crate::cli) struct Args {
    /// The workload: deployment/web, deploy web, or a name alone where only one has it
    #[arg(value_name = "TARGET", required = true)]
    pub targets: Vec<String>,

    /// Show the changes that made no revision too: scaling, comments, moves, other fields
    #[arg(long)]
    pub all: bool,

    /// Describe the pod template of this revision: a number, 0 for the one before the last, hash:6c5f67b5f7,
    /// image:web:1.4, date:2026-10-01T14:00, commit:3f2a9c1 or any git revision
    #[arg(long, value_name = "N", allow_negative_numbers = true, conflicts_with_all = ["all", "limit", "since"])]
    pub revision: Option<Selection>,

    /// Show only the newest N rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,

    /// Show only what was committed since then: 2026-10-01, 2026-10-01T14:00 (in the zone of TZ),
    /// 2026-10-01T14:00:00+02:00, or how long ago: 12h, 3d, 2w
    #[arg(long, value_name = "WHEN")]
    pub since: Option<When>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let targets = Target::parse(&args.targets)?;
    targets.iter().try_for_each(Target::with_revisions)?;
    let world = World::open(context)?;
    if let Some(selection) = &args.revision {
        return targets.iter().try_fold(Exit::Done, |_, target| describe(context, &world, target, selection));
    }
    let namer = world.namer();
    let names = Names { namer: &namer, reference: world.reference.clone() };
    let (mut items, mut footers, mut notes) = (Vec::new(), Vec::new(), world.notes());
    for target in &targets {
        let (candidates, more) = lookup::places(context, &world, target)?;
        notes.extend(more);
        for candidate in candidates {
            let lineage = lineage(&world, &candidate)?;
            let (mut item, more) = history(&lineage, &names);
            args.narrow(&lineage, &mut item, context);
            if item.revisions.is_empty() {
                notes.extend(last(&lineage).filter(|_| args.since.is_some()));
            }
            notes.extend(more);
            footers.push(footer(&world, &candidate, &lineage)?);
            items.push(item);
        }
    }
    let document = Document::new(items, notes);
    let version = world.version;
    context.answer(&document, |screen| {
        let several = document.items.len() > 1;
        tables(&document.items, footers, |item| {
            let table = HistoryTable::new(item, screen);
            let table = if version.configured { table } else { table.version_not_configured() };
            if several { table.with_path() } else { table }
        })
    })?;
    Ok(Exit::Done)
}

impl Args {
    /// Leaves the rows that were asked for: milestones without `--all`, those since a time, the newest so many.
    fn narrow(&self, lineage: &Lineage, item: &mut History, context: &Context) {
        let since = self.since.map(|when| when.start(context.now, &context.zone()));
        let mut keep = lineage.rows.iter().map(|row| self.all || row.event.is_milestone());
        item.revisions
            .retain(|row| keep.next().unwrap_or(true) && since.is_none_or(|since| row.time.timestamp() >= since));
        let most = self.limit.map_or(usize::MAX, |limit| limit as usize);
        item.revisions.drain(..item.revisions.len().saturating_sub(most));
    }
}

fn lineage(world: &World, candidate: &Candidate) -> Result<Lineage> {
    Lineage::walk(&world.repository, world.tip, &candidate.identity, &candidate.path).map_err(of_git)
}

/// The newest change, where none is as new as was asked for.
fn last(lineage: &Lineage) -> Option<Note> {
    let row = lineage.rows.last()?;
    let day = Time::from(row).day().to_string();
    let number = row.event.during.map_or_else(String::new, |number| format!(", at revision {number}"));
    Some(Note::on(lineage.path.shown(), format!("nothing that new: the last change is of {day}{number}")))
}

/// What the uncommitted state of the workload would do, where the walk began at what is checked out.
fn footer(world: &World, candidate: &Candidate, lineage: &Lineage) -> Result<Option<Cell>> {
    if world.repository.head().ok() != Some(world.tip) {
        return Ok(None);
    }
    let pending = Pending::read(&world.repository, lineage).map_err(of_git)?;
    let cell = Cell::new().words("working tree: ", Meaning::Dim);
    let words = |cell: Cell, words: String| cell.computed(words, Meaning::Plain);
    Ok(match pending {
        Pending::Same => None,
        Pending::Removed => Some(cell.words("removed", Meaning::Error)),
        Pending::Unreadable(error) => {
            let place = format!("unreadable: {}:{}:{}: ", lineage.path.shown().as_str(), error.line, error.column);
            Some(words(cell, place).text(&error.message, Meaning::Plain))
        }
        Pending::Changed { change, state } if change.contains(&Change::Rolls) || change.contains(&Change::Added) => {
            let named = world.namer().name(&state, &candidate.role);
            Some(match named {
                Ok(named) => {
                    let cell = cell.words("rolls to ", Meaning::Plain).computed(named.name, Meaning::Hash);
                    words(cell, format!(" ({})", world.version.words()))
                }
                Err(_) => cell.words("rolls, to a name that is not known", Meaning::Plain),
            })
        }
        Pending::Changed { change, .. } => {
            let kinds: Vec<&str> = change.iter().map(|change| change.word()).collect();
            Some(words(cell, format!("rolls nothing ({})", kinds.join(", "))))
        }
    })
}

fn tables<'a>(
    items: &'a [History],
    footers: Vec<Option<Cell>>,
    table: impl Fn(&'a History) -> HistoryTable<'a>,
) -> String {
    let mut text = String::new();
    for (index, (item, footer)) in items.iter().zip(footers).enumerate() {
        let table = footer.into_iter().fold(table(item), HistoryTable::footer);
        let gap = if index > 0 { "\n" } else { "" };
        write!(text, "{gap}{table}").expect("a String takes all");
    }
    text
}

/// The template of one revision, as kubectl describes it. Nothing else stands on standard output.
fn describe(context: &mut Context, world: &World, target: &Target, selection: &Selection) -> Result<Exit> {
    let place = Place::one(context, world, target, Some(selection))?;
    let state = &place.state;
    let version = world.version.version;
    let template = state
        .template(&world.repository)
        .map_err(of_git)?
        .view(version)
        .explain()
        .map_err(|finding| Failure::new(format!("Kubernetes {version} cannot decode it: {finding}")))?;
    let name = ObjectName::from(&state.identity).qualified();
    let named = place.name(world);
    let hash = named.as_ref().ok().map(|named| named.hash.to_string());
    // kubectl adds the cause to a Deployment's template alone.
    let is_deployment = Kind::of(&state.identity.kind) == Some(Kind::Deployment);
    let described = Described {
        name: name.as_str(),
        revision: place.revision.map_or(0, |revision| revision.get().into()),
        hash: hash.as_deref(),
        change_cause: state.change_cause.as_ref().map(|cause| cause.as_str()).filter(|_| is_deployment),
        template: &template,
    };
    say_version(context, world.version)?;
    if context.is_terminal() {
        context.page(&described.terminal())?;
    } else {
        context.write_bytes(&described.pipe())?;
    }
    if let Err(unnamed) = named {
        context.warn(&(&Note::on(place.path.shown(), unnamed.to_string())).into())?;
    }
    place.notes.iter().try_for_each(|note| context.warn(&note.into()))?;
    Ok(Exit::Done)
}
