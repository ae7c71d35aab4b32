//! What of claims and volumes cannot be changed.
//! Source: `pkg/apis/core/validation/validation.go`: ValidatePersistentVolumeClaimUpdate, ValidatePersistentVolumeUpdate.

use super::Update;
use super::row::written;
use crate::diff::{Change, Op};
use crate::kubernetes::Quantity;
use crate::manifest::Object;
use crate::yaml::{Value, json_text};

/// Whether a claim asks for less: volumes grow, but do not shrink.
pub(super) fn shrinks(update: &Update, _: &Change) -> bool {
    let size = |object: &Object| {
        let node = object.node().at(&["spec", "resources", "requests", "storage"])?;
        let text = node.as_str().map_or_else(|| json_text(node), str::to_owned);
        Quantity::on_the_wire(&text, true).ok().map(|quantity| quantity.about())
    };
    size(update.old).zip(size(update.new)).is_some_and(|(old, new)| new < old)
}

/// Where a claim has its data from is written in one of two fields, or both, and kept where it is in none.
/// Source: `pkg/api/persistentvolumeclaim/util.go`: NormalizeDataSources.
pub(super) fn has_other_source(update: &Update, _: &Change) -> bool {
    let source = |object: &Object| {
        let field = |name| written(object.node().at(&["spec", name]));
        field("dataSourceRef").or_else(|| field("dataSource")).cloned()
    };
    let new = source(update.new);
    new.is_some() && new != source(update.old)
}

/// What a volume has beside the place where its data is.
const NO_SOURCE: [&str; 9] = [
    "accessModes",
    "capacity",
    "claimRef",
    "mountOptions",
    "nodeAffinity",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
    "volumeMode",
];

pub(super) fn is_of_source(_: &Update, change: &Change) -> bool {
    let is_other = NO_SOURCE.iter().any(|field| change.path.within(&["spec", field]));
    let is_first_secret = change.op == Op::Add && change.path.within(&["spec", "csi", "controllerExpandSecretRef"]);
    !is_other && !is_first_secret && !says_nothing(change)
}

/// Labels of nodes, as they were called and as they are.
const LABELS: [[&str; 2]; 5] = [
    ["beta.kubernetes.io/arch", "kubernetes.io/arch"],
    ["beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"],
    ["beta.kubernetes.io/os", "kubernetes.io/os"],
    ["failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"],
    ["failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"],
];

/// Whether a volume can be reached from other nodes, or calls them by labels that are not those of today.
/// Source: validatePvNodeAffinity.
pub(super) fn has_other_nodes(update: &Update, _: &Change) -> bool {
    let text = |object: &Object| object.node().at(&["spec", "nodeAffinity"]).map(json_text);
    let renamed = |text: String| {
        LABELS.iter().fold(text, |text, [old, new]| text.replace(&format!("\"{old}\""), &format!("\"{new}\"")))
    };
    text(update.old).map(renamed) != text(update.new)
}

/// Whether something comes or goes that says what is so without it.
fn says_nothing(change: &Change) -> bool {
    let only = if change.op == Op::Add { change.to() } else { change.from() };
    change.op != Op::Replace && only.is_some_and(|side| side.node.value == Value::Bool(false))
}
