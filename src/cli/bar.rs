//! A bar on stderr for what is waited for, where that is a terminal.

use std::io::Write as _;

use crate::cluster::Replicas;

/// So many characters stand for all pods.
const WIDTH: usize = 30;

/// How many pods of a rollout are available.
pub(super) struct Bar {
    is_on: bool,
    shown: bool,
}

impl Bar {
    /// It is silent where stderr is no terminal.
    pub fn new(is_on: bool) -> Self {
        Self { is_on, shown: false }
    }

    /// Shows how far it is, in place of what was shown before.
    pub fn show(&mut self, replicas: Replicas) {
        if self.is_on {
            // Nobody misses it where it cannot be written.
            let _ = write!(std::io::stderr(), "\r\x1b[K{}", line(replicas));
            self.shown = true;
        }
    }

    /// Makes room for a line.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}

/// `[##########--------------------] 3 of 9 pods are new, 3 available`.
fn line(replicas: Replicas) -> String {
    let Replicas { wanted, updated, available, .. } = replicas;
    let part = |count: i64| (WIDTH as i64 * count.clamp(0, wanted) / wanted.max(1)) as usize;
    let done = part(updated.min(available));
    format!(
        "[{}{}] {updated} of {wanted} pods are new, {available} available",
        "#".repeat(done),
        "-".repeat(WIDTH - done)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_as_long_as_what_is_done() {
        let shown = |wanted, updated, available| line(Replicas { wanted, updated, ready: available, available });
        let bars = [shown(3, 1, 3), shown(2, 2, 2), shown(0, 0, 0), shown(1, 2, 2)];
        assert_eq!(
            bars,
            [
                "[##########--------------------] 1 of 3 pods are new, 3 available",
                "[##############################] 2 of 2 pods are new, 2 available",
                "[------------------------------] 0 of 0 pods are new, 0 available",
                "[##############################] 2 of 1 pods are new, 2 available",
            ]
        );
    }
}
