//! Kinds that hold the whole history: nothing may differ.

use std::path::{Path, PathBuf};

use crate::history::{answers, answers_without_ids, commits, link, make, plain};
use crate::world::World;

/// Makes a repository of a kind out of the plain one; gives the folder to ask in.
type Make = fn(&World) -> PathBuf;

const KINDS: &[(&str, Make)] = &[
    ("a folder of the work tree", |world| world.root().join("k8s")),
    ("the git directory", |world| world.root().join(".git")),
    ("through a symlink", |world| {
        link(world.root().to_str().unwrap(), &world.beside("link"));
        world.beside("link/k8s")
    }),
    ("bare", |world| clone(world, &["--bare"])),
    ("mirror", |world| clone(world, &["--mirror"])),
    ("linked worktree", |world| worktree(world, world.root()).join("k8s")),
    ("linked worktree of a bare repository", |world| worktree(world, &clone(world, &["--bare"]))),
    ("worktree linked by a relative path", |world| {
        let dir = worktree(world, world.root());
        world.git(&["config", "core.repositoryFormatVersion", "1"]);
        std::fs::write(dir.join(".git"), "gitdir: ../repo/.git/worktrees/linked\n").unwrap();
        std::fs::write(world.root().join(".git/worktrees/linked/gitdir"), "../../../../linked/.git\n").unwrap();
        // What git 2.48 writes; an older one reads no such repository.
        world.git(&["config", "extensions.relativeWorktrees", "true"]);
        dir
    }),
    ("submodule, from inside", |world| superproject(world).join("vendor/shop")),
    ("alternates", |world| clone(world, &["--shared"])),
    ("relative alternates", |world| {
        let dir = clone(world, &["--shared"]);
        std::fs::write(dir.join(".git/objects/info/alternates"), "../../../repo/.git/objects\n").unwrap();
        dir
    }),
    ("a clone as deep as the history", |world| clone(world, &["--depth=50", &url(world)])),
    ("a partial clone that has fetched all", |world| {
        world.git(&["config", "uploadpack.allowFilter", "true"]);
        let dir = clone(world, &["--filter=blob:none", &url(world)]);
        world.git_in(&dir, &["-c", "protocol.file.allow=always", "fetch", "-q", "--refetch", "--no-filter"]);
        dir
    }),
    ("sparse checkout", |world| with(world, &["sparse-checkout", "set", "docs"])),
    ("sparse index", |world| with(world, &["sparse-checkout", "set", "--cone", "--sparse-index", "docs"])),
    ("split index", |world| with(world, &["update-index", "--split-index"])),
    ("detached", |world| with(world, &["checkout", "-q", "--detach"])),
    ("packed", |world| with(world, &["gc", "-q", "--aggressive", "--prune=now"])),
    ("commit-graph with changed paths", |world| {
        with(world, &["commit-graph", "write", "--reachable", "--changed-paths"])
    }),
    ("chain of commit-graphs", |world| with(world, &["commit-graph", "write", "--reachable", "--split"])),
    ("multi-pack index", |world| {
        with(world, &["repack", "-q", "-d"]);
        with(world, &["multi-pack-index", "write"])
    }),
];

fn url(world: &World) -> String {
    format!("file://{}", world.root().display())
}

/// Clones by a local path, unless another is among the options.
fn clone(world: &World, options: &[&str]) -> PathBuf {
    let dir = world.beside("clone");
    let source = if options.iter().any(|option| option.starts_with("file:")) { &[][..] } else { &["."] };
    world.git(&[&["clone", "-q"], options, source, &[dir.to_str().unwrap()]].concat());
    dir
}

fn worktree(world: &World, of: &Path) -> PathBuf {
    let dir = world.beside("linked");
    world.git_in(of, &["worktree", "add", "-q", "--detach", dir.to_str().unwrap()]);
    dir
}

fn superproject(world: &World) -> PathBuf {
    let dir = world.beside("super");
    world.git(&["init", "-q", dir.to_str().unwrap()]);
    world.git_in(&dir, &["submodule", "--quiet", "add", &url(world), "vendor/shop"]);
    world.git_in(&dir, &["commit", "-q", "-m", "vendor the shop"]);
    dir
}

fn with(world: &World, args: &[&str]) -> PathBuf {
    world.git(args);
    world.root().to_owned()
}

#[test]
fn each_gives_the_answers_of_a_plain_repository() {
    let world = plain();
    let expected = answers(&world, world.root());
    let line = world.git(&["log", "--first-parent", "--format=%H", "--", "k8s/web.yaml", "web.yaml"]);
    assert_eq!(commits(&world, world.root(), "web"), line.lines().collect::<Vec<_>>());
    for (kind, make) in KINDS {
        let world = plain();
        let dir = make(&world);
        assert_eq!(answers(&world, &dir), expected, "{kind}");
    }
}

