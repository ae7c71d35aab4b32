//! What becomes of a hook that was there before, and of ours.

use crate::world::screens;
use crate::{EARLIER, HOOK, bad, folder, good, hook, installed, passed, shop, stopped, writes_a_file};
use insta::assert_snapshot;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

#[test]
fn the_screens_of_a_life() {
    let world = shop();
    hook(&world, &writes_a_file(0), 0o755);
    let lines: [&[&str]; 4] =
        [&["hook", "install"], &["hook", "install"], &["hook", "uninstall"], &["hook", "uninstall"]];
    assert_snapshot!(screens(&world, &lines), @r"
    $ rollbook hook install
    `.git/hooks/pre-commit` runs `rollbook check --staged` before each commit now
    note: the hook that was there runs first: it is `.git/hooks/pre-commit.before-rollbook` now

    $ rollbook hook install
    `.git/hooks/pre-commit` is there already, and runs `rollbook check --staged`
    note: the hook that was there runs first: it is `.git/hooks/pre-commit.before-rollbook` now

    $ rollbook hook uninstall
    `.git/hooks/pre-commit` is the hook from before again

    $ rollbook hook uninstall
    nothing to remove: `.git/hooks/pre-commit` is not a hook of rollbook
    ");
}

#[test]
fn a_hook_that_was_there_runs_first() {
    let world = shop();
    hook(&world, &writes_a_file(3), 0o755);
    world.rollbook(&["hook", "install"]);
    world.write("web.yaml", bad());
    assert_eq!(stopped(&world, &["commit", "-q", "-a", "-m", "bad"]), "");
    assert_eq!(fs::read_to_string(world.root().join("ran")).unwrap(), "ran\n");
    world.write(EARLIER, writes_a_file(0));
    assert!(stopped(&world, &["commit", "-q", "-a", "-m", "bad"]).contains("error[immutable-field]"));
    world.write("web.yaml", good());
    passed(&world, &["commit", "-q", "-a", "-m", "good"]);
    assert_eq!(fs::read_to_string(world.root().join("ran")).unwrap(), "ran\nran\nran\n");
}

#[test]
fn uninstall_leaves_what_was_there() {
    let texts: [(&[u8], u32); 4] =
        [(b"#!/bin/sh\nexit 0\n", 0o755), (b"exit 0\n", 0o644), (b"\x7fELF\xff\0", 0o700), (b"", 0o755)];
    for (text, mode) in texts {
        let world = shop();
        hook(&world, "", mode);
        world.write(HOOK, text);
        let before = folder(&world);
        world.rollbook(&["hook", "install"]);
        let after = folder(&world);
        world.rollbook(&["hook", "install"]);
        assert_eq!(folder(&world), after);
        assert_eq!(after.len(), 2);
        world.rollbook(&["hook", "uninstall"]);
        assert_eq!(folder(&world), before);
    }
}

#[test]
fn a_link_to_a_hook_is_kept_as_a_link() {
    let world = shop();
    world.write("lint", writes_a_file(3));
    fs::set_permissions(world.root().join("lint"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::create_dir(world.root().join(".git/hooks")).unwrap();
    symlink("../../lint", world.root().join(HOOK)).unwrap();
    let before = folder(&world);
    world.rollbook(&["hook", "install"]);
    stopped(&world, &["commit", "-q", "--allow-empty", "-m", "the earlier one says no"]);
    assert!(world.root().join("ran").exists());
    world.rollbook(&["hook", "uninstall"]);
    assert_eq!(folder(&world), before);
}

#[test]
fn one_that_git_does_not_run_does_not_run_now() {
    let world = shop();
    hook(&world, &writes_a_file(3), 0o644);
    let output = world.rollbook(&["hook", "install"]);
    assert!(output.stderr.contains("git did not run it, as it is not executable"), "{output:?}");
    passed(&world, &["commit", "-q", "--allow-empty", "-m", "x"]);
}

#[test]
fn an_install_that_was_killed_is_taken_up() {
    let world = shop();
    hook(&world, &writes_a_file(0), 0o755);
    let before = folder(&world);
    fs::hard_link(world.root().join(HOOK), world.root().join(EARLIER)).unwrap();
    world.rollbook(&["hook", "uninstall"]);
    assert_eq!(folder(&world), before);
    fs::hard_link(world.root().join(HOOK), world.root().join(EARLIER)).unwrap();
    assert_eq!(world.rollbook(&["hook", "install"]).code, 0);
    world.write("web.yaml", bad());
    assert!(stopped(&world, &["commit", "-q", "-a", "-m", "bad"]).contains("error[immutable-field]"));
    assert!(world.root().join("ran").exists());
    world.write(".git/hooks/pre-commit.Ab3.unfinished", "#!/bin/sh\n# Ma");
    world.rollbook(&["hook", "uninstall"]);
    assert_eq!(folder(&world), before);
}

#[test]
fn a_hook_that_somebody_removed_leaves_the_one_before() {
    let world = shop();
    hook(&world, &writes_a_file(0), 0o755);
    let before = folder(&world);
    world.rollbook(&["hook", "install"]);
    world.remove(HOOK);
    world.rollbook(&["hook", "uninstall"]);
    assert_eq!(folder(&world), before);
}

#[test]
fn a_hook_of_another_version_is_exchanged_and_an_edited_one_stays() {
    let world = installed();
    let ours = fs::read_to_string(world.root().join(HOOK)).unwrap();
    world.write(HOOK, ours.clone() + "make lint\n");
    let before = folder(&world);
    assert_snapshot!(screens(&world, &[&["hook", "install"], &["hook", "uninstall"]]), @r"
    $ rollbook hook install
    error: `[repo]/.git/hooks/pre-commit` was edited after rollbook made it, so it stays as it is
    hint: rm [repo]/.git/hooks/pre-commit removes it
    [exit 2]

    $ rollbook hook uninstall
    error: `[repo]/.git/hooks/pre-commit` was edited after rollbook made it, so it stays as it is
    hint: rm [repo]/.git/hooks/pre-commit removes it
    [exit 2]
    ");
    assert_eq!(folder(&world), before);
    // The digest of an empty text.
    let mark = &ours[..ours.find("edits it: ").unwrap() + 10];
    world.write(HOOK, format!("{mark}e3b0c44298fc1c14\n"));
    assert_snapshot!(world.screen(&["hook", "install"]), @r"
    $ rollbook hook install
    `.git/hooks/pre-commit` is that of this version of rollbook now
    ");
    assert_eq!(fs::read_to_string(world.root().join(HOOK)).unwrap(), ours);
    fs::set_permissions(world.root().join(HOOK), fs::Permissions::from_mode(0o644)).unwrap();
    world.rollbook(&["hook", "install"]);
    assert_eq!(world.root().join(HOOK).metadata().unwrap().permissions().mode() & 0o111, 0o111);
}

#[test]
fn a_hook_that_another_program_put_there_is_not_removed() {
    let world = shop();
    hook(&world, &writes_a_file(0), 0o755);
    world.rollbook(&["hook", "install"]);
    hook(&world, "#!/bin/sh\nexit 0\n", 0o755);
    let before = folder(&world);
    assert_snapshot!(screens(&world, &[&["hook", "install"], &["hook", "uninstall"]]), @r"
    $ rollbook hook install
    error: there are two hooks from before, `[repo]/.git/hooks/pre-commit` and `[repo]/.git/hooks/pre-commit.before-rollbook`, and only one can be kept
    hint: rm [repo]/.git/hooks/pre-commit.before-rollbook removes the older one
    [exit 2]

    $ rollbook hook uninstall
    error: `[repo]/.git/hooks/pre-commit` is not the hook that rollbook made, and the one from before is still at `[repo]/.git/hooks/pre-commit.before-rollbook`
    hint: mv [repo]/.git/hooks/pre-commit.before-rollbook [repo]/.git/hooks/pre-commit puts the one from before in its place
    [exit 2]
    ");
    assert_eq!(folder(&world), before);
}

/// pre-commit moves a hook that is there to `pre-commit.legacy`, and runs it from there.
#[test]
fn a_hook_that_was_moved_and_installed_again_checks_once() {
    let world = installed();
    world.rename(HOOK, ".git/hooks/pre-commit.legacy");
    hook(&world, "#!/bin/sh\nexec \"${0%/*}/pre-commit.legacy\"\n", 0o755);
    world.write("web.yaml", bad());
    stopped(&world, &["commit", "-q", "-a", "-m", "bad"]);
    world.rollbook(&["hook", "install"]);
    let said = stopped(&world, &["commit", "-q", "-a", "-m", "bad"]);
    assert_eq!(said.matches("error[immutable-field]").count(), 1, "{said}");
}
