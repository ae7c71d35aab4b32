//! `rollbook diff`: what is different between two states.

mod world;

use world::{World, screens};

const OLD: &str = "# the shop's front door
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app.kubernetes.io/name: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: registry.example.com/shop/web:1.4.0
        args: [--port=80, --log-level=info, --json]
        env:
        - {name: A, value: '1'}
        - {name: B, value: '2'}
        resources: {limits: {cpu: 1000m, memory: 1Gi}}
      - name: log
        image: log:1
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  greeting: hello
  shop.conf: |
    currency = EUR
    language = cs
    theme = light
    cache = on
    workers = 4
";

const NEW: &str = "# the shop's own front door
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app.kubernetes.io/name: shop}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: log
        image: log:1
        imagePullPolicy: IfNotPresent
      - name: web
        image: registry.example.com/shop/web:1.5.0
        args: [--port=80, --log-level=debug, --json]
        env:
        - {name: B, value: '2'}
        - {name: A, value: '1'}
        - name: C
          valueFrom:
            configMapKeyRef: {name: settings, key: greeting}
        resources: {limits: {cpu: 1, memory: 2Gi}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  greeting: hello
  shop.conf: |
    currency = EUR
    language = cs
    theme = dark
    cache = on
    workers = 4
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
";

fn two_files() -> World {
    let world = World::new();
    world.write("old.yaml", OLD);
    world.write("new.yaml", NEW);
    world
}

#[test]
fn changes_are_told_place_by_place() {
    let world = two_files();
    let files = ["diff", "--no-index", "old.yaml", "new.yaml"];
    let with = |more: &[&'static str]| [&files[..], more].concat();
    insta::assert_snapshot!(screens(
        &world,
        &[&files, &with(&["--stat"]), &with(&["-o", "markdown"]), &with(&["-o", "name"]), &with(&["-o", "unified"])]
    ));
}

#[test]
fn without_a_limit_both_sides_stand_on_one_line() {
    let world = two_files();
    insta::assert_snapshot!(screens(&world, &[&["diff", "--no-index", "old.yaml", "new.yaml", "-o", "wide"]]));
}

#[test]
fn json_has_every_place_with_both_values() {
    let world = two_files();
    insta::assert_snapshot!(screens(&world, &[&["diff", "--no-index", "old.yaml", "new.yaml", "-o", "json"]]));
}

#[test]
fn equal_states_have_no_difference() {
    let world = two_files();
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["diff", "--no-index", "old.yaml", "old.yaml"],
            &["diff", "--no-index", "old.yaml", "old.yaml", "-o", "json"]
        ]
    ));
}

#[test]
fn folders_are_paired_file_by_file_and_then_by_what_is_in_them() {
    let world = World::new();
    let workload = |name: &str, image: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  selector: {{matchLabels: {{app: a}}}}\n  template:\n    metadata: {{labels: {{app: a}}}}\n    spec:\n      containers:\n      - name: main\n        image: {image}\n"
        )
    };
    world.write("old/web.yaml", workload("web", "web:1"));
    world.write("old/quotes.yaml", workload("quotes", "q:1"));
    world.write("old/same.yaml", workload("same", "s:1"));
    world.write("old/a/moved.yaml", workload("moved", "m:1"));
    world.write("old/worker.yaml", workload("worker", "worker:1"));
    world.write("old/gone.yaml", workload("gone", "g:1"));
    world.write("old/values.yaml", "image: x\n");
    world.write("new/web.yaml", workload("web", "web:2"));
    world.write("new/quotes.yaml", workload("quotes", "'q:1' # once"));
    world.write("new/same.yaml", workload("same", "s:1"));
    world.write("new/b/moved.yml", workload("moved", "m:1"));
    world.write("new/worker.yaml", workload("background", "worker:2"));
    world.write(
        "new/added.json",
        "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"added\"}}",
    );
    world.write("new/notes.txt", "apiVersion: kind: no manifest");
    let folders = ["diff", "--no-index", "old", "new"];
    insta::assert_snapshot!(screens(
        &world,
        &[&folders, &[&folders[..], &["--stat"]].concat(), &[&folders[..], &["-o", "unified"]].concat()]
    ));
}

