//! The walk of one workload from a commit back to its beginning.
//!
//! ```text
//!   newest                                                   oldest
//!   shop/web.yaml  ── edit ── edit ── added ⇢ web.yaml ── edit ── removed ── edit ── added
//!                                       └ the same commit removed it from web.yaml: one lineage
//! ```
//!
//! The walk looks at one path at a time. Where the object begins at a path, the same commit may have removed it from
//! another: then it goes on there. Where nothing was removed, it goes on at the same path, since the object may have
//! been there before, and returned.

use super::find::is_manifest;
use super::reader::Reader;
use super::row::{self, Row};
use super::state::{self, Content, State};
use crate::git::{self, Commit, CommitId, Filter, PathStep, RepoPath, Repository};
use crate::manifest::Identity;
use crate::snapshot::{Renderings, Role, markers};
use std::slice;
use std::sync::Arc;

/// A workload through the history.
#[derive(Clone, Debug)]
pub struct Lineage {
    pub identity: Identity,
    /// Where it stands, or stood last.
    pub path: RepoPath,
    /// All that happened to it, the oldest first.
    pub rows: Vec<Row>,
    /// Whether the clone is shallow, so that nothing has a number.
    pub shallow: bool,
}

/// One commit's change to the file that the walk is at.
pub(super) struct Step {
    pub commit: Commit,
    pub path: RepoPath,
    /// Whether it stood in another file before.
    pub moved: bool,
    pub after: Content,
    /// Whether a file is there at the commit without which nothing renders this one.
    pub marked: bool,
    /// Whether the state before is beyond the boundary of a shallow clone.
    pub cut: bool,
}

impl Lineage {
    /// Walks back from `tip`, where the object stands (or stood last) at `path`.
    ///
    /// # Errors
    /// What git cannot read. A manifest that cannot be read is a row.
    pub fn walk(
        repository: &Repository,
        tip: CommitId,
        identity: &Identity,
        path: &RepoPath,
    ) -> Result<Lineage, git::Error> {
        let reader = Reader::new(repository, identity.clone());
        let freely = rendered_freely(repository, tip, path)?;
        let mut walk = Walk { repository, reader, freely, steps: Vec::new() };
        let mut at = Some((tip, path.clone()));
        while let Some((tip, path)) = at {
            at = walk.along(tip, &path)?;
        }
        let rows = row::rows(repository, walk.steps)?;
        Ok(Lineage { identity: identity.clone(), path: path.clone(), rows, shallow: repository.is_shallow() })
    }

    /// The newest state that can be read, with its row.
    pub fn current(&self) -> Option<(&Row, &Arc<State>)> {
        self.rows.iter().rev().find_map(|row| row.state.as_ref().map(|state| (row, state)))
    }
}

/// A workload as it stands in one file of a commit, if it does and can be read.
///
/// # Errors
/// What git cannot read.
pub fn state_at(
    repository: &Repository,
    commit: CommitId,
    path: &RepoPath,
    identity: &Identity,
) -> Result<Option<Arc<State>>, git::Error> {
    let Some(blob) = repository.file(commit, path)? else {
        return Ok(None);
    };
    Ok(state::read(&repository.blob(blob)?, identity).here().cloned())
}

struct Walk<'r> {
    repository: &'r Repository,
    reader: Reader<'r>,
    /// Whether files may be rendered from anywhere.
    freely: bool,
    /// Newest first.
    steps: Vec<Step>,
}

