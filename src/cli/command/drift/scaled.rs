//! Replicas that an autoscaler counts: what git says of them is where it began.

use std::collections::BTreeSet;

use serde_json::Value;

use super::look::Seen;
use crate::cli::failure::Result;
use crate::cluster::{Cluster, List, Resource};
use crate::kubernetes::Kind;
use crate::output::{DriftReplicas, Note};
use crate::snapshot::Snapshot;
use crate::text::Untrusted;

/// The field that it counts.
const REPLICAS: &str = "spec.replicas";

/// Takes the replicas that autoscalers of git or of the cluster count for no drift, and names the autoscaler.
pub(super) fn settle(cluster: &Cluster, snapshot: &Snapshot, seen: &mut [Seen<'_>]) -> Result<Vec<Note>> {
    let has_other = |one: &&mut Seen<'_>| one.item.fields.iter().any(|field| field.change.path.as_str() == REPLICAS);
    let mut scaled: Vec<&mut Seen<'_>> = seen.iter_mut().filter(has_other).collect();
    let namespaces: BTreeSet<&str> = scaled.iter().map(|one| one.wanted.namespace.as_str()).collect();
    let resource = Resource::of(Kind::HorizontalPodAutoscaler);
    let lists: Vec<List> = namespaces.iter().map(|namespace| List::of(resource.clone(), Some(namespace))).collect();
    let mut live: Vec<(String, Value)> = Vec::new();
    let mut notes = Vec::new();
    for (namespace, found) in namespaces.into_iter().zip(cluster.list_each(&lists)) {
        match found {
            Ok(found) => live.extend(found.into_iter().map(|autoscaler| (namespace.to_owned(), autoscaler))),
            Err(error) if error.is_forbidden() => {
                notes.push(Note::new(format!("autoscalers of the cluster are not known: {error}")));
            }
            Err(error) => return Err(error.into()),
        }
    }
    for one in &mut scaled {
        let by = in_git(snapshot, one).or_else(|| in_cluster(&live, one));
        let at = one.item.fields.iter().position(|field| field.change.path.as_str() == REPLICAS);
        if let (Some(by), Some(at)) = (by, at) {
            let change = one.item.fields.remove(at).change;
            one.item.replicas = Some(DriftReplicas { git: change.from, live: change.to, autoscaler: by });
        }
    }
    Ok(notes)
}

fn in_git(snapshot: &Snapshot, one: &Seen<'_>) -> Option<Untrusted> {
    let identity = &one.wanted.object.identity;
    let places = snapshot.of_kind(Kind::HorizontalPodAutoscaler).into_iter();
    let scales = |object: &crate::manifest::Object| {
        let target = object.scale_target();
        let is_it = target.is_some_and(|target| target.kind == identity.kind && target.name == identity.name);
        is_it && object.identity.namespace.as_deref().is_none_or(|namespace| namespace == one.wanted.namespace)
    };
    places
        .map(|place| snapshot.object(place))
        .find(|object| scales(object))
        .map(|object| object.identity.name.as_str().into())
}

fn in_cluster(live: &[(String, Value)], one: &Seen<'_>) -> Option<Untrusted> {
    let identity = &one.wanted.object.identity;
    let scales = |(namespace, autoscaler): &&(String, Value)| {
        let target = &autoscaler["spec"]["scaleTargetRef"];
        *namespace == one.wanted.namespace && target["kind"] == identity.kind && target["name"] == identity.name
    };
    live.iter().find(scales).and_then(|(_, autoscaler)| autoscaler["metadata"]["name"].as_str()).map(Untrusted::from)
}
