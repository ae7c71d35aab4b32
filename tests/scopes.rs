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
fn mistakes_are_shown_with_their_place() {
    let world = shop();
    for (text, said) in [
        ("[scope.prod]\npath = []\n", ".rollbook.toml:2:1: unknown key `path`"),
        ("[scope.prod]\nfeature-gates = {}\n", "`feature-gates` is not supported yet"),
        ("[scope.prod]\nkube-version = \"9.9\"\n", "the `kube-version` of the configuration cannot be used"),
    ] {
        world.write(".rollbook.toml", text);
        let output = world.rollbook(&["list", "--scope", "prod"]);
        assert!(output.code == 2 && output.stderr.contains(said), "{text}: {}", output.stderr);
    }
}
