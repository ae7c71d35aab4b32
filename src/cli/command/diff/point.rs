//! A state of one workload, found by what a user calls it.

use crate::cli::context::Context;
use crate::cli::failure::{Failure, Result};
use crate::cli::onward::Next;
use crate::cli::place;
use crate::cli::selected::{Selected, select};
use crate::cli::selection::Selection;
use crate::cli::states::End;
use crate::cli::target::Target;
use crate::cli::world::{World, of_git};
use crate::git::{CommitId, RepoPath};
use crate::manifest::{self, Identity, Object};
use crate::output::{At, Note, ObjectName};
use crate::revision::{Candidate, Lineage, Past, Revision, Row};
use crate::snapshot::{Role, Snapshots};
use crate::yaml::Dialect;
use std::collections::HashSet;

/// A state of the object.
pub(super) struct Point {
    pub at: End,
    pub revision: Option<Revision>,
    pub path: RepoPath,
    pub text: Vec<u8>,
    pub object: Object,
    pub role: Role,
    /// What was applied up to it, itself too if it is committed.
    pub past: Past,
    /// Which of the line's rows come up to it; none off the line.
    pub rows: Option<usize>,
}

/// The lineage that the states are of, and how it was found.
pub(super) struct Line<'w> {
    pub world: &'w World,
    pub target: &'w Target,
    pub candidate: &'w Candidate,
    pub lineage: &'w Lineage,
}

impl Point {
    /// Where it is in the history; none of the working tree.
    pub fn place(&self) -> Option<At> {
        let End::Commit(commit) = self.at else { return None };
        Some(At { revision: self.revision.map(|number| number.get().into()), commit: commit.to_string() })
    }

    /// The object, with the file that it stands in.
    pub fn source(&self) -> (&RepoPath, &[u8], &Object) {
        (&self.path, &self.text, &self.object)
    }
}

