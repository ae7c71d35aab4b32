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

use super::contents::{Care, Content, Contents, Namespace};
use super::exchange::Exchange;
use super::find::is_manifest;
use super::reader::Reader;
use super::row::{self, Row};
use super::state::State;
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
        let mut walk = Walk {
            repository,
            reader: Reader::new(repository, identity.clone()),
            freely: rendered_freely(repository, tip, path)?,
            namespace: identity.namespace.clone(),
            newer: None,
            seen: false,
            steps: Vec::new(),
        };
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
    Ok(Contents::read(&repository.blob(blob)?, identity, Care::Prefilter).state_like(&identity.namespace).cloned())
}

struct Walk<'r> {
    repository: &'r Repository,
    reader: Reader<'r>,
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

impl Walk<'_> {
    /// Walks one path; gives the commit and the path to go on at, if the object came from another.
    fn along(&mut self, tip: CommitId, path: &RepoPath) -> Result<Option<(CommitId, RepoPath)>, git::Error> {
        let markers = markers(path);
        let mut there = standing(self.repository, tip, &markers)?;
        let mut waiting = Vec::new();
        for at in self.repository.paths_walk(tip, &[slice::from_ref(path), &markers].concat())? {
            let (here, of_markers): (Vec<_>, Vec<_>) = at?.steps.into_iter().partition(|(place, _)| *place == 0);
            let marked = self.freely || there.contains(&true);
            for (place, step) in of_markers {
                there[place - 1] = step.before.is_some();
            }
            let Some((_, step)) = here.first() else { continue };
            self.reader.ask(step.after, Care::Thorough)?;
            self.reader.ask(step.before, Care::Thorough)?;
            waiting.push((*step, marked));
            // The file began or ended here: whether the walk goes on has to be known before it does.
            let ended = step.before.is_none() || step.after.is_none();
            if ended && let Some(next) = self.take(&mut waiting, path)? {
                return Ok(next.elsewhere);
            }
        }
        Ok(self.take(&mut waiting, path)?.and_then(|next| next.elsewhere))
    }

    /// Turns the steps into changes of the object; gives where the walk leaves the path, if it does.
    fn take(&mut self, waiting: &mut Vec<(PathStep, bool)>, path: &RepoPath) -> Result<Option<Next>, git::Error> {
        for (step, marked) in waiting.drain(..) {
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

    /// What the file has of the object before and after a step.
    fn look(&mut self, step: PathStep) -> Result<(Content, Content), git::Error> {
        let before = self.reader.get(step.before, Care::Thorough)?;
        let after = self.reader.get(step.after, Care::Thorough)?;
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
        for change in self.repository.changes(commit, &Filter::named(&is_manifest))? {
            let care = if at == Some(&change.path) { Care::Thorough } else { Care::Prefilter };
            let mut before = self.reader.get(change.before, care)?;
            let after = self.reader.get(change.after, Care::Prefilter)?;
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
        for step in self.repository.path_walk(commit, path)? {
            let step = step?;
            let before = self.reader.get(step.before, Care::Thorough)?;
            let after = self.reader.get(step.after, Care::Thorough)?;
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
fn rendered_freely(repository: &Repository, tip: CommitId, path: &RepoPath) -> Result<bool, git::Error> {
    let role = Renderings::new(repository)?.role(tip, path)?;
    Ok(role != Role::Plain && !standing(repository, tip, &markers(path))?.contains(&true))
}

/// Which of the files are there at a commit.
fn standing(repository: &Repository, commit: CommitId, paths: &[RepoPath]) -> Result<Vec<bool>, git::Error> {
    paths.iter().map(|path| Ok(repository.file(commit, path)?.is_some())).collect()
}

/// The walk leaves the path: to another one, or because the object is not this lineage's any more.
struct Next {
    elsewhere: Option<(CommitId, RepoPath)>,
}
