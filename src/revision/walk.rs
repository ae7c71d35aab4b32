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
use super::contents::{Care, Content, Contents, Namespace};
use super::exchange::Exchange;
use super::hydrator;
use super::shelf::Shelf;
use super::state::State;
use crate::git::{self, BlobId, CommitId, PathStep, RepoPath};
use crate::manifest::Identity;
use crate::snapshot::{Renderings, Role, markers};
use std::slice;
use std::sync::Arc;

/// One commit's change to the file that the walk is at.
pub(super) struct Step {
    pub commit: CommitId,
    pub path: RepoPath,
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

/// Walks back from `tip`, where the object stands (or stood last) at `path`; gives the steps, newest first. Whether its
/// namespace is certain makes a difference where it cannot be read: an object like it may be meant then.
///
/// # Errors
/// What git cannot read.
pub(super) fn walk(
    chronicle: &dyn Chronicle,
    shelf: &mut dyn Shelf,
    renderings: &mut Renderings<'_>,
    tip: CommitId,
    (identity, path): (&Identity, &RepoPath),
    is_certain: bool,
) -> Result<Vec<Step>, git::Error> {
    let freely = rendered_freely(chronicle, renderings, tip, path)?;
    let mut walk = Walk { freely, seen: is_certain, ..Walk::new(chronicle, shelf, identity) };
    let mut at = Some((tip, path.clone()));
    while let Some((tip, path)) = at {
        at = walk.along(tip, &path)?;
    }
    Ok(walk.steps)
}

/// What a commit did with an object of a file.
pub(super) enum Fate {
    /// It is in the file still, or is gone with it.
    Here,
    /// It lives on in a file that cannot be read.
    InDoubt(RepoPath),
    /// It lives on in another file or namespace.
    Elsewhere,
}

/// What a commit that changed a file did with an object that was in it.
///
/// # Errors
/// What git cannot read.
pub(super) fn fate(
    chronicle: &dyn Chronicle,
    shelf: &mut dyn Shelf,
    commit: CommitId,
    (identity, path): (&Identity, &RepoPath),
) -> Result<Fate, git::Error> {
    let exchange = Walk::new(chronicle, shelf, identity).exchange(commit, None, true)?;
    Ok(match exchange.doubtful_home(path, &identity.namespace) {
        Some(doubtful) => Fate::InDoubt(doubtful.clone()),
        None if exchange.takes_away(path, &identity.namespace) => Fate::Elsewhere,
        None => Fate::Here,
    })
}

struct Walk<'w> {
    chronicle: &'w dyn Chronicle,
    shelf: &'w mut dyn Shelf,
    identity: &'w Identity,
    /// Whether files may be rendered from anywhere.
    freely: bool,
    /// The namespace that the object names where the walk is: one can appear or go.
    namespace: Namespace,
    /// The file as it had the object last, if it was there or may have been.
    newer: Option<Arc<Contents>>,
    /// Whether the object was seen, so that its namespace is known.
    seen: bool,
    /// Newest first.
    steps: Vec<Step>,
}

impl<'w> Walk<'w> {
    fn new(chronicle: &'w dyn Chronicle, shelf: &'w mut dyn Shelf, identity: &'w Identity) -> Self {
        let namespace = identity.namespace.clone();
        Walk { chronicle, shelf, identity, freely: false, namespace, newer: None, seen: false, steps: Vec::new() }
    }

    /// Walks one path; gives the commit and the path to go on at, if the object came from another.
    fn along(&mut self, tip: CommitId, path: &RepoPath) -> Result<Option<(CommitId, RepoPath)>, git::Error> {
        let (markers, metadata) = (markers(path), hydrator::metadata_paths(path));
        let mut there = standing(self.chronicle, tip, &markers)?;
        let mut waiting = Vec::new();
        for at in self.chronicle.steps(tip, &[slice::from_ref(path), &markers, &metadata].concat())? {
            let (here, beside): (Vec<_>, Vec<_>) = at?.steps.into_iter().partition(|(place, _)| *place == 0);
            let (of_markers, of_metadata): (Vec<_>, Vec<_>) =
                beside.into_iter().partition(|(place, _)| *place <= markers.len());
            let marked = self.freely || there.contains(&true);
            for (place, step) in of_markers {
                there[place - 1] = step.before.is_some();
            }
            let Some((_, step)) = here.first() else { continue };
            self.shelf.ask(step.after, Care::Thorough)?;
            self.shelf.ask(step.before, Care::Thorough)?;
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
            let (before, after) = self.look(step)?;
            let moved_from = match (&before, &after) {
                (Content::Absent, Content::Absent) => continue,
                _ if step.cut => None,
                (Content::Absent, _) | (Content::Unreadable { .. }, Content::Here(_)) => {
                    self.origin(step.commit, path, &after)?
                }
                // Where the walk has not begun yet, it was asked for what is gone.
                (_, Content::Absent | Content::Unreadable { names_it: false, .. })
                    if !self.steps.is_empty()
                        && self.exchange(step.commit, None, true)?.takes_away(path, &self.namespace) =>
                {
                    return Ok(Some(Next { elsewhere: None }));
                }
                _ => None,
            };
            let (commit, moved) = (step.commit, moved_from.is_some());
            self.steps.push(Step { commit, path: path.clone(), moved, after, marked, hydrator, cut: step.cut });
            if let Some(from) = moved_from {
                return Ok(Some(Next { elsewhere: self.chronicle.parent(commit)?.map(|parent| (parent, from)) }));
            }
        }
        Ok(None)
    }

