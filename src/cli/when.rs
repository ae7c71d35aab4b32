//! `--since WHEN` and `--until WHEN`

use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp, tz::TimeZone};

/// A moment as a user writes it. One without an offset is in the user's time zone.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    At(Timestamp),
    Local(DateTime),
    Day(Date),
    Ago(Span),
}

/// Why a text is no moment.
#[derive(Debug, thiserror::Error)]
#[error(
    "neither a time (`2026-10-01`, `2026-10-01T14:00`, `2026-10-01T14:00:00+02:00`) nor how long ago (`12h`, `3d`, `2w`)"
)]
pub(super) struct NoTime;

impl When {
    /// The moment, seen from now: a day begins at midnight. What lies before the calendar begins is its beginning.
    pub fn start(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::Local(at) => local(at, zone),
            Self::Day(day) => local(day.into(), zone),
            Self::Ago(span) => {
                let now = now.to_zoned(zone.clone());
                now.checked_sub(span).map_or(Timestamp::MIN, |then| then.timestamp())
            }
        }
    }

    /// The same, of a day its end.
    pub fn end(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(day) => day.tomorrow().map_or(Timestamp::MAX, |next| local(next.into(), zone)),
            other => other.start(now, zone),
        }
    }
}

/// A time that a change of the clocks leaves out is taken as if they had not changed yet.
fn local(at: DateTime, zone: &TimeZone) -> Timestamp {
    at.to_zoned(zone.clone()).map_or(Timestamp::MAX, |at| at.timestamp())
}

impl FromStr for When {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(at) = text.parse::<Timestamp>() {
            return Ok(Self::At(at));
        }
        // A date alone is read as a time too, and a time as a date: only a day has no colon.
        match (text.parse::<Date>(), text.parse::<DateTime>()) {
            (Ok(day), _) if !text.contains(':') => return Ok(Self::Day(day)),
            (_, Ok(at)) => return Ok(Self::Local(at)),
            _ => {}
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
            assert_eq!(when.start(now, &TimeZone::UTC), expected.parse().unwrap(), "{text}");
        }
    }

    #[test]
    fn times_without_an_offset_are_the_users() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        for (text, start, end) in [
            ("2026-10-01", "2026-09-30T22:00:00Z", "2026-10-01T22:00:00Z"),
            ("2026-10-01T14:00", "2026-10-01T12:00:00Z", "2026-10-01T12:00:00Z"),
            ("2026-10-01T14:00Z", "2026-10-01T14:00:00Z", "2026-10-01T14:00:00Z"),
        ] {
            let when: When = text.parse().unwrap();
            let [start, end] = [start, end].map(|text| text.parse::<Timestamp>().unwrap());
            assert_eq!((when.start(start, &zone), when.end(start, &zone)), (start, end), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "yesterday", "3", "2026-13-01", "d", "3x"] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }
}
