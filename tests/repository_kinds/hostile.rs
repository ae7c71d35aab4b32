//! Repositories of other people: none gets a program run, and git's rule of whom to trust holds.

use std::path::Path;

use crate::history::{make, plain};
use crate::world::World;

/// A repository that only git can read.
fn sha256() -> World {
    let world = World::without_repository();
    world.git(&["init", "-q", "--object-format=sha256"]);
    make(&world);
    world
}

#[cfg(unix)]
#[test]
fn no_setting_of_a_repository_runs_a_program() {
    use std::os::unix::fs::PermissionsExt;
    let world = sha256();
    let canary = world.beside("canary");
    let run = world.beside("run");
    std::fs::write(&run, format!("#!/bin/sh\necho \"$0 $*\" >> {}\n", canary.display())).unwrap();
    std::fs::set_permissions(&run, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = run.to_str().unwrap();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.gitProxy",
        "core.askPass",
        "core.alternateRefsCommand",
        "credential.helper",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "gpg.program",
        "interactive.diffFilter",
        "uploadpack.packObjectsHook",
        "pager.cat-file",
        "pager.rev-parse",
        "pager.config",
        "alias.cat-file",
        "remote.origin.uploadpack",
        "remote.origin.vcs",
    ] {
        world.git(&["config", key, program]);
    }
    for (key, value) in [
        ("log.showSignature", "true"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.partialCloneFilter", "blob:none"),
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("filter.x.required", "true"),
        ("core.sparseCheckout", "true"),
        ("protocol.ext.allow", "always"),
    ] {
        world.git(&["config", key, value]);
    }
    world.git(&["config", "remote.origin.url", &format!("ext::{program} fetch")]);
    for hook in ["reference-transaction", "post-index-change", "post-checkout", "pre-auto-gc", "fsmonitor-watchman"] {
        std::fs::copy(&run, world.root().join(".git/hooks").join(hook)).unwrap();
    }
    std::fs::write(world.root().join(".git/info/attributes"), "* filter=x diff=x\n").unwrap();
    // A file is not in the work tree, so that the index is asked for it, and a blob is nowhere: git would fetch it.
    std::fs::remove_file(world.root().join("db.yaml")).unwrap();
    let blob = world.git(&["-c", "core.fsmonitor=false", "rev-parse", "HEAD~4:k8s/web.yaml"]);
    std::fs::remove_file(world.root().join(".git/objects").join(&blob[..2]).join(blob[2..].trim_end())).unwrap();
    let _ = std::fs::remove_file(&canary);
    for (args, code) in [
        (&["history", "web"][..], 2),
        (&["history", "db"], 0),
        (&["list"], 2),
        (&["log"], 2),
        (&["show", "web"], 0),
        (&["hash", "web"], 0),
        (&["show", "web", "nothing"], 2),
    ] {
        let output = world.rollbook(args);
        assert_eq!(output.code, code, "{output:?}");
        assert!(!canary.exists(), "{args:?} ran: {}", std::fs::read_to_string(&canary).unwrap());
    }
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_opened_once_git_calls_it_safe() {
    let (plain, sha256) = (plain(), sha256());
    for world in [&plain, &sha256] {
        if std::os::unix::fs::chown(world.root().join(".git"), Some(12_345), None)
            .and_then(|()| std::os::unix::fs::chown(world.root(), Some(12_345), None))
            .is_err()
        {
            eprintln!("SKIPPED: only root can give a repository away");
            return;
        }
        let root = world.root().display().to_string();
        let refused = world.rollbook(&["list"]);
        assert_eq!(refused.code, 2);
        let words = format!(
            "error: the repository at `{root}` belongs to another user\nhint: git config --global --add safe.directory {root}\n"
        );
        assert_eq!(refused.stderr, words);
        let asked = world.rollbook_in(&world.root().join("k8s"), &["history", "web"]);
        assert_eq!(asked.stderr, words, "from a folder of it");
        let hint = refused.stderr.lines().last().unwrap().strip_prefix("hint: git ").unwrap();
        world.git_in(Path::new("/"), &hint.split(' ').collect::<Vec<_>>());
        assert_eq!(world.rollbook(&["list"]).code, 0);
        assert_eq!(world.rollbook_in(&world.root().join("k8s"), &["history", "web"]).code, 0);
    }
}
