//! When the addresses of a Service stay.
//! Source: `pkg/apis/core/validation/validation.go`: ValidateServiceUpdate.

use super::Update;
use crate::diff::Change;
use crate::manifest::Object;
use crate::yaml::Node;

fn text<'o>(object: &'o Object, field: &str) -> Option<&'o str> {
    object.node().at(&["spec", field]).and_then(Node::as_str)
}

fn list<'o>(object: &'o Object, field: &str) -> Vec<&'o str> {
    let items = object.node().at(&["spec", field]).map(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::as_str).collect()
}

fn are_of_type(update: &Update, name: &str) -> [bool; 2] {
    [update.old, update.new].map(|object| text(object, "type").unwrap_or("ClusterIP") == name)
}

/// The first address is written in one of two fields, or both.
fn addresses(object: &Object) -> Vec<&str> {
    match list(object, "clusterIPs") {
        none if none.is_empty() => {
            text(object, "clusterIP").into_iter().filter(|address| !address.is_empty()).collect()
        }
        addresses => addresses,
    }
}

fn is_headless(object: &Object) -> bool {
    addresses(object).first() == Some(&"None")
}

/// An ExternalName has no address, and so can get one or leave it. What is not written the API server thinks of, or
/// keeps: only that it is none is known to be another.
pub(super) fn has_other_address(update: &Update, _: &Change) -> bool {
    let [old, new] = [update.old, update.new].map(addresses);
    let loses_it = || old.is_empty() && new.first() == Some(&"None");
    are_of_type(update, "ExternalName") == [false, false]
        && (differ(&old, &new) || loses_it() || is_released(update, "clusterIPs"))
}

pub(super) fn has_other_family(update: &Update, _: &Change) -> bool {
    let [old, new] = [update.old, update.new].map(|object| list(object, "ipFamilies"));
    are_of_type(update, "ExternalName") == [false, false]
        && ![update.old, update.new].into_iter().any(is_headless)
        && (differ(&old, &new) || is_released(update, "ipFamilies"))
}

/// Whether what both have is not the same: the second can come and go.
fn differ(old: &[&str], new: &[&str]) -> bool {
    old.iter().zip(new).any(|(old, new)| old != new)
}

/// Whether the second one goes, where the policy does not say that there is to be one.
fn is_released(update: &Update, field: &str) -> bool {
    let count = |object| list(object, field).len();
    count(update.old) == 2 && count(update.new) == 1 && text(update.new, "ipFamilyPolicy") != Some("SingleStack")
}

/// Source: validateLoadBalancerClassField.
pub(super) fn stays_balanced(update: &Update, _: &Change) -> bool {
    are_of_type(update, "LoadBalancer") == [true, true]
}

/// Source: validateServiceExternalTrafficFieldsUpdate.
pub(super) fn stays_checked(update: &Update, change: &Change) -> bool {
    let is_local = |object| text(object, "externalTrafficPolicy") == Some("Local");
    stays_balanced(update, change) && [update.old, update.new].into_iter().all(is_local)
}
