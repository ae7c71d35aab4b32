//! Follows every object of a history once.

use super::book::Book;
use super::contents::{Care, Content};
use super::facts::{distinct, is_same};
use super::find::is_manifest;
use super::holdings::Holdings;
use super::row;
use super::track::{Noted, Track};
use super::walk::{self, Step};
use crate::git::{self, CommitId, RepoPath};
use crate::manifest::Identity;
use crate::snapshot::Renderings;
use std::collections::HashSet;

/// An object in a file as a commit left it: the places of the commit, of its change and of the object in the file.
type Presence = (usize, usize, usize);

/// Follows every object of a history once.
pub(super) struct Scribe<'b, 'r> {
    book: &'b Book<'r>,
    tip: CommitId,
    renderings: Renderings<'r>,
    /// What the walks have met.
    met: HashSet<Presence>,
}

impl<'b, 'r> Scribe<'b, 'r> {
    pub fn new(book: &'b Book<'r>, tip: CommitId) -> Result<Self, git::Error> {
        let renderings = book.renderings()?;
        Ok(Scribe { book, tip, renderings, met: HashSet::new() })
    }

    pub fn lineages(mut self, keep: &dyn Fn(&Identity) -> bool) -> Result<Vec<Track>, git::Error> {
        let mut tracks = Vec::new();
        for (path, blob) in self.book.journal()?.files() {
            let facts = self.book.library.facts(Some(blob), Care::Prefilter)?;
            let states = facts.states.iter().filter(|_| facts.error.is_none());
            let identities = distinct(states.map(|state| &state.identity).filter(|identity| keep(identity)));
            if identities.is_empty() || self.is_input(self.tip, path)? {
                continue;
            }
            for identity in identities {
                tracks.push(self.follow(self.tip, identity, path)?);
            }
        }
        let gone = self.gone(keep)?;
        let (stands, gone): (Vec<_>, Vec<_>) = gone.into_iter().partition(|track| track.stands);
        tracks.extend(stands);
        tracks.sort_by(|one, other| one.path.cmp(&other.path));
        tracks.extend(gone);
        Ok(tracks)
    }

    /// The lineages of what the walks have not met yet, the one that was there last first.
    fn gone(&mut self, keep: &dyn Fn(&Identity) -> bool) -> Result<Vec<Track>, git::Error> {
        let mut tracks = Vec::new();
        for (place, entry) in self.book.journal()?.entries().iter().enumerate() {
            for (index, change) in
                entry.changes.iter().enumerate().filter(|(_, change)| is_manifest(change.path.name()))
            {
                let facts = self.book.library.facts(change.after, Care::Prefilter)?;
                for (object, state) in facts.states.iter().enumerate().filter(|(_, state)| keep(&state.identity)) {
                    let is_met = self.met.contains(&(place, index, object));
                    if is_met || self.is_input(entry.commit, &change.path)? {
                        continue;
                    }
                    let identity = state.identity.clone();
                    let end = self.end(place, &change.path, &identity)?;
                    tracks.push(self.follow(end, identity, &change.path)?);
                    self.met.insert((place, index, object));
                }
            }
        }
        Ok(tracks)
    }

    /// Where an object that was in a file is last heard of: the commit at which the file did not hold it any more, or
    /// the tip.
    fn end(&self, from: usize, path: &RepoPath, identity: &Identity) -> Result<CommitId, git::Error> {
        let (journal, mut from) = (self.book.journal()?, from);
        let mut shelf = self.book.library.shelf(identity);
        let mut holdings = Holdings::new(self.book, &mut shelf, identity);
        while let Some((place, change)) = journal.next_change_of(path, from) {
            let commit = journal.entries()[place].commit;
            let [_, after] = holdings.around(commit, path, [change.before, change.after])?;
            if after.state(&identity.namespace).is_none() {
                return Ok(commit);
            }
            from = place;
        }
        Ok(self.tip)
    }

    fn follow(&mut self, tip: CommitId, identity: Identity, path: &RepoPath) -> Result<Track, git::Error> {
        let mut shelf = self.book.library.shelf(&identity);
        let role = self.renderings.role(tip, path)?;
        let steps = walk::walk(self.book, &mut shelf, tip, (&identity, path, &role), true)?;
        drop(shelf);
        self.meet(&steps)?;
        let marks = row::marks(self.book.repository.is_shallow(), &mut self.renderings, steps)?;
        let stands = marks.last().is_some_and(|mark| !mark.event.is_removal());
        let role = row::last_role(&marks, self.renderings.role(self.tip, path)?);
        let journal = self.book.journal()?;
        let notes = marks.into_iter().map(|mark| Noted::read(mark, journal)).collect();
        Ok(Track { identity, path: path.clone(), notes, role, stands })
    }

    fn meet(&mut self, steps: &[Step]) -> Result<(), git::Error> {
        for step in steps {
            let Content::Here(state) = &step.after else { continue };
            let (place, index, change) = self.book.journal()?.change_at(step.commit, &step.path);
            let facts = self.book.library.facts(change.after, Care::Prefilter)?;
            let same = facts.states.iter().enumerate().filter(|(_, other)| is_same(&other.identity, &state.identity));
            self.met.extend(same.map(|(object, _)| (place, index, object)));
        }
        Ok(())
    }

    /// Whether a file is an input of kustomize or Helm at a commit, and so no object.
    fn is_input(&mut self, commit: CommitId, path: &RepoPath) -> Result<bool, git::Error> {
        Ok(!self.renderings.role(commit, path)?.is_object())
    }
}
