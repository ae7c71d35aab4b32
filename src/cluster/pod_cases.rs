//! Pods as kubelets and schedulers leave them, and what is said of each.

use super::pods::{Reason, Trouble};
use serde_json::{Value, json};

/// A pod of one container in a state.
fn container(state: &Value) -> Value {
    let mut status = json!({"name": "web", "image": "web:2", "ready": false});
    status.as_object_mut().unwrap().extend(state.as_object().unwrap().clone());
    json!({"metadata": {"name": "web-1"}, "status": {"phase": "Running", "containerStatuses": [status]}})
}

fn waiting(reason: &str, message: &str) -> Value {
    json!({"state": {"waiting": {"reason": reason, "message": message}}})
}

#[test]
fn what_is_wrong_is_said_in_a_few_words() {
    let crash = |code: i64, reason: &str| {
        json!({"restartCount": 3, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
               "lastState": {"terminated": {"exitCode": code, "reason": reason}}})
    };
    for (pod, what, text) in [
        (
            container(&waiting("ImagePullBackOff", "Back-off pulling image \"web:2\"")),
            Trouble::ImagePull,
            "cannot pull the image `web:2` (ImagePullBackOff)",
        ),
        (
            container(&waiting("ImagePullBackOff", "Back-off pulling image \"web:2\": ErrImagePull: not found")),
            Trouble::ImagePull,
            "cannot pull the image `web:2` (ImagePullBackOff): ErrImagePull: not found",
        ),
        (
            container(&waiting("ErrImagePull", "manifest unknown.")),
            Trouble::ImagePull,
            "cannot pull the image `web:2` (ErrImagePull): manifest unknown",
        ),
        (container(&waiting("InvalidImageName", "x")), Trouble::ImagePull, "`web:2` is no name of an image"),
        (container(&crash(1, "Error")), Trouble::CrashLoop, "container `web` ends with exit code 1, 3 restarts"),
        (
            container(&crash(137, "OOMKilled")),
            Trouble::CrashLoop,
            "container `web` ends with exit code 137: out of memory, 3 restarts",
        ),
        (
            container(
                &json!({"restartCount": 1, "state": {"running": {}}, "lastState": {"terminated": {"exitCode": 2, "reason": "Error"}}}),
            ),
            Trouble::CrashLoop,
            "container `web` runs again after it ended with exit code 2, 1 restart",
        ),
        (
            container(&json!({"state": {"terminated": {"exitCode": 2, "reason": "ContainerCannotRun"}}})),
            Trouble::Ended,
            "container `web` ended with exit code 2 (ContainerCannotRun)",
        ),
        (
            container(&waiting("CreateContainerConfigError", "configmap \"settings\" not found")),
            Trouble::Config,
            "container `web` cannot be started: configmap \"settings\" not found",
        ),
        (container(&waiting("ContainerCreating", "")), Trouble::Starting, "is being started"),
        (
            container(&json!({"started": true, "state": {"running": {}}})),
            Trouble::NotReady,
            "container `web` is not ready: HTTP 503",
        ),
        (
            container(&json!({"started": false, "state": {"running": {}}})),
            Trouble::NotReady,
            "container `web` is not started: HTTP 503",
        ),
        (
            json!({"status": {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable",
            "message": "0/3 nodes are available: 3 Insufficient cpu."}]}}),
            Trouble::Unschedulable,
            "no node takes it: 0/3 nodes are available: 3 Insufficient cpu",
        ),
        (
            json!({"status": {"phase": "Failed", "reason": "Evicted", "message": "The node was low on memory."}}),
            Trouble::Ended,
            "failed (Evicted): The node was low on memory",
        ),
        (json!({"status": {"phase": "Pending"}}), Trouble::Starting, "is being started"),
        (json!({"metadata": {"deletionTimestamp": "2026-10-01T09:00:00Z"}}), Trouble::Terminating, "is being deleted"),
        (
            json!({"spec": {"readinessGates": [{"conditionType": "lb/ready"}]}, "status": {"phase": "Running", "containerStatuses": [{"ready": true}]}}),
            Trouble::Gate,
            "the readiness gate `lb/ready` is not met",
        ),
    ] {
        let reason = Reason::of(&pod, Some("HTTP 503")).unwrap();
        assert_eq!((reason.what, reason.text.as_str()), (what, text), "{pod}");
    }
}

#[test]
fn a_ready_pod_has_no_trouble() {
    let pod = json!({"status": {"conditions": [{"type": "Ready", "status": "True"}]}});
    assert_eq!(Reason::of(&pod, None), None);
}

#[test]
fn the_worst_of_several_containers_is_told() {
    let pod = json!({"status": {"phase": "Pending", "containerStatuses": [
        {"name": "a", "state": {"waiting": {"reason": "ContainerCreating"}}},
        {"name": "b", "image": "b:1", "state": {"waiting": {"reason": "ErrImagePull"}}},
        {"name": "c", "ready": true, "state": {"running": {}}},
    ]}});
    let reason = Reason::of(&pod, None).unwrap();
    assert_eq!(reason.container.as_ref().map(|name| name.as_str()), Some("b"));
}

#[test]
fn the_containers_of_the_start_come_first() {
    let pod = json!({"status": {"phase": "Pending",
        "initContainerStatuses": [
            {"name": "wait", "ready": true, "state": {"terminated": {"exitCode": 0}}},
            {"name": "migrate", "ready": false, "restartCount": 2, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
             "lastState": {"terminated": {"exitCode": 3, "reason": "Error"}}}],
        "containerStatuses": [{"name": "web", "state": {"waiting": {"reason": "PodInitializing"}}}],
    }});
    let reason = Reason::of(&pod, None).unwrap();
    assert_eq!(reason.text.as_str(), "init container `migrate` ends with exit code 3, 2 restarts");
    assert_eq!((reason.exit_code, reason.restarts), (Some(3), Some(2)));
}
