//! What API servers refused to change, against what [`immutable`] says: `golden/immutable.tsv` is written by the probe in
//! `oracle/immutable`.

use rollbook::diff::{diff, immutable};
use rollbook::kubernetes::Version;
use rollbook::manifest::{self, Object};
use rollbook::yaml::Dialect;
use serde::Deserialize as _;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Rows whose answer rests on what no manifest says: what it is, the object, the field, and what that becomes.
const NOT_TO_BE_KNOWN: &[[&str; 4]] = &[
    ["the address that the server gave it", "Service/given", "spec.clusterIP", r#""10.0.0.77""#],
    ["the address that the server gave it", "Service/given", "spec.clusterIPs", r#"["10.0.0.78"]"#],
    ["the family that the cluster has first", "Service/given", "spec.ipFamilies", r#"["IPv6"]"#],
    ["the port that the server gave it", "Service/balanced", "spec.healthCheckNodePort", "31006"],
    ["a value of a Secret", "Secret/sealed", "stringData", r#"{"port":"1"}"#],
    [
        "whether a claim has its volume",
        "PersistentVolumeClaim/selecting",
        "spec.resources.requests",
        r#"{"storage":"4Gi"}"#,
    ],
    ["that 1.30 had dropped the field", "Job/once", "spec.managedBy", "-"],
];

fn golden(name: &str) -> String {
    fs::read_to_string(format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"))).expect(name)
}

/// The objects of which the rows change a field, by kind and name.
fn objects() -> BTreeMap<String, Value> {
    let text = golden("immutable.yaml");
    let documents = serde_yaml::Deserializer::from_str(&text);
    let objects = documents.map(|document| Value::deserialize(document).expect("an object"));
    let name = |object: &Value| format!("{}/{}", word(&object["kind"]), word(&object["metadata"]["name"]));
    objects.map(|object| (name(&object), object)).collect()
}

fn word(value: &Value) -> &str {
    value.as_str().expect("a word")
}

/// The object with another value of a field: `-` for none, `=` for what it has.
fn with(object: &Value, field: &str, value: &str) -> Value {
    let mut changed = object.clone();
    let (around, last) = field.rsplit_once('.').unwrap_or(("", field));
    let keys = around.split('.').filter(|key| !key.is_empty());
    let holder = keys.fold(&mut changed, |at, key| &mut at[key]);
    match value {
        "=" => {}
        "-" => drop(holder.as_object_mut().map(|holder| holder.remove(last))),
        json => holder[last] = serde_json::from_str(json).expect("JSON"),
    }
    changed
}

fn read(object: &Value) -> Object {
    manifest::read(object.to_string().as_bytes(), Dialect::Kubectl).objects.remove(0)
}

struct Row<'t> {
    object: &'t str,
    field: &'t str,
    from: &'t str,
    to: &'t str,
    /// What the servers said, in the order of the versions.
    said: Vec<&'t str>,
}

/// The versions that were asked, and the rows.
fn rows<'t>(text: &'t str) -> (Vec<Version>, Vec<Row<'t>>) {
    let head = text.lines().find_map(|line| line.strip_prefix("# object\tfield\tfrom\tto\t")).expect("a head");
    let versions = head.split('\t').map(|version| version.parse().expect("a version")).collect();
    let row = |line: &'t str| match *line.split('\t').collect::<Vec<_>>() {
        [object, field, from, to, ref said @ ..] => Row { object, field, from, to, said: said.to_vec() },
        _ => panic!("{line}"),
    };
    (versions, text.lines().filter(|line| !line.starts_with('#')).map(row).collect())
}

#[test]
fn what_servers_refused_to_change_is_immutable() {
    let (text, objects) = (golden("immutable.tsv"), objects());
    let (versions, rows) = rows(&text);
    let (mut agree, mut apart, mut unused) = (0, Vec::new(), BTreeSet::from_iter(NOT_TO_BE_KNOWN));
    for row in &rows {
        let old = with(&objects[row.object], row.field, row.from);
        let new = with(&old, row.field, row.to);
        let (old, new) = (read(&old), read(&new));
        let changes = diff(&old, &new);
        for (&version, said) in versions.iter().zip(&row.said).filter(|(_, said)| **said != "-") {
            let found: Vec<_> = immutable(&old, &new, &changes, version).map(|of| of.path.shown()).collect();
            if found.is_empty() == (*said == "ok") {
                agree += 1;
                continue;
            }
            let Row { object, field, from, to, .. } = row;
            match NOT_TO_BE_KNOWN.iter().find(|of| of[1..] == [*object, *field, *to]) {
                Some(row) => drop(unused.remove(row)),
                None => apart.push(format!("{version} {object} {field}: {from} → {to}: {said}, not {found:?}")),
            }
        }
    }
    assert!(apart.is_empty(), "{}\n{} of {}", apart.join("\n"), apart.len(), apart.len() + agree);
    assert!(unused.is_empty(), "{unused:?}");
}
