//! What a cluster holds of one workload: the revisions that its controller keeps, each with its pods, and what is wrong.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::Value;

use super::pods::{Reason, Trouble};
use super::rollout::{condition, is_observed};
use crate::kubernetes::Kind;

/// A workload with what belongs to it, as the cluster gives them.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    pub workload: Value,
    /// Its ReplicaSets or ControllerRevisions, where they may be read.
    pub revisions: Option<Vec<Value>>,
    /// Its pods, where they may be read.
    pub pods: Option<Vec<Value>>,
    /// Events of pods whose probes fail.
    pub events: Vec<Value>,
}

/// A pod that is not ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ailing {
    pub pod: String,
    /// The name of the revision that it is of, if that is known.
    pub revision: Option<String>,
    pub reason: Reason,
}

/// How many pods there are, as the controller counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Replicas {
    /// How many there should be.
    pub wanted: i64,
    /// Of the newest revision.
    pub updated: i64,
    pub ready: i64,
    /// Ready for long enough.
    pub available: i64,
}

impl Situation {
    /// Of all that was listed, what belongs to the workload.
    pub fn new(
        workload: Value,
        revisions: Option<Vec<Value>>,
        pods: Option<Vec<Value>>,
        events: Vec<Value>,
    ) -> Situation {
        let mut situation = Situation { workload, revisions, pods: None, events };
        if let Some(revisions) = &mut situation.revisions {
            revisions.retain(|of| is_owned_by(of, &situation.workload));
        }
        let owners = || std::iter::once(&situation.workload).chain(situation.revisions());
        let is_its = |pod: &Value| owners().any(|owner| is_owned_by(pod, owner));
        situation.pods = pods.map(|pods| pods.into_iter().filter(is_its).collect());
        situation
    }

    /// The same of many workloads: of their ReplicaSets, their ControllerRevisions and their pods, what belongs to each.
    pub fn of_all(workloads: Vec<(Kind, Value)>, belongings: [Option<Vec<Value>>; 3]) -> Vec<Situation> {
        let [has_sets, has_revisions, has_pods] = belongings.each_ref().map(Option::is_some);
        let mut owned = HashMap::<String, [Vec<Value>; 2]>::new();
        for (which, objects) in [0, 0, 1].into_iter().zip(belongings) {
            for object in objects.into_iter().flatten() {
                if let Some(owner) = owner(&object).map(str::to_owned) {
                    owned.entry(owner).or_default()[which].push(object);
                }
            }
        }
        let situation = |(kind, workload): (Kind, Value)| {
            let mut of = |object: &Value| object["metadata"]["uid"].as_str().and_then(|uid| owned.remove(uid));
            let [revisions, mut pods] = of(&workload).unwrap_or_default();
            revisions.iter().for_each(|revision| pods.append(&mut of(revision).unwrap_or_default()[1]));
            let has_revisions = if kind == Kind::Deployment { has_sets } else { has_revisions };
            let (revisions, pods) = (has_revisions.then_some(revisions), has_pods.then_some(pods));
            Situation { workload, revisions, pods, events: Vec::new() }
        };
        workloads.into_iter().map(situation).collect()
    }

    /// The ReplicaSet or ControllerRevision of that name.
    pub fn revision(&self, named: &str) -> Option<&Value> {
        self.revisions().find(|revision| name(revision) == named)
    }

    /// The ReplicaSets or ControllerRevisions that may be read.
    pub fn revisions(&self) -> impl Iterator<Item = &Value> {
        self.revisions.iter().flatten()
    }

    /// Whether its pods are known: those of a Deployment belong to its ReplicaSets.
    pub fn knows_pods(&self, kind: Kind) -> bool {
        self.pods.is_some() && (kind != Kind::Deployment || self.revisions.is_some())
    }

