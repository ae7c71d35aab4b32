//! rollbook against git, in one run on one machine: `cargo bench --bench compare`.
//!
//! The question is the same for both: which commits of a first-parent history of 30,000 changed one file, which changed
//! 1,600 times. Both sides must find the same number of commits; rollbook also reads, parses and hashes each state.
//! Then two states, against git and dyff, and what is staged, against git: `cargo bench --bench compare -- differences`, or
//! `staged`, does only that.

mod differences;
mod measure;
mod repository;
mod staged;

use std::path::Path;

use measure::{Run, best_of, run};
use repository::{CHANGES, COMMITS, MANIFEST, OLD_MANIFEST};
use rollbook::git::{RepoPath, Repository};

const ROLLBOOK: &str = env!("CARGO_BIN_EXE_rollbook");
const ROUNDS: usize = 5;
/// Two weeks before the newest commit.
const SINCE: &str = "2024-09-08";
const HISTORY: [&str; 4] = ["history", "deployment/svc-042", "-o", "json"];
/// Both paths that the manifest has had: git does not look across a move by itself.
const LOG: [&str; 6] = ["log", "--first-parent", "--format=%H", "--", MANIFEST, OLD_MANIFEST];

/// How git is helped: each row prepares the repository in another way.
const GITS: [(&str, &[&str]); 3] = [
    ("git log, no commit-graph", &[]),
    ("git log, commit-graph", &["commit-graph", "write", "--reachable"]),
    ("git log, changed-path filters", &["commit-graph", "write", "--reachable", "--changed-paths"]),
];

fn main() {
    let only = |name: &str| std::env::args().any(|argument| argument == name);
    if only("differences") {
        return differences::compare();
    }
    if only("staged") {
        return staged::compare();
    }
    let dir = repository::make();
    println!("{COMMITS} commits, {MANIFEST} changed by {CHANGES} of them, best of {ROUNDS}, warm");
    for (name, prepare) in GITS {
        repository::forget_commit_graph(&dir);
        if !prepare.is_empty() {
            git(&dir, prepare);
        }
        compare(name, &dir);
    }
    repository::forget_commit_graph(&dir);
    compare_many(&dir);
    compare_blame(&dir);
    compare_all(&dir);
    differences::compare();
    staged::compare();
    let version = best_of(ROUNDS, || run(ROLLBOOK, &["--version"], &dir));
    println!("\nrollbook --version: {version}");
    for (name, program, args) in [("rollbook history", ROLLBOOK, &HISTORY[..]), ("git log", "git", &LOG)] {
        let peak =
            measure::peak_kib(program, args, &dir).map_or("not known".into(), |kib| format!("{} MiB", kib / 1024));
        println!("peak memory of {name}: {peak}");
    }
}

/// One run of each side on the repository as it stands.
fn compare(name: &str, dir: &Path) {
    let log = best_of(ROUNDS, || git_log(dir, &LOG));
    let walk = best_of(ROUNDS, || path_walk(dir));
    println!("\n{name:30} {log}");
    println!("{:30} {}", "  its present path alone", best_of(ROUNDS, || git_log(dir, &LOG[..5])));
    println!("{:30} {walk}  {:.2} x", "path_walk", walk.ratio(&log));
    assert_eq!(walk.found, log.found, "both sides find the same commits");
    let cold = best_of(ROUNDS, || {
        run(ROLLBOOK, &["cache", "clear"], dir);
        history(dir)
    });
    println!("{:30} {cold}  {:.2} x", "rollbook history, cold", cold.ratio(&log));
    assert_eq!(cold.found, log.found, "both sides find the same commits");
    let second = best_of(ROUNDS, || history(dir));
    println!("{:30} {second}  {:.2} x", "  the second time", second.ratio(&log));
    assert_eq!(second.found, log.found, "both sides find the same commits");
}

