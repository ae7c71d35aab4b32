//! Hashes in tables, which never stand without their version: in the head where all have one, else beside each.

use super::{Cell, Meaning, Screen, cells};
use crate::kubernetes::Version;

/// How the hashes of a table say what they hold for.
///
/// ```text
/// FROM (1.33)  TO (1.33)        FROM               TO
/// 6c5f67b5f7   7d9f8bcb56       6c5f67b5f7 (1.33)  7d9f8bcb56 (1.33)
///                               -                  59d8c5d9f7 (1.36)
/// ```
pub(super) struct HashColumn<'v> {
    versions: Vec<&'v str>,
    /// Whether somebody chose all of them.
    configured: bool,
    screen: Screen,
}

impl<'v> HashColumn<'v> {
    /// For hashes of those versions.
    pub fn over(versions: impl Iterator<Item = &'v String>, configured: bool, screen: Screen) -> Self {
        let mut versions: Vec<&str> = versions.map(String::as_str).collect();
        versions.sort_unstable();
        versions.dedup();
        Self { versions, configured, screen }
    }

    /// The head above them.
    pub fn head(&self, word: &'static str) -> Cell {
        let head = Cell::new().words(word, Meaning::Heading);
        match self.versions[..] {
            [version] => {
                let head = head.words(" (", Meaning::Heading).computed(version, Meaning::Heading);
                let is_told = self.configured || !cells::is_roomy(self.screen);
                head.words(if is_told { ")" } else { ", not configured)" }, Meaning::Heading)
            }
            _ => head,
        }
    }

    /// A hash for one of the versions, if it is known.
    pub fn cell(&self, hash: Option<&String>, version: &str) -> Cell {
        let Some(hash) = hash else { return cells::nothing() };
        let cell = Cell::new().computed(hash, Meaning::Hash);
        match self.versions[..] {
            [_] => cell,
            _ => cell.words(" (", Meaning::Dim).computed(version, Meaning::Dim).words(")", Meaning::Dim),
        }
    }

    /// The line that says that nobody chose a version, where no head does.
    pub fn footer(&self) -> Option<Cell> {
        let is_told = self.versions.len() == 1 && cells::is_roomy(self.screen);
        if self.configured || is_told {
            return None;
        }
        // Nobody can have another version than the newest without choosing it.
        let newest = Version::NEWEST.to_string();
        let version = if let [version] = self.versions[..] { version } else { &newest };
        let line = Cell::new().words("HASH (", Meaning::Dim).computed(version, Meaning::Dim);
        Some(line.words(", not configured): give --kube-version, or set it in .rollbook.toml", Meaning::Dim))
    }
}
