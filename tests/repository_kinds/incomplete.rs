//! Clones that lack something: no number is made up, and nothing is fetched.

use std::path::{Path, PathBuf};

use crate::history::{commits, make, plain};
use crate::world::World;

fn url(world: &World) -> String {
    format!("file://{}", world.root().display())
}

fn shallow(world: &World, depth: usize) -> PathBuf {
    let dir = world.beside(&format!("shallow-{depth}"));
    world.git(&["clone", "-q", &format!("--depth={depth}"), &url(world), dir.to_str().unwrap()]);
    dir
}

fn json(world: &World, dir: &Path, args: &[&str]) -> serde_json::Value {
    let output = world.rollbook_in(dir, args);
    assert_eq!(output.code, 0, "{output:?}");
    serde_json::from_str(&output.stdout).unwrap()
}

#[test]
fn a_shallow_clone_has_the_newest_rows_and_no_numbers() {
    for depth in [1, 2] {
        let world = plain();
        let whole = commits(&world, world.root(), "web");
        let dir = shallow(&world, depth);
        let history = json(&world, &dir, &["history", "web", "--all", "-o", "json"]);
        let rows = history["items"][0]["revisions"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["revision"].is_null()), "{history}");
        let (last, rest) =
            commits(&world, &dir, "web").split_last().map(|(last, rest)| (last.clone(), rest.to_vec())).unwrap();
        assert_eq!(rest[..], whole[..rest.len()], "{depth}");
        let boundary = world.git_in(&dir, &["rev-list", "--first-parent", "HEAD"]);
        assert_eq!(boundary.lines().last(), Some(last.as_str()), "{depth}");
        assert_eq!(rows[0]["change"], serde_json::json!([]), "what the boundary changed is not known");
        assert!(history["notes"].to_string().contains("shallow"), "{history}");
        for command in ["list", "log"] {
            let answer = json(&world, &dir, &[command, "-o", "json"]);
            let items = answer["items"].as_array().unwrap();
            assert!(!items.is_empty() && items.iter().all(|item| item["revision"].is_null()), "{answer}");
            assert!(answer["notes"].to_string().contains("shallow"), "{answer}");
        }
        let refused = world.rollbook_in(&dir, &["show", "web", "1"]);
        assert!(refused.code != 0 && refused.stderr.contains("git fetch --unshallow"), "{refused:?}");
        for args in [&["show", "web"][..], &["hash", "web", "-o", "json"]] {
            assert_eq!(world.rollbook_in(&dir, args).stdout, world.rollbook(args).stdout, "{args:?}");
        }
    }
}

#[test]
fn a_clone_that_gets_shallower_or_deeper_keeps_no_answer_of_before() {
    let world = plain();
    let dir = shallow(&world, 3);
    let ask = |dir: &Path| json(&world, dir, &["log", "-o", "json"]);
    let before = ask(&dir);
    world.git_in(&dir, &["fetch", "-q", "--unshallow"]);
    assert_eq!(ask(&dir)["items"], ask(world.root())["items"]);
    world.git_in(&dir, &["fetch", "-q", "--depth=3"]);
    assert_eq!(ask(&dir), before);
}

#[test]
fn a_partial_clone_answers_of_what_it_has_and_fetches_nothing() {
    for format in ["sha1", "sha256"] {
        let world = World::without_repository();
        world.git(&["init", "-q", &format!("--object-format={format}")]);
        make(&world);
        world.git(&["config", "uploadpack.allowFilter", "true"]);
        let dir = world.beside("partial");
        world.git(&["clone", "-q", "--filter=blob:none", &url(&world), dir.to_str().unwrap()]);
        let objects = || world.git_in(&dir, &["count-objects", "-v"]);
        let before = objects();
        let show = &["show", "web"];
        assert_eq!(world.rollbook_in(&dir, show).stdout, world.rollbook(show).stdout, "{format}");
        let hash = |dir: &Path| json(&world, dir, &["hash", "web", "-o", "json"]);
        assert_eq!(hash(&dir)["items"], hash(world.root())["items"], "{format}");
        let note = hash(&dir)["notes"].to_string();
        assert!(note.contains("taken for a new object") && note.contains("the clone is partial"), "{note}");
        for args in [&["history", "web"][..], &["list"], &["log"]] {
            let output = world.rollbook_in(&dir, args);
            assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{format} {output:?}");
            assert!(output.stderr.contains("the clone is partial, and nothing is fetched here"), "{format} {output:?}");
            assert!(output.stderr.contains("hint: git fetch --refetch --no-filter"), "{format} {output:?}");
        }
        assert_eq!(objects(), before, "{format}");
    }
}
