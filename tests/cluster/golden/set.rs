//! The workloads of the golden set, as they are given to a server and to rollbook.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use kube::Error;
use serde_json::{Value, json};

use crate::api::Api;

/// Those that were written by hand.
pub const MANIFESTS: &str = "manifests";

/// Random ones of a few fields, one a line.
pub const RANDOM: &str = "random.jsonl.gz";

/// Random ones of all fields, one a line.
pub const VECTORS: &str = "vectors.jsonl.gz";

/// A workload, and the text that both the server and rollbook read.
pub struct Workload {
    /// Its file, and its line or place there.
    pub origin: String,
    pub kind: String,
    pub name: String,
    namespace: Option<String>,
    pub text: String,
    /// What is sent in its place, where kubectl would write it otherwise.
    sent: Option<String>,
    pub is_json: bool,
}

impl Workload {
    /// None of what has no revisions.
    fn new(origin: String, object: &Value, text: String, is_json: bool) -> Option<Workload> {
        let text_at = |pointer| object.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        let kind = text_at("/kind").filter(|kind| ["Deployment", "StatefulSet", "DaemonSet"].contains(&&**kind))?;
        let (name, namespace) = (text_at("/metadata/name")?, text_at("/metadata/namespace"));
        Some(Workload { origin, kind, name, namespace, text, sent: None, is_json })
    }

    /// Of an object that is written anew. What is outside of the template has no part in the name: pods are not needed.
    fn written(origin: String, object: &Value) -> Option<Workload> {
        let mut object = object.clone();
        if let Some(metadata) = object["metadata"].as_object_mut() {
            metadata.shift_remove("namespace");
        }
        if object["kind"] != "DaemonSet" {
            object["spec"]["replicas"] = json!(0);
        }
        object["spec"].as_object_mut()?.shift_remove("paused");
        Workload::new(origin, &object, object.to_string(), true)
    }

    /// The table that it is from.
    pub fn table(&self) -> &'static str {
        [RANDOM, VECTORS].into_iter().find(|table| self.origin.starts_with(table)).unwrap_or(MANIFESTS)
    }

    pub fn namespace(&self) -> &str {
        self.namespace.as_deref().expect("each has been given one")
    }

    /// Gives it to the server.
    pub fn create(&self, api: &Api) -> Result<Value, Error> {
        let path = format!("/apis/apps/v1/namespaces/{}/{}s", self.namespace(), self.kind.to_lowercase());
        let content = if self.is_json { "application/json" } else { "application/yaml" };
        api.create(&path, content, self.sent.as_ref().unwrap_or(&self.text))
    }
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The workloads of the manifests, those of YAML as they are written.
fn manifests() -> Vec<Workload> {
    let folder = golden().join(MANIFESTS);
    let files: BTreeSet<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut workloads = Vec::new();
    for path in files {
        let (file, text) = (path.file_name().unwrap().display().to_string(), fs::read_to_string(&path).unwrap());
        let is_json = file.ends_with(".json");
        // A Deployment that is paused makes no ReplicaSet.
        let text = text.replace("\n  paused: true\n", "\n");
        for (at, document) in text.split("\n---\n").enumerate() {
            let object: Value = match is_json {
                true => serde_json::from_str(document).unwrap(),
                false => serde_yaml::from_str(document).unwrap_or_else(|error| panic!("{file}: {error}")),
            };
            let origin = format!("{file}#{at}");
            match object["items"].as_array() {
                // A client takes it apart.
                Some(items) => {
                    workloads.extend(items.iter().filter_map(|item| Workload::written(origin.clone(), item)))
                }
                None => {
                    let sent = is_json.then(|| as_kubectl_writes(object.clone()).to_string());
                    let workload = Workload::new(origin, &object, document.to_owned(), is_json);
                    workloads.extend(workload.map(|workload| Workload { sent, ..workload }));
                }
            }
        }
    }
    workloads
}

/// The same JSON with whole numbers as whole numbers: kubectl reads `1e8` as a float, and Go writes that as 100000000.
fn as_kubectl_writes(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0) {
            Some(float) => json!(float as i64),
            None => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(as_kubectl_writes).collect(),
        Value::Object(entries) => entries.into_iter().map(|(key, value)| (key, as_kubectl_writes(value))).collect(),
        other => other,
    }
}

/// The workloads of a file with one a line.
fn lines(file: &str, of_line: impl Fn(Value) -> Value) -> Vec<Workload> {
    let mut text = String::new();
    GzDecoder::new(File::open(golden().join(file)).unwrap()).read_to_string(&mut text).unwrap();
    let objects = text.lines().map(|line| of_line(serde_json::from_str(line).unwrap()));
    objects.enumerate().filter_map(|(at, object)| Workload::written(format!("{file}:{}", at + 1), &object)).collect()
}

/// The set, with one in so many of the vectors. Random names come again: those of each namespace differ.
pub fn set(every: usize) -> Vec<Workload> {
    let mut set = manifests();
    set.extend(lines(RANDOM, |mut line| line["manifest"].take()));
    set.extend(lines(VECTORS, |line| line).into_iter().step_by(every));
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    for workload in set.iter_mut().filter(|workload| workload.namespace.is_none()) {
        let count = seen.entry((workload.kind.clone(), workload.name.clone())).or_default();
        workload.namespace = Some(format!("golden-{count}"));
        *count += 1;
    }
    set
}
