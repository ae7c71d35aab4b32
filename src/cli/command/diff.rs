//! `rollbook diff`

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::filter::Filter;
use crate::cli::settings::{Settings, Used};
use crate::cli::sources::Sources;
use crate::cli::states::{End, Shaping, States, base};
use crate::cli::world::{Outside, World, of_git};
use crate::diff::{Delivery, Pair, Placed, Rolls, pair};
use crate::git::RepoPath;
use crate::manifest::Object;
use crate::output::{DiffItem, DiffStat, DiffSummary, DiffText, Document, Note, ObjectName, consumers, unified};
use crate::snapshot::Snapshot;
use crate::text::Untrusted;
use std::collections::HashMap;

/// Show what is different between two states of manifests, place by place, and whether it replaces pods
///
/// Without options, what the working tree has that HEAD has not. Of each object it says whether its pods are replaced: yes,
/// no or unknown, and why, as if the second state replaced the first in a cluster.
///
/// Lists are compared by what tells their items apart, such as the name of a container. Another spelling of a value that
/// means the same and a default that is written out are shown as that. Objects that are equal are left out. Exits with 1
/// if anything is different.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook diff                                what is not committed yet
  rollbook diff --staged --summary             what the commit will do, a line an object
  rollbook diff --from origin/main             what this branch changes
  rollbook diff --from v1.4 --to v1.5 deployments
  rollbook diff --no-index old.yaml new.yaml
  rollbook diff --no-index before/ after/ --stat       how much is different
  rollbook diff --no-index before/ after/ -o unified   as a unified diff
  kustomize build . | rollbook diff --no-index live.yaml -")]
pub(in crate::cli) struct Args {
    /// Only these objects: deployment/web, deployments, configmap/settings, or a workload's name alone; all, if there is
    /// none
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// Compare two files, or all manifests of two folders, without a repository; - is standard input
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with_all = ["staged", "from", "targets"])]
    pub no_index: Vec<String>,

    /// Compare --ref with what is staged for the next commit
    #[arg(long, conflicts_with = "from")]
    pub staged: bool,

    /// Compare what --to has with where it went apart from this commit, branch or tag
    #[arg(long, value_name = "REF")]
    pub from: Option<String>,

    /// The other end [default: --ref]
    #[arg(long, value_name = "REF", requires = "from")]
    pub to: Option<String>,

    /// Compare with --from as it is, not with where the two went apart
    #[arg(long, requires = "from")]
    pub direct: bool,

    /// In a table, show only how many places of each object are different
    #[arg(long)]
    pub stat: bool,

    /// In a table, show only a line an object: whether its pods are replaced, and why
    #[arg(long, conflicts_with = "stat")]
    pub summary: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    match &args.no_index[..] {
        [old, new] => {
            let [old, new] = Sources::read_two(context, old, new)?;
            let outside = Outside::read(context)?;
            let mut found = Comparison { old: &old, new: &new }
                .items(&|pair| outside.at(disk_path(&old, &new, pair)), &|_| Shaping::default())?;
            if found.items.iter().any(|(item, _)| item.has_consumers()) {
                found.find_consumers([&old.snapshot(), &new.snapshot()], &|_| Rolls::No);
            }
            answer(context, args, &old, &new, found, Vec::new())
        }
        _ => in_repository(context, args),
    }
}

fn in_repository(context: &mut Context, args: &Args) -> Result<Exit> {
    let filters = Filter::parse(&args.targets)?;
    let world = World::open(context)?;
    let (old, new) = args.ends(context, &world)?;
    let states = States::read(context, &world, old, new)?;
    let [old, new] = states.sources(context, &world)?;
    let mut found = Comparison { old: &old, new: &new }.items(
        &|pair| world.settings(&RepoPath::from(placed(pair).path)),
        &|pair| {
            let [old, new] = sides(pair).map(|side| RepoPath::from(side.path));
            states.shaping([&old, &new])
        },
    )?;
    // Of what is not looked at, it is only known whether it is the same.
    let unseen = |path: &RepoPath| if states.may_differ(path) { Rolls::Unknown } else { Rolls::No };
    found.find_consumers(states.snapshots(), &unseen);
    let wanted = |object: &Object| filters.is_empty() || Filter::any_takes(&filters, &object.identity);
    found.items.retain(|(_, pair)| sides(pair).iter().any(|side| wanted(side.object)));
    answer(context, args, &old, &new, found, states.notes())
}

