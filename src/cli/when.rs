//! `--since WHEN` and `--until WHEN`

use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, Timestamp, tz::TimeZone};

/// A moment as a user writes it. One without an offset is in the user's time zone.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    At(Timestamp),
    Local(DateTime),
    Day(Date),
    /// So many days before today, as a day.
    DaysBack(i64),
    /// A time of today.
    Clock(Time),
    Ago(Span),
}

/// Why a text is no moment.
#[derive(Debug, thiserror::Error)]
#[error(
    "neither a time (`2026-10-01`, `2026-10-01T14:00`, `2026-10-01T14:00:00+02:00`, `14:00`, `yesterday`) nor how long ago (`12h`, `3d`, `2w`)"
)]
pub(super) struct NoTime;

impl When {
    /// The moment, seen from now: a day begins at midnight. What lies before the calendar begins is its beginning.
    pub fn start(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::Local(at) => local(at, zone),
            Self::Day(day) => local(day.into(), zone),
            Self::DaysBack(days) => local(days_back(days, now, zone).into(), zone),
            Self::Clock(time) => local(days_back(0, now, zone).to_datetime(time), zone),
            Self::Ago(span) => {
                let now = now.to_zoned(zone.clone());
                now.checked_sub(span).map_or(Timestamp::MIN, |then| then.timestamp())
            }
        }
    }

    /// The same, of a day its end.
    pub fn end(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(day) => end_of(day, zone),
            Self::DaysBack(days) => end_of(days_back(days, now, zone), zone),
            other => other.start(now, zone),
        }
    }
}

fn end_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, |next| local(next.into(), zone))
}

fn days_back(days: i64, now: Timestamp, zone: &TimeZone) -> Date {
    let today = now.to_zoned(zone.clone()).date();
    today.checked_sub(Span::new().days(days)).unwrap_or(Date::MIN)
}

/// The days that have a name.
const DAYS: [(&str, i64); 2] = [("today", 0), ("yesterday", 1)];

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
        if let Some((_, days)) = DAYS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)) {
            return Ok(Self::DaysBack(*days));
        }
        if let Ok(time) = text.parse::<Time>()
            && text.contains(':')
            && !text.contains('-')
        {
            return Ok(Self::Clock(time));
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
            ("3h 30m", "2026-10-15T08:30:00Z"),
            ("today", "2026-10-15T00:00:00Z"),
            ("Yesterday", "2026-10-14T00:00:00Z"),
            ("08:15", "2026-10-15T08:15:00Z"),
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
            ("yesterday", "2026-10-14T22:00:00Z", "2026-10-15T22:00:00Z"),
            ("14:00", "2026-10-16T12:00:00Z", "2026-10-16T12:00:00Z"),
        ] {
            let when: When = text.parse().unwrap();
            let [start, end] = [start, end].map(|text| text.parse::<Timestamp>().unwrap());
            // An hour after midnight there, and still the day before in UTC.
            let now = "2026-10-15T23:00:00Z".parse().unwrap();
            assert_eq!((when.start(now, &zone), when.end(now, &zone)), (start, end), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "tomorrow", "3", "2026-13-01", "d", "3x", "25:00", "14"] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }
}
