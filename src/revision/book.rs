//! All objects of a history: those that stand at the tip, and those that are gone.
//!
//! ```text
//!   newest                                          oldest
//!   web   ── edit ── edit ───────────────── added            stands at the tip: walked from there
//!   api   ── edit ── removed ── added ── removed ── added    the same, over its gaps
//!   cron             removed ── edit ── added                 gone: walked from the end of what no walk has met
//! ```
//!
//! The walk is the one of a single workload, over the journal in place of git's trees, so that the answers are the same.

use super::chronicle::{Chronicle, Steps};
use super::contents::{Care, Content};
use super::facts::{Facts, is_same};
use super::find::{delivered, is_manifest};
use super::index::Index;
use super::journal::Journal;
use super::library::Library;
use super::lineage::Lineage;
use super::row::{self, Mark, Row};
use super::state::State;
use super::walk::{self, Fate, Step};
use crate::git::{self, BlobId, CommitId, RepoPath, Repository};
use crate::manifest::Identity;
use crate::snapshot::{Renderings, Role};
use std::collections::HashSet;
use std::sync::Arc;

/// The lineages of a first-parent history.
pub struct Book<'r> {
    pub(super) repository: &'r Repository,
    pub(super) journal: Journal,
    library: Library<'r>,
    pub(super) lineages: Vec<Track>,
}

/// A lineage, its rows without what the commits say.
pub(super) struct Track {
    identity: Identity,
    path: RepoPath,
    pub marks: Vec<Mark>,
    role: Role,
    stands: bool,
}

/// An object in a file as a commit left it: the places of the commit, of its change and of the object in the file.
type Presence = (usize, usize, usize);

impl<'r> Book<'r> {
    /// Reads the first-parent history of `tip`, and follows the objects of it that `keep` takes.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn read(
        repository: &'r Repository,
        index: &'r Index,
        tip: CommitId,
        keep: &dyn Fn(&Identity) -> bool,
        tell: impl FnMut(),
    ) -> Result<Book<'r>, git::Error> {
        let journal = Journal::read(repository, tip, index)?;
        let library = Library::new(repository, index);
        library.read(journal.blobs(), tell)?;
        let mut book = Book { repository, journal, library, lineages: Vec::new() };
        book.lineages = Scribe::new(&book, tip)?.lineages(keep)?;
        Ok(book)
    }
}

/// Follows every object of a history once.
struct Scribe<'b, 'r> {
    book: &'b Book<'r>,
    tip: CommitId,
    renderings: Renderings<'r>,
    /// What the walks have met.
    met: HashSet<Presence>,
}

impl<'b, 'r> Scribe<'b, 'r> {
    fn new(book: &'b Book<'r>, tip: CommitId) -> Result<Self, git::Error> {
        let renderings = book.renderings()?;
        Ok(Scribe { book, tip, renderings, met: HashSet::new() })
    }

    fn lineages(mut self, keep: &dyn Fn(&Identity) -> bool) -> Result<Vec<Track>, git::Error> {
        let mut tracks = Vec::new();
        for (path, blob) in self.book.journal.files() {
            let facts = self.book.library.facts(Some(blob), Care::Prefilter)?;
            let identities = if facts.error.is_none() { identities(&facts, keep) } else { Vec::new() };
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
        for (place, entry) in self.book.journal.entries().iter().enumerate() {
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
                    let (end, path) = self.end(place, &change.path, &identity)?;
                    tracks.push(self.follow(end, identity, &path)?);
                    self.met.insert((place, index, object));
                }
            }
        }
        Ok(tracks)
    }

    /// Where an object that was in a file is last heard of: the commit that removed it, or the tip.
    fn end(&self, from: usize, path: &RepoPath, identity: &Identity) -> Result<(CommitId, RepoPath), git::Error> {
        let (book, mut from, mut path) = (self.book, from, path.clone());
        let mut shelf = book.library.shelf(identity);
        while let Some((place, change)) = book.journal.next_change_of(&path, from) {
            let commit = book.journal.entries()[place].commit;
            match walk::fate(book, &mut shelf, commit, (identity, &path))? {
                Fate::InDoubt(doubtful) => path = doubtful,
                Fate::Elsewhere => return Ok((commit, path)),
                Fate::Here if book.library.facts(change.after, Care::Thorough)?.error.is_some() => {}
                Fate::Here => return Ok((commit, path)),
            }
            from = place;
        }
        Ok((self.tip, path))
    }

    fn follow(&mut self, tip: CommitId, identity: Identity, path: &RepoPath) -> Result<Track, git::Error> {
        let mut shelf = self.book.library.shelf(&identity);
        let steps = walk::walk(self.book, &mut shelf, &mut self.renderings, tip, (&identity, path), true)?;
        drop(shelf);
        self.meet(&steps)?;
        let marks = row::marks(self.book.repository.is_shallow(), &mut self.renderings, steps)?;
        let stands = marks.last().is_some_and(|mark| !mark.event.is_removal());
        let role = row::last_role(&marks, self.renderings.role(self.tip, path)?);
        Ok(Track { identity, path: path.clone(), marks, role, stands })
    }

    fn meet(&mut self, steps: &[Step]) -> Result<(), git::Error> {
        for step in steps {
            let Content::Here(state) = &step.after else { continue };
            let (place, index, change) = self.book.journal.change_at(step.commit, &step.path);
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

/// The objects that are followed, each once.
fn identities(facts: &Facts, keep: &dyn Fn(&Identity) -> bool) -> Vec<Identity> {
    let mut identities: Vec<Identity> = Vec::new();
    for state in facts.states.iter().filter(|state| keep(&state.identity)) {
        match identities.iter_mut().find(|identity| is_same(identity, &state.identity)) {
            Some(identity) => identity.clone_from(&state.identity),
            None => identities.push(state.identity.clone()),
        }
    }
    identities
}

impl Chronicle for Book<'_> {
    fn steps(&self, tip: CommitId, paths: &[RepoPath]) -> Result<Steps<'_>, git::Error> {
        Ok(Box::new(self.journal.steps(tip, paths).map(Ok)))
    }

    fn changes(&self, commit: CommitId, wanted: &Identity) -> Result<Vec<git::Change>, git::Error> {
        let changes = &self.journal.entries()[self.journal.place(commit)].changes;
        let mut about = Vec::new();
        for change in changes.iter().filter(|change| is_manifest(change.path.name())) {
            for blob in [change.before, change.after] {
                let facts = self.library.facts(blob, Care::Prefilter)?;
                if facts.error.is_some() || facts.states.iter().any(|state| state.identity.name == wanted.name) {
                    about.push(change.clone());
                    break;
                }
            }
        }
        Ok(about)
    }

    fn file(&self, commit: CommitId, path: &RepoPath) -> Result<Option<BlobId>, git::Error> {
        Ok(self.journal.file(commit, path))
    }

    fn parent(&self, commit: CommitId) -> Result<Option<CommitId>, git::Error> {
        Ok(self.journal.parent(commit))
    }
}

