//! `rollbook history` and `blame` against a slow reference that goes forward over every first-parent commit and every
//! file, with git's command line for the bytes, on histories out of a generator.
//!
//! `ROLLBOOK_SEEDS=17..18` runs others than the usual ones.

mod blame;
mod book;
mod contents;
mod dice;
mod generator;
mod lineages;
mod manifests;
mod outcomes;
mod repository;
mod tool;

use contents::Contents;
use generator::Generator;
use lineages::{Commit, Life, Lineage, Lineages};
use repository::Repository;
use rollbook::revision::Index;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use tool::Answer;

const SEEDS: Range<u64> = 0..600;
/// Processes of git are what takes the time, so more than the cores help.
const THREADS: usize = 3;

#[test]
fn history_agrees_with_a_slow_reference() {
    let seeds = seeds();
    let (next, lineages) = (AtomicU64::new(seeds.start), AtomicUsize::new(0));
    let failures: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let seeds =
                std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < seeds.end));
            seeds.filter_map(|seed| check(seed, &lineages).err()).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a check does not panic")).collect()
    });
    let compared = lineages.into_inner();
    println!("{} histories, {compared} lineages compared", seeds.end - seeds.start);
    let first: Vec<&str> = failures.iter().take(3).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} histories differ:\n{}", failures.len(), first.join("\n"));
    assert!(
        compared as u64 >= seeds.end - seeds.start,
        "a history has about two lineages, and only {compared} were compared"
    );
}

/// `diff -r N` of one lineage has the hashes that its history has at N - 1 and N.
#[test]
fn a_diff_of_revisions_agrees_with_the_history() {
    let compared: usize = (0..40).map(revisions_agree).sum();
    assert!(compared > 100, "only {compared} were compared");
}

fn revisions_agree(seed: u64) -> usize {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let repository = Repository::make(folder.path(), &Generator::history(seed)).dir;
    let mut compared = 0;
    for name in generator::NAMES {
        let answers = tool::history(&repository, name, None).unwrap_or_default();
        let is_alone = |answer: &&Answer| answers.iter().filter(|other| other.path == answer.path).count() == 1;
        for answer in answers.iter().filter(is_alone) {
            let mut before: Option<&lineages::Row> = None;
            for row in &answer.rows {
                if row.change.iter().any(|change| change == "removed") {
                    before = None;
                }
                let Some(number) = row.revision else { continue };
                let from = before.and_then(|before| before.hash.clone());
                let rolls = if from == row.hash { "no" } else { "yes" };
                let told = tool::revision(&repository, name, &answer.path, number);
                assert_eq!(
                    told,
                    (from, row.hash.clone(), rolls.to_owned()),
                    "seed {seed}, revision {number} of {name}"
                );
                (before, compared) = (Some(row), compared + 1);
            }
        }
    }
    compared
}

fn seeds() -> Range<u64> {
    let given = std::env::var("ROLLBOOK_SEEDS").ok();
    let parsed =
        given.as_deref().and_then(|range| range.split_once("..")).map(|(start, end)| (start.parse(), end.parse()));
    match parsed {
        Some((Ok(start), Ok(end))) => start..end,
        _ => SEEDS,
    }
}

/// Compares one history. Where the answers differ, its folder stays.
fn check(seed: u64, compared: &AtomicUsize) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let repository = Repository::make(folder.path(), &Generator::history(seed));
    match compare(&repository) {
        Ok(count) => {
            compared.fetch_add(count, Ordering::Relaxed);
            Ok(())
        }
        Err(difference) => {
            let kept = folder.keep();
            let stream = repository.stream_path();
            Err(format!("seed {seed}, {} made by {}\n{difference}", kept.display(), stream.display()))
        }
    }
}

