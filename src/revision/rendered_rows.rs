//! The rows of commits that changed how a workload is rendered, among those of its own file.

use super::book::{Book, Window};
use super::change::Change;
use super::rerender::{Rerender, rerenders};
use super::row::{Event, Mark};
use super::scribe::Track;
use super::state::{Body, State};
use crate::git::{self, BlobId, RepoPath, Repository};
use crate::manifest;
use crate::snapshot::Role;
use crate::yaml::Dialect;
use std::collections::HashMap;

impl Book<'_> {
    /// Adds to the lineages of workloads what the commits of a window changed of their rendering: rows of their own, or a
    /// word more in the row of a commit that changed the workload's file too.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn add_renderings(&mut self, window: &Window) -> Result<(), git::Error> {
        let entries = self.journal.entries();
        let is_in = |time: i64| window.since.is_none_or(|since| time >= since);
        let Some(oldest) = entries.iter().rposition(|entry| !entry.changes.is_empty() && is_in(entry.time)) else {
            return Ok(());
        };
        let mut renderings = self.renderings()?;
        let rerenders = rerenders(self.repository, &self.journal, &mut renderings, oldest)?;
        let mut images = Images { repository: self.repository, read: HashMap::new() };
        let by_path = self.tracks_by_path();
        let mut added: Vec<(usize, usize, Mark)> = Vec::new();
        for rerender in &rerenders {
            let time = entries[rerender.place].time;
            if !window.has(time, &rerender.path) {
                continue;
            }
            for &track in by_path.get(&rerender.path).into_iter().flatten() {
                if let Some(at) = self.row_at(&self.lineages[track], rerender)
                    && images.are_concerned(&self.lineages[track].marks[at].event, rerender)?
                {
                    added.push((track, at, self.mark(&self.lineages[track].marks[at].event, rerender)));
                }
            }
        }
        // The newest first, so that the places of those before stay right.
        for (track, at, mark) in added.into_iter().rev() {
            self.lineages[track].take(at, mark);
        }
        Ok(())
    }

    fn tracks_by_path(&self) -> HashMap<RepoPath, Vec<usize>> {
        let mut by_path: HashMap<RepoPath, Vec<usize>> = HashMap::new();
        for (place, track) in self.lineages.iter().enumerate() {
            for mark in &track.marks {
                let tracks = by_path.entry(mark.event.path.clone()).or_default();
                if tracks.last() != Some(&place) {
                    tracks.push(place);
                }
            }
        }
        by_path
    }

    /// The row that tells how a lineage was after a commit, if its file was the one that is meant.
    fn row_at(&self, track: &Track, rerender: &Rerender) -> Option<usize> {
        let newer = track.marks.iter().rposition(|mark| self.journal.place(mark.commit) >= rerender.place);
        newer.filter(|at| {
            let event = &track.marks[*at].event;
            event.path == rerender.path && !event.is_removal()
        })
    }

    fn mark(&self, event: &Event, rerender: &Rerender) -> Mark {
        let state = event.state.clone().or_else(|| event.before.clone());
        Mark {
            commit: self.journal.entries()[rerender.place].commit,
            annotation: None,
            hydrator: None,
            event: Event {
                change: vec![Change::Rendering],
                revision: None,
                before: state.clone(),
                state,
                role: rerender.role.clone(),
                // What the rendering was before may be anything, and what it is now if there is one.
                ran: None,
                runs: event.runs.clone().filter(|_| rerender.role == Role::Plain),
                error: None,
                rendering: rerender.by.clone(),
                stale_annotation: None,
                revert_of: None,
                ..event.clone()
            },
        }
    }
}

impl Track {
    /// Takes a row behind the one at a place, or into it where both are of one commit. What was added or cannot be read
    /// says enough.
    fn take(&mut self, at: usize, mark: Mark) {
        let own = &mut self.marks[at];
        if own.commit != mark.commit {
            self.marks.insert(at + 1, mark);
        } else if !own.event.change.iter().any(|change| matches!(change, Change::Added | Change::Unreadable)) {
            own.event.change.push(Change::Rendering);
            own.event.rendering = mark.event.rendering;
        }
    }
}

/// The images of the states of a history, all containers' ones.
struct Images<'r> {
    repository: &'r Repository,
    read: HashMap<(BlobId, manifest::Identity), Vec<String>>,
}

impl Images<'_> {
    /// Whether a workload's template may be changed by what changed of its rendering.
    fn are_concerned(&mut self, event: &Event, rerender: &Rerender) -> Result<bool, git::Error> {
        let Some(state) = event.state.as_ref().or(event.before.as_ref()).filter(|state| state.is_workload()) else {
            return Ok(false);
        };
        Ok(rerender.difference.anything
            || self.of(state)?.is_none_or(|images| rerender.concerns(&state.identity, images)))
    }

    /// The images of a state, if they can be read.
    fn of(&mut self, state: &State) -> Result<Option<&Vec<String>>, git::Error> {
        let Body::Blob(blob) = state.body else { return Ok(None) };
        let key = (blob, state.identity.clone());
        if !self.read.contains_key(&key) {
            let objects = manifest::read(&self.repository.blob(blob)?, Dialect::Kubectl).objects;
            let object = objects.iter().rev().find(|object| object.identity == state.identity);
            let images = object.map(|object| object.all_images().into_iter().map(str::to_owned).collect());
            self.read.insert(key.clone(), images.unwrap_or_default());
        }
        Ok(self.read.get(&key))
    }
}