impl Args {
    /// The two states that are asked for.
    fn ends(&self, context: &Context, world: &World) -> Result<(End, End)> {
        let Some(from) = &self.from else {
            return Ok((End::Commit(world.tip), if self.staged { End::Index } else { End::WorkTree }));
        };
        let old = world.repository.resolve(from).map_err(|error| {
            let is_shallow = world.repository.is_shallow();
            let failure = of_git(error);
            if is_shallow { failure.hint(fetch(from)) } else { failure }
        })?;
        let new = self.to.as_ref().map_or(Ok(world.tip), |to| world.repository.resolve(to).map_err(of_git))?;
        let to = self.to.as_deref().unwrap_or(context.reference());
        let old = if self.direct { old } else { base(world, (from, old), (to, new))? };
        Ok((End::Commit(old), End::Commit(new)))
    }
}

/// How a shallow clone gets a branch that it does not have.
fn fetch(reference: &str) -> String {
    let (remote, branch) = reference.split_once('/').unwrap_or(("origin", reference));
    let refspec = crate::text::shell_word(&format!("+refs/heads/{branch}:refs/remotes/{remote}/{branch}"));
    format!("git fetch --unshallow {} {refspec}", crate::text::shell_word(remote))
}

/// The two sides of a comparison.
struct Comparison<'s> {
    old: &'s Sources,
    new: &'s Sources,
}

/// What was found different, with the pair that it is of.
struct Found<'s> {
    items: Vec<(DiffItem, Pair<'s>)>,
    configured: bool,
    notes: Vec<Note>,
}

impl<'s> Comparison<'s> {
    fn items<'w>(
        &self,
        settings: &dyn Fn(&Pair) -> Result<&'w Settings>,
        shaping: &dyn Fn(&Pair) -> Shaping,
    ) -> Result<Found<'s>> {
        let Comparison { old, new } = *self;
        let mut used = Used::default();
        let mut items = Vec::new();
        for pair in pair(&old.placed(), &new.placed()).into_iter().filter(|pair| is_known(old, new, pair)) {
            let (settings, shaping) = (settings(&pair)?, shaping(&pair));
            let delivery = match (&shaping.by[..], shaping.changed) {
                ([], _) => Delivery::Plain,
                (by, false) => Delivery::Rendered(by),
                (by, true) => Delivery::Rerendered(by),
            };
            if let Some(mut item) = DiffItem::of(&pair, rewritten(old, new, &pair), settings.server(), delivery) {
                used.with(settings);
                item.path = shown_path(old, new, &pair).into();
                items.push((item, pair));
            }
        }
        Ok(Found { items, configured: used.configured(), notes: used.notes() })
    }
}

impl Found<'_> {
    /// Names the workloads that use what is different, in either state, and tells whether they roll by themselves.
    fn find_consumers(&mut self, states: [&Snapshot; 2], unseen: &dyn Fn(&RepoPath) -> Rolls) {
        let key =
            |object: &ObjectName, path: &str| [object.kind.as_str(), object.name.as_str(), path].map(str::to_owned);
        let of_item = |(item, pair): &(DiffItem, Pair)| (key(&item.object, placed(pair).path), item.verdict.rolls);
        let verdicts: HashMap<[String; 3], Rolls> = self.items.iter().map(of_item).collect();
        let rolls = |object: &ObjectName, path: &Untrusted| {
            let found = verdicts.get(&key(object, path.as_str())).copied();
            found.unwrap_or_else(|| unseen(&RepoPath::from(path.as_str())))
        };
        for (item, pair) in self.items.iter_mut().filter(|(item, _)| item.has_consumers()) {
            item.verdict.workloads = consumers(states, pair, &rolls);
            // A file that was given by itself is known by its name.
            let unnamed = item.verdict.workloads.iter_mut().filter(|of| of.path.as_str().is_empty());
            unnamed.for_each(|of| of.path = item.path.clone());
        }
    }
}

