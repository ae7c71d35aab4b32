//! A workload as the cluster tells of it: once, or until its rollout has ended.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::Value;

use super::cluster::of_cluster;
use super::failure::{Failure, Result};
use super::live::{Namespace, Workload};
use crate::cluster::{
    Error, Holdings, List, Objects, Progress, Replicas, Resource, Rollout, condition, running_revision, selector,
};
use crate::kubernetes::Kind;
use crate::output::Note;
use crate::text::Untrusted;

/// What came of a list.
type Listed = std::result::Result<Vec<Value>, Error>;

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
    pub holdings: Holdings,
    /// What could not be seen.
    pub notes: Vec<Note>,
    /// Whether the time was over before the rollout was.
    pub late: bool,
    /// Whether it was given up, as pods cannot be started.
    pub stuck: bool,
}

impl Seen {
    /// What is in the way of the rollout, a line for all pods that have the same trouble.
    pub fn why(&self, now: Timestamp) -> Vec<Untrusted> {
        let refusal = self.holdings.refusal().map(|why| Untrusted::from(format!("no pods can be made: {why}")));
        let ailing = self.holdings.ailing(self.kind, now);
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
        let (holdings, notes) = self.holdings(workload)?;
        self.seen(workload.kind, holdings, notes)
    }

    /// How all workloads of the namespace are now: what belongs to them is asked for at once.
    ///
    /// # Errors
    /// As of [`Look::once`].
    pub fn all(&self, workloads: Vec<Workload>) -> Result<Vec<Seen>> {
        let list = |kind| List::of(Resource::of(kind), Some(&self.namespace.name));
        let lists = [Kind::ReplicaSet, Kind::ControllerRevision, Kind::Pod].map(list);
        let (mut notes, mut answers) = (Vec::new(), Vec::new());
        for listed in self.namespace.cluster.list_each(&lists) {
            answers.push(or_note(listed, &mut notes)?);
        }
        let pods = answers.pop().unwrap_or_default();
        let (kinds, objects): (Vec<Kind>, Vec<Value>) = workloads.into_iter().map(|of| (of.kind, of.object)).unzip();
        let held = kinds.into_iter().zip(Holdings::of_all(objects, answers.concat(), pods));
        held.map(|(kind, holdings)| self.seen(kind, holdings, notes.clone())).collect()
    }

    /// What the cluster holds of it now, as far as it may be read.
    ///
    /// # Errors
    /// The cluster gives no answer.
    pub fn holdings(&self, workload: &Workload) -> Result<(Holdings, Vec<Note>)> {
        self.held(workload, or_note)
    }

    /// The same for what cannot do without the revisions: that they may not be read is not that there are none.
    ///
    /// # Errors
    /// The cluster gives no answer, or the right to list the revisions is missing.
    pub fn holdings_with_revisions(&self, workload: &Workload) -> Result<(Holdings, Vec<Note>)> {
        self.held(workload, |revisions, _| revisions.map_err(of_cluster))
    }

    fn held(
        &self,
        workload: &Workload,
        revisions: impl FnOnce(Listed, &mut Vec<Note>) -> Result<Vec<Value>>,
    ) -> Result<(Holdings, Vec<Note>)> {
        let mut notes = Vec::new();
        let mut lists = self.namespace.cluster.list_each(&self.belongings(workload)).into_iter();
        let mut next = || lists.next().expect("there is an answer for each list");
        let (revisions, pods) = (revisions(next(), &mut notes)?, or_note(next(), &mut notes)?);
        Ok((Holdings::new(workload.object.clone(), revisions, pods, Vec::new()), notes))
    }

    /// How it is when its rollout is complete or has failed, or the time is over. Each change is told: with a line, where
    /// that is another than before. With `patience`, a rollout whose new pods cannot be started for so long is given up.
    ///
    /// # Errors
    /// As of [`Look::once`]; and it was deleted meanwhile.
    pub fn watch(
        &self,
        workload: &Workload,
        within: Option<Duration>,
        patience: Option<Duration>,
        mut tell: impl FnMut(Option<&str>, Replicas) -> Result<()>,
    ) -> Result<Seen> {
        let kind = workload.kind;
        let mut lists = vec![List::of(Resource::of(kind), Some(&self.namespace.name)).named(&workload.name)];
        let mut notes = Vec::new();
        for list in self.belongings(workload) {
            // What may not be read is left out; of what may, all is read once more by the watch.
            match self.namespace.cluster.list(&list) {
                Err(error) if error.is_forbidden() => notes.push(not_seen(&error)),
                Err(error) => return Err(of_cluster(error)),
                Ok(_) => lists.push(list),
            }
        }
        let uid = workload.object["metadata"]["uid"].clone();
        let (mut told, mut last) = (None::<String>, None::<Holdings>);
        let mut stuck = Stuck { patience, since: HashMap::new() };
        let answer = self.namespace.cluster.watch(&lists, within, |objects| {
            let now = match watched(&lists, objects, &uid) {
                Some(now) => last.insert(now),
                None => return ControlFlow::Break(Err(Failure::not_found(anyhow::anyhow!("object has been deleted")))),
            };
            match self.rollout(kind, now) {
                Err(failure) => ControlFlow::Break(Err(failure)),
                Ok(rollout) => {
                    let is_new = told.as_ref() != Some(&rollout.line) && rollout.progress != Progress::Failed;
                    let line = Some(rollout.line.as_str()).filter(|_| is_new);
                    if let Err(failure) = tell(line, now.replicas(kind)) {
                        return ControlFlow::Break(Err(failure));
                    }
                    told = Some(rollout.line);
                    match rollout.progress {
                        Progress::Waiting => stuck.meet(|| now.unstarted(kind, Timestamp::now())),
                        _ => ControlFlow::Break(Ok(false)),
                    }
                }
            }
        });
        let (late, stuck) = match answer.map_err(of_cluster)? {
            Some(end) => (false, end?),
            None => (true, false),
        };
        let holdings = last.unwrap_or_else(|| Holdings { workload: workload.object.clone(), ..Holdings::default() });
        Ok(Seen { late, stuck, ..self.seen(kind, holdings, notes)? })
    }

