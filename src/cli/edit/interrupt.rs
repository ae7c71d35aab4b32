//! An interrupt while git is at work.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts;

/// What a terminal sends to all that run in it: at Ctrl-C, and when it is closed.
const SIGNALS: &[std::ffi::c_int] = &[
    consts::SIGINT,
    #[cfg(unix)]
    consts::SIGHUP,
];

/// Lets git end at an interrupt, and outlives it: what git was asked for is taken back then, and that is said. It holds
/// until the program ends.
pub(super) fn outlive() {
    let caught = Arc::new(AtomicBool::new(false));
    // Where a signal cannot be caught it ends us as ever, and the next run finishes what is begun.
    SIGNALS.iter().for_each(|signal| drop(signal_hook::flag::register(*signal, Arc::clone(&caught))));
}
