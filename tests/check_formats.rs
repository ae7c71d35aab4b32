//! The forms in which `rollbook check` gives what it found.

mod world;

use serde_json::Value;
use world::World;

const BEFORE: &str = "apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {level: info}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: 'web:1'}
";

/// Findings of all severities: one of what is gone, one that a comment allows, one with a name that no form may take for
/// its own words.
fn world() -> World {
    let world = World::new();
    world.set_columns(80);
    let reads = BEFORE.replace(
        "'web:1'}",
        "'web:1', volumeMounts: [{name: s, mountPath: /s}]}\n      volumes: [{name: s, configMap: {name: settings}}]",
    );
    world.write("k8s/web & co.yaml", reads.clone());
    world.write("k8s/api.yaml", BEFORE.replace("web", "api").replace("settings", "other"));
    world.commit("first");
    let after = reads.replace("level: info", "level: debug").replace(
        "spec:\n  selector",
        "spec:\n  minReadySeconds: 900\n  revisionHistoryLimit: 0 # rollbook: allow(history-lost) git has it\n  selector",
    );
    world.write("k8s/web & co.yaml", after);
    world.write(
        "k8s/api.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\ndata: {\"<|::%0A`]]>\": a, \"<|::%0A`]]>\": b}\n",
    );
    world
}

#[test]
fn text_markdown_and_names() {
    let world = world();
    let screens = ["table", "markdown", "name", "github", "junit"].map(|form| world.screen(&["check", "-o", form]));
    insta::assert_snapshot!(screens.join("\n"));
}

#[test]
fn json_says_all_of_a_finding() {
    let output = world().rollbook(&["check", "-o", "json"]);
    insta::assert_snapshot!(output.stdout);
}

#[test]
fn sarif_is_what_its_schema_asks_for() {
    let world = world();
    let output = world.rollbook(&["check", "-o", "sarif"]);
    assert_eq!(output.code, 1, "{}", output.stderr);
    let log: Value = serde_json::from_str(&output.stdout).unwrap();
    let schema: Value = serde_json::from_str(include_str!("sarif/schema-2.1.0.json")).unwrap();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("sarif.json", schema).unwrap();
    let schema = compiler.compile("sarif.json", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(&log, schema) {
        panic!("{error:#}");
    }
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    insta::assert_snapshot!(format!("{:#}", run["results"]));
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let world = world();
    let fingerprints = || {
        let output = world.rollbook(&["check", "-o", "json"]);
        let document: Value = serde_json::from_str(&output.stdout).unwrap();
        let items = document["items"].as_array().unwrap().clone();
        let mut all: Vec<String> = items.iter().map(|item| item["fingerprint"].to_string()).collect();
        all.sort();
        all
    };
    let before = fingerprints();
    let path = world.root().join("k8s/web & co.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    world.write("k8s/web & co.yaml", format!("# one\n# two\n{text}"));
    assert_eq!(fingerprints(), before);
    let mut distinct = before.clone();
    distinct.dedup();
    assert_eq!(distinct, before);
}

#[test]
fn a_form_that_finds_nothing_says_what_was_looked_at() {
    let world = world();
    world.commit("all of it");
    for form in ["table", "json", "markdown", "sarif", "junit", "github", "name"] {
        let output = world.rollbook(&["check", "-o", form]);
        let said = format!("{}{}", output.stdout, output.stderr);
        assert!(output.code == 0 && said.contains("nothing was checked"), "{form}: {said}");
    }
}
