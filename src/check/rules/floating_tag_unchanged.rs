use crate::check::{Compared, Finding, Review, Rule, Severity};
use crate::diff::Reason;
use crate::kubernetes::CHANGE_CAUSE;

pub(super) static RULE: Rule =
    Rule::new("floating-tag-unchanged", Severity::Warning, include_str!("floating_tag_unchanged.md")).of_change(find);

/// What a key of a label or an annotation has in it that somebody changes to have a new image started.
const MEANT: [&str; 8] = ["version", "revision", "commit", "image", "build", "release", "deploy", "restart"];

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for (compared, _, new) in review.updated() {
        if new.revisioned().is_none() || !compared.changes_more_than_template() || !is_meant(compared) {
            continue;
        }
        let verdict = compared.verdict(review.delta);
        if let (Some(image), Reason::Metadata) = (&verdict.floating, &verdict.reason) {
            let image = image.as_str();
            let message = format!("`{image}` did not change, so no pod is replaced: it stays the image of today");
            found.push(
                new.find(&["metadata"], message).help("give the image a tag of its own for each build, or a digest"),
            );
        }
    }
    found
}

/// Whether something says that there is a new image.
fn is_meant(compared: &Compared) -> bool {
    let in_labels = |keys: &[&str]| compared.real_changes().any(|change| change.path.within(keys));
    let words = |change: &crate::diff::Change| change.path.shown().as_str().to_ascii_lowercase();
    let says = |change: &crate::diff::Change| MEANT.iter().any(|word| words(change).contains(word));
    in_labels(&["metadata", "annotations", CHANGE_CAUSE])
        || compared.real_changes().filter(|change| change.path.within(&["metadata"])).any(says)
}