impl Walk<'_> {
    /// Walks one path; gives the commit and the path to go on at, if the object came from another.
    fn along(&mut self, tip: CommitId, path: &RepoPath) -> Result<Option<(CommitId, RepoPath)>, git::Error> {
        let markers = markers(path);
        let mut there = Vec::with_capacity(markers.len());
        for marker in &markers {
            there.push(self.repository.file(tip, marker)?.is_some());
        }
        let mut waiting = Vec::new();
        for at in self.repository.paths_walk(tip, &[slice::from_ref(path), &markers].concat())? {
            let mut ended = false;
            for (place, step) in at?.steps {
                let Some(marker) = place.checked_sub(1) else {
                    self.reader.ask(step.after)?;
                    self.reader.ask(step.before)?;
                    waiting.push((step, self.freely || there.contains(&true)));
                    ended = step.before.is_none() || step.after.is_none();
                    continue;
                };
                there[marker] = step.before.is_some();
            }
            // The file began or ended here: whether the walk goes on has to be known before it does.
            if ended && let Some(next) = self.take(&mut waiting, path)? {
                return Ok(next.elsewhere);
            }
        }
        Ok(self.take(&mut waiting, path)?.and_then(|next| next.elsewhere))
    }

    /// Turns the steps into changes of the object; gives where the walk leaves the path, if it does.
    fn take(&mut self, waiting: &mut Vec<(PathStep, bool)>, path: &RepoPath) -> Result<Option<Next>, git::Error> {
        for (step, marked) in waiting.drain(..) {
            let (before, after) = (self.reader.get(step.before)?, self.reader.get(step.after)?);
            let moved_from = match (&before, &after) {
                (Content::Absent, Content::Absent) => continue,
                (Content::Absent, Content::Here(state)) if !step.cut => self.moved(step, state)?,
                (Content::Here(state), Content::Absent) if self.moved(step, state)?.is_some() => {
                    return Ok(Some(Next { elsewhere: None }));
                }
                _ => None,
            };
            let commit = self.repository.commit(step.commit)?;
            let parent = commit.parents.first().copied();
            let moved = moved_from.is_some();
            self.steps.push(Step { commit, path: path.clone(), moved, after, marked, cut: step.cut });
            if let Some(from) = moved_from {
                return Ok(Some(Next { elsewhere: parent.map(|parent| (parent, from)) }));
            }
        }
        Ok(None)
    }

    /// Where the object that begins or ends here was, if the same commit moved it: the file that lost it.
    fn moved(&mut self, step: PathStep, state: &State) -> Result<Option<RepoPath>, git::Error> {
        let mut exchange = Exchange::default();
        for change in self.repository.changes(step.commit, &Filter::named(&is_manifest))? {
            let (before, after) = (self.reader.get(change.before)?, self.reader.get(change.after)?);
            let (side, other) = match (before, after) {
                (Content::Here(other), Content::Absent) => (&mut exchange.lost, other),
                (Content::Absent, Content::Here(other)) => (&mut exchange.gained, other),
                _ => continue,
            };
            // Between files only the very same namespace makes it the same object.
            if other.identity.namespace == state.identity.namespace {
                side.push((change.path, other));
            }
        }
        Ok(exchange.origin(state))
    }
}

/// Whether something renders the file at the tip though nothing that could stands above it: then kustomize is let off
/// its rule, as Flux does it.
fn rendered_freely(repository: &Repository, tip: CommitId, path: &RepoPath) -> Result<bool, git::Error> {
    let role = Renderings::new(repository)?.role(tip, path)?;
    let mut marked = false;
    for marker in markers(path) {
        marked |= repository.file(tip, &marker)?.is_some();
    }
    Ok(role != Role::Plain && !marked)
}

/// The files that lost an object at a commit, and those that gained it.
#[derive(Default)]
struct Exchange {
    lost: Vec<(RepoPath, Arc<State>)>,
    gained: Vec<(RepoPath, Arc<State>)>,
}

impl Exchange {
    /// The file that the object came from: the only one; of several the one whose template is the same.
    fn origin(self, state: &State) -> Option<RepoPath> {
        let narrow = |side: Vec<(RepoPath, Arc<State>)>| -> Vec<RepoPath> {
            side.into_iter().filter(|(_, other)| other.canonical == state.canonical).map(|(path, _)| path).collect()
        };
        if let ([(from, _)], [_]) = (&self.lost[..], &self.gained[..]) {
            return Some(from.clone());
        }
        match (&narrow(self.lost)[..], narrow(self.gained).len()) {
            ([from], 1) => Some(from.clone()),
            _ => None,
        }
    }
}

/// The walk leaves the path: to another one, or because the object is not this lineage's any more.
struct Next {
    elsewhere: Option<(CommitId, RepoPath)>,
}
