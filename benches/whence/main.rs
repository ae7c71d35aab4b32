//! From a name to its revision: `cargo bench --bench whence`. What nothing fits is the most work: every template is hashed
//! for every version.

mod repository;

use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

const ROLLBOOK: &str = env!("CARGO_BIN_EXE_rollbook");
const ROUNDS: usize = 5;
/// The hash of no template.
const NOTHING: &str = "6c5f67b5f8";

fn main() {
    println!("rollbook whence, of a hash that nothing has, best of {ROUNDS}; the history is in the index\n");
    for (workloads, commits, changes) in [(1, 300, 1), (1000, 60, 50)] {
        let dir = repository::make(workloads, commits, changes);
        let templates = templates_tried(&dir);
        assert_eq!(templates, workloads + (commits - 1) * changes);
        let first = best(|| {
            run(&["cache", "clear"], &dir);
            run(&["list"], &dir);
            whence(&dir)
        });
        let again = best(|| whence(&dir));
        println!(
            "{workloads:5} workloads, {templates:5} templates: {first:8.1} ms, once their hashes are kept {again:8.1} ms"
        );
    }
}

/// The least of some rounds.
fn best(measured: impl Fn() -> f64) -> f64 {
    (0..ROUNDS).map(|_| measured()).fold(f64::INFINITY, f64::min)
}

/// What a search takes, in milliseconds.
fn whence(dir: &Path) -> f64 {
    let start = Instant::now();
    run(&["whence", NOTHING], dir);
    start.elapsed().as_secs_f64() * 1e3
}

fn run(args: &[&str], dir: &Path) -> Output {
    Command::new(ROLLBOOK).args(args).current_dir(dir).output().expect("rollbook runs")
}

/// How many templates were hashed for all versions, as the answer says.
fn templates_tried(dir: &Path) -> usize {
    let output = run(&["whence", NOTHING], dir);
    assert_eq!(output.status.code(), Some(1), "nothing fits");
    let answer = String::from_utf8(output.stderr).expect("the answer is text");
    let words: Vec<&str> = answer.split_whitespace().collect();
    let count = words.windows(3).find(|words| words[0] == "tried" && words[2].starts_with("template"));
    count.and_then(|words| words[1].replace(',', "").parse().ok()).expect("the answer says what was tried")
}
