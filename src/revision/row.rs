//! Steps of a walk to the rows of a history: what each did, its number, its cause.

use super::cause::{Annotations, Cause};
use super::change::{self, Change};
use super::contents::Content;
use super::lineage::Step;
use super::number::Revision;
use super::state::{State, Unreadable};
use crate::git::{self, Commit, RepoPath, Repository};
use crate::snapshot::{Renderings, Role};
use crate::template::Digest;
use crate::text::Untrusted;
use std::sync::Arc;

/// What one commit did to a workload.
#[derive(Clone, Debug)]
pub struct Row {
    pub commit: Commit,
    pub path: RepoPath,
    /// In the order of [`Change`]; empty at the boundary of a shallow clone, where it is not known.
    pub change: Vec<Change>,
    /// The number, if the commit made a revision.
    pub revision: Option<Revision>,
    /// The revision that was current after the commit.
    pub during: Option<Revision>,
    /// The workload after the commit; none where it was removed or cannot be read.
    pub state: Option<Arc<State>>,
    /// What renders the file at the commit, if anything does: then git alone does not know what the cluster got.
    pub role: Role,
    pub error: Option<Unreadable>,
    pub cause: Option<Cause>,
    /// A change-cause that was there before: it tells of another revision.
    pub stale_annotation: Option<Untrusted>,
    /// The last revision before that had the same template.
    pub revert_of: Option<Revision>,
}

impl Row {
    /// Whether a history shows it without being asked for all: a revision, or a gap between two.
    pub fn is_milestone(&self) -> bool {
        self.revision.is_some()
            || self
                .change
                .iter()
                .any(|change| matches!(change, Change::Removed | Change::Unreadable | Change::Rolls | Change::Added))
            || self.change.is_empty()
    }
}

/// The rows of a walk's steps, the oldest first.
pub(super) fn rows(repository: &Repository, steps: Vec<Step>) -> Result<Vec<Row>, git::Error> {
    let mut fold = Fold { shallow: repository.is_shallow(), ..Fold::default() };
    let mut renderings = Renderings::new(repository)?;
    for step in steps.into_iter().rev() {
        let role = match step.marked {
            true => renderings.role(step.commit.id, &step.path)?,
            false => Role::Plain,
        };
        fold.take(repository, step, role)?;
    }
    Ok(fold.rows)
}

/// What is known of the lineage up to a commit.
#[derive(Default)]
struct Fold {
    rows: Vec<Row>,
    shallow: bool,
    /// The last state that could be read, while the object is there.
    last: Option<Arc<State>>,
    /// Each revision's template, by its number.
    templates: Vec<Digest>,
    annotations: Annotations,
    /// The row of the current revision.
    current: Option<usize>,
}

impl Fold {
    fn take(&mut self, repository: &Repository, step: Step, role: Role) -> Result<(), git::Error> {
        let (change, state, error) = self.change(&step);
        if change.is_empty() && !step.cut {
            return Ok(());
        }
        let rolls = change.iter().any(|change| matches!(change, Change::Added | Change::Rolls));
        let revert_of = state.as_ref().filter(|_| rolls).and_then(|state| self.earlier(state));
        let revision = match &state {
            Some(state) if rolls && !self.shallow => {
                self.templates.push(state.canonical);
                Revision::new(self.templates.len() as u32)
            }
            _ => None,
        };
        let annotation = self.annotations.meet(state.as_ref().and_then(|state| state.change_cause.as_ref()));
        if rolls {
            self.current = Some(self.rows.len());
        } else if let (Some(text), Some(current)) = (&annotation.fresh, self.current) {
            // Annotating alone relabels the current revision, as the controller copies it to the ReplicaSet.
            self.rows[current].cause = Some(Cause::annotation(text.clone()));
            self.rows[current].stale_annotation = None;
        }
        let cause = match annotation.fresh {
            Some(text) => Some(Cause::annotation(text)),
            None => Some(Cause::of_commit(repository, &step.commit, &step.path)?),
        };
        self.rows.push(Row {
            during: Revision::new(self.templates.len() as u32),
            stale_annotation: annotation.stale.filter(|_| state.is_some()),
            commit: step.commit,
            path: step.path,
            change,
            revision,
            state,
            role,
            error,
            cause,
            revert_of,
        });
        Ok(())
    }

    fn change(&mut self, step: &Step) -> (Vec<Change>, Option<Arc<State>>, Option<Unreadable>) {
        match &step.after {
            Content::Absent => {
                let change = if self.last.take().is_some() { vec![Change::Removed] } else { Vec::new() };
                (change, None, None)
            }
            // It was not there before, and nothing says that it is now.
            Content::Unreadable { names_it: false, .. } if self.last.is_none() => (Vec::new(), None, None),
            Content::Unreadable { error, .. } => {
                let moved = step.moved.then_some(Change::Moved);
                (moved.into_iter().chain([Change::Unreadable]).collect(), None, Some(error.clone()))
            }
            Content::Here(state) => {
                let change = match &self.last {
                    _ if step.cut => Vec::new(),
                    Some(last) => change::between(last, state, step.moved),
                    None => vec![Change::Added],
                };
                self.last = Some(state.clone());
                (change, Some(state.clone()), None)
            }
        }
    }

    /// The last earlier revision with this template.
    fn earlier(&self, state: &State) -> Option<Revision> {
        let place = self.templates.iter().rposition(|template| *template == state.canonical)?;
        Revision::new(place as u32 + 1)
    }
}
