//! Two revisions of one workload: `diff -r`.

use super::Args;
use super::answer::answer;
use super::comparison::{Around, Comparison, Found};
use super::point::{Line, Point};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::cli::place;
use crate::cli::range::Range;
use crate::cli::sources::Sources;
use crate::cli::standing::{Standing, has_names, running};
use crate::cli::states::{self, End};
use crate::cli::target::Target;
use crate::cli::world::World;
use crate::diff::{Bond, Pair, Rolls, Running};
use crate::git::RepoPath;
use crate::output::{Note, Revisions};
use crate::snapshot::{Role, Shaping};

/// The states that are compared; the old one is none where the new one is the first.
struct Ends {
    old: Option<Point>,
    new: Point,
}

/// Compares them.
pub(super) fn run(context: &mut Context, args: &Args, range: &Range) -> Result<Exit> {
    let target = Target::parse_one(&args.targets)?;
    let world = World::open(context)?;
    let (candidate, mut notes) = place::only(&world, &target)?;
    let lineage = place::walk(&world, world.tip, &candidate)?;
    let line = Line { world: &world, target: &target, candidate: &candidate, lineage: &lineage };
    let (ends, more) = Ends::of(context, &line, range)?;
    notes.extend(more.into_iter().chain(world.notes()));
    let old = Sources::of_object(context, ends.old.as_ref().map(Point::source))?;
    let new = Sources::of_object(context, Some(ends.new.source()))?;
    let found = ends.compare(context, &line, &Comparison { old: &old, new: &new })?;
    answer(context, args, [&old, &new], found, notes)
}

impl Ends {
    fn of(context: &Context, line: &Line, range: &Range) -> Result<(Ends, Vec<Note>)> {
        Ok(match range {
            Range::One(new) => {
                let (new, notes) = line.point(context, new)?;
                (Ends { old: line.predecessor(&new)?, new }, notes)
            }
            Range::Two(old, new) => {
                let ((old, mut notes), (new, more)) = (line.point(context, old)?, line.point(context, new)?);
                notes.extend(more);
                (Ends { old: Some(old), new }, notes)
            }
            Range::ToWorkTree(old) => {
                let (old, notes) = line.point(context, old)?;
                (Ends { old: Some(old), new: line.work_tree(context)? }, notes)
            }
        })
    }

    fn compare<'s>(&self, context: &Context, line: &Line, comparison: &Comparison<'s>) -> Result<Found<'s>> {
        let world = line.world;
        let Some(pair) = self.pair(comparison) else { return Ok(Found::default()) };
        let delta = || states::read(context, &world.repository, [self.old().at, self.new.at]);
        let is_rendered = [self.old(), &self.new].iter().any(|point| point.role != Role::Plain);
        let (shaping, running) = match is_rendered {
            true => (delta()?.shaping([&self.old().path, &self.new.path]), Running::default()),
            false => (Shaping::default(), self.running(world)?),
        };
        let settings = world.settings(&line.lineage.path)?;
        let past = self.old.as_ref().map(|old| old.past.clone());
        let mut around =
            Some(Around { settings, shaping, standing: Some((world, Standing { running, past, note: None })) });
        let mut found = comparison.items(vec![pair], |_| Ok(around.take().expect("there is one pair")))?;
        for (item, _) in &mut found.items {
            item.revisions = Some(Revisions { from: self.old.as_ref().and_then(Point::place), to: self.new.place() });
        }
        if found.has_consumers() {
            let delta = delta()?;
            let unseen = |path: &RepoPath| if delta.may_differ(path) { Rolls::Unknown } else { Rolls::No };
            found.find_consumers(delta.states(), &unseen);
        }
        Ok(found)
    }

    fn pair<'s>(&self, comparison: &Comparison<'s>) -> Option<Pair<'s>> {
        let new = comparison.new.placed().pop()?;
        Some(match comparison.old.placed().pop() {
            Some(old) => Pair::Both { old, new, bond: if old.path == new.path { Bond::Identity } else { Bond::Moved } },
            None => Pair::Added(new),
        })
    }

    /// The old end, or the new one where there is none.
    fn old(&self) -> &Point {
        self.old.as_ref().unwrap_or(&self.new)
    }

    /// What runs at both: where the new one came after the old one, what lies between was applied too.
    fn running(&self, world: &World) -> Result<Running> {
        let past = matches!(self.new.at, End::Commit(_));
        if !has_names(&self.new.object) {
            return Ok(Running { past, ..Running::default() });
        }
        let (old, new) = (self.old(), &self.new);
        let follows = old.rows.is_some() && old.rows <= new.rows;
        let after = match new.at {
            End::Commit(_) if follows || self.old.is_none() => new.past.runs().cloned(),
            End::Commit(_) => Some(old.past.then(&new.object, &new.text)),
            End::Index | End::WorkTree => Some(new.past.then(&new.object, &new.text)),
        };
        let before = self.old.as_ref().and_then(|old| old.past.runs());
        Ok(Running { past, ..running(world, before, after.as_ref())? })
    }
}
