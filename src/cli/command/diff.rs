//! `rollbook diff`

mod answer;
mod comparison;
mod external;
#[cfg(feature = "cluster")]
mod live;
mod point;
mod revisions;

use self::answer::answer;
use self::comparison::{Around, Comparison, sides};
use crate::cli::context::Context;
use crate::cli::ends::Ends;
use crate::cli::failure::{Exit, Result};
use crate::cli::filter::Filter;
use crate::cli::range::Range;
use crate::cli::sources::Sources;
use crate::cli::standing::Standings;
use crate::cli::states::{self, End, not_here};
use crate::cli::world::{Outside, World};
use crate::diff::{Pair, Rolls};
use crate::git::RepoPath;
use crate::manifest::Object;
use crate::snapshot::Shaping;
use std::collections::HashMap;

/// Show what is different between two states of manifests, place by place, and whether it replaces pods
///
/// Without options, what the working tree has that HEAD has not. Of each object it says whether its pods are replaced: yes,
/// no or unknown, and why. Names are those of `history`: each state is applied over what was applied before. With
/// --no-index they are those of new objects, as if the second state replaced the first as a whole.
///
/// Lists are compared by what tells their items apart, such as the name of a container. Another spelling of a value that
/// means the same and a default that is written out are shown as that. Objects that are equal are left out. Exits with 1
/// if anything is different.
///
/// In place of the table a command of your own can show the differences: ROLLBOOK_EXTERNAL_DIFF names it, with arguments
/// split at spaces, such as `difft` or `diff -ruN`. It gets them all, and then two folders, old and new, with a file for
/// each object that differs, the values of Secrets hidden. Its exit code 1 is no failure. The other forms of an answer,
/// --stat and --summary are as without it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook diff                                what is not committed yet
  rollbook diff --staged --summary             what the commit will do, a line an object
  rollbook diff --from origin/main             what this branch changes
  rollbook diff --from v1.4 --to v1.5 deployments
  rollbook diff -r 3 deployment/web            what revision 3 changed
  rollbook diff -r 2..5 deployment/web         what changed between two revisions
  rollbook diff -r 3.. deployment/web          what changed since revision 3, what is not committed too
  rollbook diff -r live..HEAD deployment/web   what changed since the revision that runs
  rollbook diff --live                         what applying it all would change on the cluster
  rollbook diff --no-index old.yaml new.yaml
  rollbook diff --no-index before/ after/ --stat       how much is different
  rollbook diff --no-index before/ after/ -o unified   as a unified diff
  kustomize build . | rollbook diff --no-index live.yaml -
  rollbook diff --from origin/main -o markdown         for a comment on a pull request
  rollbook diff --from HEAD^1 -o github                notes on the files of a pull request")]
pub(in crate::cli) struct Args {
    /// Only these objects: deployment/web, deployments, configmap/settings, or a workload's name alone; all, if there is
    /// none
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// Compare two revisions of the one target: A with the one before it, A..B, or A.. with the working tree (in a bare
    /// repository, with --ref). Each is a number, 0 for the one before the last, hash:6c5f67b5f7, image:web:1.4,
    /// date:2026-10-01T14:00, commit:3f2a9c1 or any git revision, live for the one that the cluster runs
    #[arg(short = 'r', long, value_name = "A[..B]", allow_negative_numbers = true)]
    #[arg(conflicts_with_all = ["no_index", "staged", "from"], requires = "targets")]
    pub revision: Option<Range>,

    /// Compare two files, or all manifests of two folders, without a repository; - is standard input
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with_all = ["staged", "from", "targets"])]
    pub no_index: Vec<String>,

    #[command(flatten)]
    pub ends: Ends,

    /// Compare what the cluster has with what rollbook apply would make of it: of the working tree, of what is staged with
    /// --staged, of a commit with --ref
    #[cfg(feature = "cluster")]
    #[arg(long, conflicts_with_all = ["no_index", "from", "revision"])]
    pub live: bool,

    /// In a table, show only how many places of each object are different
    #[arg(long)]
    pub stat: bool,

    /// In a table, show only a line an object: whether its pods are replaced, and why
    #[arg(long, conflicts_with = "stat")]
    pub summary: bool,

    /// Show N lines of the file around what changed on a line; 0 shows none [default: 1, in a unified diff 3]
    #[arg(short = 'U', long, value_name = "N")]
    pub unified: Option<usize>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    #[cfg(feature = "cluster")]
    if args.live {
        return live::run(context, args);
    }
    match (&args.no_index[..], &args.revision) {
        ([old, new], _) => outside(context, args, old, new),
        (_, Some(range)) => revisions::run(context, args, range),
        _ => in_repository(context, args),
    }
}

