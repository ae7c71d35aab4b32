//! How far a rollout is, of what the cluster says of the workload alone: kubectl's lines, word for word.
//!
//! Source: kubectl `pkg/polymorphichelpers/rollout_status.go`.

use serde_json::Value;

use crate::kubernetes::Kind;

/// How far a rollout is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollout {
    pub progress: Progress,
    /// kubectl's line, without its line break; where it failed, kubectl's error.
    pub line: String,
}

/// Whether there is anything to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Progress {
    /// All pods are of the new revision, and available.
    Complete,
    /// It goes on, or waits for something.
    Waiting,
    /// The progress deadline has passed.
    Failed,
}

/// That there is no telling: such a workload is not rolled out by its controller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRollout {
    #[error("rollout status is only available for RollingUpdate strategy type")]
    NotRolling,
    #[error("no status of a {0} is known")]
    Kind(&'static str),
}

impl Rollout {
    fn complete(line: String) -> Result<Rollout, NoRollout> {
        Ok(Rollout { progress: Progress::Complete, line })
    }

    fn waiting(line: String) -> Result<Rollout, NoRollout> {
        Ok(Rollout { progress: Progress::Waiting, line })
    }

    /// How far the rollout of a workload is. It is complete only once its controller has seen the newest state.
    ///
    /// ```
    /// use rollbook::{cluster::Rollout, kubernetes::Kind};
    /// let web = serde_json::json!({
    ///     "metadata": {"name": "web", "generation": 2},
    ///     "spec": {"replicas": 3},
    ///     "status": {"observedGeneration": 2, "replicas": 4, "updatedReplicas": 1},
    /// });
    /// let rollout = Rollout::of(Kind::Deployment, &web)?;
    /// assert_eq!(rollout.line, "Waiting for deployment \"web\" rollout to finish: 1 out of 3 new replicas have been updated...");
    /// # Ok::<(), rollbook::cluster::NoRollout>(())
    /// ```
    ///
    /// # Errors
    /// Its pods are replaced only when somebody deletes them, or it is of a kind without rollouts.
    pub fn of(kind: Kind, workload: &Value) -> Result<Rollout, NoRollout> {
        match kind {
            Kind::Deployment => deployment(workload),
            Kind::DaemonSet => daemon_set(workload),
            Kind::StatefulSet => stateful_set(workload),
            other => Err(NoRollout::Kind(other.name())),
        }
    }
}

/// The condition of a workload or a pod of that type.
pub fn condition<'v>(object: &'v Value, of_type: &str) -> Option<&'v Value> {
    object["status"]["conditions"].as_array()?.iter().find(|condition| condition["type"] == of_type)
}

/// Whether a pod says that it is ready.
pub fn is_ready(pod: &Value) -> bool {
    condition(pod, "Ready").is_some_and(|ready| ready["status"] == "True")
}

/// The condition that says that the progress deadline has passed. It stays as it is until there is progress, also where another
/// template takes the place of the one that made none, and has a ReplicaSet already (`pkg/controller/deployment/progress.go`).
pub fn exceeded(deployment: &Value) -> Option<&Value> {
    condition(deployment, "Progressing").filter(|condition| condition["reason"] == "ProgressDeadlineExceeded")
}

/// Whether the controller has seen the newest state.
pub fn is_observed(workload: &Value) -> bool {
    number(&workload["metadata"]["generation"]) <= number(&workload["status"]["observedGeneration"])
}

/// A number of the status, which leaves out 0.
fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or(0)
}

/// A name as Go's `%q` has it.
fn quoted(workload: &Value) -> String {
    format!("\"{}\"", workload["metadata"]["name"].as_str().unwrap_or_default())
}

fn deployment(web: &Value) -> Result<Rollout, NoRollout> {
    let (name, status) = (quoted(web), &web["status"]);
    if !is_observed(web) {
        return Rollout::waiting("Waiting for deployment spec update to be observed...".to_owned());
    }
    if exceeded(web).is_some() {
        let line = format!("deployment {name} exceeded its progress deadline");
        return Ok(Rollout { progress: Progress::Failed, line });
    }
    let (updated, all) = (number(&status["updatedReplicas"]), number(&status["replicas"]));
    let waiting =
        |what: String| Rollout::waiting(format!("Waiting for deployment {name} rollout to finish: {what}..."));
    if let Some(wanted) = web["spec"]["replicas"].as_i64().filter(|wanted| updated < *wanted) {
        return waiting(format!("{updated} out of {wanted} new replicas have been updated"));
    }
    if all > updated {
        return waiting(format!("{} old replicas are pending termination", all - updated));
    }
    let available = number(&status["availableReplicas"]);
    if available < updated {
        return waiting(format!("{available} of {updated} updated replicas are available"));
    }
    Rollout::complete(format!("deployment {name} successfully rolled out"))
}

