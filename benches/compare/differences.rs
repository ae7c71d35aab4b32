//! Two states of 1,000 workloads, 50 of them changed: rollbook against `git diff --raw` in a repository, and against dyff
//! on a pair of files, where there is a Go to build it with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::measure::{Run, best_of, run};
use crate::repository::{folder, manifest};
use crate::{ROLLBOOK, ROUNDS, git};

const WORKLOADS: usize = 1_000;
const CHANGED: usize = 50;
const DYFF: &str = "github.com/homeport/dyff/cmd/dyff@v1.12.0";

/// Prints all of it.
pub fn compare() {
    let dir = folder().join("differences");
    make(&dir);
    let size = fs::metadata(dir.join("old.yaml")).map_or(0, |file| file.len() / 1024);
    println!("\n{WORKLOADS} workloads in files of {size} KiB, {CHANGED} of them changed");
    let raw = best_of(ROUNDS, || {
        git(&dir, &["diff", "--raw", "HEAD~1", "HEAD", "--", "k8s"]).counted(|out| out.lines().count())
    });
    let args = ["diff", "--from", "HEAD~1", "--to", "HEAD", "--path", "k8s", "-o", "json"];
    let cold = best_of(3, || {
        run(ROLLBOOK, &["cache", "clear"], &dir);
        run(ROLLBOOK, &args, &dir).counted(items)
    });
    let warm = best_of(ROUNDS, || run(ROLLBOOK, &args, &dir).counted(items));
    report("git diff --raw", &raw, &raw);
    report("rollbook diff, cold", &cold, &raw);
    report("rollbook diff, indexed", &warm, &raw);
    let files = ["diff", "--no-index", "old.yaml", "new.yaml"];
    let alone = best_of(ROUNDS, || run(ROLLBOOK, &[&files[..], &["-o", "json"]].concat(), &dir).counted(items));
    match dyff(&dir) {
        Some(program) => {
            let args = ["between", "--output", "brief", "old.yaml", "new.yaml"];
            let other = best_of(3, || run(&program.to_string_lossy(), &args, &dir).counted(changes));
            report("dyff between", &other, &other);
            report("rollbook diff --no-index", &alone, &other);
        }
        None => report("rollbook diff --no-index", &alone, &alone),
    }
}

fn report(name: &str, run: &Run, other: &Run) {
    assert_eq!(run.found, CHANGED, "{name} finds what changed");
    println!("{name:30} {:8.1} ms {:6} objects  {:.2} x", run.time.as_secs_f64() * 1e3, run.found, run.ratio(other));
}

fn items(output: &str) -> usize {
    let document: serde_json::Value = serde_json::from_str(output).expect("diff gives JSON");
    document["items"].as_array().map_or(0, Vec::len)
}

/// `fifty changes detected between …`: one for each object, since one field of it changes. It spells the number out where
/// it is short.
fn changes(output: &str) -> usize {
    let word = output.split_whitespace().next().unwrap_or_default();
    if word == "fifty" { CHANGED } else { word.parse().unwrap_or_default() }
}

/// Both states: as two files, and as two commits of a repository with a file for each workload.
fn make(dir: &Path) {
    if dir.join("made").exists() {
        return;
    }
    let _ = fs::remove_dir_all(dir);
    fs::create_dir_all(dir.join("k8s")).expect("the target folder can be written");
    git(dir, &["init", "-q", "--initial-branch=main"]);
    for (name, release) in [("old", 0), ("new", 1)] {
        let is_changed = |service: usize| service.is_multiple_of(WORKLOADS / CHANGED);
        let release = |service| if is_changed(service) { 1 + release } else { 1 };
        let manifests: Vec<String> = (0..WORKLOADS).map(|service| manifest(service, 7, release(service))).collect();
        fs::write(dir.join(format!("{name}.yaml")), manifests.join("---\n")).expect("the folder is ours");
        for (service, text) in manifests.iter().enumerate() {
            fs::write(dir.join(format!("k8s/svc-{service:03}.yaml")), text).expect("the folder is ours");
        }
        git(dir, &["add", "k8s"]);
        git(dir, &["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", name]);
    }
    fs::write(dir.join("made"), "").expect("the folder is ours");
}

/// The program, built once into the folder of what is compared.
fn dyff(dir: &Path) -> Option<PathBuf> {
    let bin = dir.with_file_name("bin");
    let program = bin.join("dyff");
    if !program.exists() {
        let mut go = Command::new("go");
        let built = go.args(["install", DYFF]).env("GOBIN", &bin).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !built.is_ok_and(|status| status.success()) {
            println!("dyff cannot be built here: it needs Go and a module proxy");
            return None;
        }
    }
    Some(program)
}
