//! What the book of all lineages says.

use super::lineages::Row;
use super::tool::Answer;
use rollbook::git::{CommitId, Repository};
use rollbook::kubernetes::Version;
use rollbook::revision::{self, Book, Index, Lineage, Namer, Window};
use rollbook::text::Untrusted;
use std::path::Path;

/// Every Deployment that there was, by name: as it is read, and as an index keeps it for the next run.
///
/// # Errors
/// The two are not the same.
pub fn all(repository: &Path) -> Result<Vec<(String, Answer)>, String> {
    let folder = repository.join(".git/kept");
    let repository = Repository::open(repository).expect("it was just made");
    let tip: CommitId = repository.head().expect("it has a commit");
    let read = |index: &Index| {
        let book = Book::of_workloads(&repository, index, tip, || {}).expect("git can read it");
        answers(&book, &Namer::new(&repository, index, "1.33".parse::<Version>().expect("a known version")))
    };
    let index = Index::open(&folder);
    let found = read(&index);
    index.save().expect("the folder can be written");
    let kept = read(&Index::open(&folder));
    if kept != found {
        return Err(format!("book: read {found:?}\nkept {kept:?}"));
    }
    Ok(found)
}

fn answers(book: &Book<'_>, namer: &Namer<'_>) -> Vec<(String, Answer)> {
    let deployments = book.lineages().filter(|lineage| lineage.identity().kind == "Deployment");
    let lineages = deployments.map(|lineage| lineage.rows(&Window::default()).expect("git can read it"));
    lineages.map(|lineage| (lineage.identity.name.clone(), answer(&lineage, namer))).collect()
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
