//! Killed at each call: the process that makes it, or it and all that belong to it.

use super::laws::{calls, can_watch, each, is_finished_by_the_same_undo, is_true, seen};
use super::shop::Scene;
use super::watch::{Verdict, watch};
use anyhow::ensure;

#[test]
fn a_kill_at_any_call_leaves_a_state_that_the_same_undo_finishes() {
    if !can_watch() {
        return;
    }
    for scene in [Scene::Plain, Scene::Staged, Scene::Linked, Scene::Branch] {
        let count = calls(scene).len();
        println!("{scene:?}: {count} calls");
        // Whoever outlives git has files to put back, and a branch has none.
        let verdicts: &[Verdict] = match scene {
            Scene::Branch => &[Verdict::KillAll],
            _ => &[Verdict::Kill, Verdict::KillAll],
        };
        let cases: Vec<_> = (1..=count).flat_map(|at| verdicts.iter().map(move |verdict| (at, *verdict))).collect();
        each(scene, &cases, |shop, &(at, verdict)| {
            let mut made = 0;
            let watched = watch(shop.undo(), |_| {
                made += 1;
                if made == at { verdict } else { Verdict::Pass }
            })?;
            ensure!(made >= at, "it made {made} calls");
            is_true(shop, &watched)?;
            is_finished_by_the_same_undo(shop)
        });
    }
}

/// If this fails, the matrix above may look at less than it says.
#[test]
fn the_calls_that_matter_are_among_those_that_are_watched() {
    if !can_watch() {
        return;
    }
    let seen = seen(&calls(Scene::Plain));
    for call in [
        "rollbook fsync",
        "rollbook renameat web.yaml",
        "git openat index.lock",
        "git write main.lock",
        "git rename main",
        "git rename index",
    ] {
        assert!(seen.iter().any(|seen| seen.starts_with(call)), "{call} is not in {seen:#?}");
    }
}
