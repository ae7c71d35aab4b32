//! A rule, and the list of all of them.

use super::finding::{Finding, Severity};
use super::page::Page;
use super::review::Review;
use super::rules::RULES;
use super::state::State;
use crate::text::closest;
use std::fmt;
use std::str::FromStr;

/// Something that a change to manifests should not do, or that somebody should know of.
pub struct Rule {
    /// As configuration, comments and reports name it: `immutable-field`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Whether it counts where nobody says so.
    pub on: bool,
    /// What is wrong with one state: what the old one has too is not new.
    pub(super) of_state: Option<OfState>,
    /// What the change does.
    pub(super) of_change: Option<OfChange>,
    pub(super) page: &'static str,
}

pub(super) type OfState = for<'s> fn(&State<'s>) -> Vec<Finding<'s>>;
pub(super) type OfChange = for<'s> fn(&Review<'s>) -> Vec<Finding<'s>>;

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.name)
    }
}

impl Rule {
    /// A rule that looks at nothing yet.
    pub(super) const fn new(name: &'static str, severity: Severity, page: &'static str) -> Rule {
        Rule { name, severity, on: true, of_state: None, of_change: None, page }
    }

    /// With what it looks for in each state.
    pub(super) const fn of_state(self, find: OfState) -> Rule {
        Rule { of_state: Some(find), ..self }
    }

    /// With what it looks for between them.
    pub(super) const fn of_change(self, find: OfChange) -> Rule {
        Rule { of_change: Some(find), ..self }
    }

    /// Only for who asks for it.
    pub(super) const fn off(self) -> Rule {
        Rule { on: false, ..self }
    }

    /// All rules, by name.
    pub fn all() -> impl Iterator<Item = &'static Rule> {
        RULES.iter().copied()
    }

    /// Its page with its name and severity, as Markdown.
    pub fn markdown(&self) -> String {
        let off = if self.on { "" } else { ", off where `.rollbook.toml` does not turn it on" };
        format!("# {}\n\nSeverity: {}{off}.\n\n{}", self.name, self.severity.word(), self.page)
    }

    /// What it is for, why that hurts, and an example of each sort.
    pub fn page(&self) -> Page {
        Page::read(self.page)
    }
}

/// A word that is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{}`", .given.escape_debug())]
pub struct UnknownRule {
    /// The word as it was given.
    pub given: String,
    /// The rule that may have been meant.
    pub suggestion: Option<&'static str>,
}

impl FromStr for &'static Rule {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Rule::all().find(|rule| rule.name == name).ok_or_else(|| UnknownRule {
            given: name.to_owned(),
            suggestion: closest(name, Rule::all().map(|rule| rule.name)),
        })
    }
}