fn compare(repository: &Repository) -> Result<usize, String> {
    let history = repository.first_parents();
    let blobs: HashMap<String, Contents> =
        repository.blobs(&history).into_iter().map(|(id, text)| (id, Contents::of(&text))).collect();
    let names: BTreeSet<&str> = blobs.values().flat_map(Contents::names).collect();
    let told_of = book::all(&repository.dir)?;
    outcomes::agree(&repository.dir)?;
    let blamed = blame::all(&repository.dir, &Index::none());
    let mut count = 0;
    for name in names {
        let mut lineages = Lineages::new(name);
        for (number, (id, listing)) in history.iter().enumerate() {
            let manifests = listing.iter().filter(|(path, _)| is_manifest(path));
            let files = manifests.map(|(path, blob)| (path.as_str(), (blob.as_str(), &blobs[blob]))).collect();
            lineages.take(&Commit { number, id, files });
        }
        count += compare_name(&repository.dir, name, &lineages)?;
        blame::agree(name, &lineages, &blamed)?;
        let mut told: Vec<Answer> = Vec::new();
        told.extend(told_of.iter().filter(|(of, _)| of == name).map(|(_, answer)| answer.clone()));
        agree(name, &lineages.all.iter().collect::<Vec<_>>(), Ok(told)).map_err(|error| format!("book: {error}"))?;
    }
    Ok(count)
}

fn is_manifest(path: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|ending| path.ends_with(ending))
}

/// Those alive and readable at the tip are answered together, those in an unreadable file by their path, and of those
/// that are gone the last, where there is no other.
fn compare_name(repository: &Path, name: &str, lineages: &Lineages) -> Result<usize, String> {
    let alive: Vec<&Lineage> = lineages.all.iter().filter(|lineage| lineage.life == Life::Here).collect();
    let in_doubt: Vec<&Lineage> = lineages.all.iter().filter(|lineage| lineage.life == Life::InDoubt).collect();
    let mut count = alive.len();
    if !alive.is_empty() {
        agree(name, &alive, tool::history(repository, name, None))?;
    }
    for lineage in &in_doubt {
        let neighbours = alive.iter().chain(&in_doubt).filter(|other| other.path == lineage.path).count();
        if neighbours == 1 {
            agree(name, &[lineage], tool::history(repository, name, Some(&lineage.path)))?;
            count += 1;
        }
    }
    if let ([], [], Some(gone)) = (&alive[..], &in_doubt[..], lineages.last_gone()) {
        agree(name, &[&gone], tool::history(repository, name, None))?;
        count += 1;
    }
    Ok(count)
}

fn agree(name: &str, expected: &[&Lineage], answered: Result<Vec<Answer>, String>) -> Result<(), String> {
    let shown = |lineage: &&Lineage| Answer {
        path: lineage.path.clone(),
        namespace: lineage.namespace.clone(),
        rows: lineage.rows.clone(),
    };
    let mut expected: Vec<Answer> = expected.iter().map(shown).collect();
    let mut answered = answered.map_err(|error| format!("deployment/{name}: {error}expected {}", text(&expected)))?;
    for answers in [&mut expected, &mut answered] {
        answers.sort_by_key(|answer| (answer.path.clone(), answer.namespace.clone(), commits(answer)));
    }
    if expected == answered {
        return Ok(());
    }
    Err(format!("deployment/{name}\nthe reference:\n{}rollbook:\n{}", text(&expected), text(&answered)))
}

fn commits(answer: &Answer) -> Vec<String> {
    answer.rows.iter().map(|row| row.commit.clone()).collect()
}

fn text(answers: &[Answer]) -> String {
    let mut text = String::new();
    for answer in answers {
        writeln!(text, "  {} in {:?}", answer.path, answer.namespace).expect("a String takes all");
        for row in &answer.rows {
            writeln!(
                text,
                "    {:?} {} {} {} hash {:?} replicas {:?} revertOf {:?} error {:?} {:?}",
                row.revision,
                &row.commit[..7],
                row.path,
                row.change.join("+"),
                row.hash,
                row.replicas,
                row.revert_of,
                row.error,
                row.images
            )
            .expect("a String takes all");
        }
    }
    text
}
