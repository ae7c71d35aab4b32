//! `rollbook diff -r` between revisions of one workload, and what a difference means to what runs.

mod world;

use serde_json::Value;
use world::{World, screens};

fn workload(kind: &str, pod: &str, replicas: u8) -> String {
    format!(
        "apiVersion: apps/v1
kind: {kind}
metadata: {{name: web}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      {pod}
"
    )
}

fn web(image: &str, replicas: u8) -> String {
    workload("Deployment", &format!("containers: [{{name: main, image: '{image}'}}]"), replicas)
}

fn world() -> World {
    let world = World::new();
    world.set_columns(80);
    world.write(".rollbook.toml", "kube-version = \"1.36\"\n");
    world
}

/// Three revisions with a change of scale between, the third a return to the first, in another file; what is not
/// committed is the second.
fn there_and_back() -> World {
    let world = world();
    for (text, message) in [(web("web:1", 1), "web 1"), (web("web:2", 1), "web 2"), (web("web:2", 3), "more")] {
        world.write("web.yaml", text);
        world.commit(message);
    }
    world.rename("web.yaml", "k8s/web.yaml");
    world.write("k8s/web.yaml", web("web:1", 3));
    world.commit("back");
    world.write("k8s/web.yaml", web("web:2", 3));
    world
}

fn verdict(world: &World, args: &[&str]) -> Value {
    let answer = world.rollbook(&[&["diff", "-o", "json"], args].concat());
    let document: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.stderr));
    assert_eq!(document["items"].as_array().map(Vec::len), Some(1), "{args:?} {document}");
    document["items"][0]["verdict"].clone()
}

#[test]
fn a_revision_is_compared_with_the_one_before_another_or_the_working_tree() {
    let world = there_and_back();
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["diff", "-r", "1", "web"],
            &["diff", "-r", "2", "web"],
            &["diff", "-r", "3", "deployment/web"],
            &["diff", "-r", "1..3", "web"],
            &["diff", "-r", "3..1", "web", "--summary"],
            &["diff", "-r", "2..", "web"],
            &["diff", "-r", "3..", "web", "--summary"],
            &["diff", "-r", "commit:HEAD~1", "web", "-o", "name"],
            &["diff", "-r", "image:web:2", "web", "-o", "unified"],
            &["diff", "-r", "3", "web", "-o", "json"],
        ]
    ));
}

#[test]
fn what_names_no_two_states_of_one_workload_is_refused() {
    let world = there_and_back();
    world.write("other/web.yaml", web("web:9", 1));
    world.commit("a second web");
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["diff", "-r", "2"],
            &["diff", "-r", "2", "web"],
            &["diff", "-r", "2", "web", "--path", "other", "--summary"],
            &["diff", "-r", "2", "web", "--path", "k8s", "--summary"],
            &["diff", "-r", "2", "deploy/web", "deploy/api"],
            &["diff", "-r", "2...3", "web"],
            &["diff", "-r", "2", "web", "--staged"],
            &["diff", "-r", "1..HEAD~4", "web", "--path", "k8s"],
        ]
    ));
}

#[test]
fn a_branch_apart_is_applied_over_what_ran_before() {
    let world = world();
    world.write("web.yaml", web("web", 1));
    world.commit("no tag");
    world.branch("side");
    world.write("web.yaml", web("web:2", 1));
    world.commit("a tag");
    world.checkout("main");
    world.write("web.yaml", web("web:3", 1));
    world.commit("another tag");
    // On both branches the policy of an image without a tag stays `Always`.
    let side = verdict(&world, &["-r", "2..side", "web"]);
    assert_eq!(side["to"], verdict(&world, &["-r", "2..side~0", "web"])["to"]);
    assert_eq!(verdict(&world, &["--from", "HEAD", "--to", "side", "--direct"]), side);
    assert!(side["reason"].as_str().unwrap().contains("imagePullPolicy` stays `Always`"), "{side}");
    world.checkout("side");
    assert_eq!(verdict(&world, &["-r", "2", "web"])["to"], side["to"]);
}

