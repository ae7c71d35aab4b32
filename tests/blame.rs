//! `rollbook blame`: since when each field has its value.

mod world;

use insta::assert_snapshot;
use serde_json::Value;
use world::{World, screens};

const WEB: &str = "\
# The shop's front.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2

  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      # the one that counts
      - name: web
        image: shop/web:1.4
        resources: {requests: {cpu: 1}}
      - name: log
        image: shop/log:1.0
        args: [--level, info]
";

/// A history with all that does not count: a move, another order, other spellings, comments.
fn shop() -> World {
    let world = World::new();
    world.write(".rollbook.toml", "kube-version = \"1.34\"\n");
    world.write("web.yaml", WEB);
    world.commit("first release");
    world.set_author("Grace Hopper", "grace@example.org");
    world.write("web.yaml", WEB.replace("web:1.4", "web:1.5"));
    world.commit("web 1.5");
    let scaled = WEB.replace("web:1.4", "web:1.5").replace("replicas: 2", "replicas: 3");
    world.write("web.yaml", &scaled);
    world.commit("more of it");
    world.remove("web.yaml");
    world.write("k8s/web.yaml", format!("# moved\n{scaled}"));
    world.commit("tidy up");
    world.set_author("Margaret Hamilton, of the platform", "margaret@example.org");
    let (head, log) = scaled.split_once("      - name: log\n").expect("there are two containers");
    let (head, web) = head.split_once("      # the one that counts\n").expect("there is a comment");
    let reordered = format!(
        "{head}      - name: log\n{}{}        imagePullPolicy: IfNotPresent\n",
        log.replace("shop/log:1.0", "\"shop/log:1.0\""),
        web.replace("cpu: 1}", "cpu: 1000m}")
    );
    world.write("k8s/web.yaml", reordered);
    world.commit("reformat");
    world
}

fn fields(world: &World, args: &[&str]) -> Vec<(String, u64, String)> {
    let output = world.rollbook(&[args, &["-o", "json"]].concat());
    let document: Value = serde_json::from_str(&output.stdout).expect("it is JSON");
    let fields = document["items"][0]["fields"].as_array().expect("there are fields");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    fields
        .iter()
        .map(|field| {
            (text(&field["path"]), field["revision"].as_u64().unwrap_or_default(), text(&field["cause"]["text"]))
        })
        .collect()
}

#[test]
fn lines_stand_beside_what_changed_their_values() {
    assert_snapshot!(screens(&shop(), &[&["blame", "web"], &["blame", "deploy", "web", "-o", "wide"]]));
}

#[test]
fn a_field_is_found_by_its_path_or_the_end_of_it() {
    let world = shop();
    let image = ("spec.template.spec.containers[name=web].image".to_owned(), 2, "web 1.5".to_owned());
    for field in [
        "spec.template.spec.containers[name=web].image",
        ".spec.template.spec.containers[web].image",
        "containers[web].image",
        "containers[1].image",
        "[web].image",
    ] {
        assert_eq!(fields(&world, &["blame", "web", field]), std::slice::from_ref(&image), "{field}");
    }
    let replicas = ("spec.replicas".to_owned(), 2, "more of it".to_owned());
    assert_eq!(fields(&world, &["blame", "deployment", "web", "replicas"]), [replicas]);
    assert_eq!(fields(&world, &["blame", "web", "containers[log]"]).len(), 4);
    assert_snapshot!(screens(
        &world,
        &[
            &["blame", "web", "containers[web]"],
            &["blame", "web", "image"],
            &["blame", "web", "spec.replica"],
            &["blame", "web", "imge"],
            &["blame", "web", "nothing.like.it"],
            &["blame", "web", "args", "-o", "name"],
            &["blame", "web", "replicas", "-o", "markdown"],
            &["blame", "web", "replicas", "-o", "yaml"],
        ]
    ));
}

#[test]
fn only_real_changes_count() {
    let world = shop();
    let told: Vec<String> = fields(&world, &["blame", "web"])
        .into_iter()
        .filter(|(_, _, cause)| cause != "first release")
        .map(|(path, revision, cause)| format!("{path} {revision} {cause}"))
        .collect();
    assert_eq!(told, ["spec.replicas 2 more of it", "spec.template.spec.containers[name=web].image 2 web 1.5"]);
}

#[test]
fn any_kind_is_told_of_and_no_value_of_a_secret() {
    let world = World::new();
    let files = |level: &str, password: &str| {
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: settings}}\ndata:\n  level: {level}\n  app.conf: |\n    a = 1\n    b = 2\n---\n\
             apiVersion: v1\nkind: Secret\nmetadata: {{name: settings}}\nstringData:\n  user: shop # hunter2\n  password: {password}\n"
        )
    };
    world.write("settings.yaml", files("info", "hunter1"));
    world.commit("settings");
    world.write("settings.yaml", files("debug", "hunter2"));
    world.commit("more to read");
    assert_snapshot!(screens(
        &world,
        &[
            &["blame", "configmap/settings"],
            &["blame", "cm/settings", "app.conf", "-o", "json"],
            &["blame", "secret/settings"],
            &["blame", "secret/settings", "password", "-o", "json"],
        ]
    ));
}

#[test]
fn what_cannot_be_known_is_not_told() {
    let world = World::new();
    world.write("web.yaml", WEB);
    world.commit("first release");
    world.write("web.yaml", WEB.replace("web:1.4", "web:1.5"));
    world.commit("web 1.5");
    world.write("web.yaml", WEB.replace("web:1.4", "web:1.6").replace("spec:\n  rep", "<<<<<<< HEAD\nspec:\n  rep"));
    world.commit("a conflict");
    world.write("web.yaml", WEB.replace("web:1.4", "web:1.6").replace("replicas: 2", "replicas: 4"));
    world.commit("mended");
    world.write("kustomization.yaml", "resources: [web.yaml]\nimages: [{name: shop/web, newTag: v2}]\n");
    world.commit("kustomize");
    let shallow = world.beside("shallow");
    world.git(&[
        "clone",
        "-q",
        "--depth",
        "2",
        &format!("file://{}", world.root().display()),
        &shallow.display().to_string(),
    ]);
    let in_shallow = |args: &[&str]| world.rollbook_in(&shallow, args).screen(args);
    world.remove("web.yaml");
    world.commit("gone");
    assert_snapshot!(
        [
            world.screen(&["blame", "web", "image"]),
            world.screen(&["blame", "web", "--ref", "HEAD~1", "containers[web].image"]),
            world.screen(&["blame", "web", "--ref", "HEAD~3"]),
            in_shallow(&["blame", "web", "replicas"]),
            in_shallow(&["blame", "web", "replicas", "-o", "json"]),
            world.screen(&["blame", "wbe"]),
        ]
        .join("\n")
    );
}
