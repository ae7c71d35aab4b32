//! `rollbook check`: what it tells of, and what it leaves alone.

mod world;

use world::{World, screens};

/// A Deployment; `spec` are lines of its spec, `container` lines of its container.
fn deployment(name: &str, image: &str, spec: &str, container: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n{spec}  selector:\n    matchLabels:\n      \
         app: {name}\n  template:\n    metadata:\n      labels:\n        app: {name}\n    spec:\n      containers:\n        - \
         name: main\n          image: {image}\n{container}"
    )
}

const NO_HISTORY: &str = "  revisionHistoryLimit: 0\n";

/// A repository with one commit.
fn shop() -> World {
    let world = World::new();
    world.set_columns(80);
    world.write(".rollbook.toml", "kube-version = \"1.36\"\n");
    world.write("k8s/web.yaml", deployment("web", "web:1", "", ""));
    world.write("k8s/api.yaml", deployment("api", "api:1", NO_HISTORY, ""));
    world.commit("first");
    world
}

/// The rules that find something, each with its line.
fn found(world: &World, args: &[&str]) -> Vec<String> {
    let output = world.rollbook(&[&["check", "-o", "json"], args].concat());
    let document: serde_json::Value = serde_json::from_str(&output.stdout).expect(&output.stderr);
    let item = |item: &serde_json::Value| {
        format!("{} {}:{}", item["rule"].as_str().unwrap(), item["path"].as_str().unwrap(), item["line"])
    };
    document["items"].as_array().unwrap().iter().map(item).collect()
}

#[test]
fn each_finding_has_its_place_and_what_to_do() {
    let world = shop();
    let text = deployment("web", "web:1", NO_HISTORY, "          readinesProbe: {}\n")
        .replace("app: web\n  temp", "app: w\n  temp");
    world.write("k8s/web.yaml", text);
    let runs: [&[&str]; 2] = [&["check"], &["check", "--staged"]];
    insta::assert_snapshot!(screens(&world, &runs));
}

#[test]
fn what_was_there_before_is_not_told_of() {
    let world = shop();
    assert_eq!(found(&world, &[]), Vec::<String>::new());
    // On another line, in another file, under another name, beside another object.
    let old = deployment("api", "api:2", NO_HISTORY, "");
    for (path, text) in [
        ("k8s/api.yaml", format!("# moved down\n\n{old}")),
        ("services/api.yaml", old.clone()),
        ("k8s/api.yaml", old.replace("name: api", "name: backend")),
        ("k8s/api.yaml", format!("{}---\n{old}", deployment("new", "new:1", "", ""))),
    ] {
        world.git(&["checkout", "-q", "."]);
        world.remove("k8s/api.yaml");
        world.write(path, text);
        let told = found(&world, &["-v"]);
        assert!(told.iter().all(|rule| rule.starts_with("rename-orphans")), "{path}: {told:?}");
        world.git(&["clean", "-qfd"]);
    }
    world.git(&["checkout", "-q", "."]);
    assert_eq!(found(&world, &["--all-findings"]), ["history-lost k8s/api.yaml:6"]);
    assert_eq!(world.rollbook(&["check", "--all-findings"]).code, 0);
    // The same in another object is new.
    world.write("k8s/web.yaml", deployment("web", "web:1", NO_HISTORY, ""));
    assert_eq!(found(&world, &[]), ["history-lost k8s/web.yaml:6"]);
}

#[test]
fn a_comment_with_a_reason_allows_a_finding() {
    let world = shop();
    let with =
        |comment: &str, at: &str| deployment("web", "web:1", NO_HISTORY, "").replacen(at, &format!("{comment}{at}"), 1);
    let allow = "# rollbook: allow(history-lost) git has it all";
    for (text, told) in [
        (with(&format!(" {allow}"), "\n  selector"), vec![]),
        (with(&format!("  {allow}\n"), "  revisionHistoryLimit"), vec![]),
        (with(&format!("  # about it\n  {allow}\n\n  # more of it\n"), "  revisionHistoryLimit"), vec![]),
        (with(&format!("{allow}\n"), "apiVersion"), vec![]),
        (with(&format!("{allow}\n---\n"), "apiVersion"), vec![]),
        (
            with("# rollbook:allow( history-lost, immutable-field ) why\n", "apiVersion"),
            vec!["useless-allow k8s/web.yaml:1"],
        ),
        (
            with(&format!("  {allow}\n"), "  selector"),
            vec!["history-lost k8s/web.yaml:6", "useless-allow k8s/web.yaml:7"],
        ),
        (
            with("# rollbook: allow(history-lost)\n", "apiVersion"),
            vec!["useless-allow k8s/web.yaml:1", "history-lost k8s/web.yaml:7"],
        ),
        (
            with("# rollbook: allow(history-losd) why\n", "apiVersion"),
            vec!["useless-allow k8s/web.yaml:1", "history-lost k8s/web.yaml:7"],
        ),
        (
            with("# rollbook: alow(history-lost) why\n", "apiVersion"),
            vec!["useless-allow k8s/web.yaml:1", "history-lost k8s/web.yaml:7"],
        ),
        // Not a comment, or not one of ours.
        (with(&format!("  annotations:\n    note: |\n      {allow}\n"), "spec:"), vec!["history-lost k8s/web.yaml:9"]),
        (with("# rollbook has it all\n", "apiVersion"), vec!["history-lost k8s/web.yaml:7"]),
    ] {
        world.write("k8s/web.yaml", &text);
        assert_eq!(found(&world, &[]), told, "{text}");
    }
}

