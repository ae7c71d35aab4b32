//! What Kubernetes' own code takes, as `tests/oracle` tells it.

use std::process::Command;
use std::time::{Duration, Instant};

/// What the stages to a name take, in nanoseconds.
pub struct Times {
    pub version: String,
    pub name: String,
    pub stored: f64,
    pub defaulted: f64,
    pub template: f64,
}

/// A line for each file, if there is an oracle.
pub fn times(files: &[String]) -> Option<Vec<Times>> {
    let program = std::env::var_os("ROLLBOOK_ORACLE_PROGRAM")?;
    let output = Command::new(&program).arg("-bench").args(files).output().expect("the oracle runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("the oracle prints text");
    let times: Vec<Times> = text.lines().map(read).collect();
    assert_eq!(times.len(), files.len(), "a line for each file");
    Some(times)
}

fn read(line: &str) -> Times {
    let line: serde_json::Value = serde_json::from_str(line).expect("the oracle prints JSON");
    let text = |key: &str| line[key].as_str().expect(key).to_owned();
    let time = |key: &str| line[key].as_f64().expect(key);
    Times {
        version: text("version"),
        name: text("name"),
        stored: time("stored"),
        defaulted: time("defaulted"),
        template: time("template"),
    }
}

/// What one call takes, in the best of some rounds of many, as the oracle counts it.
pub fn best<T>(call: impl Fn() -> T) -> f64 {
    const ROUNDS: usize = 7;
    const EACH: Duration = Duration::from_millis(60);
    let round = || {
        let (start, mut calls) = (Instant::now(), 0_u32);
        while start.elapsed() < EACH {
            std::hint::black_box(call());
            calls += 1;
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
    };
    (0..ROUNDS).map(|_| round()).fold(f64::INFINITY, f64::min)
}
