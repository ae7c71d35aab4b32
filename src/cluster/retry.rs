//! What is tried again, and when.

use std::time::Duration;

/// The first pause; each is twice as long as the one before.
const FIRST: Duration = Duration::from_millis(100);
/// No pause is longer.
const LONGEST: Duration = Duration::from_secs(3);
/// For how long it is tried: an API server that restarts is back by then.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came of an attempt that did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// Nobody listened, so nothing was done.
    NotSent,
    /// The connection ended before there was a whole answer: it may have been done.
    Broken,
    /// An answer with this status, and how long the server asks to wait.
    Status(u16, Option<Duration>),
}

/// The attempts at one request.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    made: u32,
    waited: Duration,
}

impl Attempts {
    /// How long to wait before the next attempt; none if there is to be none.
    pub fn after(&mut self, attempt: Attempt, reached: bool) -> Option<Duration> {
        if !may_pass(attempt, reached) {
            return None;
        }
        let asked = if let Attempt::Status(_, asked) = attempt { asked } else { None };
        let pause = asked.unwrap_or_else(|| pause(self.made));
        self.made += 1;
        self.waited = self.waited.saturating_add(pause);
        (self.waited <= PATIENCE).then_some(pause)
    }
}

/// Whether it may be otherwise in a while. A server that was never `reached` is not waited for: its address may be wrong.
pub(super) fn may_pass(attempt: Attempt, reached: bool) -> bool {
    match attempt {
        Attempt::NotSent => reached,
        Attempt::Broken => true,
        Attempt::Status(code, _) => matches!(code, 429 | 500 | 502 | 503 | 504),
    }
}

/// The pause after so many others.
pub(super) fn pause(made: u32) -> Duration {
    FIRST.saturating_mul(1 << made.min(10)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses(attempt: Attempt, reached: bool) -> Vec<u128> {
        let mut attempts = Attempts::default();
        std::iter::from_fn(|| attempts.after(attempt, reached)).map(|pause| pause.as_millis()).collect()
    }

    #[test]
    fn what_may_pass_is_tried_again_ever_more_slowly() {
        let all = [100, 200, 400, 800, 1600, 3000, 3000, 3000, 3000, 3000];
        for attempt in [Attempt::NotSent, Attempt::Broken, Attempt::Status(503, None), Attempt::Status(429, None)] {
            assert_eq!(pauses(attempt, true), all, "{attempt:?}");
        }
        assert_eq!(pauses(Attempt::Status(429, Some(Duration::from_secs(8))), true), [8000, 8000]);
        let mut attempts = Attempts::default();
        let asked = |seconds| Attempt::Status(429, Some(Duration::from_secs(seconds)));
        assert_eq!(attempts.after(asked(1), true), Some(Duration::from_secs(1)));
        assert_eq!(attempts.after(asked(u64::MAX), true), None);
    }

    #[test]
    fn what_stays_is_tried_once() {
        for code in [400, 401, 403, 404, 409, 410, 422, 501] {
            assert_eq!(pauses(Attempt::Status(code, None), true), [0; 0], "{code}");
        }
        assert_eq!(pauses(Attempt::NotSent, false), [0; 0]);
    }
}
