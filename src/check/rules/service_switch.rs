use crate::check::subject::called;
use crate::check::{Finding, Review, Rule, Severity, State, Subject};
use crate::kubernetes::Kind;
use crate::snapshot::Place;
use std::rc::Rc;

pub(super) static RULE: Rule =
    Rule::new("service-switch", Severity::Info, include_str!("service_switch.md")).of_change(find);

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for of in selections(review) {
        if !of.before.is_empty() && !of.after.is_empty() && of.before != of.after {
            let list = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let message = format!("its traffic goes from {} to {}", list(&of.before), list(&of.after));
            found.push(of.service.find(&["spec", "selector"], message));
        }
    }
    found
}

/// What a Service of both states selects in each.
pub(super) struct Selection<'s> {
    pub service: Rc<Subject<'s>>,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

/// The Services whose own labels, or those of a workload, may have changed what they select.
pub(super) fn selections<'s>(review: &Review<'s>) -> Vec<Selection<'s>> {
    let relabelled = |of: &crate::check::Compared| match (&of.old, &of.new) {
        (Some(old), Some(new)) => old.object.pod_labels() != new.object.pod_labels(),
        (Some(old), None) => old.workload().is_some(),
        (None, _) => false,
    };
    let any = review.compared().any(|of| of.old.as_ref().is_some_and(|old| old.workload().is_some()) && relabelled(of));
    let services = review.delta.new.of_kind(Kind::Service);
    let mut found = Vec::new();
    for place in services {
        let service = review.new.any(place);
        let Some(old) = before(review, &service) else { continue };
        if any || review.of(service.object).is_some() {
            let before = selected(&review.old, old);
            let after = selected(&review.new, place);
            found.push(Selection { service, before, after });
        }
    }
    found
}

/// The same Service in the old state: in the same file, if it is not looked at.
fn before(review: &Review, service: &Subject) -> Option<Place> {
    if let Some(compared) = review.of(service.object) {
        return compared.old.as_ref().map(|old| old.place);
    }
    let old = &review.delta.old;
    let is_it = |place: &&Place| {
        old.file(**place).path == service.file.path && old.object(**place).identity == *service.identity()
    };
    old.named(&service.identity().kind, &service.identity().name).iter().find(is_it).copied()
}

/// What it selects, by name.
fn selected(state: &State, service: Place) -> Vec<String> {
    let uses = state.snapshot.workloads_of(service);
    let mut names: Vec<String> = uses.iter().map(|of| called(&state.snapshot.object(of.workload).identity)).collect();
    names.sort();
    names.dedup();
    names
}
