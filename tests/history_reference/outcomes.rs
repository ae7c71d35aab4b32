//! What each row does to pods: what is told at a glance against the whole objects, compared over what is live.

use rollbook::diff::{Bond, Delivery, Pair, Placed, Reason, Rolls, Verdict, diff};
use rollbook::git::Repository;
use rollbook::kubernetes::Version;
use rollbook::manifest::Identity;
use rollbook::revision::{Book, Event, Index, Namer, Outcome, Window};
use std::path::Path;

/// Compares all rows of the Deployments of a history, for a version of today and one of old.
pub fn agree(repository: &Path) -> Result<(), String> {
    let repository = Repository::open(repository).expect("it was just made");
    let tip = repository.head().expect("it has a commit");
    let (index, keep) = (Index::none(), |identity: &Identity| identity.kind == "Deployment");
    let book = Book::read(&repository, &index, tip, &keep, || {}).expect("git can read it");
    for version in ["1.33", "1.12"].map(|version| version.parse::<Version>().expect("it is known")) {
        let namer = Namer::new(&repository, &index, version);
        for lineage in book.lineages().map(|lineage| lineage.rows(&Window::default()).expect("git can read it")) {
            for row in &lineage.rows {
                let (found, expected) = (namer.outcome(&row.event), slow(&repository, &row.event, version));
                let agrees = match (&expected, &found) {
                    (Some(expected), Outcome::Whole(reason)) => expected == reason,
                    (Some(expected), found) => expected.rolls() == found.rolls(),
                    (None, found) => found.rolls() == alone(&row.event),
                };
                if !agrees {
                    let commit = row.commit.id;
                    return Err(format!("{version} at {commit}: {found:?}, and of the objects {expected:?}"));
                }
            }
        }
    }
    Ok(())
}

/// What the objects tell, where both are there.
fn slow(repository: &Repository, event: &Event, version: Version) -> Option<Reason> {
    let [old, new] = event.objects(repository).expect("git can read it")?;
    let live = [&event.ran, &event.runs].map(|applied| {
        let applied = applied.as_ref().expect("nothing is rendered");
        applied.template(repository).expect("git can read it")
    });
    let place = |object| Placed { path: "", object };
    let pair = Pair::Both { old: place(&old), new: place(&new), bond: Bond::Identity };
    Some(Verdict::in_history(&pair, &diff(&old, &new), version.into(), Delivery::Plain, live.each_ref()))
}

fn alone(event: &Event) -> Rolls {
    match (event.error.is_some(), event.is_removal()) {
        (true, _) => Rolls::Unknown,
        (false, true) => Rolls::No,
        (false, false) => Rolls::Yes,
    }
}
