//! `rollbook undo`: the commit that goes back, and what stays as it was where there is none.

mod branch;
mod refusals;
mod shop;
mod together;
#[path = "../world/mod.rs"]
mod world;

use shop::{make_executable, shop, web};
use world::{World, screens};

fn file(world: &World) -> String {
    std::fs::read_to_string(world.root().join("k8s/web.yaml")).unwrap()
}

/// A screen without the ids of commits that were made at the time of the test.
fn screen(world: &World, args: &[&str]) -> String {
    let tip = world.git(&["rev-parse", "--short", "HEAD"]);
    let screen = world.screen(args);
    let new = world.git(&["rev-parse", "--short", "HEAD"]);
    if new == tip { screen } else { screen.replace(new.trim(), "[commit]") }
}

#[test]
fn the_template_goes_back_and_all_else_stays() {
    let world = shop();
    insta::assert_snapshot!(screen(&world, &["undo", "web", "--to-revision", "1"]));
    assert_eq!(file(&world), web(1, 5));
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    let shown = world.git(&["show", "--no-patch", "--format=%an%n%B", "HEAD"]);
    insta::assert_snapshot!(shown);
    let history = world.rollbook(&["history", "web"]).stdout;
    assert!(history.contains("rollback to revision 1: web: release 1 ↩ 1"), "{history}");
}

#[test]
fn the_undo_of_an_undo_gives_back_the_file() {
    let world = shop();
    let before = file(&world);
    for _ in 0..2 {
        assert_eq!(world.rollbook(&["undo", "deployment/web"]).code, 0);
    }
    assert_eq!(file(&world), before);
    let causes = world.git(&["log", "-2", "--format=%(trailers:key=Change-Cause,valueonly)"]);
    // The second goes back to what was before the first, and does not tell its words again.
    assert_eq!(
        causes.split_whitespace().collect::<Vec<_>>().join(" "),
        "rollback to revision 3: web: release 3 rollback to revision 2: web: release 2"
    );
}

#[test]
fn nothing_is_written_where_that_is_asked_for_or_there_is_nothing_to_do() {
    let world = shop();
    let (tip, before) = (world.tip(), file(&world));
    let runs: [&[&str]; 4] = [
        &["undo", "web", "--dry-run"],
        &["undo", "web", "--to-revision", "3"],
        &["undo", "web", "--to-revision", "9"],
        &["undo", "wbe"],
    ];
    insta::assert_snapshot!(screens(&world, &runs));
    assert_eq!((world.tip(), file(&world)), (tip, before));
}

#[test]
fn more_than_the_template_goes_back_where_that_is_asked_for() {
    for (option, expected) in [("--replicas", web(1, 2)), ("--whole", web(1, 2))] {
        let world = shop();
        world.write("k8s/web.yaml", web(3, 5).replace("  name: web\n", "  name: web\n  labels: {team: shop}\n"));
        world.commit("web: of the shop");
        let output = world.rollbook(&["undo", "web", "--to-revision", "1", option]);
        assert_eq!((output.code, output.stderr.as_str()), (0, ""));
        let labels = file(&world).contains("labels: {team: shop}");
        assert_eq!((file(&world).replace("  labels: {team: shop}\n", ""), labels), (expected, option == "--replicas"));
    }
    let world = shop();
    world.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let output = world.rollbook(&["undo", "web", "--to-revision", "3", "--whole"]);
    assert_eq!(output.stdout, "skipped rollback (current object already matches revision 3)\n");
}

