//! `rollbook whence` as a user sees it.

mod world;

use insta::assert_snapshot;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use world::{World, screens};

fn workload(kind: &str, name: &str, tag: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n  selector: {{matchLabels: {{app: {name}}}}}\n  \
         template:\n    metadata: {{labels: {{app: {name}}}}}\n    spec:\n      containers:\n      - {{name: {name}, image: 'shop/{name}:{tag}'}}\n"
    )
}

/// Three revisions of web, of which the last goes back to the first; a StatefulSet, a DaemonSet; something else.
fn shop() -> World {
    let world = World::new();
    world.write("web.yaml", workload("Deployment", "web", "1.0"));
    world.write("db.yaml", workload("StatefulSet", "db", "15"));
    world.commit("web: first release");
    world.set_author("Grace Hopper", "grace@example.org");
    world.write("web.yaml", workload("Deployment", "web", "1.1"));
    world.write("agent.yaml", workload("DaemonSet", "agent", "1"));
    world.commit("web 1.1\n\nChange-Cause: a faster cart");
    world.write("web.yaml", workload("Deployment", "web", "1.0"));
    world.write("agent.yaml", workload("DaemonSet", "agent", "2"));
    world.write("db.yaml", workload("StatefulSet", "db", "16"));
    world.commit("back to web 1.0, and newer others");
    world
}

/// The items of `-o json`.
fn items(world: &World, args: &[&str]) -> Vec<Value> {
    items_on(world, "", args)
}

fn items_on(world: &World, input: &str, args: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = ["whence", "-o", "json"].iter().chain(args).copied().collect();
    let output = world.rollbook_on(input.as_bytes(), &args);
    let document: Value = serde_json::from_str(&output.stdout).expect("it is JSON");
    document["items"].as_array().expect("items").clone()
}

/// The names that a file gets in every version: version and whole name.
fn names(world: &World, file: &str, more: &[&str]) -> Vec<(String, String)> {
    let args: Vec<&str> = ["hash", "-f", file, "--all-versions", "-o", "json"].iter().chain(more).copied().collect();
    let document: Value = serde_json::from_str(&world.rollbook(&args).stdout).expect("it is JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = document["items"].as_array().expect("items");
    items
        .iter()
        .map(|item| (text(&item["kubeVersion"]), text(&item["name"])))
        .filter(|(_, name)| !name.is_empty())
        .collect()
}

#[test]
fn a_name_leads_to_its_commit() {
    let world = shop();
    let newest = names(&world, "web.yaml", &[]).pop().expect("a name").1;
    let hash = newest.rsplit_once('-').expect("a hash").1;
    let pod = format!("{newest}-x7k2p");
    assert_snapshot!(screens(
        &world,
        &[
            &["whence", &pod],
            &["whence", &format!("rs/{newest}"), hash],
            &["whence", &pod, "-o", "json"],
            &["whence", &pod, "-o", "wide"],
            &["whence", "web-6c5f67b5f7-x7k2p"],
            &["whence", "web-6c5f67b5f7-x7k2p", "--all-branches", "-o", "json"],
            &["whence", "6c5f67b5f7"],
            &["whence", "nothing-6c5f67b5f7"],
            &["whence", "Not/A Name"],
        ]
    ));
}

#[test]
fn every_version_is_found_and_no_other_is_said() {
    let world = shop();
    for (file, kind) in [("web.yaml", "Deployment"), ("agent.yaml", "DaemonSet"), ("db.yaml", "StatefulSet")] {
        let names = names(&world, file, &[]);
        for (version, name) in &names {
            let expected: Vec<&String> =
                names.iter().filter(|(_, other)| other == name).map(|(version, _)| version).collect();
            for item in items(&world, &[name]) {
                assert_eq!((&item["object"]["kind"], &item["by"]), (&json!(kind), &json!("name")), "{name}");
                assert_eq!(item["kubeVersions"], json!(expected), "{name} of {version}");
            }
            assert!(!items(&world, &[name]).is_empty(), "{name} of {version}");
        }
    }
}

#[test]
fn a_collision_is_found_and_told() {
    let world = shop();
    for file in ["web.yaml", "agent.yaml", "db.yaml"] {
        for count in [1, 2, 3] {
            let name = names(&world, file, &["--collision", &count.to_string()]).pop().expect("a name").1;
            let found = items(&world, &[&name]);
            assert!(!found.is_empty() && found.iter().all(|item| item["collision"] == json!(count)), "{file} {count}");
        }
        let name = names(&world, file, &["--collision", "4"]).pop().expect("a name").1;
        assert_eq!(items(&world, &[&name]), Vec::<Value>::new());
    }
    let name = names(&world, "web.yaml", &["--collision", "2"]).pop().expect("a name").1;
    assert_snapshot!(screens(&world, &[&["whence", &name]]));
}

#[test]
fn the_pods_of_the_articles_are_found() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/articles");
    let world = World::new();
    let table = fs::read_to_string(golden.join("names.tsv")).expect("the table is there");
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    let mut commits = Vec::new();
    for row in &rows {
        world.write(&format!("{}.yaml", row[2]), fs::read(golden.join(row[0])).expect("the manifest is there"));
        commits.push(world.commit(row[0]));
    }
    for (row, commit) in rows.iter().zip(&commits) {
        for name in
            [row[4].to_owned(), format!("{}-78spp", row[4]), row[4].rsplit_once('-').expect("a hash").1.to_owned()]
        {
            let found = items(&world, &[&name]);
            assert_eq!(found.len(), 1, "{name}");
            assert_eq!(found[0]["commit"], json!(commit), "{name}");
            let versions = found[0]["kubeVersions"].as_array().expect("versions");
            assert!(versions.contains(&json!(row[3])), "{name}: {versions:?}");
        }
    }
    assert_snapshot!(screens(
        &world,
        &[
            &["whence", "deployment-demo-1818355944-78spp"],
            &["whence", "kubia-1581357123-26ff4", "kubia-1506449474-2jkdw"]
        ]
    ));
}

