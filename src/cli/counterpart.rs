//! The objects that git has, and what the cluster has of each.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::command::apply::namespace;
use super::failure::Result;
use super::filter::Filter;
use super::world::World;
use crate::cluster::{Cluster, Error, List, Resource};
use crate::git::RepoPath;
use crate::kubernetes::{Kind, group_of};
use crate::manifest::{Identity, Object};
use crate::snapshot::{File, Snapshot};
use crate::text::Untrusted;

/// So many objects of a kind and namespace are asked for one by one; more are listed.
const FEW: usize = 2;

/// An object that git has.
pub(super) struct Wanted<'s> {
    pub object: &'s Object,
    pub file: &'s File,
    /// Where it is in the cluster, if it is of a kind that has namespaces.
    pub namespace: String,
}

/// What the objects of one list have in common.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Group {
    api_version: String,
    kind: String,
    namespace: String,
}

/// What the cluster says of one object.
#[derive(Clone, Copy)]
pub(super) enum Answer<'a> {
    There(&'a Value),
    Missing,
    /// It was not told, for that reason.
    Unknown(&'a Untrusted),
}

/// What the cluster says of all.
#[derive(Default)]
pub(super) struct Answers {
    groups: HashMap<Group, std::result::Result<HashMap<String, Value>, Untrusted>>,
    /// What was asked for.
    pub resources: Vec<Resource>,
}

impl<'s> Wanted<'s> {
    /// The objects of a state that are meant, each once: of several of one identity in a file the last, which counts.
    pub fn all(world: &World, snapshot: &'s Snapshot, filters: &[Filter], default: &str) -> Vec<Wanted<'s>> {
        let mut last: HashMap<(&RepoPath, &Identity), usize> = HashMap::new();
        let mut wanted: Vec<Option<Wanted<'_>>> = Vec::new();
        for (place, object) in snapshot.objects() {
            let (file, identity) = (snapshot.file(place), &object.identity);
            let is_meant = (filters.is_empty() || Filter::any_takes(filters, identity))
                && world.namespaces.has(identity, &file.path)
                && file.path.is_under_any(&world.paths)
                && !object.is_generated();
            if !is_meant {
                continue;
            }
            if let Some(before) = last.insert((&file.path, identity), wanted.len()) {
                wanted[before] = None;
            }
            let namespace = namespace(world, object, &file.path, default);
            wanted.push(Some(Wanted { object, file, namespace }));
        }
        wanted.into_iter().flatten().collect()
    }

    /// Whether something works on it before it reaches the cluster.
    pub fn is_rendered(&self) -> bool {
        !self.file.is_exact()
    }

    /// Why it is not known what of it reaches the cluster, if it is not.
    pub fn unknown(&self) -> Option<String> {
        let by = self.file.role.rendered_by().first()?.shown();
        Some(format!("`{}` may change it on its way to the cluster", by.as_str()))
    }

    fn group(&self) -> Group {
        let identity = &self.object.identity;
        Group {
            api_version: identity.api_version.clone(),
            kind: identity.kind.clone(),
            namespace: self.namespace.clone(),
        }
    }
}

impl Answers {
    /// Asks the cluster for all objects. Where it may not be asked for some, only they are not known; `strictly` makes an
    /// error of that.
    pub fn of(cluster: &Cluster, wanted: &[Wanted<'_>], strictly: bool) -> Result<Answers> {
        let mut names: BTreeMap<Group, Vec<&str>> = BTreeMap::new();
        for one in wanted.iter().filter(|one| !one.is_rendered()) {
            names.entry(one.group()).or_default().push(&one.object.identity.name);
        }
        let (mut answers, mut lists, mut listed) = (Answers::default(), Vec::new(), Vec::new());
        for (group, names) in names {
            let Some(resource) = resource(cluster, &group)? else {
                let what = format!("the cluster does not serve `{}` of `{}`", group.kind, group.api_version);
                answers.groups.insert(group, Err(what.into()));
                continue;
            };
            if !answers.resources.contains(&resource) {
                answers.resources.push(resource.clone());
            }
            if names.len() > FEW {
                lists.push(List::of(resource, Some(&group.namespace)));
                listed.push(group);
                continue;
            }
            let get = |name: &str| cluster.get(&resource, Some(&group.namespace), name);
            let found = names.iter().map(|name| get(name)).collect::<std::result::Result<Vec<_>, Error>>();
            let found = found.map(|found| found.into_iter().flatten().collect());
            answers.take(group, found, strictly)?;
        }
        for (group, found) in listed.into_iter().zip(cluster.list_each(&lists)) {
            answers.take(group, found, strictly)?;
        }
        Ok(answers)
    }

    fn take(&mut self, group: Group, found: std::result::Result<Vec<Value>, Error>, strictly: bool) -> Result<()> {
        let answer = match found {
            Ok(found) => {
                let named = |object: Value| Some((object["metadata"]["name"].as_str()?.to_owned(), object));
                Ok(found.into_iter().filter_map(named).collect())
            }
            Err(error) if error.is_forbidden() && !strictly => Err(error.to_string().into()),
            Err(error) => return Err(error.into()),
        };
        self.groups.insert(group, answer);
        Ok(())
    }

    /// What it says of one of them.
    pub fn of_one(&self, wanted: &Wanted<'_>) -> Answer<'_> {
        match self.groups.get(&wanted.group()) {
            Some(Ok(found)) => found.get(&wanted.object.identity.name).map_or(Answer::Missing, Answer::There),
            Some(Err(reason)) => Answer::Unknown(reason),
            None => Answer::Missing,
        }
    }
}

/// What the cluster calls a kind: under the version that git says, else under one that is served for long, if that is of the
/// same kind and no other group's that has its name.
fn resource(cluster: &Cluster, group: &Group) -> Result<Option<Resource>> {
    let known = Kind::of(&group.kind).map(Resource::of);
    if let Some(known) = known.as_ref().filter(|known| known.api_version == group.api_version) {
        return Ok(Some(known.clone()));
    }
    let served = cluster.resource(&group.api_version, &group.kind)?;
    Ok(served.or(known.filter(|known| is_one(&group.kind, &group.api_version, known.group()))))
}

/// Whether an object of a kind and an `apiVersion` may be one that is served under a group: it is of that, or of one that the
/// kind has left (`extensions/v1beta1`).
pub(super) fn is_one(kind: &str, api_version: &str, group: &str) -> bool {
    let has_moved = || Kind::of(kind).is_some_and(|kind| kind.group() == group && kind.served(api_version).is_some());
    group_of(api_version) == group || has_moved()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_one_name_are_told_apart_by_their_groups() {
        for (kind, api_version, group, one) in [
            ("Service", "v1", "", true),
            ("Service", "serving.knative.dev/v1", "", false),
            ("Service", "v1", "serving.knative.dev", false),
            ("Service", "serving.knative.dev/v1", "serving.knative.dev", true),
            ("Deployment", "extensions/v1beta1", "apps", true),
            ("Deployment", "apps/v1beta2", "apps", true),
            ("Ingress", "networking.internal.knative.dev/v1alpha1", "networking.k8s.io", false),
        ] {
            assert_eq!(is_one(kind, api_version, group), one, "{kind} {api_version} {group}");
        }
    }
}
