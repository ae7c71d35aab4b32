//! A commit's time, in the zone its committer was in.

use std::fmt;

use jiff::tz::Offset;
use jiff::{Timestamp, Zoned, tz::TimeZone};

/// A moment with the committer's offset; written as RFC 3339: `2026-10-01T09:00:00+02:00`.
///
/// ```
/// use rollbook::output::Time;
/// assert_eq!(Time::new(1_790_838_000, 120).to_string(), "2026-10-01T09:00:00+02:00");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    at: Timestamp,
    offset: Offset,
}

impl Time {
    /// From what git stores: seconds since 1970 and the offset from UTC in minutes. A commit can claim any number:
    /// what is out of the calendar is taken to its nearest end, an impossible offset as UTC.
    pub fn new(seconds: i64, offset_minutes: i32) -> Self {
        let bounded = seconds.clamp(Timestamp::MIN.as_second() + DAY, Timestamp::MAX.as_second() - DAY);
        let at = Timestamp::from_second(bounded).unwrap_or_default();
        let seconds = offset_minutes.checked_mul(60).filter(|seconds| i64::from(seconds.abs()) < DAY);
        let offset = seconds.and_then(|seconds| Offset::from_seconds(seconds).ok()).unwrap_or(Offset::UTC);
        Self { at, offset }
    }

    /// The moment, to compare with.
    pub fn timestamp(self) -> Timestamp {
        self.at
    }

    /// `2026-10-01`
    pub fn day(self) -> impl fmt::Display {
        self.zoned().strftime("%Y-%m-%d").to_string()
    }

    /// `2026-10-01 09:00`
    pub fn minute(self) -> impl fmt::Display {
        self.zoned().strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The same on a clock of that zone.
    pub fn minute_in(self, zone: &TimeZone) -> impl fmt::Display {
        self.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn zoned(self) -> Zoned {
        self.at.to_zoned(TimeZone::fixed(self.offset))
    }
}

/// Kept from both ends of the calendar, so that no offset leads out of it.
const DAY: i64 = 86_400;

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.at.display_with_offset(self.offset))
    }
}

impl serde::Serialize for Time {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl schemars::JsonSchema for Time {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date-time",
            "description": "RFC 3339, with the committer's offset from UTC",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn a_time_is_written_in_the_committers_zone() {
        let time = Time::new(1_790_838_000, -330);
        assert_eq!(time.to_string(), "2026-10-01T01:30:00-05:30");
        assert_eq!(time.day().to_string(), "2026-10-01");
        assert_eq!(time.minute().to_string(), "2026-10-01 01:30");
        assert_eq!(Time::new(0, 0).to_string(), "1970-01-01T00:00:00+00:00");
    }

    #[test]
    fn a_commit_may_claim_any_number() {
        for (seconds, offset) in [(i64::MAX, i32::MAX), (i64::MIN, i32::MIN), (i64::MAX, 1439), (i64::MIN, -1439)] {
            let time = Time::new(seconds, offset);
            assert!(!time.to_string().is_empty() && !time.minute().to_string().is_empty());
        }
    }
}
