//! A workload as the cluster tells of it.

use jiff::Timestamp;
use serde_json::Value;

use super::failure::{Failure, Result};
use super::live::{Namespace, Workload, target};
use crate::cluster::{Error, List, NoRollout, Resource, Rollout, Situation, condition, running_revision, selector};
use crate::kubernetes::Kind;
use crate::output::Note;
use crate::text::Untrusted;

/// What came of a list.
type Listed = std::result::Result<Vec<Value>, Error>;

/// What is made of it: nothing where it may not be read, or an error.
type Taken = fn(Listed, &mut Vec<Note>) -> Result<Option<Vec<Value>>>;

/// The kinds that belong to workloads.
pub(super) const BELONGINGS: [Kind; 3] = [Kind::ReplicaSet, Kind::ControllerRevision, Kind::Pod];

/// How workloads are looked at.
pub(super) struct Look<'c> {
    pub namespace: &'c Namespace<'c>,
    /// The cluster's number of the revision that must run.
    pub wanted: Option<i64>,
}

/// What was seen of one.
pub(super) struct Seen {
    pub kind: Kind,
    pub rollout: Rollout,
    pub situation: Situation,
    /// What could not be seen.
    pub notes: Vec<Note>,
    /// Whether the time was over before the rollout was.
    pub late: bool,
    /// Whether it was given up, as its pods cannot be started.
    pub stuck: bool,
}

impl Seen {
    /// What is in the way of the rollout, a line for all pods that have the same trouble.
    pub fn why(&self, now: Timestamp) -> Vec<Untrusted> {
        let refusal = self.situation.refusal().map(|why| Untrusted::from(format!("no pods can be made: {why}")));
        let ailing = self.situation.ailing(self.kind, now);
        let alike = ailing.chunk_by(|a, b| a.reason.text == b.reason.text).map(|pods| {
            let more = if pods.len() > 1 { format!(" and {} more", pods.len() - 1) } else { String::new() };
            Untrusted::from(format!("{}{more}: {}", pods[0].pod, pods[0].reason.text.as_str()))
        });
        refusal.into_iter().chain(alike).collect()
    }
}

