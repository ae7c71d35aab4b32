//! What is said where a repository needs the program git, and there is none, or one that is too old.

use crate::history::{make, plain};
use crate::world::World;

#[test]
fn without_git_a_repository_that_needs_it_says_so() {
    let world = World::without_repository();
    world.git(&["init", "-q", "--object-format=sha256"]);
    make(&world);
    let replaced = plain();
    replaced.git(&["replace", "--graft", "HEAD~1"]);
    for (world, why) in [
        (&world, "libgit2, which is built in, says of it: unknown object format 'sha256'"),
        (&replaced, "it has objects that stand for others (`refs/replace`)"),
    ] {
        let output = world.rollbook_with(&[("PATH", "/nowhere")], &["list"]);
        assert_eq!(output.code, 2);
        assert!(
            output
                .stderr
                .starts_with(&format!("error: the repository at `.` can only be read with the program `git`: {why}")),
            "{output:?}"
        );
        assert!(output.stderr.contains("  cause: ") && output.stderr.contains("hint: git --version"), "{output:?}");
    }
}

#[test]
fn a_plain_repository_needs_no_git() {
    let world = plain();
    let args = ["list", "-o", "json"];
    assert_eq!(world.rollbook_with(&[("PATH", "/nowhere")], &args).stdout, world.rollbook(&args).stdout);
}

#[test]
fn a_format_that_git_does_not_know_is_an_error_in_its_words() {
    let world = plain();
    world.git(&["config", "core.repositoryFormatVersion", "1"]);
    world.git(&["config", "extensions.stoneTablets", "true"]);
    insta::assert_snapshot!(world.screen(&["list"]));
    world.git_in(&world.beside("."), &["config", "--file", "repo/.git/config", "--unset", "extensions.stoneTablets"]);
    let probe = world.beside("probe");
    if world.fails(&["init", "-q", "--ref-format=reftable", probe.to_str().unwrap()]) {
        world.git(&["config", "extensions.refStorage", "reftable"]);
        let output = world.rollbook(&["list"]);
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{output:?}");
        assert!(output.stderr.contains("unknown repository extension found: refstorage"), "{output:?}");
    }
}
