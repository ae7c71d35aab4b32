//! The forms of an answer that are not tables: Markdown and names of every command, and what a comment has no room for.

mod world;

use insta::assert_snapshot;
use world::{World, screens};

fn web(tag: &str) -> String {
    format!(
        "# the shop\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  selector: {{matchLabels: {{app: web}}}}\n  template:\n    \
         metadata: {{labels: {{app: web}}}}\n    spec: {{containers: [{{name: web, image: 'web:{tag}'}}]}}\n"
    )
}

fn shop() -> World {
    let world = World::new();
    world.write(".rollbook.toml", "kube-version = \"1.34\"\n");
    world.write("web.yaml", web("1.0"));
    world.commit("first release");
    world.write("web.yaml", web("1.1"));
    world.commit("a | in the subject, `code` and <b>markup</b>");
    world
}

#[test]
fn every_command_answers_in_markdown() {
    let world = shop();
    assert_snapshot!(screens(
        &world,
        &[
            &["list", "-o", "markdown"],
            &["history", "web", "-o", "markdown"],
            &["history", "web", "--revision", "1", "-o", "markdown"],
            &["log", "-o", "markdown"],
            &["show", "web", "1", "-o", "markdown"],
            &["show", "web", "--template", "-o", "markdown"],
            &["hash", "web", "-o", "markdown"],
            &["hash", "web", "--all-versions", "-o", "markdown"],
            &["hash", "web", "--explain", "-o", "markdown"],
        ]
    ));
}

#[test]
fn every_command_answers_in_names() {
    let world = shop();
    assert_snapshot!(screens(
        &world,
        &[
            &["list", "-o", "name"],
            &["history", "web", "-o", "name"],
            &["history", "web", "--revision", "1", "-o", "name"],
            &["log", "-o", "name"],
            &["show", "web", "-o", "name"],
            &["hash", "web", "-o", "name"],
        ]
    ));
}

#[test]
fn the_template_of_a_revision_is_described_for_scripts_too() {
    let world = shop();
    let output = world.rollbook(&["history", "web", "--revision", "1", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&output.stdout).expect("it is JSON");
    let item = &document["items"][0];
    assert_eq!((document["kind"].as_str(), item["path"].as_str()), (Some("Manifests"), Some("web.yaml")));
    assert_eq!(item["manifest"]["spec"]["containers"][0]["imagePullPolicy"], "IfNotPresent", "{}", output.stdout);
    assert_eq!(document["notes"][0]["message"], "names hold for Kubernetes 1.34");
}

#[test]
fn a_comment_has_room_for_what_it_says() {
    let world = World::new();
    let data: String = (0..6_000).map(|line| format!("  line{line}: a value of a ConfigMap\n")).collect();
    world.write("big.yaml", format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: big}}\ndata:\n{data}"));
    world.commit("much");
    for args in
        [&["show", "cm/big", "-o", "markdown"][..], &["show", "-f", "big.yaml", "-f", "big.yaml", "-o", "markdown"]]
    {
        let shown = world.rollbook(args).stdout;
        assert!(shown.chars().count() <= 65_536, "{}", shown.chars().count());
        let (_, end) = shown.rsplit_once("\n```\n\n").expect("the block ends");
        assert!(
            end.starts_with("… ") && end.contains("lines left out: a comment has room for 65536 characters"),
            "{end}"
        );
    }
}