impl Line<'_> {
    /// The state that a selection means.
    pub fn point(&self, context: &Context, selection: &Selection) -> Result<(Point, Vec<Note>)> {
        match select(context, self.world, self.lineage, selection)? {
            Selected::Row(row, notes) => {
                let place = self.lineage.rows.iter().position(|other| std::ptr::eq(other, row));
                Ok((self.row(place.expect("the row is one of the lineage"))?, notes))
            }
            Selected::Commit(rev) => Ok((self.commit(context, &rev)?, Vec::new())),
        }
    }

    /// The state of the revision before the one that is current at a point; none, where the object was made with it.
    pub fn predecessor(&self, new: &Point) -> Result<Option<Point>> {
        let Some(rows) = new.rows else {
            let what = "off the first-parent line no revision comes before another";
            return Err(Failure::new(what).hint("name both: -r A..B"));
        };
        let rows = &self.lineage.rows[..rows];
        let newest = rows.last().and_then(|row| row.event.state.as_ref());
        let is_older = |row: &Row| match (self.lineage.shallow, &row.event.state, newest) {
            (true, Some(state), Some(newest)) => !state.means_the_same(newest),
            _ => row.event.revision.is_some_and(|number| Some(number) < new.revision),
        };
        match rows.iter().rposition(is_older) {
            Some(older) if rows[older..].iter().any(|row| row.event.is_removal()) => Ok(None),
            Some(older) => self.row(older).map(Some),
            None if self.lineage.shallow && rows.first().is_some_and(|row| row.event.change.is_empty()) => {
                let what = "this shallow clone does not have what came before it";
                Err(Failure::new(what).hint("git fetch --unshallow"))
            }
            None => Ok(None),
        }
    }

    /// The state in the working tree; in a bare repository the newest.
    pub fn work_tree(&self, context: &Context) -> Result<Point> {
        if self.world.repository.work_dir().is_none() {
            return self.row(self.lineage.rows.len().saturating_sub(1));
        }
        let snapshots = Snapshots::new(&self.world.repository, context.index_file.clone());
        let path = &self.lineage.path;
        let text = match snapshots.work_tree_text(path).map_err(of_git)?.unwrap_or(Ok(Vec::new())) {
            Ok(text) => text,
            Err(passed) => return Err(Failure::new(format!("`{}`: {}", path.shown().as_str(), passed.message()))),
        };
        let object = like(&self.lineage.identity, &text).map_err(|why| self.not_in_work_tree(why))?;
        Ok(Point {
            at: End::WorkTree,
            revision: None,
            role: snapshots.work_tree_role(path, &self.candidate.deliveries).map_err(of_git)?,
            path: path.clone(),
            text,
            object,
            past: Past::of_rows(&self.lineage.rows, self.lineage.shallow),
            rows: Some(self.lineage.rows.len()),
        })
    }

    fn not_in_work_tree(&self, why: Option<manifest::Error>) -> Failure {
        let (name, path) = (ObjectName::from(&self.lineage.identity).qualified(), self.lineage.path.shown());
        match why {
            Some(error) => Failure::new(format!("cannot read `{}`: {}", path.as_str(), error.message())),
            None => {
                let what = format!("{} is not in `{}` in the working tree", name.as_str(), path.as_str());
                Failure::not_found(anyhow::anyhow!(what)).hint("rollbook diff --summary")
            }
        }
    }

    /// The state after a row.
    fn row(&self, place: usize) -> Result<Point> {
        let Row { commit, event, .. } = &self.lineage.rows[place];
        let Some(state) = &event.state else {
            let name = ObjectName::from(&self.lineage.identity).qualified();
            let what = if event.is_removal() { "is not there" } else { "cannot be read" };
            return Err(Failure::new(format!("{} {what} at commit {}", name.as_str(), commit.id)));
        };
        let (text, object) = self.read(commit.id, &event.path, &state.identity)?;
        Ok(Point {
            at: End::Commit(commit.id),
            revision: event.during,
            path: event.path.clone(),
            text,
            object,
            role: event.role.clone(),
            past: Past::of_rows(&self.lineage.rows[..=place], self.lineage.shallow),
            rows: Some(place + 1),
        })
    }

    /// The state at any commit: of one on the first-parent line that of its last row.
    fn commit(&self, context: &Context, rev: &str) -> Result<Point> {
        let commit = self.world.repository.resolve(rev).map_err(of_git)?;
        let mut later = HashSet::new();
        for id in self.world.repository.first_parents(self.world.tip).map_err(of_git)? {
            let id = id.map_err(of_git)?;
            if id == commit {
                let place = self.lineage.rows.iter().rposition(|row| !later.contains(&row.commit.id));
                return place.map_or_else(|| Err(self.not_there_yet(rev)), |place| self.row(place));
            }
            later.insert(id);
        }
        self.off_the_line(context, commit, rev)
    }

    fn not_there_yet(&self, rev: &str) -> Failure {
        let name = ObjectName::from(&self.lineage.identity).qualified();
        let what = format!("{} is not there at `{}`", name.as_str(), rev.escape_debug());
        Failure::not_found(anyhow::anyhow!(what)).next(Next::new("history", name.as_str(), ""))
    }

    fn off_the_line(&self, context: &Context, commit: CommitId, rev: &str) -> Result<Point> {
        let there = World::at(context, commit, rev)?;
        let (candidate, _) = place::only(&there, self.target)?;
        let lineage = place::walk(&there, commit, &candidate)?;
        let (text, object) = self.read(commit, &candidate.path, &candidate.identity)?;
        Ok(Point {
            at: End::Commit(commit),
            revision: None,
            path: candidate.path,
            text,
            object,
            role: candidate.role,
            past: lineage.into(),
            rows: None,
        })
    }

    fn read(&self, commit: CommitId, path: &RepoPath, identity: &Identity) -> Result<(Vec<u8>, Object)> {
        let blob = self.world.repository.file(commit, path).map_err(of_git)?;
        let text = blob.map(|blob| self.world.repository.blob(blob)).transpose().map_err(of_git)?.unwrap_or_default();
        let objects = manifest::read(&text, Dialect::Kubectl).objects;
        let object = objects.into_iter().rfind(|object| object.identity == *identity);
        let missing = || Failure::new(format!("`{}` is not in the file any more", identity.name));
        Ok((text, object.ok_or_else(missing)?))
    }
}

/// The object of an identity in a text; else the one that differs in its namespace or its API's group; else why the text
/// cannot be read, if it cannot.
fn like(identity: &Identity, text: &[u8]) -> std::result::Result<Object, Option<manifest::Error>> {
    let reading = manifest::read(text, Dialect::Kubectl);
    let is_named = |object: &&Object| object.identity.kind == identity.kind && object.identity.name == identity.name;
    let exact = reading.objects.iter().rfind(|object| object.identity == *identity);
    let found = exact.or_else(|| reading.objects.iter().rfind(is_named)).cloned();
    found.ok_or_else(|| reading.unreadable().cloned())
}
