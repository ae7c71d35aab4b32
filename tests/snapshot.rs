//! The objects of a commit, the index and the working tree, of repositories that git made.

mod world;

use proptest::prelude::*;
use rollbook::git::Repository;
use rollbook::snapshot::{Snapshot, Snapshots};
use std::path::PathBuf;
use world::World;

fn config(name: &str, value: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n  a: \"{value}\"\n")
}

const POINTER: &str = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";

/// Every file with its role and text, every object, and what was passed over.
fn shown(snapshot: &Snapshot) -> Vec<String> {
    let name = |path: &rollbook::git::RepoPath| path.shown().as_str().to_owned();
    let files = snapshot.files.iter().map(|file| {
        let text = String::from_utf8_lossy(&file.contents.text).into_owned();
        format!("{} {:?} {text:?}", name(&file.path), file.role)
    });
    let objects = snapshot.objects().map(|(place, object)| {
        let file = snapshot.file(place);
        let exact = if file.is_exact() { "exact" } else { "rendered" };
        format!("{} {} in {} ({exact})", object.identity.kind, object.identity.name, name(&file.path))
    });
    let passed = snapshot.passed.iter().map(|(path, why)| format!("{}: {}", name(path), why.message()));
    files.chain(objects).chain(passed).collect()
}

fn objects(snapshot: &Snapshot) -> Vec<String> {
    let object = |(place, object): (_, &rollbook::manifest::Object)| {
        let value = object.node().at(&["data", "a"]).and_then(|node| node.as_str().map(str::to_owned));
        let path = snapshot.file(place).path.shown().as_str().to_owned();
        format!("{path}: {}={}", object.identity.name, value.unwrap_or_default())
    };
    snapshot.objects().map(object).collect()
}

fn passed(snapshot: &Snapshot) -> Vec<String> {
    let shown = |(path, why): &(rollbook::git::RepoPath, rollbook::snapshot::Passed)| {
        format!("{}: {}", path.shown().as_str(), why.message())
    };
    snapshot.passed.iter().map(shown).collect()
}

