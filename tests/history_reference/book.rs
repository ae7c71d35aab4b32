//! What the book of all lineages says.

use super::lineages::Row;
use super::tool::Answer;
use rollbook::git::{CommitId, Repository};
use rollbook::kubernetes::Version;
use rollbook::manifest::Identity;
use rollbook::revision::{self, Book, Index, Lineage, Namer, Window};
use rollbook::text::Untrusted;
use std::path::Path;

/// Every Deployment that there was, by name.
pub fn all(repository: &Path, index: &Index) -> Vec<(String, Answer)> {
    let repository = Repository::open(repository).expect("it was just made");
    let tip: CommitId = repository.head().expect("it has a commit");
    let keep = |identity: &Identity| identity.kind == "Deployment";
    let book = Book::read(&repository, index, tip, &keep, || {}).expect("git can read it");
    let version: Version = "1.33".parse().expect("a known version");
    let namer = Namer::new(&repository, index, version);
    let lineages = book.lineages().map(|lineage| lineage.rows(&Window::default()).expect("git can read it"));
    lineages.map(|lineage| (lineage.identity.name.clone(), answer(&lineage, &namer))).collect()
}

fn answer(lineage: &Lineage, namer: &Namer) -> Answer {
    let identity = lineage.current().map_or(&lineage.identity, |(_, state)| &state.identity);
    Answer {
        path: lineage.path.shown().as_str().to_owned(),
        namespace: identity.namespace.clone(),
        rows: lineage.rows.iter().map(|each| row(each, namer)).collect(),
    }
}

fn row(row: &revision::Row, namer: &Namer) -> Row {
    let state = row.event.state.as_ref();
    let images = state.map(|state| state.images.iter().map(Untrusted::as_str).map(str::to_owned).collect());
    Row {
        commit: row.commit.id.to_string(),
        path: row.event.path.shown().as_str().to_owned(),
        change: row.event.change.iter().map(|change| change.word().to_owned()).collect(),
        revision: row.event.revision.map(|revision| u64::from(revision.get())),
        hash: namer.after(&row.event).and_then(Result::ok).map(|name| name.hash.to_string()),
        images: images.unwrap_or_default(),
        replicas: state.and_then(|state| state.replicas),
        revert_of: row.event.revert_of.map(|revision| u64::from(revision.get())),
        error: row.event.error.as_ref().map(|error| (u64::from(error.line), u64::from(error.column))),
    }
}
