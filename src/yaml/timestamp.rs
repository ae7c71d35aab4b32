//! Dates: a plain word that is one reaches the cluster as an RFC 3339 time through kustomize (go-yaml v3).

/// The word as Go's `time.Time` writes itself in JSON, where it is a time in one of go-yaml's four forms:
/// `2006-1-2`, `2006-1-2 15:4:5.999`, and `2006-1-2T15:4:5.999Z07:00` with either case of `T`.
pub(super) fn rfc3339(word: &str) -> Option<String> {
    let mut rest = Rest(word.as_bytes());
    let year = rest.digits(4, 4)?;
    rest.expect(b"-")?;
    let month = rest.digits(1, 2)?;
    rest.expect(b"-")?;
    let day = rest.digits(1, 2)?;
    if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if rest.0.is_empty() {
        return Some(format!("{date}T00:00:00Z"));
    }
    let zoned = rest.expect(b"Tt ")? != b' ';
    let clock = rest.clock()?;
    let zone = if zoned { rest.zone()? } else { "Z".to_owned() };
    rest.0.is_empty().then(|| format!("{date}T{clock}{zone}"))
}

struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let length = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        (length >= least).then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    }

    fn expect(&mut self, any_of: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        any_of.contains(&first).then_some(first)
    }

    fn clock(&mut self) -> Option<String> {
        let hour = self.digits(1, 2)?;
        self.expect(b":")?;
        let minute = self.digits(1, 2)?;
        self.expect(b":")?;
        let second = self.digits(1, 2)?;
        let inside = hour < 24 && minute < 60 && second < 60;
        inside.then(|| format!("{hour:02}:{minute:02}:{second:02}{}", self.fraction()))
    }

    /// Nine digits at most, zeros at the end left out.
    fn fraction(&mut self) -> String {
        let [b'.' | b',', digits @ ..] = self.0 else { return String::new() };
        let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = digits.split_at(length);
        if digits.is_empty() {
            return String::new();
        }
        self.0 = rest;
        let digits: String = digits.iter().take(9).map(|&digit| char::from(digit)).collect();
        match digits.trim_end_matches('0') {
            "" => String::new(),
            digits => format!(".{digits}"),
        }
    }

    fn zone(&mut self) -> Option<String> {
        let sign = char::from(self.expect(b"Z+-")?);
        if sign == 'Z' {
            return Some("Z".into());
        }
        let hours = self.digits(2, 2)?;
        self.expect(b":")?;
        let minutes = self.digits(2, 2)?;
        match (hours, minutes) {
            (0, 0) => Some("Z".into()),
            (0..24, 0..60) => Some(format!("{sign}{hours:02}:{minutes:02}")),
            _ => None,
        }
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_go_writes_them() {
        for (word, time) in [
            ("2026-11-22", Some("2026-11-22T00:00:00Z")),
            ("2026-1-2", Some("2026-01-02T00:00:00Z")),
            ("2026-11-22T10:00:00Z", Some("2026-11-22T10:00:00Z")),
            ("2026-11-22t1:2:3.450+02:00", Some("2026-11-22T01:02:03.45+02:00")),
            ("2026-11-22 10:00:00", Some("2026-11-22T10:00:00Z")),
            ("2026-11-22T10:00:00+00:00", Some("2026-11-22T10:00:00Z")),
            ("2026-11-22T10:00:00", None),
            ("2026-13-01", None),
            ("2026-02-29", None),
            ("2024-02-29", Some("2024-02-29T00:00:00Z")),
            ("2026-11-22T24:00:00Z", None),
            ("26-11-22", None),
            ("2026-11-22 10:00:00Z", None),
        ] {
            assert_eq!(rfc3339(word).as_deref(), time, "{word}");
        }
    }
}
