//! What a cluster runs of the workloads of a list.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use crate::cli::context::Context;
use crate::cli::failure::Result;
use crate::cli::live::{KINDS, Namespace};
use crate::cli::look::{BELONGINGS, or_note};
use crate::cli::origin::{Live, origins_in};
use crate::cli::world::World;
use crate::cluster::{Cluster, Held, List, Resource, Situation};
use crate::git::RepoPath;
use crate::kubernetes::Kind;
use crate::output::{ListItem, Note, StatusRevision};
use crate::text::Untrusted;

/// A kind, a namespace and a name.
type Place = (Kind, String, String);

/// Writes into each item what the cluster runs of it; with notes on what may not be read.
///
/// # Errors
/// The cluster gives no answer.
pub(super) fn join(context: &Context, world: &World, cluster: &Cluster, items: &mut [ListItem]) -> Result<Vec<Note>> {
    let asked = Namespace::of(context, cluster)?;
    let place = |item: &ListItem| {
        let kind = Kind::of(item.object.kind.as_str()).filter(|kind| kind.has_revisions())?;
        let own = item.object.namespace.as_ref().map(Untrusted::as_str);
        let namespace = world.namespaces.of(own, &RepoPath::from(item.path.as_str()));
        let namespace = namespace.unwrap_or(cluster.namespace()).to_owned();
        Some((kind, namespace, item.object.name.as_str().to_owned()))
    };
    let places: Vec<Option<Place>> = items.iter().map(place).collect();
    let namespaces: BTreeSet<&str> = places.iter().flatten().map(|(_, namespace, _)| namespace.as_str()).collect();
    let (there, mut notes) = There::of(cluster, &namespaces.into_iter().collect::<Vec<_>>())?;
    let mut running: Vec<(usize, Kind, &Situation, Held)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let Some(place) = place else { continue };
        items[at].live = Some(there.is_known(place).then(Vec::new));
        let Some(situation) = there.all.get(place) else { continue };
        match situation.running(place.0) {
            Some(held) => running.extend(held.into_iter().map(|held| (at, place.0, situation, held))),
            None => items[at].live = Some(None),
        }
    }
    let mut live: Vec<Live<'_>> = Vec::with_capacity(running.len());
    for (at, kind, situation, held) in &running {
        let situation: &Situation = situation;
        let object = situation.revision(&held.name).expect("it is held");
        let (workload, path) = (items[*at].object.name.as_str().to_owned(), Some(items[*at].path.clone()));
        live.push(Live { kind: *kind, workload, name: held.name.clone(), object, path });
    }
    let (origins, more) = origins_in(context, world, &live, &asked)?;
    notes.extend(more);
    for ((at, _, _, held), origin) in running.into_iter().zip(origins) {
        if let Some(Some(live)) = &mut items[at].live {
            live.push(StatusRevision::of(held, origin));
        }
    }
    Ok(notes)
}

/// The workloads of some namespaces, asked for at once.
#[derive(Default)]
struct There {
    /// Each with what belongs to it.
    all: HashMap<Place, Situation>,
    /// The kinds that may not be listed, and where.
    refused: HashSet<(Kind, String)>,
}

impl There {
    fn of(cluster: &Cluster, namespaces: &[&str]) -> Result<(There, Vec<Note>)> {
        let mut lists = Vec::new();
        for namespace in namespaces {
            let kinds = KINDS.into_iter().chain(BELONGINGS);
            lists.extend(kinds.map(|kind| List::of(Resource::of(kind), Some(namespace))));
        }
        let mut answers = cluster.list_each(&lists).into_iter();
        let (mut there, mut notes) = (There::default(), Vec::new());
        for &namespace in namespaces {
            let mut next = || or_note(answers.next().expect("there is an answer for each list"), &mut notes);
            let mut workloads = Vec::new();
            for kind in KINDS {
                match next()? {
                    Some(found) => workloads.extend(found.into_iter().map(|workload| (kind, workload))),
                    None => drop(there.refused.insert((kind, namespace.to_owned()))),
                }
            }
            let belongings = [next()?, next()?, next()?];
            let places: Vec<Place> =
                workloads.iter().map(|(kind, of)| (*kind, namespace.to_owned(), name(of))).collect();
            there.all.extend(places.into_iter().zip(Situation::of_all(workloads, belongings)));
        }
        Ok((there, notes))
    }

    /// Whether all of the kind that are in the namespace are known.
    fn is_known(&self, (kind, namespace, _): &Place) -> bool {
        !self.refused.contains(&(*kind, namespace.clone()))
    }
}

fn name(workload: &Value) -> String {
    workload["metadata"]["name"].as_str().unwrap_or_default().to_owned()
}
