//! `rollbook diff` between states of a repository.

mod world;

use world::{World, screens};

fn deployment(name: &str, image: &str, replicas: u8) -> String {
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
      - name: main
        image: {image}
"
    )
}

fn config(theme: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: settings}}\ndata: {{theme: {theme}}}\n")
}

/// A repository of a few objects and one commit.
fn shop() -> World {
    let world = World::new();
    world.set_columns(80);
    world.write(".rollbook.toml", "kube-version = \"1.36\"\n");
    world.write("k8s/web.yaml", deployment("web", "web:1", 2));
    world.write("k8s/api.yaml", deployment("api", "api:1", 1));
    world.write("k8s/worker.yaml", deployment("worker", "worker:1", 1));
    world.write("k8s/settings.yaml", config("light"));
    world.commit("first");
    world
}

/// `web` changed on `feature` and `api` on `main`, which is checked out.
fn two_branches() -> World {
    let world = shop();
    world.branch("feature");
    world.write("k8s/web.yaml", deployment("web", "web:2", 2));
    world.commit("web 2");
    world.checkout("main");
    world.write("k8s/api.yaml", deployment("api", "api:2", 1));
    world.commit("api 2");
    world
}

#[test]
fn the_working_tree_and_the_index_are_compared_with_the_last_commit() {
    let world = shop();
    world.write("k8s/web.yaml", deployment("web", "web:2", 2));
    world.git(&["add", "."]);
    world.write("k8s/api.yaml", deployment("api", "api:1", 3));
    world.write("k8s/settings.yaml", config("dark"));
    world.write("k8s/new.yaml", deployment("new", "new:1", 1));
    world.remove("k8s/worker.yaml");
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["diff"],
            &["diff", "--summary"],
            &["diff", "--stat"],
            &["diff", "--staged"],
            &["diff", "deployments", "--summary", "--path", "k8s/api.yaml"],
            &["diff", "deploy/worker", "configmap/settings", "--summary"],
            &["diff", "--staged", "api"],
            &["diff", "--staged", "-o", "unified"],
            &["diff", "--summary", "-o", "markdown"],
        ]
    ));
}

#[test]
fn git_names_the_index_of_a_partial_commit() {
    let world = shop();
    world.write("k8s/web.yaml", deployment("web", "web:2", 2));
    world.write("k8s/api.yaml", deployment("api", "api:2", 1));
    std::fs::copy(world.root().join(".git/index"), world.root().join(".git/next")).unwrap();
    world.git(&["add", "k8s/api.yaml"]);
    std::fs::rename(world.root().join(".git/index"), world.root().join(".git/api")).unwrap();
    std::fs::rename(world.root().join(".git/next"), world.root().join(".git/index")).unwrap();
    let names = |variables: &[(&str, &str)]| world.rollbook_with(variables, &["diff", "--staged", "-o", "name"]).stdout;
    assert_eq!(names(&[]), "");
    assert_eq!(names(&[("GIT_INDEX_FILE", ".git/api")]), "deployment.apps/api\n");
}

#[test]
fn two_ends_are_compared_from_where_they_went_apart() {
    let world = two_branches();
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["diff", "--from", "main", "--to", "feature", "--summary"],
            &["diff", "--from", "main", "--to", "feature", "--direct", "--summary"],
            &["diff", "--from", "feature", "--summary"],
            &["diff", "--from", "main", "--ref", "feature", "-o", "name"],
            &["diff", "--from", "main", "--to", "main"],
            &["diff", "--from", "nowhere"],
            &["diff", "--to", "main"],
            &["diff", "--from", "main", "--staged"],
        ]
    ));
}

#[test]
fn a_shallow_clone_compares_what_it_has_and_says_what_to_fetch() {
    let world = two_branches();
    world.merge("feature", "Merge feature");
    let origin = format!("file://{}", world.root().display());
    let clone = world.beside("clone");
    world.git(&["clone", "-q", "--depth=2", &origin, &clone.to_string_lossy()]);
    // The merge commit of a forge: what it brings to the branch.
    let shown = world.rollbook_in(&clone, &["diff", "--from", "HEAD^1", "-o", "name"]);
    assert_eq!((shown.stdout.as_str(), shown.code), ("deployment.apps/web\n", 1), "{}", shown.stderr);
    let shown = world.rollbook_in(&clone, &["diff", "--from", "HEAD^1", "--to", "HEAD^2"]);
    let mut said = shown.stderr;
    let shown = world.rollbook_in(&clone, &["diff", "--from", "HEAD^1", "--to", "HEAD^2", "--direct", "-o", "name"]);
    assert_eq!(shown.stdout, "deployment.apps/api\ndeployment.apps/web\n", "{}", shown.stderr);
    let shown = world.rollbook_in(&clone, &["diff", "--from", "origin/release"]);
    said.push_str(&shown.stderr);
    insta::assert_snapshot!(said);
}

/// The merge commit that a forge makes of a pull request, as its runners fetch it.
#[test]
fn a_clone_of_one_commit_is_told_what_to_fetch() {
    let world = two_branches();
    world.merge("feature", "Merge feature");
    let origin = format!("file://{}", world.root().display());
    for (depth, from, hint) in [("1", "HEAD^1", "git fetch --deepen=1"), ("2", "HEAD~2", "git fetch --deepen=2")] {
        let clone = world.beside(&format!("clone-{depth}"));
        world.git(&["clone", "-q", &format!("--depth={depth}"), &origin, &clone.to_string_lossy()]);
        let run = || world.rollbook_in(&clone, &["diff", "--from", from, "-o", "name", "deployments"]);
        let shown = run();
        let said = shown.stderr.lines().find_map(|line| line.strip_prefix("hint: "));
        assert_eq!((said, shown.code), (Some(hint), 2), "{}", shown.stderr);
        let words: Vec<&str> = hint.split(' ').skip(1).collect();
        world.git_in(&clone, &words);
        let (shown, whole) = (run(), world.rollbook(&["diff", "--from", from, "-o", "name", "deployments"]));
        assert_eq!((&shown.stdout, shown.code), (&whole.stdout, 1), "{}", shown.stderr);
    }
}

