//! What a cluster holds of the revisions of a history.

use crate::cli::context::Context;
use crate::cli::failure::Result;
use crate::cli::live::{Namespace, Workload};
use crate::cli::look::Look;
use crate::cli::origin::{Live, origins_in};
use crate::cli::world::World;
use crate::cluster::{Cluster, Held};
use crate::git::RepoPath;
use crate::kubernetes::Kind;
use crate::output::{History, LiveRevision, Note, Origin};
use crate::text::Untrusted;

/// Writes into each history what the cluster holds of it; with notes on what it does not have, or may not be read.
///
/// # Errors
/// The cluster gives no answer.
pub(super) fn join(
    context: &Context,
    world: &World,
    cluster: &Cluster,
    histories: &mut [History],
) -> Result<Vec<Note>> {
    let mut notes = Vec::new();
    for history in histories {
        let Some(kind) = Kind::of(history.object.kind.as_str()).filter(|kind| kind.has_revisions()) else { continue };
        let own = history.object.namespace.as_ref().map(Untrusted::as_str);
        let namespace = world.namespaces.of(own, &RepoPath::from(history.path.as_str()));
        let namespace = Namespace::at(context, cluster, namespace.unwrap_or(cluster.namespace()));
        history.live_only = Some(Vec::new());
        match namespace.get(kind, history.object.name.as_str())? {
            Some(workload) => notes.extend(join_one(context, world, &namespace, &workload, history)?),
            None => {
                let (name, namespace) = (history.object.qualified(), &namespace.name);
                notes.push(Note::new(format!("the cluster has no {} in namespace `{namespace}`", name.as_str())));
            }
        }
    }
    Ok(notes)
}

fn join_one(
    context: &Context,
    world: &World,
    namespace: &Namespace<'_>,
    workload: &Workload,
    history: &mut History,
) -> Result<Vec<Note>> {
    let kind = workload.kind;
    let (situation, mut notes) = Look { namespace, wanted: None }.situation(workload)?;
    let Some(held) = situation.held(kind) else {
        history.live_only = None;
        return Ok(notes);
    };
    let live = |held: &Held| {
        let (workload, name) = (workload.name.clone(), held.name.clone());
        let path = Some(history.path.clone());
        situation.revision(&held.name).map(|object| Live { kind, workload, name, object, path })
    };
    let live: Vec<Live<'_>> = held.iter().filter_map(live).collect();
    let (origins, more) = origins_in(context, world, &live, namespace)?;
    notes.extend(more);
    for (held, origin) in held.iter().zip(&origins) {
        let shown = of_held(held, origin.as_ref());
        match origin.as_ref().map(|origin| history.revisions.iter_mut().find(|row| is_of(row, origin))) {
            Some(Some(row)) => row.live.get_or_insert_default().push(shown),
            // Its row was not asked for.
            Some(None) => {}
            None => history.live_only.get_or_insert_default().push(shown),
        }
    }
    Ok(notes)
}

fn is_of(row: &crate::output::Row, origin: &Origin) -> bool {
    row.commit == origin.commit && row.revision == origin.revision
}

fn of_held(held: &Held, origin: Option<&Origin>) -> LiveRevision {
    let (pods, ready) = held.pods.map(|pods| (pods.all, pods.ready)).unzip();
    LiveRevision {
        name: held.name.as_str().into(),
        role: held.role,
        pods,
        ready,
        cluster_revision: held.number,
        restarted: origin.and_then(|origin| origin.restarted.clone()),
    }
}
