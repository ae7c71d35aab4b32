//! How long, as kubectl writes it.

use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;

/// A time to wait: `30s`, `1m30s`, `500ms`; `0` for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait(pub Option<Duration>);

/// Nobody waits longer, and clocks go no further than some centuries.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

impl FromStr for Wait {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.bytes().all(|byte| byte == b'0') && !text.is_empty() {
            return Ok(Self(None));
        }
        // A number alone is one of seconds.
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let text = if is_number { format!("{text}s") } else { text.to_owned() };
        let time = text.parse::<SignedDuration>().ok().and_then(|time| Duration::try_from(time).ok());
        let time = time.ok_or_else(|| "no time to wait: give it as 30s, 5m or 1m30s, or 0 for ever".to_owned())?;
        Ok(Self((!time.is_zero()).then_some(time.min(LONGEST))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_kubectl_reads_them() {
        for (text, millis) in [
            ("30s", Some(30_000)),
            ("1m30s", Some(90_000)),
            ("500ms", Some(500)),
            ("90", Some(90_000)),
            ("1.5s", Some(1_500)),
            ("9000000000000000000s", Some(365 * 24 * 3_600_000)),
            ("0", None),
            ("0s", None),
        ] {
            let read = text.parse::<Wait>().map(|wait| wait.0.map(|time| time.as_millis()));
            assert_eq!(read, Ok(millis), "{text}");
        }
        for text in ["", "soon", "-5s", "5 parsecs"] {
            assert!(text.parse::<Wait>().is_err(), "{text}");
        }
    }
}
