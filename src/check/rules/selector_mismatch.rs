use super::service_switch::selections;
use crate::check::{Finding, Review, Rule, Severity, State};

pub(super) static RULE: Rule = Rule::new("selector-mismatch", Severity::Error, include_str!("selector_mismatch.md"))
    .of_state(of_state)
    .of_change(of_change);

/// Workloads whose pods are not theirs. A kustomization may add labels to both.
fn of_state<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let is_wrong = |of: &&std::rc::Rc<crate::check::Subject<'s>>| {
        of.workload().is_some() && of.file.is_exact() && !of.object.selects_own_pods()
    };
    let finding = |of: &crate::check::Subject<'s>| {
        of.find(
            &["spec", "selector"],
            "the selector does not select the labels of the pod template: the API server refuses it",
        )
    };
    state.subjects().filter(is_wrong).map(|of| finding(of)).collect()
}

/// Services that have lost their pods.
fn of_change<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for of in selections(review) {
        let exact = of.service.file.is_exact();
        if let ([old, ..], [], true) = (&of.before[..], &of.after[..], exact) {
            let message = format!("no workload here has the labels that it selects any more; `{old}` had them");
            found.push(of.service.find(&["spec", "selector"], message).as_bad_as(Severity::Warning));
        }
    }
    found
}
