//! `rollbook drift`: what is otherwise than git says, and what is not though it looks so.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{daemon_set, deployment, stateful_set};
use crate::rbac::allow;

const SETTINGS: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n  level: info\n";
const LOGIN: &str = "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: hunter2}\n";
const SERVICE: &str =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80}]\n";

/// Commits a file, and applies it.
fn release(shop: &Shop, path: &str, manifest: &str, message: &str) {
    shop.world.write(path, manifest);
    shop.world.commit(message);
    shop.apply(manifest);
}

/// A shop with an object of each sort, all of it in the cluster.
fn shop() -> Option<Shop> {
    let shop = Shop::open()?;
    shop.world.set_columns(100);
    for (path, manifest) in [
        ("k8s/web.yaml", deployment("web:1", 2, 600).as_str()),
        ("k8s/db.yaml", &stateful_set("db:1")),
        ("k8s/agent.yaml", &daemon_set("agent:1")),
        ("k8s/settings.yaml", SETTINGS),
        ("k8s/login.yaml", LOGIN),
        ("k8s/service.yaml", SERVICE),
    ] {
        release(&shop, path, manifest, &format!("add {path}"));
    }
    Some(shop)
}

/// Changes an object of the cluster as `kubectl edit` does.
fn edit(shop: &Shop, kind: &str, name: &str, patch: &Value) {
    let path = shop.path(kind, name);
    shop.plane.api.merge(&format!("{path}?fieldManager=kubectl-edit"), patch);
}

