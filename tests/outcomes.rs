//! What `history` and `log` say a change does to pods, and with `-v` what it changed.

mod world;

use insta::assert_snapshot;
use serde_json::Value;
use world::{World, screens};

fn deployment(spec: &str, containers: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n{spec}  selector: {{matchLabels: {{app: web}}}}\n  template:\n    \
         metadata: {{labels: {{app: web}}}}\n    spec:\n      containers:\n{containers}"
    )
}

fn web(spec: &str, container: &str) -> String {
    deployment(spec, &format!("      - name: web\n{container}"))
}

/// Each change of a Deployment, with what it does.
const STEPS: [(&str, &str, &str); 12] = [
    ("first", "", "        image: web\n"),
    ("a tag: Always stays", "", "        image: web:1\n"),
    ("Always is written", "", "        image: web:1\n        imagePullPolicy: Always\n"),
    ("memory", "", "        image: web:1\n        imagePullPolicy: Always\n      overhead: {cpu: '1e3'}\n"),
    ("a spelling", "", "        image: web:1\n        imagePullPolicy: Always\n      overhead: {cpu: '1k'}\n"),
    (
        "a field that 1.34 does not have",
        "",
        "        image: web:1\n        imagePullPolicy: Always\n      overhead: {cpu: '1k'}\n      nothing: here\n",
    ),
    ("scaled", "  replicas: 3\n", "        image: web:1\n"),
    ("paused", "  replicas: 3\n  paused: true\n", "        image: web:1\n"),
    ("another while paused", "  replicas: 3\n  paused: true\n", "        image: web:2\n"),
    ("resumed", "  replicas: 3\n", "        image: web:2\n"),
    ("no replicas", "  replicas: 0\n", "        image: web:3\n"),
    ("wrong", "  replicas: 0\n", "        image: web:4\n      restartPolicy: Never\n"),
];

fn history() -> World {
    let world = World::new();
    world.write(".rollbook.toml", "kube-version = \"1.34\"\n");
    for (message, spec, container) in STEPS {
        world.write("web.yaml", web(spec, container));
        world.commit(message);
    }
    world.write("web.yaml", web("  replicas: 2\n", "        image: web:5\n").replace("{app: web}", "{app: shop}"));
    world.commit("another selector");
    world.write("web.yaml", web("", "        image: [\n"));
    world.commit("broken");
    world.remove("web.yaml");
    world.commit("gone");
    world
}

fn rows(world: &World, args: &[&str]) -> Vec<Value> {
    let output = world.rollbook(&[args, &["-o", "json"]].concat());
    let document: Value = serde_json::from_str(&output.stdout).expect("it is JSON");
    let items = document["items"].as_array().expect("there are items");
    let rows =
        items.iter().flat_map(|item| item["revisions"].as_array().cloned().unwrap_or_else(|| vec![item.clone()]));
    rows.collect()
}

fn told(row: &Value) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    format!("{}: {}, {}", row["cause"]["text"].as_str().unwrap_or_default(), text("rolls"), text("reason"))
}

#[test]
fn each_row_says_what_it_does_to_pods() {
    let world = history();
    let shown: Vec<String> = rows(&world, &["history", "web", "--all"]).iter().map(told).collect();
    assert_snapshot!(shown.join("\n"));
    let mut logged: Vec<String> = rows(&world, &["log"]).iter().map(told).collect();
    logged.reverse();
    assert_eq!(shown, logged);
}

#[test]
fn what_nobody_would_expect_is_said_beside_the_cause() {
    let world = history();
    assert_snapshot!(screens(&world, &[&["history", "web", "--all"], &["log", "--limit", "5"]]));
}

#[test]
fn what_is_different_stands_below_each_row() {
    let world = history();
    world.write("secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {a: hunter1}\n");
    world.commit("a secret");
    world.write(
        "secret.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {a: hunter2, b: hunter3}\n",
    );
    world.commit("another secret");
    assert_snapshot!(screens(
        &world,
        &[
            &["history", "web", "-v", "--limit", "5"],
            &["history", "web", "-v", "--limit", "4", "-o", "markdown"],
            &["log", "-v", "secret/key", "deploy/web", "--limit", "7"],
            &["history", "secret/key", "-v", "-o", "json", "--limit", "1"],
        ]
    ));
}