#[test]
fn what_cannot_be_read_is_not_said_to_be_gone() {
    let world = two_files();
    world.write("broken.yaml", format!("{NEW}---\na: [\n"));
    world.write("folder/new.yaml", NEW);
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["diff", "--no-index", "broken.yaml", "new.yaml"],
            &["diff", "--no-index", "new.yaml", "broken.yaml", "--stat"],
            &["diff", "--no-index", "new.yaml", "nowhere.yaml"],
            &["diff", "--no-index", "new.yaml", "folder"],
            &["diff", "--no-index", "new.yaml", "new.yaml", "--stat", "-o", "unified"],
            &["show", "-f", "new.yaml", "-o", "unified"],
        ]
    ));
}

#[test]
fn secrets_tell_that_they_changed_and_no_more() {
    let world = World::new();
    let secret = |data: &str, label: &str| {
        format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: s, labels: {{l: {label}}}}}\nstringData: {{{data}}}\n")
    };
    world.write("old.yaml", secret("a: hunter1, b: same, c: hunter2", "one"));
    world.write("new.yaml", secret("a: hunter3, b: same, d: hunter4", "two"));
    let files = ["diff", "--no-index", "old.yaml", "new.yaml"];
    let shown =
        screens(&world, &[&files, &[&files[..], &["-o", "json"]].concat(), &[&files[..], &["-o", "unified"]].concat()]);
    assert!(!shown.contains("hunter") && !shown.contains("same"), "{shown}");
    insta::assert_snapshot!(shown);
}

#[test]
fn a_secret_on_the_same_line_is_not_shown() {
    let world = World::new();
    let list = |value: &str| {
        let secret = r#"{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {"a": "hunter"}}"#;
        let map = format!(
            "{{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {{\"name\": \"c\"}}, \"data\": {{\"a\": \"{value}\"}}}}"
        );
        format!("{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{secret}, {map}, {secret}]}}\n")
    };
    world.write("old.json", list("one"));
    world.write("new.json", list("two"));
    let shown = world.rollbook(&["diff", "--no-index", "old.json", "new.json", "-o", "unified"]);
    assert!(shown.stdout.contains("two") && !shown.stdout.contains("hunter"), "{}", shown.stdout);
}

#[test]
fn a_namespace_narrows_what_is_compared() {
    let world = World::new();
    let pair = |image: &str| {
        let one = |namespace| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: p, namespace: {namespace}}}\nspec: {{containers: [{{name: a, image: {image}}}]}}\n"
            )
        };
        format!("{}---\n{}", one("shop"), one("bank"))
    };
    world.write("old.yaml", pair("x"));
    world.write("new.yaml", pair("z"));
    let shown = world.rollbook(&["diff", "--no-index", "old.yaml", "new.yaml", "-n", "shop", "-o", "json"]);
    assert_eq!(shown.stdout.matches("\"path\": \"spec.containers[name=a].image\"").count(), 1, "{}", shown.stdout);
}

#[test]
fn standard_input_is_one_of_the_states() {
    let world = two_files();
    let shown = world.rollbook_on(NEW.as_bytes(), &["diff", "--no-index", "new.yaml", "-"]);
    assert_eq!((shown.stdout.as_str(), shown.code), ("", 0), "{}", shown.stderr);
}

#[test]
fn text_of_a_manifest_cannot_command_the_terminal() {
    let world = World::new();
    let text = |value: &str| {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {{\"k\\e\": \"{value}\"}}\n")
    };
    world.write("old.yaml", text("a\\e[2J"));
    world.write("new.yaml", text("b\\e[2J\\nc\\e[2J"));
    for form in ["table", "json", "markdown", "wide"] {
        let shown = world.rollbook(&["diff", "--no-index", "old.yaml", "new.yaml", "-o", form]);
        assert!(!shown.stdout.contains('\x1b') && shown.stdout.contains('k'), "{form}: {}", shown.stdout);
    }
}
