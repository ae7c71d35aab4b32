//! Scopes of `.rollbook.toml`: parts of the repository with settings of their own.

mod world;

use insta::assert_snapshot;
use world::{World, screens};

const CONFIG: &str = "kube-version = \"1.36\"\n\n[scope.prod]\npaths = [\"clusters/prod\"]\nkube-version = \"1.33\"\nnamespace = \"shop\"\n\n[scope.dev]\npaths = [\"clusters/dev\", \"sandbox\"]\n";

fn web(tag: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  selector: {{matchLabels: {{app: web}}}}\n  template:\n    \
         metadata: {{labels: {{app: web}}}}\n    spec: {{containers: [{{name: web, image: 'web:{tag}'}}]}}\n"
    )
}

fn shop() -> World {
    let world = World::new();
    world.write(".rollbook.toml", CONFIG);
    world.write("clusters/prod/web.yaml", web("1.0"));
    world.write("clusters/dev/web.yaml", web("1.1"));
    world.commit("first release");
    world
}

#[test]
fn a_scope_narrows_and_has_a_version_of_its_own() {
    let world = shop();
    assert_snapshot!(screens(
        &world,
        &[
            &["list"],
            &["list", "--scope", "prod"],
            &["history", "web", "--scope", "prod", "-n", "shop"],
            &["history", "web", "--scope", "prod", "-n", "other"],
            &["hash", "web", "--scope", "dev", "--kube-version", "1.30"],
            &["log", "--scope", "dev", "--path", "clusters"],
            &["list", "--scope", "prod", "--path", "sandbox"],
            &["list", "--scope", "prd"],
        ]
    ));
}

#[test]
fn a_workload_has_the_settings_of_the_scope_whose_path_it_is_in() {
    let world = shop();
    world.write("web.yaml", web("0.9"));
    world.write("clusters/prod/old.yaml", web("0.1").replace("name: web", "name: old"));
    world.commit("something old, and something outside");
    world.remove("clusters/prod/old.yaml");
    world.commit("nothing old");
    assert_snapshot!(screens(
        &world,
        &[
            &["list"],
            &["list", "--kube-version", "1.34"],
            &["list", "-n", "other"],
            &["log", "deploy/web", "-o", "wide"],
            &["history", "web"],
            &["history", "old", "-n", "shop"],
            &["history", "old", "-n", "other"],
            &["show", "web", "hash:84c54799fc", "--path", "clusters/prod"],
            &["history", "web", "--revision", "1", "--path", "clusters/prod"],
            &["hash", "web", "--path", "clusters/prod"],
            &["hash", "-f", "clusters/prod/web.yaml", "-f", "web.yaml"],
            &["hash", "-f", "clusters/prod/web.yaml", "-f", "web.yaml", "-o", "name"],
        ]
    ));
}

#[test]
fn versions_that_nobody_chose_are_told_beside_those_that_somebody_did() {
    let world = shop();
    world.write(".rollbook.toml", CONFIG.replace("kube-version = \"1.36\"", ""));
    assert_snapshot!(screens(
        &world,
        &[&["list"], &["hash", "-f", "clusters/prod/web.yaml", "-f", "clusters/dev/web.yaml"]]
    ));
}

#[test]
fn two_scopes_of_one_path_have_to_be_told_apart() {
    let world = shop();
    let twin = "\n[scope.twin]\npaths = [\"clusters/prod\"]\nkube-version = \"1.31\"\n";
    world.write(".rollbook.toml", format!("{CONFIG}{twin}"));
    assert_snapshot!(screens(&world, &[&["list"], &["list", "--scope", "twin"], &["list", "--path", "clusters/dev"]]));
}

#[test]
fn gates_of_a_scope_decide_which_fields_have_a_name() {
    let world = World::new();
    let volume =
        web("1.0").replace("spec: {containers", "spec: {volumes: [{name: a, image: {reference: a}}], containers");
    world.write("prod/web.yaml", &volume);
    world.write("dev/web.yaml", &volume);
    world.write("plain/web.yaml", web("1.0"));
    world.write(
        ".rollbook.toml",
        "kube-version = \"1.34\"\nfeature-gates = { ContainerStopSignals = true }\n[scope.prod]\npaths = [\"prod\"]\n\
         feature-gates = { ImageVolume = true }\n[scope.old]\npaths = [\"old\"]\nkube-version = \"1.30\"\n",
    );
    world.commit("an image as a volume");
    // Once more out of the index, which must not mix up what holds with other gates.
    assert_snapshot!(screens(
        &world,
        &[
            &["list"],
            &["list", "--scope", "prod"],
            &["list"],
            &["hash", "-f", "prod/web.yaml", "-f", "dev/web.yaml", "-f", "plain/web.yaml", "-v"],
            &["hash", "web", "--path", "prod", "--kube-version", "1.30", "-v"],
        ]
    ));
}

#[test]
fn a_bare_repository_has_the_scopes_of_its_tip() {
    let world = shop();
    world.git(&["clone", "-q", "--bare", ".", "../bare"]);
    let list = |args: &[&str]| world.rollbook_in(&world.beside("bare"), args).stdout;
    let outside = list(&["list", "--scope", "prod"]);
    assert!(outside.contains("HASH (1.33)") && outside.contains("647b4b9978"), "{outside}");
    let all = list(&["list"]);
    assert!(all.contains("647b4b9978 (1.33)") && all.contains("546fd5b6cb (1.36)"), "{all}");
    world.git(&["checkout", "-q", "--orphan", "unconfigured"]);
    world.remove(".rollbook.toml");
    world.commit("no settings");
    world.git(&["push", "-q", "../bare", "unconfigured"]);
    let other = list(&["list", "--ref", "unconfigured"]);
    assert!(other.contains("HASH (1.37, not configured)"), "{other}");
}

#[test]
fn the_settings_are_those_of_the_working_tree() {
    let world = shop();
    world.write(".rollbook.toml", "kube-version = \"1.30\"\n");
    let list = world.rollbook(&["list"]).stdout;
    assert!(list.contains("HASH (1.30)"), "{list}");
    std::fs::create_dir_all(world.root().join("clusters")).expect("it is there");
    let below = world.rollbook_in(&world.root().join("clusters"), &["list"]).stdout;
    assert_eq!(list, below);
}

#[test]
fn mistakes_are_shown_with_their_place() {
    let world = shop();
    for (text, said) in [
        ("[scope.prod]\npath = []\n", ".rollbook.toml:2:1: unknown key `path`"),
        ("feature-gates = { ImageVolumes = true }\n", "hint: did you mean `ImageVolume`?"),
        (
            "[scope.prod]\nkube-version = \"9.9\"\n",
            ".rollbook.toml:2:16: `9.9` is not a Kubernetes version from 1.2 to 1.37",
        ),
    ] {
        world.write(".rollbook.toml", text);
        let output = world.rollbook(&["list", "--scope", "prod"]);
        assert!(output.code == 2 && output.stderr.contains(said), "{text}: {}", output.stderr);
    }
}
