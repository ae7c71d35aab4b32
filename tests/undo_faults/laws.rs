//! What holds whatever happens to an undo.

use super::not_tested;
use super::shop::{Scene, Shop, Stage};
use super::watch::{Call, Verdict, Watched, watch};
use anyhow::{Context as _, Result, bail, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Most of the time goes by in processes that wait for each other, so more than the cores help.
const THREADS: usize = 3;
/// The index, `HEAD` and the branch.
const MOST_LOCKS: usize = 3;

/// What came of a run.
#[derive(Debug)]
struct Run {
    stdout: String,
    stderr: String,
    /// None where it was killed.
    code: Option<i32>,
}

impl Run {
    fn of(output: &std::process::Output) -> Self {
        let [stdout, stderr] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
        Self { stdout, stderr, code: output.status.code() }
    }
}

/// Whether this machine lets us watch.
pub fn can_watch() -> bool {
    match watch(Command::new("true"), |_| Verdict::Pass) {
        Ok(_) => true,
        Err(error) => {
            not_tested(&format!("this kernel does not let the test watch calls: {error}"));
            false
        }
    }
}

/// The calls of an undo that nothing happens to.
pub fn calls(scene: Scene) -> Vec<Call> {
    let shop = Shop::new(scene);
    shop.restore();
    watch(shop.undo(), |_| Verdict::Pass).expect("it can be watched").calls
}

/// Goes through cases on several threads, each in a shop that is as it was.
pub fn each<T: Sync + std::fmt::Debug>(scene: Scene, cases: &[T], check: impl Fn(&Shop, &T) -> Result<()> + Sync) {
    let next = AtomicUsize::new(0);
    let work = || {
        let shop = Shop::new(scene);
        let cases = std::iter::from_fn(|| cases.get(next.fetch_add(1, Ordering::Relaxed)));
        let failed = cases.filter_map(|case| {
            shop.restore();
            check(&shop, case).with_context(|| format!("{scene:?}, {case:?}")).err()
        });
        failed.map(|error| format!("{error:#}")).collect::<Vec<_>>()
    };
    let failures: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a check does not panic")).collect()
    });
    let first: Vec<&str> = failures.iter().take(3).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} of {} went wrong:\n{}", failures.len(), cases.len(), first.join("\n\n"));
}

/// What is left is whole, and what was said of it is true.
pub fn is_true(shop: &Shop, watched: &Watched) -> Result<Stage> {
    let stage = shop.stage()?;
    shop.check_sound()?;
    let output = Run::of(&watched.output);
    let claims: &[Stage] = match &output {
        output if output.stdout.contains("rolled back") => &[Stage::After],
        // It died, and has said nothing.
        Run { code: None, .. } => return Ok(stage),
        Run { code: Some(0), .. } => &[Stage::After],
        output if output.stderr.contains("committed as ") => &[Stage::Behind, Stage::After],
        output if output.stderr.contains("changed and not committed") => &[Stage::Written],
        // Whatever else it says, it has done nothing.
        _ => &[Stage::Before],
    };
    ensure!(claims.contains(&stage), "it is {stage:?}, and it said\n{output:?}");
    ensure!(matches!(output.code, None | Some(0 | 2)), "{output:?}");
    Ok(stage)
}

/// The same undo again comes to its end. Locks of git are in its way until somebody removes them; it says which, and how,
/// and leaves them alone.
pub fn is_finished_by_the_same_undo(shop: &Shop) -> Result<()> {
    let mut removed = 0;
    loop {
        let locks = shop.locks();
        let output = Run::of(&shop.undo().output()?);
        ensure!(locks.iter().all(|lock| lock.exists()), "a lock of git is gone: {locks:?}");
        if output.code == Some(0) {
            break;
        }
        let told = output.stderr.rsplit_once("when none is, rm ").map(|(_, rest)| rest.lines().next().unwrap_or(""));
        if shop.scene == Scene::Branch && output.stderr.contains("the branch `back` is there already") {
            break;
        }
        let Some(lock) = told.map(PathBuf::from) else { bail!("no way on:\n{output:?}") };
        ensure!(output.code == Some(2) && locks.contains(&lock), "{output:?}");
        fs::remove_file(lock)?;
        removed += 1;
        ensure!(removed <= MOST_LOCKS, "no end");
    }
    let stage = shop.stage()?;
    ensure!(stage == Stage::After && shop.is_clean(), "it is {stage:?}, git status: {}", shop.status());
    // What the one that was killed has left goes with the next that writes. Locks that were not in the way are in its.
    if !shop.litter().is_empty() {
        shop.locks().iter().try_for_each(fs::remove_file)?;
        let other = if shop.scene == Scene::Branch { 1 } else { 2 };
        let output = Run::of(&shop.undo_to(other).output()?);
        ensure!(output.code == Some(0) && shop.litter().is_empty(), "{:?} {output:?}", shop.litter());
    }
    Ok(())
}

/// The programs and files that calls were about, so that a test can say that it has seen what it is for.
pub fn seen(calls: &[Call]) -> BTreeSet<String> {
    let name = |call: &Call| call.path.file_name().map(|name| name.to_string_lossy().into_owned());
    calls.iter().map(|call| format!("{} {} {}", call.program, call.name, name(call).unwrap_or_default())).collect()
}
