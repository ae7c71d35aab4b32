//! What can be changed all the same of a workload.

use super::Update;
use super::row::written;
use super::table::SELECTOR;
use crate::diff::hold::is_true;
use crate::diff::{Change, Op};
use crate::manifest::Object;
use crate::yaml::Node;

/// The groups under which a selector can be changed, and is the labels of the template where it is not written.
const BETA: [&str; 2] = ["extensions/v1beta1", "apps/v1beta1"];

pub(super) fn is_no_beta(update: &Update, change: &Change) -> bool {
    !BETA.contains(&update.new.identity.api_version.as_str()) && is_no_default(update, change)
}

/// Whether a selector is another than the one that the API server had filled in before.
/// Source: `pkg/apis/extensions/v1beta1/defaults.go`, `pkg/apis/apps/v1beta1/defaults.go`.
pub(super) fn is_no_default(update: &Update, change: &Change) -> bool {
    let [old, new] = [update.old.node(), update.new.node()];
    let labels = old.at(&["spec", "template", "metadata", "labels"]);
    let selector = new.at(SELECTOR).filter(|selector| selector.entries().len() == 1);
    let is_default = change.op == Op::Add
        && old.at(SELECTOR).is_none()
        && BETA.contains(&update.old.identity.api_version.as_str())
        && labels.is_some()
        && selector.and_then(|selector| selector.get("matchLabels")) == labels;
    !is_default
}

/// The selector that a Job is given has a label of its own; nobody can write it who has not seen it.
/// Source: `pkg/registry/batch/job/strategy.go`: generateSelector.
pub(super) fn has_other_selector(update: &Update, change: &Change) -> bool {
    let is_given = |node: &Node| {
        let labels = node.get("matchLabels").map(Node::entries).unwrap_or_default();
        labels.iter().any(|label| label.key.ends_with("controller-uid"))
    };
    let only = if change.op == Op::Remove { update.old } else { update.new };
    let is_written = |object: &Object| written(object.node().at(SELECTOR)).is_some();
    is_written(update.old) && is_written(update.new) || !only.node().at(SELECTOR).is_some_and(is_given)
}

/// What the API server writes into a claim's template by itself.
const OF_CLAIMS: [&str; 4] = [".apiVersion", ".kind", ".status", ".metadata.creationTimestamp"];

pub(super) fn is_of_claim(_: &Update, change: &Change) -> bool {
    !OF_CLAIMS.iter().any(|end| change.path.shown().as_str().ends_with(end))
}

/// What of the template of a Job that has not started can be changed.
/// Source: `pkg/apis/batch/validation/validation.go`: validatePodTemplateUpdate.
const OF_SUSPENDED: [&[&str]; 6] = [
    &["spec", "template", "metadata", "labels"],
    &["spec", "template", "metadata", "annotations"],
    &["spec", "template", "spec", "nodeSelector"],
    &["spec", "template", "spec", "tolerations"],
    &["spec", "template", "spec", "schedulingGates"],
    &["spec", "template", "spec", "affinity", "nodeAffinity"],
];

const RESOURCES: [&[&str]; 2] = [
    &["spec", "template", "spec", "containers", "*", "resources"],
    &["spec", "template", "spec", "initContainers", "*", "resources"],
];

pub(super) fn is_not_suspended(update: &Update, change: &Change) -> bool {
    let is_suspended = update.old.node().at(&["spec", "suspend"]).is_some_and(is_true);
    let within = |keys: &&[&str]| change.path.within(keys);
    let minor = update.version.minor();
    let is_open = (minor >= 23 && (OF_SUSPENDED.iter().any(within) || is_node_affinity(update, change)))
        || (minor >= 36 && RESOURCES.iter().any(within));
    !(is_suspended && is_open)
}

/// Whether an affinity comes or goes that has nothing but an affinity to nodes.
fn is_node_affinity(update: &Update, change: &Change) -> bool {
    const AFFINITY: &[&str] = &["spec", "template", "spec", "affinity"];
    let is_only = |node: &Node| node.entries().iter().all(|entry| entry.key == "nodeAffinity");
    let sides = [update.old, update.new].map(|object| written(object.node().at(AFFINITY)));
    change.path.within(AFFINITY) && sides.into_iter().flatten().all(is_only)
}

/// Completions of an indexed Job change together with its parallelism; without either there is one.
/// Source: `pkg/apis/batch/validation/validation.go`: validateCompletions; `pkg/apis/batch/v1/defaults.go`.
pub(super) fn has_other_completions(update: &Update, _: &Change) -> bool {
    let [old, new] = [update.old.node(), update.new.node()];
    let number = |node: &Node, field| node.at(&["spec", field]).and_then(Node::as_int);
    let completions = |node| match (number(node, "completions"), number(node, "parallelism")) {
        (None, None) => Some(1),
        (completions, _) => completions,
    };
    let is_indexed = new.at(&["spec", "completionMode"]).and_then(Node::as_str) == Some("Indexed");
    let in_tandem = || completions(new) == Some(number(new, "parallelism").unwrap_or(1));
    completions(old) != completions(new) && !(is_indexed && update.version.minor() >= 27 && in_tandem())
}
