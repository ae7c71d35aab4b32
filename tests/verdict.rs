//! Whether a change replaces pods: what Kubernetes' own controllers did, asked of the library and of the binary, and the
//! rules around them.

mod world;

use flate2::read::GzDecoder;
use rollbook::diff::{self, Delivery, Placed, Rolls, Verdict};
use rollbook::manifest::{self, Object};
use rollbook::template::Server;
use rollbook::text::Untrusted;
use rollbook::yaml::Dialect;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use world::World;

fn unpacked(name: &str) -> String {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    GzDecoder::new(File::open(path).expect(name)).read_to_string(&mut text).expect(name);
    text
}

/// One update that a controller was given, and what it did.
struct Update {
    id: String,
    minor: String,
    kind: String,
    /// Both manifests, as they stand in the line: numbers of 64 bits stay what they are.
    states: [String; 2],
    replaced: bool,
    hashes: [String; 2],
    note: String,
}

fn updates() -> Vec<Update> {
    let (pairs, expected) = (unpacked("pairs.jsonl.gz"), unpacked("pairs.tsv.gz"));
    let rows = expected.lines().filter(|row| !row.starts_with('#'));
    let update = |(line, row): (&str, &str)| {
        let row: Vec<&str> = row.split('\t').collect();
        let b = line.find(",\"b\":").expect("a second state");
        let a = line.find(",\"a\":").expect("a first state");
        let states = [&line[a + 5..b], &line[b + 5..line.len() - 1]].map(str::to_owned);
        let text = |at: usize| row[at].to_owned();
        assert!(line.contains(row[0]));
        let hash = |at: usize| text(at).rsplit('-').next().expect("a hash").to_owned();
        Update {
            id: text(0),
            minor: text(1),
            kind: text(2),
            states,
            replaced: row[9] == "true",
            hashes: [hash(5), hash(7)],
            note: row[3].to_owned(),
        }
    };
    let updates: Vec<Update> = pairs.lines().zip(rows).map(update).collect();
    assert_eq!(updates.len(), 1_200);
    updates
}

fn objects(text: &str) -> Vec<Object> {
    manifest::read(text.as_bytes(), Dialect::Kubectl).objects
}

fn server(minor: &str) -> Server {
    minor.parse::<rollbook::kubernetes::Version>().expect("a version").into()
}

/// The verdict on the one pair of objects of two texts.
fn verdict(old: &str, new: &str, minor: &str, delivery: Delivery) -> Verdict {
    let (old, new) = (objects(old), objects(new));
    let placed = |objects: &'static [Object]| objects.iter().map(|object| Placed { path: "a", object }).collect();
    let [old, new]: [&'static [Object]; 2] = [old, new].map(|objects| &*objects.leak());
    let pairs = diff::pair(&Vec::from_iter::<Vec<_>>(placed(old)), &Vec::from_iter::<Vec<_>>(placed(new)));
    assert_eq!(pairs.len(), 1);
    let changes = match (old, new) {
        ([old], [new]) => diff::diff(old, new),
        _ => Vec::new(),
    };
    Verdict::of(&pairs[0], &changes, server(minor), delivery)
}

#[test]
fn the_library_says_what_the_controllers_did() {
    for update in updates() {
        let [a, b] = &update.states;
        let verdict = verdict(a, b, &update.minor, Delivery::Plain);
        let expected = if update.replaced { Rolls::Yes } else { Rolls::No };
        assert_eq!(verdict.rolls(), expected, "{} {}: {}", update.id, update.note, verdict.reason);
        let hashes = [verdict.from, verdict.to].map(|name| name.expect("a name").hash.to_string());
        assert_eq!(hashes, update.hashes, "{} {}", update.id, update.note);
    }
}

#[test]
fn the_binary_says_what_the_controllers_did() {
    let mut groups: BTreeMap<(String, String), Vec<Update>> = BTreeMap::new();
    for update in updates() {
        groups.entry((update.minor.clone(), update.kind.clone())).or_default().push(update);
    }
    let mut agree = 0;
    for ((minor, _), updates) in groups {
        let world = World::new();
        for update in &updates {
            for (folder, state) in ["old", "new"].iter().zip(&update.states) {
                world.write(&format!("{folder}/{}.yaml", update.id), state);
            }
        }
        let shown = world.rollbook(&["diff", "--no-index", "old", "new", "--kube-version", &minor, "-o", "json"]);
        assert_eq!((shown.code, shown.stderr.as_str()), (1, ""));
        let document: Value = serde_json::from_str(&shown.stdout).expect("JSON");
        let items = document["items"].as_array().expect("items");
        let found: BTreeMap<&str, &Value> = items.iter().map(|item| (item["path"].as_str().unwrap(), item)).collect();
        for update in &updates {
            // What is equal byte for byte is left out.
            let rolls = match found.get(format!("{}.yaml", update.id).as_str()) {
                Some(item) => item["verdict"]["rolls"].as_str().unwrap(),
                None if update.states[0] == update.states[1] => "no",
                None => panic!("{} is left out", update.id),
            };
            assert_eq!(rolls, if update.replaced { "yes" } else { "no" }, "{} {}", update.id, update.note);
            agree += 1;
        }
    }
    assert_eq!(agree, 1_200);
}
