//! What was seen, and what git knows of it, as an answer.

use jiff::Timestamp;

use crate::cli::context::Context;
use crate::cli::failure::Result;
use crate::cli::live::{Namespace, target};
use crate::cli::look::Seen;
use crate::cli::onward::{Next, Onward};
use crate::cli::origin::{Live, origins};
use crate::cli::stuck::deletion;
use crate::cluster::{Ailing, Held, Progress, Role};
use crate::kubernetes::Kind;
use crate::output::{Note, ObjectName, StatusHelp, StatusItem, StatusPod, StatusRevision};
use crate::text::Untrusted;

/// An item for each, with notes on what is not known.
pub(super) fn items(
    context: &Context,
    namespace: &Namespace<'_>,
    seen: &[Seen],
) -> Result<(Vec<StatusItem>, Vec<Note>)> {
    let held: Vec<Option<Vec<Held>>> = seen.iter().map(|seen| seen.situation.running(seen.kind)).collect();
    let live: Vec<Live<'_>> =
        seen.iter().zip(&held).flat_map(|(seen, held)| held.iter().flatten().filter_map(|of| live(seen, of))).collect();
    // It may have been watched for long.
    let now = Timestamp::now();
    let (origins, more) = origins(context, &live, namespace)?;
    let mut origins = origins.into_iter();
    let items = seen.iter().zip(held).map(|(seen, held)| {
        let mut revision = |held| StatusRevision::of(held, origins.next().flatten());
        let revisions = held.map(|held| held.into_iter().map(&mut revision).collect());
        item(context, (&namespace.name, now), seen, revisions)
    });
    let items = items.collect();
    let mut notes: Vec<Note> = Vec::new();
    for note in seen.iter().flat_map(|seen| seen.notes.clone()).chain(more) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Ok((items, notes))
}

fn live<'s>(seen: &'s Seen, held: &Held) -> Option<Live<'s>> {
    let object = seen.situation.revision(&held.name)?;
    Some(Live { kind: seen.kind, workload: name(seen).to_owned(), name: held.name.clone(), object, path: None })
}

fn name(seen: &Seen) -> &str {
    seen.situation.workload["metadata"]["name"].as_str().unwrap_or_default()
}

fn item(
    context: &Context,
    (namespace, now): (&str, Timestamp),
    seen: &Seen,
    revisions: Option<Vec<StatusRevision>>,
) -> StatusItem {
    let (situation, kind) = (&seen.situation, seen.kind);
    let ailing = situation.ailing(kind, now);
    let newest = situation.newest(kind);
    let (of_newest, of_others): (Vec<&Ailing>, Vec<&Ailing>) =
        ailing.iter().filter(|of| of.reason.what.lasts()).partition(|of| of.revision == newest);
    let is_stuck = seen.rollout.progress == Progress::Failed || situation.refusal().is_some() || !of_newest.is_empty();
    let mut help =
        if is_stuck { help(context, namespace, seen, revisions.as_deref().unwrap_or_default()) } else { Vec::new() };
    // Its controller waits for them before it replaces them.
    let waited_for = of_others.into_iter().filter(|_| kind == Kind::StatefulSet && newest.is_some());
    help.extend(waited_for.map(|of| StatusHelp {
        what: "lets its controller go on".into(),
        command: deletion(context, namespace, &of.pod).into(),
    }));
    StatusItem {
        object: ObjectName {
            api_version: "apps/v1".into(),
            kind: kind.name().into(),
            namespace: Some(namespace.into()),
            name: name(seen).into(),
        },
        progress: seen.rollout.progress,
        line: seen.rollout.line.as_str().into(),
        paused: situation.is_paused(),
        replicas: situation.replicas(kind),
        revisions,
        pods: situation.knows_pods(kind).then(|| ailing.into_iter().map(pod).collect()),
        refusal: situation.refusal().map(Untrusted::from),
        deadline_seconds: match seen.rollout.progress {
            Progress::Waiting if !situation.is_paused() => situation.seconds_left(now),
            _ => None,
        },
        help,
    }
}

fn pod(ailing: Ailing) -> StatusPod {
    StatusPod { name: ailing.pod.into(), revision: ailing.revision.map(Untrusted::from), reason: ailing.reason }
}

/// The commands that show what the newest revision changed, and go back to the one before it: in git where both are of git,
/// else on the cluster.
fn help(context: &Context, namespace: &str, seen: &Seen, revisions: &[StatusRevision]) -> Vec<StatusHelp> {
    let of_role = |role: Role| revisions.iter().find(|revision| revision.role == role);
    let in_git = |revision: &StatusRevision| revision.origin.as_ref()?.revision;
    let onward = Onward::of(&context.globals);
    let help = |what: String, command: String, rest: String| {
        let next = Next::new(command, target(seen.kind, name(seen)), rest).in_namespace(namespace);
        StatusHelp { what: what.into(), command: onward.line(&next).into() }
    };
    let Some(new) = of_role(Role::RollingIn) else { return Vec::new() };
    let mut all = Vec::new();
    if let Some(new) = in_git(new) {
        all.push(help(format!("what revision {new} changed"), format!("diff -r {new}"), String::new()));
    }
    let old = of_role(Role::RollingOut);
    // A number tells which, also where git has newer ones.
    let back = in_git(new).and_then(|new| match old {
        Some(old) => in_git(old),
        None => (new > 1).then(|| new - 1),
    });
    if let Some(back) = back {
        all.push(help(format!("back to revision {back}"), "undo".to_owned(), format!(" --to-revision {back}")));
    } else if let Some(old) = old {
        let rest = format!(" --live-revision {}", old.cluster_revision);
        all.push(help(format!("back to {} on the cluster", old.name.as_str()), "undo --live".to_owned(), rest));
    }
    all
}
