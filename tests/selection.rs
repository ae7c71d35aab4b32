//! How a revision is named: by number, hash, name, image, date, commit; and what could be read in two ways.

mod world;

use insta::assert_snapshot;
use world::{World, screens};

fn web(tag: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  selector: {{matchLabels: {{app: web}}}}\n  template:\n    \
         metadata: {{labels: {{app: web}}}}\n    spec:\n      containers: [{{name: web, image: 'example.org/shop/web:{tag}', env: []}}]\n"
    )
}

/// Revisions 1.0, 1.1, 1.0 again, and 1.1 with another port.
fn shop() -> World {
    let world = World::new();
    for (tag, message) in [("1.0", "first"), ("1.1", "second"), ("1.0", "back")] {
        world.write("web.yaml", web(tag));
        world.commit(message);
    }
    world.write("web.yaml", web("1.1").replace("env: []", "ports: [{containerPort: 80}]"));
    world.commit("a port");
    world
}

#[test]
fn a_revision_has_many_names() {
    let world = shop();
    let image = |selection: &str| {
        let output = world.rollbook(&["show", "web", selection, "-o", "json"]);
        let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap_or_default();
        let container = &document["items"][0]["manifest"]["spec"]["template"]["spec"]["containers"][0];
        format!(
            "{}{}",
            container["image"].as_str().unwrap_or(&output.stderr),
            if container["ports"].is_array() { " port" } else { "" }
        )
    };
    let history = world.rollbook(&["history", "web", "-o", "json"]).stdout;
    let history: serde_json::Value = serde_json::from_str(&history).expect("it is JSON");
    let rows = &history["items"][0]["revisions"];
    let text = |row: usize, field: &str| rows[row][field].as_str().expect("it is text").to_owned();
    let second = "example.org/shop/web:1.1";
    for selection in [
        "2".to_owned(),
        "rev:2".to_owned(),
        format!("hash:{}", text(1, "hash")),
        text(1, "name"),
        format!("commit:{}", &text(1, "commit")[..10]),
        text(1, "commit"),
        "HEAD~2".to_owned(),
        "date:2026-10-01T11:30".to_owned(),
    ] {
        assert_eq!(image(&selection), second, "{selection}");
    }
    for selection in ["0", "3", "image:web:1.0", "image:shop/web:1.0", "image:example.org/shop/web:1.0"] {
        assert_eq!(image(selection), "example.org/shop/web:1.0", "{selection}");
    }
    assert_eq!(image("date:2026-10-01"), format!("{second} port"));
}

#[test]
fn what_is_not_there_or_means_two_things_is_told() {
    let world = shop();
    world.git(&["tag", "2"]);
    let history = world.rollbook(&["history", "web", "-o", "json"]).stdout;
    let history: serde_json::Value = serde_json::from_str(&history).expect("it is JSON");
    let name = history["items"][0]["revisions"][1]["name"].as_str().expect("it is text");
    world.git(&["tag", name]);
    assert_snapshot!(screens(
        &world,
        &[
            &["show", "web", "2"],
            &["show", "web", name],
            &["show", "web", "image:web:1.1"],
            &["show", "web", "image:web:9"],
            &["show", "web", "hash:6c5f67b5f7"],
            &["show", "web", "date:2020-01-01"],
            &["show", "web", "rev:9"],
            &["show", "web", "imge:web:1.1"],
            &["show", "web", "nowhere"],
            &["show", "web", "mian"],
            &["show", "web", "web-5555555555"],
            &["show", "web", "hash:"],
            &["show", "web", "date:soon"],
            &["history", "web", "--revision", "rev:2", "--kube-version", "1.33"],
        ]
    ));
}

#[test]
fn a_state_off_the_line_has_no_number() {
    let world = shop();
    world.git(&["checkout", "-q", "-b", "feature", "HEAD~3"]);
    world.write("web.yaml", web("2.0-beta"));
    world.commit("try 2.0");
    world.checkout("main");
    assert_snapshot!(screens(
        &world,
        &[
            &["show", "web", "feature", "--template"],
            &["show", "web", "commit:feature", "-o", "name"],
            &["history", "web", "--revision", "feature", "--kube-version", "1.34"],
            &["history", "web", "--revision", "main~2", "--kube-version", "1.34"],
            &["history", "web", "--ref", "feature", "--kube-version", "1.34"],
        ]
    ));
}

#[test]
fn a_shallow_clone_still_knows_images_and_hashes() {
    let world = shop();
    let url = format!("file://{}", world.root().display());
    world.git_in(world.root(), &["clone", "-q", "--depth", "1", &url, "../shallow"]);
    let show = |selection| world.rollbook_in(&world.beside("shallow"), &["show", "web", selection]);
    assert_eq!(show("image:web:1.1").code, 0);
    let refused = show("rev:1");
    assert!(refused.code == 1 && refused.stderr.contains("git fetch --unshallow"), "{}", refused.stderr);
}
