use crate::check::{Finding, Review, Rule, Severity};
use crate::kubernetes::CHANGE_CAUSE;

pub(super) static RULE: Rule =
    Rule::new("stale-change-cause", Severity::Error, include_str!("stale_change_cause.md")).of_change(find);

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let stale = review.updated().filter(|(compared, old, new)| {
        let cause = new.object.change_cause();
        new.revisioned().is_some()
            && cause.is_some()
            && cause == old.object.change_cause()
            && compared.changes_template()
    });
    let finding = |of: &crate::check::Subject<'s>| {
        of.find(
            &["metadata", "annotations", CHANGE_CAUSE],
            "the pod template changes, and the change-cause stays that of an older revision",
        )
        .help("say why this change is made, or remove the annotation: `rollbook history` then has the commit's subject")
    };
    stale.map(|(_, _, new)| finding(new)).collect()
}
