use super::gated_field::dropped;
use crate::check::{Finding, Rule, Severity, State};

pub(super) static RULE: Rule =
    Rule::new("field-not-in-version", Severity::Warning, include_str!("field_not_in_version.md")).of_state(find);

fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    dropped(state, |finding, server| !finding.is_in(server.version))
}
