//! A workload as the cluster tells of it until its rollout has ended.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::Value;

use super::cluster::{deleted, of_cluster};
use super::failure::Result;
use super::live::Workload;
use super::look::{Look, Seen, not_seen};
use crate::cluster::{Holdings, List, Objects, Progress, Resource, exceeded};
use crate::kubernetes::Kind;

/// Since when a rollout is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    /// It is under way.
    Whenever,
    /// The workload is as it was when it got another template: what its controller said before is of another rollout. With
    /// `patience`, it is given up where its pods cannot be started for so long.
    Change { patience: Option<Duration> },
}

impl Look<'_> {
    /// How it is when its rollout is complete or has failed, or the time is over. Each change is told: with a line, where
    /// that is another than before. Whoever is told may end it.
    ///
    /// # Errors
    /// As of [`Look::once`]; it was deleted meanwhile; and what `tell` gives.
    pub fn watch(
        &self,
        workload: &Workload,
        since: Since,
        within: Option<Duration>,
        tell: impl FnMut(Option<&str>, &Holdings) -> Result<()>,
    ) -> Result<Seen> {
        let (kind, cluster) = (workload.kind, self.namespace.cluster);
        let mut lists = vec![List::of(Resource::of(kind), Some(&self.namespace.name)).named(&workload.name)];
        let mut notes = Vec::new();
        for list in self.belongings(workload) {
            // What may not be read is left out; of what may, all is read once more by the watch.
            match cluster.list(&list) {
                Err(error) if error.is_forbidden() => notes.push(not_seen(&error)),
                Err(error) => return Err(of_cluster(error)),
                Ok(_) => lists.push(list),
            }
        }
        let end = within.map(|within| Instant::now() + within);
        let (before, patience) = match since {
            Since::Whenever => (None, None),
            Since::Change { patience } => (exceeded(&workload.object), patience),
        };
        let stuck = Stuck { patience, since: HashMap::new() };
        let mut watching =
            Watching { look: self, workload, lists: &lists, before, stuck, told: None, last: None, tell };
        let mut anew = before.and_then(|_| Some(Instant::now() + deadline(&workload.object)?));
        let (late, stuck) = loop {
            let until = end.into_iter().chain(anew).min();
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            match cluster.watch(&lists, left, |objects| watching.see(objects)).map_err(of_cluster)? {
                Some(ended) => break (false, ended?),
                // Where there is no progress still, the deadline has passed for this rollout too.
                None if anew.is_some() && anew == until => (anew, watching.before) = (None, None),
                None => break (true, false),
            }
        };
        let last = watching.last;
        let holdings = last.unwrap_or_else(|| Holdings { workload: workload.object.clone(), ..Holdings::default() });
        let holdings = if late { holdings } else { self.caught_up(kind, holdings) };
        Ok(Seen { stuck, ..self.seen(kind, holdings, notes, late)? })
    }
}

/// A rollout that is watched.
struct Watching<'w, T> {
    look: &'w Look<'w>,
    workload: &'w Workload,
    lists: &'w [List],
    /// The condition that says that a rollout before this one failed.
    before: Option<&'w Value>,
    stuck: Stuck,
    /// The line that was told last.
    told: Option<String>,
    last: Option<Holdings>,
    tell: T,
}

impl<T: FnMut(Option<&str>, &Holdings) -> Result<()>> Watching<'_, T> {
    /// Sees all that is there, and breaks where the rollout has ended, or is given up.
    fn see(&mut self, objects: &[Objects]) -> ControlFlow<Result<bool>, Option<Duration>> {
        match self.is_under_way(objects) {
            Ok(true) => self.stuck.meet(self.workload.kind, self.last.as_ref()),
            Ok(false) => ControlFlow::Break(Ok(false)),
            Err(failure) => ControlFlow::Break(Err(failure)),
        }
    }

    fn is_under_way(&mut self, objects: &[Objects]) -> Result<bool> {
        let now = self.last.insert(self.watched(objects).ok_or_else(deleted)?);
        let rollout = self.look.rollout(self.workload.kind, now)?;
        let is_before = self.before.is_some() && exceeded(&now.workload) == self.before;
        let is_new = self.told.as_ref() != Some(&rollout.line) && rollout.progress != Progress::Failed;
        (self.tell)(Some(rollout.line.as_str()).filter(|_| is_new), now)?;
        self.told = Some(rollout.line);
        Ok(rollout.progress == Progress::Waiting || (rollout.progress == Progress::Failed && is_before))
    }

    /// What the watch shows, as far as it is watched; nothing if the workload is gone, or another has its name now.
    fn watched(&self, objects: &[Objects]) -> Option<Holdings> {
        let of = |kind: Kind| {
            let at = self.lists.iter().position(|list| list.resource.kind == kind.name())?;
            Some(objects[at].values().cloned().collect::<Vec<_>>())
        };
        let uid = &self.workload.object["metadata"]["uid"];
        let workload = objects[0].values().find(|workload| workload["metadata"]["uid"] == *uid)?.clone();
        let revisions = of(Kind::ReplicaSet).or_else(|| of(Kind::ControllerRevision)).unwrap_or_default();
        Some(Holdings::new(workload, revisions, of(Kind::Pod).unwrap_or_default(), Vec::new()))
    }
}

/// The pods that cannot be started, each since it was seen first.
struct Stuck {
    patience: Option<Duration>,
    since: HashMap<String, Instant>,
}

impl Stuck {
    /// Whether to give up; else when to look again.
    fn meet(&mut self, kind: Kind, now: Option<&Holdings>) -> ControlFlow<Result<bool>, Option<Duration>> {
        let (Some(patience), Some(now)) = (self.patience, now) else { return ControlFlow::Continue(None) };
        let unstarted = now.unstarted(kind, Timestamp::now());
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

/// In how much time there has to be some progress.
fn deadline(deployment: &Value) -> Option<Duration> {
    // The API server takes 32 bits.
    let seconds = deployment["spec"]["progressDeadlineSeconds"].as_u64()?;
    u32::try_from(seconds).ok().map(|seconds| Duration::from_secs(seconds.into()))
}
