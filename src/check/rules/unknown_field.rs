use crate::check::{Finding, Rule, Severity, State};
use crate::template::Problem;

pub(super) static RULE: Rule =
    Rule::new("unknown-field", Severity::Error, include_str!("unknown_field.md")).of_state(find);

fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for of in state.subjects().filter(|of| of.workload().is_some()) {
        let unknown = of.template().findings().iter().filter(|of| matches!(of.problem, Problem::UnknownField { .. }));
        found.extend(unknown.map(|unknown| {
            let message = format!("{unknown}: the API server drops it, and kubectl refuses it");
            of.find_at(unknown.span, message).key(&unknown.path)
        }));
    }
    found
}