    /// The name of the revision of the newest state, once the controller has seen that.
    pub fn newest(&self, kind: Kind) -> Option<String> {
        if !is_observed(&self.workload) {
            return None;
        }
        match kind {
            Kind::StatefulSet => self.workload["status"]["updateRevision"].as_str().map(str::to_owned),
            Kind::Deployment => {
                // FindNewReplicaSet compares templates; what it found has the number of the Deployment.
                let of_web = annotation(&self.workload, NUMBER)?;
                let same = self.revisions().find(|set| annotation(set, NUMBER) == Some(of_web));
                same.map(|set| name(set).to_owned())
            }
            _ => {
                let newest = self.revisions().max_by_key(|revision| number(kind, revision));
                newest.map(|revision| name(revision).to_owned())
            }
        }
    }

    /// The name of the revision that a pod is of.
    pub fn revision_of<'v>(&'v self, kind: Kind, pod: &'v Value) -> Option<&'v str> {
        if kind == Kind::Deployment {
            return self.revisions().find(|set| is_owned_by(pod, set)).map(name);
        }
        let label = pod["metadata"]["labels"]["controller-revision-hash"].as_str()?;
        // A StatefulSet's pods have the whole name, those of a DaemonSet the hash of it.
        if kind == Kind::StatefulSet {
            return Some(label);
        }
        let has = |revision: &&Value| revision["metadata"]["labels"]["controller-revision-hash"] == label;
        self.revisions().find(has).map(name)
    }

    /// The pods that are not ready, with what is wrong, the worst first.
    pub fn ailing(&self, kind: Kind, now: Timestamp) -> Vec<Ailing> {
        let settle = self.workload["spec"]["minReadySeconds"].as_i64().unwrap_or(0);
        let mut ailing: Vec<Ailing> = Vec::new();
        for pod in self.pods.iter().flatten() {
            let reason = Reason::of(pod, self.probe_of(pod)).or_else(|| settling(pod, settle, now));
            let revision = self.revision_of(kind, pod).map(str::to_owned);
            ailing.extend(reason.map(|reason| Ailing { pod: name(pod).to_owned(), revision, reason }));
        }
        ailing.sort_by(|a, b| (a.reason.what, &a.pod).cmp(&(b.reason.what, &b.pod)));
        ailing
    }

    /// The pods of the newest revision of which a container cannot be started and never ran; none where it is not known which
    /// revision that is.
    pub fn unstarted(&self, kind: Kind, now: Timestamp) -> Vec<String> {
        let Some(newest) = self.newest(kind) else { return Vec::new() };
        let is_one = |of: &Ailing| {
            of.revision.as_ref() == Some(&newest)
                && matches!(of.reason.what, Trouble::ImagePull | Trouble::Config)
                && of.reason.restarts.is_none()
        };
        self.ailing(kind, now).into_iter().filter(is_one).map(|of| of.pod).collect()
    }

    /// What the newest event says of the probes of a pod that fail.
    fn probe_of(&self, pod: &Value) -> Option<&str> {
        let uid = &pod["metadata"]["uid"];
        let of_pod = |event: &&Value| event["involvedObject"]["uid"] == *uid && event["reason"] == "Unhealthy";
        fn when(event: &Value) -> Option<&str> {
            event["lastTimestamp"].as_str().or(event["eventTime"].as_str())
        }
        self.events.iter().filter(of_pod).max_by_key(|event| when(event))?["message"].as_str()
    }

    /// Why its controller cannot make pods: a quota, an admission plugin.
    pub fn refusal(&self) -> Option<&str> {
        let failure = condition(&self.workload, "ReplicaFailure").filter(|condition| condition["status"] == "True");
        let of_sets = self.revisions().filter_map(|set| condition(set, "ReplicaFailure"));
        failure.or_else(|| of_sets.into_iter().find(|condition| condition["status"] == "True"))?["message"].as_str()
    }

