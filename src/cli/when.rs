//! `--since WHEN`

use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::{Span, Timestamp, tz::TimeZone};

/// A moment as a user writes it. One without a zone is in UTC, so that it is the same on every machine.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    At(Timestamp),
    Ago(Span),
}

/// Why a text is no moment.
#[derive(Debug, thiserror::Error)]
#[error(
    "neither a time (`2026-10-01`, `2026-10-01T14:00`, `2026-10-01T14:00:00+02:00`) nor how long ago (`12h`, `3d`, `2w`)"
)]
pub(super) struct NoTime;

impl When {
    /// The moment, seen from now. What lies before the calendar begins is its beginning.
    pub fn timestamp(self, now: Timestamp) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::Ago(span) => {
                let now = now.to_zoned(TimeZone::UTC);
                now.checked_sub(span).map_or(Timestamp::MIN, |then| then.timestamp())
            }
        }
    }
}

impl FromStr for When {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(at) = text.parse::<Timestamp>() {
            return Ok(Self::At(at));
        }
        if let Ok(at) = text.parse::<DateTime>() {
            let at = at.to_zoned(TimeZone::UTC).map_err(|_| NoTime)?;
            return Ok(Self::At(at.timestamp()));
        }
        text.parse::<Span>().map(|span| Self::Ago(span.abs())).map_err(|_| NoTime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_spans_are_read() {
        let now: Timestamp = "2026-10-15T12:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("2026-10-01", "2026-10-01T00:00:00Z"),
            ("2026-10-01T14:00", "2026-10-01T14:00:00Z"),
            ("2026-10-01 14:00", "2026-10-01T14:00:00Z"),
            ("2026-10-01T14:00:00+02:00", "2026-10-01T12:00:00Z"),
            ("2026-10-01T14:00+02:00", "2026-10-01T12:00:00Z"),
            ("3d", "2026-10-12T12:00:00Z"),
            ("3d ago", "2026-10-12T12:00:00Z"),
            ("2w", "2026-10-01T12:00:00Z"),
            ("12h", "2026-10-15T00:00:00Z"),
            ("1 month", "2026-09-15T12:00:00Z"),
            ("15000y", "-009999-01-02T01:59:59Z"),
        ] {
            let when = text.parse::<When>().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(when.timestamp(now), expected.parse().unwrap(), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "yesterday", "3", "2026-13-01", "d", "3x"] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }
}
