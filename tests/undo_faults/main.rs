//! `rollbook undo` at each call that may change a disk, of its own and of the git that it starts: killed there, or refused
//! what it asks for. What is left is one of few states, what is said of it is true, and the same undo finishes it.

#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod failures;
#[cfg(target_os = "linux")]
mod interrupts;
#[cfg(target_os = "linux")]
mod kills;
#[cfg(target_os = "linux")]
mod laws;
#[cfg(target_os = "linux")]
mod shop;
#[cfg(target_os = "linux")]
mod watch;
#[cfg(target_os = "linux")]
#[path = "../world/mod.rs"]
mod world;

use std::io::Write as _;

/// Says that something is not tested here, on the terminal of whoever runs the tests.
fn not_tested(why: &str) {
    writeln!(std::io::stderr(), "\nNOT TESTED: what `rollbook undo` leaves when it is killed: {why}\n")
        .expect("there is a terminal");
}

#[cfg(not(target_os = "linux"))]
#[test]
fn calls_can_be_watched_on_linux_alone() {
    not_tested("this needs the seccomp of Linux");
}
