//! What is gone back to, and from what.

use crate::cli::context::Context;
use crate::cli::edit::{Current, Rewrite, Step, What, short};
use crate::cli::failure::{Failure, Result};
use crate::cli::place::Place;
use crate::cli::selection::Selection;
use crate::cli::target::Target;
use crate::cli::world::{World, of_git};
use crate::git::{CommitId, IdSet};
use crate::revision::{Lineage, Row};
use crate::snapshot::Role;
use std::ops::Deref;

/// How much of a workload goes back.
#[derive(Clone, Copy)]
pub(super) enum Extent {
    /// The pod template, and maybe the number of replicas.
    Template {
        replicas: bool,
    },
    Whole,
}

/// A workload as it is in the newest commit, and the older state of it that is wanted.
pub(super) struct Back {
    current: Current,
    /// The older state.
    pub to: Place,
    /// The text of the file that it stood in.
    pub old: Vec<u8>,
    /// The commits behind it; none if it is not on the line.
    since: IdSet<CommitId>,
}

impl Deref for Back {
    type Target = Current;

    fn deref(&self) -> &Current {
        &self.current
    }
}

impl Back {
    /// Finds both.
    pub fn find(context: &Context, world: &World, target: &Target, selection: &Selection) -> Result<Back> {
        let current = Current::find(context, world, target)?;
        let selection = before_a_rendering(&current.lineage, selection).unwrap_or_else(|| selection.clone());
        let to = Place::one(context, world, target, Some(&selection))?;
        let old = world.repository.file_text(to.commit, &to.path).map_err(of_git)?;
        let old = old.ok_or_else(|| Failure::new("that revision has no file"))?;
        let since = since(world, to.commit)?;
        Ok(Back { current, to, old, since })
    }

    /// `revision 3`, or the commit of what has no number, or of what is more than its template: between two revisions a
    /// kustomization may have changed what is made of it.
    pub fn goal(&self, world: &World) -> String {
        match self.to.revision {
            Some(number) if self.to.role == Role::Plain => format!("revision {number}"),
            _ => format!("commit {}", short(world, self.to.commit)),
        }
    }

    /// Whether there may be more to go back than the template: what it names, what works on it.
    pub fn has_surroundings(&self) -> bool {
        let is_rendered = [&self.candidate.role, &self.to.role].iter().any(|role| **role != Role::Plain);
        is_rendered || self.object(&self.old).is_some_and(|object| !object.references().is_empty())
    }

    /// How it goes back: its template, or all of it.
    pub fn rewrite(&self, extent: Extent, cause: &str) -> Rewrite {
        let (of, cause) = (self.identity().clone(), cause.to_owned());
        let what = match extent {
            Extent::Template { replicas } => What::Template { of, replicas, cause },
            Extent::Whole => What::Whole { of, cause },
        };
        Rewrite { path: self.candidate.path.clone(), steps: vec![Step { what, old: self.old.clone() }] }
    }

    /// The row that made the older state, where it is on the line.
    pub fn row(&self) -> Option<&Row> {
        let number = self.to.revision?;
        self.lineage.rows.iter().find(|row| row.event.revision == Some(number))
    }

    /// What came after it, that is undone with it: revisions, and changes of how they are rendered.
    pub fn undone(&self) -> impl Iterator<Item = &Row> {
        let is_after = |row: &&Row| self.since.contains(&row.commit.id);
        let rows = self.lineage.rows.iter().filter(is_after);
        rows.filter(|row| is_change(row))
    }
}

/// What the one before the last is, where one of the two was no change of the file but of what kustomizations make of it.
fn before_a_rendering(lineage: &Lineage, selection: &Selection) -> Option<Selection> {
    let mut changes = lineage.rows.iter().rev().filter(|row| is_change(row));
    let (last, before) = (changes.next()?, changes.next()?);
    let is_meant =
        matches!(selection, Selection::Digits(0)) && [last, before].iter().any(|row| row.event.revision.is_none());
    is_meant.then(|| Selection::Commit(before.commit.id.to_string()))
}

/// Whether other pods may come of it.
fn is_change(row: &Row) -> bool {
    row.event.revision.is_some() || !row.event.rendering.is_empty()
}

/// The commits on the first-parent line that came after one of it.
fn since(world: &World, commit: CommitId) -> Result<IdSet<CommitId>> {
    let mut since = IdSet::default();
    for id in world.repository.first_parents(world.tip).map_err(of_git)? {
        match id.map_err(of_git)? {
            id if id == commit => return Ok(since),
            id => _ = since.insert(id),
        }
    }
    Ok(IdSet::default())
}
