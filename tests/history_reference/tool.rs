//! What rollbook answers.

use super::lineages::Row;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// One lineage of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub path: String,
    pub namespace: Option<String>,
    pub rows: Vec<Row>,
}

/// `rollbook history deployment/NAME -o json --all`, narrowed to a file if one is given.
pub fn history(repository: &Path, name: &str, path: Option<&str>) -> Result<Vec<Answer>, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollbook"));
    command.arg("-C").arg(repository).args(["history", &format!("deployment/{name}"), "-o", "json", "--all"]);
    command.args(["--kube-version", "1.33"]).args(path.iter().flat_map(|path| ["--path", path]));
    let output = command.output().expect("rollbook was built");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let document: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    Ok(document["items"].as_array().into_iter().flatten().map(answer).collect())
}

/// What `rollbook diff -r N deployment/NAME` says of the hashes before and after, and of whether pods are replaced.
pub fn revision(repository: &Path, name: &str, path: &str, number: u64) -> (Option<String>, Option<String>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollbook"));
    command.arg("-C").arg(repository).args(["diff", "-r", &number.to_string(), &format!("deployment/{name}")]);
    command.args(["--path", path, "-o", "json", "--kube-version", "1.33"]);
    let output = command.output().expect("rollbook was built");
    let document: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}: {}", repository.display(), String::from_utf8_lossy(&output.stderr)));
    let verdict = &document["items"][0]["verdict"];
    (text(&verdict["from"]), text(&verdict["to"]), text(&verdict["rolls"]).unwrap_or_default())
}

fn answer(item: &Value) -> Answer {
    Answer {
        path: text(&item["path"]).unwrap_or_default(),
        namespace: text(&item["object"]["namespace"]),
        rows: item["revisions"].as_array().into_iter().flatten().map(row).collect(),
    }
}

fn row(row: &Value) -> Row {
    let error = &row["error"];
    Row {
        commit: text(&row["commit"]).unwrap_or_default(),
        path: text(&row["path"]).unwrap_or_default(),
        change: texts(&row["change"]),
        revision: row["revision"].as_u64(),
        hash: text(&row["hash"]),
        images: texts(&row["images"]),
        replicas: row["replicas"].as_i64(),
        revert_of: row["revertOf"].as_u64(),
        error: error["line"].as_u64().zip(error["column"].as_u64()),
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(text).collect()
}
