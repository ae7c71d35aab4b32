//! The golden set given to a real server: what it accepts, its controllers name as `rollbook hash` does.

mod set;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use kube::Error;
use serde_json::{Value, json};

use self::set::{MANIFESTS, RANDOM, VECTORS, Workload, set};
use crate::api::Api;
use crate::build::{say, version};
use crate::fixture::ControlPlane;
use crate::world::World;

/// What a server accepts of the set, where it is given one in so many of the vectors: so none is left out of the comparison
/// unseen. The others are random, and wrong somewhere; which they are, and why, is written to a file.
struct Share {
    version: &'static str,
    every: usize,
    /// How many of each of [`TABLES`].
    accepted: [usize; 3],
}

const TABLES: [&str; 3] = [MANIFESTS, RANDOM, VECTORS];

const SHARES: [Share; 4] = [
    Share { version: "1.37", every: SOME, accepted: [93, 764, 441] },
    Share { version: "1.37", every: ALL, accepted: [93, 764, 8_637] },
    Share { version: "1.30", every: SOME, accepted: [92, 871, 473] },
    Share { version: "1.30", every: ALL, accepted: [92, 871, 9_469] },
];

/// One in so many of the ten thousand vectors: all of them take two minutes.
const SOME: usize = 20;

const ALL: usize = 1;

/// How many requests are on their way at a time.
const WRITERS: usize = 8;

/// How many objects a file has: rollbook reads files of 16 MiB.
const A_FILE: usize = 2_000;

/// For how long the controllers may make nothing before what is missing is taken for wrong.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the controllers make: one of these for each workload.
const MADE: [&str; 2] = ["replicasets", "controllerrevisions"];

/// One in how many of the vectors is given to the server; `ROLLBOOK_GOLDEN=all` asks for all of them.
fn every() -> usize {
    match std::env::var("ROLLBOOK_GOLDEN").as_deref() {
        Err(_) => SOME,
        Ok("all") => ALL,
        Ok(other) => panic!("ROLLBOOK_GOLDEN: it can be `all`, and not `{other}`"),
    }
}

/// What a server has accepted: the workload, and the id that it has there.
type Accepted<'s> = Vec<(&'s Workload, String)>;

/// A cluster with the namespaces of the set, and without nodes: there DaemonSets have no pods.
fn prepare(plane: &ControlPlane, set: &[Workload]) {
    plane.api.delete("/api/v1/nodes");
    let namespaces: BTreeSet<&str> = set.iter().map(Workload::namespace).collect();
    for namespace in namespaces.iter().filter(|namespace| **namespace != "kube-system") {
        plane.api.post("/api/v1/namespaces", &json!({"metadata": {"name": namespace}}));
    }
}

/// Gives the set to the server. What it refuses, and why, is written to a file.
fn create<'s>(plane: &ControlPlane, set: &'s [Workload], refusals: &Path) -> Accepted<'s> {
    let (mut accepted, mut refused) = (Vec::new(), String::new());
    for (workload, answer) in set.iter().zip(answers(plane, set)) {
        let Workload { origin, kind, name, .. } = workload;
        match answer {
            Ok(object) => accepted.push((workload, text(&object["metadata"]["uid"]))),
            Err(error) => refused.push_str(&format!("{origin}\t{kind} {name}\t{}\n", reason(&error))),
        }
    }
    fs::write(refusals, refused).unwrap();
    accepted
}

/// What the server answers to each.
fn answers(plane: &ControlPlane, set: &[Workload]) -> Vec<Result<Value, Error>> {
    let part = |part: &[Workload]| {
        let api = Api::connect(&plane.kubeconfigs["admin"]);
        part.iter().map(|workload| workload.create(&api)).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = set.chunks(set.len().div_ceil(WRITERS)).map(|of| scope.spawn(move || part(of))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

/// Why the server does not accept it, in a line.
fn reason(error: &Error) -> String {
    let Error::Api(status) = error else { panic!("no answer: {error}") };
    assert!([400, 422].contains(&status.code), "{status:?}");
    status.message.replace(['\n', '\t'], " ")
}

/// Waits until the controllers have made as many revisions, or make none any more.
fn wait(plane: &ControlPlane, wanted: usize) {
    let (mut made, mut since) = (0, Instant::now());
    while made < wanted && since.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(200));
        let now = MADE.iter().map(|plural| count(plane, plural)).sum();
        if now > made {
            (made, since) = (now, Instant::now());
        }
    }
}

/// How many there are: the server counts what it would give.
fn count(plane: &ControlPlane, plural: &str) -> usize {
    let list = plane.api.get(&format!("/apis/apps/v1/{plural}?limit=1"));
    let more = list["metadata"]["remainingItemCount"].as_u64().unwrap_or_default();
    list["items"].as_array().unwrap().len() + usize::try_from(more).unwrap()
}

/// The names that the controllers gave to what they made, by the id of the owner.
fn live(plane: &ControlPlane) -> HashMap<String, String> {
    let lists = MADE.map(|plural| plane.api.get(&format!("/apis/apps/v1/{plural}"))["items"].take());
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

/// Where the two do not agree.
fn differences(accepted: &Accepted<'_>, live: &HashMap<String, String>) -> Vec<String> {
    let (world, mut differences) = (World::without_repository(), Vec::new());
    for is_json in [true, false] {
        let of_form: Vec<_> = accepted.iter().filter(|(workload, _)| workload.is_json == is_json).collect();
        let workloads: Vec<&Workload> = of_form.iter().map(|(workload, _)| *workload).collect();
        let names = workloads.chunks(A_FILE).flat_map(|part| named(&world, part, is_json));
        for ((workload, id), named) in of_form.iter().zip(names) {
            if live.get(id) != Some(&named) {
                let (Workload { origin, kind, .. }, live) = (workload, live.get(id));
                differences.push(format!("{origin} {kind}: {live:?} is live, and not {named}"));
            }
        }
    }
    differences
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[test]
fn what_a_server_accepts_of_the_golden_set_it_names_as_rollbook_does() {
    let Some(plane) = ControlPlane::start() else { return };
    let (version, every) = (version(), every());
    let set = set(every);
    prepare(&plane, &set);
    let start = Instant::now();
    let refusals = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("golden-refused-{version}.tsv"));
    let accepted = create(&plane, &set, &refusals);
    let created = start.elapsed();
    wait(&plane, accepted.len());
    let wrong = differences(&accepted, &live(&plane));
    say(&format!(
        "the golden set at {version}: {} of {} accepted in {created:.0?}, {} of them named as rollbook does in {:.0?}; why not \
         the others: {}",
        accepted.len(),
        set.len(),
        accepted.len() - wrong.len(),
        start.elapsed(),
        refusals.display()
    ));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let counts = TABLES.map(|table| accepted.iter().filter(|(workload, _)| workload.table() == table).count());
    let share = SHARES.iter().find(|share| share.version == version && share.every == every).expect("it is there");
    assert_eq!(counts, share.accepted, "other manifests than before were compared: {}", refusals.display());
}