#[test]
fn without_a_commit_the_file_is_staged() {
    let world = shop();
    let tip = world.tip();
    insta::assert_snapshot!(screen(&world, &["undo", "web", "--no-commit"]));
    assert_eq!((world.tip(), file(&world)), (tip, web(2, 5)));
    assert_eq!(world.git(&["status", "--porcelain"]), "M  k8s/web.yaml\n");
    // The same undo again finishes it.
    assert_eq!(world.rollbook(&["undo", "web"]).code, 0);
    assert_eq!(world.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_kill_between_the_file_and_the_commit_is_mended_by_the_same_undo() {
    let world = shop();
    world.write("k8s/web.yaml", web(2, 5));
    let output = world.rollbook(&["undo", "web"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert_eq!(world.git(&["show", "HEAD:k8s/web.yaml"]), web(2, 5));
    assert_eq!(world.git(&["fsck", "--no-dangling"]), "");
}

#[test]
fn other_work_stays_where_it_is() {
    let world = shop();
    world.write("staged.txt", "staged\n");
    world.git(&["add", "staged.txt"]);
    world.write("README.md", "not added\n");
    assert_eq!(world.rollbook(&["undo", "web"]).code, 0);
    assert_eq!(world.git(&["show", "--name-only", "--format=", "HEAD"]), "k8s/web.yaml\n");
    assert_eq!(world.git(&["status", "--porcelain"]), "A  staged.txt\n?? README.md\n");
    world.git(&["commit", "-qam", "the rest"]);
    assert_eq!(world.git(&["show", "--name-only", "--format=", "HEAD"]), "staged.txt\n");
}

#[test]
fn where_git_refuses_the_file_is_as_it_was() {
    let world = shop();
    let before = file(&world);
    let hook = world.root().join(".git/hooks/pre-commit");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho 'no commits on a Friday' >&2\necho '\x1b[31mred' >&2\nexit 1\n").unwrap();
    make_executable(&hook);
    insta::assert_snapshot!(screen(&world, &["undo", "web"]));
    assert_eq!((file(&world), world.git(&["status", "--porcelain"])), (before.clone(), String::new()));
    // Somebody else has the index.
    std::fs::write(&hook, "#!/bin/sh\n").unwrap();
    let lock = world.root().join(".git/index.lock");
    std::fs::write(&lock, "").unwrap();
    let output = world.rollbook(&["undo", "web"]);
    assert!(output.code == 2 && output.stderr.contains("hint: another git is at work"), "{}", output.stderr);
    assert!(lock.exists() && file(&world) == before);
    std::fs::remove_file(&lock).unwrap();
    // A hook that changes what is committed.
    std::fs::write(&hook, "#!/bin/sh\nsed -i 's/web:2/web:9/' k8s/web.yaml\ngit add k8s/web.yaml\n").unwrap();
    let output = world.rollbook(&["undo", "web"]);
    assert!(output.code == 2 && output.stderr.contains("a hook has changed `k8s/web.yaml`"), "{}", output.stderr);
}

#[test]
fn what_cannot_go_back_is_refused_with_what_to_do() {
    let world = shop();
    let mut seen = Vec::new();
    world.write("k8s/web.yaml", web(3, 6));
    seen.push(world.screen(&["undo", "web"]));
    world.git(&["checkout", "-q", "."]);
    seen.push(world.screen(&["undo", "web", "--ref", "HEAD~1"]));
    seen.push(world.screen(&["undo", "configmap/web"]));
    std::fs::write(world.root().join(".git/MERGE_HEAD"), world.tip()).unwrap();
    seen.push(world.screen(&["undo", "web"]));
    std::fs::remove_file(world.root().join(".git/MERGE_HEAD")).unwrap();
    // Other labels, and a selector for them.
    world.write("k8s/web.yaml", web(4, 2).replace("{app: web}", "{app: shop}"));
    world.commit("web: other labels");
    seen.push(world.screen(&["undo", "web", "--to-revision", "1"]));
    world.write("k8s/kustomization.yaml", "resources: [web.yaml]\nimages: [{name: web, newTag: '7'}]\n");
    world.commit("kustomize");
    seen.push(world.screen(&["undo", "web"]));
    insta::assert_snapshot!(seen.join("\n"));
}

#[test]
fn a_file_that_git_converts_keeps_its_line_ends() {
    let world = shop();
    world.git(&["config", "core.autocrlf", "true"]);
    world.remove("k8s/web.yaml");
    world.git(&["checkout", "-q", "."]);
    assert!(file(&world).contains("\r\n"));
    assert_eq!(world.rollbook(&["undo", "web"]).code, 0);
    assert_eq!(file(&world), web(2, 5).replace('\n', "\r\n"));
    assert_eq!(world.git(&["show", "HEAD:k8s/web.yaml"]), web(2, 5));
    assert_eq!(world.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_linked_work_tree_and_a_signature() {
    let world = shop();
    let key = world.beside("key");
    let made =
        std::process::Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    if made.is_ok_and(|status| status.success()) {
        world.git(&["config", "gpg.format", "ssh"]);
        world.git(&["config", "user.signingKey", key.to_str().unwrap()]);
        world.git(&["config", "commit.gpgSign", "true"]);
    }
    let linked = world.beside("linked");
    world.git(&["worktree", "add", "-q", "-b", "night", linked.to_str().unwrap()]);
    let main = world.tip();
    let output = world.rollbook_in(&linked, &["undo", "web"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert_eq!(world.git_in(&linked, &["show", "HEAD:k8s/web.yaml"]), web(2, 5));
    assert_eq!(world.tip(), main);
    if key.exists() {
        let commit = world.git_in(&linked, &["cat-file", "commit", "HEAD"]);
        assert!(commit.contains("-----BEGIN SSH SIGNATURE-----"), "{commit}");
        // A signing program that fails.
        world.git(&["config", "user.signingKey", "/nowhere/key"]);
        let before = file(&world);
        let output = world.rollbook(&["undo", "web"]);
        assert!(output.code == 2 && output.stderr.contains("the file is as it was"), "{}", output.stderr);
        assert_eq!((file(&world), world.tip()), (before, main));
    }
}

#[test]
fn of_two_at_once_one_goes_back() {
    let world = shop();
    let started: Vec<_> =
        (0..2).map(|_| world.start_rollbook(world.root(), &["undo", "web", "--to-revision", "1"])).collect();
    let outputs: Vec<_> = started.into_iter().map(|run| run.finish()).collect();
    assert!(outputs.iter().any(|output| output.code == 0));
    assert_eq!(world.git(&["show", "HEAD:k8s/web.yaml"]), web(1, 5));
    assert_eq!(world.git(&["rev-list", "--count", "HEAD"]), "5\n");
    assert_eq!(world.git(&["status", "--porcelain"]), "");
}

#[test]
fn what_the_template_names_and_is_gone_is_told() {
    let world = shop();
    let config = |level: &str| {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: settings}}\ndata: {{level: {level}}}\n")
    };
    let reads = |release| {
        web(release, 2)
            .replace("# Below.", "          envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: login}}]")
    };
    world.write("k8s/web.yaml", reads(4));
    world.write("k8s/settings.yaml", config("info"));
    world.write("k8s/login.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {a: b}\n");
    world.commit("web: release 4");
    world.write("k8s/web.yaml", web(5, 2));
    world.write("k8s/settings.yaml", config("debug"));
    world.remove("k8s/login.yaml");
    world.commit("web: release 5");
    let output = world.rollbook(&["undo", "web"]);
    insta::assert_snapshot!(output.stderr);
}

#[test]
fn what_git_is_told_not_to_look_at_is_not_committed() {
    for option in ["--assume-unchanged", "--skip-worktree"] {
        let world = shop();
        let tip = world.tip();
        world.git(&["update-index", option, "k8s/web.yaml"]);
        world.write("k8s/web.yaml", web(3, 77));
        assert_eq!(world.git(&["status", "--porcelain"]), "");
        insta::allow_duplicates! {
            insta::assert_snapshot!(world.screen(&["undo", "web"]), @r"
            $ rollbook undo web
            error: `k8s/web.yaml` has changes that git is told not to look at
            hint: git update-index --no-assume-unchanged --no-skip-worktree k8s/web.yaml
            [exit 2]
            ");
        }
        assert_eq!((world.tip(), file(&world)), (tip, web(3, 77)));
    }
}

#[test]
fn what_is_under_way_gets_no_commit() {
    let world = shop();
    world.git(&["bisect", "start", "HEAD", "HEAD~3"]);
    let tip = world.tip();
    insta::assert_snapshot!(world.screen(&["undo", "web"]), @r"
    $ rollbook undo web
    error: a bisect is under way: the commit would be a part of it
    hint: git bisect reset
    [exit 2]
    ");
    assert_eq!(world.tip(), tip);
}

#[test]
fn a_commit_on_no_branch_has_to_be_kept() {
    let world = shop();
    world.git(&["checkout", "-q", "--detach"]);
    let output = world.rollbook(&["undo", "web"]);
    assert!(output.stdout.ends_with("\nto keep it, as `HEAD` is on no branch: git switch -c NAME\n"), "{output:?}");
}

#[test]
fn an_empty_reason_is_none() {
    let world = shop();
    assert_eq!(world.rollbook(&["undo", "web", "-m", " "]).code, 0);
    let cause = world.git(&["log", "-1", "--format=%(trailers:key=Change-Cause,valueonly)"]);
    assert_eq!(cause.trim(), "rollback to revision 2: web: release 2");
}
