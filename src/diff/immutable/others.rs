//! When a few fields of other kinds stay.

use super::Update;
use crate::diff::hold::is_true;
use crate::diff::{Change, Op};
use crate::manifest::Object;
use crate::yaml::Node;

/// What of a ConfigMap or Secret says so cannot be changed any more, nor that it says so.
pub(super) fn is_sealed(update: &Update, _: &Change) -> bool {
    update.old.node().get("immutable").is_some_and(is_true)
}

/// What the API server has moved from one field of a Secret to the other stays there.
pub(super) fn is_sealed_and_written(update: &Update, change: &Change) -> bool {
    is_sealed(update, change) && !is_removed(update, change)
}

pub(super) fn is_removed(_: &Update, change: &Change) -> bool {
    change.op == Op::Remove
}

pub(super) fn is_not_added(_: &Update, change: &Change) -> bool {
    change.op != Op::Add
}

/// Scopes are a set.
pub(super) fn has_other_scopes(update: &Update, _: &Change) -> bool {
    let scopes = |object: &Object| {
        let items = object.node().at(&["spec", "scopes"]).map(Node::items).unwrap_or_default();
        let mut scopes: Vec<String> = items.iter().filter_map(Node::as_str).map(str::to_owned).collect();
        scopes.sort();
        scopes
    };
    scopes(update.old) != scopes(update.new)
}

/// The group of a role is the one that there is, where it is not written.
pub(super) fn has_other_role(_: &Update, change: &Change) -> bool {
    let group = change.from().or(change.to()).and_then(|side| side.node.as_str());
    !(change.path.within(&["roleRef", "apiGroup"])
        && change.op != Op::Replace
        && group == Some("rbac.authorization.k8s.io"))
}

/// Whether a version goes in which there are objects in the store.
pub(super) fn was_stored(_: &Update, change: &Change) -> bool {
    let is_stored = |node: &Node| node.get("storage").is_some_and(is_true);
    change.op == Op::Remove
        && change.path.within(&["spec", "versions", "*"])
        && change.from().is_some_and(|side| is_stored(side.node))
}
