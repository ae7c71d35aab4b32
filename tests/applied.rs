//! Names in a history: each revision is applied over the one before, and some defaults stay. The expected names of the
//! first two tests are those that real API servers gave (`tests/golden/applied.jsonl.gz`).

mod world;

use insta::assert_snapshot;
use serde_json::Value;
use world::{World, screens};

/// The vectors `untagged-to-tag` and `sa-removed`, applied by kubectl.
fn golden(name: &str, pod: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  replicas: 1\n  \
         selector: {{matchLabels: {{app: {name}}}}}\n  template:\n    metadata: {{labels: {{app: {name}}}}}\n    \
         spec: {{{pod}}}\n"
    )
}

fn items(world: &World, args: &[&str]) -> Vec<Value> {
    let answer = world.rollbook(&[args, &["-o", "json", "--kube-version", "1.37"]].concat());
    let document: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.stderr));
    document["items"].as_array().expect("items").clone()
}

#[test]
fn a_pull_policy_that_was_a_default_stays() {
    let world = World::new();
    for image in ["nginx", "nginx:1.25"] {
        let pod = format!("containers: [{{name: web, image: '{image}'}}]");
        world.write("web.yaml", golden("c-untagged-to-tag", &pod));
        world.commit(image);
    }
    let names = |item: &Value| ["hash", "asNew"].map(|key| item[key].as_str().map(str::to_owned));
    let (first, after, fresh) = ("74fd65484d", "68dff5688", "774b77fb6b");
    let applied = [Some(after.to_owned()), Some(fresh.to_owned())];
    let target = "c-untagged-to-tag";
    let rows = &items(&world, &["history", target])[0]["revisions"];
    assert_eq!(names(&rows[0]), [Some(first.to_owned()), None]);
    assert_eq!(names(&rows[1]), applied);
    assert_eq!(names(&items(&world, &["list"])[0]), applied);
    assert_eq!(names(&items(&world, &["hash", target])[0]), applied);
    assert_eq!(names(&items(&world, &["hash", "-f", "web.yaml"])[0]), [Some(fresh.to_owned()), None]);
    let newest = &items(&world, &["log"])[0];
    assert_eq!(["from", "to"].map(|key| newest[key].as_str()), [Some(first), Some(after)]);
    // Both hashes lead to the revision: that of the cluster with the history, and that of a new one.
    for hash in [after, fresh] {
        let args = ["show", target, &format!("hash:{hash}"), "--kube-version", "1.37"];
        assert!(world.rollbook(&args).stdout.contains("nginx:1.25"), "{hash}");
    }
}

#[test]
fn a_service_account_that_is_removed_stays_and_rolls_nothing() {
    let world = World::new();
    let containers = "containers: [{name: web, image: 'nginx:1'}]";
    world.write("web.yaml", golden("c-sa-removed", &format!("serviceAccountName: x, {containers}")));
    world.commit("with an account");
    world.write("web.yaml", golden("c-sa-removed", containers));
    world.commit("without it");
    let rows = &items(&world, &["history", "c-sa-removed"])[0]["revisions"];
    assert_eq!([&rows[0]["hash"], &rows[1]["hash"], &rows[1]["asNew"]], ["5548b45d6b", "5548b45d6b", "7cb6b589b4"]);
    assert_eq!(items(&world, &["log"])[0]["rolls"], "no");
    let described = world.rollbook(&["history", "c-sa-removed", "--revision", "2", "--kube-version", "1.37"]);
    assert!(described.stdout.contains("Service Account:\tx"), "{}", described.stdout);
}

/// A workload of each kind whose amount of CPU is spelled anew, and back.
#[test]
fn a_new_spelling_is_told_as_each_controller_takes_it() {
    let world = World::new();
    for (cpu, message) in [("1e3", "as 1e3"), ("1k", "as 1k"), ("2k", "twice"), ("1k", "once")] {
        for kind in ["Deployment", "DaemonSet", "StatefulSet"] {
            let pod =
                format!("containers: [{{name: web, image: 'nginx:1.25', resources: {{limits: {{cpu: '{cpu}'}}}}}}]");
            let text = golden("web", &pod).replace("kind: Deployment", &format!("kind: {kind}"));
            world.write(&format!("{kind}.yaml"), text);
        }
        world.commit(message);
    }
    let version = ["--kube-version", "1.37"];
    assert_snapshot!(screens(
        &world,
        &[
            &["history", "deploy/web", "--all", version[0], version[1]],
            &["history", "ds/web", "--all", version[0], version[1]],
            &["history", "sts/web", "--all", version[0], version[1]],
            &["log", "-o", "wide", version[0], version[1]],
            &["hash", "deploy/web", version[0], version[1]],
        ]
    ));
}

#[test]
fn what_stays_is_told_and_ends_with_the_object() {
    let world = World::new();
    let web = |image: &str, more: &str| golden("web", &format!("containers: [{{name: web, image: '{image}'{more}}}]"));
    world.write("web.yaml", web("nginx", ""));
    world.commit("first");
    world.write("web.yaml", web("nginx:1.25", ""));
    world.commit("a tag");
    world.write("web.yaml", web("nginx:1.26", ", imagePullPolicy: IfNotPresent"));
    world.commit("say what is meant");
    world.write("web.yaml", web("nginx", ""));
    world.commit("no tag, as if new");
    world.remove("web.yaml");
    world.commit("gone");
    world.write("web.yaml", web("nginx:1.25", ""));
    world.commit("here again");
    world.write("web.yaml", web("nginx", ""));
    let version = ["--kube-version", "1.37"];
    assert_snapshot!(screens(
        &world,
        &[
            &["history", "web", version[0], version[1]],
            &["hash", "web", "--ref", "HEAD~4", version[0], version[1]],
            &["hash", "web", "--ref", "HEAD~4", "--explain", version[0], version[1]],
        ]
    ));
}
