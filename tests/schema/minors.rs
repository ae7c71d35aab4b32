//! Sets of minor versions, as bits, as they stand in the tables and as they are written in Rust.

pub const OLDEST: u8 = 2;
pub const NEWEST: u8 = 37;

/// A set of minors; one that has the newest goes on with those to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Minors(pub u64);

impl Minors {
    pub const ALL: Minors = Minors((1 << (NEWEST + 1)) - (1 << OLDEST));

    pub fn range(first: u8, last: u8) -> Minors {
        assert!((OLDEST..=NEWEST).contains(&first) && first <= last && last <= NEWEST, "1.{first}-1.{last}");
        Minors((1 << (last + 1)) - (1 << first))
    }

    /// Of `1.8-1.10 1.34 1.37-`.
    pub fn parse(text: &str) -> Minors {
        let run = |run: &str| match run.split_once('-') {
            None => Minors::range(minor(run), minor(run)),
            Some((first, "")) => Minors::range(minor(first), NEWEST),
            Some((first, last)) => Minors::range(minor(first), minor(last)),
        };
        text.split(' ').map(run).fold(Minors::default(), Minors::or)
    }

    pub fn or(self, other: Minors) -> Minors {
        Minors(self.0 | other.0)
    }

    pub fn and(self, other: Minors) -> Minors {
        Minors(self.0 & other.0)
    }

    pub fn has(self, minor: u8) -> bool {
        self.0 >> minor & 1 == 1
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn all() -> impl Iterator<Item = u8> {
        OLDEST..=NEWEST
    }

    /// The same with a minor in it or not.
    pub fn with(self, minor: u8, is_in: bool) -> Minors {
        let bit = 1 << minor;
        Minors(if is_in { self.0 | bit } else { self.0 & !bit })
    }

    /// The first and the last of those that follow one another.
    pub fn runs(self) -> Vec<(u8, u8)> {
        let mut runs: Vec<(u8, u8)> = Vec::new();
        for minor in Self::all().filter(|&minor| self.has(minor)) {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == minor => *last = minor,
                _ => runs.push((minor, minor)),
            }
        }
        runs
    }

    /// As [`Minors::parse`] reads it.
    pub fn text(self) -> String {
        let run = |(first, last)| match (first, last) {
            (first, NEWEST) => format!("1.{first}-"),
            (first, last) if first == last => format!("1.{first}"),
            (first, last) => format!("1.{first}-1.{last}"),
        };
        self.runs().into_iter().map(run).collect::<Vec<_>>().join(" ")
    }

    /// As Rust: `Minors::range(29, 33).or(Minors::since(35))`.
    pub fn rust(self) -> String {
        let run = |&(first, last): &(u8, u8)| match (first, last) {
            (OLDEST, NEWEST) => "Minors::ALL".to_owned(),
            (_, NEWEST) => format!("Minors::since({first})"),
            _ => format!("Minors::range({first}, {last})"),
        };
        match &self.runs()[..] {
            [] => "Minors::NONE".into(),
            [first, rest @ ..] => rest.iter().fold(run(first), |text, next| format!("{text}.or({})", run(next))),
        }
    }
}

/// The 37 of `1.37`.
pub fn minor(text: &str) -> u8 {
    let minor = text.strip_prefix("1.").and_then(|minor| minor.parse().ok());
    minor.unwrap_or_else(|| panic!("`{text}` is no version"))
}
