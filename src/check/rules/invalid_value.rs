use crate::check::{Finding, Rule, Severity, State};
use crate::template::{Problem, refusals};

pub(super) static RULE: Rule =
    Rule::new("invalid-value", Severity::Error, include_str!("invalid_value.md")).of_state(find);

/// What a kustomization still works on may be completed by it.
fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for of in state.subjects().filter(|of| of.workload().is_some()) {
        let server = state.setting(of).server;
        let errors = of.template().findings().iter().filter(|finding| {
            finding.is_error(server.version)
                && !matches!(finding.problem, Problem::Unhashed { .. } | Problem::Timestamp)
        });
        found.extend(
            errors.map(|error| {
                of.find_at(error.span, format!("the API server cannot read it: {error}")).key(&error.path)
            }),
        );
        let refused = if of.file.is_exact() { refusals(of.object.node(), of.template(), server) } else { Vec::new() };
        found.extend(refused.into_iter().map(|refusal| {
            let message = format!("the API server refuses it: {refusal}");
            of.find_at(refusal.span, message).key(refusal.path)
        }));
    }
    found
}
