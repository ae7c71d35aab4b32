//! A cluster, and what an apply would make of it: `diff --live`.

use super::Args;
use super::answer::answer;
use super::comparison::Found;
use crate::cli::args::Format;
use crate::cli::cluster::connect_for_names;
use crate::cli::context::Context;
use crate::cli::counterpart::{Answer, Answers, Wanted};
use crate::cli::everything::nothing;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::filter::Filter;
use crate::cli::live::{after_apply, item, pair};
use crate::cli::settings::Used;
use crate::cli::sources::Sources;
use crate::cli::world::{World, of_git};
use crate::cluster::body;
use crate::diff::Rolls;
use crate::git::RepoPath;
use crate::kubernetes::CHANGE_CAUSE;
use crate::manifest::Object;
use crate::output::{DiffItem, Note};
use crate::snapshot::{Snapshot, Snapshots};
use serde_json::Value;

/// An object with the file that git has it in, before and after an apply.
struct Applied<'s> {
    path: &'s RepoPath,
    /// None where the cluster does not have it.
    before: Option<Object>,
    after: Object,
    /// As the cluster has it.
    live: Option<&'s Value>,
}

/// Compares them.
pub(super) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    if context.globals.output == Format::Github {
        let failure = Failure::new("a cluster has no lines to annotate: `-o github` compares two states of git");
        return Err(failure.hint("rollbook diff --from REF -o github"));
    }
    let cluster = connect_for_names(context)?;
    let filters = Filter::parse(&args.targets)?;
    let world = World::open(context)?;
    let snapshot = args.wanted_state(context, &world)?;
    let wanted = Wanted::all(&world, &snapshot, &filters, cluster.namespace());
    if wanted.is_empty() {
        return Err(nothing(&world, &filters, "stands at")?);
    }
    let answers = Answers::of(&cluster, &wanted, !filters.is_empty())?;
    let (mut applied, mut notes) = (Vec::new(), world.notes());
    for one in &wanted {
        match Applied::of(one, answers.of_one(one)) {
            Ok(one) => applied.push(one),
            Err(note) => notes.push(note),
        }
    }
    let side = |of: &Applied, object: &Object| (of.path.clone(), object.clone());
    let old = applied.iter().filter_map(|of| of.before.as_ref().map(|before| side(of, before))).collect();
    let new = applied.iter().map(|of| side(of, &of.after)).collect();
    let (old, new) = (Sources::of_objects(context, old)?, Sources::of_objects(context, new)?);
    let (mut before, mut found, mut used) = (old.placed().into_iter(), Found::default(), Used::default());
    for (of, after) in applied.iter().zip(new.placed()) {
        let old = of.before.as_ref().and_then(|_| before.next());
        let settings = world.settings(of.path)?;
        let pair = pair(old, after);
        if let Some(item) = item(&pair, of.live, settings.server()) {
            used.with(settings);
            found.items.push((DiffItem { path: of.path.shown(), ..item }, pair));
        }
    }
    found.configured = used.configured();
    if found.has_consumers() {
        found.find_consumers([&old.snapshot(), &new.snapshot()], &|_| Rolls::No);
    }
    answer(context, args, [&old, &new], found, notes)
}

impl Args {
    /// What would be applied.
    fn wanted_state(&self, context: &Context, world: &World) -> Result<Snapshot> {
        let repository = &world.repository;
        let mut snapshots = Snapshots::new(repository, context.index_file.clone());
        let is_committed = context.globals.reference.is_some() || repository.is_bare();
        match (self.ends.staged, is_committed) {
            (true, _) => snapshots.of_index(),
            (false, true) => snapshots.of_tree(world.tip),
            (false, false) => snapshots.of_work_tree(),
        }
        .map_err(of_git)
    }
}

impl<'s> Applied<'s> {
    /// What there is to compare; or why it is not compared.
    fn of(wanted: &'s Wanted<'s>, answer: Answer<'s>) -> std::result::Result<Applied<'s>, Note> {
        let file = wanted.file;
        let passed = |why: &str| Note::on(file.path.shown(), format!("not compared: {why}"));
        if let Some(why) = wanted.unknown() {
            return Err(passed(&why));
        }
        let (before, after) = match answer {
            Answer::Unknown(reason) => return Err(passed(reason.as_str())),
            Answer::Missing => (None, wanted.object.stored()),
            Answer::There(live) => {
                // Each apply gives its own cause, which git need not have.
                let cause = live["metadata"]["annotations"][CHANGE_CAUSE].as_str();
                let cause = cause.filter(|_| wanted.object.change_cause().is_none());
                let sent = body(wanted.object.wire(&file.contents.text), cause, Some(live));
                let (before, after) = after_apply(&sent, live).map_err(|why| passed(&why))?;
                (Some(before), after)
            }
        };
        let live = if let Answer::There(live) = answer { Some(live) } else { None };
        Ok(Applied { path: &file.path, before, after, live })
    }
}