#[test]
fn what_a_comment_allows_is_counted() {
    let world = shop();
    let allow = "# rollbook: allow(history-lost) git has it all\n";
    world.write("k8s/web.yaml", allow.to_owned() + &deployment("web", "web:1", NO_HISTORY, ""));
    insta::assert_snapshot!(world.screen(&["check"]));
    world.commit("allowed");
    world.write("k8s/web.yaml", allow.to_owned() + &deployment("web", "web:1", "", ""));
    assert_eq!(found(&world, &[]), ["useless-allow k8s/web.yaml:1"]);
    // A comment that an older change needed is no news.
    world.write(
        "k8s/web.yaml",
        "# rollbook: allow(immutable-field) once\n".to_owned() + &deployment("web", "web:1", "", ""),
    );
    world.commit("needed once");
    world.write(
        "k8s/web.yaml",
        "# rollbook: allow(immutable-field) once\n".to_owned() + &deployment("web", "web:2", "", ""),
    );
    assert_eq!(found(&world, &[]), Vec::<String>::new());
}

#[test]
fn the_repository_says_which_rules_count() {
    let world = shop();
    world.write("k8s/web.yaml", deployment("web", "web:1", NO_HISTORY, ""));
    for (settings, severity, code) in [
        ("", Some("warning"), 0),
        ("fail-on = \"warning\"", Some("warning"), 1),
        ("rules.history-lost = \"error\"", Some("error"), 1),
        ("rules.history-lost = \"off\"", None, 0),
        ("rules.history-lost = { severity = \"info\" }", Some("info"), 0),
        ("rules.history-lost = { except = [\"k8s\"] }", None, 0),
        ("rules.history-lost = { except = [\"k8s/we\", \"other\"] }", Some("warning"), 0),
    ] {
        world.write(".rollbook.toml", format!("[check]\n{settings}\n"));
        let output = world.rollbook(&["check", "-o", "json"]);
        let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
        assert_eq!((document["items"][0]["severity"].as_str(), output.code), (severity, code), "{settings}");
    }
    world.write(".rollbook.toml", "[check]\nrules.histori-lost = \"error\"\n");
    insta::assert_snapshot!(world.screen(&["check"]));
}

#[test]
fn what_is_no_manifest_makes_no_noise() {
    let world = shop();
    let deployment = deployment("x", "x", NO_HISTORY, "");
    for (path, text) in [
        ("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n"),
        ("chart/values.yaml", "image: web\nimage: api\n"),
        ("chart/templates/web.yaml", "{{ if .Values.on }}\napiVersion: apps/v1\nkind: Deployment\n{{ end }}\n"),
        (".github/workflows/ci.yaml", "on: push\njobs: {test: {steps: [{run: 'cargo test'}]}}\n"),
        ("docker-compose.yaml", "services:\n  web:\n    image: web\n    image: api\n"),
        ("broken-but-no-manifest.yaml", "a: b: c\n"),
        ("binary.yaml", "\0\u{1}\u{2}binary"),
        ("overlay/kustomization.yaml", "resources: [../k8s/api.yaml]\npatches: [{path: patch.yaml}]\n"),
        ("overlay/patch.yaml", &deployment),
        ("template.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n{% for x in y %}\n  a: b\n"),
        (
            "crd.yaml",
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: webs.example.org}\nspec: {}\n",
        ),
        (
            "web.custom.yaml",
            "apiVersion: example.org/v1\nkind: Web\nmetadata: {name: web}\nspec: {revisionHistoryLimit: 0}\n",
        ),
    ] {
        world.write(path, text);
    }
    insta::assert_snapshot!(world.screen(&["check"]));
}

#[test]
fn a_rule_is_explained_and_a_wrong_name_is_helped() {
    let world = World::without_repository();
    world.set_columns(80);
    let runs: [&[&str]; 4] = [
        &["check", "--explain"],
        &["check", "--explain", "duplicate-key"],
        &["check", "--explain", "duplicate-keys"],
        &["check", "--explain", "frobnicate"],
    ];
    insta::assert_snapshot!(screens(&world, &runs));
}

#[test]
fn no_value_of_a_secret_is_shown() {
    let world = shop();
    let secret = |value: &str| {
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\nstringData:\n  password: {value}\n  password: {value}\n"
        )
    };
    let reads = "          envFrom: [{secretRef: {name: login}}]\n";
    world.write("k8s/web.yaml", deployment("web", "web:1", "", reads));
    world.write("k8s/secret.yaml", secret("hunter2"));
    world.commit("a secret");
    world.write("k8s/secret.yaml", secret("hunter3"));
    let screen = world.screen(&["check", "--all-findings"]);
    assert!(!screen.contains("hunter"));
    insta::assert_snapshot!(screen);
}
