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

use super::chronicle::Chronicle;
use super::contents::{Content, Namespace};
use super::holdings::Holdings;
use super::hydrator;
use super::shelf::Shelf;
use super::state::State;
use crate::git::{self, BlobId, CommitId, PathStep, RepoPath};
use crate::manifest::Identity;
use crate::snapshot::{Role, markers};
use std::slice;
use std::sync::Arc;

/// One commit's change to the file that the walk is at.
pub(super) struct Step {
    pub commit: CommitId,
    pub path: RepoPath,
    /// The file after the commit.
    pub blob: Option<BlobId>,
    /// Whether it stood in another file before.
    pub moved: bool,
    pub after: Content,
    /// Whether a file is there at the commit without which nothing renders this one.
    pub marked: bool,
    /// The metadata that a hydrator wrote for it at the commit.
    pub hydrator: Option<BlobId>,
    /// Whether the state before is beyond the boundary of a shallow clone.
    pub cut: bool,
}

/// A step whose blobs are being read.
struct Waiting {
    step: PathStep,
    marked: bool,
    hydrator: Option<BlobId>,
}

/// Walks back from `tip`, where the object stands (or stood last) at `path`, which has that role there; gives the steps,
/// newest first. Whether its namespace is certain makes a difference where it cannot be read: an object like it may be
/// meant then.
///
/// # Errors
/// What git cannot read.
pub(super) fn walk(
    chronicle: &dyn Chronicle,
    shelf: &mut dyn Shelf,
    tip: CommitId,
    (identity, path, role): (&Identity, &RepoPath, &Role),
    is_certain: bool,
) -> Result<Vec<Step>, git::Error> {
    // Kustomize is let off its rule, as Flux does it, where something renders the file though nothing that could stands
    // above it.
    let freely = *role != Role::Plain && !standing(chronicle, tip, &markers(path))?.contains(&true);
    let holdings = Holdings::new(chronicle, shelf, identity);
    let namespace = identity.namespace.clone();
    let mut walk = Walk { holdings, freely, namespace, met: is_certain, steps: Vec::new() };
    let mut at = Some((tip, path.clone()));
    while let Some((tip, path)) = at {
        at = walk.along(tip, &path)?;
    }
    Ok(walk.steps)
}

struct Walk<'w> {
    holdings: Holdings<'w>,
    /// Whether files may be rendered from anywhere.
    freely: bool,
    /// The namespace that the object names where the walk is: one can appear or go.
    namespace: Namespace,
    /// Whether the object was met, so that its namespace is known.
    met: bool,
    /// Newest first.
    steps: Vec<Step>,
}

/// What a file has of the object around a commit.
struct Look {
    before: Option<Arc<State>>,
    after: Option<Arc<State>>,
    /// The latter as far as it can be read.
    content: Content,
}

impl Walk<'_> {
    /// Walks one path; gives the commit and the path to go on at, if the object came from another.
    fn along(&mut self, tip: CommitId, path: &RepoPath) -> Result<Option<(CommitId, RepoPath)>, git::Error> {
        let (markers, metadata) = (markers(path), hydrator::metadata_paths(path));
        let mut there = standing(self.holdings.chronicle, tip, &markers)?;
        let mut waiting = Vec::new();
        for at in self.holdings.chronicle.steps(tip, &[slice::from_ref(path), &markers, &metadata].concat())? {
            let (here, beside): (Vec<_>, Vec<_>) = at?.steps.into_iter().partition(|(place, _)| *place == 0);
            let (of_markers, of_metadata): (Vec<_>, Vec<_>) =
                beside.into_iter().partition(|(place, _)| *place <= markers.len());
            let marked = self.freely || there.contains(&true);
            for (place, step) in of_markers {
                there[place - 1] = step.before.is_some();
            }
            let Some((_, step)) = here.first() else { continue };
            self.holdings.shelf.ask(step.after)?;
            self.holdings.shelf.ask(step.before)?;
            let nearest = of_metadata.iter().min_by_key(|(place, _)| *place);
            waiting.push(Waiting { step: *step, marked, hydrator: nearest.and_then(|(_, step)| step.after) });
            // The file began or ended here: whether the walk goes on has to be known before it does.
            let ended = step.before.is_none() || step.after.is_none();
            if ended && let Some(next) = self.take(&mut waiting, path)? {
                return Ok(next.elsewhere);
            }
        }
        Ok(self.take(&mut waiting, path)?.and_then(|next| next.elsewhere))
    }

    /// Turns the steps into changes of the object; gives where the walk leaves the path, if it does.
    fn take(&mut self, waiting: &mut Vec<Waiting>, path: &RepoPath) -> Result<Option<Next>, git::Error> {
        for Waiting { step, marked, hydrator } in waiting.drain(..) {
            let look = self.look(step, path)?;
            let moved_from = match (&look.before, &look.after, &look.content) {
                (None, None, Content::Absent) => continue,
                _ if step.cut => None,
                (None, Some(state), _) => self.holdings.exchange(step.commit)?.origin(path, state).cloned(),
                // Where the walk has not begun yet, it was asked for what is gone.
                (Some(state), None, _) if !self.steps.is_empty() => {
                    let exchange = self.holdings.exchange(step.commit)?;
                    if exchange.takes_away(path, &state.identity.namespace) {
                        return Ok(Some(Next { elsewhere: None }));
                    }
                    None
                }
                _ => None,
            };
            let (commit, moved, after) = (step.commit, moved_from.is_some(), look.content);
            let (path, blob) = (path.clone(), step.after);
            self.steps.push(Step { commit, path, blob, moved, after, marked, hydrator, cut: step.cut });
            if let Some(from) = moved_from {
                let parent = self.holdings.chronicle.parent(commit)?;
                return Ok(Some(Next { elsewhere: parent.map(|parent| (parent, from)) }));
            }
        }
        Ok(None)
    }

    /// What the file has of the object before and after a step; the walk goes on with the namespace from before.
    fn look(&mut self, step: PathStep, path: &RepoPath) -> Result<Look, git::Error> {
        let [before, after] = self.holdings.around(step.commit, path, [step.before, step.after])?;
        let now = if self.met { after.state(&self.namespace) } else { after.state_like(&self.namespace) };
        self.met |= now.is_some();
        let earlier = match now {
            Some(now) => before.before(&after, &now.identity.namespace),
            None if self.met => before.state(&self.namespace),
            None => before.state_like(&self.namespace),
        };
        self.met |= earlier.is_some();
        if let Some(state) = earlier.or(now) {
            self.namespace.clone_from(&state.identity.namespace);
        }
        Ok(Look { before: earlier.cloned(), after: now.cloned(), content: after.content(now) })
    }
}

/// Which of the files are there at a commit.
fn standing(chronicle: &dyn Chronicle, commit: CommitId, paths: &[RepoPath]) -> Result<Vec<bool>, git::Error> {
    paths.iter().map(|path| Ok(chronicle.file(commit, path)?.is_some())).collect()
}

/// The walk leaves the path: to another one, or because the object is not this lineage's any more.
struct Next {
    elsewhere: Option<(CommitId, RepoPath)>,
}