fn outside(context: &mut Context, args: &Args, old: &str, new: &str) -> Result<Exit> {
    let [old, new] = Sources::read_two(context, old, new)?;
    let outside = Outside::read(context)?;
    let comparison = Comparison { old: &old, new: &new };
    let mut settings = HashMap::new();
    let mut found = comparison.items(comparison.pairs(), |pair| {
        let path = comparison.disk_path(pair);
        let settings = match settings.get(path) {
            Some(&known) => known,
            None => *settings.entry(path).insert_entry(outside.at(path)?).get(),
        };
        Ok(Around { settings, shaping: Shaping::default(), standing: None })
    })?;
    if found.has_consumers() {
        found.find_consumers([&old.snapshot(), &new.snapshot()], &|_| Rolls::No);
    }
    let exit = answer(context, args, [&old, &new], found, Vec::new());
    // The program ends: to take apart what was read would take as long as to pair it.
    std::mem::forget([old, new]);
    exit
}

fn in_repository(context: &mut Context, args: &Args) -> Result<Exit> {
    let filters = Filter::parse(&args.targets)?;
    let world = World::open(context)?;
    let ends = args.ends(context, &world)?;
    let delta = states::read(context, &world.repository, ends)?;
    let [old, new] = states::sources(context, &world, &delta)?;
    let comparison = Comparison { old: &old, new: &new };
    let pairs = comparison.pairs();
    let shaping = |pair: &Pair| delta.shaping(sides(pair).map(|side| RepoPath::from(side.path)).each_ref());
    // What is rendered on its way has no name, whatever came before.
    let has_past = |pair: &&Pair| comparison.differs(pair) && shaping(pair).by.is_empty();
    let with_past: Vec<&Pair> = pairs.iter().filter(has_past).collect();
    let standings = Standings::read(context, &world, &delta, ends, &with_past)?;
    let mut found = comparison.items(pairs, |pair| {
        let settings = world.settings(&RepoPath::from(sides(pair)[1].path))?;
        let shaping = shaping(pair);
        let has_past = shaping.by.is_empty() && comparison.differs(pair);
        let standing = has_past.then(|| standings.of(pair, &new)).transpose()?;
        Ok(Around { settings, shaping, standing: standing.map(|standing| (&world, standing)) })
    })?;
    // Of what is not looked at, it is only known whether it is the same.
    let unseen = |path: &RepoPath| if delta.may_differ(path) { Rolls::Unknown } else { Rolls::No };
    found.find_consumers(delta.states(), &unseen);
    let wanted = |object: &Object| filters.is_empty() || Filter::any_takes(&filters, &object.identity);
    found.items.retain(|(_, pair)| sides(pair).iter().any(|side| wanted(side.object)));
    answer(context, args, [&old, &new], found, states::notes(&delta))
}

impl Args {
    /// The two states that are asked for.
    fn ends(&self, context: &Context, world: &World) -> Result<[End; 2]> {
        let Some(from) = &self.ends.from else {
            return Ok([End::Commit(world.tip), if self.ends.staged { End::Index } else { End::WorkTree }]);
        };
        let repository = &world.repository;
        let of_to = |to: &String| repository.resolve(to).map_err(|error| not_here(repository, to, error));
        let new = self.ends.to.as_ref().map_or(Ok(world.tip), of_to)?;
        let to = self.ends.to.as_deref().unwrap_or(context.reference());
        states::between(repository, from, (to, new), self.ends.direct)
    }
}
