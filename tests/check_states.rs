//! `rollbook check`: which states it looks at, and what it says where one of them cannot be had.

mod world;

use world::{World, screens};

fn config(name: &str, level: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{LOG_LEVEL: {level}}}\n")
}

/// Two of one name in a file: an error that any state may have.
fn twice(name: &str) -> String {
    format!("{}---\n{}", config(name, "info"), config(name, "debug"))
}

/// A repository with one commit.
fn shop() -> World {
    let world = World::new();
    world.set_columns(80);
    world.write("k8s/a.yaml", config("a", "info"));
    world.write("k8s/b.yaml", config("b", "info"));
    world.commit("first");
    world
}

fn last_line(world: &World, args: &[&str]) -> String {
    let output = world.rollbook(&[&["check"], args].concat());
    format!("{} {}", output.code, output.stdout.lines().last().unwrap_or_default())
}

#[test]
fn the_index_and_the_working_tree_are_told_apart() {
    let world = shop();
    world.write("k8s/a.yaml", twice("a"));
    world.git(&["add", "."]);
    world.write("k8s/a.yaml", config("a", "info"));
    world.write("k8s/b.yaml", config("b", "debug"));
    assert_eq!(last_line(&world, &["--staged"]), "1 1 error: 2 objects checked");
    assert_eq!(last_line(&world, &[]), "0 no findings: 1 object checked");
    // As git tells its hooks of another index, for `commit -- path`.
    world.git(&["reset", "-q"]);
    let index = world.root().join(".git/next-index");
    std::fs::copy(world.root().join(".git/index"), &index).unwrap();
    let with = [("GIT_INDEX_FILE", index.to_str().unwrap())];
    let output = world.rollbook_with(&with, &["check", "--staged"]);
    assert_eq!(output.stdout, "no manifest is staged: nothing was checked\n");
}

#[test]
fn a_branch_is_compared_with_where_it_went_off() {
    let world = shop();
    world.branch("feature");
    world.write("k8s/b.yaml", config("b", "debug"));
    let feature = world.commit("more words");
    world.checkout("main");
    world.write("k8s/a.yaml", twice("a"));
    let main = world.commit("twice");
    assert_eq!(last_line(&world, &["--from", "main", "--to", "feature"]), "0 no findings: 1 object checked");
    assert_eq!(last_line(&world, &["--from", "feature", "--to", "main"]), "1 1 error: 2 objects checked");
    assert_eq!(last_line(&world, &["--from", "feature", "--to", "main", "--direct"]), "1 1 error: 3 objects checked");
    // As pre-commit tells its hooks.
    let with = [("PRE_COMMIT_FROM_REF", feature.as_str()), ("PRE_COMMIT_TO_REF", main.as_str())];
    let output = world.rollbook_with(&with, &["check", "--staged"]);
    assert_eq!((output.code, output.stdout.lines().last()), (1, Some("1 error: 2 objects checked")));
    // What is asked for wins.
    let output = world.rollbook_with(&with, &["check", "--from", "main", "--to", "feature"]);
    assert_eq!(output.code, 0);
}

#[test]
fn before_the_first_commit_all_is_new() {
    let world = World::new();
    world.set_columns(80);
    world.write("k8s/a.yaml", twice("a"));
    world.git(&["add", "."]);
    let runs: [&[&str]; 3] = [&["check", "--staged"], &["check", "-o", "json", "-q"], &["check", "--from", "HEAD"]];
    insta::assert_snapshot!(screens(&world, &runs));
}

#[test]
fn a_merge_that_is_not_finished_is_told_of() {
    let world = shop();
    world.branch("feature");
    world.write("k8s/a.yaml", config("a", "debug"));
    world.commit("debug");
    world.checkout("main");
    world.write("k8s/a.yaml", config("a", "warn"));
    world.commit("warn");
    assert!(world.fails(&["-c", "user.name=A", "-c", "user.email=a@example.org", "merge", "-q", "feature"]));
    insta::assert_snapshot!(screens(&world, &[&["check", "--staged"], &["check"]]));
}

#[test]
fn an_old_state_that_cannot_be_read_makes_nothing_new() {
    let world = shop();
    world.write("k8s/a.yaml", format!("<<<<<<< HEAD\n{}", twice("a")));
    world.write("k8s/b.yaml", "a: [");
    world.commit("broken");
    world.write("k8s/a.yaml", twice("a"));
    world.write("k8s/b.yaml", "a: [b");
    insta::assert_snapshot!(world.screen(&["check"]));
}

#[test]
fn a_base_that_is_not_here_is_told_how_to_get() {
    let world = shop();
    world.write("k8s/b.yaml", config("b", "debug"));
    world.commit("second");
    let clone = world.beside("clone");
    let from = format!("file://{}", world.root().display());
    world.git_in(&world.beside(""), &["clone", "-q", "--depth", "1", &from, "clone"]);
    let id = "0123456789abcdef0123456789abcdef01234567";
    for (from, hint) in [
        ("HEAD^", "git fetch --deepen=1"),
        ("origin/other", "git fetch --unshallow origin +refs/heads/other:refs/remotes/origin/other"),
        (id, "git fetch --unshallow\n"),
    ] {
        let output = world.rollbook_in(&clone, &["check", "--from", from]);
        assert_eq!(output.code, 2);
        assert!(output.stderr.contains(&format!("hint: {hint}")), "{}", output.stderr);
    }
}

#[test]
fn in_a_bare_repository_two_commits_are_named() {
    let world = shop();
    world.write("k8s/b.yaml", config("b", "debug"));
    world.commit("second");
    let bare = world.beside("bare.git");
    world.git(&["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    let output = world.rollbook_in(&bare, &["check"]);
    assert_eq!((output.code, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains("hint: rollbook check --from A --to B"), "{}", output.stderr);
    let output = world.rollbook_in(&bare, &["check", "--from", "HEAD^"]);
    assert_eq!((output.code, output.stdout.as_str()), (0, "no findings: 1 object checked\n"));
}

#[test]
fn what_was_not_looked_into_is_said() {
    let world = shop();
    world.write("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
    world.write("chart/templates/web.yaml", "kind: {{ .Values.kind }}\n");
    world.write("overlay/kustomization.yaml", "resources: [../k8s/a.yaml]\nnamePrefix: x-\n");
    world.write("big.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
    insta::assert_snapshot!(world.screen(&["check"]));
    world.commit("a chart");
    world.write("README.md", "words\n");
    insta::assert_snapshot!(world.screen(&["check"]));
}