    /// What the file has of the object before and after a step.
    fn look(&mut self, step: PathStep) -> Result<(Content, Content), git::Error> {
        let before = self.shelf.get(step.before, Care::Thorough)?;
        let after = self.shelf.get(step.after, Care::Thorough)?;
        let now = after.content(after.state(&self.namespace));
        match &now {
            Content::Here(_) => (self.newer, self.seen) = (Some(after), true),
            Content::Absent => self.newer = None,
            Content::Unreadable { .. } => {}
        }
        let earlier = match &self.newer {
            Some(newer) => before.before(newer, &self.namespace),
            None if self.seen => before.state(&self.namespace),
            None => before.state_like(&self.namespace),
        };
        if let Some(earlier) = earlier {
            self.namespace.clone_from(&earlier.identity.namespace);
            self.seen = true;
        }
        Ok((before.content(earlier), now))
    }

    /// The file that the object was in before, if the commit at which this one gained it moved it.
    fn origin(&mut self, commit: CommitId, path: &RepoPath, after: &Content) -> Result<Option<RepoPath>, git::Error> {
        let exchange = self.exchange(commit, Some(path), true)?;
        if let Content::Here(state) = after {
            return Ok(exchange.origin(path, state).cloned());
        }
        let Some((from, state)) = exchange.origin_of_doubt(path) else { return Ok(None) };
        let there = &state.identity.namespace;
        let alike = there.is_none() || self.namespace.is_none();
        let may_change = !self.seen || (self.newer.is_some() && alike);
        if *there != self.namespace && !may_change {
            return Ok(None);
        }
        self.namespace.clone_from(there);
        Ok(Some(from.clone()))
    }

    /// What the files of a commit lost and gained. What the file `at` held before is known even where it could not be
    /// read and has no word of it. To `follow` is to ask what moved into files while they could not be read.
    fn exchange(&mut self, commit: CommitId, at: Option<&RepoPath>, follow: bool) -> Result<Exchange, git::Error> {
        let mut exchange = Exchange::default();
        for change in self.chronicle.changes(commit, self.identity)? {
            let care = if at == Some(&change.path) { Care::Thorough } else { Care::Prefilter };
            let mut before = self.shelf.get(change.before, care)?;
            let after = self.shelf.get(change.after, Care::Prefilter)?;
            let was_in_doubt = before.may_have_more();
            if before.is_unreadable() {
                let older = self.remembered(commit, &change.path, follow)?;
                before = Arc::new(before.or_as_in(&older));
            }
            let place = |state: &Arc<State>| (change.path.clone(), state.clone());
            exchange.lost.extend(before.lost(&after).map(place));
            exchange.gained.extend(before.gained(&after).map(place));
            exchange.renamed.extend(before.renamed(&after).map(place));
            let nothing_seen = before.states().is_empty() && after.states().is_empty();
            if after.may_have_more() && !was_in_doubt && nothing_seen {
                exchange.doubtful.push(change.path);
            }
        }
        Ok(exchange)
    }

    /// What is known of a file that cannot be read before a commit: what it held when it could be. To `follow` is to ask
    /// what moved into it, and out of it, since.
    fn remembered(&mut self, commit: CommitId, path: &RepoPath, follow: bool) -> Result<Arc<Contents>, git::Error> {
        let mut left: Vec<Namespace> = Vec::new();
        for at in self.chronicle.steps(commit, slice::from_ref(path))? {
            let step = at?.steps[0].1;
            let before = self.shelf.get(step.before, Care::Thorough)?;
            let after = self.shelf.get(step.after, Care::Thorough)?;
            let may_have_left = step.commit != commit && after.is_unreadable() && !after.may_have_more();
            if before.is_unreadable() && !(follow && may_have_left) {
                continue;
            }
            if !follow {
                return Ok(before);
            }
            let exchange = self.exchange(step.commit, None, false)?;
            left.extend(exchange.leavers(path));
            if !before.is_unreadable() {
                let stayed = |state: &&Arc<State>| !left.contains(&state.identity.namespace);
                let came = exchange.origin_of_doubt(path).map(|(_, state)| state);
                let states = before.states().iter().filter(stayed).chain(came).cloned();
                return Ok(Arc::new(Contents::of(states.collect())));
            }
        }
        Ok(Arc::default())
    }
}

/// Whether something renders the file at the tip though nothing that could stands above it: then kustomize is let off
/// its rule, as Flux does it.
fn rendered_freely(
    chronicle: &dyn Chronicle,
    renderings: &mut Renderings<'_>,
    tip: CommitId,
    path: &RepoPath,
) -> Result<bool, git::Error> {
    let role = renderings.role(tip, path)?;
    Ok(role != Role::Plain && !standing(chronicle, tip, &markers(path))?.contains(&true))
}

/// Which of the files are there at a commit.
fn standing(chronicle: &dyn Chronicle, commit: CommitId, paths: &[RepoPath]) -> Result<Vec<bool>, git::Error> {
    paths.iter().map(|path| Ok(chronicle.file(commit, path)?.is_some())).collect()
}

/// The walk leaves the path: to another one, or because the object is not this lineage's any more.
struct Next {
    elsewhere: Option<(CommitId, RepoPath)>,
}
