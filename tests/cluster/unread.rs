//! What is said where a part may not be read: nothing is claimed of it.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::deployment;
use crate::moments::stuck;
use crate::rbac;
use crate::world::Output;

/// Gives the user rights on resources of a group, and waits until the server knows of them.
fn allow(shop: &Shop, rules: &[(&str, &str, &[&str])]) {
    let rule = |(group, resource, verbs): &(&str, &str, &[&str])| json!({"apiGroups": [group], "resources": [resource], "verbs": verbs});
    let rules: Vec<Value> = rules.iter().map(rule).collect();
    rbac::allow(shop, &json!(rules));
}

const DEPLOYMENTS: (&str, &str, &[&str]) = ("apps", "deployments", &["get", "list", "watch"]);
const REPLICA_SETS: (&str, &str, &[&str]) = ("apps", "replicasets", &["list", "watch"]);

fn release(shop: &Shop, image: &str) {
    shop.world.write("k8s/web.yaml", deployment(image, 1, 600));
    shop.world.commit(image);
    assert_eq!(shop.rollbook(&["apply", "web"]).code, 0);
}

/// A shop in which the second release is on its way, and two revisions run.
fn under_way() -> Option<Shop> {
    let shop = Shop::open()?;
    release(&shop, "web:1");
    assert_eq!(shop.rollbook(&["status", "web", "--watch", "--timeout", "60s"]).code, 0);
    release(&shop, "web:unready");
    shop.wait_for_pod(|pod| pod["spec"]["containers"][0]["image"] == "web:unready");
    shop.wait("Deployment", "web", |web| web["status"]["replicas"] == 2 && web["status"]["updatedReplicas"] == 1);
    Some(shop)
}

/// The first columns of the rows that begin so, below the head.
fn row(run: &Output, first: &str, columns: usize) -> String {
    let of_it = run.stdout.lines().find(|line| line.split_whitespace().next() == Some(first));
    let of_it = of_it.unwrap_or_else(|| panic!("{}{}", run.stdout, run.stderr));
    of_it.split_whitespace().take(columns).collect::<Vec<_>>().join(" ")
}

/// The first item of the answer in JSON.
fn item(shop: &Shop, args: &[&str]) -> Value {
    let run = shop.rollbook_as("viewer", &[args, &["-o", "json"]].concat());
    let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    answer["items"][0].clone()
}

#[test]
fn what_may_not_be_listed_is_not_called_missing() {
    let Some(shop) = under_way() else { return };
    let list = || shop.rollbook_as("viewer", &["list", "--live"]);
    assert_eq!(row(&list(), "deploy/web", 3), "deploy/web 2 unknown");
    assert_eq!(item(&shop, &["list", "--live"]).get("live"), Some(&Value::Null));
    // Without its ReplicaSets nobody knows what runs.
    allow(&shop, &[DEPLOYMENTS]);
    assert_eq!(row(&list(), "deploy/web", 3), "deploy/web 2 unknown");
    let history = shop.rollbook_as("viewer", &["history", "web", "--live"]);
    assert!(history.code == 0 && !history.stdout.contains("LIVE"), "{}", history.stdout);
    assert!(history.stderr.contains("not allowed to list replicasets.apps"), "{}", history.stderr);
    assert_eq!(item(&shop, &["history", "web", "--live"]).get("liveOnly"), None);
    let status = item(&shop, &["status", "deploy/web"]);
    assert_eq!((&status["revisions"], &status["pods"]), (&Value::Null, &Value::Null));
}

#[test]
fn pods_that_may_not_be_listed_are_not_counted() {
    let Some(shop) = under_way() else { return };
    allow(&shop, &[DEPLOYMENTS, REPLICA_SETS]);
    let run = |args: &[&str]| {
        let run = shop.rollbook_as("viewer", args);
        assert!(run.stderr.contains("not allowed to list pods"), "{}", run.stderr);
        run
    };
    let history = run(&["history", "deploy/web", "--live"]);
    assert_eq!(row(&history, "1", 2), "1 unknown");
    assert!(row(&history, "2", 4).starts_with("2 rolling in ") && !row(&history, "2", 4).contains('/'));
    assert_eq!(row(&run(&["status", "deploy/web"]), "2", 4), "2 rolling in unknown");
    let list = run(&["list", "--live"]);
    assert!(row(&list, "deploy/web", 6).starts_with("deploy/web 2 2 rolling in "), "{}", list.stdout);
    assert!(!list.stdout.contains("0/"), "{}", list.stdout);
    let status = item(&shop, &["status", "deploy/web"]);
    let revisions = status["revisions"].as_array().unwrap();
    assert_eq!((revisions.len(), &revisions[0]["pods"], &status["pods"]), (1, &Value::Null, &Value::Null));
    let watched = run(&["status", "deploy/web", "--watch", "--timeout", "1s"]);
    assert!(!watched.stdout.contains("0/0"), "{}", watched.stdout);
    // Once all pods are of the newest, the others have none.
    release(&shop, "web:3");
    assert_eq!(shop.rollbook(&["status", "web", "--watch", "--timeout", "60s"]).code, 0);
    let history = run(&["history", "deploy/web", "--live"]);
    assert_eq!([row(&history, "1", 2), row(&history, "3", 2)], ["1 kept", "3 live"]);
}

#[test]
fn which_of_two_revisions_is_live_is_not_guessed() {
    let Some(shop) = under_way() else { return };
    allow(&shop, &[DEPLOYMENTS, REPLICA_SETS]);
    let run = |args: &[&str]| shop.rollbook_as("viewer", args);
    for args in [&["show", "web", "live"][..], &["undo", "web", "--to-revision", "live", "--dry-run"]] {
        let run = run(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.starts_with("error: not allowed to list pods in namespace `"), "{}", run.stderr);
    }
    release(&shop, "web:3");
    assert_eq!(shop.rollbook(&["status", "web", "--watch", "--timeout", "60s"]).code, 0);
    let live = run(&["show", "web", "live", "--template"]);
    assert!(live.code == 0 && live.stdout.contains("web:3"), "{}{}", live.stdout, live.stderr);
}

#[test]
fn pods_that_cannot_be_found_cannot_be_deleted() {
    let Some(shop) = stuck() else { return };
    allow(&shop, &[("apps", "statefulsets", &["get", "patch"]), ("apps", "controllerrevisions", &["list"])]);
    let run = |args: &[&str]| shop.rollbook_as("viewer", args);
    let delete = ["undo", "sts/db", "--live", "--delete-stuck-pods"];
    let refused = run(&delete);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{}", refused.stderr);
    assert!(refused.stderr.starts_with("error: not allowed to list pods in namespace `"), "{}", refused.stderr);
    let note = "a part is not shown: not allowed to list pods";
    let back = run(&["undo", "sts/db", "--live"]);
    assert!(back.code == 0 && back.stderr.contains(note), "{}", back.stderr);
    shop.wait("StatefulSet", "db", |db| db["metadata"]["generation"] == db["status"]["observedGeneration"]);
    let again = run(&["undo", "sts/db", "--live", "--live-revision", "3"]);
    assert!(again.stdout.starts_with("skipped rollback") && again.stderr.contains(note), "{}", again.stderr);
}
