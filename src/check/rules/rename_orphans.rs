use crate::check::subject::called;
use crate::check::{Finding, Review, Rule, Severity, Subject, When};
use crate::diff::Bond;

pub(super) static RULE: Rule =
    Rule::new("rename-orphans", Severity::Warning, include_str!("rename_orphans.md")).of_change(find);

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let renamed = review.updated().filter(|(compared, ..)| compared.bond() == Some(Bond::Renamed));
    let mut found: Vec<Finding> = renamed
        .map(|(_, old, new)| {
            let message = format!(
                "another name is another object: `{}` and its pods stay in the cluster until somebody deletes it",
                called(old.identity())
            );
            new.find(&["metadata", "name"], message).help(format!("kubectl delete {}", called(old.identity())))
        })
        .collect();
    for (old, new) in moved(review) {
        let namespace = old.identity().namespace.as_deref().unwrap_or_default();
        let message = format!(
            "another namespace is another object: the one in `{namespace}` and its pods stay in the cluster until \
             somebody deletes it"
        );
        let delete = format!("kubectl delete -n {namespace} {}", called(old.identity()));
        found.push(new.find(&["metadata", "namespace"], message).help(delete));
    }
    found
}

/// The workloads that are in another namespace now, in the same file.
fn moved<'r, 's>(review: &'r Review<'s>) -> Vec<(&'r Subject<'s>, &'r Subject<'s>)> {
    let gone = |of: &&Subject| of.workload().is_some() && of.identity().namespace.is_some();
    let alone = |when| {
        let side = move |of: &'r crate::check::Compared<'s>| match (when, &of.old, &of.new) {
            (When::Before, Some(old), None) => Some(&**old),
            (When::After, None, Some(new)) => Some(&**new),
            _ => None,
        };
        review.compared().filter_map(side).filter(gone)
    };
    let is_it = |old: &Subject, new: &Subject| {
        let (old_id, new_id) = (old.identity(), new.identity());
        old.file.path == new.file.path && (&old_id.kind, &old_id.name) == (&new_id.kind, &new_id.name)
    };
    alone(When::Before).filter_map(|old| Some((old, alone(When::After).find(|new| is_it(old, new))?))).collect()
}
