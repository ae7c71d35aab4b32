//! All objects of a history: those that stand at the tip, and those that are gone.
//!
//! ```text
//!   newest                                          oldest
//!   web   ── edit ── edit ───────────────── added            stands at the tip: walked from there
//!   api   ── edit ── removed ── added ── removed ── added    the same, over its gaps
//!   cron             removed ── edit ── added                 gone: walked from the newest removal that no walk has met
//! ```
//!
//! The walk is the one of a single workload, over the journal in place of git's trees, so that the answers are the same.

use super::change::Change;
use super::chronicle::{Chronicle, Steps};
use super::contents::Care;
use super::facts::{Facts, is_same};
use super::index::Index;
use super::journal::Journal;
use super::library::Library;
use super::lineage::Lineage;
use super::row::{self, Mark, Row};
use super::walk;
use crate::git::{self, BlobId, CommitId, RepoPath, Repository};
use crate::manifest::Identity;
use crate::snapshot::{Renderings, Role};
use std::collections::HashSet;
use std::sync::Arc;

/// The lineages of a first-parent history.
pub struct Book<'r> {
    repository: &'r Repository,
    journal: Journal,
    library: Library<'r>,
    lineages: Vec<Track>,
}

/// A lineage, its rows without what the commits say.
struct Track {
    identity: Identity,
    path: RepoPath,
    marks: Vec<Mark>,
    stands: bool,
}

/// A removal: the commit, the file, and what was removed.
type Removal = (CommitId, RepoPath, Identity);

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
        mut tell: impl FnMut(),
    ) -> Result<Book<'r>, git::Error> {
        let journal = Journal::read(repository, tip, index)?;
        let library = Library::new(repository, index);
        library.read(journal.blobs(), &mut tell)?;
        let mut book = Book { repository, journal, library, lineages: Vec::new() };
        let mut renderings = Renderings::new(repository)?;
        book.lineages = book.standing(tip, keep, &mut renderings)?;
        let gone = book.gone(keep, &mut renderings)?;
        book.lineages.extend(gone);
        Ok(book)
    }

    /// The lineages of what stands at the tip, by path.
    fn standing(
        &self,
        tip: CommitId,
        keep: &dyn Fn(&Identity) -> bool,
        renderings: &mut Renderings<'_>,
    ) -> Result<Vec<Track>, git::Error> {
        let rendering = renderings.at(tip)?;
        let mut tracks = Vec::new();
        for (path, blob) in self.journal.files() {
            if matches!(rendering.role(path), Role::Patch(_) | Role::Chart(_)) {
                continue;
            }
            let (identities, is_certain) = match self.last_known(path, blob, 0)? {
                Known::Read(facts) => (identities(&facts, keep), true),
                Known::Before(facts) => (identities(&facts, keep), false),
            };
            for identity in identities {
                let track = self.track(tip, identity, path, renderings)?;
                if is_certain || track.is_in_doubt() {
                    tracks.push(track);
                }
            }
        }
        Ok(tracks)
    }

    /// The lineages of what is gone, the last one gone first.
    fn gone(
        &self,
        keep: &dyn Fn(&Identity) -> bool,
        renderings: &mut Renderings<'_>,
    ) -> Result<Vec<Track>, git::Error> {
        let mut met: HashSet<Removal> = self.lineages.iter().flat_map(Track::removals).collect();
        let mut tracks = Vec::new();
        for (place, entry) in self.journal.entries().iter().enumerate().filter(|(_, entry)| !entry.cut) {
            for change in &entry.changes {
                for identity in self.lost(change, place, keep)? {
                    let removal = (entry.commit, change.path.clone(), identity.clone());
                    if met.contains(&removal) || self.lives_on(&removal)? || self.is_input(&removal, renderings)? {
                        continue;
                    }
                    let track = self.track(entry.commit, identity, &change.path, renderings)?;
                    met.extend(track.removals());
                    tracks.push(track);
                }
            }
        }
        Ok(tracks)
    }

    /// The objects that a file does not have any more after a change.
    fn lost(
        &self,
        change: &git::Change,
        place: usize,
        keep: &dyn Fn(&Identity) -> bool,
    ) -> Result<Vec<Identity>, git::Error> {
        let Some(before) = change.before else { return Ok(Vec::new()) };
        let after = self.library.facts(change.after, Care::Prefilter)?;
        if after.error.is_some() {
            return Ok(Vec::new());
        }
        let (Known::Read(facts) | Known::Before(facts)) = self.last_known(&change.path, before, place + 1)?;
        let stays = |identity: &Identity| after.states.iter().any(|state| is_same(&state.identity, identity));
        Ok(identities(&facts, keep).into_iter().filter(|identity| !stays(identity)).collect())
    }

    /// Whether what a file lost lives on in another file or namespace.
    fn lives_on(&self, (commit, path, identity): &Removal) -> Result<bool, git::Error> {
        let mut shelf = self.library.shelf(identity);
        walk::lives_on(self, &mut shelf, *commit, (identity, path))
    }

    /// Whether the file was an input of kustomize or Helm before it was changed, and so no object.
    fn is_input(&self, (commit, path, _): &Removal, renderings: &mut Renderings<'_>) -> Result<bool, git::Error> {
        let Some(parent) = self.journal.parent(*commit) else { return Ok(false) };
        Ok(matches!(renderings.role(parent, path)?, Role::Patch(_) | Role::Chart(_)))
    }

    fn track(
        &self,
        tip: CommitId,
        identity: Identity,
        path: &RepoPath,
        renderings: &mut Renderings<'_>,
    ) -> Result<Track, git::Error> {
        let mut shelf = self.library.shelf(&identity);
        let steps = walk::walk(self, &mut shelf, renderings, tip, (&identity, path))?;
        drop(shelf);
        let marks = row::marks(self.repository.is_shallow(), renderings, steps)?;
        let stands = marks.last().is_some_and(|mark| !mark.change.contains(&Change::Removed));
        Ok(Track { identity, path: path.clone(), marks, stands })
    }

    /// What a file holds, or held when it could be read last.
    fn last_known(&self, path: &RepoPath, blob: BlobId, from: usize) -> Result<Known, git::Error> {
        let facts = self.library.facts(Some(blob), Care::Prefilter)?;
        if facts.error.is_none() {
            return Ok(Known::Read(facts));
        }
        for (_, change) in self.journal.changes_of(path, from) {
            let facts = self.library.facts(change.before, Care::Prefilter)?;
            if facts.error.is_none() {
                return Ok(Known::Before(facts));
            }
        }
        Ok(Known::Before(Arc::default()))
    }
}

