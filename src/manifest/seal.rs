//! The values of Secrets are sealed before anybody sees them: all that is not known to hold none, so that a misspelled
//! field is sealed too. Keys stay, and so do the name and the namespace.

use super::json::to_json;
use crate::kubernetes::LAST_APPLIED;
use crate::text::Sensitive;
use crate::yaml::{Node, Value, json_text};
use std::collections::HashSet;

/// The fields of a Secret that hold no value of it, where they are scalars as the API has them.
const OPEN: [&str; 4] = ["apiVersion", "kind", "type", "immutable"];

/// What makes an identity, which is not kept from anybody.
const NAMES: [&str; 2] = ["name", "namespace"];

/// Annotations in which tools keep a copy of the whole object: kubectl, kapp, Rancher's wrangler, Banzai's operators.
const COPIES: [&str; 4] =
    [LAST_APPLIED, "kapp.k14s.io/original", "objectset.rio.cattle.io/applied", "banzaicloud.com/last-applied"];

/// Seals the values of an object, or of what may be meant for one, if it is a Secret, and of Secrets in it, such as the
/// manifests in a custom resource. Returns whether there is any. An item of a `SecretList` is one whatever it says.
pub(super) fn seal(object: &mut Node, text: &[u8], of_secret_list: bool) -> bool {
    if of_secret_list || is_secret(object) {
        seal_secret(object, text);
        return true;
    }
    match &mut object.value {
        Value::Sequence(items) => items.iter_mut().fold(false, |any, item| seal(item, text, false) | any),
        _ => seal_within(object, text),
    }
}

/// Looks for Secrets inside of another object: there, a reference such as `{kind: Secret, name: web}` is none.
fn seal_within(node: &mut Node, text: &[u8]) -> bool {
    if says_secret(node) && has_values(node) {
        seal_secret(node, text);
        return true;
    }
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().fold(false, |any, item| seal_within(item, text) | any),
        Value::Mapping(entries) => entries.iter_mut().fold(false, |any, entry| {
            if entry.key == "secretGenerator" {
                seal_scalars(&mut entry.value);
                return true;
            }
            seal_within(&mut entry.value, text) | any
        }),
        _ => false,
    }
}

/// A Secret by its kind, or by its values where it has none; a list without a kind is one if an item is.
fn is_secret(object: &Node) -> bool {
    let without_kind = || kinds(object).next().is_none();
    let items = || object.get("items").map(Node::items).unwrap_or_default();
    says_secret(object)
        || field(object, "stringData").next().is_some()
        || (without_kind() && (has_values(object) || items().iter().any(is_secret)))
}

/// Kubernetes knows one spelling of the kind; a Secret with another is still meant for one.
fn says_secret(object: &Node) -> bool {
    kinds(object).any(|kind| kind.trim().eq_ignore_ascii_case("Secret"))
}

fn kinds(object: &Node) -> impl Iterator<Item = &str> {
    field(object, "kind").filter_map(Node::as_str)
}

fn has_values(object: &Node) -> bool {
    field(object, "data").chain(field(object, "stringData")).next().is_some()
}

/// The values under a key, however that is capitalized.
fn field<'n>(object: &'n Node, name: &str) -> impl Iterator<Item = &'n Node> {
    let entries = object.entries().iter().filter(move |entry| entry.key.eq_ignore_ascii_case(name));
    entries.map(|entry| &entry.value)
}

fn seal_secret(object: &mut Node, text: &[u8]) {
    let shared = has_alias(object, text);
    let Value::Mapping(entries) = &mut object.value else { return seal_scalars(object) };
    for entry in entries {
        match entry.key.as_str() {
            "metadata" if shared => seal_where(&mut entry.value, |key| !NAMES.contains(&key)),
            "metadata" => seal_copies(&mut entry.value),
            key if OPEN.contains(&key) && is_scalar(&entry.value) => {}
            _ => seal_scalars(&mut entry.value),
        }
    }
}

/// Metadata has no values but in copies of the object, and where the indentation went wrong.
fn seal_copies(metadata: &mut Node) {
    let Value::Mapping(entries) = &mut metadata.value else { return seal_scalars(metadata) };
    for entry in entries {
        match entry.key.as_str() {
            "annotations" => seal_where(&mut entry.value, |key| COPIES.contains(&key)),
            key if ["data", "stringData"].iter().any(|values| key.eq_ignore_ascii_case(values)) => {
                seal_scalars(&mut entry.value);
            }
            _ => {}
        }
    }
}

fn seal_where(mapping: &mut Node, closed: impl Fn(&str) -> bool) {
    let Value::Mapping(entries) = &mut mapping.value else { return seal_scalars(mapping) };
    entries.iter_mut().filter(|entry| closed(&entry.key)).for_each(|entry| seal_scalars(&mut entry.value));
}

/// The values of the Secrets among the items of a list, as JSON: another item may show one through an alias.
pub(super) fn values(items: &[Node], of_secret_list: bool) -> HashSet<String> {
    let mut values = HashSet::new();
    for secret in items.iter().filter(|item| of_secret_list || is_secret(item)) {
        let closed = |key: &str| key != "metadata" && !OPEN.contains(&key);
        let entries = secret.entries().iter().filter(|entry| closed(&entry.key));
        entries.for_each(|entry| gather(&entry.value, &mut values));
    }
    values
}

fn gather(node: &Node, values: &mut HashSet<String>) {
    if is_scalar(node) && !node.is_null() {
        values.insert(json_text(node));
    }
    node.items().iter().chain(node.entries().iter().map(|entry| &entry.value)).for_each(|node| gather(node, values));
}

/// Seals what stands in a node by an alias and is one of these values.
pub(super) fn seal_aliases(node: &mut Node, text: &[u8], values: &HashSet<String>) {
    if is_scalar(node) {
        if has_alias(node, text) && values.contains(&json_text(node)) {
            seal_scalars(node);
        }
        return;
    }
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(|item| seal_aliases(item, text, values)),
        Value::Mapping(entries) => entries.iter_mut().for_each(|entry| seal_aliases(&mut entry.value, text, values)),
        _ => {}
    }
}

/// Whether anything in the node stands there by an alias, so that one value can have two places: what an alias stands
/// for has the alias's span, and nothing else begins with `*`.
fn has_alias(node: &Node, text: &[u8]) -> bool {
    text.get(node.span.start as usize) == Some(&b'*')
        || node.items().iter().chain(node.entries().iter().map(|entry| &entry.value)).any(|node| has_alias(node, text))
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.value, Value::Sequence(_) | Value::Mapping(_))
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
