//! `[check]`: what a repository says of the check before a commit.

use toml::de::{DeTable, DeValue};

use super::table::{Key, Keys, Problem, Refused, fill, in_order, level};
use crate::check::{Level, Rule, Settings, Severity};
use crate::git::RepoPath;

/// The settings of the check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::cli) struct CheckConfig {
    /// From which findings on it fails.
    pub fail_on: Option<Severity>,
    pub rules: Settings,
}

/// The keys of `[check]`.
pub(super) const KEYS: Keys<CheckConfig> = &[
    ("fail-on", Key::Severity(|check, severity| check.fail_on = Some(severity))),
    ("rules", Key::Table(CheckConfig::add_rules)),
];

/// What is said of one rule.
#[derive(Default)]
struct RuleConfig {
    level: Option<Level>,
    except: Vec<String>,
}

/// The keys of a rule.
const RULE_KEYS: Keys<RuleConfig> = &[
    ("severity", Key::Level(|rule, level| rule.level = Some(level))),
    ("except", Key::Texts(|rule, paths| rule.except = paths)),
];

impl CheckConfig {
    fn add_rules(&mut self, rules: DeTable<'_>) -> Result<(), Refused> {
        for (key, value) in in_order(rules) {
            let at = value.span().start;
            let name = key.get_ref().to_string();
            let unknown = |error| Refused { problem: Problem::UnknownRule(error), at: key.span().start };
            let rule: &'static Rule = name.parse().map_err(unknown)?;
            let mut config = RuleConfig::default();
            match value.into_inner() {
                DeValue::Table(table) => fill(&mut config, table, RULE_KEYS)?,
                value => {
                    let level = level(&value);
                    config.level = Some(level.ok_or(Refused { problem: Problem::NotLevel(name), at })?);
                }
            }
            config.level.iter().for_each(|level| self.rules.set(rule, *level));
            self.rules.except(rule, config.except.iter().map(|path| RepoPath::from(path.as_str())));
        }
        Ok(())
    }
}
