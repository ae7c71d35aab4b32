//! Workloads as clusters hold them, and what is told of each.

use super::held::Held;
use super::situation::{Situation, selector};
use crate::kubernetes::Kind;
use jiff::Timestamp;
use serde_json::{Value, json};

const NOW: &str = "2026-10-01T09:10:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn owned(kind: &str, name: &str, uid: &str, by: &str) -> Value {
    json!({"kind": kind, "metadata": {"name": name, "uid": uid, "ownerReferences": [{"controller": true, "uid": by}]}})
}

fn set(name: &str, uid: &str, number: &str) -> Value {
    let mut set = owned("ReplicaSet", name, uid, "web");
    set["metadata"]["annotations"] = json!({"deployment.kubernetes.io/revision": number});
    set
}

fn pod(name: &str, of: &str, ready: bool) -> Value {
    let mut pod = owned("Pod", name, name, of);
    let status = if ready { "True" } else { "False" };
    pod["status"] =
        json!({"conditions": [{"type": "Ready", "status": status, "lastTransitionTime": "2026-10-01T09:09:55Z"}]});
    pod
}

fn web(generation: i64) -> Value {
    json!({
        "metadata": {"name": "web", "uid": "web", "generation": generation, "annotations": {"deployment.kubernetes.io/revision": "3"}},
        "spec": {"replicas": 2, "progressDeadlineSeconds": 600},
        "status": {"observedGeneration": 4, "updatedReplicas": 1, "conditions": [
            {"type": "Progressing", "lastUpdateTime": "2026-10-01T09:08:00Z"}]},
    })
}

/// The same when its rollout is complete.
fn complete() -> Value {
    let mut web = web(4);
    web["status"] = json!({"observedGeneration": 4, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2});
    web
}

fn situation(generation: i64) -> Situation {
    let revisions =
        vec![set("web-a", "a", "1"), set("web-b", "b", "2"), set("web-c", "c", "3"), set("other", "x", "3")];
    let mut revisions = revisions;
    revisions[3]["metadata"]["ownerReferences"][0]["uid"] = json!("another");
    let pods = vec![pod("b-1", "b", true), pod("b-2", "b", true), pod("c-1", "c", false), pod("x-1", "x", false)];
    Situation::new(web(generation), Some(revisions), Some(pods), Vec::new())
}

/// The name, the number, the role and the pods of each revision.
fn shown(held: Option<Vec<Held>>) -> Vec<String> {
    let pods = |held: &Held| held.pods.map_or_else(String::new, |pods| format!(" {}/{}", pods.ready, pods.all));
    let held = held.unwrap();
    held.iter().map(|of| format!("{} {} {}{}", of.name, of.number, of.role.word(), pods(of))).collect()
}

#[test]
fn each_revision_has_its_pods_and_its_role() {
    assert_eq!(shown(situation(4).held(Kind::Deployment)), {
        ["web-c 3 rolling in 0/1", "web-b 2 rolling out 2/2", "web-a 1 kept 0/0"]
    });
    let done = Situation { workload: complete(), ..situation(4) };
    assert_eq!(shown(done.held(Kind::Deployment))[0], "web-c 3 live 0/1");
    // What is not seen yet has no revision, so nothing is rolling out for it.
    assert_eq!(shown(situation(5).held(Kind::Deployment)), {
        ["web-c 3 live 0/1", "web-b 2 live 2/2", "web-a 1 kept 0/0"]
    });
}

#[test]
fn pods_of_others_are_no_trouble_of_this_one() {
    let ailing = situation(4).ailing(Kind::Deployment, now());
    assert_eq!(ailing.iter().map(|of| of.pod.as_str()).collect::<Vec<_>>(), ["c-1"]);
    assert_eq!(ailing[0].revision.as_deref(), Some("web-c"));
}

#[test]
fn many_workloads_get_what_belongs_to_each() {
    let mut api = web(4);
    api["metadata"]["uid"] = json!("api");
    let mut of_api = set("api-a", "d", "1");
    of_api["metadata"]["ownerReferences"][0]["uid"] = json!("api");
    let pods = vec![pod("a-1", "a", true), pod("d-1", "d", true), pod("d-2", "d", false), pod("x-1", "x", true)];
    let workloads = || vec![(Kind::Deployment, web(4)), (Kind::Deployment, api.clone())];
    let sets = vec![of_api, set("web-a", "a", "1")];
    let all = Situation::of_all(workloads(), [Some(sets.clone()), None, Some(pods)]);
    let names = |objects: &Option<Vec<Value>>| {
        let names = objects.iter().flatten().map(|of| of["metadata"]["name"].to_string());
        names.collect::<Vec<_>>().join(" ")
    };
    let told: Vec<String> = all.iter().map(|of| format!("{}: {}", names(&of.revisions), names(&of.pods))).collect();
    assert_eq!(told, ["\"web-a\": \"a-1\"", "\"api-a\": \"d-1\" \"d-2\""]);
    let without_pods = Situation::of_all(workloads(), [Some(sets), None, None]);
    assert!(without_pods.iter().all(|of| of.revisions.is_some() && of.pods.is_none()), "{without_pods:?}");
    let without_sets = Situation::of_all(workloads(), [None, Some(Vec::new()), Some(Vec::new())]);
    assert!(without_sets.iter().all(|of| of.held(Kind::Deployment).is_none()), "{without_sets:?}");
}