impl Look<'_> {
    /// How it is now.
    ///
    /// # Errors
    /// The cluster gives no answer; it is not rolled out; another revision runs than the one that must.
    pub fn once(&self, workload: &Workload) -> Result<Seen> {
        let (situation, notes) = self.situation(workload)?;
        self.seen(workload.kind, situation, notes, false)
    }

    /// How all workloads of the namespace are now: what belongs to them is asked for at once.
    ///
    /// # Errors
    /// As of [`Look::once`].
    pub fn all(&self, workloads: Vec<Workload>) -> Result<Vec<Seen>> {
        let list = |kind| List::of(Resource::of(kind), Some(&self.namespace.name));
        let lists = BELONGINGS.map(list);
        let (mut notes, mut belongings) = (Vec::new(), [None, None, None]);
        for (belonging, listed) in belongings.iter_mut().zip(self.namespace.cluster.list_each(&lists)) {
            *belonging = or_note(listed, &mut notes)?;
        }
        let workloads: Vec<(Kind, Value)> = workloads.into_iter().map(|of| (of.kind, of.object)).collect();
        let kinds: Vec<Kind> = workloads.iter().map(|(kind, _)| *kind).collect();
        let held = kinds.into_iter().zip(Situation::of_all(workloads, belongings));
        held.map(|(kind, situation)| self.seen(kind, situation, notes.clone(), false)).collect()
    }

    /// What the cluster holds of it now, as far as it may be read.
    ///
    /// # Errors
    /// The cluster gives no answer.
    pub fn situation(&self, workload: &Workload) -> Result<(Situation, Vec<Note>)> {
        self.held(workload, [or_note, or_note])
    }

    /// The same for what cannot do without the revisions: that they may not be read is not that there are none.
    ///
    /// # Errors
    /// The cluster gives no answer, or the right to list the revisions is missing.
    pub fn situation_with_revisions(&self, workload: &Workload) -> Result<(Situation, Vec<Note>)> {
        self.held(workload, [or_error, or_note])
    }

    /// The same for what cannot do without the pods.
    ///
    /// # Errors
    /// The cluster gives no answer, or the right to list the pods is missing.
    pub fn situation_with_pods(&self, workload: &Workload) -> Result<(Situation, Vec<Note>)> {
        self.held(workload, [or_note, or_error])
    }

    /// The same for what cannot do without either.
    ///
    /// # Errors
    /// The cluster gives no answer, or the right to list the revisions or the pods is missing.
    pub fn situation_with_both(&self, workload: &Workload) -> Result<(Situation, Vec<Note>)> {
        self.held(workload, [or_error, or_error])
    }

    fn held(&self, workload: &Workload, [of_revisions, of_pods]: [Taken; 2]) -> Result<(Situation, Vec<Note>)> {
        let mut notes = Vec::new();
        let mut lists = self.namespace.cluster.list_each(&self.belongings(workload)).into_iter();
        let mut next = || lists.next().expect("there is an answer for each list");
        let (revisions, pods) = (of_revisions(next(), &mut notes)?, of_pods(next(), &mut notes)?);
        Ok((Situation::new(workload.object.clone(), revisions, pods, Vec::new()), notes))
    }

    /// The same with what belongs to it as it is now: each list is watched for itself, and one may be behind the others.
    pub(super) fn caught_up(&self, kind: Kind, situation: Situation) -> Situation {
        let name = situation.workload["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        let workload = Workload { kind, name, object: situation.workload };
        let mut lists = self.namespace.cluster.list_each(&self.belongings(&workload)).into_iter();
        let mut next = |seen| lists.next().and_then(Listed::ok).or(seen);
        let (revisions, pods) = (next(situation.revisions), next(situation.pods));
        Situation::new(workload.object, revisions, pods, Vec::new())
    }

    pub(super) fn seen(&self, kind: Kind, mut situation: Situation, mut notes: Vec<Note>, late: bool) -> Result<Seen> {
        let rollout = self.rollout(kind, &situation)?;
        if situation.pods.iter().flatten().any(may_fail_probes) {
            let events = List::of(Resource::events(), Some(&self.namespace.name));
            let events = events.fields("involvedObject.kind=Pod,reason=Unhealthy");
            situation.events = match self.namespace.cluster.list(&events) {
                // That the time is over is the answer, also where nothing more can be heard.
                Err(error) if late => {
                    notes.push(not_seen(&error));
                    Vec::new()
                }
                listed => or_note(listed, &mut notes)?.unwrap_or_default(),
            };
        }
        Ok(Seen { kind, rollout, situation, notes, late, stuck: false })
    }

    pub(super) fn rollout(&self, kind: Kind, situation: &Situation) -> Result<Rollout> {
        let rollout =
            Rollout::of(kind, &situation.workload).map_err(|error| no_rollout(kind, &situation.workload, error))?;
        let running = match kind {
            Kind::Deployment => running_revision(&situation.workload),
            _ => situation.revisions().filter_map(|revision| revision["revision"].as_i64()).max(),
        };
        match self.wanted.zip(running).filter(|(wanted, running)| wanted != running) {
            Some((wanted, running)) => {
                let what = format!("desired revision ({wanted}) is different from the running revision ({running})");
                Err(Failure::not_found(anyhow::anyhow!(what)))
            }
            None => Ok(rollout),
        }
    }

    /// The lists of its revisions and its pods.
    pub(super) fn belongings(&self, workload: &Workload) -> [List; 2] {
        let kind = if workload.kind == Kind::Deployment { Kind::ReplicaSet } else { Kind::ControllerRevision };
        let labels = selector(&workload.object);
        [kind, Kind::Pod].map(|kind| List::of(Resource::of(kind), Some(&self.namespace.name)).labels(labels.clone()))
    }
}

/// That a workload is not rolled out by its controller.
pub(super) fn no_rollout(kind: Kind, workload: &Value, error: NoRollout) -> Failure {
    let name = workload["metadata"]["name"].as_str().unwrap_or_default();
    Failure::new(format!("{}: {error}", target(kind, name)))
}

/// A pod that runs and is not ready: its events tell what its probes say.
fn may_fail_probes(pod: &Value) -> bool {
    pod["status"]["phase"] == "Running" && condition(pod, "Ready").is_some_and(|ready| ready["status"] == "False")
}

/// A part of the answer that may be missing where a right is.
pub(super) fn or_note(listed: Listed, notes: &mut Vec<Note>) -> Result<Option<Vec<Value>>> {
    match listed {
        Err(error) if error.is_forbidden() => {
            notes.push(not_seen(&error));
            Ok(None)
        }
        listed => Ok(Some(listed?)),
    }
}

/// A part without which there is no answer.
fn or_error(listed: Listed, _: &mut Vec<Note>) -> Result<Option<Vec<Value>>> {
    Ok(Some(listed?))
}

pub(super) fn not_seen(error: &Error) -> Note {
    Note::new(format!("a part is not shown: {error}"))
}
