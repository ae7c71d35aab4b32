use crate::check::{Finding, Rule, Severity, State};
use crate::yaml::Notice;

pub(super) static RULE: Rule =
    Rule::new("duplicate-key", Severity::Error, include_str!("duplicate_key.md")).of_state(find);

fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for (file, warning) in state.warnings() {
        let (Notice::DuplicateKey(key) | Notice::MergeReplaces(key)) = &warning.notice else { continue };
        found.push(state.find_in(file, warning.at, warning.message()).key(key));
    }
    found
}
