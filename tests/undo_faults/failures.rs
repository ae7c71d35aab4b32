//! Calls that fail.

use super::laws::{calls, can_watch, each, is_finished_by_the_same_undo, is_true};
use super::shop::{Scene, Stage};
use super::watch::{Call, Verdict, watch};
use anyhow::ensure;

/// A way in which a disk can fail.
#[derive(Debug)]
struct Failing {
    name: &'static str,
    error: i32,
    is_hit: fn(&Call) -> bool,
    /// Whether all fail from the first on that does.
    stays: bool,
    scene: Scene,
    /// Whether files can stay as they were written: one is, and then none may be touched any more.
    may_be_left: bool,
}

const FAILING: &[Failing] = &[
    Failing {
        name: "a disk that is full and stays so",
        error: libc::ENOSPC,
        is_hit: Call::writes,
        stays: true,
        scene: Scene::Plain,
        may_be_left: false,
    },
    Failing {
        name: "a disk that is full for a moment",
        error: libc::ENOSPC,
        is_hit: Call::writes,
        stays: false,
        scene: Scene::Linked,
        may_be_left: false,
    },
    Failing {
        name: "a disk that does not keep what is written",
        error: libc::EIO,
        is_hit: Call::syncs,
        stays: false,
        scene: Scene::Linked,
        may_be_left: false,
    },
    Failing {
        name: "one thing that may not be done",
        error: libc::EROFS,
        is_hit: |_| true,
        stays: false,
        scene: Scene::Linked,
        may_be_left: false,
    },
    Failing {
        name: "a folder that may not be written",
        error: libc::EACCES,
        is_hit: |call| call.path.components().any(|part| part.as_os_str() == "k8s"),
        stays: true,
        scene: Scene::Linked,
        may_be_left: true,
    },
    // Git keeps its index for itself, and that has a file which came back.
    Failing {
        name: "a disk that is full and stays so, and a file that comes back",
        error: libc::ENOSPC,
        is_hit: |call| call.program == "git" && call.writes(),
        stays: true,
        scene: Scene::Linked,
        may_be_left: true,
    },
];

#[test]
fn where_a_call_fails_all_is_as_it_was_and_that_is_said() {
    if !can_watch() {
        return;
    }
    for failing in FAILING {
        let hit = calls(failing.scene).iter().filter(|call| (failing.is_hit)(call)).count();
        println!("{}: {hit} calls", failing.name);
        assert!(hit > 0, "{} hits nothing", failing.name);
        let cases: Vec<usize> = (1..=hit).collect();
        each(failing.scene, &cases, |shop, &at| {
            let mut hits = 0;
            let watched = watch(shop.undo(), |call| {
                hits += usize::from((failing.is_hit)(call));
                let fails = (failing.is_hit)(call) && (hits == at || failing.stays && hits > at);
                if fails { Verdict::Fail(failing.error) } else { Verdict::Pass }
            })?;
            let stage = is_true(shop, &watched)?;
            ensure!(failing.may_be_left || stage != Stage::Written, "{}: {:?}", failing.name, watched.output);
            ensure!(shop.litter().is_empty() || failing.error == libc::EROFS, "{:?}", shop.litter());
            is_finished_by_the_same_undo(shop)
        });
    }
}

/// Git's folder on another disk than the files; a disk on which no file has two names.
#[test]
fn what_a_disk_cannot_do_is_done_otherwise() {
    if !can_watch() {
        return;
    }
    let git = |call: &Call| call.path.to_string_lossy().contains("/.git/rollbook-undo.");
    let cases = [(libc::EXDEV, true), (libc::EPERM, false), (libc::EPERM, true)];
    each(Scene::Plain, &cases, |shop, &(error, fails)| {
        let mut links = 0;
        let watched = watch(shop.undo(), |call| {
            let is_link = call.name == "linkat" && git(call);
            links += usize::from(is_link);
            match () {
                () if is_link => Verdict::Fail(error),
                // The commit is not made.
                () if fails && call.program == "git" && call.name == "rename" => Verdict::Fail(libc::EIO),
                () => Verdict::Pass,
            }
        })?;
        let stage = is_true(shop, &watched)?;
        ensure!(links == 1 && stage == if fails { Stage::Before } else { Stage::After }, "{stage:?}");
        ensure!(shop.litter().is_empty(), "{:?}", shop.litter());
        is_finished_by_the_same_undo(shop)
    });
}