#[test]
fn sha256_gives_the_same_with_other_ids() {
    let expected = answers_without_ids(&plain(), plain().root());
    let world = World::without_repository();
    world.git(&["init", "-q", "--object-format=sha256"]);
    make(&world);
    for prepare in [&["status"][..], &["commit-graph", "write", "--reachable"], &["gc", "-q"], &["pack-refs", "--all"]]
    {
        world.git(prepare);
        assert_eq!(answers_without_ids(&world, world.root()), expected, "{prepare:?}");
    }
    let bare = clone(&world, &["--bare"]);
    assert_eq!(answers_without_ids(&world, &bare), expected);
    let linked = worktree(&world, world.root());
    assert_eq!(answers_without_ids(&world, &linked.join("k8s")), expected);
    assert_eq!(answers_without_ids(&world, &world.root().join(".git")), expected);
}

/// Where git is too old to make one, `program.rs` holds what is said of it.
#[test]
fn reftable_gives_the_same() {
    let world = World::without_repository();
    let root = world.root().to_str().unwrap();
    if world.fails(&["init", "-q", "--ref-format=reftable", root]) {
        eprintln!("SKIPPED: {} cannot make a reftable repository", world.git(&["--version"]).trim_end());
        return;
    }
    make(&world);
    let plain = plain();
    assert_eq!(answers(&world, world.root()), answers(&plain, plain.root()));
}

#[test]
fn a_submodule_is_not_looked_into_from_outside() {
    let world = plain();
    let dir = superproject(&world);
    let output = world.rollbook_in(&dir, &["list"]);
    assert_eq!((output.code, output.stdout.as_str()), (1, ""), "{output:?}");
    assert!(output.stderr.contains("no workload stands at `HEAD`"), "{output:?}");
}

#[test]
fn a_sparse_checkout_lacks_files_that_are_not_removed() {
    for options in [&["docs"][..], &["--cone", "--sparse-index", "docs"], &["--no-cone", "/docs/"]] {
        let world = plain();
        world.git(&[&["sparse-checkout", "set"], options].concat());
        assert!(!world.root().join("k8s/web.yaml").exists(), "{options:?}");
        let screen = world.screen(&["history", "web"]);
        assert!(!screen.contains("working tree"), "{options:?}: {screen}");
    }
    let world = plain();
    world.git(&["sparse-checkout", "set", "k8s"]);
    world.remove("k8s/web.yaml");
    let screen = world.screen(&["history", "web"]);
    assert!(screen.contains("working tree: removed"), "{screen}");
}

#[cfg(unix)]
#[test]
fn a_symlink_is_no_manifest_wherever_it_leads() {
    let world = plain();
    let expected = answers(&world, world.root());
    std::fs::write(world.beside("outside.yaml"), crate::history::web(9).replace("web", "outside")).unwrap();
    for (target, name) in
        [("../outside.yaml", "out.yaml"), ("k8s", "folder"), ("loop.yaml", "loop.yaml"), ("gone", "gone.yaml")]
    {
        link(target, &world.root().join(name));
    }
    world.commit("links");
    let now = world.rollbook(&["list", "-o", "json"]);
    let before = expected.iter().find(|answer| answer.contains("list")).unwrap();
    assert_eq!(now.screen(&["list", "-o", "json"]), *before);
    // A manifest that becomes a link is gone; the link is not followed to the same object.
    world.remove("db.yaml");
    link("k8s/db.yaml", &world.root().join("db.yaml"));
    world.write("k8s/db.yaml", crate::history::web(3).replace("web", "db"));
    world.commit("db behind a link");
    let paths = world.rollbook(&["list", "-o", "json"]).stdout;
    assert!(paths.contains("\"k8s/db.yaml\"") && !paths.contains("\"db.yaml\""), "{paths}");
}

#[test]
fn a_repository_without_commits_says_so() {
    let world = World::new();
    insta::assert_snapshot!(crate::world::screens(
        &world,
        &[&["list"], &["log"], &["history", "web"], &["show", "web"], &["hash", "web"]]
    ));
    world.write("web.yaml", crate::history::web(1));
    assert_eq!(world.rollbook(&["hash", "-f", "web.yaml"]).code, 0);
    world.commit("one");
    world.git(&["checkout", "-q", "--orphan", "fresh"]);
    insta::assert_snapshot!(crate::world::screens(&world, &[&["list"], &["--ref", "main", "list"]]));
}

#[cfg(unix)]
#[test]
fn a_repository_that_cannot_be_written_is_left_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let world = plain();
    let expected = answers(&world, world.root());
    world.rollbook(&["cache", "clear"]);
    let git = world.root().join(".git");
    let mode = |mode| std::fs::set_permissions(&git, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let given = answers(&world, world.root());
    mode(0o755);
    assert_eq!(given, expected);
    assert!(!git.join("rollbook").exists());
    assert!(world.beside(".cache/rollbook").is_dir());
}
