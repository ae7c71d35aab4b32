//! `rollbook pause`, `resume` and `restart`: kubectl's words, annotation and refusals.

use crate::fixture::Shop;
use crate::manifests::{daemon_set, deployment, stateful_set};

#[test]
fn a_deployment_is_paused_and_resumed_in_kubectls_words() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 60));
    let screens = ["pause", "pause", "restart", "resume", "resume"].map(|command| {
        let screen = shop.screen(&[command, "deployment/web"]);
        let is_paused = shop.plane.api.get(&shop.path("Deployment", "web"))["spec"]["paused"] == true;
        format!("{screen}[paused: {is_paused}]\n")
    });
    insta::assert_snapshot!(screens.concat(), @r#"
    $ rollbook pause deployment/web
    deployment.apps/web paused
    [paused: true]
    $ rollbook pause deployment/web
    error: deployments.apps "web" is already paused
    [exit 1]
    [paused: true]
    $ rollbook restart deployment/web
    error: deployments.apps "web" can't restart paused deployment (run rollout resume first)
    [exit 1]
    [paused: true]
    $ rollbook resume deployment/web
    deployment.apps/web resumed
    [paused: false]
    $ rollbook resume deployment/web
    error: deployments.apps "web" is not paused
    [exit 1]
    [paused: false]
    "#);
}

#[test]
fn what_cannot_be_paused_is_refused_and_the_rest_is_done() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 60));
    shop.apply(&stateful_set("db:1"));
    insta::assert_snapshot!(shop.screen(&["pause", "sts/db", "deploy/web"]), @r#"
    $ rollbook pause sts/db deploy/web
    deployment.apps/web paused
    error: statefulsets.apps "db" pausing is not supported
    [exit 1]
    "#);
}

#[test]
fn a_restart_replaces_the_pods_of_each_kind() {
    let Some(shop) = Shop::open() else { return };
    for (target, kind, name, manifest) in [
        ("deployment/web", "Deployment", "web", deployment("web:1", 1, 60)),
        ("sts/db", "StatefulSet", "db", stateful_set("db:1")),
        ("ds/agent", "DaemonSet", "agent", daemon_set("agent:1")),
    ] {
        shop.apply(&manifest);
        let run = shop.rollbook(&["restart", target, "-o", "name"]);
        assert_eq!(run.stdout, format!("{}.apps/{name}\n", kind.to_lowercase()), "{}", run.stderr);
        let object = shop.plane.api.get(&shop.path(kind, name));
        let annotations = &object["spec"]["template"]["metadata"]["annotations"];
        assert!(annotations["kubectl.kubernetes.io/restartedAt"].as_str().is_some_and(|at| at.ends_with('Z')));
        let managers = object["metadata"]["managedFields"].as_array().unwrap();
        assert!(managers.iter().any(|of| of["manager"] == "rollbook"), "{managers:?}");
        assert_eq!(shop.rollbook(&["status", target, "-w", "--timeout", "60s"]).code, 0);
    }
}

#[test]
fn kubectl_takes_what_was_paused_for_paused() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 60));
    shop.rollbook(&["pause", "web"]);
    let Some(theirs) = shop.kubectl(&["rollout", "pause", "deployment/web"]) else { return };
    assert_eq!(theirs.stderr, shop.rollbook(&["pause", "deployment/web"]).stderr);
    assert_eq!(shop.kubectl(&["rollout", "resume", "deployment/web"]).unwrap().stdout, "deployment.apps/web resumed\n");
}
