//! The rows of commits that changed how a workload is rendered, among those of its own file.

use super::book::{Book, Window};
use super::change::Change;
use super::rerender::{Rerender, rerenders};
use super::row::{Event, Mark};
use super::state::{Body, State};
use super::track::{Noted, Track};
use crate::git::{self, BlobId, CommitId, RepoPath, Repository};
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
        if !self.renders {
            return Ok(());
        }
        let journal = self.journal()?;
        let entries = journal.entries();
        let is_in = |time: i64| window.since.is_none_or(|since| time >= since);
        let Some(oldest) = entries.iter().rposition(|entry| !entry.changes.is_empty() && is_in(entry.time)) else {
            return Ok(());
        };
        let mut renderings = self.renderings()?;
        let rerenders = rerenders(self.repository, journal, &mut renderings, oldest)?;
        let mut images = Images { repository: self.repository, read: HashMap::new() };
        let by_path = self.tracks_by_path();
        let mut added: Vec<(usize, usize, Noted)> = Vec::new();
        for rerender in &rerenders {
            let time = entries[rerender.place].time;
            if !window.has(time, &rerender.path) {
                continue;
            }
            for &track in by_path.get(&rerender.path).into_iter().flatten() {
                let notes = &self.lineages[track].notes;
                let Some(at) = row_at(notes, rerender) else { continue };
                let event = &notes[at].mark(&self.library)?.event;
                if !event.is_removal() && images.are_concerned(event, rerender)? {
                    let mark = mark(entries[rerender.place].commit, event, rerender);
                    added.push((track, at, Noted::read(mark, journal)));
                }
            }
        }
        // The newest first, so that the places of those before stay right.
        for (track, at, noted) in added.into_iter().rev() {
            self.lineages[track].take(at, noted);
        }
        self.places.take();
        Ok(())
    }

    fn tracks_by_path(&self) -> HashMap<RepoPath, Vec<usize>> {
        let mut by_path: HashMap<RepoPath, Vec<usize>> = HashMap::new();
        for (place, track) in self.lineages.iter().enumerate() {
            for noted in &track.notes {
                let tracks = by_path.entry((*noted.path).clone()).or_default();
                if tracks.last() != Some(&place) {
                    tracks.push(place);
                }
            }
        }
        by_path
    }
}

/// The row that tells how a lineage was after a commit, if its file was the one that is meant.
fn row_at(notes: &[Noted], rerender: &Rerender) -> Option<usize> {
    let newer = notes.iter().rposition(|noted| noted.place >= rerender.place);
    newer.filter(|at| *notes[*at].path == rerender.path)
}

/// The row of a commit that changed the rendering of what stood there since an event.
fn mark(commit: CommitId, event: &Event, rerender: &Rerender) -> Mark {
    let state = event.state.clone().or_else(|| event.before.clone());
    Mark {
        commit,
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

impl Track {
    /// Takes a row behind the one at a place, or into it where both are of one commit. What was added or cannot be read
    /// says enough.
    fn take(&mut self, at: usize, noted: Noted) {
        let own = &mut self.notes[at];
        if own.commit != noted.commit {
            self.notes.insert(at + 1, noted);
        } else if let (Some(own), Some(mark)) = (own.read_mark(), noted.into_mark())
            && !own.event.change.iter().any(|change| matches!(change, Change::Added | Change::Unreadable))
        {
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