/// How much is known of a file.
enum Known {
    Read(Arc<Facts>),
    /// It cannot be read: what it held before.
    Before(Arc<Facts>),
}

impl Track {
    fn removals(&self) -> impl Iterator<Item = Removal> + '_ {
        let removed = self.marks.iter().filter(|mark| mark.change.contains(&Change::Removed));
        removed.filter_map(|mark| {
            let identity = mark.before.as_ref()?.identity.clone();
            Some((mark.commit, mark.path.clone(), identity))
        })
    }

    /// Whether its file cannot be read, so that it may stand in it.
    fn is_in_doubt(&self) -> bool {
        self.marks.last().is_some_and(|mark| mark.error.is_some())
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
        for change in changes {
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

impl Book<'_> {
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
        let entries = self.book.journal.entries();
        self.with(|mark| window.has(entries[self.book.journal.place(mark.commit)].time, &mark.path))
    }

    /// It with its newest row, and the newest one that could be read.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn newest(&self) -> Result<Lineage, git::Error> {
        let marks = &self.track.marks;
        let read = marks.iter().rposition(|mark| mark.state.is_some());
        let first = read.unwrap_or_default();
        let keep = |place: usize| place == first || place + 1 == marks.len();
        let mut place = 0..;
        self.with(|_| place.next().is_some_and(keep))
    }

    fn with(&self, mut keep: impl FnMut(&Mark) -> bool) -> Result<Lineage, git::Error> {
        let repository = self.book.repository;
        let rows = self.track.marks.iter().filter(|mark| keep(mark)).map(|mark| Row::of(repository, mark.clone()));
        Ok(Lineage {
            identity: self.track.identity.clone(),
            path: self.track.path.clone(),
            rows: rows.collect::<Result<_, _>>()?,
            shallow: repository.is_shallow(),
        })
    }
}

impl Window {
    fn has(&self, time: i64, path: &RepoPath) -> bool {
        self.since.is_none_or(|since| time >= since)
            && self.until.is_none_or(|until| time < until)
            && (self.paths.is_empty() || self.paths.iter().any(|folder| path.is_under(folder)))
    }
}
