//! What single options need, as docs/rbac.md has it: no role of `examples/rbac` is for them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{deployment, stateful_set};
use crate::rbac::{allow, are_enough, are_needed};
use crate::world::Output;

const SETTINGS: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {level: info}\n";

/// Rights on resources of a group.
fn rule(group: &str, resources: &[&str], verbs: &[&str]) -> Value {
    json!({"apiGroups": [group], "resources": resources, "verbs": verbs})
}

/// The commands need these rights, and no others.
fn need(shop: &Shop, rules: &[Value], runs: &[(&str, i32)]) {
    let role = json!({"rules": rules});
    are_needed(shop, &role, &runs.iter().map(|(args, _)| *args).collect::<Vec<_>>());
    allow(shop, &role["rules"]);
    are_enough(shop, runs);
}

/// A shop with a Deployment, whose pods need a ConfigMap, in git alone.
fn shop() -> Option<Shop> {
    let shop = Shop::open()?;
    shop.world.set_committer();
    shop.world.write("k8s/settings.yaml", SETTINGS);
    shop.world.write("k8s/web.yaml", web("web:1", "settings"));
    shop.world.commit("first release");
    Some(shop)
}

/// The Deployment, with a ConfigMap as its environment.
fn web(image: &str, settings: &str) -> String {
    deployment(image, 1, 600) + &format!("        envFrom: [{{configMapRef: {{name: {settings}}}}}]\n")
}

fn apply(shop: &Shop, targets: &[&str]) {
    targets.iter().for_each(|target| assert_eq!(shop.rollbook(&["apply", target]).code, 0, "{target}"));
}

#[test]
fn what_only_the_cluster_has_is_listed() {
    let Some(shop) = shop() else { return };
    apply(&shop, &["configmap/settings", "deploy/web"]);
    let rules = [
        rule("apps", &["deployments"], &["get", "list"]),
        rule("apps", &["statefulsets", "daemonsets"], &["list"]),
        rule("", &["configmaps"], &["get", "list"]),
        rule("", &["services"], &["list"]),
    ];
    need(&shop, &rules, &[("drift --extra app=web", 0)]);
}

#[test]
fn a_dry_run_needs_the_rights_of_whoever_is_asked() {
    let Some(shop) = shop() else { return };
    let [workloads, others] = [("apps", "deployments"), ("", "configmaps")]
        .map(|(group, resource)| move |verbs: &[&str]| rule(group, &[resource], verbs));
    let all = ["get", "patch", "create"];
    let by_server = [("apply web --dry-run=server", 0), ("apply configmap/settings --dry-run=server", 0)];
    need(&shop, &[workloads(&all), others(&all)], &by_server);
    let by_client = [("apply deploy/web --dry-run=client", 0), ("apply configmap/settings --dry-run=client", 0)];
    need(&shop, &[workloads(&["get"]), others(&["get"])], &by_client);
    // What is there already needs not be created.
    apply(&shop, &["configmap/settings", "deploy/web"]);
    need(&shop, &[workloads(&["get", "patch"]), others(&["get", "patch"])], &by_server);
}

#[test]
fn what_comes_back_with_a_workload_is_created() {
    let Some(shop) = shop() else { return };
    apply(&shop, &["deploy/web"]);
    shop.world.remove("k8s/settings.yaml");
    shop.world.write("k8s/more.yaml", SETTINGS.replace("name: settings", "name: more"));
    shop.world.write("k8s/web.yaml", web("web:2", "more"));
    shop.world.commit("second release");
    apply(&shop, &["deploy/web"]);
    let rules =
        [rule("apps", &["deployments"], &["get", "patch"]), rule("", &["configmaps"], &["get", "patch", "create"])];
    need(&shop, &rules, &[("undo deploy/web --apply --with-references", 0)]);
}

