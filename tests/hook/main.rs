//! The hook before a commit, as git runs it.

#![cfg(unix)]

mod commits;
mod earlier;
#[path = "../world/mod.rs"]
mod world;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use world::{Output, World};

const HOOK: &str = ".git/hooks/pre-commit";
const EARLIER: &str = ".git/hooks/pre-commit.before-rollbook";

fn deployment(app: &str, tag: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  selector: {{matchLabels: {{app: {app}}}}}\n  \
         template:\n    metadata: {{labels: {{app: {app}}}}}\n    spec:\n      containers: [{{name: web, image: 'web:{tag}'}}]\n"
    )
}

/// A change that the API server refuses.
fn bad() -> String {
    deployment("shop", "1.0")
}

fn good() -> String {
    deployment("web", "1.1")
}

/// A repository with a commit, a world without git's samples of hooks.
fn shop() -> World {
    let world = World::new();
    world.write("web.yaml", deployment("web", "1.0"));
    world.write("README.md", "A shop\n");
    world.commit("first");
    let _ = fs::remove_dir_all(world.root().join(".git/hooks"));
    world
}

fn installed() -> World {
    let world = shop();
    assert_eq!(world.rollbook(&["hook", "install"]).code, 0);
    world
}

/// A hook that is not ours.
fn hook(world: &World, text: &str, mode: u32) {
    world.write(HOOK, text);
    fs::set_permissions(world.root().join(HOOK), fs::Permissions::from_mode(mode)).unwrap();
}

fn writes_a_file(exit: i32) -> String {
    format!("#!/bin/sh\necho ran >> ran\nexit {exit}\n")
}

/// Git's, with the rollbook under test on PATH.
fn git(world: &World, args: &[&str]) -> Output {
    let rollbook = Path::new(env!("CARGO_BIN_EXE_rollbook")).parent().unwrap();
    let path = format!("{}:{}", rollbook.display(), std::env::var("PATH").unwrap());
    world.git_with(&[("PATH", &path)], args)
}

fn stopped(world: &World, args: &[&str]) -> String {
    let (tip, output) = (world.tip(), git(world, args));
    assert_eq!((output.code, world.tip()), (1, tip), "{args:?}: {output:?}");
    output.stderr
}

fn passed(world: &World, args: &[&str]) {
    let (tip, output) = (world.tip(), git(world, args));
    assert_eq!(output.code, 0, "{args:?}: {output:?}");
    assert_ne!(world.tip(), tip, "{args:?}: {output:?}");
}

/// The files of the folder of hooks, each with its mode, and its text or where it leads.
fn folder(world: &World) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
    let files = fs::read_dir(world.root().join(".git/hooks")).into_iter().flatten();
    let file = |path: PathBuf| {
        let metadata = path.symlink_metadata().unwrap();
        let bytes = match fs::read_link(&path) {
            Ok(target) => target.into_os_string().into_encoded_bytes(),
            Err(_) => fs::read(&path).unwrap(),
        };
        (path, (metadata.permissions().mode(), bytes))
    };
    files.map(|entry| file(entry.unwrap().path())).collect()
}
