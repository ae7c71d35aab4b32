//! What of a Pod can be changed.
//! Source: `pkg/apis/core/validation/validation.go`: ValidatePodUpdate.

use super::Update;
use super::row::written;
use crate::diff::hold::is_true;
use crate::diff::{Change, Op};
use crate::manifest::Object;
use crate::yaml::Node;

const IMAGES: [&[&str]; 2] = [&["spec", "containers", "*", "image"], &["spec", "initContainers", "*", "image"]];
const DEADLINE: &[&str] = &["spec", "activeDeadlineSeconds"];
const GRACE: &[&str] = &["spec", "terminationGracePeriodSeconds"];
const TOLERATIONS: &[&str] = &["spec", "tolerations"];
const GATES: &[&str] = &["spec", "schedulingGates"];
const NODE_SELECTOR: &[&str] = &["spec", "nodeSelector"];
const AFFINITY: &[&str] = &["spec", "affinity"];
const NODE_AFFINITY: &[&str] = &["spec", "affinity", "nodeAffinity"];
const PREFERRED: &[&str] = &["spec", "affinity", "nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution"];
const REQUIRED: &[&str] = &["spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"];
const TERMS: &[&str] =
    &["spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"];
const LINKS: &[&str] = &["spec", "enableServiceLinks"];

pub(super) fn is_fixed(update: &Update, change: &Change) -> bool {
    let within = |keys: &[&str]| change.path.within(keys);
    let is_image = IMAGES.iter().any(|keys| within(keys)) && change.op == Op::Replace;
    let may_change = is_image
        || (within(DEADLINE) && may_end(update))
        || (within(GRACE) && may_be_graceful(update))
        || (within(TOLERATIONS) && keeps_tolerations(update))
        || (within(GATES) && change.op == Op::Remove)
        || (within(LINKS) && is_default_of_pods(change))
        || (is_gated(update) && may_narrow(update, change));
    !may_change
}

/// Of a Pod the API server fills in what it does not in a template.
/// Source: `pkg/apis/core/v1/defaults.go`: SetDefaults_Pod.
fn is_default_of_pods(change: &Change) -> bool {
    change.op != Op::Replace && change.from().or(change.to()).is_some_and(|side| is_true(side.node))
}

/// A deadline can be set, and come nearer.
fn may_end(update: &Update) -> bool {
    match update.numbers(DEADLINE) {
        [None, _] => true,
        [Some(old), Some(new)] => new <= old,
        [Some(_), None] => false,
    }
}

/// A negative one of old counts as one second, and can be written so.
fn may_be_graceful(update: &Update) -> bool {
    matches!(update.numbers(GRACE), [Some(..0), Some(1)])
}

/// Tolerations can be added, and last longer or shorter.
fn keeps_tolerations(update: &Update) -> bool {
    let items = |object: &Object| {
        let tolerations = object.node().at(TOLERATIONS).map(Node::items).unwrap_or_default();
        let fields = |item: &Node| ["key", "operator", "value", "effect"].map(|field| item.get(field).cloned());
        tolerations.iter().map(fields).collect::<Vec<_>>()
    };
    let new = items(update.new);
    items(update.old).iter().all(|toleration| new.contains(toleration))
}

/// Whether nothing has placed the pod yet, and nothing may: what would place it can be made stricter since 1.27.
fn is_gated(update: &Update) -> bool {
    written(update.old.node().at(GATES)).is_some() && update.version.minor() >= 27
}

/// A node can be asked for more. Terms stand for one another, so that another one would ask for less.
/// Source: validateNodeSelectorMutation, validateNodeAffinityMutation.
fn may_narrow(update: &Update, change: &Change) -> bool {
    let within = |keys: &[&str]| change.path.within(keys);
    let is_added = change.op == Op::Add;
    let asks = update.old.node().at(REQUIRED).is_some();
    let is_term = || within(TERMS) && change.path.depth() == TERMS.len() + 1;
    (is_added && within(NODE_SELECTOR))
        || (is_of_nodes(update, change) && (!asks || within(PREFERRED) || (is_added && !is_term())))
}

/// Whether an affinity to nodes changes, or comes or goes as the only one.
fn is_of_nodes(update: &Update, change: &Change) -> bool {
    let is_only = |object: &Object| {
        let affinity = object.node().at(AFFINITY).map(Node::entries).unwrap_or_default();
        affinity.iter().all(|entry| entry.key == "nodeAffinity")
    };
    let is_whole = change.path.within(AFFINITY) && change.path.depth() == AFFINITY.len();
    change.path.within(NODE_AFFINITY) || (is_whole && is_only(update.old) && is_only(update.new))
}
