//! Kubernetes versions, and sets of them as bits.

use std::fmt;
use std::str::FromStr;

/// A minor version of Kubernetes whose names can be computed: patch releases never changed one.
///
/// ```
/// use rollbook::kubernetes::Version;
/// let version: Version = "v1.33.4-gke.1200".parse()?;
/// assert_eq!(version.to_string(), "1.33");
/// # Ok::<(), rollbook::kubernetes::BadVersion>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// The oldest version whose names can be computed.
    pub const OLDEST: Version = Version(2);
    /// The newest one, which holds where nothing else is configured.
    pub const NEWEST: Version = Version(37);

    /// All versions, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Version> {
        (Self::OLDEST.0..=Self::NEWEST.0).map(Version)
    }

    /// The version that a server tells of itself; of a release that is newer than all that are known, the newest of these.
    ///
    /// ```
    /// use rollbook::kubernetes::Version;
    /// assert_eq!(Version::of_server("v1.30.14")?.to_string(), "1.30");
    /// assert_eq!(Version::of_server("v1.99.0-eks-1")?, Version::NEWEST);
    /// # Ok::<(), rollbook::kubernetes::BadVersion>(())
    /// ```
    ///
    /// # Errors
    /// A text that is no version, or an older one than is known.
    pub fn of_server(text: &str) -> Result<Version, BadVersion> {
        match minor(text) {
            Some(minor) if minor > Self::NEWEST.0 => Ok(Self::NEWEST),
            _ => text.parse(),
        }
    }

    /// The number behind `1.`.
    pub const fn minor(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.0)
    }
}

/// A text that is no version, or one out of the range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not a Kubernetes version from {} to {}, such as `1.33` or `v1.33.4-gke.1200`", .text.escape_debug(), Version::OLDEST, Version::NEWEST)]
pub struct BadVersion {
    text: String,
}

impl FromStr for Version {
    type Err = BadVersion;

    /// Reads `1.34`, `v1.33.4-gke.1200`, `1.31.2+k3s1`: the patch and what a distribution appends are passed over.
    fn from_str(text: &str) -> Result<Self, BadVersion> {
        let known = minor(text).filter(|minor| (Self::OLDEST.0..=Self::NEWEST.0).contains(minor));
        known.map(Version).ok_or_else(|| BadVersion { text: text.to_owned() })
    }
}

/// The number behind `1.` in a release, known or not.
fn minor(text: &str) -> Option<u8> {
    let bare = text.trim();
    let release = bare.strip_prefix('v').unwrap_or(bare);
    let release = release.split_once(['-', '+']).map_or(release, |(release, _)| release);
    let numbers: Vec<u8> = release.split('.').map(number).collect::<Option<_>>()?;
    match numbers[..] {
        [1, minor] | [1, minor, _] => Some(minor),
        _ => None,
    }
}

fn number(text: &str) -> Option<u8> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A set of minor versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minors(u64);

impl Minors {
    /// Every version, those to come too.
    pub const ALL: Minors = Minors(u64::MAX);
    /// No version.
    pub const NONE: Minors = Minors(0);

    /// From `minor` on.
    pub const fn since(minor: u8) -> Minors {
        Minors(u64::MAX << minor)
    }

    /// From the one to the other, both included.
    pub const fn range(from: u8, to: u8) -> Minors {
        Minors(Self::since(from).0 & !Self::since(to + 1).0)
    }

    /// Those of either set.
    pub const fn or(self, other: Minors) -> Minors {
        Minors(self.0 | other.0)
    }

    /// Those that the other set has not.
    pub const fn except(self, other: Minors) -> Minors {
        Minors(self.0 & !other.0)
    }

    /// Those of both sets.
    pub const fn and(self, other: Minors) -> Minors {
        Minors(self.0 & other.0)
    }

    /// Whether the version is one of them.
    pub const fn has(self, version: Version) -> bool {
        self.0 >> version.0 & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_people_and_distributions_write_them() {
        for (text, minor) in [
            ("1.34", 34),
            ("v1.33.4-gke.1200", 33),
            ("1.31.2+k3s1", 31),
            ("v1.29.0-eks-a5ec690", 29),
            (" 1.37 ", 37),
            ("1.30.0-rc.1+abc", 30),
            ("v1.2.7", 2),
        ] {
            assert_eq!(text.parse(), Ok(Version(minor)), "{text}");
        }
    }

    #[test]
    fn a_server_may_be_newer_than_what_is_known() {
        for (text, expected) in [
            ("v1.30.14", Some(Version(30))),
            ("v1.37.2", Some(Version::NEWEST)),
            ("v1.38.0-alpha.1", Some(Version::NEWEST)),
            ("v1.1.8", None),
            ("v2.0.0", None),
            ("", None),
        ] {
            assert_eq!(Version::of_server(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_the_range() {
        for text in
            ["", "1", "1.1", "1.38", "2.30", "1.034x", "latest", "1.34.", "1..34", "1.+4", "1.34.1.1", "\u{1b}[31m"]
        {
            let error = text.parse::<Version>().unwrap_err().to_string();
            assert!(error.contains("from 1.2 to 1.37"), "{error}");
            assert!(!error.contains('\u{1b}'), "{error}");
        }
    }

    #[test]
    fn a_set_has_what_it_was_made_of() {
        let set = Minors::range(7, 11).or(Minors::since(35)).except(Minors::range(8, 9));
        let has: Vec<u8> = Version::all().filter(|&v| set.has(v)).map(Version::minor).collect();
        assert_eq!(has, [7, 10, 11, 35, 36, 37]);
    }
}