#[test]
fn a_cut_name_is_matched_by_what_is_left() {
    let world = World::new();
    // A ReplicaSet's name of 57, 58, 59, 63, 68 and 69 characters: from 59 on the hash is cut.
    for length in [46, 47, 48, 52, 57, 58, 70] {
        let name = "l".repeat(length);
        world.write(&format!("{length}.yaml"), workload("Deployment", &name, "1"));
    }
    world.commit("long names");
    let mut seen = String::new();
    for length in [46, 47, 48, 52, 57, 58, 70] {
        let whole = names(&world, &format!("{length}.yaml"), &[]).pop().expect("a name").1;
        let generated = format!("{whole}-");
        let pod = format!("{}x7k2p", &generated[..generated.len().min(58)]);
        let output = world.rollbook(&["whence", &pod]);
        let mut found = items(&world, &[&pod]);
        found.retain(|item| item["object"]["name"] == json!("l".repeat(length)));
        assert_eq!(found.len(), 1, "{pod}");
        seen += &format!(
            "{length}: {} {} {}",
            found[0]["by"],
            found[0]["hash"],
            output.stderr.lines().next().unwrap_or("\n")
        );
        seen += "\n";
    }
    assert_snapshot!(seen);
}

#[test]
fn a_pod_without_a_hash_is_never_given_one() {
    let world = shop();
    assert_snapshot!(screens(
        &world,
        &[&["whence", "agent-x7k2p"], &["whence", "db-0", "agent-bcdf4"], &["whence", "db-x"]]
    ));
    for name in ["agent-x7k2p", "agent-bcdf4", "agent-45678", "db-0", "db-12"] {
        for item in items(&world, &[name]) {
            assert_eq!(
                (&item["by"], &item["hash"], &item["kubeVersions"]),
                (&json!("workload"), &json!(null), &json!([]))
            );
        }
    }
}

fn pod(name: &str, owner: [&str; 2], labels: &Value, image: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "namespace": "shop", "labels": labels,
            "ownerReferences": [{"apiVersion": "apps/v1", "kind": owner[0], "name": owner[1], "controller": true}]},
        "spec": {"containers": [{"name": "c", "image": image}, {"name": "mesh", "image": "mesh:1"}]}})
}

#[test]
fn the_json_of_a_pod_decides_by_owner_labels_and_images() {
    let world = shop();
    let newest = |file: &str| names(&world, file, &[]).pop().expect("a name").1;
    let (web, agent, db) = (newest("web.yaml"), newest("agent.yaml"), newest("db.yaml"));
    let agent_hash = agent.rsplit_once('-').expect("a hash").1;
    let list = json!({"apiVersion": "v1", "kind": "List", "items": [
        pod("cut-somehow", ["ReplicaSet", &web], &json!({}), "shop/web:1.0"),
        pod("agent-x7k2p", ["DaemonSet", "agent"], &json!({"controller-revision-hash": agent_hash}), "shop/agent:2"),
        pod("db-0", ["StatefulSet", "db"], &json!({"controller-revision-hash": db}), "shop/db:16"),
        pod("agent-zzzzz", ["DaemonSet", "agent"], &json!({"controller-revision-hash": "6c5f67b5f7"}), "shop/agent:1"),
        pod("restarted", ["ReplicaSet", "web-5d5d5d5d5d"], &json!({}), "shop/web:1.1"),
        pod("x; rm -rf ~", ["ReplicaSet", "web-5d5d5d5d5d"], &json!({}), "shop/web:1.1"),
        pod("db-1", ["StatefulSet", "db"], &json!({}), "shop/db:14"),
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}},
    ]});
    let output = world.rollbook_on(list.to_string().as_bytes(), &["whence", "-"]);
    assert_snapshot!(output.screen(&["whence", "-"]));
}