/// The commits that the fields of the manifest are of, against git's of its lines. Git does not know that a number spelled
/// otherwise is the same, but in these changes nothing is.
fn compare_blame(dir: &Path) {
    let lines = best_of(3, || git(dir, &["blame", "--first-parent", "--porcelain", "main", "--", MANIFEST]));
    println!("\n{:30} {lines}", "git blame");
    let args = ["blame", "deployment/svc-042", "-o", "json"];
    let cold = best_of(3, || {
        run(ROLLBOOK, &["cache", "clear"], dir);
        run(ROLLBOOK, &args, dir)
    });
    println!("{:30} {cold}  {:.2} x", "rollbook blame, cold", cold.ratio(&lines));
    let warm = best_of(ROUNDS, || run(ROLLBOOK, &args, dir));
    println!("{:30} {warm}  {:.2} x", "rollbook blame, indexed", warm.ratio(&lines));
    let field = best_of(ROUNDS, || run(ROLLBOOK, &[&args[..2], &["image"], &args[2..]].concat(), dir));
    println!("{:30} {field}  {:.2} x", "  one field of it", field.ratio(&lines));
}

/// All workloads at once, against git's own list of what each commit changed.
fn compare_all(dir: &Path) {
    let raw = best_of(ROUNDS, || git(dir, &["log", "--first-parent", "--raw", "--format=%H"]));
    println!("\n{:30} {raw}", "git log --raw");
    let cold = best_of(3, || {
        run(ROLLBOOK, &["cache", "clear"], dir);
        run(ROLLBOOK, &["list", "-o", "json"], dir)
    });
    let manifests = git_log(dir, &["log", "--first-parent", "--format=%H", "--", "*.yaml"]);
    let log = run(ROLLBOOK, &["log", "-o", "json"], dir);
    let envelope: serde_json::Value = serde_json::from_str(&log.output).expect("log gives JSON");
    let commits = envelope["items"].as_array().into_iter().flatten().filter_map(|item| item["commit"].as_str());
    let found = commits.collect::<std::collections::HashSet<_>>().len();
    assert_eq!(found, manifests.found, "both sides find the same commits");
    println!("{:30} {cold}  {:.2} x", "rollbook list, cold", cold.ratio(&raw));
    for (name, args) in
        [("list", &["list", "-o", "json"][..]), ("log --since", &["log", "--since", SINCE, "-o", "json"])]
    {
        let warm = best_of(ROUNDS, || run(ROLLBOOK, args, dir));
        println!("{:30} {warm}  {:.2} x", format!("rollbook {name}, indexed"), warm.ratio(&raw));
    }
}

fn git_log(dir: &Path, args: &[&str]) -> Run {
    let run = git(dir, args);
    Run { found: run.output.lines().count(), ..run }
}

fn path_walk(dir: &Path) -> Run {
    walk(dir, &[MANIFEST, OLD_MANIFEST].map(RepoPath::from))
}

/// The manifests of twenty workloads in one walk, against that of one.
fn compare_many(dir: &Path) {
    let one = best_of(ROUNDS, || path_walk(dir));
    let listed = git(dir, &["ls-tree", "-r", "--name-only", "main", "apps"]).output;
    let twenty: Vec<&str> = listed.lines().take(20).collect();
    let many = best_of(ROUNDS, || walk(dir, &twenty.iter().copied().map(RepoPath::from).collect::<Vec<_>>()));
    println!("\n{:30} {many}  {:.2} x of one", "twenty workloads in one walk", many.ratio(&one));
    let log = git_log(dir, &[&["log", "--first-parent", "--format=%H", "--"], &twenty[..]].concat());
    assert_eq!(many.found, log.found, "both sides find the same commits");
}

fn walk(dir: &Path, paths: &[RepoPath]) -> Run {
    measure::call(|| {
        let repository = Repository::open(dir).expect("the repository opens");
        let tip = repository.head().expect("there is a tip");
        let walk = repository.paths_walk(tip, paths).expect("the walk begins");
        walk.inspect(|step| assert!(step.is_ok(), "the walk goes on")).count()
    })
}

fn history(dir: &Path) -> Run {
    let run = run(ROLLBOOK, &HISTORY, dir);
    let envelope: serde_json::Value = serde_json::from_str(&run.output).expect("history gives JSON");
    let revisions = envelope["items"][0]["revisions"].as_array().expect("the workload is there");
    Run { found: revisions.len(), time: run.time, output: String::new() }
}

fn git(dir: &Path, args: &[&str]) -> Run {
    run("git", args, dir)
}
