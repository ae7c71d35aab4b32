//! Steps of a walk to the rows of a history: what each did, its number, its cause.

use super::applied::{Applied, Applies};
use super::cause::{Annotations, Cause};
use super::change::{self, Change};
use super::contents::Content;
use super::index::Index;
use super::number::Revision;
use super::state::{Canonical, State, Unreadable};
use super::walk::Step;
use crate::git::{self, BlobId, Commit, CommitId, IdMap, RepoPath, Repository};
use crate::manifest::Object;
use crate::snapshot::{Renderings, Role};
use crate::text::Untrusted;
use std::sync::Arc;

/// What one commit did to an object.
#[derive(Clone, Debug)]
pub struct Event {
    pub path: RepoPath,
    /// The file after the commit, if it is there.
    pub blob: Option<BlobId>,
    /// In the order of [`Change`]; empty at the boundary of a shallow clone, where it is not known.
    pub change: Vec<Change>,
    /// The number, if the commit made a revision.
    pub revision: Option<Revision>,
    /// The revision that was current after the commit.
    pub during: Option<Revision>,
    /// The object before the commit, as it was read last; none where it was not there.
    pub before: Option<Arc<State>>,
    /// The file that it was read from.
    pub blob_before: Option<BlobId>,
    /// The object after the commit; none where it was removed or cannot be read.
    pub state: Option<Arc<State>>,
    /// What ran before it, if the cluster had all that came before; none where git cannot know.
    pub ran: Option<Applied>,
    /// What runs after it.
    pub runs: Option<Applied>,
    /// What renders the file at the commit, if anything does: then git alone does not know what the cluster got.
    pub role: Role,
    pub error: Option<Unreadable>,
    /// The files that changed how it is rendered: kustomizations, and what these work with.
    pub rendering: Vec<RepoPath>,
    /// A change-cause that was there before: it tells of another revision.
    pub stale_annotation: Option<Untrusted>,
    /// The last revision before that had the same template.
    pub revert_of: Option<Revision>,
}

/// An event, with what its commit says.
#[derive(Clone, Debug)]
pub struct Row {
    pub commit: Commit,
    pub cause: Cause,
    pub event: Event,
}

/// An event whose commit was not read: that is done only where it is shown.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub commit: CommitId,
    /// The change-cause that the commit gave, or one that was given to its revision later.
    pub annotation: Option<Untrusted>,
    /// What a hydrator wrote at the commit.
    pub hydrator: Option<BlobId>,
    pub event: Event,
}

impl Row {
    /// The whole row of a mark.
    ///
    /// # Errors
    /// What git cannot read.
    pub(super) fn of(repository: &Repository, index: &Index, mark: Mark) -> Result<Row, git::Error> {
        let commit = index.commit(repository, mark.commit)?;
        let cause = match mark.annotation {
            Some(text) => Cause::annotation(text),
            None => {
                let changed = mark.event.rendering.first().unwrap_or(&mark.event.path);
                Cause::of_commit(repository, &commit, changed, mark.hydrator)?
            }
        };
        Ok(Row { commit, cause, event: mark.event })
    }
}

impl Event {
    /// Whether a history shows it without being asked for all: a revision, or a gap between two.
    pub fn is_milestone(&self) -> bool {
        let gap = [Change::Removed, Change::Unreadable, Change::Rolls, Change::Added];
        self.revision.is_some() || self.change.is_empty() || self.change.iter().any(|change| gap.contains(change))
    }

    /// The object as it was read last, where it is there after the commit, and the file that it was read from.
    pub(super) fn stands(&self) -> Option<(&Arc<State>, Option<BlobId>)> {
        match &self.state {
            Some(state) => Some((state, self.blob)),
            None if self.is_removal() => None,
            None => Some((self.before.as_ref()?, self.blob_before)),
        }
    }

    /// The object before and after the commit, read again; nothing where one of both was not there or cannot be read.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn objects(&self, repository: &Repository) -> Result<Option<[Object; 2]>, git::Error> {
        match (&self.before, &self.state) {
            (Some(before), Some(state)) => {
                let old = before.object_in(repository, self.blob_before)?;
                Ok(Some([old, state.object_in(repository, self.blob)?]))
            }
            _ => Ok(None),
        }
    }

    /// The object after the commit, read again; nothing where it is not there or cannot be read.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn object(&self, repository: &Repository) -> Result<Option<Object>, git::Error> {
        self.state.as_ref().map(|state| state.object_in(repository, self.blob)).transpose()
    }

    /// Whether the commit removed it.
    pub fn is_removal(&self) -> bool {
        self.change.contains(&Change::Removed)
    }
}

