//! The golden set given to a real server: what it accepts, its controllers name as `rollbook hash` does.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use kube::Error;
use serde_json::{Value, json};

use crate::api::Api;
use crate::build::{say, version};
use crate::fixture::ControlPlane;
use crate::world::World;

/// How many objects each server accepts at the least. The others are random, and wrong somewhere.
const ACCEPTED: usize = 1_100;

/// How many requests are on their way at a time.
const WRITERS: usize = 8;

/// Of the ten thousand random manifests one in so many: all of them take minutes.
const EVERY: usize = 20;

/// For how long the controllers may make nothing before what is missing is taken for wrong.
const PATIENCE: Duration = Duration::from_secs(10);

/// A workload, and the text that both the server and rollbook read.
struct Workload {
    /// Its file, and its line or place there.
    origin: String,
    kind: String,
    name: String,
    namespace: Option<String>,
    text: String,
    /// What is sent in its place, where kubectl would write it otherwise.
    sent: Option<String>,
    is_json: bool,
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

    fn namespace(&self) -> &str {
        self.namespace.as_deref().expect("each has been given one")
    }

    fn create(&self, api: &Api) -> Result<Value, Error> {
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
    let folder = golden().join("manifests");
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

/// The whole set. Random names come again: those of each namespace differ.
fn set() -> Vec<Workload> {
    let mut set = manifests();
    set.extend(lines("random.jsonl.gz", |mut line| line["manifest"].take()));
    set.extend(lines("vectors.jsonl.gz", |line| line).into_iter().step_by(EVERY));
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    for workload in set.iter_mut().filter(|workload| workload.namespace.is_none()) {
        let count = seen.entry((workload.kind.clone(), workload.name.clone())).or_default();
        workload.namespace = Some(format!("golden-{count}"));
        *count += 1;
    }
    set.sort_by_key(|workload| workload.namespace().len());
    set
}

/// What the server answers to each.
fn create(plane: &ControlPlane, set: &[Workload]) -> Vec<Result<Value, Error>> {
    let part = |part: &[Workload]| {
        let api = Api::connect(&plane.kubeconfigs["admin"]);
        part.iter().map(|workload| workload.create(&api)).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = set.chunks(set.len().div_ceil(WRITERS)).map(|of| scope.spawn(move || part(of))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

/// The names that the controllers gave to what they made, by the id of the owner.
fn live(plane: &ControlPlane, accepted: &BTreeMap<&str, Vec<(&Workload, String)>>) -> HashMap<String, String> {
    let (mut live, mut since) = (HashMap::new(), Instant::now());
    let is_complete =
        |live: &HashMap<_, _>, namespace: &str| accepted[namespace].iter().all(|(_, id)| live.contains_key(id));
    loop {
        let before = live.len();
        let missing: Vec<&str> = accepted.keys().copied().filter(|namespace| !is_complete(&live, namespace)).collect();
        missing.iter().for_each(|namespace| live.extend(made(plane, namespace)));
        match live.len() > before {
            true => since = Instant::now(),
            false if missing.is_empty() || since.elapsed() > PATIENCE => return live,
            false => std::thread::sleep(Duration::from_millis(200)),
        }
    }
}

/// What the controllers made in a namespace.
fn made(plane: &ControlPlane, namespace: &str) -> Vec<(String, String)> {
    let lists = ["replicasets", "controllerrevisions"].map(|plural| {
        let mut list = plane.api.get(&format!("/apis/apps/v1/namespaces/{namespace}/{plural}"));
        list["items"].take()
    });
    let metadata = lists.iter().flat_map(|list| list.as_array().unwrap()).map(|item| &item["metadata"]);
    metadata.map(|of| (text(&of["ownerReferences"][0]["uid"]), text(&of["name"]))).collect()
}

/// The names that rollbook gives them, read from a file of the one form or the other.
fn named(world: &World, workloads: &[&Workload], is_json: bool) -> Vec<String> {
    let texts: Vec<&str> = workloads.iter().map(|workload| &*workload.text).collect();
    let (file, between) = if is_json { ("set.json", "\n") } else { ("set.yaml", "\n---\n") };
    world.write(file, texts.join(between));
    let run = world.rollbook(&["hash", "-f", file, "--kube-version", &version(), "-o", "json"]);
    assert!(!run.stderr.contains("would refuse it"), "the server accepts all of these: {}", run.stderr);
    let hashes: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    let items = hashes["items"].as_array().unwrap();
    assert_eq!(items.len(), workloads.len(), "{}", hashes["notes"]);
    let pairs = items.iter().zip(workloads);
    pairs.for_each(|(item, workload)| assert_eq!(item["object"]["name"], workload.name, "{}", workload.origin));
    items.iter().map(|item| text(&item["name"])).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Why the server does not accept it, in a line.
fn reason(error: &Error) -> String {
    let Error::Api(status) = error else { panic!("no answer: {error}") };
    assert!([400, 422].contains(&status.code), "{status:?}");
    status.message.replace(['\n', '\t'], " ")
}

#[test]
fn what_a_server_accepts_of_the_golden_set_it_names_as_rollbook_does() {
    let Some(plane) = ControlPlane::start() else { return };
    // Where there are no nodes, DaemonSets have no pods.
    plane.api.delete("/api/v1/nodes");
    let set = set();
    let there: BTreeSet<&str> = set.iter().map(Workload::namespace).collect();
    for namespace in there.iter().filter(|namespace| **namespace != "kube-system") {
        plane.api.post("/api/v1/namespaces", &json!({"metadata": {"name": namespace}}));
    }
    let start = Instant::now();
    let answers = create(&plane, &set);
    let mut refused = String::new();
    let mut accepted: BTreeMap<&str, Vec<(&Workload, String)>> = BTreeMap::new();
    for (workload, answer) in set.iter().zip(&answers) {
        match answer {
            Ok(object) => {
                accepted.entry(workload.namespace()).or_default().push((workload, text(&object["metadata"]["uid"])));
            }
            Err(error) => refused.push_str(&format!(
                "{}\t{} {}\t{}\n",
                workload.origin,
                workload.kind,
                workload.name,
                reason(error)
            )),
        }
    }
    let list = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("golden-refused-{}.tsv", version()));
    fs::write(&list, &refused).unwrap();
    let mut names: Vec<(&Workload, Option<String>)> = Vec::new();
    let live = live(&plane, &accepted);
    names.extend(accepted.values().flatten().map(|(workload, id)| (*workload, live.get(id).cloned())));
    let world = World::without_repository();
    let mut wrong = Vec::new();
    for is_json in [true, false] {
        let of_form: Vec<_> = names.iter().filter(|(workload, _)| workload.is_json == is_json).collect();
        let workloads: Vec<&Workload> = of_form.iter().map(|(workload, _)| *workload).collect();
        for ((workload, live), named) in of_form.iter().zip(named(&world, &workloads, is_json)) {
            if live.as_ref() != Some(&named) {
                wrong.push(format!("{} {}: {live:?} is live, and not {named}", workload.origin, workload.kind));
            }
        }
    }
    say(&format!(
        "the golden set at {}: {} of {} accepted, {} named as rollbook does, in {:.0?}; why not the others: {}",
        version(),
        names.len(),
        set.len(),
        names.len() - wrong.len(),
        start.elapsed(),
        list.display()
    ));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(names.len() >= ACCEPTED, "only {} were compared", names.len());
}