/// Its controller waits for the broken pod, so that is deleted.
#[test]
fn the_way_back_of_a_stateful_set_takes_the_right_to_delete_pods() {
    let Some(shop) = shop() else { return };
    shop.world.write("k8s/db.yaml", stateful_set("db:1"));
    shop.world.commit("db: first release");
    assert_eq!(shop.rollbook(&["apply", "sts/db", "--wait", "--timeout", "60s"]).code, 0);
    shop.world.write("k8s/db.yaml", stateful_set("db:broken"));
    shop.world.commit("db: broken");
    let of_pods = |verbs: &[&str]| {
        let sets = rule("apps", &["statefulsets"], &["get", "list", "watch", "patch"]);
        json!([sets, rule("apps", &["controllerrevisions"], &["list", "watch"]), rule("", &["pods"], verbs)])
    };
    let args = ["apply", "sts/db", "--wait", "--timeout", "60s", "--rollback-on-failure"];
    for (verbs, missing) in [(&["list", "watch"][..], true), (&["list", "watch", "delete"], false)] {
        allow(&shop, &of_pods(verbs));
        let run = shop.rollbook_as("viewer", &args);
        assert_eq!(run.stderr.contains("not allowed to delete pods `db-0` in namespace"), missing, "{run:?}");
        assert_eq!(run.stdout.contains("pod/db-0 deleted\n"), !missing, "{run:?}");
    }
    // Which pods it waits for can be told without its revisions; that they cannot be started, not.
    let rules = json!([of_pods(&[])[0], rule("", &["pods"], &["list", "watch", "delete"])]);
    allow(&shop, &rules);
    let run = shop.rollbook_as("viewer", &args.map(|arg| if arg == "60s" { "10s" } else { arg }));
    assert!(run.stdout.contains("pod/db-0 deleted\n"), "{run:?}");
}

/// Whoever asks as another needs the right to do so, of the cluster, and the other the rights of the command.
#[test]
fn to_ask_as_another_is_a_right_of_its_own() {
    let Some(shop) = shop() else { return };
    apply(&shop, &["deploy/web"]);
    // The name is of this test alone: the right is one in the whole cluster.
    let run = || shop.rollbook_as("viewer", &["status", "deploy/web", "--watch", "--as", "ann"]);
    let refused = run();
    let missing = "error: not allowed to impersonate users: ";
    assert!(refused.code == 2 && refused.stderr.starts_with(missing), "{}", refused.stderr);
    allow_to_be(&shop, "ann");
    shop.allow("viewer", &json!([rule("apps", &["deployments"], &["get", "list", "watch"])]));
    let refused = until(run, |run| !run.stderr.contains("impersonate"));
    let missing = "error: not allowed to get deployments.apps `web` in namespace ";
    assert!(refused.code == 2 && refused.stderr.starts_with(missing), "{}", refused.stderr);
    let of_ann = [
        rule("apps", &["deployments", "replicasets"], &["get", "list", "watch"]),
        rule("", &["pods"], &["list", "watch"]),
    ];
    shop.allow("ann", &json!(of_ann));
    until(run, |run| run.code == 0);
}

/// Lets the user who has no rights ask as another.
fn allow_to_be(shop: &Shop, user: &str) {
    let group = "rbac.authorization.k8s.io";
    let name = format!("is-{user}");
    let meta = json!({"name": name});
    let may = json!({"apiGroups": [""], "resources": ["users"], "resourceNames": [user], "verbs": ["impersonate"]});
    let version = format!("{group}/v1");
    let role = json!({"apiVersion": version, "kind": "ClusterRole", "metadata": meta, "rules": [may]});
    let binding = json!({
        "apiVersion": version, "kind": "ClusterRoleBinding", "metadata": meta,
        "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": name},
        "subjects": [{"apiGroup": group, "kind": "User", "name": "viewer"}],
    });
    for (plural, object) in [("clusterroles", role), ("clusterrolebindings", binding)] {
        shop.plane.api.apply(&format!("/apis/{version}/{plural}/{name}?fieldManager=test&force=true"), &object);
    }
}

/// Runs it until it ends so: the server hears of a right a moment later.
fn until(run: impl Fn() -> Output, is_so: impl Fn(&Output) -> bool) -> Output {
    for _ in 0..100 {
        let run = run();
        if is_so(&run) {
            return run;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("it did not become so: {}", run().stderr)
}
