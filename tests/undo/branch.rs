//! Commits on branches that nobody has checked out.

use crate::shop::{make_executable, shop, web};
use crate::world::{World, screens};

fn text(world: &World, rev: &str) -> String {
    world.git(&["show", &format!("{rev}:k8s/web.yaml")])
}

#[test]
fn a_new_branch_gets_the_commit_and_the_work_tree_stays() {
    let world = shop();
    world.git(&["remote", "add", "origin", "https://git.example.org/shop.git"]);
    world.write("k8s/web.yaml", "half written\n");
    let (tip, status) = (world.tip(), world.git(&["status", "--porcelain"]));
    let runs: [&[&str]; 2] = [
        &["undo", "web", "--branch", "undo-web", "--to-revision", "1", "--dry-run"],
        &["undo", "web", "--branch", "undo-web", "--to-revision", "1"],
    ];
    let seen = screens(&world, &runs);
    let made = world.git(&["rev-parse", "--short", "undo-web"]);
    insta::assert_snapshot!(seen.replace(made.trim(), "[commit]"));
    assert_eq!((world.tip(), world.git(&["status", "--porcelain"])), (tip.clone(), status));
    assert_eq!(text(&world, "undo-web"), web(1, 5));
    assert_eq!(world.git(&["rev-parse", "undo-web^"]).trim(), tip);
    assert_eq!(world.git(&["diff", "--name-only", "undo-web^", "undo-web"]), "k8s/web.yaml\n");
    assert_eq!(world.git(&["fsck", "--no-dangling"]), "");
}

#[test]
fn a_branch_that_is_not_checked_out_moves_from_where_it_was() {
    let world = shop();
    world.git(&["branch", "prod"]);
    // Hooks of commits would say no; that of references has its say.
    let hook = world.root().join(".git/hooks/pre-commit");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    make_executable(&hook);
    let output = world.rollbook(&["undo", "web", "--ref", "prod"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert!(output.stdout.contains(" on the branch prod; hooks of commits did not run\n"), "{}", output.stdout);
    assert_eq!((text(&world, "prod"), text(&world, "main")), (web(2, 5), web(3, 5)));
    let take_back = output.stdout.lines().find_map(|line| line.strip_prefix("to take it back: git ")).unwrap();
    world.git(&take_back.split(' ').collect::<Vec<_>>());
    assert_eq!(world.git(&["rev-parse", "prod"]).trim(), world.tip());
    let refuses = world.root().join(".git/hooks/reference-transaction");
    std::fs::write(&refuses, "#!/bin/sh\necho 'prod is frozen' >&2\nexit 1\n").unwrap();
    make_executable(&refuses);
    let output = world.rollbook(&["undo", "web", "--ref", "prod"]);
    assert_eq!(output.code, 2, "{}", output.stdout);
    assert!(output.stderr.contains("git made no commit, and the branch is where it was"), "{}", output.stderr);
    assert!(output.stderr.contains("prod is frozen"), "{}", output.stderr);
    assert_eq!(world.git(&["rev-parse", "prod"]).trim(), world.tip());
}

#[test]
fn what_is_no_free_branch_is_refused() {
    let world = shop();
    world.git(&["tag", "v3"]);
    world.git(&["branch", "prod"]);
    let linked = world.beside("linked");
    world.git(&["worktree", "add", "-q", "-b", "night", linked.to_str().unwrap()]);
    let runs: [&[&str]; 8] = [
        &["undo", "web", "--ref", "main"],
        &["undo", "web", "--ref", "night"],
        &["undo", "web", "--ref", "v3"],
        &["undo", "web", "--ref", "HEAD~1"],
        &["undo", "web", "--branch", "prod"],
        &["undo", "web", "--branch", "no..name"],
        &["undo", "web", "--branch", "-x"],
        &["undo", "web", "--branch", "new", "--no-commit"],
    ];
    let before = world.git(&["for-each-ref"]);
    let seen = screens(&world, &runs).replace(world.root().parent().unwrap().to_str().unwrap(), "[folder]");
    insta::assert_snapshot!(seen);
    assert_eq!(world.git(&["for-each-ref"]), before);
}

#[test]
fn a_bare_repository_is_committed_to() {
    let world = shop();
    let bare = world.beside("shop.git");
    world.git(&["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    world.git_in(&bare, &["config", "user.name", "Grace Hopper"]);
    world.git_in(&bare, &["config", "user.email", "grace@example.org"]);
    let output = world.rollbook_in(&bare, &["undo", "web", "--to-revision", "1"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert_eq!(world.git_in(&bare, &["show", "main:k8s/web.yaml"]), web(1, 5));
    let again = world.rollbook_in(&bare, &["undo", "web", "--to-revision", "1"]);
    assert_eq!(again.stdout, "skipped rollback (current template already matches revision 1)\n");
    let author = world.git_in(&bare, &["log", "-1", "--format=%an <%ae>|%s"]);
    assert_eq!(author.trim(), "Grace Hopper <grace@example.org>|Roll back deployment/web to revision 1");
    world.git_in(&bare, &["symbolic-ref", "HEAD", "refs/heads/none"]);
    let output = world.rollbook_in(&bare, &["undo", "web"]);
    assert_eq!(output.code, 2);
}

#[test]
fn the_commit_is_signed_where_that_is_configured() {
    let world = shop();
    let key = world.beside("key");
    let made =
        std::process::Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    world.git(&["config", "gpg.format", "ssh"]);
    world.git(&["config", "user.signingKey", "/nowhere/key"]);
    world.git(&["config", "commit.gpgSign", "true"]);
    let output = world.rollbook(&["undo", "web", "--branch", "undo-web"]);
    assert!(output.code == 2 && output.stderr.contains("the branch is where it was"), "{}", output.stderr);
    assert!(world.fails(&["rev-parse", "--verify", "--quiet", "undo-web"]));
    if made.is_ok_and(|status| status.success()) {
        world.git(&["config", "user.signingKey", key.to_str().unwrap()]);
        assert_eq!(world.rollbook(&["undo", "web", "--branch", "undo-web"]).code, 0);
        let commit = world.git(&["cat-file", "commit", "undo-web"]);
        assert!(commit.contains("-----BEGIN SSH SIGNATURE-----"), "{commit}");
    }
}

#[test]
fn files_keep_their_modes_and_names() {
    let world = shop();
    let name = "k8s/böse \"web\" [1].yaml";
    world.rename("k8s/web.yaml", name);
    make_executable(&world.root().join(name));
    world.commit("web: an odd name");
    let output = world.rollbook(&["undo", "web", "--branch", "undo-web", "--to-revision", "1"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert_eq!(world.git(&["show", &format!("undo-web:{name}")]), web(1, 5));
    let changed = world.git(&["diff", "--raw", "undo-web^", "undo-web"]);
    assert!(changed.starts_with(":100755 100755 ") && changed.lines().count() == 1, "{changed}");
}
