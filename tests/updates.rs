//! What controllers make of new templates, against what Kubernetes' own controllers did: 1,200 updates as a PUT makes
//! them, and applies over what was there on real API servers.

use flate2::read::GzDecoder;
use rollbook::kubernetes::Kind;
use rollbook::manifest::{self, Object};
use rollbook::template::{Controller, Live, Template};
use rollbook::yaml::Dialect;
use std::fs::File;
use std::io::Read as _;

fn unpacked(name: &str) -> String {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    GzDecoder::new(File::open(path).expect(name)).read_to_string(&mut text).expect(name);
    text
}

/// The object that stands in the line of a vector behind a key, read as it is written there.
fn object(line: &str, key: &str) -> Object {
    let key = format!("\"{key}\":");
    let start = line.find(&key).unwrap_or_else(|| panic!("{key}")) + key.len();
    let rest = line[start..].trim_start();
    let mut objects = manifest::read(&rest.as_bytes()[..end(rest)], Dialect::Kubectl).objects;
    assert_eq!(objects.len(), 1, "{key} of {line}");
    objects.remove(0)
}

/// Where the JSON object that the text begins with ends.
fn end(text: &str) -> usize {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    values.next().expect("an object").expect("an object");
    values.byte_offset()
}

#[test]
fn updates_do_what_the_controllers_did() {
    let (pairs, expected) = (unpacked("pairs.jsonl.gz"), unpacked("pairs.tsv.gz"));
    let mut agree = 0;
    for (line, row) in pairs.lines().zip(expected.lines().filter(|row| !row.starts_with('#'))) {
        let row: Vec<&str> = row.split('\t').collect();
        let id: serde_json::Value = serde_json::from_str(line).expect("a pair");
        assert_eq!(id["id"], row[0]);
        let (version, controller) = (row[1].parse().expect("a version"), Kind::of(row[2]).and_then(Controller::of));
        let controller = controller.expect("a kind with revisions");
        let [a, b] = ["a", "b"].map(|key| object(line, key));
        let name = |object: &Object| {
            let template = Template::decode(object.node());
            let hash = controller.hash(template.view(version), None).expect("a name");
            match controller {
                Controller::StatefulSet => controller.name(&object.identity.name, hash, version),
                _ => hash.to_string(),
            }
        };
        let [old, new] = [&a, &b].map(|object| Template::decode(object.node()));
        let (old, new) = (old.view(version), new.view(version));
        let update = controller.update(old, new).expect("both can be decoded");
        let (first, fresh) = (name(&a), name(&b));
        let live = if update.keeps_name() { &first } else { &fresh };
        let is_equal = old.semantic().expect("a digest") == new.semantic().expect("a digest");
        let found = [
            &update.keeps_name().to_string(),
            &first,
            &fresh,
            live,
            &is_equal.to_string(),
            &update.replaces_pods().to_string(),
        ];
        assert_eq!(found[..], row[4..10], "{row:?}");
        agree += 1;
    }
    assert_eq!(agree, 1_200);
}

/// Rows of `a`, and `b` applied over it: the hash after each, that of `b` as a new object, and how it was refused.
#[test]
fn applies_give_the_names_that_api_servers_gave() {
    let mut agree = 0;
    for line in unpacked("applied.jsonl.gz").lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("a row");
        let version: rollbook::kubernetes::Version =
            row["minor"].as_str().expect("a minor").parse().expect("a version");
        let hash = |template: &Template| template.view(version).hash(None).expect("a name").to_string();
        let [a, b] = ["a", "b"].map(|key| Template::decode(object(line, key).node()));
        let mut live = Live::default();
        assert!(live.apply(&a.unwritten()).is_empty());
        let (first, fresh) = (hash(&a), hash(&b));
        // What a server refuses changes nothing.
        let after = match row["refused"].is_null() {
            false => first.clone(),
            true => {
                let applied = b.with(&live.apply(&b.unwritten())).into_owned();
                let update = Controller::Deployment.update(a.view(version), applied.view(version));
                if update.expect("both can be decoded").keeps_name() { first.clone() } else { hash(&applied) }
            }
        };
        assert_eq!(
            [&first, &after, &fresh],
            ["first", "after", "fresh"].map(|key| row[key].as_str().expect("a hash")),
            "{}",
            row["id"]
        );
        agree += 1;
    }
    assert_eq!(agree, 108);
}
