//! From the name of a pod to the commit that it runs:
//! `cargo run --example whence -- DIR web-6c5f67b5f7-x7k2p`

use anyhow::{Context as _, Result};
use rollbook::git::Repository;
use rollbook::kubernetes::Version;
use rollbook::revision::{Book, Clue, Index, Suspect, whence};
use std::path::Path;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let (folder, name) = (args.next().context("which repository?")?, args.next().context("which name?")?);
    let clue = Clue::name(&name).context("no object can have that name")?;

    let repository = Repository::open(Path::new(&folder))?;
    let index = Index::none();
    let book = Book::read(&repository, &index, repository.head()?, &|identity| clue.fits(identity), || ())?;
    let suspect = |lineage| Suspect { lineage, server: Version::NEWEST.into(), namespace: None };
    let suspects: Vec<Suspect<'_>> = book.lineages().map(suspect).collect();

    for found in whence(&repository, &index, &suspects, &[clue])?.matches {
        let lineage = &suspects[found.suspect].lineage;
        let Some(row) = lineage.row(found.event)? else { continue };
        let versions: Vec<String> = found.versions.iter().map(ToString::to_string).collect();
        let number = row.event.during.map_or_else(|| "-".to_owned(), |number| number.to_string());
        println!(
            "{} revision {number}, commit {}, Kubernetes {}",
            lineage.identity().kind,
            row.commit.id,
            versions.join(" ")
        );
    }
    Ok(())
}
