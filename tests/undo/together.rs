//! What goes back together with the template: what it names, and the lines of kustomizations.

use crate::shop::{shop, web};
use crate::world::{World, screens};

const SETTINGS: &str =
    "# What it tells.\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n  level: info # calm\n";
const LOGIN: &str =
    "# Who it is.\napiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: hunter2}\n";
const ACCOUNT: &str = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n";

/// A release that names a ConfigMap, a Secret and a ServiceAccount, and one behind which they are others or gone.
fn named() -> World {
    let world = shop();
    let names = "          envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: login}}]\n      \
                 serviceAccountName: web\n# Below.";
    world.write("k8s/web.yaml", web(4, 2).replace("# Below.", names));
    world.write("k8s/settings.yaml", SETTINGS);
    world.write("k8s/access/login.yaml", format!("{LOGIN}---\n{ACCOUNT}"));
    world.commit("web: release 4");
    world.write("k8s/web.yaml", web(5, 2));
    world.write("k8s/settings.yaml", SETTINGS.replace("info # calm", "debug"));
    world.remove("k8s/access/login.yaml");
    world.commit("web: release 5");
    world
}

fn read(world: &World, path: &str) -> String {
    std::fs::read_to_string(world.root().join(path)).unwrap()
}

#[test]
fn what_the_template_names_comes_back() {
    let world = named();
    let tip = world.git(&["rev-parse", "--short", "HEAD"]);
    let seen =
        screens(&world, &[&["undo", "web", "--with-references", "--dry-run"], &["undo", "web", "--with-references"]]);
    assert!(!seen.contains("hunter2"), "{seen}");
    let made = world.git(&["rev-parse", "--short", "HEAD"]);
    assert_ne!(tip, made);
    insta::assert_snapshot!(seen.replace(made.trim(), "[commit]"));
    assert_eq!(read(&world, "k8s/settings.yaml"), SETTINGS);
    assert_eq!(read(&world, "k8s/access/login.yaml"), format!("{LOGIN}---\n{ACCOUNT}"));
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    assert_eq!(world.git(&["show", "--no-patch", "--format=%B"]).matches("hunter2").count(), 0);
    let again = world.rollbook(&["undo", "web", "--to-revision", "4", "--with-references"]);
    assert_eq!(again.stdout, "skipped rollback (current template already matches revision 4)\n");
}

