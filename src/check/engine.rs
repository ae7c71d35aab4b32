//! From two states to what the new one introduces.
//!
//! ```text
//!   the old state ──► rules ──► findings ─┐
//!                                         ├─► what only the new one has ─► what no comment allows ─► the report
//!   the new state ──► rules ──► findings ─┘              ▲
//!   both ───────────► rules ──► findings ────────────────┘
//! ```

use super::allow::Allows;
use super::finding::{Finding, Severity, When};
use super::review::Review;
use super::rule::Rule;
use super::rules::USELESS_ALLOW;
use super::settings::Settings;
use super::state::State;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A finding with the rule that it is of.
#[derive(Debug)]
pub struct Reported<'s> {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub finding: Finding<'s>,
    /// Whether the old state did not have it.
    pub introduced: bool,
    /// Whether a comment allows it.
    pub allowed: bool,
    /// The same for the same finding in later states, whatever lines come and go above it.
    pub fingerprint: String,
}

/// What makes a finding the same in two states. API versions and namespaces do not: an object may change them.
type Key<'f> = (&'static str, Option<[&'f str; 2]>, &'f str);

/// Looks at two states with all rules that count. Gives what it finds in the new state and between the two, by path and
/// place; what it finds in the old one only serves to tell what is new.
pub fn check<'s>(review: &Review<'s>, settings: &Settings) -> Vec<Reported<'s>> {
    let judge = Judge { settings, allows: [&review.old, &review.new].map(Allows::of) };
    let mut old = judge.of_state(&review.old);
    let mut new = judge.of_state(&review.new);
    let rules = Rule::all().filter(|rule| settings.has(rule));
    let found =
        rules.flat_map(|rule| rule.of_change.into_iter().flat_map(|find| find(review)).map(move |of| (rule, of)));
    new.extend(found.filter_map(|(rule, finding)| judge.reported(rule, finding)));
    for (found, allows) in [&mut old, &mut new].into_iter().zip(&judge.allows) {
        found.extend(allows.useless().into_iter().filter_map(|finding| judge.reported(&USELESS_ALLOW, finding)));
    }
    set_apart(&old, &mut new);
    new.sort_by_key(|of| (of.finding.at.path, of.finding.at.span.map(|span| span.start), of.rule.name));
    mark(&mut new);
    new
}

struct Judge<'c, 's> {
    settings: &'c Settings,
    /// Of the old state, and the new one.
    allows: [Allows<'s>; 2],
}

impl<'s> Judge<'_, 's> {
    /// What is wrong with a state by itself.
    fn of_state(&self, state: &State<'s>) -> Vec<Reported<'s>> {
        let rules = Rule::all().filter(|rule| self.settings.has(rule));
        let found =
            rules.flat_map(|rule| rule.of_state.into_iter().flat_map(|find| find(state)).map(move |of| (rule, of)));
        found.filter_map(|(rule, finding)| self.reported(rule, finding)).collect()
    }

    /// A finding with what the settings and comments say of it, if it counts.
    fn reported(&self, rule: &'static Rule, finding: Finding<'s>) -> Option<Reported<'s>> {
        let severity = self.settings.severity(rule, finding.severity, finding.at.path)?;
        let allowed = self.allows[usize::from(finding.at.when == When::After)].allow(rule, &finding.at);
        Some(Reported { rule, severity, finding, introduced: true, allowed, fingerprint: String::new() })
    }
}

/// Tells what the old state has too. Of several alike in several files, those in files that had it are the old ones.
fn set_apart(old: &[Reported], new: &mut [Reported]) {
    let mut in_file: HashMap<_, usize> = HashMap::new();
    for reported in old {
        *in_file.entry((reported.key(), reported.finding.at.path)).or_default() += 1;
    }
    let take = |left: Option<&mut usize>| left.filter(|left| **left > 0).map(|left| *left -= 1).is_some();
    let mut are_old: Vec<bool> = new.iter().map(|of| take(in_file.get_mut(&(of.key(), of.finding.at.path)))).collect();
    let mut elsewhere: HashMap<Key, usize> = HashMap::new();
    for ((key, _), left) in in_file {
        *elsewhere.entry(key).or_default() += left;
    }
    for (is_old, reported) in are_old.iter_mut().zip(&*new).filter(|(is_old, _)| !**is_old) {
        *is_old = take(elsewhere.get_mut(&reported.key()));
    }
    new.iter_mut().zip(are_old).for_each(|(reported, is_old)| reported.introduced = !is_old);
}

/// How many characters a fingerprint has.
const FINGERPRINT: usize = 16;

/// Gives each its fingerprint; several that are alike are counted.
fn mark(found: &mut [Reported]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for reported in found {
        let object = reported.finding.at.object.map(|object| &object.identity);
        let place = match object {
            Some(of) => [&of.kind, of.namespace.as_deref().unwrap_or_default(), &of.name].join("\0"),
            None => reported.finding.at.path.shown().as_str().to_owned(),
        };
        let words = [reported.rule.name, &reported.finding.key, &place].join("\0");
        let count = seen.entry(words.clone()).or_default();
        *count += 1;
        let digest = Sha256::digest(format!("{words}\0{count}"));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        reported.fingerprint = hex[..FINGERPRINT].to_owned();
    }
}

impl Reported<'_> {
    fn key(&self) -> Key<'_> {
        let object = self.finding.at.object.map(|object| &object.identity);
        (self.rule.name, object.map(|of| [of.kind.as_str(), of.name.as_str()]), &self.finding.key)
    }
}
