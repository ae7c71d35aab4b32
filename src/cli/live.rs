//! The workloads on the cluster that are meant.

use serde_json::Value;

use super::context::Context;
use super::failure::{Failure, Result};
use super::target::Target;
use super::world::namespace_of_scope;
use crate::cluster::{Cluster, List, MANAGER, Resource, body, taken_over};
use crate::diff::{Bond, Delivery, Pair, Placed, Running, applied};
use crate::kubernetes::{Kind, Version};
use crate::manifest::{self, Object};
use crate::output::DiffItem;
use crate::template::Server;
use crate::text::closest;
use crate::yaml::Dialect;

/// A workload as it is.
pub(super) struct Workload {
    pub kind: Kind,
    pub name: String,
    pub object: Value,
}

/// A namespace of a cluster, in which a command looks for workloads.
pub(super) struct Namespace<'c> {
    pub cluster: &'c Cluster,
    pub name: String,
    /// For hints.
    command: String,
}

impl<'c> Namespace<'c> {
    /// The namespace that was asked for, else that of the scope that was, else that of the context.
    ///
    /// # Errors
    /// A scope that no configuration has.
    pub fn of(context: &Context, cluster: &'c Cluster) -> Result<Namespace<'c>> {
        let asked = match &context.globals.namespace {
            Some(name) => Some(name.clone()),
            None => namespace_of_scope(context)?,
        };
        Ok(Namespace::at(context, cluster, asked.as_deref().unwrap_or(cluster.namespace())))
    }

    /// The version of the API server, if it tells one that is known here: a newer one is taken for the newest.
    pub fn version(&self) -> Option<Version> {
        Version::of_server(&self.cluster.version().ok()?).ok()
    }

    /// One of that name.
    pub fn at(context: &Context, cluster: &'c Cluster, name: &str) -> Namespace<'c> {
        Namespace { cluster, name: name.to_owned(), command: context.globals.command.clone() }
    }

    /// All that are rolled out.
    ///
    /// # Errors
    /// The cluster gives no answer, or has none.
    pub fn all(&self) -> Result<Vec<Workload>> {
        let found = self.list(&KINDS)?;
        if found.is_empty() {
            let what = format!("no Deployment, StatefulSet or DaemonSet in namespace `{}`", self.name);
            return Err(Failure::not_found(anyhow::anyhow!(what)).hint("another namespace: -n NAMESPACE"));
        }
        Ok(found)
    }

    /// Those that are named, in that order.
    ///
    /// # Errors
    /// The cluster gives no answer, or has no such workload; a name that is one of several; a kind that is not rolled out.
    pub fn named(&self, targets: &[Target]) -> Result<Vec<Workload>> {
        targets.iter().map(|target| self.one(target)).collect()
    }

    /// The workload of a kind and a name, if there is one.
    ///
    /// # Errors
    /// The cluster gives no answer.
    pub fn get(&self, kind: Kind, name: &str) -> Result<Option<Workload>> {
        let object = self.cluster.get(&Resource::of(kind), Some(&self.name), name)?;
        Ok(object.map(|object| Workload::of(kind, object)))
    }

    fn one(&self, target: &Target) -> Result<Workload> {
        let kinds = match target.kind {
            Some(kind) if !kind.has_revisions() => {
                let failure = Failure::new(format!("a {} is not rolled out", kind.name()));
                return Err(failure.hint("a Deployment, a DaemonSet and a StatefulSet are"));
            }
            Some(kind) => vec![kind],
            None => KINDS.to_vec(),
        };
        let resources: Vec<Resource> = kinds.iter().map(|&kind| Resource::of(kind)).collect();
        let objects = self.cluster.get_each(&resources, Some(&self.name), &target.name)?;
        let found = kinds.iter().zip(objects).filter_map(|(&kind, object)| Some(Workload::of(kind, object?)));
        let mut found: Vec<Workload> = found.collect();
        match (found.pop(), &found[..]) {
            (Some(workload), []) => Ok(workload),
            (None, _) => Err(self.none(target, &kinds)),
            (last, _) => {
                found.extend(last);
                let what = format!("`{}` is the name of {} workloads: one has to be chosen", target.name, found.len());
                let hint = |of: &Workload| format!("rollbook {} … {}", self.command, of.target());
                Err(found.iter().map(hint).fold(Failure::new(what), Failure::hint))
            }
        }
    }

    /// That there is none, with what may have been meant.
    fn none(&self, target: &Target, kinds: &[Kind]) -> Failure {
        let kind = target.kind.map_or("workload", Kind::name);
        let what = format!("the cluster has no {kind} `{}` in namespace `{}`", target.name, self.name);
        let failure = Failure::not_found(anyhow::anyhow!(what));
        // Whoever may not list gets no suggestion.
        let there = self.list(kinds).unwrap_or_default();
        match closest(&target.name, there.iter().map(|of| of.name.as_str())) {
            Some(meant) => failure.hint(format!("did you mean `{meant}`?")),
            None => failure.hint("another namespace: -n NAMESPACE; another cluster: --context NAME"),
        }
    }

    fn list(&self, kinds: &[Kind]) -> Result<Vec<Workload>> {
        let list = |&kind: &Kind| List::of(Resource::of(kind), Some(&self.name));
        let mut found = Vec::new();
        for (&kind, objects) in kinds.iter().zip(self.cluster.list_each(&kinds.iter().map(list).collect::<Vec<_>>())) {
            found.extend(objects?.into_iter().map(|object| Workload::of(kind, object)));
        }
        Ok(found)
    }
}

/// The kinds that are rolled out.
pub(super) const KINDS: [Kind; 3] = [Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet];

impl Workload {
    fn of(kind: Kind, object: Value) -> Workload {
        let name = object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        Workload { kind, name, object }
    }

    /// As a command names it.
    pub fn target(&self) -> String {
        target(self.kind, &self.name)
    }
}

/// `deployment/web`
pub(super) fn target(kind: Kind, name: &str) -> String {
    format!("{}/{name}", kind.name().to_lowercase())
}

/// A live object as a manifest would have it: without its status and what the server keeps.
pub(super) fn read(live: &Value) -> Option<Object> {
    let text = body(live.clone(), None, None).to_string();
    manifest::read(text.as_bytes(), Dialect::Kubectl).objects.into_iter().next()
}

/// A live object, and what an apply of this tool that sends `sent` would make of it; or why that is not known.
pub(super) fn after_apply(sent: &Value, live: &Value) -> std::result::Result<(Object, Object), String> {
    let unreadable = "what the cluster has of it cannot be read";
    let (set, before) = read(sent).zip(read(live)).ok_or(unreadable)?;
    // What kubectl applied in its old way is taken over first.
    let taken_over = taken_over(live, MANAGER);
    let managed = &taken_over.as_ref().unwrap_or(live)["metadata"]["managedFields"];
    let after = applied(&set.stored(), &before, managed, MANAGER).map_err(|mismatch| mismatch.to_string())?;
    Ok((before, after))
}

/// A live object, if there is one, and what comes of it.
pub(super) fn pair<'a>(before: Option<Placed<'a>>, after: Placed<'a>) -> Pair<'a> {
    match before {
        Some(old) => Pair::Both { old, new: after, bond: Bond::Identity },
        None => Pair::Added(after),
    }
}

/// What is different between the two. After a collision of names the controller counts, and no name is that of the template
/// alone.
pub(super) fn item(pair: &Pair<'_>, live: Option<&Value>, server: Server) -> Option<DiffItem> {
    let item = DiffItem::of(pair, false, server, Delivery::Plain, &Running::default())?;
    match live.is_some_and(|live| live["status"]["collisionCount"].as_i64().is_some_and(|count| count > 0)) {
        true => Some(DiffItem { verdict: item.verdict.unnamed(), ..item }),
        false => Some(item),
    }
}