#[test]
fn an_object_that_was_gone_comes_back_as_a_new_one() {
    let world = world();
    world.write("web.yaml", web("web:1", 1));
    world.commit("web 1");
    world.remove("web.yaml");
    world.commit("gone");
    world.write("web.yaml", web("web:2", 1));
    world.commit("here again");
    world.write("web.yaml", web("web:1", 1));
    world.commit("as it was");
    let again = verdict(&world, &["-r", "2", "web"]);
    assert_eq!((&again["from"], &again["rolls"]), (&Value::Null, &"yes".into()), "{again}");
    // Its ReplicaSets went with it.
    assert_eq!(verdict(&world, &["-r", "3", "web"])["reuses"], Value::Null);
}

#[test]
fn a_shallow_clone_has_no_numbers_and_compares_what_it_has() {
    let world = there_and_back();
    let clone = world.beside("clone");
    let origin = format!("file://{}", world.root().display());
    world.git(&["clone", "-q", "--depth=2", &origin, &clone.to_string_lossy()]);
    let said: Vec<String> = ["3", "HEAD", "image:web:2", "HEAD~1..HEAD"]
        .map(|range| {
            let shown = world.rollbook_in(&clone, &["diff", "-r", range, "web", "--kube-version", "1.36"]);
            format!("$ -r {range}\n{}{}[exit {}]\n", shown.stdout, shown.stderr, shown.code)
        })
        .into();
    insta::assert_snapshot!(said.concat());
}

#[test]
fn a_default_that_stays_decides_over_the_two_states() {
    let world = world();
    let containers = "containers: [{name: web, image: 'nginx:1'}]";
    let text = |account: &str| workload("Deployment", &format!("{account}{containers}"), 1);
    world.write("web.yaml", text("serviceAccountName: x\n      "));
    world.commit("with an account");
    world.write("web.yaml", text(""));
    let pending = verdict(&world, &[]);
    world.git(&["add", "."]);
    assert_eq!(verdict(&world, &["--staged"]), pending);
    let shown = world.screen(&["diff"]);
    world.commit("without it");
    for args in [&["-r", "2", "web"][..], &["--from", "HEAD~1"], &["-r", "1..", "web"]] {
        assert_eq!(verdict(&world, args), pending, "{args:?}");
    }
    assert_eq!((&pending["rolls"], &pending["from"]), (&"no".into(), &pending["to"]));
    let folders = world.beside("before.yaml");
    std::fs::write(&folders, text("serviceAccountName: x\n      ")).unwrap();
    let files = ["--no-index", &folders.to_string_lossy(), "web.yaml"].map(str::to_owned);
    let alone = verdict(&world, &files.each_ref().map(String::as_str));
    assert_eq!((&alone["rolls"], &alone["reuses"]), (&"yes".into(), &Value::Null));
    insta::assert_snapshot!(shown);
}

/// Six objects whose pods would have to be walked for are as good as one: the history is read once then.
#[test]
fn many_workloads_have_the_names_that_one_has() {
    let world = world();
    let named = |number: u8, image: &str| web(image, 1).replace("name: web", &format!("name: web{number}"));
    for image in ["nginx", "nginx:1", "nginx:2", "nginx:1"] {
        (0..6).for_each(|number| world.write(&format!("web{number}.yaml"), named(number, image)));
        world.commit(image);
    }
    for from in ["HEAD~1", "HEAD~2"] {
        let answer = world.rollbook(&["diff", "--from", from, "-o", "json"]);
        let document: Value = serde_json::from_str(&answer.stdout).unwrap();
        if from == "HEAD~2" {
            assert_eq!(document["items"], serde_json::json!([]));
            continue;
        }
        for item in document["items"].as_array().unwrap() {
            let name = item["object"]["name"].as_str().unwrap();
            let one = verdict(&world, &["--from", from, "--path", &format!("{name}.yaml")]);
            assert_eq!(item["verdict"], one);
            assert_eq!(one["reuses"]["revision"], 2, "{one}");
        }
    }
}
