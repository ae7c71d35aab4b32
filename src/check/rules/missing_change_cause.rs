use crate::check::{Finding, Review, Rule, Severity};
use crate::kubernetes::CHANGE_CAUSE;

pub(super) static RULE: Rule =
    Rule::new("missing-change-cause", Severity::Warning, include_str!("missing_change_cause.md")).of_change(find).off();

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for compared in review.compared() {
        let Some(new) = compared.new.as_ref().filter(|new| new.revisioned().is_some()) else { continue };
        let is_new_revision = compared.old.is_none() || compared.changes_template();
        if is_new_revision && new.object.change_cause().is_none() {
            let finding = new.find(&["metadata"], format!("a new revision without the annotation `{CHANGE_CAUSE}`"));
            found.push(finding.help("say in it why this change is made"));
        }
    }
    found
}
