//! A workload as the cluster tells of it until its rollout has ended.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::Value;

use super::cluster::deleted;
use super::failure::Result;
use super::live::Workload;
use super::look::{Look, Seen, not_seen};
use crate::cluster::{List, Objects, Progress, Resource, Situation, exceeded};
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

/// So long one look may take where the time was over before it.
const LAST_LOOK: Duration = Duration::from_secs(2);

impl Look<'_> {
    /// How it is when its rollout is complete or has failed, or the time is over: without any, how it is now. Each change is
    /// told: with a line, where that is another than before. Whoever is told may end it.
    ///
    /// # Errors
    /// As of [`Look::once`]; it was deleted meanwhile; and what `tell` gives.
    pub fn watch(
        &self,
        workload: &Workload,
        since: Since,
        within: Option<Duration>,
        tell: impl FnMut(Option<&str>, &Situation) -> Result<()>,
    ) -> Result<Seen> {
        let (kind, cluster) = (workload.kind, self.namespace.cluster);
        let mut lists = vec![List::of(Resource::of(kind), Some(&self.namespace.name)).named(&workload.name)];
        let mut notes = Vec::new();
        for list in self.belongings(workload) {
            // What may not be read is left out; of what may, all is read once more by the watch.
            match cluster.list(&list) {
                Err(error) if error.is_forbidden() => notes.push(not_seen(&error)),
                Err(error) => return Err(error.into()),
                Ok(_) => lists.push(list),
            }
        }
        let (failure, patience) = match since {
            Since::Whenever => (None, None),
            Since::Change { patience } => (exceeded(&workload.object), patience),
        };
        let before = Before { failure, since: Instant::now() };
        let unstarted = Unstarted { patience, since: HashMap::new() };
        let mut watching =
            Watching { look: self, workload, lists: &lists, before, unstarted, told: None, last: None, tell };
        let is_last = within == Some(Duration::ZERO);
        if is_last {
            cluster.end_by(Some(Instant::now() + LAST_LOOK));
        }
        let mut late = false;
        let ended = cluster.watch(&lists, if is_last { Some(LAST_LOOK) } else { within }, |objects| {
            let seen = watching.see(objects);
            late = is_last && seen.is_continue();
            if late { ControlFlow::Break(Ok(false)) } else { seen }
        })?;
        let late = late || ended.is_none();
        let stuck = ended.transpose()?.unwrap_or(false);
        let last = watching.last;
        let situation = last.unwrap_or_else(|| Situation { workload: workload.object.clone(), ..Situation::default() });
        let situation = if late { situation } else { self.caught_up(kind, situation) };
        Ok(Seen { stuck, ..self.seen(kind, situation, notes, late)? })
    }
}

/// A rollout that is watched.
struct Watching<'w, T> {
    look: &'w Look<'w>,
    workload: &'w Workload,
    lists: &'w [List],
    before: Before<'w>,
    unstarted: Unstarted,
    /// The line that was told last.
    told: Option<String>,
    last: Option<Situation>,
    tell: T,
}

impl<T: FnMut(Option<&str>, &Situation) -> Result<()>> Watching<'_, T> {
    /// Sees all that is there. It breaks where the rollout has ended, with whether it is given up; else it says when to look
    /// again at the latest.
    fn see(&mut self, objects: &[Objects]) -> ControlFlow<Result<bool>, Option<Duration>> {
        self.judge(objects).map_or_else(|failure| ControlFlow::Break(Err(failure)), |told| told.map_break(Ok))
    }

    fn judge(&mut self, objects: &[Objects]) -> Result<ControlFlow<bool, Option<Duration>>> {
        let kind = self.workload.kind;
        let now = self.last.insert(self.watched(objects).ok_or_else(deleted)?);
        let rollout = self.look.rollout(kind, now)?;
        let is_new = self.told.as_ref() != Some(&rollout.line) && rollout.progress != Progress::Failed;
        (self.tell)(Some(rollout.line.as_str()).filter(|_| is_new), now)?;
        self.told = Some(rollout.line);
        let before = self.before.left(&now.workload);
        let is_over = match rollout.progress {
            Progress::Complete => true,
            Progress::Failed => before.is_none(),
            Progress::Waiting => false,
        };
        if is_over {
            return Ok(ControlFlow::Break(false));
        }
        Ok(self.unstarted.meet(kind, now).map_continue(|again| before.into_iter().chain(again).min()))
    }

    /// What the watch shows, as far as it is watched; nothing if the workload is gone, or another has its name now.
    fn watched(&self, objects: &[Objects]) -> Option<Situation> {
        let of = |kind: Kind| {
            let at = self.lists.iter().position(|list| list.resource.kind == kind.name())?;
            Some(objects[at].values().cloned().collect::<Vec<_>>())
        };
        let uid = &self.workload.object["metadata"]["uid"];
        let workload = objects[0].values().find(|workload| workload["metadata"]["uid"] == *uid)?.clone();
        let revisions = of(Kind::ReplicaSet).or_else(|| of(Kind::ControllerRevision));
        Some(Situation::new(workload, revisions, of(Kind::Pod), Vec::new()))
    }
}

/// What the controller said of the rollout before this one.
struct Before<'w> {
    /// The condition that says that it failed.
    failure: Option<&'w Value>,
    since: Instant,
}

impl Before<'_> {
    /// For how long the failure that it tells of now can be that one: without progress, the deadline passes for this rollout
    /// too, and the condition stays as it is.
    fn left(&self, now: &Value) -> Option<Duration> {
        let left = deadline(now).saturating_sub(self.since.elapsed());
        let is_before = self.failure.is_some() && exceeded(now) == self.failure;
        Some(left).filter(|left| is_before && !left.is_zero())
    }
}

/// The pods that cannot be started, each since it was seen first.
struct Unstarted {
    patience: Option<Duration>,
    since: HashMap<String, Instant>,
}

impl Unstarted {
    /// Breaks, with true, where it is to be given up; else says when to look again.
    fn meet(&mut self, kind: Kind, now: &Situation) -> ControlFlow<bool, Option<Duration>> {
        let Some(patience) = self.patience else { return ControlFlow::Continue(None) };
        let unstarted = now.unstarted(kind, Timestamp::now());
        self.since.retain(|pod, _| unstarted.contains(pod));
        for pod in unstarted {
            self.since.entry(pod).or_insert_with(Instant::now);
        }
        match self.since.values().min().map(Instant::elapsed) {
            Some(waited) if waited >= patience => ControlFlow::Break(true),
            waited => ControlFlow::Continue(waited.map(|waited| patience - waited)),
        }
    }
}

/// In how much time there has to be some progress. The API server takes 32 bits, of which the greatest number means for ever.
fn deadline(deployment: &Value) -> Duration {
    let seconds =
        deployment["spec"]["progressDeadlineSeconds"].as_u64().and_then(|seconds| u32::try_from(seconds).ok());
    Duration::from_secs(seconds.unwrap_or(u32::MAX).into())
}
