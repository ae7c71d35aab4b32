use crate::check::{Finding, Review, Rule, Severity, When};

pub(super) static RULE: Rule =
    Rule::new("removed-workload", Severity::Warning, include_str!("removed_workload.md")).of_change(find);

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for compared in review.compared().filter(|compared| compared.new.is_none()) {
        let Some(old) = compared.old.as_ref().filter(|old| old.workload().is_some()) else { continue };
        // Another namespace is the concern of `rename-orphans`, and of two in two folders one may be meant.
        let is_elsewhere = !review.delta.new.named(&old.identity().kind, &old.identity().name).is_empty();
        if is_elsewhere || review.may_be_in(When::After, &old.file.path) {
            continue;
        }
        let message = "the workload is gone: where what is not in git is pruned, its pods stop; elsewhere they stay";
        found.push(old.find(&["metadata", "name"], message));
    }
    found
}