/// Without the times at which the cluster was written to.
pub fn timeless(screen: &str) -> String {
    let year = "T";
    let is_time = |word: &&str| word.len() == 20 && word.ends_with('Z') && word.contains(year);
    let line = |line: &str| {
        let words: Vec<&str> = line.split(' ').map(|word| if is_time(&word) { "[time]" } else { word }).collect();
        words.join(" ")
    };
    screen.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn what_the_server_and_the_controllers_fill_in_is_no_drift() {
    let Some(shop) = shop() else { return };
    insta::assert_snapshot!(shop.screen(&["drift"]), @"
    $ rollbook drift
    6 objects, all the same
    ");
    // Restarted by hand: git does not say when pods began.
    let time = json!({"kubectl.kubernetes.io/restartedAt": "2026-10-01T12:00:00Z"});
    edit(&shop, "Deployment", "web", &json!({"spec": {"template": {"metadata": {"annotations": time}}}}));
    edit(&shop, "Service", "web", &json!({"metadata": {"labels": {"mine": "yes"}}, "spec": {"type": "NodePort"}}));
    insta::assert_snapshot!(shop.screen(&["drift", "deploy/web"]));
    assert_eq!(shop.rollbook(&["drift", "deploy/web"]).code, 0);
}

#[test]
fn what_an_earlier_commit_says_is_behind() {
    let Some(shop) = shop() else { return };
    shop.world.write("k8s/web.yaml", deployment("web:2", 2, 600));
    shop.world.commit("web: search by category");
    shop.world.write("k8s/web.yaml", deployment("web:3", 2, 600));
    shop.world.commit("web: faster checkout");
    shop.world.write("k8s/settings.yaml", SETTINGS.replace("info", "debug"));
    shop.world.commit("tell more");
    insta::assert_snapshot!(timeless(&shop.screen(&["drift"])));
    // The other way round: an older commit is asked, and a later one is there.
    shop.apply(&deployment("web:2", 2, 600));
    insta::assert_snapshot!(timeless(&shop.screen(&["drift", "deploy/web", "--ref", "HEAD~3"])));
    let item: Value = serde_json::from_str(&shop.rollbook(&["drift", "deploy/web", "-o", "json"]).stdout).unwrap();
    let item = &item["items"][0];
    assert_eq!(
        (item["state"].as_str(), item["revision"].as_u64(), item["live"]["revision"].as_u64()),
        (Some("behind"), Some(3), Some(2))
    );
}

#[test]
fn what_no_commit_says_was_changed_by_hand() {
    let Some(shop) = shop() else { return };
    let container = json!([{"name": "web", "image": "web:9", "env": [{"name": "MINE", "value": "yes"}]}]);
    edit(
        &shop,
        "Deployment",
        "web",
        &json!({"spec": {"template": {"spec": {"containers": container}}, "replicas": 3}}),
    );
    edit(&shop, "ConfigMap", "settings", &json!({"data": {"level": "\u{1b}[31mdebug", "other": "mine"}}));
    edit(&shop, "Secret", "login", &json!({"data": {"password": "c2VjcmV0"}}));
    shop.plane.api.delete(&shop.path("Service", "web"));
    let seen = shop.screen(&["drift"]);
    assert!(!seen.contains("hunter2") && !seen.contains("c2VjcmV0") && !seen.contains('\u{1b}'), "{seen}");
    insta::assert_snapshot!(timeless(&seen));
    let names = shop.rollbook(&["drift", "-o", "name"]).stdout;
    assert_eq!(names, "configmap/settings\ndeployment.apps/web\nsecret/login\nservice/web\n");
}

#[test]
fn what_git_gave_up_is_behind_and_what_was_added_by_hand_is_told() {
    let Some(shop) = Shop::open() else { return };
    shop.world.set_columns(100);
    let second = deployment("web:1", 1, 600);
    let first = second.clone() + "        env: [{name: OLD, value: 'yes'}]\n";
    shop.world.write("k8s/web.yaml", &first);
    shop.world.commit("web: first release");
    assert_eq!(shop.rollbook(&["apply", "web"]).code, 0);
    shop.world.write("k8s/web.yaml", &second);
    shop.world.commit("web: the old way is gone");
    let behind = shop.screen(&["drift"]);
    assert_eq!(shop.rollbook(&["apply", "web"]).code, 0);
    assert_eq!(shop.rollbook(&["drift"]).code, 0);
    // The reason that an apply gives is no drift, whatever else the controllers write beside it.
    for (path, manifest) in [("k8s/db.yaml", stateful_set("db:1")), ("k8s/agent.yaml", daemon_set("agent:1"))] {
        shop.world.write(path, &manifest);
        shop.world.commit(path);
    }
    for target in ["sts/db", "ds/agent", "sts/db"] {
        assert_eq!(shop.rollbook(&["apply", target]).code, 0);
    }
    assert_eq!(shop.rollbook(&["drift"]).stdout, "3 objects, all the same\n");
    // An operator keeps what is its own; what somebody adds is another thing.
    let path = shop.path("Deployment", "web");
    let add = |manager: &str, name: &str| {
        let container = json!({"name": name, "image": "proxy:1"});
        let patch = json!({"spec": {"template": {"spec": {"containers": [container]}}}});
        shop.plane.api.strategic(&format!("{path}?fieldManager={manager}"), &patch);
    };
    add("operator", "injected");
    assert_eq!(shop.rollbook(&["drift"]).code, 0);
    add("kubectl-edit", "mine");
    // A restart beside it hides nothing.
    assert_eq!(shop.rollbook(&["restart", "sts/db"]).code, 0);
    let annotations = json!({"spec": {"template": {"metadata": {"annotations": {"mine": "by hand"}}}}});
    edit(&shop, "StatefulSet", "db", &annotations);
    assert_eq!(shop.rollbook(&["pause", "web"]).code, 0);
    insta::assert_snapshot!(timeless(&format!("{behind}\n{}", shop.screen(&["drift"]))));
}

#[test]
fn replicas_that_an_autoscaler_counts_are_no_drift() {
    let Some(shop) = shop() else { return };
    let path = format!("/apis/autoscaling/v2/namespaces/{}/horizontalpodautoscalers", shop.namespace);
    let target = json!({"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"});
    let autoscaler = json!({
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "web"},
        "spec": {"scaleTargetRef": target, "minReplicas": 3, "maxReplicas": 9},
    });
    edit(&shop, "Deployment", "web", &json!({"spec": {"replicas": 4}}));
    assert_eq!(shop.rollbook(&["drift", "deploy/web"]).code, 1);
    shop.plane.api.post(&path, &autoscaler);
    insta::assert_snapshot!(shop.screen(&["drift", "deploy/web"]), @"
    $ rollbook drift deploy/web
    NAME        STATE
    deploy/web  same
      4 replicas, as the autoscaler web counts them, not 2
    the object is the same
    ");
}

#[test]
fn what_only_the_cluster_has_is_told_where_that_is_asked_for() {
    let Some(shop) = shop() else { return };
    let extra = deployment("web:1", 1, 600)
        .replace("name: web\nspec", "name: old\n  labels: {app: web}\nspec")
        .replace("app: web}\n  template", "app: old}\n  template")
        .replace("labels: {app: web}\n    spec", "labels: {app: old}\n    spec");
    shop.apply(&extra);
    assert_eq!(shop.rollbook(&["drift"]).code, 0);
    insta::assert_snapshot!(shop.screen(&["drift", "--extra", "app=web"]));
    let output = shop.rollbook(&["drift", "--extra", "app in ("]);
    assert_eq!(output.code, 2, "{}", output.stdout);
}

#[test]
fn what_may_not_be_read_is_not_called_the_same() {
    let Some(shop) = shop() else { return };
    let rules = json!([
        {"apiGroups": ["apps"], "resources": ["deployments", "statefulsets", "daemonsets"], "verbs": ["get", "list"]},
        {"apiGroups": [""], "resources": ["configmaps", "services"], "verbs": ["get", "list"]},
    ]);
    allow(&shop, &rules);
    let run = |args: &[&str]| {
        let output = shop.rollbook_as("viewer", args);
        (output.screen(args).replace(&shop.namespace, "[namespace]"), output.code)
    };
    let (seen, code) = run(&["drift"]);
    insta::assert_snapshot!(seen);
    // A script must not take it for the same; what differs is told first.
    assert_eq!(code, 2);
    let rendered = "resources: [settings.yaml]\nnamePrefix: prod-\n";
    shop.world.write("k8s/kustomization.yaml", rendered);
    shop.world.commit("render the settings");
    assert_eq!(shop.rollbook(&["drift"]).code, 2);
    edit(&shop, "Service", "web", &json!({"spec": {"ports": [{"port": 81}]}}));
    assert_eq!(run(&["drift"]).1, 1);
    assert_eq!(run(&["drift", "secret/login"]).1, 2);
    assert_eq!(run(&["drift", "deploy/nothing"]).1, 1);
}
