//! `rollbook apply`: what git says gets into the cluster, with the reason, and nothing else.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{daemon_set, deployment, image, web};

const CAUSE: &str = "kubernetes.io/change-cause";
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// A shop with two releases in git and nothing in the cluster.
fn shop() -> Option<Shop> {
    let shop = Shop::open()?;
    shop.world.set_columns(90);
    for (image, message) in [("web:1", "web: first release"), ("web:2", "web: search by category")] {
        shop.world.write("k8s/web.yaml", deployment(image, 2, 600));
        shop.world.commit(message);
    }
    Some(shop)
}

fn cause(web: &Value) -> Option<&str> {
    web["metadata"]["annotations"][CAUSE].as_str()
}

/// Without a name's hash, which differs from version to version.
fn hashless(word: &str) -> String {
    if word.starts_with("web-") { "web-[hash]".to_owned() } else { word.to_owned() }
}

#[test]
fn a_revision_goes_to_the_cluster_with_its_cause() {
    let Some(shop) = shop() else { return };
    let output = shop.rollbook(&["apply", "deployment/web", "--wait", "--timeout", "60s"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert!(output.stdout.starts_with("deployment.apps/web serverside-applied\n"), "{}", output.stdout);
    assert!(output.stdout.ends_with("deployment \"web\" successfully rolled out\n"), "{}", output.stdout);
    assert_eq!((image(&web(&shop)), cause(&web(&shop))), ("web:2", Some("web: search by category")));
    assert_eq!(shop.rollbook(&["drift"]).code, 0);
    let first = shop.rollbook(&["apply", "web", "1"]).stdout;
    assert!(first.starts_with("deployment.apps/web serverside-applied to revision 1\nrolls: yes, "), "{first}");
    assert_eq!((image(&web(&shop)), cause(&web(&shop))), ("web:1", Some("web: first release")));
    assert_eq!(shop.rollbook(&["apply", "web", "-m", "it is slow"]).code, 0);
    assert_eq!(cause(&web(&shop)), Some("it is slow"));
    assert!(web(&shop)["metadata"]["managedFields"].to_string().contains(r#""manager":"rollbook""#));
}

#[test]
fn fields_that_somebody_else_sets_are_theirs() {
    let Some(shop) = shop() else { return };
    assert_eq!(shop.rollbook(&["apply", "web"]).code, 0);
    let path = format!("{}?fieldManager=kubectl-edit", shop.path("Deployment", "web"));
    shop.plane.api.merge(&path, &json!({"spec": {"replicas": 5}}));
    let output = shop.rollbook(&["apply", "web"]);
    insta::assert_snapshot!(output.stderr.replace(&shop.namespace, "[namespace]"));
    assert_eq!((output.code, &web(&shop)["spec"]["replicas"]), (2, &json!(5)));
    assert_eq!(shop.rollbook(&["apply", "web", "--force-conflicts"]).code, 0);
    assert_eq!(web(&shop)["spec"]["replicas"], 2);
}

#[test]
fn a_dry_run_changes_nothing_and_says_what_would() {
    let Some(shop) = shop() else { return };
    let runs: [&[&str]; 2] = [&["apply", "web", "--dry-run=client"], &["apply", "web", "--dry-run=server"]];
    let seen = |shop: &Shop| runs.map(|args| shop.screen(args)).join("\n");
    let before = seen(&shop);
    shop.rollbook(&["apply", "web", "1"]);
    shop.wait_for_controller("Deployment", "web");
    let version = web(&shop)["metadata"]["resourceVersion"].clone();
    let after = seen(&shop);
    // Names are those of the cluster's version.
    let sets = shop.plane.api.get(&format!("/apis/apps/v1/namespaces/{}/replicasets", shop.namespace));
    let live = sets["items"][0]["metadata"]["name"].as_str().unwrap();
    assert!(after.contains(&format!("      {live} → web-")), "{after}");
    let shown = format!("{before}\n{after}").replace("(1.30)", "(1.37)");
    insta::assert_snapshot!(shown.split(' ').map(hashless).collect::<Vec<_>>().join(" "));
    let now = web(&shop);
    assert_eq!((image(&now), cause(&now)), ("web:1", Some("web: first release")));
    // Its controller may have written its status meanwhile, and nobody the rest.
    assert!(now["metadata"]["resourceVersion"] == version || now["metadata"]["generation"] == 1);
}

#[test]
fn what_kubectl_applied_is_taken_over() {
    let Some(shop) = shop() else { return };
    // As kubectl's client-side apply leaves it, with a variable that git has not any more.
    let mut object: Value = serde_yaml::from_str(&deployment("web:2", 2, 600)).unwrap();
    object["spec"]["template"]["spec"]["containers"][0]["env"] = json!([{"name": "OLD", "value": "yes"}]);
    let applied = object.to_string();
    object["metadata"]["annotations"] = json!({LAST_APPLIED: applied});
    let path = format!("/apis/apps/v1/namespaces/{}/deployments", shop.namespace);
    shop.plane.api.post(&format!("{path}?fieldManager=kubectl-client-side-apply"), &object);
    let output = shop.rollbook(&["apply", "web"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    let now = web(&shop);
    assert!(now["spec"]["template"]["spec"]["containers"][0]["env"].is_null(), "{now:#}");
    let kept: Value = serde_json::from_str(now["metadata"]["annotations"][LAST_APPLIED].as_str().unwrap()).unwrap();
    assert!(!kept.to_string().contains("OLD") && kept["metadata"]["annotations"][CAUSE].is_string(), "{kept:#}");
    assert!(!now["metadata"]["managedFields"].to_string().contains("client-side"));
    // A later apply of kubectl brings nothing back.
    if let Some(output) = shop.kubectl(&["apply", "-f", shop.world.root().join("k8s/web.yaml").to_str().unwrap()]) {
        assert_eq!(output.code, 0, "{}", output.stderr);
        assert!(web(&shop)["spec"]["template"]["spec"]["containers"][0]["env"].is_null());
    }
}

#[test]
fn what_flux_or_argo_deploy_is_theirs_unless_the_user_says_yes() {
    let Some(shop) = shop() else { return };
    assert_eq!(shop.rollbook(&["apply", "web"]).code, 0);
    let labels = json!({"metadata": {"labels": {"kustomize.toolkit.fluxcd.io/name": "apps\u{1b}[31m"}}});
    let labels: Value = serde_json::from_str(&labels.to_string().replace("\\u001b[31m", "")).unwrap();
    shop.plane.api.merge(&format!("{}?fieldManager=flux", shop.path("Deployment", "web")), &labels);
    let output = shop.rollbook(&["apply", "web", "1"]);
    insta::assert_snapshot!(output.stderr);
    assert_eq!((output.code, image(&web(&shop))), (2, "web:2"));
    assert_eq!(shop.rollbook(&["apply", "web", "1", "--yes"]).code, 0);
    assert_eq!(image(&web(&shop)), "web:1");
}

#[test]
fn a_rollout_that_fails_goes_back_to_what_was_live() {
    let Some(shop) = shop() else { return };
    // On the way back there are no pods at first, so what the cluster says of the failure stays for a while.
    let recreated =
        |image: &str| deployment(image, 2, 600).replace("  selector", "  strategy: {type: Recreate}\n  selector");
    shop.world.write("k8s/web.yaml", recreated("web:1"));
    shop.world.commit("web: first release again");
    assert_eq!(shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s"]).code, 0);
    shop.world.write(
        "k8s/web.yaml",
        recreated("web:unready").replace("image: web:unready", "image: web:unready\n        tty: true"),
    );
    shop.world.commit("web: not ready");
    let mut started = shop.start(&["apply", "web", "--wait", "--timeout", "60s", "--rollback-on-failure"]);
    started.wait_for(": 0 of 2 updated replicas are available...\n");
    shop.pass_deadline();
    let output = started.finish();
    assert_eq!(output.code, 1, "{}{}", output.stdout, output.stderr);
    assert!(output.stdout.contains("deployment.apps/web rolled back\n"), "{}", output.stdout);
    assert!(output.stdout.ends_with("deployment \"web\" successfully rolled out\n"), "{}", output.stdout);
    assert!(output.stderr.contains("exceeded its progress deadline"), "{}", output.stderr);
    let now = web(&shop);
    assert_eq!((image(&now), cause(&now)), ("web:1", Some("web: first release again")));
    assert!(now["spec"]["template"]["spec"]["containers"][0]["tty"].is_null());
    let late = shop.rollbook(&["apply", "web", "--wait", "--timeout", "500ms"]);
    assert!(late.code == 1 && late.stderr.contains("timed out waiting for the condition"), "{}", late.stderr);
}

#[test]
fn a_rollout_whose_pods_cannot_be_started_goes_back_before_the_deadline() {
    let Some(shop) = shop() else { return };
    assert_eq!(shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s"]).code, 0);
    shop.world.write("k8s/web.yaml", deployment("web:broken", 2, 600));
    // What is beside it is no reason not to go back.
    let idle =
        daemon_set("agent:1").replace("spec:\n  selector", "spec:\n  updateStrategy: {type: OnDelete}\n  selector");
    shop.world.write("k8s/agent.yaml", idle);
    shop.world.commit("web: broken");
    let output = shop.rollbook(&["apply", "--path", "k8s", "--wait", "--timeout", "300s", "--rollback-on-failure"]);
    assert_eq!(output.code, 1, "{}{}", output.stdout, output.stderr);
    for expected in [
        "warning: daemonset.apps/agent replaces its pods when somebody deletes them: nothing is waited for\n",
        "error: the new pods of deployment.apps/web cannot be started\n",
        "error: the rollout of deployment.apps/web did not complete\n",
    ] {
        assert!(output.stderr.contains(expected), "{}", output.stderr);
    }
    assert!(output.stderr.contains("cannot pull the image `web:broken` (ImagePullBackOff)"), "{}", output.stderr);
    assert!(output.stdout.contains("deployment.apps/web rolled back\n"), "{}", output.stdout);
    assert_eq!((image(&web(&shop)), cause(&web(&shop))), ("web:2", Some("web: search by category")));
}

#[test]
fn files_and_scopes_are_applied_and_what_cannot_be_is_said() {
    let Some(shop) = shop() else { return };
    shop.world.write(".rollbook.toml", "[scope.prod]\npaths = [\"k8s\"]\n");
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: hunter2}\n";
    shop.world.write("k8s/login.yaml", secret);
    shop.world.commit("login");
    let seen = shop.screen(&["apply", "--scope", "prod"]);
    assert!(seen.starts_with("$ rollbook apply --scope prod\nsecret/login"), "{seen}");
    // It writes to the object too.
    shop.wait_for_controller("Deployment", "web");
    let again = shop.screen(&["apply", "--scope", "prod", "--dry-run=server"]);
    assert!(!seen.contains("hunter2") && !again.contains("hunter2"), "{seen}{again}");
    let kept = shop.plane.api.get(&shop.path("Secret", "login"));
    assert_eq!(kept["data"]["password"], "aHVudGVyMg==");
    let thing = "apiVersion: shop.example.org/v1\nkind: Thing\nmetadata: {name: a}\n";
    let typo = deployment("web:3", 1, 600).replace("replicas", "replica");
    for (file, text) in
        [("thing.yaml", thing), ("typo.yaml", &typo), ("empty.yaml", "# nothing\n"), ("broken.yaml", "kind: [\n")]
    {
        shop.world.write(file, text);
    }
    let runs: [&[&str]; 6] = [
        &["apply", "-f", "k8s/web.yaml", "-m", "by hand"],
        &["apply", "-f", "thing.yaml"],
        &["apply", "-f", "typo.yaml"],
        &["apply", "-f", "empty.yaml"],
        &["apply", "-f", "broken.yaml"],
        &["apply"],
    ];
    let more = runs.map(|args| shop.screen(args)).join("\n");
    let shown = format!("{seen}\n{again}\n{more}").replace("(1.30)", "(1.37)");
    insta::assert_snapshot!(shown.split(' ').map(hashless).collect::<Vec<_>>().join(" "));
}

#[test]
fn a_deadline_that_passed_before_is_of_the_rollout_before() {
    let Some(shop) = Shop::open() else { return };
    // The pods of one revision go before those of the next come, so there is no progress at first.
    for image in ["web:1", "web:unready"] {
        let manifest =
            deployment(image, 1, 600).replace("spec:\n  replicas", "spec:\n  strategy: {type: Recreate}\n  replicas");
        shop.world.write("k8s/web.yaml", manifest);
        shop.world.commit(image);
        assert_eq!(shop.rollbook(&["apply", "web"]).code, 0);
        shop.wait_for_controller("Deployment", "web");
        shop.wait("Deployment", "web", |web| web["status"]["updatedReplicas"] == 1);
    }
    shop.pass_deadline();
    let output = shop.rollbook(&["apply", "web", "1", "--wait", "--timeout", "60s", "--rollback-on-failure"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{}", output.stdout);
    assert_eq!(image(&web(&shop)), "web:1");
}