    fn seen(&self, kind: Kind, mut holdings: Holdings, mut notes: Vec<Note>) -> Result<Seen> {
        let rollout = self.rollout(kind, &holdings)?;
        if holdings.pods.iter().any(may_fail_probes) {
            let events = List::of(Resource::events(), Some(&self.namespace.name));
            let events = events.fields("involvedObject.kind=Pod,reason=Unhealthy");
            holdings.events = or_note(self.namespace.cluster.list(&events), &mut notes)?;
        }
        Ok(Seen { kind, rollout, holdings, notes, late: false, stuck: false })
    }

    fn rollout(&self, kind: Kind, holdings: &Holdings) -> Result<Rollout> {
        let rollout = Rollout::of(kind, &holdings.workload)?;
        let running = match kind {
            Kind::Deployment => running_revision(&holdings.workload),
            _ => holdings.revisions.iter().filter_map(|revision| revision["revision"].as_i64()).max(),
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
    fn belongings(&self, workload: &Workload) -> [List; 2] {
        let kind = if workload.kind == Kind::Deployment { Kind::ReplicaSet } else { Kind::ControllerRevision };
        let labels = selector(&workload.object);
        [kind, Kind::Pod].map(|kind| List::of(Resource::of(kind), Some(&self.namespace.name)).labels(labels.clone()))
    }
}

/// The pods that cannot be started, each since it was seen first.
struct Stuck {
    patience: Option<Duration>,
    since: HashMap<String, Instant>,
}

impl Stuck {
    /// Whether to give up; else when to look again.
    fn meet(&mut self, unstarted: impl FnOnce() -> Vec<String>) -> ControlFlow<Result<bool>, Option<Duration>> {
        let Some(patience) = self.patience else { return ControlFlow::Continue(None) };
        let unstarted = unstarted();
        self.since.retain(|pod, _| unstarted.contains(pod));
        for pod in unstarted {
            self.since.entry(pod).or_insert_with(Instant::now);
        }
        match self.since.values().min().map(Instant::elapsed) {
            Some(waited) if waited >= patience => ControlFlow::Break(Ok(true)),
            waited => ControlFlow::Continue(waited.map(|waited| patience - waited)),
        }
    }
}

/// What the watch shows, as far as it is watched; nothing if the workload is gone, or another has its name now.
fn watched(lists: &[List], objects: &[Objects], uid: &Value) -> Option<Holdings> {
    let of = |kind: Kind| {
        let at = lists.iter().position(|list| list.resource.kind == kind.name())?;
        Some(objects[at].values().cloned().collect::<Vec<_>>())
    };
    let workload = objects[0].values().find(|workload| workload["metadata"]["uid"] == *uid)?.clone();
    let revisions = of(Kind::ReplicaSet).or_else(|| of(Kind::ControllerRevision)).unwrap_or_default();
    Some(Holdings::new(workload, revisions, of(Kind::Pod).unwrap_or_default(), Vec::new()))
}

/// A pod that runs and is not ready: its events tell what its probes say.
fn may_fail_probes(pod: &Value) -> bool {
    pod["status"]["phase"] == "Running" && condition(pod, "Ready").is_some_and(|ready| ready["status"] == "False")
}

/// A part of the answer that may be missing where a right is.
pub(super) fn or_note(listed: Listed, notes: &mut Vec<Note>) -> Result<Vec<Value>> {
    match listed {
        Err(error) if error.is_forbidden() => {
            notes.push(not_seen(&error));
            Ok(Vec::new())
        }
        listed => listed.map_err(of_cluster),
    }
}

fn not_seen(error: &Error) -> Note {
    Note::new(format!("a part is not shown: {error}"))
}