#[test]
fn the_same_goes_to_a_branch() {
    let world = named();
    let output = world.rollbook(&["undo", "web", "--with-references", "--branch", "undo-web"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert_eq!(world.git(&["show", "undo-web:k8s/access/login.yaml"]), format!("{LOGIN}---\n{ACCOUNT}"));
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    assert!(!world.root().join("k8s/access/login.yaml").exists());
}

#[test]
fn where_git_refuses_what_came_back_is_gone_again() {
    let world = named();
    world.git(&["config", "commit.gpgSign", "true"]);
    world.git(&["config", "gpg.program", "/nowhere/gpg"]);
    let output = world.rollbook(&["undo", "web", "--with-references"]);
    assert!(output.code == 2 && output.stderr.contains("the files are as they were"), "{}", output.stderr);
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    assert!(!world.root().join("k8s/access").exists());
    // What lies there and is nobody's yet is not written over.
    world.write("k8s/access/login.yaml", "mine\n");
    let output = world.rollbook(&["undo", "web", "--with-references"]);
    assert!(output.code == 2 && output.stderr.contains("`k8s/access/login.yaml` has changes"), "{}", output.stderr);
    assert_eq!(read(&world, "k8s/access/login.yaml"), "mine\n");
}

#[test]
fn a_file_that_comes_back_is_as_git_would_check_it_out() {
    let world = named();
    world.git(&["config", "core.autocrlf", "true"]);
    assert_eq!(world.rollbook(&["undo", "web", "--with-references"]).code, 0);
    assert_eq!(read(&world, "k8s/access/login.yaml"), format!("{LOGIN}---\n{ACCOUNT}").replace('\n', "\r\n"));
    assert_eq!(world.git(&["show", "HEAD:k8s/access/login.yaml"]), format!("{LOGIN}---\n{ACCOUNT}"));
    assert_eq!(world.git(&["status", "--porcelain"]), "");
}

#[test]
fn only_the_keys_that_it_names_count() {
    let world = shop();
    let key = "          env: [{name: L, valueFrom: {configMapKeyRef: {name: settings, key: level}}}]\n# Below.";
    world.write("k8s/web.yaml", web(4, 2).replace("# Below.", key));
    world.write("k8s/settings.yaml", SETTINGS);
    world.commit("web: release 4");
    world.write("k8s/web.yaml", web(5, 2));
    world.write("k8s/settings.yaml", format!("{SETTINGS}  other: key\n"));
    world.commit("web: release 5");
    assert_eq!(world.rollbook(&["undo", "web", "--dry-run"]).stderr, "");
    world.write("k8s/settings.yaml", SETTINGS.replace("info", "debug"));
    world.commit("settings: debug");
    assert!(world.rollbook(&["undo", "web", "--dry-run"]).stderr.contains("`settings` that it names is another"));
}

#[test]
fn what_comes_back_is_said_to_be_in_no_kustomization() {
    let world = named();
    world.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let list = |files: &str| format!("resources: [web.yaml, settings.yaml{files}]\n");
    world.write("k8s/kustomization.yaml", list(", access/login.yaml"));
    world.commit("kustomize");
    world.write("k8s/kustomization.yaml", list(""));
    world.write("k8s/web.yaml", web(5, 2));
    world.remove("k8s/access/login.yaml");
    world.commit("web: release 5");
    let output = world.rollbook(&["undo", "web", "--to-revision", "commit:HEAD~1", "--with-references"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    insta::assert_snapshot!(output.stderr);
}

/// An overlay that gives two images, with a comment on each.
fn overlay(web: &str, db: &str) -> String {
    format!(
        "resources: [../base]\nimages:\n  # The front end.\n  - name: web\n    newName: example.com/web\n    newTag: {web} # as \
         released\n  - name: db\n    newTag: {db}\n"
    )
}

fn overlaid() -> World {
    let world = shop();
    world.write("k8s/base/web.yaml", web(4, 2).replace("image: web:4", "image: web"));
    world.remove("k8s/web.yaml");
    world.write("k8s/base/kustomization.yaml", "resources: [web.yaml]\n");
    for (web, db, message) in [("1.5.0", "3", "prod"), ("1.6.0", "3", "web 1.6.0"), ("1.6.0", "4", "db 4")] {
        world.write("k8s/prod/kustomization.yaml", overlay(web, db));
        world.commit(message);
    }
    world
}

#[test]
fn the_line_of_a_kustomization_goes_back() {
    let world = overlaid();
    let runs: [&[&str]; 2] = [&["undo", "web"], &["undo", "web", "--with-references"]];
    let seen = screens(&world, &runs);
    let made = world.git(&["rev-parse", "--short", "HEAD"]);
    insta::assert_snapshot!(seen.replace(made.trim(), "[commit]"));
    // Only that line: the other image stays.
    assert_eq!(read(&world, "k8s/prod/kustomization.yaml"), overlay("1.5.0", "4"));
    assert_eq!(world.git(&["show", "--name-only", "--format=", "HEAD"]), "k8s/prod/kustomization.yaml\n");
    let again = world.rollbook(&["undo", "web", "--with-references"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_eq!(read(&world, "k8s/prod/kustomization.yaml"), overlay("1.6.0", "4"), "the undo of the undo");
}

/// The next release, whose container has a terminal.
fn with_terminal(base: &str) -> String {
    let base = base.replace("release 4", "release 7");
    base.replace("name: web\n          image", "name: web\n          tty: true\n          image")
}

#[test]
fn template_and_line_go_back_together_and_more_than_that_is_refused() {
    let world = overlaid();
    let base = read(&world, "k8s/base/web.yaml");
    world.write("k8s/base/web.yaml", with_terminal(&base));
    world.write("k8s/prod/kustomization.yaml", overlay("1.7.0", "4"));
    world.commit("web 1.7.0");
    let before = world.git(&["rev-parse", "HEAD~1"]);
    let to = format!("commit:{}", before.trim());
    let output = world.rollbook(&["undo", "web", "--to-revision", &to]);
    assert!(output.code == 2 && output.stderr.contains("`k8s/prod/kustomization.yaml:6`"), "{}", output.stderr);
    let output = world.rollbook(&["undo", "web", "--to-revision", &to, "--with-references"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert_eq!(read(&world, "k8s/base/web.yaml"), base);
    assert_eq!(read(&world, "k8s/prod/kustomization.yaml"), overlay("1.6.0", "4"));
    // A prefix besides: the pods of then would not come of that line.
    world.write("k8s/prod/kustomization.yaml", format!("namePrefix: prod-\n{}", overlay("1.8.0", "4")));
    world.commit("web 1.8.0");
    let before = read(&world, "k8s/prod/kustomization.yaml");
    let output = world.rollbook(&["undo", "web", "--to-revision", &to, "--with-references"]);
    assert!(output.code == 2 && output.stderr.contains("in another way than at commit"), "{}", output.stderr);
    assert_eq!(read(&world, "k8s/prod/kustomization.yaml"), before);
}

#[test]
fn a_template_goes_back_where_its_kustomization_is_as_it_was() {
    let world = overlaid();
    let base = read(&world, "k8s/base/web.yaml");
    world.write("k8s/base/web.yaml", with_terminal(&base));
    world.commit("web: a terminal");
    world.write("k8s/prod/kustomization.yaml", overlay("1.6.0", "5"));
    world.commit("db 5");
    let output = world.rollbook(&["undo", "web"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stdout.contains("rolls: unknown"), "{}", output.stdout);
    assert_eq!(read(&world, "k8s/base/web.yaml"), base);
    assert_eq!(read(&world, "k8s/prod/kustomization.yaml"), overlay("1.6.0", "5"));
}
