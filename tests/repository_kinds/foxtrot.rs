//! Merges of many parents, and those that turn the first-parent line.

use crate::history::{commits, plain, web};
use crate::world::World;

/// A shared repository and a clone of it, each with a change that the other has not.
fn apart() -> World {
    let world = World::new();
    world.write("web.yaml", web(1));
    world.commit("one");
    let shared = world.beside("shared.git");
    world.git(&["clone", "-q", "--bare", ".", shared.to_str().unwrap()]);
    world.git(&["remote", "add", "origin", shared.to_str().unwrap()]);
    world.git(&["fetch", "-q", "origin"]);
    world.git(&["branch", "-q", "--set-upstream-to=origin/main"]);
    let other = world.beside("other");
    world.git(&["clone", "-q", shared.to_str().unwrap(), other.to_str().unwrap()]);
    std::fs::write(other.join("web.yaml"), web(2)).unwrap();
    world.git_in(&other, &["commit", "-q", "-a", "-m", "theirs"]);
    world.git_in(&other, &["push", "-q", "origin", "main"]);
    world.write("README", "ours\n");
    world.commit("ours");
    world
}

#[test]
fn a_foxtrot_merge_is_noted_before_and_after_it_is_pushed() {
    let world = apart();
    let quiet = world.screen(&["history", "web"]);
    assert!(!quiet.contains("foxtrot"), "{quiet}");
    world.git(&["fetch", "-q", "origin"]);
    world.merge("origin/main", "Merge branch 'main' of shared");
    let before = world.screen(&["history", "web"]);
    insta::assert_snapshot!(before);
    world.write("web.yaml", web(3));
    world.commit("after it");
    world.git(&["push", "-q", "origin", "main"]);
    for args in
        [&["history", "web"][..], &["list"], &["log"], &["--ref", "origin/main", "list"], &["--ref", "main", "log"]]
    {
        let output = world.rollbook(args);
        assert!(output.stderr.contains(" is a foxtrot merge: "), "{output:?}");
        assert!(output.stderr.contains("where `origin/main` was"), "{output:?}");
    }
    let json = world.rollbook(&["history", "web", "-o", "json"]).stdout;
    assert!(json.contains("is a foxtrot merge"), "{json}");
    // A commit is no branch: nothing is known of where it was.
    let tip = world.tip();
    assert_eq!(world.rollbook(&["--ref", &tip, "list"]).stderr, "");
}

#[test]
fn a_merge_the_right_way_round_is_not_noted() {
    let world = apart();
    world.git(&["checkout", "-q", "-b", "topic"]);
    world.git(&["fetch", "-q", "origin"]);
    world.git(&["branch", "-q", "-f", "main", "origin/main"]);
    world.checkout("main");
    world.merge("topic", "Merge branch 'topic'");
    for pushed in [false, true] {
        let output = world.rollbook(&["list"]);
        assert_eq!(output.stderr, "", "{pushed}");
        world.git(&["push", "-q", "origin", "main"]);
    }
    // Two branches that have gone apart are no merge.
    world.git(&["checkout", "-q", "-b", "away", "HEAD~1"]);
    world.git(&["branch", "-q", "--set-upstream-to=origin/main"]);
    world.write("README", "another\n");
    world.commit("away");
    assert_eq!(world.rollbook(&["list"]).stderr, "");
}

#[test]
fn a_foxtrot_merge_is_noted_by_the_program_too() {
    let world = apart();
    world.git(&["fetch", "-q", "origin"]);
    world.merge("origin/main", "Merge branch 'main' of shared");
    let expected = world.rollbook(&["list"]).stderr;
    assert!(expected.contains("foxtrot"), "{expected}");
    // An object that stands for an equal one changes nothing but who reads.
    let readme = world.git(&["rev-parse", "HEAD:README"]);
    world.write("again", "ours\n\n");
    let again = world.git(&["hash-object", "-w", "again"]);
    world.remove("again");
    world.git(&["replace", readme.trim_end(), again.trim_end()]);
    assert_eq!(world.rollbook(&["list"]).stderr, expected);
    world.git(&["push", "-q", "origin", "main"]);
    assert_eq!(world.rollbook(&["list"]).stderr, expected);
}

#[test]
fn an_octopus_is_one_step_of_its_first_parent() {
    let world = plain();
    let octopus = world.git(&["log", "--format=%H", "-1", "--grep=^octopus$"]);
    for name in ["one", "two"] {
        let rows = commits(&world, world.root(), name);
        assert_eq!(rows.last().map(String::as_str), Some(octopus.trim_end()), "{name}: it came with the merge");
    }
}
