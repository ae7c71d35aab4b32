//! What changes a workload on its way to the cluster, in `log` and `history`.

mod world;

use insta::assert_snapshot;
use world::{World, screens};

fn deployment(name: &str, image: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  selector: {{matchLabels: {{app: {name}}}}}\n  \
         template:\n    metadata: {{labels: {{app: {name}}}}}\n    spec:\n      containers: [{{name: {name}, image: '{image}'}}]\n"
    )
}

const VERSION: [&str; 2] = ["--kube-version", "1.36"];

/// A base with two workloads, an overlay that releases by images, and one workload that nothing renders.
fn shop() -> World {
    let world = World::new();
    world.write("base/web.yaml", deployment("web", "shop/web"));
    world.write("base/api.yaml", deployment("api", "shop/api"));
    world.write("base/kustomization.yaml", "resources: [web.yaml, api.yaml]\n");
    world.write("plain.yaml", deployment("plain", "shop/plain:1"));
    world.commit("Add the shop");
    release(&world, "1", "1", "");
    world.commit("Open prod");
    world
}

fn release(world: &World, web: &str, api: &str, more: &str) {
    let text = format!(
        "resources: [../base]\nimages:\n- {{name: shop/web, newTag: '{web}'}}\n- {{name: shop/api, newTag: '{api}'}}\n{more}"
    );
    world.write("prod/kustomization.yaml", text);
}

#[test]
fn a_release_by_a_kustomization_is_a_row_of_what_it_may_roll() {
    let world = shop();
    release(&world, "2", "1", "");
    world.commit("web 2 to prod");
    release(&world, "2", "2", "namespace: prod\n");
    world.commit("api 2 to prod\n\nChange-Cause: faster search");
    release(&world, "2", "2", "namespace: shop\n# a comment\n");
    world.commit("prod is called shop");
    world.write("plain.yaml", deployment("plain", "shop/plain:2"));
    world.commit("plain 2");
    assert_snapshot!(screens(
        &world,
        &[
            &["log", VERSION[0], VERSION[1]],
            &["log", "--rolls", "--since", "2026-10-01T12:30", VERSION[0], VERSION[1]],
            &["history", "web", "--all", VERSION[0], VERSION[1]],
            &["history", "web", VERSION[0], VERSION[1]],
            &["list", VERSION[0], VERSION[1]],
            &["log", "deploy/api", "--limit", "1", "-o", "json", VERSION[0], VERSION[1]],
            &["history", "api", "--all", "--limit", "1", "-o", "json", VERSION[0], VERSION[1]],
        ]
    ));
}

