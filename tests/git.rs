//! The git room against the git command line.

mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rollbook::git::{
    Change, CommitId, Entry, Error, Filter, PathStep, RepoPath, Repository, Signature, Time, WorkContent, commit_files,
    init,
};
use world::World;

/// Puts an object in the place of one that no history names: from then on the program git reads, and the same.
fn leave_to_git(world: &World) {
    let [old, new] = ["one\n", "two\n"].map(|text| {
        std::fs::write(world.beside("stray"), text).expect("the folder is ours");
        world.git(&["hash-object", "-w", "../stray"])
    });
    world.git(&["replace", "-f", old.trim_end(), new.trim_end()]);
    assert!(open(world.root()).is_edited());
}

fn open(dir: &Path) -> Repository {
    Repository::open(dir).expect("the repository opens")
}

fn error_of<T>(result: Result<T, Error>) -> Error {
    result.err().expect("an error")
}

fn id(hex: &str) -> CommitId {
    hex.parse().expect("an id")
}

/// The regular files of a commit as git lists them: path and blob.
fn listed(world: &World, commit: &str) -> BTreeMap<String, String> {
    let listing = world.git(&["ls-tree", "-r", "-z", commit]);
    let rows = listing.split_terminator('\0').map(|row| row.split_once('\t').expect("a tab before the path"));
    rows.filter(|(what, _)| what.starts_with("100")).map(|(what, path)| (path.into(), what[12..].into())).collect()
}

/// Edits files by chance, so that files come and go, turn into folders and back, and branches are merged.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn edit(&mut self, world: &World) {
        let paths = ["a", "a/b", "a/b/c", "a-b", "d/e.yaml", "d/f.yaml", "d/g/h.yaml"];
        let path = paths[self.below(paths.len() as u64) as usize];
        let file = world.root().join(path);
        for above in Path::new(path).ancestors().skip(1).filter(|above| world.root().join(above).is_file()) {
            world.remove(above.to_str().expect("a name of ours"));
        }
        if file.is_dir() {
            std::fs::remove_dir_all(&file).expect("the folder is ours");
        }
        match self.below(4) {
            0 if file.is_file() => world.remove(path),
            1 => world.write(path, "always the same\n"),
            _ => world.write(path, format!("text {}\n", self.below(1_000))),
        }
    }

    fn history(&mut self, world: &World) {
        for number in 0..20 {
            let branch = format!("side-{number}");
            let merges = number > 0 && self.below(4) == 0;
            if merges {
                world.branch(&branch);
            }
            for _ in 0..=self.below(2) {
                self.edit(world);
            }
            world.commit(&format!("change {number}"));
            if merges {
                world.checkout("main");
                world.commit("on main meanwhile");
                world.merge(&branch, &format!("merge {number}"));
            }
        }
    }
}

#[test]
fn walks_listings_and_changes_are_those_of_git() {
    for seed in 0..8 {
        let world = World::new();
        Chance(seed).history(&world);
        let line = world.git(&["rev-list", "--first-parent", "HEAD"]);
        let line: Vec<(&str, BTreeMap<_, _>)> = line.lines().map(|commit| (commit, listed(&world, commit))).collect();
        let repository = open(world.root());
        let walked: Vec<_> =
            repository.first_parents(repository.head().unwrap()).unwrap().map(Result::unwrap).collect();
        assert_eq!(walked, line.iter().map(|(commit, _)| id(commit)).collect::<Vec<_>>());
        listings_agree(&repository, &line);
        changes_agree(&world, &repository, &line);
        walks_agree(&repository, &line);
        if seed < 2 {
            leave_to_git(&world);
            let by_git = open(world.root());
            listings_agree(&by_git, &line);
            changes_agree(&world, &by_git, &line);
            walks_agree(&by_git, &line);
            commits_agree(&world, &repository, &by_git);
        }
    }
}

/// libgit2 and git tell the same of each commit.
fn commits_agree(world: &World, by_library: &Repository, by_git: &Repository) {
    for commit in world.git(&["rev-list", "HEAD"]).lines().map(id) {
        assert_eq!(by_library.commit(commit).unwrap(), by_git.commit(commit).unwrap());
        assert_eq!(by_library.merged_commits(commit).unwrap(), by_git.merged_commits(commit).unwrap());
        assert_eq!(by_library.short_id(commit).unwrap(), by_git.short_id(commit).unwrap());
    }
}

