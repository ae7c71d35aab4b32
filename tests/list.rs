//! `rollbook list` and `rollbook log` as a user sees them.

mod world;

use insta::assert_snapshot;
use world::{World, screens};

fn web(tag: &str, replicas: usize) -> String {
    workload("Deployment", "web", tag, replicas)
}

fn workload(kind: &str, name: &str, tag: &str, replicas: usize) -> String {
    format!(
        "apiVersion: apps/v1\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n  replicas: {replicas}\n  selector: {{matchLabels: {{app: {name}}}}}\n  \
         template:\n    metadata: {{labels: {{app: {name}}}}}\n    spec:\n      containers:\n      - {{name: {name}, image: 'shop/{name}:{tag}'}}\n"
    )
}

/// A shop with an overlay of its own for `dev`, a database, something that is gone, and a job.
fn shop() -> World {
    let world = World::new();
    world.write("prod/web.yaml", web("1.0", 2));
    world.write("prod/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: '1'}\n");
    world.commit("web: first release");
    world.write("prod/db.yaml", workload("StatefulSet", "db", "15", 1));
    world.write("dev/web.yaml", web("1.0", 1));
    world.write("prod/old.yaml", workload("Deployment", "old", "1", 1));
    world.commit("a database, and a place to try things");
    world.set_author("Grace Hopper", "grace@example.org");
    world.write("dev/web.yaml", web("1.1", 1));
    world.write("prod/web.yaml", web("1.1", 2));
    world.commit("web 1.1 everywhere");
    world.write("prod/web.yaml", web("1.1", 4));
    world.write("prod/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: '2'}\n");
    world.remove("prod/old.yaml");
    world.commit("more web, nothing old");
    world.write("base/api.yaml", workload("Deployment", "api", "2", 1));
    world.write("base/kustomization.yaml", "resources: [api.yaml]\nimages: [{name: shop/api, newTag: '3'}]\n");
    world.write("prod/job.yaml", workload("Job", "clean", "1", 1).replace("apps/v1", "batch/v1"));
    world.commit("an api that kustomize changes\n\nChange-Cause: try kustomize");
    world
}

#[test]
fn every_workload_is_listed_with_its_last_change() {
    let world = shop();
    assert_snapshot!(screens(
        &world,
        &[
            &["list"],
            &["list", "--path", "prod", "--kube-version", "1.33"],
            &["list", "--path", "prod", "-o", "name"],
            &["list", "--path", "dev", "-o", "json"],
            &["list", "--path", "prod", "-o", "markdown"],
            &["list", "--path", "nowhere"],
        ]
    ));
}

#[test]
fn the_log_tells_what_rolled_the_newest_first() {
    let world = shop();
    assert_snapshot!(screens(
        &world,
        &[
            &["log"],
            &["log", "--rolls", "--path", "prod"],
            &["log", "--since", "2026-10-01T12:00", "--until", "2026-10-01T12:30"],
            &["log", "deploy/old", "configmap/settings"],
            &["log", "deploy/web", "--limit", "1", "-o", "json"],
            &["log", "deploy/nothing"],
            &["log", "--since", "2027-01-01", "--rolls"],
        ]
    ));
}

#[test]
fn no_hash_stands_without_its_version() {
    let world = shop();
    assert_snapshot!(screens(
        &world,
        &[
            &["log", "deploy/web", "--path", "prod", "-o", "wide"],
            &["log", "deploy/web", "--path", "prod", "-o", "markdown"],
            &["log", "deploy/web", "--path", "prod", "-o", "markdown", "--kube-version", "1.33"],
        ]
    ));
}

#[test]
fn times_are_those_of_the_users_clock() {
    let world = shop();
    let output = world.rollbook_with(&[("TZ", "America/New_York")], &["log", "--limit", "1"]);
    assert!(output.stdout.contains("2026-10-01 10:00"), "{}", output.stdout);
}

#[test]
fn a_shallow_clone_has_no_numbers() {
    let world = shop();
    let url = format!("file://{}", world.root().display());
    world.git_in(world.root(), &["clone", "-q", "--depth", "2", &url, "../shallow"]);
    let list = world.rollbook_in(&world.beside("shallow"), &["list", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&list.stdout).expect("it is JSON");
    let items = document["items"].as_array().expect("items");
    assert_eq!(items.len(), 5, "{}", list.stdout);
    assert!(items.iter().all(|item| item["revision"].is_null()), "{}", list.stdout);
    assert!(document["notes"][0]["message"].as_str().is_some_and(|text| text.contains("git fetch --unshallow")));
    let log = world.rollbook_in(&world.beside("shallow"), &["log", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&log.stdout).expect("it is JSON");
    let boundary =
        document["items"].as_array().expect("items").iter().filter(|item| item["change"] == serde_json::json!([]));
    assert!(boundary.clone().count() > 0 && boundary.clone().all(|item| item["rolls"] == "unknown"), "{}", log.stdout);
}