fn answer(
    context: &mut Context,
    args: &Args,
    old: &Sources,
    new: &Sources,
    found: Found,
    notes: Vec<Note>,
) -> Result<Exit> {
    let exit = match (old.whole() && new.whole(), found.items.is_empty()) {
        (false, _) => Exit::Failed,
        (true, false) => Exit::Found,
        (true, true) => Exit::Done,
    };
    if context.globals.output == Format::Unified {
        if args.stat || args.summary {
            let option = if args.stat { "--stat" } else { "--summary" };
            return Err(Failure::new(format!("{option} has no answer in the form `unified`")));
        }
        let texts = found.items.iter().map(|(item, pair)| text(old, new, item, pair));
        context.source(texts.collect::<String>().as_bytes())?;
        return Ok(exit);
    }
    let items = found.items.into_iter().map(|(item, _)| item).collect();
    let notes = old.notes().chain(new.notes()).cloned().chain(notes).chain(found.notes);
    let document = Document::new(items, notes.collect());
    context.answer(&document, |screen| match (args.stat, args.summary, found.configured) {
        (true, ..) => DiffStat::new(&document.items, screen).to_string(),
        (_, true, _) => DiffSummary::new(&document.items, screen).to_string(),
        (.., true) => DiffText::new(&document.items, screen).to_string(),
        (.., false) => DiffText::new(&document.items, screen).version_not_configured().to_string(),
    })?;
    Ok(exit)
}

/// What is missing in a file that cannot be read is not known to be gone.
fn is_known(old: &Sources, new: &Sources, pair: &Pair) -> bool {
    match pair {
        Pair::Both { .. } => true,
        Pair::Removed(placed) => !new.is_broken(placed.path),
        Pair::Added(placed) => !old.is_broken(placed.path),
    }
}

/// The object as the new state has it, or else the old one.
fn placed<'s>(pair: &Pair<'s>) -> Placed<'s> {
    sides(pair)[1]
}

/// The object in both states; twice the same, where one of them does not have it.
fn sides<'s>(pair: &Pair<'s>) -> [Placed<'s>; 2] {
    match *pair {
        Pair::Both { old, new, .. } => [old, new],
        Pair::Removed(placed) | Pair::Added(placed) => [placed, placed],
    }
}

fn shown_path<'s>(old: &'s Sources, new: &'s Sources, pair: &Pair) -> &'s str {
    match pair {
        Pair::Removed(placed) => old.path(placed.object),
        Pair::Both { new: placed, .. } | Pair::Added(placed) => new.path(placed.object),
    }
}

/// The file on the disk, whose settings decide.
fn disk_path<'s>(old: &'s Sources, new: &'s Sources, pair: &Pair) -> &'s str {
    match pair {
        Pair::Removed(placed) => old.disk_path(placed.object),
        Pair::Both { new: placed, .. } | Pair::Added(placed) => new.disk_path(placed.object),
    }
}

/// Whether the text of an object is another one.
fn rewritten(old: &Sources, new: &Sources, pair: &Pair) -> bool {
    match pair {
        Pair::Both { old: a, new: b, .. } => old.text(a.object) != new.text(b.object),
        Pair::Removed(_) | Pair::Added(_) => true,
    }
}

fn text(old: &Sources, new: &Sources, item: &DiffItem, pair: &Pair) -> String {
    let (a, b) = match pair {
        Pair::Both { old, new, .. } => (Some(old.object), Some(new.object)),
        Pair::Removed(old) => (Some(old.object), None),
        Pair::Added(new) => (None, Some(new.object)),
    };
    let has_secret = a.into_iter().chain(b).any(Object::has_secret);
    let (a, b) = (a.map(|object| old.lines(object)), b.map(|object| new.lines(object)));
    unified(item, a, b, has_secret).as_str().to_owned()
}
