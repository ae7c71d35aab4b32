//! The values of a Secret are sealed before anybody sees them: `data`, `stringData`, whatever else a typing mistake may
//! have made of these, and kubectl's copy of the whole object in an annotation. Keys stay.

use super::json::to_json;
use crate::text::Sensitive;
use crate::yaml::{Node, Value};

/// kubectl's copy of what was applied.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The fields of a Secret that hold no values of it.
const OPEN: [&str; 5] = ["apiVersion", "kind", "metadata", "type", "immutable"];

/// Seals what is secret in an object of any API version whose kind is `Secret`.
pub(super) fn seal(object: &mut Node) {
    if let Value::Mapping(entries) = &mut object.value {
        let secret = entries.iter_mut().filter(|entry| !OPEN.contains(&entry.key.as_str()));
        secret.for_each(|entry| seal_scalars(&mut entry.value));
    }
    let annotations = object.get_mut("metadata").and_then(|metadata| metadata.get_mut("annotations"));
    if let Some(applied) = annotations.and_then(|annotations| annotations.get_mut(LAST_APPLIED)) {
        seal_scalars(applied);
    }
}

/// A scalar is sealed with the text of its JSON, so that equal values are equal sealed: `"1"` is not `1`.
fn seal_scalars(node: &mut Node) {
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(seal_scalars),
        Value::Mapping(entries) => entries.iter_mut().for_each(|entry| seal_scalars(&mut entry.value)),
        Value::Sealed(_) => {}
        _ => node.value = Value::Sealed(Sensitive::new(to_json(node).to_string())),
    }
}