#[test]
fn names_on_standard_input_are_those_of_kubectl() {
    let world = shop();
    let web = names(&world, "web.yaml", &[]).pop().expect("a name").1;
    let table = format!("NAME     READY   STATUS\n{web}-x7k2p   1/1     Running\n\npod/{web}-x7k2p\n");
    assert_eq!(items_on(&world, &table, &["-"]).len(), 2); // two revisions of one pod
    let empty = world.rollbook_on(b"", &["whence", "-"]);
    assert_eq!((empty.code, empty.stdout.as_str()), (0, ""));
}

#[test]
fn input_without_end_is_bounded() {
    let world = shop();
    let many: String = (0..20_000).map(|number| format!("web-{number}\n")).collect();
    let output = world.rollbook_on(many.as_bytes(), &["whence", "-"]);
    assert_eq!(output.code, 2);
    let enormous = format!("web-{}\n\u{1b}[2J\n", "6c5f67b5f7".repeat(1_000));
    let shown = world.rollbook_on(enormous.as_bytes(), &["whence", "-"]).stderr;
    assert_snapshot!(format!("{}\n{shown}", output.stderr));
}

#[test]
fn another_branch_is_looked_at_where_it_is_asked_for() {
    let world = shop();
    world.branch("next");
    world.write("web.yaml", workload("Deployment", "web", "2.0"));
    world.commit("web 2.0");
    let name = names(&world, "web.yaml", &[]).pop().expect("a name").1;
    world.checkout("main");
    assert_snapshot!(screens(&world, &[&["whence", &name], &["whence", &name, "--all-branches"]]));
}

#[test]
fn what_is_applied_over_older_defaults_and_what_is_new_are_both_found() {
    let world = World::new();
    world.write("web.yaml", workload("Deployment", "web", "latest"));
    world.commit("latest");
    world.write("web.yaml", workload("Deployment", "web", "1.0"));
    world.commit("a tag");
    let history: Value = serde_json::from_str(&world.rollbook(&["history", "web", "-o", "json"]).stdout).expect("JSON");
    let newest = &history["items"][0]["revisions"][1];
    for (hash, only_as_new) in [(&newest["hash"], false), (&newest["asNew"], true)] {
        let name = format!("web-{}", hash.as_str().expect("a hash"));
        let found = items(&world, &[&name]);
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!((&found[0]["revision"], &found[0]["onlyAsNew"]), (&json!(2), &json!(only_as_new)), "{name}");
    }
}

#[test]
fn what_is_rendered_is_said_and_found_where_nothing_changed_it() {
    let world = World::new();
    world.write("base/web.yaml", workload("Deployment", "web", "1"));
    world.write("base/kustomization.yaml", "resources: [web.yaml]\nimages: [{name: other, newTag: '3'}]\n");
    world.commit("kustomize");
    let name = names(&world, "base/web.yaml", &[]).pop().expect("a name").1;
    assert_eq!(items(&world, &[&name]).len(), 1);
    assert_snapshot!(screens(&world, &[&["whence", "web-6c5f67b5f7"]]));
}

#[test]
fn only_the_namespace_and_the_paths_that_are_asked_for_count() {
    let world = World::new();
    for folder in ["dev", "prod"] {
        world.write(
            &format!("{folder}/web.yaml"),
            workload("Deployment", "web", "1")
                .replace("name: web\nspec", &format!("name: web\n  namespace: {folder}\nspec")),
        );
    }
    world.commit("two of a kind");
    let name = names(&world, "dev/web.yaml", &[]).pop().expect("a name").1;
    assert_eq!(items(&world, &[&name]).len(), 2);
    for more in [&["-n", "prod"][..], &["--path", "prod"]] {
        let args: Vec<&str> = [name.as_str()].into_iter().chain(more.iter().copied()).collect();
        let found = items(&world, &args);
        assert_eq!((found.len(), &found[0]["path"]), (1, &json!("prod/web.yaml")));
    }
    let pod = pod("web-x", ["ReplicaSet", &name], &json!({}), "shop/web:1").to_string().replace("\"shop\"", "\"dev\"");
    let found = items_on(&world, &pod, &["-"]);
    assert_eq!((found.len(), &found[0]["path"]), (1, &json!("dev/web.yaml")));
}
