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
use crate::manifest::Object;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// A finding with the rule that it is of.
#[derive(Clone, Debug)]
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
    let of_change = judge.all(|rule| rule.of_change.map(|find| find(review)));
    let mut new = judge.of_state(&review.new, |_| true);
    // The old state only tells what of this is not new, and which comments have become useless.
    let useless = new.iter().filter(|of| of.rule.name == USELESS_ALLOW.name).map(|of| of.finding.key.as_str());
    let needed: HashSet<&str> = new.iter().map(|of| of.rule.name).chain(useless).collect();
    let old = judge.of_state(&review.old, |rule| needed.contains(rule.name));
    set_apart(review, &old, &mut new);
    new.extend(of_change);
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
    /// What is wrong with a state by itself; last the comments that allow nothing of what is found.
    fn of_state(&self, state: &State<'s>, is_needed: impl Fn(&Rule) -> bool) -> Vec<Reported<'s>> {
        let allows = &self.allows[usize::from(state.when == When::After)];
        let mut found = self.all(|rule| rule.of_state.filter(|_| is_needed(rule)).map(|find| find(state)));
        found.extend(self.all(|rule| (rule.name == USELESS_ALLOW.name).then(|| allows.useless())));
        found
    }

    /// What the rules that count find, each in its way.
    fn all(&self, find: impl Fn(&'static Rule) -> Option<Vec<Finding<'s>>>) -> Vec<Reported<'s>> {
        let found = |rule| find(rule).into_iter().flatten().filter_map(move |finding| self.reported(rule, finding));
        Rule::all().filter(|rule| self.settings.has(rule)).flat_map(found).collect()
    }

    /// A finding with what the settings and comments say of it, if it counts.
    fn reported(&self, rule: &'static Rule, finding: Finding<'s>) -> Option<Reported<'s>> {
        let severity = self.settings.severity(rule, finding.severity, finding.at.path)?;
        let allowed = self.allows[usize::from(finding.at.when == When::After)].allow(rule, &finding.at);
        Some(Reported { rule, severity, finding, introduced: true, allowed, fingerprint: String::new() })
    }
}

/// Tells what the old state has too, or may have where it cannot be read. Of several alike in several files, those in files
/// that had it are the old ones.
fn set_apart<'s>(review: &Review<'s>, old: &[Reported<'s>], new: &mut [Reported<'s>]) {
    let mut in_file: HashMap<_, usize> = HashMap::new();
    for reported in old {
        let object = reported.finding.at.object.map(|object| review.successor(object));
        *in_file.entry((reported.key_of(object), reported.finding.at.path)).or_default() += 1;
    }
    let take = |left: Option<&mut usize>| left.filter(|left| **left > 0).map(|left| *left -= 1).is_some();
    let mut are_old: Vec<bool> = new.iter().map(|of| take(in_file.get_mut(&(of.key(), of.finding.at.path)))).collect();
    let mut elsewhere: HashMap<Key, usize> = HashMap::new();
    for ((key, _), left) in in_file {
        *elsewhere.entry(key).or_default() += left;
    }
    for (is_old, reported) in are_old.iter_mut().zip(&*new).filter(|(is_old, _)| !**is_old) {
        let may_be_old = || review.may_be_in(When::Before, reported.finding.at.path);
        *is_old = take(elsewhere.get_mut(&reported.key())) || may_be_old();
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
        self.key_of(self.finding.at.object)
    }

    /// The same, were it of another object.
    fn key_of<'k>(&'k self, object: Option<&'k Object>) -> Key<'k> {
        let identity = object.map(|object| &object.identity);
        (self.rule.name, identity.map(|of| [of.kind.as_str(), of.name.as_str()]), &self.finding.key)
    }
}