#[test]
fn a_ready_pod_settles_for_a_while() {
    let mut situation = situation(4);
    situation.workload["spec"]["minReadySeconds"] = json!(30);
    let ailing = situation.ailing(Kind::Deployment, now());
    let texts: Vec<&str> = ailing.iter().map(|of| of.reason.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "is being started",
            "is ready, and available in 25s (minReadySeconds)",
            "is ready, and available in 25s (minReadySeconds)"
        ]
    );
}

#[test]
fn a_selector_is_written_as_the_api_reads_it() {
    let web = json!({"spec": {"selector": {"matchLabels": {"app": "web"}, "matchExpressions": [
        {"key": "tier", "operator": "In", "values": ["a", "b"]},
        {"key": "old", "operator": "DoesNotExist"},
        {"key": "new", "operator": "Exists"},
        {"key": "zone", "operator": "NotIn", "values": ["x"]},
    ]}}});
    assert_eq!(selector(&web), "app=web,tier in (a,b),!old,new,zone notin (x)");
}

#[test]
fn the_deadline_counts_from_the_last_progress() {
    assert_eq!(situation(4).seconds_left(now()), Some(480));
    let mut without = situation(4);
    without.workload["spec"]["progressDeadlineSeconds"] = json!(i32::MAX);
    assert_eq!(without.seconds_left(now()), None);
}

#[test]
fn pods_of_daemon_sets_and_stateful_sets_are_known_by_their_label() {
    let mut revision = owned("ControllerRevision", "db-5f", "r", "db");
    revision["revision"] = json!(7);
    let mut pod = pod("db-0", "db", true);
    pod["metadata"]["labels"] = json!({"controller-revision-hash": "db-5f"});
    let db = json!({
        "metadata": {"uid": "db", "generation": 1}, "spec": {"updateStrategy": {"type": "RollingUpdate"}},
        "status": {"observedGeneration": 1, "updateRevision": "db-5f", "currentRevision": "db-5f"},
    });
    let situation = Situation::new(db, Some(vec![revision]), Some(vec![pod]), Vec::new());
    assert_eq!(shown(situation.held(Kind::StatefulSet)), ["db-5f 7 live 1/1"]);
}

#[test]
fn what_never_started_is_of_a_newest_revision_that_is_known() {
    let mut pod = owned("Pod", "agent-1", "agent-1", "agent");
    pod["metadata"]["labels"] = json!({"controller-revision-hash": "5f"});
    pod["status"] = json!({"containerStatuses": [{"name": "agent", "state": {"waiting": {"reason": "ErrImagePull"}}}]});
    let mut revision = owned("ControllerRevision", "agent-5f", "r", "agent");
    revision["metadata"]["labels"] = json!({"controller-revision-hash": "5f"});
    let agent = json!({"metadata": {"uid": "agent", "generation": 1}, "status": {"observedGeneration": 1}});
    let unstarted = |revisions| {
        let situation = Situation::new(agent.clone(), revisions, Some(vec![pod.clone()]), Vec::new());
        situation.unstarted(Kind::DaemonSet, now())
    };
    assert_eq!(unstarted(Some(vec![revision])), ["agent-1"]);
    // Where no revision may be read, the pod may be of an older one.
    assert_eq!(unstarted(None), Vec::<String>::new());
}

#[test]
fn without_pods_nothing_is_said_of_them() {
    let without = |workload| Situation { workload, pods: None, ..situation(4) };
    let under_way = without(web(4));
    assert_eq!(shown(under_way.held(Kind::Deployment)), ["web-c 3 rolling in", "web-b 2 unknown", "web-a 1 unknown"]);
    assert_eq!(shown(under_way.running(Kind::Deployment)), ["web-c 3 rolling in"]);
    assert!(!under_way.knows_pods(Kind::Deployment));
    // When all pods are of the newest, the others have none.
    assert_eq!(shown(without(complete()).held(Kind::Deployment)), ["web-c 3 live", "web-b 2 kept", "web-a 1 kept"]);
    // Nor is it known what runs before the controller has seen the newest state.
    assert_eq!(shown(without(web(5)).running(Kind::Deployment)), Vec::<String>::new());
}

#[test]
fn a_partition_keeps_pods_of_the_older_revision() {
    let revision = |name: &str, number: i64| {
        let mut revision = owned("ControllerRevision", name, name, "db");
        revision["revision"] = json!(number);
        revision
    };
    let db = json!({
        "metadata": {"name": "db", "uid": "db", "generation": 1},
        "spec": {"replicas": 2, "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 1}}},
        "status": {"observedGeneration": 1, "readyReplicas": 2, "updatedReplicas": 1, "currentRevision": "db-a", "updateRevision": "db-b"},
    });
    let situation = Situation::new(db, Some(vec![revision("db-a", 1), revision("db-b", 2)]), None, Vec::new());
    assert_eq!(shown(situation.held(Kind::StatefulSet)), ["db-b 2 live", "db-a 1 unknown"]);
}

#[test]
fn a_stateful_sets_pod_says_its_revision_by_itself() {
    let mut pod = pod("db-0", "db", false);
    pod["metadata"]["labels"] = json!({"controller-revision-hash": "db-5f"});
    let db = json!({"metadata": {"uid": "db", "generation": 1}, "status": {"observedGeneration": 1, "updateRevision": "db-5f"}});
    let situation = Situation::new(db, None, Some(vec![pod]), Vec::new());
    let ailing = situation.ailing(Kind::StatefulSet, now());
    assert_eq!(ailing[0].revision, situation.newest(Kind::StatefulSet));
}
