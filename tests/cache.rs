//! The cache changes no answer: not a warm one, not a damaged one, not one of another history.

mod world;

use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;
use world::World;

fn web(tag: usize) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  template:\n    spec:\n      containers: [{{name: web, image: 'web:{tag}'}}]\n"
    )
}

fn folder(world: &World) -> PathBuf {
    world.root().join(".git/rollbook")
}

fn files(world: &World) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(world)).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// How many files there are of a sort.
fn with_extension(world: &World, wanted: &str) -> usize {
    files(world).iter().filter(|file| file.extension().is_some_and(|extension| extension == wanted)).count()
}

const QUESTIONS: [&[&str]; 5] = [
    &["list", "-o", "json"],
    &["log", "-o", "json"],
    &["history", "web", "--all", "-o", "json"],
    &["history", "web", "--ref", "HEAD~1"],
    &["show", "web", "0"],
];

/// What the commands say.
fn answers(world: &World) -> String {
    QUESTIONS.map(|question| world.rollbook(question).stdout).concat()
}

/// The same without any cache.
fn afresh(world: &World) -> String {
    let kept: Vec<_> = files(world).into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect();
    let answers = QUESTIONS.map(|question| {
        world.rollbook(&["cache", "clear"]);
        world.rollbook(question).stdout
    });
    world.rollbook(&["cache", "clear"]);
    fs::create_dir_all(folder(world)).unwrap();
    kept.into_iter().for_each(|(file, bytes)| fs::write(file, bytes).unwrap());
    answers.concat()
}

fn history(world: &World, commits: usize) {
    for tag in 0..commits {
        world.write(if tag % 3 == 2 { "b/web.yaml" } else { "web.yaml" }, web(tag));
        world.commit(&format!("web {tag}"));
    }
}

/// Commits that need more of what is kept: a rendering, a default that stays, a file that cannot be read, one that goes.
fn eventful(world: &World, number: usize) {
    let kustomization = format!("resources: [b/web.yaml]\nimages: [{{name: web, newTag: '{number}'}}]\n");
    let changes: [(&str, Option<String>); 6] = [
        ("b/web.yaml", Some(web(7))),
        ("kustomization.yaml", Some(kustomization)),
        ("web.yaml", Some(web(number).replace("web:", "web:latest-"))),
        ("web.yaml", Some("kind: [\n".to_owned())),
        ("web.yaml", Some(web(number).replace("image: 'web", "image: 'example.com/web"))),
        ("web.yaml", None),
    ];
    for (path, text) in changes.into_iter().cycle().skip(number % 6).take(number % 4) {
        match text {
            Some(text) => world.write(path, text),
            None => _ = fs::remove_file(world.root().join(path)),
        }
        world.git(&["add", "--all"]);
        world.git(&["commit", "-q", "-m", "eventful", "--allow-empty"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_cache_changes_no_answer(commits in 1..6_usize, deeds in prop::collection::vec((0..8_usize, any::<u64>()), 1..6)) {
        let world = World::new();
        history(&world, commits);
        for (deed, number) in deeds {
            match deed {
                0 => history(&world, 2),
                1 => {
                    world.write("web.yaml", web(number as usize % 7));
                    world.git(&["add", "--all"]);
                    world.git(&["commit", "-q", "--amend", "-m", "amended", "--allow-empty"]);
                }
                2 => {
                    let back = format!("HEAD~{}", number % 2);
                    if world.git(&["rev-list", "--count", "HEAD"]).trim() != "1" {
                        world.git(&["reset", "-q", "--hard", &back]);
                    }
                }
                3 => _ = world.git(&["gc", "-q", "--prune=now"]),
                4 => for file in files(&world) {
                    let mut bytes = fs::read(&file).unwrap();
                    let at = number as usize % bytes.len().max(1);
                    if let Some(byte) = bytes.get_mut(at) { *byte ^= 1 << (number % 8); }
                    fs::write(&file, bytes).unwrap();
                },
                5 | 6 => eventful(&world, number as usize),
                _ => for file in files(&world) {
                    let bytes = fs::read(&file).unwrap();
                    fs::write(&file, &bytes[..number as usize % (bytes.len() + 1)]).unwrap();
                },
            }
            let with = answers(&world);
            prop_assert_eq!(&with, &answers(&world), "warm");
            prop_assert_eq!(&with, &afresh(&world), "afresh");
        }
    }
}

#[test]
fn what_is_kept_is_told_and_removed() {
    let world = World::new();
    history(&world, 3);
    assert!(world.rollbook(&["list"]).code == 0 && files(&world).len() == 2);
    let stat = world.rollbook(&["cache", "stat"]).stdout;
    assert!(stat.contains("files    2 (") && stat.contains("books    1\n") && stat.contains("blobs    3\n"), "{stat}");
    let cleared = world.rollbook(&["cache", "clear"]).stdout;
    assert!(cleared.starts_with("2 files removed from ") && !folder(&world).exists(), "{cleared}");
}

#[test]
fn many_files_become_one() {
    let world = World::new();
    for tag in 0..12 {
        world.write("web.yaml", web(tag));
        world.commit("web");
        assert_eq!(world.rollbook(&["list"]).code, 0);
        let [facts, books] = ["facts", "book"].map(|extension| with_extension(&world, extension));
        assert!(facts <= 9 && books <= 4, "{facts} {books}");
    }
    assert_eq!(answers(&world), afresh(&world));
}

#[test]
fn the_newest_lineages_stay() {
    let world = World::new();
    history(&world, 18);
    let asked: Vec<String> =
        (0..18).map(|back| world.rollbook(&["history", "web", "--ref", &format!("HEAD~{back}")]).stdout).collect();
    assert_eq!(with_extension(&world, "lineage"), 16);
    let stat = world.rollbook(&["cache", "stat"]).stdout;
    assert!(stat.contains("books    0\nlineages 16\n"), "{stat}");
    for (back, asked) in asked.iter().enumerate() {
        assert_eq!(world.rollbook(&["history", "web", "--ref", &format!("HEAD~{back}")]).stdout, *asked);
    }
    assert_eq!(world.rollbook(&["cache", "clear"]).code, 0);
    assert!(!folder(&world).exists());
}

#[test]
fn runs_at_the_same_time_do_not_harm_each_other() {
    let world = World::new();
    history(&world, 4);
    let expected = afresh(&world);
    let root = world.root().to_owned();
    let world = &world;
    world.rollbook(&["cache", "clear"]);
    let runs: Vec<_> = (0..6).map(|_| world.start_rollbook(&root, &["log", "-o", "json"])).collect();
    let outputs: Vec<String> = runs.into_iter().map(|run| run.finish().stdout).collect();
    assert!(outputs.iter().all(|output| !output.is_empty() && expected.contains(output.as_str())));
    assert_eq!(answers(world), expected);
}

#[cfg(unix)]
#[test]
fn a_cache_that_cannot_be_written_changes_no_answer() {
    let world = World::new();
    history(&world, 2);
    let expected = answers(&world);
    world.rollbook(&["cache", "clear"]);
    // A file in the way is as good as a folder that may not be written, and holds for root too.
    fs::write(folder(&world), "in the way").unwrap();
    assert_eq!(answers(&world), expected);
}
