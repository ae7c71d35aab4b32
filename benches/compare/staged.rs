//! The check of 1,000 staged manifests, beside `git diff --cached --raw`, which compares ids and reads no file.

use std::fs;
use std::path::Path;

use crate::measure::{best_of, run};
use crate::repository::{folder, manifest};
use crate::{ROLLBOOK, ROUNDS, git};

const WORKLOADS: usize = 1_000;

/// Prints it.
pub fn compare() {
    let dir = folder().join("staged");
    make(&dir);
    println!("\n{WORKLOADS} staged manifests");
    let raw = best_of(ROUNDS, || git(&dir, &["diff", "--cached", "--raw"]).counted(|out| out.lines().count()));
    let check = best_of(ROUNDS, || run(ROLLBOOK, &["check", "--staged"], &dir).counted(objects));
    for (name, run) in [("git diff --cached --raw", &raw), ("rollbook check --staged", &check)] {
        assert_eq!(run.found, WORKLOADS, "{name} looks at what is staged");
        println!("{name:30} {:8.1} ms  {:.2} x", run.time.as_secs_f64() * 1e3, run.ratio(&raw));
    }
}

/// `no findings: 1000 objects checked`
fn objects(output: &str) -> usize {
    let last = output.lines().last().unwrap_or_default();
    last.split([':', ' ']).filter_map(|word| word.parse().ok()).next_back().unwrap_or_default()
}

/// A repository with a file for each workload, all of another release in the index than in the commit.
fn make(dir: &Path) {
    if dir.join("made").exists() {
        return;
    }
    let _ = fs::remove_dir_all(dir);
    fs::create_dir_all(dir.join("k8s")).expect("the target folder can be written");
    git(dir, &["init", "-q", "--initial-branch=main"]);
    for release in [1, 2] {
        for service in 0..WORKLOADS {
            let path = dir.join(format!("k8s/svc-{service:03}.yaml"));
            fs::write(path, manifest(service, 7, release)).expect("the folder is ours");
        }
        git(dir, &["add", "k8s"]);
        if release == 1 {
            git(dir, &["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "release 1"]);
        }
    }
    fs::write(dir.join("made"), "").expect("the folder is ours");
}