/// Looks at the repository with the index of its own, or another.
fn with<T>(world: &World, index: Option<PathBuf>, look: impl FnOnce(&Repository, &mut Snapshots<'_>) -> T) -> T {
    let repository = Repository::open(world.root()).expect("the repository opens");
    let mut snapshots = Snapshots::new(&repository, index);
    look(&repository, &mut snapshots)
}

fn work_tree(world: &World) -> Snapshot {
    with(world, None, |_, snapshots| snapshots.of_work_tree().expect("it can be read"))
}

fn index(world: &World) -> Snapshot {
    with(world, None, |_, snapshots| snapshots.of_index().expect("it can be read"))
}

fn tip(world: &World) -> Snapshot {
    with(world, None, |repository, snapshots| {
        snapshots.of_tree(repository.head().expect("there is a commit")).expect("it can be read")
    })
}

#[test]
fn each_state_has_its_own_objects() {
    let world = World::new();
    world.write("kept.yaml", config("kept", "1"));
    world.write("edited.yaml", config("edited", "1"));
    world.write("gone.yaml", config("gone", "1"));
    world.write(".gitignore", "ignored*\n");
    world.commit("one");
    world.write("edited.yaml", config("edited", "2"));
    world.write("staged.yaml", config("staged", "2"));
    world.git(&["add", "."]);
    world.write("edited.yaml", config("edited", "3"));
    world.remove("gone.yaml");
    world.write("new/untracked.yaml", config("untracked", "3"));
    world.write("ignored.yaml", config("ignored", "3"));
    world.write("intended.yaml", config("intended", "3"));
    world.git(&["add", "--intent-to-add", "intended.yaml"]);
    assert_eq!(objects(&tip(&world)), ["edited.yaml: edited=1", "gone.yaml: gone=1", "kept.yaml: kept=1"]);
    assert_eq!(
        objects(&index(&world)),
        ["edited.yaml: edited=2", "gone.yaml: gone=1", "kept.yaml: kept=1", "staged.yaml: staged=2"]
    );
    assert_eq!(
        objects(&work_tree(&world)),
        [
            "edited.yaml: edited=3",
            "intended.yaml: intended=3",
            "kept.yaml: kept=1",
            "new/untracked.yaml: untracked=3",
            "staged.yaml: staged=2"
        ]
    );
}

#[test]
fn a_hook_looks_at_the_index_that_git_gives_it() {
    let world = World::new();
    world.write("a.yaml", config("a", "1"));
    world.commit("one");
    world.write("a.yaml", config("a", "2"));
    let other = world.root().join(".git/other-index");
    std::fs::copy(world.root().join(".git/index"), &other).unwrap();
    // As `git commit -a` does it: the changes go into an index of their own.
    std::fs::rename(world.root().join(".git/index"), world.root().join(".git/index.kept")).unwrap();
    world.git(&["add", "--all"]);
    std::fs::rename(world.root().join(".git/index"), &other).unwrap();
    std::fs::rename(world.root().join(".git/index.kept"), world.root().join(".git/index")).unwrap();
    let of = |index| with(&world, index, |_, snapshots| objects(&snapshots.of_index().unwrap()));
    assert_eq!(of(None), ["a.yaml: a=1"]);
    assert_eq!(of(Some(other)), ["a.yaml: a=2"]);
    assert_eq!(of(Some(".git/other-index".into())), ["a.yaml: a=2"], "a relative path is below the root");
}

#[test]
fn a_change_in_the_same_second_and_of_the_same_length_is_seen() {
    let world = World::new();
    for round in 0..5 {
        world.write("a.yaml", config("a", "1"));
        world.git(&["add", "."]);
        world.write("a.yaml", config("a", "2"));
        assert_eq!(objects(&work_tree(&world)), ["a.yaml: a=2"], "{round}");
    }
}

#[test]
fn line_ends_are_those_that_git_would_store() {
    for (setting, attributes, stored) in [
        ("false", "", "\r\n"),
        ("true", "", "\n"),
        ("input", "", "\n"),
        ("false", "*.yaml text\n", "\n"),
        ("false", "*.yaml text=auto\n", "\n"),
        ("true", "*.yaml -text\n", "\r\n"),
        ("true", "*.yaml binary\n", "\r\n"),
        ("false", "*.yaml eol=crlf\n", "\n"),
    ] {
        let world = World::new();
        world.git(&["config", "core.autocrlf", setting]);
        world.write(".gitattributes", attributes);
        world.write("a.yaml", config("a", "1").replace('\n', "\r\n"));
        let before = shown(&work_tree(&world));
        world.git(&["add", "--all"]);
        let expected = config("a", "1").replace('\n', stored);
        assert_eq!(String::from_utf8_lossy(&index(&world).files[0].contents.text), expected, "{setting} {attributes}");
        assert_eq!(before, shown(&index(&world)), "{setting} {attributes}");
    }
}

#[test]
fn a_file_that_was_stored_with_other_line_ends_keeps_them() {
    let world = World::new();
    world.write("a.yaml", config("a", "1").replace('\n', "\r\n"));
    world.commit("one");
    world.git(&["config", "core.autocrlf", "true"]);
    world.write("a.yaml", config("a", "2").replace('\n', "\r\n"));
    let before = shown(&work_tree(&world));
    world.git(&["add", "--all"]);
    assert_eq!(before, shown(&index(&world)));
}

#[test]
fn what_is_no_manifest_here_is_passed_over_and_told() {
    let world = World::new();
    world.write("big.yaml", POINTER);
    world.write("real.yaml", config("real", "1"));
    world.write(".gitattributes", "crypt.yaml filter=crypt\n");
    world.write("crypt.yaml", config("crypt", "1"));
    std::os::unix::fs::symlink("real.yaml", world.root().join("in.yaml")).unwrap();
    std::os::unix::fs::symlink("../outside.yaml", world.root().join("out.yaml")).unwrap();
    std::fs::write(world.beside("outside.yaml"), config("outside", "1")).unwrap();
    world.commit("one");
    world.git(&["update-index", "--add", "--cacheinfo", "160000,557db03de997c86a4a028e1ebd3a1ceb225be238,sub"]);
    let symlinks = ["in.yaml: passed over: it is a symlink", "out.yaml: passed over: it is a symlink"];
    let lfs = "big.yaml: passed over: Git LFS keeps its content elsewhere";
    let submodule = "sub: passed over: it is a submodule";
    assert_eq!(passed(&tip(&world)), [lfs, symlinks[0], symlinks[1]]);
    assert_eq!(passed(&index(&world)), [lfs, symlinks[0], symlinks[1], submodule]);
    assert_eq!(passed(&work_tree(&world)), [lfs, symlinks[0], symlinks[1], submodule]);
    // Only where the file is not as the index has it, the program would be needed.
    world.git(&["config", "filter.crypt.clean", "touch ran"]);
    world.write("crypt.yaml", config("crypt", "2"));
    let crypt = "crypt.yaml: passed over: the filter `crypt` would have to run a program";
    assert_eq!(passed(&work_tree(&world)), [lfs, crypt, symlinks[0], symlinks[1], submodule]);
    assert!(!world.root().join("ran").exists());
    assert_eq!(objects(&tip(&world)), ["crypt.yaml: crypt=1", "real.yaml: real=1"]);
}

#[test]
fn a_file_behind_a_symlink_is_gone_as_it_is_for_git() {
    let world = World::new();
    world.write("real/a.yaml", config("a", "1"));
    world.write("link/a.yaml", config("b", "1"));
    world.commit("one");
    std::fs::remove_dir_all(world.root().join("link")).unwrap();
    std::os::unix::fs::symlink("real", world.root().join("link")).unwrap();
    assert_eq!(objects(&work_tree(&world)), ["real/a.yaml: a=1"]);
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_as_in_the_index() {
    let world = World::new();
    world.write("apps/web.yaml", config("web", "1"));
    world.write("other/db.yaml", config("db", "1"));
    world.commit("one");
    world.git(&["sparse-checkout", "set", "--cone", "apps"]);
    assert!(!world.root().join("other/db.yaml").exists());
    let all = ["apps/web.yaml: web=1", "other/db.yaml: db=1"];
    assert_eq!(objects(&work_tree(&world)), all);
    assert_eq!(objects(&index(&world)), all);
}

#[test]
fn a_file_in_conflict_is_in_no_index() {
    let world = World::new();
    world.write("a.yaml", config("a", "1"));
    world.commit("one");
    world.branch("other");
    world.write("a.yaml", config("a", "2"));
    world.commit("two");
    world.checkout("main");
    world.write("a.yaml", config("a", "3"));
    world.commit("three");
    world.git(&["read-tree", "-m", "main~1", "main", "other"]);
    world.write("a.yaml", config("a", "3").replace("data:", "<<<<<<< main\ndata:"));
    assert_eq!(passed(&index(&world)), ["a.yaml: passed over: the merge has left it in conflict"]);
    let there = work_tree(&world);
    assert_eq!(there.unreadable().map(|file| file.path.shown().as_str().to_owned()).collect::<Vec<_>>(), ["a.yaml"]);
}

#[test]
fn inputs_of_kustomize_and_helm_have_no_objects_in_any_state() {
    let world = World::new();
    world.write("kustomization.yaml", "resources: [base]\npatches: [{path: patch.yaml}]\nnamePrefix: a-\n");
    world.write("base/kustomization.yaml", "resources: [web.yaml]\n");
    world.write("base/web.yaml", config("web", "1"));
    world.write("patch.yaml", config("web", "2"));
    world.write("chart/Chart.yaml", "name: chart\n");
    world.write("chart/templates/web.yaml", config("chart", "1"));
    let in_work_tree = shown(&work_tree(&world));
    world.commit("one");
    assert_eq!(in_work_tree, shown(&tip(&world)));
    let is_object = |line: &&String| line.starts_with("ConfigMap");
    assert_eq!(
        in_work_tree.iter().filter(is_object).collect::<Vec<_>>(),
        ["ConfigMap web in base/web.yaml (rendered)"]
    );
}

/// A file of a random working tree, and what becomes of it.
#[derive(Clone, Debug)]
enum Deed {
    Write(usize, usize, bool),
    Remove(usize),
    Commit,
    Stage,
    Link(usize),
    Lfs(usize),
    Attributes(usize),
    AutoCrlf(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let file = 0..6_usize;
    let deed = prop_oneof![
        6 => (file.clone(), 0..40_usize, any::<bool>()).prop_map(|(file, value, crlf)| Deed::Write(file, value, crlf)),
        2 => file.clone().prop_map(Deed::Remove),
        2 => Just(Deed::Commit),
        2 => Just(Deed::Stage),
        1 => file.clone().prop_map(Deed::Link),
        1 => file.prop_map(Deed::Lfs),
        1 => (0..4_usize).prop_map(Deed::Attributes),
        1 => (0..3_usize).prop_map(Deed::AutoCrlf),
    ];
    prop::collection::vec(deed, 1..14)
}

const PATHS: [&str; 6] =
    ["a.yaml", "apps/b.yaml", "apps/kustomization.yaml", "c.json", "deep/er/d.yml", "ignored.yaml"];

fn contents(file: usize, value: usize) -> String {
    match PATHS[file] {
        "apps/kustomization.yaml" => format!("resources: [b.yaml]\nnamePrefix: p{value}-\n# $Id: {value} $\n"),
        "c.json" => format!(
            "{{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {{\"name\": \"c\"}}, \"data\": {{\"a\": \"{value}\"}}}}\n"
        ),
        path => format!("# $Id: x{value} $\n{}", config(&path.replace('/', "-"), &value.to_string())),
    }
}

fn act(world: &World, deed: &Deed) {
    let place = |file: &usize| world.root().join(PATHS[*file]);
    match deed {
        Deed::Write(file, value, crlf) => {
            let _ = std::fs::remove_file(place(file));
            let text = contents(*file, *value);
            world.write(PATHS[*file], if *crlf { text.replace('\n', "\r\n") } else { text });
        }
        Deed::Remove(file) => _ = std::fs::remove_file(place(file)),
        Deed::Commit => _ = world.commit("some"),
        Deed::Stage => _ = world.git(&["add", "--all"]),
        Deed::Link(file) => {
            let _ = std::fs::remove_file(place(file));
            world.write(PATHS[*file], "");
            std::fs::remove_file(place(file)).unwrap();
            std::os::unix::fs::symlink("a.yaml", place(file)).unwrap();
        }
        Deed::Lfs(file) => {
            let _ = std::fs::remove_file(place(file));
            world.write(PATHS[*file], POINTER);
        }
        Deed::Attributes(which) => {
            let texts = ["", "*.yaml text eol=crlf ident\n", "* text=auto\n", "*.yml -text\n*.yaml ident\n"];
            world.write(".gitattributes", texts[*which]);
            write_all_again(world);
        }
        Deed::AutoCrlf(which) => {
            world.git(&["config", "core.autocrlf", ["false", "true", "input"][*which]]);
            write_all_again(world);
        }
    }
}

/// Settings hold for files that are added after them: git does not look again at one that seems to be unchanged.
fn write_all_again(world: &World) {
    for path in PATHS.map(|path| world.root().join(path)) {
        if std::fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
            std::fs::write(&path, std::fs::read(&path).unwrap()).unwrap();
        }
    }
}

/// Git takes the attributes of the index only for a folder that has none in the working tree.
#[test]
fn attributes_that_are_gone_from_the_working_tree_do_not_hold_any_more() {
    let world = World::new();
    for deed in [Deed::Attributes(1), Deed::Commit, Deed::Write(0, 0, true), Deed::Stage, Deed::Attributes(2)] {
        act(&world, &deed);
    }
    let in_work_tree = shown(&work_tree(&world));
    assert!(in_work_tree[0].contains("$Id: x0 $\\napiVersion"), "{in_work_tree:?}");
    world.git(&["add", "--all"]);
    assert_eq!(in_work_tree, shown(&index(&world)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_working_tree_is_what_a_commit_of_all_has(deeds in deeds()) {
        let world = World::new();
        world.write(".gitignore", "ignored.yaml\n");
        deeds.iter().for_each(|deed| act(&world, deed));
        let in_work_tree = shown(&work_tree(&world));
        world.git(&["add", "--all"]);
        prop_assert_eq!(&in_work_tree, &shown(&index(&world)));
        world.commit("all");
        prop_assert_eq!(&in_work_tree, &shown(&tip(&world)));
        prop_assert_eq!(&in_work_tree, &shown(&work_tree(&world)));
    }
}

/// The workloads and what they have to do with an object, in words.
fn workloads_of(snapshot: &Snapshot, kind: &str, name: &str) -> Vec<String> {
    let places = snapshot.named(kind, name).iter();
    let uses = places.flat_map(|place| {
        let path = snapshot.file(*place).path.shown().as_str().to_owned();
        snapshot.workloads_of(*place).into_iter().map(move |of| (path.clone(), of))
    });
    uses.map(|(path, of)| {
        let how = of.reference.map_or("selects", |reference| reference.how.word());
        let workload = snapshot.file(of.workload).path.shown().as_str().to_owned();
        format!("{path} {how} {workload}")
    })
    .collect()
}

#[test]
fn who_names_whom_is_known() {
    let world = World::new();
    let spec = "{volumes: [{name: v, configMap: {name: settings}}, {name: d, persistentVolumeClaim: {claimName: data}}], serviceAccountName: web, \
                containers: [{name: web, image: web, envFrom: [{configMapRef: {name: settings}}], env: [{name: A, valueFrom: {secretKeyRef: {name: token, key: k}}}], volumeMounts: [{name: v, subPath: x}]}]}";
    let web = |namespace: &str| {
        format!(
            "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web{namespace}}}, spec: {{template: {{metadata: {{labels: {{app: web}}}}, spec: {spec}}}}}}}"
        )
    };
    let object = |kind: &str, name: &str, rest: &str| {
        format!("{{apiVersion: v1, kind: {kind}, metadata: {{name: {name}}}{rest}}}")
    };
    for folder in ["dev", "prod"] {
        world.write(&format!("{folder}/web.yaml"), web(""));
        world.write(&format!("{folder}/settings.yaml"), object("ConfigMap", "settings", ""));
        world.write(&format!("{folder}/service.yaml"), object("Service", "web", ", spec: {selector: {app: web}}"));
    }
    world.write("prod/pdb.yaml", object("PodDisruptionBudget", "web", ", spec: {selector: {matchLabels: {app: web}}}"));
    world.write(
        "prod/hpa.yaml",
        object("HorizontalPodAutoscaler", "web", ", spec: {scaleTargetRef: {kind: Deployment, name: web}}"),
    );
    world.write("shared/token.yaml", object("Secret", "token", ", data: {k: YQ==}"));
    world.write("shared/other.yaml", object("ConfigMap", "other", ""));
    world.write("else/web.yaml", web(", namespace: else"));
    world
        .write("else/settings.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: third}}");
    let snapshot = work_tree(&world);
    assert_eq!(
        workloads_of(&snapshot, "ConfigMap", "settings"),
        [
            "dev/settings.yaml subPath dev/web.yaml",
            "dev/settings.yaml envFrom dev/web.yaml",
            "dev/settings.yaml subPath else/web.yaml",
            "dev/settings.yaml envFrom else/web.yaml",
            "prod/settings.yaml subPath else/web.yaml",
            "prod/settings.yaml envFrom else/web.yaml",
            "prod/settings.yaml subPath prod/web.yaml",
            "prod/settings.yaml envFrom prod/web.yaml"
        ]
    );
    let env = [
        "shared/token.yaml env dev/web.yaml",
        "shared/token.yaml env else/web.yaml",
        "shared/token.yaml env prod/web.yaml",
    ];
    assert_eq!(workloads_of(&snapshot, "Secret", "token"), env);
    assert_eq!(workloads_of(&snapshot, "ConfigMap", "other"), Vec::<String>::new());
    assert_eq!(workloads_of(&snapshot, "PodDisruptionBudget", "web"), ["prod/pdb.yaml selects prod/web.yaml"]);
    assert_eq!(workloads_of(&snapshot, "HorizontalPodAutoscaler", "web"), ["prod/hpa.yaml selects prod/web.yaml"]);
    let services = ["dev/service.yaml selects dev/web.yaml", "prod/service.yaml selects prod/web.yaml"];
    assert_eq!(workloads_of(&snapshot, "Service", "web"), services);
    let (dev, _) = snapshot.workloads().next().expect("there is one");
    let links: Vec<String> = snapshot
        .references_of(dev)
        .into_iter()
        .map(|link| format!("{} {} {}", link.reference.name, link.reference.how.word(), link.to.len()))
        .collect();
    assert_eq!(
        links,
        ["settings subPath 1", "data claim 0", "token env 1", "settings envFrom 1", "web serviceAccount 0"]
    );
}
