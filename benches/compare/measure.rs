//! The time and the memory that a command takes.

use std::fmt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// What a run took, and what it found.
#[derive(Clone, Default)]
pub struct Run {
    pub time: Duration,
    pub found: usize,
    pub output: String,
}

impl Run {
    /// With what was found, counted in the output.
    pub fn counted(self, count: impl Fn(&str) -> usize) -> Run {
        Run { found: count(&self.output), ..self }
    }

    pub fn ratio(&self, other: &Run) -> f64 {
        self.time.as_secs_f64() / other.time.as_secs_f64()
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:8.1} ms", self.time.as_secs_f64() * 1e3)?;
        if self.found > 0 { write!(f, " {:6} commits", self.found) } else { Ok(()) }
    }
}

pub fn best_of(rounds: usize, measured: impl Fn() -> Run) -> Run {
    let runs = (0..rounds).map(|_| measured());
    runs.min_by_key(|run| run.time).expect("there is at least one round")
}

/// Runs a command without the user's git configuration.
pub fn run(program: &str, args: &[&str], dir: &Path) -> Run {
    let start = Instant::now();
    let output = command(program, args, dir).output().unwrap_or_else(|error| panic!("cannot run {program}: {error}"));
    let time = start.elapsed();
    Run { time, output: String::from_utf8(output.stdout).expect("the output is text"), ..Run::default() }
}

/// The most memory that a command holds, as GNU time tells it, which does not stand on every machine.
pub fn peak_kib(program: &str, args: &[&str], dir: &Path) -> Option<u64> {
    let args = [&["-f", "%M", program], args].concat();
    let output = command("/usr/bin/time", &args, dir).output().ok()?;
    String::from_utf8(output.stderr).ok()?.lines().last()?.parse().ok()
}

fn command(program: &str, args: &[&str], dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(dir).env("HOME", dir).env("GIT_CONFIG_NOSYSTEM", "1").env("TZ", "UTC");
    command
}

/// Runs a function of this program, which gives how many commits it found.
pub fn call(function: impl Fn() -> usize) -> Run {
    let start = Instant::now();
    let found = function();
    Run { time: start.elapsed(), found, ..Run::default() }
}
