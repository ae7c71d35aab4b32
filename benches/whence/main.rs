//! From a name to its revision: `cargo bench --bench whence`. What nothing fits is the most work: every template is hashed
//! for every version.

#[path = "../compare/measure.rs"]
mod measure;
mod repository;

use measure::{best_of, run};
use std::path::Path;
use std::process::Command;

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
        let first = best_of(ROUNDS, || {
            run(ROLLBOOK, &["cache", "clear"], &dir);
            run(ROLLBOOK, &["list"], &dir);
            run(ROLLBOOK, &["whence", NOTHING], &dir)
        });
        let again = best_of(ROUNDS, || run(ROLLBOOK, &["whence", NOTHING], &dir));
        println!("{workloads:5} workloads, {templates:5} templates: {first}, once their hashes are kept {again}");
    }
}

/// How many templates were hashed for all versions, as the answer says.
fn templates_tried(dir: &Path) -> usize {
    let output = Command::new(ROLLBOOK).args(["whence", NOTHING]).current_dir(dir).output().expect("rollbook runs");
    assert_eq!(output.status.code(), Some(1), "nothing fits");
    let answer = String::from_utf8(output.stderr).expect("the answer is text");
    let words: Vec<&str> = answer.split_whitespace().collect();
    let count = words.windows(3).find(|words| words[0] == "tried" && words[2].starts_with("template"));
    count.and_then(|words| words[1].replace(',', "").parse().ok()).expect("the answer says what was tried")
}