impl<'r> Book<'r> {
    /// What renders the files of its commits. What brings folders to a cluster is looked for at the tip.
    pub(super) fn renderings(&self) -> Result<Renderings<'r>, git::Error> {
        let mut deliveries = Vec::new();
        for (path, blob) in self.journal.files() {
            let facts = self.library.facts(Some(blob), Care::Prefilter)?;
            let may_deliver = |state: &Arc<State>| {
                ["Kustomization", "Application", "ApplicationSet"].contains(&state.identity.kind.as_str())
            };
            if facts.states.iter().any(may_deliver) {
                deliveries.extend(delivered(&self.repository.blob(blob)?, path));
            }
        }
        Ok(Renderings::new(self.repository)?.delivered(deliveries.into()))
    }

    /// How far behind the tip a commit of its line is.
    pub fn place(&self, commit: CommitId) -> usize {
        self.journal.place(commit)
    }

    /// The lineages: those that stand at the tip by path, then those that are gone.
    pub fn lineages(&self) -> impl Iterator<Item = BookLineage<'_>> {
        self.lineages.iter().map(|track| BookLineage { book: self, track })
    }
}

/// One lineage of a book. Its commits are read only for the rows that are asked for.
#[derive(Clone, Copy)]
pub struct BookLineage<'b> {
    book: &'b Book<'b>,
    track: &'b Track,
}

/// Which rows are wanted.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// Committed at that second or later.
    pub since: Option<i64>,
    /// Committed before that second.
    pub until: Option<i64>,
    /// In these files or folders; anywhere, if none is given.
    pub paths: Vec<RepoPath>,
}

impl BookLineage<'_> {
    /// What it is about, as it was called where it was met first.
    pub fn identity(&self) -> &Identity {
        &self.track.identity
    }

    /// Where it stands, or stood last.
    pub fn path(&self) -> &RepoPath {
        &self.track.path
    }

    /// Whether it is there at the tip.
    pub fn stands(&self) -> bool {
        self.track.stands
    }

    /// It with the rows of a window.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn rows(&self, window: &Window) -> Result<Lineage, git::Error> {
        let journal = &self.book.journal;
        let time = |mark: &Mark| journal.entries()[journal.place(mark.commit)].time;
        self.with(self.track.marks.iter().filter(|mark| window.has(time(mark), &mark.event.path)))
    }

    /// It with its newest row, and the newest one that could be read.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn newest(&self) -> Result<Lineage, git::Error> {
        let marks = &self.track.marks;
        let (newest, older) = marks.split_last().map_or((None, &marks[..]), |(newest, older)| (Some(newest), older));
        let unread = newest.is_some_and(|newest| newest.event.state.is_none());
        let read = older.iter().rev().find(|mark| unread && mark.event.state.is_some());
        self.with(read.into_iter().chain(newest))
    }

    fn with<'m>(&self, marks: impl Iterator<Item = &'m Mark>) -> Result<Lineage, git::Error> {
        let repository = self.book.repository;
        let rows = marks.map(|mark| Row::of(repository, mark.clone()));
        Ok(Lineage {
            identity: self.track.identity.clone(),
            path: self.track.path.clone(),
            rows: rows.collect::<Result<_, _>>()?,
            role: self.track.role.clone(),
            shallow: repository.is_shallow(),
        })
    }
}

impl Window {
    pub(super) fn has(&self, time: i64, path: &RepoPath) -> bool {
        self.since.is_none_or(|since| time >= since)
            && self.until.is_none_or(|until| time < until)
            && path.is_under_any(&self.paths)
    }
}
