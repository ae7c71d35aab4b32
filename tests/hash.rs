//! `rollbook hash`: names of files and of what is committed. The expected names are Kubernetes' own code's, of every
//! version; those of more manifests are in `tests/golden`.

mod world;

use serde_json::Value;
use world::World;

const WEB: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - name: web\n        image: shop/web:1.0\n";

fn world() -> World {
    let world = World::new();
    world.write("web.yaml", WEB);
    world.commit("First release");
    world
}

fn items(answer: &world::Output) -> Vec<Value> {
    let document: Value = serde_json::from_str(&answer.stdout).unwrap();
    document["items"].as_array().unwrap().clone()
}

/// From 1.29 on; the older ones are in the snapshot.
const NAMES: [&str; 9] = [
    "7459548dc7",
    "5b5d6559cd",
    "b6bb7857f",
    "65845f897f",
    "65845f897f",
    "7bfc7586d6",
    "7f57b6f899",
    "75675bcc96",
    "666b676484",
];

#[test]
fn every_version_gives_the_name_that_kubernetes_gives() {
    let answer = world().rollbook(&["hash", "-f", "web.yaml", "--all-versions", "-o", "json"]);
    let names: Vec<String> = items(&answer).iter().map(|item| item["hash"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names.len(), 36, "1.2 to 1.37");
    assert!(names.ends_with(&NAMES.map(str::to_owned)), "{names:?}");
}

#[test]
fn a_file_standard_input_and_a_commit_have_one_name() {
    let world = world();
    let version = ["--kube-version", "1.33"];
    let runs = [
        world.rollbook(&["hash", "-f", "web.yaml", version[0], version[1]]),
        world.rollbook_on(WEB.as_bytes(), &["hash", "-f", "-", version[0], version[1]]),
        world.rollbook(&["hash", "deploy/web", version[0], version[1]]),
    ];
    for run in runs {
        assert!(run.stdout.ends_with(&format!("1.33        {}  web-{}\n", NAMES[4], NAMES[4])), "{}", run.stdout);
        assert_eq!((run.stderr.as_str(), run.code), ("", 0));
    }
}

#[test]
fn what_is_hashed_is_shown() {
    let world = world();
    world.write("db.yaml", WEB.replace("kind: Deployment", "kind: StatefulSet").replace("name: web}", "name: db}"));
    world.write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n");
    world.write(".rollbook.toml", "kube-version = \"1.31\"\n");
    world.write("agent.yaml", WEB.replace("kind: Deployment", "kind: DaemonSet").replace("name: web}", "name: agent}"));
    let runs: [&[&str]; 15] = [
        &["hash", "-f", "web.yaml", "--all-versions"],
        &["hash", "web"],
        &["hash", "-f", "web.yaml"],
        &["hash", "-f", "web.yaml", "--dump", "--kube-version", "1.33"],
        &["hash", "web", "--explain"],
        &["hash", "-f", "web.yaml", "-o", "name", "--kube-version", "1.33"],
        &["hash", "-f", "db.yaml", "-f", "service.yaml", "-f", "web.yaml", "--kube-version", "1.33"],
        &["hash", "-f", "db.yaml", "--dump", "--kube-version", "1.33"],
        &["hash", "-f", "db.yaml", "-f", "agent.yaml", "--all-versions"],
        &["hash", "-f", "db.yaml", "-f", "agent.yaml", "--collision", "1", "--kube-version", "1.33"],
        &["hash", "-f", "agent.yaml", "--kube-version", "1.6"],
        &["hash", "-f", "agent.yaml", "--dump", "--kube-version", "1.6"],
        &["hash", "-f", "agent.yaml", "-o", "json", "--kube-version", "1.33"],
        &["hash", "-f", "service.yaml"],
        &["hash", "-f", "web.yaml", "--collision", "0", "-o", "json", "--kube-version", "1.33"],
    ];
    insta::assert_snapshot!(runs.map(|args| world.screen(args)).join("\n"));
}

#[test]
fn a_collision_count_gives_another_name() {
    let world = world();
    let hash = |collision: &[&str]| {
        let args = [&["hash", "-f", "web.yaml", "--kube-version", "1.33", "-o", "json"], collision].concat();
        items(&world.rollbook(&args))[0]["hash"].as_str().unwrap().to_owned()
    };
    let names = [hash(&[]), hash(&["--collision", "0"]), hash(&["--collision", "1"])];
    assert_eq!(names, ["65845f897f", "7f5cdb7687", "6795644d54"]);
}

#[test]
fn each_of_two_objects_with_one_name_is_judged_by_its_own_labels() {
    let world = world();
    // A port of SCTP is not taken for plain at a glance: the selector is compared with the labels.
    let container = "{name: a, image: a, ports: [{containerPort: 80, protocol: SCTP}]}";
    let pod = format!("{{metadata: {{labels: {{app: APP}}}}, spec: {{containers: [{container}]}}}}");
    let web = format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec: {{selector: {{matchLabels: {{app: APP}}}}, template: {pod}}}\n"
    );
    world.write("twice.yaml", ["a", "b"].map(|app| web.replace("APP", app)).join("---\n"));
    let run = world.rollbook(&["hash", "-f", "twice.yaml", "--kube-version", "1.33"]);
    assert_eq!((run.code, &*run.stderr), (0, ""), "{}", run.stdout);
}
