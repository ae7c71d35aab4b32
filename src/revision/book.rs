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
use super::contents::Care;
use super::find::{delivered, is_manifest};
use super::index::{Index, Outlines};
use super::journal::Journal;
use super::library::{Library, Templates};
use super::lineage::Lineage;
use super::row::{Event, Row};
use super::scribe::Scribe;
use super::state::State;
use super::track::{Noted, Track};
use crate::git::{self, BlobId, CommitId, IdMap, RepoPath, Repository};
use crate::manifest::Identity;
use crate::snapshot::{Renderings, is_rendering};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

/// The lineages of a first-parent history.
pub struct Book<'r> {
    pub(super) repository: &'r Repository,
    pub(super) library: Library<'r>,
    index: &'r Index,
    tip: CommitId,
    /// Read where it is asked for: what is kept of a book needs none.
    journal: OnceCell<Journal>,
    names: RefCell<Option<Names>>,
    pub(super) lineages: Vec<Track>,
    /// Whether any commit has a file that renders others.
    pub(super) renders: bool,
    /// How far behind the tip the commits of the lineages are.
    pub(super) places: OnceCell<IdMap<CommitId, usize>>,
}

impl<'r> Book<'r> {
    fn new(repository: &'r Repository, index: &'r Index, tip: CommitId) -> Self {
        let library = Library::new(repository, index, Templates::InBlobs);
        let (journal, names, lineages, places) = Default::default();
        Book { repository, library, index, tip, journal, names, lineages, renders: false, places }
    }

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
        let book = Book::new(repository, index, tip);
        let journal = book.journal()?;
        let renders = journal.entries().iter().flat_map(|entry| &entry.changes).any(|of| is_rendering(of.path.name()));
        book.library.read(journal.blobs(), tell)?;
        let lineages = Scribe::new(&book, tip)?.lineages(keep)?;
        Ok(Book { lineages, renders, ..book })
    }

    /// The lineages of all workloads: as the index keeps them from an earlier run, or read.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn of_workloads(
        repository: &'r Repository,
        index: &'r Index,
        tip: CommitId,
        tell: impl FnMut(),
    ) -> Result<Book<'r>, git::Error> {
        // A deeper clone has more of it tomorrow.
        let is_kept = !repository.is_shallow();
        if is_kept && let Some(Outlines { lineages, renders }) = index.book(tip) {
            return Ok(Book { lineages, renders, ..Book::new(repository, index, tip) });
        }
        let book = Book::read(repository, index, tip, &|identity| identity.is_workload(), tell)?;
        if is_kept {
            index.learn_book(tip, &book);
        }
        Ok(book)
    }

    /// The commits and what they changed.
    pub(super) fn journal(&self) -> Result<&Journal, git::Error> {
        if let Some(journal) = self.journal.get() {
            return Ok(journal);
        }
        let journal = Journal::read(self.repository, self.tip, self.index)?;
        Ok(self.journal.get_or_init(|| journal))
    }
}

impl Chronicle for Book<'_> {
    fn steps(&self, tip: CommitId, paths: &[RepoPath]) -> Result<Steps<'_>, git::Error> {
        Ok(Box::new(self.journal()?.steps(tip, paths).map(Ok)))
    }

    fn changes(&self, commit: CommitId, wanted: &Identity) -> Result<Vec<git::Change>, git::Error> {
        let journal = self.journal()?;
        let changes = &journal.entries()[journal.place(commit)].changes;
        let mut names = self.names.borrow_mut();
        let names = match &mut *names {
            Some(names) if names.commit == commit => names,
            names => names.insert(Names::of(&self.library, commit, changes)?),
        };
        Ok(names.about(&wanted.name).map(|place| changes[place].clone()).collect())
    }

    fn file(&self, commit: CommitId, path: &RepoPath) -> Result<Option<BlobId>, git::Error> {
        Ok(self.journal()?.file(commit, path))
    }

    fn parent(&self, commit: CommitId) -> Result<Option<CommitId>, git::Error> {
        Ok(self.journal()?.parent(commit))
    }
}

