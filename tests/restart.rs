//! `rollbook restart --git`: a restart by a commit.

#![cfg(feature = "cluster")]

mod world;

use serde_json::{Value, json};
use world::World;

const WEB: &str = "# The shop's front.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    kubernetes.io/change-cause: web 1.4
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web} # as the selector has it
    spec:
      containers:
      - {name: web, image: 'web:1.4'}
";

fn shop() -> World {
    let world = World::new();
    world.set_committer();
    world.write("k8s/web.yaml", WEB);
    world.write("k8s/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n");
    world.commit("web 1.4");
    world
}

/// Without what the clock has to do with: times, ids of commits, hashes.
fn timeless(screen: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_matches(['"', ':', '(', ')']);
        let is_time = bare.len() >= 20 && bare.starts_with("20") && bare.contains('T');
        let is_id = bare.len() == 7 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
        match bare.split_once('-') {
            _ if is_time => word.replace(bare, "[time]"),
            _ if is_id => word.replace(bare, "[commit]"),
            Some(("web", _)) => word.replace(bare, "[name]"),
            _ => word.to_owned(),
        }
    };
    let words = screen.replace('\n', " \n ");
    words.split(' ').map(word).collect::<Vec<_>>().join(" ").replace(" \n ", "\n")
}

#[test]
fn a_restart_is_a_commit_with_its_reason() {
    let world = shop();
    let runs: [&[&str]; 2] =
        [&["restart", "web", "--git", "--dry-run"], &["restart", "deployment/web", "--git", "-m", "new certificates"]];
    let mut seen = runs.map(|args| world.screen(args)).join("\n");
    let commit = world.git(&["show", "--format=%B", "HEAD"]);
    // The ids of the files depend on the time that stands in one.
    seen.extend(commit.split_inclusive('\n').filter(|line| !line.starts_with("index ")));
    insta::assert_snapshot!(timeless(&seen));
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    let history: Value = serde_json::from_str(&world.rollbook(&["history", "web", "-o", "json"]).stdout).unwrap();
    let newest = &history["items"][0]["revisions"][1];
    assert_eq!((&newest["revision"], &newest["cause"]["text"]), (&json!(2), &json!("new certificates")), "{newest}");
}

#[test]
fn what_cannot_be_restarted_is_refused_and_nothing_is_written() {
    let world = shop();
    world.write(
        "k8s/job.yaml",
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {}}}\n",
    );
    world.write("k8s/idle.yaml", WEB.replace("name: web\n", "name: idle\n").replace("replicas: 2", "paused: true"));
    world.commit("more");
    let tip = world.tip();
    let runs: [&[&str]; 7] = [
        &["restart", "configmap/settings", "--git"],
        &["restart", "job/once", "--git"],
        &["restart", "idle", "--git"],
        &["restart", "wep", "--git"],
        &["restart", "web", "idle", "--git"],
        &["restart", "web", "--git", "--context", "prod"],
        &["restart", "web", "--dry-run"],
    ];
    let mut seen = runs.map(|args| world.screen(args) + "\n").concat();
    world.write("k8s/web.yaml", WEB.replace("1.4", "1.5"));
    seen.push_str(&world.screen(&["restart", "web", "--git"]));
    assert_eq!(world.tip(), tip);
    insta::assert_snapshot!(seen);
}

#[test]
fn another_branch_gets_it_where_that_is_asked_for() {
    let world = shop();
    let tip = world.tip();
    let run = world.rollbook(&["restart", "web", "--git", "--branch", "restart-web"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(world.tip(), tip);
    assert!(world.git(&["show", "restart-web:k8s/web.yaml"]).contains("restartedAt"));
}