#[test]
fn the_last_line_asks_the_same_engine() {
    let world = World::new();
    world.write(".rollbook.toml", "kube-version = \"1.34\"\n");
    world.write("web.yaml", web("", "        image: web\n"));
    world.commit("first");
    world.write("web.yaml", web("", "        image: web:1\n"));
    world.commit("a tag: Always stays");
    let mut lines = Vec::new();
    let mut ask = |text: String| {
        world.write("web.yaml", text);
        let screen = world.rollbook(&["history", "web"]).stdout;
        lines.extend(screen.lines().filter(|line| line.starts_with("working tree")).map(str::to_owned));
    };
    ask(web("", "        image: web:1\n        imagePullPolicy: Always\n"));
    ask(web("", "        image: web:1\n        imagePullPolicy: IfNotPresent\n"));
    ask(web("", "        image: web:2\n"));
    ask(web("  paused: true\n", "        image: web:2\n"));
    ask(web("  replicas: 2\n", "        image: web:1\n"));
    ask(web("", "        image: web:1\n").replace("{app: web}", "{app: shop}"));
    ask(web("", "        image: web:1\n      restartPolicy: Never\n"));
    ask(web("  paused: false\n", "        image: web:1\n"));
    ask(web("", "        image: [\n"));
    world.write("kustomization.yaml", "resources: [web.yaml]\nimages: [{name: web, newTag: v2}]\n");
    ask(web("", "        image: web:2\n"));
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn sets_and_daemons_follow_their_controllers() {
    let world = World::new();
    world.write(".rollbook.toml", "kube-version = \"1.34\"\n");
    let of = |kind: &str, strategy: &str, cpu: &str, image: &str| {
        web(strategy, &format!("        image: {image}\n      overhead: {{cpu: '{cpu}'}}\n"))
            .replace("Deployment", kind)
            .replace("name: web}", &format!("name: {}}}", kind.to_lowercase()))
    };
    let partition = "  updateStrategy: {rollingUpdate: {partition: 2}}\n";
    let on_delete = "  updateStrategy: {type: OnDelete}\n";
    for (strategies, cpu, image) in [
        (["", ""], "1e3", "web:1"),
        (["", ""], "1k", "web:1"),
        ([partition, on_delete], "1k", "web:1"),
        ([partition, on_delete], "1k", "web:2"),
    ] {
        world.write("set.yaml", of("StatefulSet", strategies[0], cpu, image));
        world.write("daemon.yaml", of("DaemonSet", strategies[1], cpu, image));
        world.commit(&format!("{cpu} of {image}"));
    }
    let told_of =
        |name: &str| rows(&world, &["history", name, "--all"]).iter().map(told).collect::<Vec<_>>().join("\n");
    assert_snapshot!(format!("{}\n\n{}", told_of("sts/statefulset"), told_of("ds/daemonset")));
}

#[test]
fn api_versions_of_old_are_of_their_time() {
    let world = World::new();
    world.write(".rollbook.toml", "kube-version = \"1.34\"\n");
    let selector = "  selector: {matchLabels: {app: web}}\n";
    let old = |image: &str| {
        web("", &format!("        image: {image}\n")).replace("apps/v1", "extensions/v1beta1").replace(selector, "")
    };
    world.write("web.yaml", old("web:1"));
    world.commit("first");
    world.write("web.yaml", old("web:2"));
    world.commit("under the group of old");
    world.write("web.yaml", web("", "        image: web:2\n"));
    world.commit("the selector that it had by default");
    world.write("web.yaml", web("", "        image: web:2\n").replace(selector, "  selector: {matchLabels: {a: b}}\n"));
    world.commit("another selector");
    let told = rows(&world, &["history", "web", "--all"]).iter().map(told).collect::<Vec<_>>();
    assert_snapshot!(told.join("\n"), @r"
    first: yes, it is new, and starts its first pods
    under the group of old: yes, the pods get another template
    the selector that it had by default: no, only fields outside of the pod template changed
    another selector: no, the API server refuses it: `spec.selector.matchLabels.a` cannot be changed
    ");
    world.write("web.yaml", old("web:3"));
    let screen = world.rollbook(&["history", "web"]).stdout;
    assert!(screen.contains("working tree: may roll: Kubernetes 1.34 does not serve `extensions/v1beta1`"), "{screen}");
}
