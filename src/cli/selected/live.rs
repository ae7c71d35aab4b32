//! The revision that a cluster runs.

use crate::cli::cluster::connect;
use crate::cli::context::Context;
use crate::cli::failure::{Failure, Result};
use crate::cli::live::Namespace;
use crate::cli::look::Look;
use crate::cli::onward::Next;
use crate::cli::origin::{Live, origins_in};
use crate::cli::world::World;
use crate::cluster::{Held, Role};
use crate::kubernetes::Kind;
use crate::output::{Note, ObjectName, Origin};
use crate::revision::{Lineage, Row};
use crate::text::Untrusted;

/// The row of a lineage that its workload runs. While two of them run, each is named.
///
/// # Errors
/// The cluster gives no answer, does not have the workload, or runs what is of no row.
pub(super) fn row<'l>(context: &Context, world: &World, lineage: &'l Lineage) -> Result<(&'l Row, Vec<Note>)> {
    let (identity, name) = (&lineage.identity, ObjectName::from(&lineage.identity).qualified());
    let Some(kind) = Kind::of(&identity.kind).filter(|kind| kind.has_revisions()) else {
        let failure = Failure::new(format!("a {} is not rolled out, so no revision of it is live", identity.kind));
        return Err(failure.hint("a Deployment, a DaemonSet and a StatefulSet are"));
    };
    let cluster = connect(context)?;
    let namespace = world.namespaces.of(identity.namespace.as_deref(), &lineage.path);
    let namespace = Namespace::at(context, &cluster, namespace.unwrap_or(cluster.namespace()));
    let Some(workload) = namespace.get(kind, &identity.name)? else {
        let what = format!("the cluster has no {} in namespace `{}`", name.as_str(), namespace.name);
        return Err(Failure::not_found(anyhow::anyhow!(what)).hint("another namespace: -n NAMESPACE"));
    };
    let look = Look { namespace: &namespace, wanted: None };
    let (mut situation, mut notes) = look.situation_with_revisions(&workload)?;
    let is_unknown = |held: &Held| held.role == Role::Unknown;
    if situation.held(kind).iter().flatten().any(is_unknown) {
        // Until the rollout is complete, only pods tell which of them run.
        (situation, notes) = look.situation_with_both(&workload)?;
    }
    let running = situation.running(kind).unwrap_or_default();
    let live = |held: &Held| {
        let (workload, name, path) = (workload.name.clone(), held.name.clone(), Some(lineage.path.shown()));
        situation.revision(&held.name).map(|object| Live { kind, workload, name, object, path })
    };
    let live: Vec<Live<'_>> = running.iter().filter_map(live).collect();
    let (origins, more) = origins_in(context, world, &live, &namespace)?;
    notes.extend(more);
    match (&running[..], &origins[..]) {
        ([held], [origin]) => {
            let is_it = |row: &&Row| origin.as_ref().is_some_and(|origin| is_of(row, origin));
            let row = lineage.rows.iter().rfind(is_it).ok_or_else(|| unknown(&name, held, world))?;
            Ok((row, notes))
        }
        ([], _) => {
            let what = format!("the controller has made no revision of {} yet", name.as_str());
            Err(Failure::not_found(anyhow::anyhow!(what)))
        }
        _ => {
            let what = format!("{} revisions of {} are live: its rollout goes on", running.len(), name.as_str());
            let readings = running.iter().zip(&origins).map(|(held, origin)| reading(held, origin.as_ref()));
            Err(readings.fold(Failure::new(what), Failure::hint))
        }
    }
}

fn is_of(row: &Row, origin: &Origin) -> bool {
    row.commit.id.to_string() == origin.commit
        && row.event.revision.map(|number| u64::from(number.get())) == origin.revision
}

/// That it is nothing of git's.
fn unknown(name: &Untrusted, held: &Held, world: &World) -> Failure {
    let held = Untrusted::from(held.name.as_str());
    let what = format!("`{}` is live, and of no revision at `{}`", held.terminal(), world.reference.as_str());
    Failure::not_found(anyhow::anyhow!(what))
        .next(Next::new("drift", name.as_str(), "").after("what the cluster has otherwise than git"))
}

/// How a revision that runs can be named.
fn reading(held: &Held, origin: Option<&Origin>) -> String {
    let role = format!("({}, {})", Untrusted::from(held.name.as_str()).terminal(), held.role.word());
    match origin.map(|origin| (origin.revision, &origin.commit[..12])) {
        Some((Some(number), _)) => format!("rev:{number}  {role}"),
        Some((None, commit)) => format!("commit:{commit}  {role}"),
        None => format!("{role} is of no revision of git"),
    }
}