fn daemon_set(agent: &Value) -> Result<Rollout, NoRollout> {
    if agent["spec"]["updateStrategy"]["type"] != "RollingUpdate" {
        return Err(NoRollout::NotRolling);
    }
    let (name, status) = (quoted(agent), &agent["status"]);
    if !is_observed(agent) {
        return Rollout::waiting("Waiting for daemon set spec update to be observed...".to_owned());
    }
    let (updated, wanted) = (number(&status["updatedNumberScheduled"]), number(&status["desiredNumberScheduled"]));
    let waiting =
        |what: String| Rollout::waiting(format!("Waiting for daemon set {name} rollout to finish: {what}..."));
    if updated < wanted {
        return waiting(format!("{updated} out of {wanted} new pods have been updated"));
    }
    let available = number(&status["numberAvailable"]);
    if available < wanted {
        return waiting(format!("{available} of {wanted} updated pods are available"));
    }
    Rollout::complete(format!("daemon set {name} successfully rolled out"))
}

fn stateful_set(db: &Value) -> Result<Rollout, NoRollout> {
    let (strategy, status) = (&db["spec"]["updateStrategy"], &db["status"]);
    if strategy["type"] != "RollingUpdate" {
        return Err(NoRollout::NotRolling);
    }
    if number(&status["observedGeneration"]) == 0 || !is_observed(db) {
        return Rollout::waiting("Waiting for statefulset spec update to be observed...".to_owned());
    }
    let (wanted, updated) = (db["spec"]["replicas"].as_i64(), number(&status["updatedReplicas"]));
    let missing = wanted.map_or(0, |wanted| wanted - number(&status["readyReplicas"]));
    if missing > 0 {
        return Rollout::waiting(format!("Waiting for {missing} pods to be ready..."));
    }
    if !strategy["rollingUpdate"].is_null() {
        let partition = strategy["rollingUpdate"]["partition"].as_i64();
        return match wanted.zip(partition).map(|(wanted, partition)| wanted - partition) {
            Some(wanted) if updated < wanted => Rollout::waiting(format!(
                "Waiting for partitioned roll out to finish: {updated} out of {wanted} new pods have been updated..."
            )),
            _ => Rollout::complete(format!("partitioned roll out complete: {updated} new pods have been updated...")),
        };
    }
    let revision = |which: &str| status[which].as_str().unwrap_or_default();
    if revision("updateRevision") != revision("currentRevision") {
        let line = format!("{updated} pods at revision {}...", revision("updateRevision"));
        return Rollout::waiting(format!("waiting for statefulset rolling update to complete {line}"));
    }
    let line = format!("{} pods at revision {}...", number(&status["currentReplicas"]), revision("currentRevision"));
    Rollout::complete(format!("statefulset rolling update complete {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(kind: Kind, spec: &Value, status: &Value) -> (Progress, String) {
        let workload = json!({"metadata": {"name": "web", "generation": 2}, "spec": spec, "status": status});
        let rollout = Rollout::of(kind, &workload).unwrap();
        (rollout.progress, rollout.line)
    }

    #[test]
    fn a_deployment_is_told_in_kubectls_words() {
        use Progress::{Complete, Failed, Waiting};
        let spec = json!({"replicas": 3});
        let seen = |more: Value| {
            let mut status = json!({"observedGeneration": 2});
            status.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            status
        };
        for (status, progress, line) in [
            (
                json!({"observedGeneration": 1, "replicas": 3, "updatedReplicas": 3, "availableReplicas": 3}),
                Waiting,
                "Waiting for deployment spec update to be observed...",
            ),
            (
                seen(json!({"conditions": [{"type": "Progressing", "reason": "ProgressDeadlineExceeded"}]})),
                Failed,
                "deployment \"web\" exceeded its progress deadline",
            ),
            (
                seen(json!({"updatedReplicas": 2, "replicas": 4})),
                Waiting,
                "Waiting for deployment \"web\" rollout to finish: 2 out of 3 new replicas have been updated...",
            ),
            (
                seen(json!({})),
                Waiting,
                "Waiting for deployment \"web\" rollout to finish: 0 out of 3 new replicas have been updated...",
            ),
            (
                seen(json!({"updatedReplicas": 3, "replicas": 5})),
                Waiting,
                "Waiting for deployment \"web\" rollout to finish: 2 old replicas are pending termination...",
            ),
            (
                seen(json!({"updatedReplicas": 3, "replicas": 3, "availableReplicas": 1})),
                Waiting,
                "Waiting for deployment \"web\" rollout to finish: 1 of 3 updated replicas are available...",
            ),
            (
                seen(json!({"updatedReplicas": 3, "replicas": 3, "availableReplicas": 3})),
                Complete,
                "deployment \"web\" successfully rolled out",
            ),
        ] {
            assert_eq!(told(Kind::Deployment, &spec, &status), (progress, line.to_owned()), "{status}");
        }
    }

    #[test]
    fn a_daemon_set_is_told_in_kubectls_words() {
        use Progress::{Complete, Waiting};
        let spec = json!({"updateStrategy": {"type": "RollingUpdate"}});
        for (status, progress, line) in [
            (json!({"observedGeneration": 1}), Waiting, "Waiting for daemon set spec update to be observed..."),
            (
                json!({"observedGeneration": 2, "desiredNumberScheduled": 3, "updatedNumberScheduled": 1}),
                Waiting,
                "Waiting for daemon set \"web\" rollout to finish: 1 out of 3 new pods have been updated...",
            ),
            (
                json!({"observedGeneration": 2, "desiredNumberScheduled": 3, "updatedNumberScheduled": 3, "numberAvailable": 2}),
                Waiting,
                "Waiting for daemon set \"web\" rollout to finish: 2 of 3 updated pods are available...",
            ),
            (json!({"observedGeneration": 2}), Complete, "daemon set \"web\" successfully rolled out"),
        ] {
            assert_eq!(told(Kind::DaemonSet, &spec, &status), (progress, line.to_owned()), "{status}");
        }
    }

    #[test]
    fn a_stateful_set_is_told_in_kubectls_words() {
        use Progress::{Complete, Waiting};
        let partition = |partition: Value| json!({"replicas": 3, "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": partition}});
        for (spec, status, progress, line) in [
            (
                partition(json!({"partition": 0})),
                json!({}),
                Waiting,
                "Waiting for statefulset spec update to be observed...",
            ),
            (
                partition(json!({"partition": 0})),
                json!({"observedGeneration": 2, "readyReplicas": 1}),
                Waiting,
                "Waiting for 2 pods to be ready...",
            ),
            (
                partition(json!({"partition": 1})),
                json!({"observedGeneration": 2, "readyReplicas": 3, "updatedReplicas": 1}),
                Waiting,
                "Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated...",
            ),
            (
                partition(json!({"partition": 1})),
                json!({"observedGeneration": 2, "readyReplicas": 3, "updatedReplicas": 2}),
                Complete,
                "partitioned roll out complete: 2 new pods have been updated...",
            ),
            (
                partition(Value::Null),
                json!({"observedGeneration": 2, "readyReplicas": 3, "updatedReplicas": 1,
                "currentRevision": "web-a", "updateRevision": "web-b"}),
                Waiting,
                "waiting for statefulset rolling update to complete 1 pods at revision web-b...",
            ),
            (
                partition(Value::Null),
                json!({"observedGeneration": 2, "readyReplicas": 3, "currentReplicas": 3,
                "currentRevision": "web-b", "updateRevision": "web-b"}),
                Complete,
                "statefulset rolling update complete 3 pods at revision web-b...",
            ),
        ] {
            assert_eq!(told(Kind::StatefulSet, &spec, &status), (progress, line.to_owned()), "{status}");
        }
    }

    #[test]
    fn what_is_not_rolled_out_is_refused() {
        let db = json!({"spec": {"updateStrategy": {"type": "OnDelete"}}});
        for kind in [Kind::DaemonSet, Kind::StatefulSet] {
            assert_eq!(Rollout::of(kind, &db), Err(NoRollout::NotRolling));
        }
        assert_eq!(Rollout::of(Kind::Job, &db), Err(NoRollout::Kind("Job")));
    }
}
