//! What `rollbook undo` keeps to, on manifests and histories out of a generator, held against another parser.
//!
//! `ROLLBOOK_CASES` says how many histories.

mod manifests;
mod oracle;
#[path = "../world/mod.rs"]
mod world;

use manifests::{Manifest, histories};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};
use serde_json::Value;
use std::cell::Cell;
use std::fs;
use world::{Output, World};

const CASES: u32 = 24;

#[test]
fn undo_to_any_revision_gives_its_template_and_nothing_else() {
    let cases = std::env::var("ROLLBOOK_CASES").map_or(CASES, |count| count.parse().expect("a number"));
    let undone = Cell::new(0);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let result = TestRunner::new(config).run(&histories(), |history| {
        let made = History::of(&history);
        for revision in &made.revisions {
            made.holds(revision)?;
            undone.set(undone.get() + 1);
        }
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
    println!("{} undos", undone.get());
    assert!(undone.get() >= cases, "a history has about three revisions, and only {} were gone back to", undone.get());
}

/// A repository with the states of a manifest.
struct History {
    world: World,
    today: Manifest,
    tip: String,
    revisions: Vec<Revision>,
}

/// A state whose template is another than the one before.
struct Revision {
    number: u64,
    commit: String,
    text: String,
}

impl History {
    fn of(states: &[Manifest]) -> Self {
        let world = World::new();
        world.set_committer();
        world.write(".rollbook.toml", "kube-version = \"1.36\"\n");
        let mut revisions: Vec<Revision> = Vec::new();
        let mut before: Option<(&str, String)> = None;
        for (at, state) in states.iter().enumerate() {
            if let Some((path, _)) = &before {
                world.remove(path);
            }
            let text = state.parts().text();
            world.write(state.path(), &text);
            let commit = world.commit(&format!("commit {at}"));
            if before.is_none_or(|(_, before)| oracle::template(&before) != oracle::template(&text)) {
                revisions.push(Revision { number: revisions.len() as u64 + 1, commit, text: text.clone() });
            }
            before = Some((state.path(), text));
        }
        let tip = world.tip();
        let today = states.last().expect("there is one").clone();
        Self { world, today, tip, revisions }
    }

    fn file(&self) -> String {
        fs::read_to_string(self.world.root().join(self.today.path())).expect("the file is there")
    }

    fn undo(&self, revision: u64) -> Result<Output, TestCaseError> {
        let output = self.world.rollbook(&["undo", "web", "--to-revision", &revision.to_string()]);
        prop_assert_eq!(output.code, 0, "{}", output.stderr);
        prop_assert!(output.stdout.contains(&format!("revision {revision}")), "{}", output.stdout);
        prop_assert_eq!(self.world.git(&["status", "--porcelain"]), "");
        Ok(output)
    }

    /// The rows that have a number: the number, the commit, and which one it goes back to.
    fn numbered(&self) -> Vec<(u64, String, Option<u64>)> {
        let output = self.world.rollbook(&["history", "web", "-o", "json"]);
        let answer: Value = serde_json::from_str(&output.stdout).expect("it is JSON");
        let rows = answer["items"][0]["revisions"].as_array().expect("there are rows");
        let mut numbered: Vec<_> = rows
            .iter()
            .filter_map(|row| {
                Some((row["revision"].as_u64()?, row["commit"].as_str()?.to_owned(), row["revertOf"].as_u64()))
            })
            .collect();
        numbered.sort();
        numbered
    }

    /// The laws, for one revision. All is as it was afterwards.
    fn holds(&self, revision: &Revision) -> TestCaseResult {
        let parts = self.today.parts();
        let before = parts.text();
        let was = oracle::template(&before);
        let numbers = |rows: &[(u64, String, Option<u64>)]| {
            rows.iter().map(|(number, commit, _)| (*number, commit.clone())).collect::<Vec<_>>()
        };
        let known: Vec<_> = self.revisions.iter().map(|revision| (revision.number, revision.commit.clone())).collect();
        prop_assert_eq!(numbers(&self.numbered()), known.clone());

        let output = self.undo(revision.number)?;
        let after = self.file();
        prop_assert_eq!(oracle::template(&after), oracle::template(&revision.text));
        prop_assert_eq!(oracle::rest(&after), oracle::rest(&before));
        let is_quiet = output.stderr.is_empty();
        prop_assert!(!is_quiet || parts.surround(&after), "outside of the template:\n{}\n=====\n{}", before, after);
        if self.world.tip() == self.tip {
            prop_assert!(output.stdout.starts_with("skipped rollback ") && after == before, "{}", output.stdout);
            return Ok(());
        }
        prop_assert_eq!(self.world.git(&["rev-parse", "HEAD^"]), format!("{}\n", self.tip));
        let message = self.world.git(&["show", "--no-patch", "--format=%B", "HEAD"]);
        prop_assert!(message.contains(&format!("Rollbook-Undo: deployment/web to {}", revision.commit)), "{}", message);
        if oracle::cause(&before).is_some() {
            let cause = oracle::cause(&after).unwrap_or_default();
            prop_assert!(cause.starts_with(&format!("rollback to revision {}: ", revision.number)), "{}", cause);
        }

        // It is a revision of its own where another template runs, and says which one it is again.
        let rows = self.numbered();
        let is_new = oracle::template(&after) != was;
        prop_assert_eq!(rows.len(), known.len() + usize::from(is_new));
        prop_assert_eq!(numbers(&rows)[..known.len()].to_vec(), known);
        if is_new {
            let (_, commit, back_to) = rows.last().expect("it is there");
            let back_to = self.revisions.iter().find(|revision| Some(revision.number) == *back_to);
            prop_assert_eq!(commit, &self.world.tip());
            prop_assert!(back_to.is_some_and(|back_to| oracle::template(&back_to.text) == oracle::template(&after)));
        }

        // The undo of the undo gives the file back, where nothing had to be written otherwise.
        let again = self.world.rollbook(&["undo", "web", "--to-revision", &format!("commit:{}", self.tip)]);
        prop_assert_eq!(again.code, 0, "{}", again.stderr);
        let back = self.file();
        prop_assert_eq!(oracle::template(&back), was);
        if is_quiet && again.stderr.is_empty() {
            prop_assert!(parts.is_but_for_the_cause(&back), "it was\n{}\n===== and is\n{}", before, back);
        }
        self.world.git(&["reset", "-q", "--hard", &self.tip]);
        self.holds_of_the_whole(revision)
    }

    /// The same for `--whole`.
    fn holds_of_the_whole(&self, revision: &Revision) -> TestCaseResult {
        let before = self.file();
        let output = self.world.rollbook(&["undo", "web", "--whole", "--to-revision", &revision.number.to_string()]);
        prop_assert_eq!(output.code, 0, "{}", output.stderr);
        let after = self.file();
        prop_assert_eq!(oracle::object(&after), oracle::object(&revision.text));
        prop_assert_eq!(oracle::others(&after), oracle::others(&before));
        self.world.git(&["reset", "-q", "--hard", &self.tip]);
        Ok(())
    }
}
