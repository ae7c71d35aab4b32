//! Which rules count, and for how much.

use super::finding::Severity;
use super::rule::Rule;
use crate::git::RepoPath;
use std::collections::HashMap;

/// What a repository says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Off,
    At(Severity),
}

/// What a repository says of rules; of what it says nothing, the rules' own words count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    levels: HashMap<&'static str, Level>,
    except: HashMap<&'static str, Vec<RepoPath>>,
}

impl Settings {
    /// A rule counts so much, whatever it finds.
    pub fn set(&mut self, rule: &'static Rule, level: Level) {
        self.levels.insert(rule.name, level);
    }

    /// A rule does not look at these files and folders.
    pub fn except(&mut self, rule: &'static Rule, paths: impl IntoIterator<Item = RepoPath>) {
        self.except.entry(rule.name).or_default().extend(paths);
    }

    /// Whether a rule counts anywhere.
    pub(super) fn has(&self, rule: &Rule) -> bool {
        self.levels.get(rule.name).map_or(rule.on, |level| *level != Level::Off)
    }

    /// How bad something is that a rule finds in a file; none where it does not count.
    pub(super) fn severity(&self, rule: &Rule, found: Option<Severity>, path: &RepoPath) -> Option<Severity> {
        if self.except.get(rule.name).is_some_and(|paths| paths.iter().any(|of| path.is_under(of))) {
            return None;
        }
        match self.levels.get(rule.name) {
            Some(Level::Off) => None,
            Some(Level::At(severity)) => Some(*severity),
            None => rule.on.then_some(found.unwrap_or(rule.severity)),
        }
    }
}