/// The rows of `log`: name, change, whether it rolls, and the files that changed the rendering; the newest first.
fn log(world: &World) -> Vec<String> {
    let output = world.rollbook(&["log", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&output.stdout).expect("it is JSON");
    let words = |value: &serde_json::Value| {
        let words = value.as_array().into_iter().flatten().filter_map(|word| word.as_str());
        words.collect::<Vec<_>>().join(",")
    };
    let row = |item: &serde_json::Value| {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let (name, rolls) = (text(&item["object"]["name"]), text(&item["rolls"]));
        format!("{name} {} {rolls} {}", words(&item["change"]), words(&item["rendering"])).trim().to_owned()
    };
    document["items"].as_array().expect("items").iter().map(row).collect()
}

/// What the last commit added to the log.
fn newest(world: &World, change: impl FnOnce(&World)) -> Vec<String> {
    let before = log(world).len();
    change(world);
    world.commit("a change");
    let mut rows = log(world);
    rows.truncate(rows.len() - before);
    rows
}

#[test]
fn what_a_kustomization_works_with_may_roll_what_it_renders() {
    let world = shop();
    let both = |file: &str| [format!("api rendering unknown {file}"), format!("web rendering unknown {file}")];
    let patch = "patches: [{path: memory.yaml}]\nconfigMapGenerator: [{name: settings, envs: [prod.env]}]\n";
    world.write("prod/memory.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");
    world.write("prod/prod.env", "A=1\n");
    world.write("tags/kustomization.yaml", "kind: Component\nimages: [{name: shop/web, newTag: 'x'}]\n");
    let all = "prod/kustomization.yaml,prod/memory.yaml,prod/prod.env";
    assert_eq!(newest(&world, |world| release(world, "1", "1", patch)), both(all));
    assert_eq!(newest(&world, |world| world.write("prod/memory.yaml", "# more\n")), both("prod/memory.yaml"));
    assert_eq!(newest(&world, |world| world.write("prod/prod.env", "A=2\n")), both("prod/prod.env"));
    let with_tags = format!("{patch}components: [../tags]\n");
    assert_eq!(newest(&world, |world| release(world, "1", "1", &with_tags)), both("prod/kustomization.yaml"));
    let retagged = "kind: Component\nimages: [{name: shop/web, newTag: 'y'}]\n";
    let only_web = ["web rendering unknown tags/kustomization.yaml"];
    assert_eq!(newest(&world, |world| world.write("tags/kustomization.yaml", retagged)), only_web);
    let inline = "kind: Component\npatches: [{patch: \"kind: Deployment\\nmetadata: {name: api}\\nspec: {minReadySeconds: 1}\"}]\n\
                  images: [{name: shop/web, newTag: 'y'}]\n";
    let only_api = ["api rendering unknown tags/kustomization.yaml"];
    assert_eq!(newest(&world, |world| world.write("tags/kustomization.yaml", inline)), only_api);
    assert_eq!(newest(&world, |world| world.write("prod/notes.yaml", "a: 1\n")), [""; 0]);
    assert_eq!(newest(&world, |world| world.remove("prod/kustomization.yaml")), both("prod/kustomization.yaml"));
    assert_eq!(newest(&world, |world| world.write("prod/memory.yaml", "# none\n")), [""; 0]);
}

#[test]
fn a_patch_that_may_set_an_image_lets_no_workload_be_left_out() {
    let world = shop();
    world.write("prod/image.yaml", "- {op: replace, path: /spec/template/spec/containers/0/image, value: shop/web}\n");
    let patch = "patches: [{path: image.yaml, target: {kind: Deployment, name: api}}]\n";
    release(&world, "1", "1", patch);
    world.commit("api runs web");
    let both = ["api rendering unknown prod/kustomization.yaml", "web rendering unknown prod/kustomization.yaml"];
    assert_eq!(newest(&world, |world| release(world, "2", "1", patch)), both);
}

#[test]
fn a_commit_that_changes_the_file_too_is_one_row() {
    let world = shop();
    let rows = newest(&world, |world| {
        release(world, "2", "1", "");
        world.write("base/web.yaml", deployment("web", "shop/web").replace("name: web,", "name: www,"));
    });
    assert_eq!(rows, ["web rolls,rendering unknown prod/kustomization.yaml"]);
    let rows = newest(&world, |world| {
        world.write("base/cron.yaml", deployment("cron", "shop/cron"));
        world.write("base/kustomization.yaml", "resources: [web.yaml, api.yaml, cron.yaml]\n");
    });
    assert_eq!(rows, ["cron added unknown"]);
}

#[test]
fn history_and_log_have_the_same_rows() {
    let world = shop();
    release(&world, "2", "1", "");
    world.commit("web 2");
    world.rename("base/web.yaml", "base/www.yaml");
    world.write("base/kustomization.yaml", "resources: [www.yaml, api.yaml]\n");
    world.commit("move");
    release(&world, "3", "1", "namePrefix: p-\n");
    world.commit("web 3");
    world.remove("base/www.yaml");
    world.commit("no web");
    release(&world, "4", "1", "namePrefix: p-\n");
    world.commit("web 4 is of nobody");
    for name in ["web", "api"] {
        let json = |args: &[&str]| -> serde_json::Value {
            serde_json::from_str(&world.rollbook(args).stdout).expect("it is JSON")
        };
        let [log, history] = [json(&["log", name, "-o", "json"]), json(&["history", name, "--all", "-o", "json"])];
        let row = |row: &serde_json::Value| (row["commit"].clone(), row["change"].clone(), row["rendering"].clone());
        let rows = |list: &serde_json::Value| list.as_array().into_iter().flatten().map(row).collect::<Vec<_>>();
        let mut of_log = rows(&log["items"]);
        of_log.reverse();
        assert_eq!(of_log, rows(&history["items"][0]["revisions"]), "{name}");
        assert!(of_log.len() >= 3, "{of_log:?}");
    }
}

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
    assert!(
        footer().contains("working tree: may roll: `kustomization.yaml` may change the pod template"),
        "{}",
        footer()
    );
    world.write("web.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n");
    assert!(footer().contains("working tree: passed over: Git LFS"), "{}", footer());
}
