//! What can be asked of the index, and told to it.

use super::Index;
use super::book_record::{BookRecord, Outlines};
use super::facts_record::{FactsRecord, IdentityRecord};
use super::key::{Fact, Key};
use super::line_record::{CommitRecord, StretchRecord};
use super::lineage_record::LineageRecord;
use super::places_record::{Places, PlacesRecord};
use super::role_record::RoleRecord;
use crate::git::{self, BlobId, Commit, CommitId, RepoPath, Repository};
use crate::kubernetes::Kind;
use crate::revision::book::Book;
use crate::revision::find::{Candidate, Wanted};
use crate::revision::library::{Known, Library};
use crate::revision::line::Stretch;
use crate::revision::row::Mark;
use crate::template::Hash;
use serde::Serialize;

impl Index {
    /// The stretch of a line that begins at a commit, of the files of that digest.
    pub(in crate::revision) fn stretch(&self, from: CommitId, watch: &[u8]) -> Option<Stretch> {
        self.get(&stretch(from, watch), |bytes| postcard::from_bytes::<StretchRecord<'_>>(bytes).ok()?.read())
    }

    /// Whether such a stretch is known.
    pub(in crate::revision) fn has_stretch(&self, from: CommitId, watch: &[u8]) -> bool {
        !self.is_empty() && self.get(&stretch(from, watch), |_| Some(())).is_some()
    }

    pub(in crate::revision) fn learn_stretch(&self, from: CommitId, watch: &[u8], known: &Stretch) {
        self.put(stretch(from, watch), || bytes(&StretchRecord::of(known)));
    }

    /// What a commit says: from here, or from git.
    ///
    /// # Errors
    /// A commit that git cannot read.
    pub(in crate::revision) fn commit(&self, repository: &Repository, id: CommitId) -> Result<Commit, git::Error> {
        // Where a shallow clone ends, its commits have no parents today.
        if repository.is_shallow() {
            return repository.commit(id);
        }
        let key = Key::new(Fact::Words, &[id.as_bytes()]);
        if let Some(known) = self.get(&key, |bytes| postcard::from_bytes::<CommitRecord<'_>>(bytes).ok()?.read(id)) {
            return Ok(known);
        }
        let commit = repository.commit(id)?;
        self.put(key, || bytes(&CommitRecord::of(&commit)));
        Ok(commit)
    }

    /// Where a workload stands at a commit, and what brings folders to a cluster there: from here, or as `search` finds it.
    ///
    /// # Errors
    /// That of the search.
    pub(in crate::revision) fn places(
        &self,
        commit: CommitId,
        wanted: &Wanted,
        search: impl FnOnce() -> Result<Places, git::Error>,
    ) -> Result<Places, git::Error> {
        let key = places(commit, wanted);
        if let Some(known) = self.get(&key, |bytes| Some(postcard::from_bytes::<PlacesRecord<'_>>(bytes).ok()?.read()))
        {
            return Ok(known);
        }
        let found = search()?;
        self.put(key, || bytes(&PlacesRecord::of(&found)));
        Ok(found)
    }

    /// What a blob holds.
    pub(in crate::revision) fn known(&self, blob: BlobId) -> Option<Known> {
        self.get(&facts(blob), |bytes| match bytes {
            [] => Some(Known::Wordless),
            _ => postcard::from_bytes::<FactsRecord<'_>>(bytes).ok()?.read(blob),
        })
    }

    pub(in crate::revision) fn learn(&self, blob: BlobId, known: &Known) {
        self.put(facts(blob), || match known {
            Known::Wordless => Vec::new(),
            Known::Facts(facts) => bytes(&FactsRecord::of(facts)),
        });
    }

    /// The lineages of all workloads of a commit's line.
    pub(in crate::revision) fn book(&self, tip: CommitId) -> Option<Outlines> {
        self.get_alone(&book(tip), |bytes| postcard::from_bytes::<BookRecord<'_>>(bytes).ok()?.read())
    }

    pub(in crate::revision) fn learn_book(&self, tip: CommitId, known: &Book<'_>) {
        let spots = known.library.spots();
        if let Some(record) = BookRecord::of(known, &spots) {
            self.put_alone(book(tip), || bytes(&record));
        }
    }

    /// The rows of the lineage of what was found at a commit, the oldest first.
    ///
    /// # Errors
    /// A blob that git cannot read.
    pub(in crate::revision) fn marks(
        &self,
        tip: CommitId,
        candidate: &Candidate,
        library: &Library<'_>,
    ) -> Result<Option<Vec<Mark>>, git::Error> {
        let read = |bytes: &[u8]| Some(postcard::from_bytes::<LineageRecord<'_>>(bytes).ok()?.read(library));
        self.get_alone(&lineage(tip, candidate), read).transpose()
    }

    pub(in crate::revision) fn learn_marks(
        &self,
        tip: CommitId,
        candidate: &Candidate,
        marks: &[Mark],
        library: &Library<'_>,
    ) {
        let spots = library.spots();
        if let Some(record) = LineageRecord::of(marks, &spots) {
            self.put_alone(lineage(tip, candidate), || bytes(&record));
        }
    }

    /// What the template of a document hashes to in a world.
    pub(in crate::revision) fn hash(&self, document: [u8; 32], world: [u8; 32]) -> Option<Hash> {
        self.get(&name(document, world), |bytes| postcard::from_bytes(bytes).ok())
    }

    pub(in crate::revision) fn learn_hash(&self, document: [u8; 32], world: [u8; 32], hash: Hash) {
        self.put(name(document, world), || bytes(&hash));
    }

    /// The same for every version that has names.
    pub(in crate::revision) fn hashes(&self, document: [u8; 32], world: [u8; 32]) -> Option<Vec<Option<Hash>>> {
        self.get(&names(document, world), |bytes| postcard::from_bytes(bytes).ok())
    }

    pub(in crate::revision) fn learn_hashes(&self, document: [u8; 32], world: [u8; 32], hashes: &[Option<Hash>]) {
        self.put(names(document, world), || bytes(&hashes));
    }
}

fn stretch(from: CommitId, watch: &[u8]) -> Key {
    Key::new(Fact::Stretch, &[from.as_bytes(), watch])
}

fn book(tip: CommitId) -> Key {
    Key::new(Fact::Book, &[tip.as_bytes()])
}

/// All that the rows rest on, beside what git keeps.
fn lineage(tip: CommitId, candidate: &Candidate) -> Key {
    let Candidate { identity, path, role, deliveries, .. } = candidate;
    let deliveries: Vec<_> = deliveries.iter().map(|of| (of.file.as_bytes(), of.folder.as_bytes())).collect();
    let what = (IdentityRecord::of(identity), path.as_bytes(), RoleRecord::of(role), deliveries);
    Key::new(Fact::Lineage, &[tip.as_bytes(), &bytes(&what)])
}

fn places(commit: CommitId, wanted: &Wanted) -> Key {
    let paths: Vec<&[u8]> = wanted.paths.iter().map(RepoPath::as_bytes).collect();
    let defaults: Vec<_> = wanted.namespaces.defaults().map(|(path, name)| (path.as_bytes(), name)).collect();
    let what = (wanted.kind.map(Kind::name), &wanted.name, wanted.namespaces.asked(), defaults, paths);
    Key::new(Fact::Places, &[commit.as_bytes(), &bytes(&what)])
}

fn facts(blob: BlobId) -> Key {
    Key::new(Fact::Facts, &[blob.as_bytes()])
}

fn name(document: [u8; 32], world: [u8; 32]) -> Key {
    Key::new(Fact::Name, &[&document, &world])
}

fn names(document: [u8; 32], world: [u8; 32]) -> Key {
    Key::new(Fact::Names, &[&document, &world])
}

fn bytes(record: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(record).expect("the shapes have only lengths that are known")
}