#[test]
fn a_commit_graph_older_than_the_tip_changes_no_walk() {
    let world = World::new();
    Chance(8).history(&world);
    world.git(&["commit-graph", "write", "--reachable"]);
    Chance(9).edit(&world);
    world.commit("after the graph");
    let line = world.git(&["rev-list", "--first-parent", "HEAD"]);
    let line: Vec<(&str, BTreeMap<_, _>)> = line.lines().map(|commit| (commit, listed(&world, commit))).collect();
    walks_agree(&open(world.root()), &line);
}

fn listings_agree(repository: &Repository, line: &[(&str, BTreeMap<String, String>)]) {
    for (commit, expected) in line {
        let files = repository.files(id(commit), &Filter::default()).unwrap();
        let found: Vec<_> = files.iter().map(|file| (file.path.shown().as_str().to_owned(), file.entry)).collect();
        let expected: Vec<_> =
            expected.iter().map(|(path, blob)| (path.clone(), Entry::File(blob.parse().unwrap()))).collect();
        assert_eq!(found, expected, "{commit}");
    }
}

fn changes_agree(world: &World, repository: &Repository, line: &[(&str, BTreeMap<String, String>)]) {
    let none = BTreeMap::new();
    for (at, (commit, after)) in line.iter().enumerate() {
        let before = line.get(at + 1).map_or(&none, |(_, files)| files);
        let paths: BTreeSet<_> =
            before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path)).collect();
        let blob = |hex: &String| hex.parse().unwrap();
        let expected: Vec<_> = paths
            .iter()
            .map(|path| Change {
                path: RepoPath::from(path.as_str()),
                before: before.get(*path).map(blob),
                after: after.get(*path).map(blob),
            })
            .collect();
        assert_eq!(repository.changes(id(commit), &Filter::default()).unwrap(), expected, "{commit}");
        if let Some((parent, _)) = line.get(at + 1) {
            let names = world.git(&["diff-tree", "-r", "--no-renames", "--name-only", parent, commit]);
            assert_eq!(names.lines().collect::<Vec<_>>(), paths.into_iter().collect::<Vec<_>>(), "{commit}");
        }
    }
}

fn walks_agree(repository: &Repository, line: &[(&str, BTreeMap<String, String>)]) {
    let tip = repository.head().unwrap();
    let paths: BTreeSet<&String> = line.iter().flat_map(|(_, files)| files.keys()).collect();
    let paths: Vec<RepoPath> = paths.into_iter().map(|path| RepoPath::from(path.as_str())).collect();
    let mut together = vec![Vec::new(); paths.len()];
    for at in repository.paths_walk(tip, &paths).unwrap() {
        at.unwrap().steps.into_iter().for_each(|(place, step)| together[place].push(step));
    }
    for (path, together) in paths.iter().zip(together) {
        let steps: Vec<_> = repository.path_walk(tip, path).unwrap().map(Result::unwrap).collect();
        assert_eq!(steps, brute_force(line, path.shown().as_str()), "{path:?}");
        assert_eq!(together, steps, "{path:?}");
    }
}

fn brute_force(line: &[(&str, BTreeMap<String, String>)], path: &str) -> Vec<PathStep> {
    let blob = |at: usize| line.get(at).and_then(|(_, files)| files.get(path)).map(|hex| hex.parse().unwrap());
    let step = |at: usize| PathStep { commit: id(line[at].0), before: blob(at + 1), after: blob(at), cut: false };
    (0..line.len()).map(step).filter(|step| step.before != step.after).collect()
}

#[test]
fn a_filter_prunes_by_folder_and_name() {
    let world = World::new();
    for path in ["apps/web.yaml", "apps/web.md", "apps-b/web.yaml", "infra/dns.yaml", "top.yaml"] {
        world.write(path, "x\n");
    }
    let commit = id(&world.commit("files"));
    let repository = open(world.root());
    let yaml = |name: &[u8]| name.ends_with(b".yaml");
    for (under, expected) in [
        (&[][..], &["apps-b/web.yaml", "apps/web.yaml", "infra/dns.yaml", "top.yaml"][..]),
        (&["apps"], &["apps/web.yaml"]),
        (&["apps/web.yaml", "infra"], &["apps/web.yaml", "infra/dns.yaml"]),
        (&["apps/web"], &[]),
    ] {
        let filter = Filter::named(&yaml).under(under.iter().map(|path| RepoPath::from(*path)));
        let expected: Vec<_> = expected.iter().map(|path| RepoPath::from(*path)).collect();
        let files = repository.files(commit, &filter).unwrap();
        assert_eq!(files.into_iter().map(|file| file.path).collect::<Vec<_>>(), expected, "{under:?}");
        let changes = repository.changes(commit, &filter).unwrap();
        assert_eq!(changes.into_iter().map(|change| change.path).collect::<Vec<_>>(), expected, "{under:?}");
    }
}

