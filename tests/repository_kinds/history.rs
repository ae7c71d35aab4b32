//! One history, made in a repository of any kind, and the questions that are asked of it.

use std::path::Path;

use crate::world::World;

/// What is asked of each repository.
const QUESTIONS: &[&[&str]] = &[
    &["history", "web", "--all", "-o", "json"],
    &["history", "web", "--kube-version", "1.34"],
    &["list", "-o", "json"],
    &["log", "-o", "json"],
    &["show", "web"],
    &["show", "web", "1"],
    &["show", "web", "commit:HEAD~2"],
    &["hash", "web", "-o", "json"],
];

pub fn web(tag: usize) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  template:\n    spec:\n      containers: [{{name: web, image: 'web:{tag}'}}]\n"
    )
}

/// Changes, a move, a removal, a merge with a cause in a merged commit, an octopus, and a symlink. The last commit is
/// of a file that stays in the root.
pub fn make(world: &World) {
    make_of(world, web);
}

/// The same with other states of the workload `web`.
pub fn make_of(world: &World, text: impl Fn(usize) -> String) {
    world.write("web.yaml", text(1));
    world.write("db.yaml", web(1).replace("web", "db"));
    world.commit("web: first release");
    world.write("web.yaml", text(2));
    world.commit("web 2");
    world.rename("web.yaml", "k8s/web.yaml");
    world.commit("move");
    world.branch("topic");
    world.write("k8s/web.yaml", text(3));
    world.commit("three\n\nChange-Cause: a merged cause\n");
    world.write("README", "text\n");
    world.commit("aside");
    world.checkout("main");
    world.write("db.yaml", web(2).replace("web", "db"));
    world.commit("db 2");
    world.merge("topic", "Merge branch 'topic'");
    for name in ["one", "two"] {
        world.git(&["checkout", "-q", "-b", name, "main"]);
        world.write(&format!("{name}.yaml"), web(1).replace("web", name));
        world.commit(name);
    }
    world.checkout("main");
    world.git(&["merge", "-q", "--no-ff", "-m", "octopus", "one", "two"]);
    world.remove("one.yaml");
    world.commit("one is gone");
    link("k8s/web.yaml", &world.root().join("link.yaml"));
    world.write("k8s/web.yaml", text(2));
    world.commit("back to 2");
    world.git(&["tag", "-a", "v1", "-m", "one"]);
    world.write("db.yaml", web(3).replace("web", "db"));
    world.commit("db 3");
}

pub fn plain() -> World {
    let world = World::new();
    make(&world);
    world
}

/// The answers of rollbook in a folder, one a question.
pub fn answers(world: &World, dir: &Path) -> Vec<String> {
    let answer = |args: &&[&str]| {
        let output = world.rollbook_in(dir, args);
        assert_eq!(output.code, 0, "{dir:?}: {}", output.screen(args));
        output.screen(args)
    };
    QUESTIONS.iter().map(answer).collect()
}

/// The same where the ids of commits are others: each is told by its place in what `git log` lists. Tables show them
/// short and are left out.
pub fn answers_without_ids(world: &World, dir: &Path) -> Vec<String> {
    let ids = world.git_in(dir, &["rev-list", "--date-order", "HEAD"]);
    let mut answers = answers(world, dir);
    answers.retain(|answer| !answer.contains("--kube-version"));
    for (place, id) in ids.lines().enumerate() {
        answers.iter_mut().for_each(|answer| *answer = answer.replace(id, &format!("commit {place}")));
    }
    answers
}

/// The commits of a workload's history, newest first.
pub fn commits(world: &World, dir: &Path, target: &str) -> Vec<String> {
    let output = world.rollbook_in(dir, &["history", target, "--all", "-o", "json"]);
    let json: serde_json::Value = serde_json::from_str(&output.stdout).expect("history gives JSON");
    let rows = json["items"][0]["revisions"].as_array().expect("it has rows");
    rows.iter().rev().map(|row| row["commit"].as_str().expect("a commit").to_owned()).collect()
}

pub fn link(target: &str, link: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(target, link).expect("the place is free");
    #[cfg(not(unix))]
    std::fs::write(link, target).expect("the place is free");
}