#[test]
fn what_kustomize_renders_is_unknown_where_what_it_does_changed() {
    let world = shop();
    world.write("k8s/kustomization.yaml", "resources: [web.yaml, api.yaml]\nimages: [{name: web, newTag: '2'}]\n");
    world.commit("kustomize");
    let kustomization =
        |tag: u8| format!("resources: [web.yaml, api.yaml]\nimages: [{{name: web, newTag: '{tag}'}}]\n");
    world.write("k8s/api.yaml", deployment("api", "api:1", 3));
    let scaled = world.screen(&["diff", "--summary"]);
    world.write("k8s/kustomization.yaml", kustomization(3));
    insta::assert_snapshot!(format!("{scaled}\n{}", screens(&world, &[&["diff"], &["diff", "--summary"]])));
}

#[test]
fn a_file_that_cannot_be_read_or_is_in_conflict_is_not_said_to_be_gone() {
    let world = shop();
    world.write("k8s/web.yaml", format!("a: [\n---\n{}", deployment("web", "web:2", 2)));
    world.branch("other");
    let shown = world.screen(&["diff", "--summary"]);
    world.write("k8s/web.yaml", deployment("web", "web:2", 2));
    world.commit("web 2");
    world.checkout("main");
    world.write("k8s/web.yaml", deployment("web", "web:3", 2));
    world.commit("web 3");
    world.git(&["config", "user.name", "Ada"]);
    world.git(&["config", "user.email", "ada@example.org"]);
    assert!(world.fails(&["merge", "-q", "other"]));
    insta::assert_snapshot!(format!("{shown}\n{}", screens(&world, &[&["diff", "--staged"], &["diff"]])));
}

#[test]
fn a_renamed_workload_is_one_object() {
    let world = shop();
    world.rename("k8s/web.yaml", "k8s/front/front.yaml");
    world.write("k8s/front/front.yaml", deployment("front", "web:1", 2));
    world.rename("k8s/api.yaml", "k8s/api/api.yaml");
    insta::assert_snapshot!(screens(&world, &[&["diff", "--summary"], &["diff"]]));
}

#[test]
fn what_pods_use_names_the_workloads_that_go_on_with_old_values() {
    let world = shop();
    let using =
        |name: &str, pod: &str, mounts: &str| deployment(name, &format!("{name}:1\n        {mounts}\n      {pod}"), 1);
    let volumes = "volumes: [{name: v, configMap: {name: settings}}]";
    let env = "env: [{name: T, valueFrom: {configMapKeyRef: {name: settings, key: theme}}}]";
    world.write("k8s/api.yaml", using("api", "restartPolicy: Always", env));
    world.write("k8s/web.yaml", using("web", volumes, "volumeMounts: [{name: v, mountPath: /etc/theme}]"));
    world
        .write("k8s/worker.yaml", using("worker", volumes, "volumeMounts: [{name: v, mountPath: /t, subPath: theme}]"));
    let service = |app: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: front}}\nspec: {{selector: {{app: {app}}}, ports: [{{port: 80}}]}}\n"
        )
    };
    let autoscaler = |most: u8| {
        format!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {{name: web}}\nspec: {{scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: web}}, maxReplicas: {most}}}\n"
        )
    };
    let budget = |least: u8| {
        format!(
            "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: api}}\nspec: {{selector: {{matchLabels: {{app: api}}}}, minAvailable: {least}}}\n"
        )
    };
    world.write("k8s/more.yaml", [service("web"), autoscaler(2), budget(1)].join("---\n"));
    world.commit("use it");
    let manifest = |name: &str| std::fs::read_to_string(world.root().join(format!("k8s/{name}.yaml"))).unwrap();
    let before: Vec<String> = ["api", "settings", "web"].map(manifest).into();
    world.write("k8s/settings.yaml", config("dark"));
    world.write("k8s/more.yaml", [service("api"), autoscaler(3), budget(2)].join("---\n"));
    let alone = world.screen(&["diff"]);
    world.write("k8s/api.yaml", manifest("api").replace("api:1", "api:2"));
    let together = screens(
        &world,
        &[
            &["diff", "configmap/settings"],
            &["diff", "--path", "k8s/settings.yaml"],
            &["diff", "configmaps", "-o", "json"],
        ],
    );
    // Folders and files are asked for the same.
    world.write("old.yaml", before.join("---\n"));
    world.write("new.yaml", ["api", "settings", "web"].map(manifest).join("---\n"));
    let files = world.screen(&["diff", "--no-index", "old.yaml", "new.yaml"]);
    insta::assert_snapshot!([alone, together, files].join("\n"));
}

#[test]
fn what_git_does_not_know_is_said() {
    let world = shop();
    world.write("k8s/web.yaml", deployment("web", "registry.example.com/web", 2));
    world.write("charts/shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    world.write("charts/shop/values.yaml", "tag: '1'\n");
    world.commit("an image without a tag, and a chart");
    let labelled =
        deployment("web", "registry.example.com/web", 2).replace("{name: web}", "{name: web, labels: {a: b}}");
    world.write("k8s/web.yaml", labelled);
    world.write("charts/shop/values.yaml", "tag: '2'\n");
    world.write("k8s/api.yaml", "a: [\n");
    insta::assert_snapshot!(screens(
        &world,
        &[&["diff"], &["diff", "--summary", "-q"], &["diff", "web", "-o", "json"]]
    ));
}
