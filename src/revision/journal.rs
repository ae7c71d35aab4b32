//! The first-parent history in memory: which commit changed which manifest. Whoever asks for many workloads, or for all
//! that happened, walks git once and asks here.

use super::find::is_manifest;
use super::index::Index;
use super::line::{Entry, Line, Watch};
use crate::git::{self, BlobId, Change, CommitId, IdMap, PathStep, PathsStep, RepoPath, Repository};
use std::collections::HashMap;

/// Where a change stands: its entry, and its place in that.
type Place = (usize, usize);

/// The line from a tip to its beginning.
pub(super) struct Journal {
    /// Newest first.
    entries: Vec<Entry>,
    by_commit: IdMap<CommitId, usize>,
    /// Newest first.
    by_path: HashMap<RepoPath, Vec<Place>>,
}

impl Journal {
    /// The line of `tip`: what the index knows of it, and the rest from git.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn read(repository: &Repository, tip: CommitId, index: &Index) -> Result<Journal, git::Error> {
        let line = Line::new(repository, index, Watch::Manifests, tip);
        Ok(Journal::of(line.collect::<Result<_, _>>()?))
    }

    /// The journal of a line, newest first.
    fn of(entries: Vec<Entry>) -> Journal {
        let by_commit = entries.iter().enumerate().map(|(place, entry)| (entry.commit, place)).collect();
        let mut by_path: HashMap<RepoPath, Vec<Place>> = HashMap::new();
        for (entry, place, change) in changes(&entries) {
            match by_path.get_mut(&change.path) {
                Some(places) => places.push((entry, place)),
                None => _ = by_path.insert(change.path.clone(), vec![(entry, place)]),
            }
        }
        Journal { entries, by_commit, by_path }
    }

    /// The commits, newest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The manifests of the tip, by path.
    pub fn files(&self) -> impl Iterator<Item = (&RepoPath, BlobId)> {
        let newest = |(path, places): (_, &Vec<Place>)| {
            let (entry, change) = *places.first()?;
            Some((path, self.entries[entry].changes[change].after?))
        };
        let mut files: Vec<_> =
            self.by_path.iter().filter(|(path, _)| is_manifest(path.name())).filter_map(newest).collect();
        files.sort();
        files.into_iter()
    }

    /// Every blob that a manifest of the line ever was, with repetitions: the versions of a file one after another, since
    /// one is read faster behind another like it.
    pub fn blobs(&self) -> impl Iterator<Item = BlobId> {
        let mut files: Vec<_> = self.by_path.iter().filter(|(path, _)| is_manifest(path.name())).collect();
        files.sort_unstable_by_key(|(path, _)| *path);
        let changes = files
            .into_iter()
            .flat_map(|(_, places)| places)
            .map(|&(entry, change)| &self.entries[entry].changes[change]);
        changes.flat_map(|change| [change.after, change.before]).flatten()
    }

    /// How far behind the tip a commit of the line is.
    pub fn place(&self, commit: CommitId) -> usize {
        *self.by_commit.get(&commit).expect("the walks of a journal stay on its line")
    }

    /// The commit before.
    pub fn parent(&self, commit: CommitId) -> Option<CommitId> {
        self.entries.get(self.place(commit) + 1).map(|entry| entry.commit)
    }

    /// The changes of a file at a commit and before, newest first.
    fn changes_of(&self, path: &RepoPath, from: usize) -> impl Iterator<Item = (usize, &Change)> {
        let places = self.by_path.get(path).map_or(&[][..], Vec::as_slice);
        let first = places.partition_point(|(entry, _)| *entry < from);
        places[first..].iter().map(|&(entry, change)| (entry, &self.entries[entry].changes[change]))
    }

    /// The next change of a file after a commit.
    pub fn next_change_of(&self, path: &RepoPath, after: usize) -> Option<(usize, &Change)> {
        let places = self.by_path.get(path)?;
        let newer = places.partition_point(|(entry, _)| *entry < after);
        let (entry, change) = places[..newer].last().copied()?;
        Some((entry, &self.entries[entry].changes[change]))
    }

    /// What a commit did to a file that it changed, with the places of both.
    pub fn change_at(&self, commit: CommitId, path: &RepoPath) -> (usize, usize, &Change) {
        let place = self.place(commit);
        let changes = &self.entries[place].changes;
        let index = changes.iter().position(|change| change.path == *path).expect("a step is a change of its file");
        (place, index, &changes[index])
    }

    /// The file at a path of a commit, if it is one of those that are read.
    pub fn file(&self, commit: CommitId, path: &RepoPath) -> Option<BlobId> {
        self.changes_of(path, self.place(commit)).next().and_then(|(_, change)| change.after)
    }

    /// The steps of some paths from a commit on, as [`Repository::paths_walk`] gives them.
    pub fn steps(&self, tip: CommitId, paths: &[RepoPath]) -> impl Iterator<Item = PathsStep> + use<> {
        let from = self.place(tip);
        let mut steps: Vec<(usize, usize, PathStep)> = Vec::new();
        for (index, path) in paths.iter().enumerate() {
            steps.extend(self.changes_of(path, from).map(|(place, change)| {
                let Entry { commit, cut, .. } = self.entries[place];
                (place, index, PathStep { commit, before: change.before, after: change.after, cut })
            }));
        }
        steps.sort_by_key(|(entry, index, _)| (*entry, *index));
        let mut steps = steps.into_iter().peekable();
        std::iter::from_fn(move || {
            let (entry, index, step) = steps.next()?;
            let mut at = PathsStep { commit: step.commit, steps: vec![(index, step)] };
            while let Some((_, index, step)) = steps.next_if(|(other, ..)| *other == entry) {
                at.steps.push((index, step));
            }
            Some(at)
        })
    }
}

fn changes(entries: &[Entry]) -> impl Iterator<Item = (usize, usize, &Change)> {
    entries
        .iter()
        .enumerate()
        .flat_map(|(entry, of)| of.changes.iter().enumerate().map(move |(place, change)| (entry, place, change)))
}
