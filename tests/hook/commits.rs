//! What becomes of a commit, and where the hook is.

use crate::world::World;
use crate::{bad, deployment, folder, git, good, installed, passed, shop, stopped};
use insta::assert_snapshot;
use std::fs;
use std::os::unix::fs::symlink;

#[test]
fn a_bad_commit_is_stopped_and_a_good_one_passes() {
    let world = installed();
    world.write("web.yaml", bad());
    world.git(&["add", "."]);
    assert_snapshot!(stopped(&world, &["commit", "-q", "-m", "bad"]), @r"
    error[immutable-field]: deployment.apps/web: the API server refuses this change of `spec.selector.matchLabels.app`
     --> web.yaml:5:28
      |
    5 |   selector: {matchLabels: {app: shop}}
      |                            ^
    help: keep the old value, or delete the object in the cluster and have it created anew

    1 error: 1 object checked
    hint: git commit --no-verify commits without any hook
    ");
    world.write("web.yaml", good());
    stopped(&world, &["commit", "-q", "-m", "what is staged counts"]);
    world.git(&["add", "."]);
    passed(&world, &["commit", "-q", "-m", "good"]);
    world.write("web.yaml", bad());
    passed(&world, &["commit", "-q", "-a", "--no-verify", "-m", "as they want it"]);
}

#[test]
fn what_is_committed_is_checked_whatever_is_staged() {
    let world = installed();
    world.write("web.yaml", bad());
    world.write("README.md", "The shop\n");
    stopped(&world, &["commit", "-q", "-a", "-m", "all"]);
    stopped(&world, &["commit", "-q", "-m", "a path", "--", "web.yaml"]);
    passed(&world, &["commit", "-q", "-m", "another path", "--", "README.md"]);
    world.git(&["add", "web.yaml"]);
    world.write("README.md", "Our shop\n");
    passed(&world, &["commit", "-q", "-m", "a path beside what is staged", "--", "README.md"]);
    stopped(&world, &["commit", "-q", "--amend", "-m", "amended"]);
    world.write("web.yaml", good());
    passed(&world, &["commit", "-q", "--amend", "-a", "-m", "amended"]);
    world.remove("web.yaml");
    passed(&world, &["commit", "-q", "-a", "-m", "removed"]);
}

#[test]
fn the_first_commit_is_checked_too() {
    let world = World::new();
    world.rollbook(&["hook", "install"]);
    world.write("web.yaml", deployment("web", "1.0").replace("containers", "container"));
    world.git(&["add", "."]);
    let output = git(&world, &["commit", "-q", "-m", "first"]);
    assert_eq!(output.code, 1, "{output:?}");
    assert!(output.stderr.contains("error[unknown-field]"), "{}", output.stderr);
}

#[test]
fn a_linked_work_tree_has_the_same_hook() {
    let world = installed();
    let side = world.beside("side");
    world.git(&["worktree", "add", "-q", "-b", "side", side.to_str().unwrap()]);
    fs::write(side.join("web.yaml"), bad()).unwrap();
    let output = git(&world, &["-C", side.to_str().unwrap(), "commit", "-q", "-a", "-m", "bad"]);
    assert!(output.code == 1 && output.stderr.contains("error[immutable-field]"), "{output:?}");
    let again = world.rollbook_in(&side, &["hook", "install"]);
    assert!(again.stdout.contains("is there already"), "{again:?}");
    world.rollbook_in(&side, &["hook", "uninstall"]);
    assert!(folder(&world).is_empty());
}

#[test]
fn without_rollbook_on_path_the_hook_says_what_to_do() {
    let world = installed();
    let bin = world.beside("bin");
    fs::create_dir(&bin).unwrap();
    let paths = std::env::var_os("PATH").unwrap();
    for program in ["git", "cat"] {
        let found = std::env::split_paths(&paths).map(|dir| dir.join(program)).find(|file| file.is_file());
        symlink(found.unwrap(), bin.join(program)).unwrap();
    }
    let only = [("PATH", bin.to_str().unwrap())];
    let output = world.git_with(&only, &["commit", "-q", "--allow-empty", "-m", "x"]);
    assert_eq!(output.code, 1);
    let shown = output.stderr.replace(&*world.root().to_string_lossy(), "[repo]");
    assert_snapshot!(shown, @r"
    error: the program `rollbook` is not on PATH, so what is staged cannot be checked
    hint: put it on PATH; or commit without any hook: git commit --no-verify
    hint: the hook that wants it is [repo]/.git/hooks/pre-commit
    ");
    assert_eq!(world.git_with(&only, &["commit", "-q", "--allow-empty", "--no-verify", "-m", "x"]).code, 0);
}

#[test]
fn the_folder_is_the_one_that_git_looks_in() {
    let world = shop();
    world.write("clusters/prod/.keep", "");
    world.git(&["config", "core.hooksPath", ".githooks"]);
    let output = world.rollbook(&["-C", "clusters/prod", "hook", "install"]);
    assert_eq!(output.stdout, "`.githooks/pre-commit` runs `rollbook check --staged` before each commit now\n");
    world.write("web.yaml", bad());
    stopped(&world, &["commit", "-q", "-a", "-m", "bad"]);
    world.rollbook(&["hook", "uninstall"]);
    passed(&world, &["commit", "-q", "-a", "-m", "bad"]);
}

#[test]
fn where_no_hook_can_be_it_says_why() {
    let world = shop();
    let set = |path: &str| world.git(&["config", "core.hooksPath", path]);
    let screen = || world.screen(&["hook", "install"]).replace(&*world.beside("").to_string_lossy(), "[beside]/");
    let mut screens = Vec::new();
    for path in ["../shared", "missing/../../shared", "/dev/null", "", "web.yaml/hooks"] {
        set(path);
        screens.push(screen());
    }
    let bare = world.beside("bare.git");
    world.git(&["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    let shown = world.rollbook(&["-C", bare.to_str().unwrap(), "hook", "install"]);
    screens.push(
        shown.screen(&["-C", "bare.git", "hook", "install"]).replace(&*world.beside("").to_string_lossy(), "[beside]/"),
    );
    assert_snapshot!(screens.join("\n"), @r"
    $ rollbook hook install
    error: the hooks of this repository are outside of it, in `[beside]/shared`: one there may run in others too
    hint: git config --show-origin core.hooksPath shows who says so; or let [beside]/shared/pre-commit run rollbook check --staged
    [exit 2]

    $ rollbook hook install
    error: the hooks of this repository are outside of it, in `[repo]/missing/../../shared`: one there may run in others too
    hint: git config --show-origin core.hooksPath shows who says so; or let [repo]/missing/../../shared/pre-commit run rollbook check --staged
    [exit 2]

    $ rollbook hook install
    error: git runs no hooks here: `core.hooksPath` is `/dev/null`, which is no folder
    hint: git config --show-origin core.hooksPath shows who says so
    [exit 2]

    $ rollbook hook install
    error: git runs no hooks here: `core.hooksPath` is ``, which is no folder
    hint: git config --show-origin core.hooksPath shows who says so
    [exit 2]

    $ rollbook hook install
    error: cannot write `[repo]/web.yaml/hooks/pre-commit`
      cause: Not a directory (os error 20)
    hint: ls -ld [repo]/web.yaml/hooks shows who may write there
    [exit 2]

    $ rollbook -C bare.git hook install
    error: the repository at `[beside]/bare.git` is bare: nobody commits in it, so git runs no pre-commit hook there
    hint: install it in a clone: rollbook -C DIR hook install
    [exit 2]
    ");
    assert!(!world.beside("shared").exists());
}