/// Which changes of a commit are about the objects of a name: kept for the next one that asks, since thousands can begin
/// at one commit.
struct Names {
    commit: CommitId,
    by_name: HashMap<String, Vec<usize>>,
    /// Files that cannot be read may be about any.
    unreadable: Vec<usize>,
}

impl Names {
    fn of(library: &Library<'_>, commit: CommitId, changes: &[git::Change]) -> Result<Names, git::Error> {
        let mut names = Names { commit, by_name: HashMap::new(), unreadable: Vec::new() };
        let manifests = changes.iter().enumerate().filter(|(_, change)| is_manifest(change.path.name()));
        for (place, change) in manifests {
            let before = library.facts(change.before, Care::Thorough)?;
            let after = library.facts(change.after, Care::Prefilter)?;
            if before.error.is_some() || after.error.is_some() {
                names.unreadable.push(place);
                continue;
            }
            for state in before.states.iter().chain(&after.states) {
                let places = names.by_name.entry(state.identity.name.clone()).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        Ok(names)
    }

    fn about(&self, name: &str) -> impl Iterator<Item = usize> + use<> {
        let named = self.by_name.get(name).into_iter().flatten();
        let mut places: Vec<usize> = named.chain(&self.unreadable).copied().collect();
        places.sort_unstable();
        places.into_iter()
    }
}

impl<'r> Book<'r> {
    /// What renders the files of its commits. What brings folders to a cluster is looked for at the tip.
    pub(super) fn renderings(&self) -> Result<Renderings<'r>, git::Error> {
        let mut deliveries = Vec::new();
        for (path, blob) in self.journal()?.files() {
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

    /// How far behind the tip a commit of a lineage is.
    pub fn place(&self, commit: CommitId) -> usize {
        let notes = || self.lineages.iter().flat_map(|track| &track.notes);
        let places = self.places.get_or_init(|| notes().map(|noted| (noted.commit, noted.place)).collect());
        places.get(&commit).copied().unwrap_or(usize::MAX)
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

impl<'b> BookLineage<'b> {
    /// All that happened to it, the oldest first, without what the commits say.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn events(&self) -> Result<Vec<&'b Event>, git::Error> {
        self.track.notes.iter().map(|noted| Ok(&noted.mark(&self.book.library)?.event)).collect()
    }

    /// The commits of the events.
    pub(super) fn commits(&self) -> impl Iterator<Item = CommitId> + use<'b> {
        self.track.notes.iter().map(|noted| noted.commit)
    }

    pub(super) fn is_shallow(&self) -> bool {
        self.book.repository.is_shallow()
    }

    /// One of the events, with what its commit says.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn row(&self, event: usize) -> Result<Option<Row>, git::Error> {
        self.track.notes.get(event).map(|noted| self.read(noted)).transpose()
    }

    fn read(&self, noted: &Noted) -> Result<Row, git::Error> {
        let Book { repository, index, library, .. } = self.book;
        Row::of(repository, index, noted.mark(library)?.clone())
    }

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
        self.with(self.track.notes.iter().filter(|noted| window.has(noted.time, &noted.path)))
    }

    /// It with its newest row, and the newest one that could be read.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn newest(&self) -> Result<Lineage, git::Error> {
        let notes = &self.track.notes;
        let Some((newest, older)) = notes.split_last() else { return self.with(std::iter::empty()) };
        let unread = !newest.has_state;
        let read = older.iter().rev().find(|noted| unread && noted.has_state);
        self.with(read.into_iter().chain([newest]))
    }

    fn with<'m>(&self, notes: impl Iterator<Item = &'m Noted>) -> Result<Lineage, git::Error> {
        Ok(Lineage {
            identity: self.track.identity.clone(),
            path: self.track.path.clone(),
            rows: notes.map(|noted| self.read(noted)).collect::<Result<_, _>>()?,
            role: self.track.role.clone(),
            shallow: self.is_shallow(),
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