#[test]
fn a_commit_is_read_as_git_shows_it() {
    let world = World::new();
    world.set_author("Žofie \u{1b}[31m", "zofie@example.org");
    world.write("web.yaml", "x\n");
    let hex = world.commit("web: first\n\nChange-Cause: because\n");
    let repository = open(world.root());
    let commit = repository.commit(id(&hex)).unwrap();
    assert_eq!(commit.author.name.as_str(), "Žofie \u{1b}[31m");
    assert_eq!(commit.author.email.as_str(), "zofie@example.org");
    assert_eq!(commit.subject().as_str(), "web: first");
    assert_eq!(commit.message.as_str(), "web: first\n\nChange-Cause: because\n");
    assert_eq!(
        format!("{} {}\n", commit.time.seconds, commit.time.offset_minutes),
        world.git(&["show", "-s", "--format=%ct 0"])
    );
    assert_eq!(repository.short_id(commit.id).unwrap() + "\n", world.git(&["rev-parse", "--short", "HEAD"]));
    let blob = repository.file(commit.id, &"web.yaml".into()).unwrap().unwrap();
    assert_eq!(repository.blob(blob).unwrap(), b"x\n");
    assert_eq!(repository.blob_size(blob).unwrap(), 2);
}

#[test]
fn a_merge_tells_what_it_brought_in() {
    let world = World::new();
    let root = world.commit("root");
    world.branch("side");
    let brought = [world.commit("one"), world.commit("two")];
    world.checkout("main");
    world.commit("meanwhile");
    let merge = world.merge("side", "merge side");
    let repository = open(world.root());
    let expected: Vec<_> = brought.iter().rev().map(|hex| id(hex)).collect();
    assert_eq!(repository.merged_commits(id(&merge)).unwrap(), expected);
    assert_eq!(repository.merged_commits(id(&root)).unwrap(), []);
    assert!(repository.commit(id(&merge)).unwrap().is_merge());
}

#[test]
fn revisions_are_resolved_as_git_does() {
    let world = World::new();
    world.commit("one");
    world.git(&["tag", "-a", "v1.0.0", "-m", "one"]);
    world.commit("two");
    world.branch("release-1.2");
    revisions_are_those_of_git(&world);
    leave_to_git(&world);
    revisions_are_those_of_git(&world);
}

fn revisions_are_those_of_git(world: &World) {
    let repository = open(world.root());
    for rev in ["HEAD", "@", "main", "v1.0.0", "HEAD~1", "release-1.2^", "HEAD^{/one}", &world.tip()[..8]] {
        let expected = world.git(&["rev-parse", &format!("{rev}^{{commit}}")]);
        assert_eq!(repository.resolve(rev).unwrap().to_string(), expected.trim_end(), "{rev}");
    }
    for (rev, message) in [
        ("release-1.3", "no commit `release-1.3` in this repository: did you mean `release-1.2`?"),
        ("nothing\u{1b}", "no commit `nothing\\x1b` in this repository"),
        ("HEAD~99", "no commit `HEAD~99` in this repository"),
        ("HEAD^{tree}", "`HEAD^{tree}` is a tree, not a commit"),
        ("main..HEAD", "no commit `main..HEAD` in this repository: did you mean `main`?"),
        ("HEAD@{99}", "no commit `HEAD@{99}` in this repository"),
        ("--help", "no commit `--help` in this repository"),
        ("HEAD\nHEAD", "no commit `HEAD\\nHEAD` in this repository"),
        ("a\0b", "no commit `a\\x00b` in this repository"),
        ("", "no commit `` in this repository"),
    ] {
        assert_eq!(error_of(repository.resolve(rev)).to_string(), message, "{rev}");
    }
}

#[test]
fn what_is_no_repository_or_empty_says_so() {
    let world = World::without_repository();
    let root = world.root().display().to_string();
    assert_eq!(error_of(Repository::open(world.root())).to_string(), format!("`{root}` is not in a git repository"));
    let gone = world.beside("gone");
    let message = format!("there is no folder `{}`", gone.display());
    assert_eq!(error_of(Repository::open(&gone)).to_string(), message);
    world.git(&["init", "-q"]);
    let repository = open(world.root());
    for error in [error_of(repository.head()), error_of(repository.resolve("HEAD")), error_of(repository.resolve("v1"))]
    {
        assert_eq!(error.to_string(), format!("the repository at `{root}` has no commit yet on `main`"));
    }
    world.commit("one");
    world.git(&["checkout", "-q", "--orphan", "fresh"]);
    let message = format!("the repository at `{root}` has no commit yet on `fresh`");
    assert_eq!(error_of(repository.head()).to_string(), message);
    leave_to_git(&world);
    assert_eq!(error_of(open(world.root()).head()).to_string(), message);
}