    /// How many seconds are left until the progress deadline: less than none where it has passed, nothing where there is none.
    pub fn seconds_left(&self, now: Timestamp) -> Option<i64> {
        let deadline =
            self.workload["spec"]["progressDeadlineSeconds"].as_i64().filter(|seconds| *seconds < i32::MAX.into())?;
        let progress = condition(&self.workload, "Progressing")?;
        let last: Timestamp = progress["lastUpdateTime"].as_str()?.parse().ok()?;
        Some(deadline - (now.as_second() - last.as_second()))
    }

    pub fn replicas(&self, kind: Kind) -> Replicas {
        let count = |key: &str| self.workload["status"][key].as_i64().unwrap_or(0);
        match kind {
            Kind::DaemonSet => Replicas {
                wanted: count("desiredNumberScheduled"),
                updated: count("updatedNumberScheduled"),
                ready: count("numberReady"),
                available: count("numberAvailable"),
            },
            _ => Replicas {
                wanted: self.workload["spec"]["replicas"].as_i64().unwrap_or(1),
                updated: count("updatedReplicas"),
                ready: count("readyReplicas"),
                available: count("availableReplicas"),
            },
        }
    }

    /// Whether somebody paused it, so that its controller waits.
    pub fn is_paused(&self) -> bool {
        self.workload["spec"]["paused"] == true
    }
}

/// The controller's number, on a Deployment and its ReplicaSets.
const NUMBER: &str = "deployment.kubernetes.io/revision";

/// The cluster's own number of a revision; 0 where it has none.
pub(super) fn number(kind: Kind, revision: &Value) -> i64 {
    match kind {
        Kind::Deployment => annotation(revision, NUMBER).and_then(|number| number.parse().ok()).unwrap_or(0),
        _ => revision["revision"].as_i64().unwrap_or(0),
    }
}

/// The number of a Deployment that kubectl compares with `--revision`.
pub fn running_revision(deployment: &Value) -> Option<i64> {
    annotation(deployment, NUMBER)?.parse().ok()
}

/// The label selector of a workload, as a query of the API has it.
pub fn selector(workload: &Value) -> String {
    let selector = &workload["spec"]["selector"];
    let labels = selector["matchLabels"].as_object().into_iter().flatten();
    let labels = labels.map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()));
    let expressions = selector["matchExpressions"].as_array().into_iter().flatten().map(|of| {
        let key = of["key"].as_str().unwrap_or_default();
        let values =
            of["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(",");
        match of["operator"].as_str().unwrap_or_default() {
            "In" => format!("{key} in ({values})"),
            "NotIn" => format!("{key} notin ({values})"),
            "DoesNotExist" => format!("!{key}"),
            _ => key.to_owned(),
        }
    });
    labels.chain(expressions).collect::<Vec<_>>().join(",")
}

fn annotation<'v>(object: &'v Value, key: &str) -> Option<&'v str> {
    object["metadata"]["annotations"][key].as_str()
}

pub(super) fn name(object: &Value) -> &str {
    object["metadata"]["name"].as_str().unwrap_or_default()
}

fn is_owned_by(object: &Value, owner: &Value) -> bool {
    let uid = owner["metadata"]["uid"].as_str();
    uid.is_some() && self::owner(object) == uid
}

/// The id of the controller that an object belongs to.
fn owner(object: &Value) -> Option<&str> {
    let owners = object["metadata"]["ownerReferences"].as_array()?;
    owners.iter().find(|of| of["controller"] == true)?["uid"].as_str()
}

/// That a pod is ready, but not for as long as it takes to count as available.
fn settling(pod: &Value, settle: i64, now: Timestamp) -> Option<Reason> {
    if settle == 0 {
        return None;
    }
    let since: Timestamp = condition(pod, "Ready")?["lastTransitionTime"].as_str()?.parse().ok()?;
    let left = settle - (now.as_second() - since.as_second());
    (left > 0).then(|| Reason::settling(left))
}

impl Reason {
    fn settling(left: i64) -> Reason {
        let text = format!("is ready, and available in {left}s (minReadySeconds)").into();
        Reason { what: Trouble::Settling, text, container: None, exit_code: None, restarts: None }
    }
}