/// What a walk's steps did, the oldest first.
///
/// # Errors
/// What git cannot read.
pub(super) fn marks(shallow: bool, renderings: &mut Renderings<'_>, steps: Vec<Step>) -> Result<Vec<Mark>, git::Error> {
    let mut fold = Fold { shallow, marks: Vec::with_capacity(steps.len()), ..Fold::default() };
    for step in steps.into_iter().rev() {
        let role = match step.marked {
            true => renderings.role(step.commit, &step.path)?,
            false => Role::Plain,
        };
        fold.take(step, role);
    }
    Ok(fold.marks)
}

/// What the file of a lineage is at the end: as it is there now, or was when the lineage ended.
pub(super) fn last_role(marks: &[Mark], now: Role) -> Role {
    let gone = marks.last().filter(|mark| mark.event.is_removal());
    gone.map_or(now, |mark| mark.event.role.clone())
}

/// What is known of the lineage up to a commit.
#[derive(Default)]
struct Fold {
    marks: Vec<Mark>,
    shallow: bool,
    /// The last state that could be read, while the object is there.
    last: Option<Arc<State>>,
    /// The file that it was read from.
    blob: Option<BlobId>,
    /// The newest revision.
    newest: Option<Revision>,
    /// The newest revision of each meaning.
    meanings: IdMap<Canonical, Revision>,
    applies: Applies,
    /// What runs, while it is known.
    runs: Option<Applied>,
    annotations: Annotations,
    /// The row of the current revision.
    current: Option<usize>,
}

impl Fold {
    fn take(&mut self, step: Step, role: Role) {
        let (before, blob_before) = (self.last.clone(), self.blob);
        let (change, state, error) = self.change(&step);
        if change.is_empty() && !step.cut {
            return;
        }
        if state.is_some() {
            self.blob = step.blob;
        }
        let is_new = |state: &&Arc<State>| before.as_ref().is_none_or(|before| before.canonical != state.canonical);
        let made = state.as_ref().filter(|_| !step.cut).filter(is_new);
        let revert_of = made.and_then(|state| self.meanings.get(&state.canonical).copied());
        let revision = made.filter(|_| !self.shallow).map(|state| {
            let revision = Revision::after(self.newest);
            self.meanings.insert(state.canonical, revision);
            *self.newest.insert(revision)
        });
        let annotation = self.annotations.meet(state.as_ref().and_then(|state| state.change_cause.as_ref()));
        if made.is_some() {
            self.current = Some(self.marks.len());
        } else if let (Some(text), Some(current)) = (&annotation.fresh, self.current) {
            // Annotating alone relabels the current revision, as the controller copies it to the ReplicaSet.
            self.marks[current].annotation = Some(text.clone());
            self.marks[current].event.stale_annotation = None;
        }
        let is_removal = change.contains(&Change::Removed);
        let runs = self.applies.meet(state.as_ref(), is_removal, &role);
        let ran = self.runs.clone();
        // What cannot be read is not applied, so what ran goes on.
        if state.is_some() || is_removal {
            self.runs.clone_from(&runs);
        }
        let event = Event {
            ran,
            runs,
            during: self.newest,
            stale_annotation: annotation.stale.filter(|_| state.is_some()),
            path: step.path,
            blob: step.blob,
            change,
            revision,
            before,
            blob_before,
            state,
            role,
            error,
            rendering: Vec::new(),
            revert_of,
        };
        let (commit, annotation, hydrator) = (step.commit, annotation.fresh, step.hydrator);
        self.marks.push(Mark { commit, annotation, hydrator, event });
    }

    fn change(&mut self, step: &Step) -> (Vec<Change>, Option<Arc<State>>, Option<Unreadable>) {
        match &step.after {
            Content::Absent => {
                let change = if self.last.take().is_some() { vec![Change::Removed] } else { Vec::new() };
                (change, None, None)
            }
            Content::Unreadable(error) => {
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
}