/// A file of the work tree as git would store it.
fn work_text(repository: &Repository, path: &RepoPath) -> Option<Vec<u8>> {
    match repository.work_file(None, path).unwrap()? {
        WorkContent::Staged(blob) => Some(repository.blob(blob).unwrap()),
        WorkContent::Text(text) => Some(text),
        _ => None,
    }
}

#[test]
fn every_way_in_leads_to_the_same_history() {
    let world = World::new();
    world.write("apps/web.yaml", "x\n");
    let tip = world.commit("one");
    let [bare, linked] = [world.beside("bare.git"), world.beside("linked")];
    world.git(&["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    world.git(&["worktree", "add", "-q", "--detach", linked.to_str().unwrap()]);
    for (dir, is_bare) in [
        (world.root().to_owned(), false),
        (world.root().join("apps"), false),
        (world.root().join(".git"), false),
        (linked.join("apps"), false),
        (bare, true),
    ] {
        let repository = open(&dir);
        assert_eq!(repository.head().unwrap().to_string(), tip, "{dir:?}");
        assert_eq!(repository.is_bare(), is_bare, "{dir:?}");
        let text = work_text(&repository, &"apps/web.yaml".into());
        assert_eq!(text.as_deref(), (!is_bare).then_some(&b"x\n"[..]), "{dir:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_need_not_be_text() {
    use std::os::unix::ffi::OsStrExt;
    let world = World::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.yaml");
    std::fs::write(world.root().join(name), "x\n").unwrap();
    let tip = id(&world.commit("one"));
    let repository = open(world.root());
    let path = RepoPath::new(b"caf\xe9.yaml");
    assert_eq!(repository.files(tip, &Filter::default()).unwrap()[0].path, path);
    assert_eq!(repository.path_walk(tip, &path).unwrap().count(), 1);
    assert_eq!(work_text(&repository, &path).as_deref(), Some(&b"x\n"[..]));
}

#[cfg(unix)]
#[test]
fn symlinks_and_submodules_are_told_apart_and_not_followed() {
    let world = World::new();
    std::fs::write(world.beside("secret"), "outside\n").unwrap();
    world.write("web.yaml", "x\n");
    for (link, target) in [("out", "../secret"), ("in", "web.yaml")] {
        std::os::unix::fs::symlink(target, world.root().join(link)).unwrap();
    }
    world.git(&["add", "--all"]);
    world.git(&["update-index", "--add", "--cacheinfo", "160000,557db03de997c86a4a028e1ebd3a1ceb225be238,sub"]);
    world.git(&["commit", "-q", "-m", "one"]);
    let repository = open(world.root());
    let tip = repository.head().unwrap();
    let files = repository.files(tip, &Filter::default()).unwrap();
    let kinds: Vec<_> = files.iter().map(|file| (file.path.shown().as_str().to_owned(), file.entry)).collect();
    assert!(matches!(
        &kinds[..],
        [(_, Entry::Symlink(_)), (_, Entry::Symlink(_)), (_, Entry::Submodule(_)), (_, Entry::File(_))]
    ));
    assert_eq!(repository.file(tip, &"out".into()).unwrap(), None);
    assert_eq!(repository.changes(tip, &Filter::default()).unwrap().len(), 1);
    for (path, text) in [
        ("out", None),
        ("../secret", None),
        (".git/config", None),
        ("gone", None),
        ("in", None),
        ("web.yaml", Some(&b"x\n"[..])),
    ] {
        assert_eq!(work_text(&repository, &path.into()).as_deref(), text, "{path}");
    }
}

#[test]
fn a_shallow_clone_ends_in_a_cut_step() {
    let world = World::new();
    for text in ["one", "two", "three"] {
        world.write("web.yaml", text);
        world.commit(text);
    }
    let shallow = world.beside("shallow");
    let url = format!("file://{}", world.root().display());
    world.git(&["clone", "-q", "--depth=2", &url, shallow.to_str().unwrap()]);
    let repository = open(&shallow);
    assert!(repository.is_shallow() && !open(world.root()).is_shallow());
    let tip = repository.head().unwrap();
    let steps: Vec<_> = repository.path_walk(tip, &"web.yaml".into()).unwrap().map(Result::unwrap).collect();
    assert_eq!(steps.iter().map(|step| step.cut).collect::<Vec<_>>(), [false, true]);
    assert!(steps[1].before.is_none());
    let beyond = id(world.git(&["rev-parse", "HEAD~2"]).trim_end());
    let error = error_of(repository.commit(beyond));
    assert_eq!(error.to_string(), format!("the commit `{beyond}` is not in this repository: the clone is shallow"));
    assert_eq!(error.hint().as_deref(), Some("git fetch --unshallow"));
}

#[test]
fn a_partial_clone_opens_and_says_what_it_lacks() {
    let world = World::new();
    world.write("web.yaml", "x\n");
    world.commit("one");
    world.git(&["config", "uploadpack.allowFilter", "true"]);
    let partial = world.beside("partial");
    let url = format!("file://{}", world.root().display());
    world.git(&["clone", "-q", "--no-checkout", "--filter=blob:none", &url, partial.to_str().unwrap()]);
    let repository = open(&partial);
    let tip = repository.head().unwrap();
    let blob = repository.file(tip, &"web.yaml".into()).unwrap().expect("trees are there");
    let error = error_of(repository.blob(blob));
    let reason = "the clone is partial, and nothing is fetched here";
    assert_eq!(error.to_string(), format!("the blob `{blob}` is not in this repository: {reason}"));
}

#[test]
fn the_written_repository_is_sound_and_always_the_same() {
    let world = World::without_repository();
    let author = Signature { name: "Ada".into(), email: "ada@example.org".into() };
    let made = ["one", "two"].map(|name| {
        let dir = world.beside(name);
        let repository = init(&dir).unwrap();
        let (old, new) = (RepoPath::from("web.yaml"), RepoPath::from("apps/web.yaml"));
        let time = |seconds| Time { seconds, offset_minutes: 120 };
        commit_files(&repository, &[(old.clone(), Some("a\n"))], &author, time(1_790_000_000), "one\n").unwrap();
        let files = [(old, None), (new, Some("a\n"))];
        let tip = commit_files(&repository, &files, &author, time(1_790_000_600), "two\n").unwrap();
        assert_eq!(world.git_in(&dir, &["status", "--porcelain"]), "");
        assert_eq!(world.git_in(&dir, &["ls-tree", "-r", "--name-only", "HEAD"]), "apps/web.yaml\n");
        assert_eq!(
            world.git_in(&dir, &["log", "--format=%an %cI %s %D"]).lines().next(),
            Some("Ada 2026-09-21T16:23:20+02:00 two HEAD -> main")
        );
        world.git_in(&dir, &["fsck", "--strict"]);
        assert!(init(&dir).is_err(), "an existing repository is left alone");
        tip
    });
    assert_eq!(made[0], made[1]);
}

#[test]
fn a_damaged_object_is_an_error() {
    let world = World::new();
    world.write("apps/web.yaml", "x\n");
    let tip = id(&world.commit("one"));
    let tree = world.git(&["rev-parse", "HEAD:apps"]);
    let file = world.root().join(".git/objects").join(&tree[..2]).join(tree[2..].trim_end());
    std::fs::remove_file(file).unwrap();
    let repository = open(world.root());
    let message = format!("the tree `{}` is not in this repository: it may be damaged", tree.trim_end());
    let error = |repository: &Repository| error_of(repository.path_walk(tip, &"apps/web.yaml".into())).to_string();
    assert_eq!(error(&repository), message);
    leave_to_git(&world);
    let by_git = open(world.root());
    assert_eq!(error(&by_git), message);
    assert!(by_git.commit(tip).is_ok(), "the next question is answered");
}

#[test]
fn an_object_that_is_no_object_is_an_error_and_the_next_is_read() {
    let world = World::new();
    world.write("web.yaml", "x\n");
    let tip = id(&world.commit("one"));
    leave_to_git(&world);
    let repository = open(world.root());
    let blob = repository.file(tip, &"web.yaml".into()).unwrap().unwrap();
    let hex = blob.to_string();
    let file = world.root().join(".git/objects").join(&hex[..2]).join(&hex[2..]);
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, "no zlib").unwrap();
    // What git calls it depends on its version.
    for error in [error_of(repository.blob(blob)), error_of(repository.blob_size(blob))] {
        assert!(error.to_string().contains(&hex) && error.to_string().contains("damaged"), "{error}");
    }
    assert_eq!(repository.file(tip, &"web.yaml".into()).unwrap(), Some(blob));
    assert!(repository.commit(id(&hex)).is_err());
}
