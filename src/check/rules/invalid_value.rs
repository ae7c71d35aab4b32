use crate::check::{Finding, Rule, Severity, State, Subject};
use crate::kubernetes::Kind;
use crate::template::{self, Problem, Refusal, refusals};

pub(super) static RULE: Rule =
    Rule::new("invalid-value", Severity::Error, include_str!("invalid_value.md")).of_state(find);

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
        // What a kustomization still works on may be completed by it, and `selector-mismatch` tells of the selector.
        let may_be = of.file.is_exact() && may_be_refused(of);
        let refused = if may_be { refusals(of.object.node(), of.template(), server) } else { Vec::new() };
        let is_of_selector =
            |refusal: &Refusal| refusal.path.starts_with("spec.selector") && !of.object.selects_own_pods();
        found.extend(refused.into_iter().filter(|refusal| !is_of_selector(refusal)).map(|refusal| {
            let message = format!("the API server refuses it: {refusal}");
            of.find_at(refusal.span, message).key(refusal.path)
        }));
    }
    found
}

/// A quick look, which is right where it says no.
fn may_be_refused(of: &Subject) -> bool {
    of.kind() != Some(Kind::Deployment) || template::may_be_refused(of.object.node(), of.template())
}
