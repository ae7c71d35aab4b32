//! What a cluster runs of the workloads of a list.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::cli::context::Context;
use crate::cli::failure::Result;
use crate::cli::live::Namespace;
use crate::cli::look::or_note;
use crate::cli::origin::{Live, origins_in};
use crate::cli::world::World;
use crate::cluster::{Cluster, Held, Holdings, List, Resource};
use crate::git::RepoPath;
use crate::kubernetes::Kind;
use crate::output::{ListItem, Note, StatusRevision};
use crate::text::Untrusted;

/// The kinds that are rolled out, and those that belong to them.
const KINDS: [Kind; 6] =
    [Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet, Kind::ReplicaSet, Kind::ControllerRevision, Kind::Pod];

/// A kind, a namespace and a name.
type Place = (Kind, String, String);

/// Writes into each item what the cluster runs of it; with notes on what may not be read.
///
/// # Errors
/// The cluster gives no answer.
pub(super) fn join(context: &Context, world: &World, cluster: &Cluster, items: &mut [ListItem]) -> Result<Vec<Note>> {
    let asked = Namespace::of(context, cluster);
    let place = |item: &ListItem| {
        let kind = Kind::of(item.object.kind.as_str()).filter(|kind| kind.has_revisions())?;
        let own = item.object.namespace.as_ref().map(Untrusted::as_str);
        let namespace = world.namespaces.of(own, &RepoPath::from(item.path.as_str()));
        let namespace = namespace.unwrap_or(cluster.namespace()).to_owned();
        Some((kind, namespace, item.object.name.as_str().to_owned()))
    };
    let places: Vec<Option<Place>> = items.iter().map(place).collect();
    let namespaces: BTreeSet<&str> = places.iter().flatten().map(|(_, namespace, _)| namespace.as_str()).collect();
    let (all, mut notes) = holdings(cluster, &namespaces.into_iter().collect::<Vec<_>>())?;
    let mut running: Vec<(usize, Kind, &Holdings, Held)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let Some(place) = place else { continue };
        items[at].live = Some(Vec::new());
        if let Some(holdings) = all.get(place) {
            running.extend(holdings.running(place.0).into_iter().map(|held| (at, place.0, holdings, held)));
        }
    }
    let mut live: Vec<Live<'_>> = Vec::with_capacity(running.len());
    for (at, kind, holdings, held) in &running {
        let holdings: &Holdings = holdings;
        let object = holdings.revision(&held.name).expect("it is held");
        let (workload, path) = (items[*at].object.name.as_str().to_owned(), Some(items[*at].path.clone()));
        live.push(Live { kind: *kind, workload, name: held.name.clone(), object, path });
    }
    let (origins, more) = origins_in(context, world, &live, &asked)?;
    notes.extend(more);
    for ((at, _, _, held), origin) in running.into_iter().zip(origins) {
        items[at].live.get_or_insert_default().push(StatusRevision::of(held, origin));
    }
    Ok(notes)
}

/// All workloads of some namespaces with what belongs to them, asked for at once.
fn holdings(cluster: &Cluster, namespaces: &[&str]) -> Result<(HashMap<Place, Holdings>, Vec<Note>)> {
    let list = |&namespace: &&str| KINDS.map(|kind| List::of(Resource::of(kind), Some(namespace)));
    let lists: Vec<List> = namespaces.iter().flat_map(list).collect();
    let mut answers = cluster.list_each(&lists).into_iter();
    let (mut all, mut notes) = (HashMap::new(), Vec::new());
    for namespace in namespaces {
        let mut next = || or_note(answers.next().unwrap_or(Ok(Vec::new())), &mut notes);
        let workloads = [next()?, next()?, next()?];
        let revisions = [next()?, next()?].concat();
        let pods = next()?;
        for holdings in Holdings::of_all(workloads.concat(), revisions, pods) {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let name = text(&holdings.workload["metadata"]["name"]);
            if let Some(kind) = Kind::of(&text(&holdings.workload["kind"])) {
                all.insert((kind, (*namespace).to_owned(), name), holdings);
            }
        }
    }
    Ok((all, notes))
}
