use crate::check::{Finding, Review, Rule, Severity};
use crate::diff::{Bond, immutable};
use crate::kubernetes::Kind;

pub(super) static RULE: Rule =
    Rule::new("immutable-field", Severity::Error, include_str!("immutable_field.md")).of_change(find);

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for (compared, old, new) in review.updated().filter(|(of, ..)| of.bond() != Some(Bond::Renamed)) {
        // Of what makes pods, only a Job's template is fixed.
        if new.kind() != Some(Kind::Job) && new.workload().is_some() && !compared.changes_more_than_template() {
            continue;
        }
        let version = review.new.setting(new).server.version;
        for change in immutable(old.object, new.object, compared.changes(), version) {
            let path = change.path.shown();
            let message = format!("the API server refuses this change of `{}`", path.as_str());
            let help = "keep the old value, or delete the object in the cluster and have it created anew";
            found.push(new.find_at(change.place(), message).key(path.as_str()).help(help));
        }
    }
    found
}
