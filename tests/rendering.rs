//! What changes a workload on its way to the cluster.

mod world;

use world::World;

fn deployment(name: &str, image: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  template:\n    spec:\n      containers: [{{name: {name}, image: '{image}'}}]\n"
    )
}

const VERSION: [&str; 2] = ["--kube-version", "1.36"];

#[test]
fn a_patch_in_a_folder_that_is_a_chart_too_is_no_deployment() {
    let world = World::new();
    world.write("app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.1.0\n");
    world.write("app/kustomization.yaml", "namePrefix: k-\nresources:\n- ./all.yaml\npatches:\n- overlays/web.yaml\n");
    world.write("app/overlays/web.yaml", deployment("web", "shop/web"));
    world.commit("a plug-in renders it");
    let list = world.rollbook(&["list"]);
    assert!(list.stderr.contains("no workload stands at `HEAD`"), "{list:?}");
    let history = world.rollbook(&["history", "web"]);
    assert!(
        history.code == 1 && history.stderr.contains("`app/kustomization.yaml` uses it in `patches`"),
        "{history:?}"
    );
}

#[test]
fn what_flux_or_argo_changes_has_no_name() {
    let flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec:\n  path: ./apps\n  \
                sourceRef: {kind: GitRepository, name: flux-system}\n";
    let world = World::new();
    world.write("apps/web.yaml", deployment("web", "shop/web:1"));
    world.write("clusters/prod/apps.yaml", flux);
    world.commit("Flux brings it as it is");
    let hash = || world.rollbook(&["hash", "web", "-o", "json"]).stdout.contains("\"exact\": true");
    assert!(hash());
    world.write("clusters/prod/apps.yaml", format!("{flux}  images: [{{name: shop/web, newTag: '2'}}]\n"));
    world.commit("Flux has another image");
    assert!(!hash());
    for args in [&["hash", "web", "--path", "apps"][..], &["list"], &["history", "web"], &["log"]] {
        let output = world.rollbook(&[args, &["-o", "json"]].concat());
        let document: serde_json::Value = serde_json::from_str(&output.stdout).expect("it is JSON");
        let item = &document["items"][0];
        let hash = if args[0] == "history" { &item["revisions"][0]["hash"] } else { &item["hash"] };
        assert!(hash.is_null() && !output.stdout.contains("\"exact\": true"), "{args:?}: {}", output.stdout);
    }
    let log = world.rollbook(&["log"]);
    assert!(log.stdout.contains("unknown"), "{log:?}");
}

#[test]
fn the_footer_knows_what_git_would_store_and_what_renders_it() {
    let world = World::new();
    world.write("web.yaml", deployment("web", "shop/web:1"));
    world.commit("one");
    let footer = || world.rollbook(&["history", "web", VERSION[0], VERSION[1]]).stdout;
    world.git(&["config", "core.autocrlf", "true"]);
    world.write("web.yaml", deployment("web", "shop/web:1").replace('\n', "\r\n"));
    assert!(!footer().contains("working tree"), "{}", footer());
    world.write("web.yaml", deployment("web", "shop/web:2").replace('\n', "\r\n"));
    assert!(footer().contains("working tree: rolls to web-"), "{}", footer());
    world.write("kustomization.yaml", "resources: [web.yaml]\nnamePrefix: a-\n");
    assert!(footer().contains("working tree: rolls, to a name that is not known"), "{}", footer());
    world.write("web.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n");
    assert!(footer().contains("working tree: passed over: Git LFS"), "{}", footer());
}
