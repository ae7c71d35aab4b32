//! What only the cluster has.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::cli::counterpart::{Answers, Wanted, is_one};
use crate::cli::failure::Result;
use crate::cli::filter::Filter;
use crate::cli::live::read;
use crate::cluster::{Cluster, List, Resource};
use crate::kubernetes::Kind;
use crate::output::{DriftItem, DriftState, ObjectName};

/// The kinds that are looked for, beside those that git has or somebody names.
const KINDS: [Kind; 4] = [Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet, Kind::Service];

/// Finds the objects that a selector takes and that git does not have: in the namespaces of those that it has, else in the one
/// where one looks. What belongs to another object came by that.
pub(super) fn find(
    cluster: &Cluster,
    answers: &Answers,
    wanted: &[Wanted<'_>],
    filters: &[Filter],
    (namespace, selector): (&str, &str),
) -> Result<Vec<DriftItem>> {
    let mut resources: Vec<Resource> =
        answers.resources.iter().filter(|resource| resource.namespaced).cloned().collect();
    for resource in KINDS.into_iter().chain(Filter::kinds(filters)).map(Resource::of).filter(|of| of.namespaced) {
        let is_it = |known: &Resource| known.kind == resource.kind && known.group() == resource.group();
        if !resources.iter().any(is_it) {
            resources.push(resource);
        }
    }
    let mut namespaces: BTreeSet<&str> = wanted.iter().map(|one| one.namespace.as_str()).collect();
    if namespaces.is_empty() {
        namespaces.insert(namespace);
    }
    let list = |resource: &Resource, namespace: &str| List::of(resource.clone(), Some(namespace)).labels(selector);
    let lists: Vec<List> =
        namespaces.iter().flat_map(|namespace| resources.iter().map(|resource| list(resource, namespace))).collect();
    let mut extra = Vec::new();
    for (list, found) in lists.iter().zip(cluster.list_each(&lists)) {
        for live in found? {
            if !is_owned(&live) && !wanted.iter().any(|one| is_it(one, &list.resource, &live)) {
                extra.extend(item(&live));
            }
        }
    }
    Ok(extra)
}

fn is_owned(live: &Value) -> bool {
    live["metadata"]["ownerReferences"].as_array().is_some_and(|owners| !owners.is_empty())
}

fn is_it(one: &Wanted<'_>, resource: &Resource, live: &Value) -> bool {
    let identity = &one.object.identity;
    resource.kind == identity.kind
        && is_one(&identity.kind, &identity.api_version, resource.group())
        && live["metadata"]["name"] == identity.name
        && live["metadata"]["namespace"] == one.namespace
}

fn item(live: &Value) -> Option<DriftItem> {
    let object = read(live)?;
    Some(DriftItem { state: DriftState::Extra, ..DriftItem::of(ObjectName::from(&object.identity), None) })
}
