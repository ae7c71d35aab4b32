//! Repositories in which somebody put other objects or parents in place of those that were committed: what counts is
//! what git shows.

use crate::history::{answers_without_ids, commits, make_of, plain, web};
use crate::world::World;

/// A repository with the history that git shows of another, as if it had been committed so.
fn as_shown(world: &World) -> World {
    let plain = World::new();
    let stream = plain.beside("stream");
    std::fs::write(&stream, world.git(&["fast-export", "--signed-tags=strip", "main"])).unwrap();
    let script = format!("git fast-import --quiet < {}", stream.display());
    plain.git(&["-c", &format!("alias.import=!{script}"), "import"]);
    plain.git(&["reset", "-q", "--hard", "main"]);
    plain
}

fn is_answered_as_shown(world: &World) {
    let shown = as_shown(world);
    assert_eq!(answers_without_ids(world, world.root()), answers_without_ids(&shown, shown.root()));
    let line = world.git(&["log", "--first-parent", "--format=%H", "--", "k8s/web.yaml", "web.yaml"]);
    assert_eq!(commits(world, world.root(), "web"), line.lines().collect::<Vec<_>>());
}

/// The commit with that subject.
fn commit(world: &World, subject: &str) -> String {
    world.git(&["log", "--format=%H", "-1", &format!("--grep=^{subject}$")]).trim_end().to_owned()
}

#[test]
fn a_replaced_blob_is_read_as_git_shows_it() {
    // Much longer than what it stands for, and of another image.
    let other = |tag| if tag == 2 { web(7) + &"# long\n".repeat(1_000) } else { web(tag) };
    let shown = World::new();
    make_of(&shown, other);
    let world = plain();
    world.rollbook(&["list"]);
    world.write("other", other(2));
    let blob = world.git(&["hash-object", "-w", "other"]);
    world.remove("other");
    world.git(&["replace", "main:k8s/web.yaml", blob.trim_end()]);
    for pack in [&["status"][..], &["pack-refs", "--all"], &["gc", "-q"]] {
        world.git(pack);
        assert_eq!(answers_without_ids(&world, world.root()), answers_without_ids(&shown, shown.root()), "{pack:?}");
    }
}

#[test]
fn replaced_parents_are_followed() {
    let world = plain();
    let (move_away, first) = (commit(&world, "move"), commit(&world, "web: first release"));
    world.rollbook(&["list"]);
    world.git(&["replace", "--graft", &move_away, &first]);
    is_answered_as_shown(&world);
    world.git(&["commit-graph", "write", "--reachable"]);
    is_answered_as_shown(&world);
    // Whoever asks git for what was committed gets that.
    let ask = ["history", "web", "-o", "json"];
    let committed = world.rollbook_with(&[("GIT_NO_REPLACE_OBJECTS", "1")], &ask).stdout;
    assert_eq!(committed, plain().rollbook(&ask).stdout);
    world.git(&["replace", "--delete", &move_away]);
    let plain = plain();
    assert_eq!(answers_without_ids(&world, world.root()), answers_without_ids(&plain, plain.root()));
}

#[test]
fn grafts_are_followed() {
    let world = plain();
    let (move_away, first) = (commit(&world, "move"), commit(&world, "web: first release"));
    world.git(&["commit-graph", "write", "--reachable"]);
    world.rollbook(&["list"]);
    let graft = |text: String| std::fs::write(world.root().join(".git/info/grafts"), text).unwrap();
    graft(format!("{move_away} {first}\n"));
    is_answered_as_shown(&world);
    // A merge that forgets what it merged, and a history that begins later.
    let merge = commit(&world, "Merge branch 'topic'");
    let before = world.git(&["rev-parse", &format!("{merge}^1")]);
    graft(format!("{merge} {before}{move_away}\n"));
    is_answered_as_shown(&world);
    // And one whose parents come the other way round.
    let other = world.git(&["rev-parse", "topic"]);
    graft(format!("{merge} {} {before}", other.trim_end()));
    is_answered_as_shown(&world);
    std::fs::remove_file(world.root().join(".git/info/grafts")).unwrap();
    let plain = plain();
    assert_eq!(answers_without_ids(&world, world.root()), answers_without_ids(&plain, plain.root()));
}
