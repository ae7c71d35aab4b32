//! Two states compared: from pairs of objects to what is different, with what is known around them.

use crate::cli::failure::Result;
use crate::cli::settings::{Settings, Used};
use crate::cli::sources::Sources;
use crate::cli::standing::Standing;
use crate::cli::world::World;
use crate::diff::{Delivery, Pair, Placed, Rolls, Running, pair};
use crate::git::RepoPath;
use crate::output::{At, DiffItem, Note, ObjectName, Reused, State, consumers};
use crate::revision::Earlier;
use crate::snapshot::{Shaping, Snapshot};
use crate::text::Untrusted;
use std::collections::HashMap;

/// The two sides of a comparison.
pub(super) struct Comparison<'s> {
    pub old: &'s Sources,
    pub new: &'s Sources,
}

/// What a verdict on a pair rests on, beside the pair.
pub(super) struct Around<'w> {
    pub settings: &'w Settings,
    pub shaping: Shaping,
    /// With the world whose history it is of; none without a repository.
    pub standing: Option<(&'w World, Standing)>,
}

impl Around<'_> {
    /// The earlier revision that made what runs after a change.
    fn reused(&self, item: &DiffItem) -> Option<Reused> {
        let (world, standing) = self.standing.as_ref()?;
        let hash = item.verdict.goes_to()?;
        let Earlier { revision, commit } = standing.past.as_ref()?.made(&world.namer(self.settings), hash)?;
        let at = At { revision: revision.map(|number| number.get().into()), commit: commit.to_string() };
        Some(Reused { at, hash: hash.to_owned() })
    }
}

/// What was found different, with the pair that it is of.
#[derive(Default)]
pub(super) struct Found<'s> {
    pub items: Vec<(DiffItem, Pair<'s>)>,
    /// Whether somebody chose all versions that names hold for.
    pub configured: bool,
    pub notes: Vec<Note>,
}

impl<'s> Comparison<'s> {
    /// The objects of both.
    pub fn pairs(&self) -> Vec<Pair<'s>> {
        pair(&self.old.placed(), &self.new.placed())
    }

    /// Whether what is missing in one of the states may be in a file that cannot be read.
    fn is_unreadable(&self, pair: &Pair) -> bool {
        match pair {
            Pair::Both { .. } => false,
            Pair::Removed(placed) => self.new.is_broken(placed.path),
            Pair::Added(placed) => self.old.is_broken(placed.path),
        }
    }

    /// Whether an object may be another one, or stands elsewhere: what an alias in its text stands for may be written
    /// outside of it.
    pub fn differs(&self, pair: &Pair) -> bool {
        let has_alias = |placed: &Placed| memchr::memchr(b'*', self.old.text(placed.object)).is_some();
        match pair {
            Pair::Both { old, new, .. } => old.path != new.path || self.rewritten(pair) || has_alias(old),
            Pair::Removed(_) | Pair::Added(_) => true,
        }
    }

    /// What is different.
    pub fn items<'w>(
        &self,
        pairs: Vec<Pair<'s>>,
        mut around: impl FnMut(&Pair<'s>) -> Result<Around<'w>>,
    ) -> Result<Found<'s>> {
        let mut used = Used::default();
        let mut found = Found::default();
        for pair in pairs {
            let around = around(&pair)?;
            let note = around.standing.as_ref().and_then(|(_, standing)| standing.note.clone());
            if let Some(item) = self.item(&pair, &around) {
                used.with(around.settings);
                found.notes.extend(note.into_iter().chain(self.generated(&pair)));
                found.items.push((item, pair));
            }
        }
        found.configured = used.configured();
        found.notes.extend(used.notes());
        Ok(found)
    }

    fn item(&self, pair: &Pair, around: &Around) -> Option<DiffItem> {
        let Around { settings, shaping, standing } = around;
        if !shaping.changed && !self.differs(pair) {
            return None;
        }
        let delivery = match (&shaping.by[..], shaping.changed) {
            _ if self.is_unreadable(pair) => Delivery::Unreadable,
            ([], _) => Delivery::Plain,
            (by, false) => Delivery::Rendered(by),
            (by, true) => Delivery::Rerendered(by),
        };
        let unknown = Running::default();
        let running = standing.as_ref().map_or(&unknown, |(_, standing)| &standing.running);
        let mut item = DiffItem::of(pair, self.rewritten(pair), settings.server(), delivery, running)?;
        item.path = self.shown_path(pair).into();
        item.find_lines(|state, span| match state {
            State::Old => self.old.line_range(pair.before()?.object, span),
            State::New => self.new.line_range(pair.after()?.object, span),
        });
        item.verdict.reuses = around.reused(&item);
        Some(item)
    }

    fn rewritten(&self, pair: &Pair) -> bool {
        match pair {
            Pair::Both { old, new, .. } => self.old.text(old.object) != self.new.text(new.object),
            Pair::Removed(_) | Pair::Added(_) => true,
        }
    }

    /// What is compared by the beginning of its name, and its place.
    fn generated(&self, pair: &Pair) -> Option<Note> {
        let object = sides(pair)[1].object;
        let text = || {
            let name = ObjectName::from(&object.identity).qualified();
            format!("`{}` has a `generateName`: it is compared with what its file has of that kind", name.as_str())
        };
        object.is_generated().then(|| Note::on(self.shown_path(pair).into(), text()))
    }

    fn shown_path(&self, pair: &Pair) -> &'s str {
        match pair {
            Pair::Removed(placed) => self.old.path(placed.object),
            Pair::Both { new: placed, .. } | Pair::Added(placed) => self.new.path(placed.object),
        }
    }

    /// The file on the disk, whose settings decide.
    pub fn disk_path(&self, pair: &Pair) -> &'s str {
        match pair {
            Pair::Removed(placed) => self.old.disk_path(placed.object),
            Pair::Both { new: placed, .. } | Pair::Added(placed) => self.new.disk_path(placed.object),
        }
    }
}

impl Found<'_> {
    /// Names the workloads that use what is different, in either state, and tells whether they roll by themselves.
    pub fn find_consumers(&mut self, states: [&Snapshot; 2], unseen: &dyn Fn(&RepoPath) -> Rolls) {
        let key =
            |object: &ObjectName, path: &str| [object.kind.as_str(), object.name.as_str(), path].map(str::to_owned);
        let of_item = |(item, pair): &(DiffItem, Pair)| (key(&item.object, sides(pair)[1].path), item.verdict.rolls);
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

    /// Whether anything in it may concern workloads.
    pub fn has_consumers(&self) -> bool {
        self.items.iter().any(|(item, _)| item.has_consumers())
    }
}

/// The object in both states; twice the same, where one of them does not have it.
pub(super) fn sides<'s>(pair: &Pair<'s>) -> [Placed<'s>; 2] {
    match *pair {
        Pair::Both { old, new, .. } => [old, new],
        Pair::Removed(placed) | Pair::Added(placed) => [placed, placed],
    }
}
