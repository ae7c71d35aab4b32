//! Workloads as clusters hold them, and what is told of each.

use super::situation::{Held, Holdings, Role, selector};
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

fn holdings(generation: i64) -> Holdings {
    let revisions =
        vec![set("web-a", "a", "1"), set("web-b", "b", "2"), set("web-c", "c", "3"), set("other", "x", "3")];
    let mut revisions = revisions;
    revisions[3]["metadata"]["ownerReferences"][0]["uid"] = json!("another");
    let pods = vec![pod("b-1", "b", true), pod("b-2", "b", true), pod("c-1", "c", false), pod("x-1", "x", false)];
    Holdings::new(web(generation), revisions, pods, Vec::new())
}

#[test]
fn each_revision_has_its_pods_and_its_role() {
    let shown = |held: Vec<Held>| {
        held.iter()
            .map(|of| format!("{} {} {} {}/{}", of.name, of.number, of.role.word(), of.ready, of.pods))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(holdings(4).held(Kind::Deployment, false)), {
        ["web-c 3 rolling in 0/1", "web-b 2 rolling out 2/2", "web-a 1 kept 0/0"]
    });
    assert_eq!(shown(holdings(4).held(Kind::Deployment, true))[0], "web-c 3 live 0/1");
    // What is not seen yet has no revision, so nothing is rolling out for it.
    assert_eq!(shown(holdings(5).held(Kind::Deployment, false)), {
        ["web-c 3 live 0/1", "web-b 2 live 2/2", "web-a 1 kept 0/0"]
    });
}

#[test]
fn pods_of_others_are_no_trouble_of_this_one() {
    let ailing = holdings(4).ailing(Kind::Deployment, now());
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
    let all = Holdings::of_all(vec![web(4), api], vec![of_api, set("web-a", "a", "1")], pods);
    let names =
        |objects: &[Value]| objects.iter().map(|of| of["metadata"]["name"].to_string()).collect::<Vec<_>>().join(" ");
    let told: Vec<String> = all.iter().map(|of| format!("{}: {}", names(&of.revisions), names(&of.pods))).collect();
    assert_eq!(told, ["\"web-a\": \"a-1\"", "\"api-a\": \"d-1\" \"d-2\""]);
}

#[test]
fn a_ready_pod_settles_for_a_while() {
    let mut holdings = holdings(4);
    holdings.workload["spec"]["minReadySeconds"] = json!(30);
    let ailing = holdings.ailing(Kind::Deployment, now());
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
    assert_eq!(holdings(4).seconds_left(now()), Some(480));
    let mut without = holdings(4);
    without.workload["spec"]["progressDeadlineSeconds"] = json!(i32::MAX);
    assert_eq!(without.seconds_left(now()), None);
}

#[test]
fn pods_of_daemon_sets_and_stateful_sets_are_known_by_their_label() {
    let mut revision = owned("ControllerRevision", "db-5f", "r", "db");
    revision["revision"] = json!(7);
    let mut pod = pod("db-0", "db", true);
    pod["metadata"]["labels"] = json!({"controller-revision-hash": "db-5f"});
    let db = json!({"metadata": {"uid": "db", "generation": 1}, "status": {"observedGeneration": 1, "updateRevision": "db-5f"}});
    let holdings = Holdings::new(db, vec![revision], vec![pod], Vec::new());
    let held = holdings.held(Kind::StatefulSet, true);
    assert_eq!((held[0].name.as_str(), held[0].number, held[0].role, held[0].ready), ("db-5f", 7, Role::Live, 1));
}
