//! `rollbook status`: kubectl's words, and what they leave out.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{daemon_set, deployment, stateful_set};
use crate::moments::held;
use crate::rbac::allow;

/// Without what differs from run to run and from version to version: hashes, pods, times that pass.
fn settled(screen: &str) -> String {
    let mut lines = Vec::new();
    for line in screen.lines() {
        let words = line.split(' ').map(|word| match word.split_once('-') {
            Some(("web", rest)) if rest.ends_with(':') => "web-[hash]-[pod]:".to_owned(),
            Some((name @ ("web" | "db" | "agent"), _)) => format!("{name}-[hash]"),
            _ => word.to_owned(),
        });
        let line = words.collect::<Vec<_>>().join(" ");
        lines.push(match line.split_once("deadline: in ") {
            Some((before, _)) => format!("{before}deadline: in [time]"),
            None => line,
        });
    }
    lines.join("\n") + "\n"
}

/// Commits a state of `web` and applies it.
fn release(shop: &Shop, image: &str, message: &str) {
    release_as(shop, &deployment(image, 2, 600), message);
}

fn release_as(shop: &Shop, manifest: &str, message: &str) {
    shop.world.write("k8s/web.yaml", manifest);
    shop.world.commit(message);
    shop.apply(manifest);
}

fn is_complete(web: &Value) -> bool {
    let status = &web["status"];
    web["metadata"]["generation"] == status["observedGeneration"]
        && status["availableReplicas"] == 2
        && status["updatedReplicas"] == 2
        && status["replicas"] == 2
}

/// A shop whose first release runs, and whose second has this image, until a pod of it has come so far.
fn second_release(image: &str, so_far: impl Fn(&Value) -> bool) -> Option<Shop> {
    let shop = Shop::open()?;
    release(&shop, "web:1", "web: first release");
    shop.wait("Deployment", "web", is_complete);
    release(&shop, image, "web: search by category");
    shop.wait_for_pod(|pod| pod["spec"]["containers"][0]["image"] == image && so_far(pod));
    // The Deployment may not have counted it yet.
    shop.wait_for_controller("Deployment", "web");
    shop.wait("Deployment", "web", |web| web["status"]["updatedReplicas"] == 1);
    Some(shop)
}

fn waits_for(pod: &Value) -> bool {
    pod["status"]["containerStatuses"][0]["state"]["waiting"]["reason"].is_string()
}

#[test]
fn a_complete_rollout_names_the_commit_that_is_live() {
    let Some(shop) = Shop::open() else { return };
    release(&shop, "web:1", "web: first release");
    shop.wait("Deployment", "web", is_complete);
    insta::assert_snapshot!(settled(&shop.screen(&["status", "deployment/web"])), @r#"
    $ rollbook status deployment/web
    deployment "web" successfully rolled out
    REVISION  STATE  READY  COMMIT   DATE        CHANGE-CAUSE
    1         live   2/2    f896a2e  2026-10-01  web: first release
    "#);
    assert_eq!(shop.rollbook(&["status", "web", "-o", "name"]).stdout, "deployment.apps/web\n");
}

#[test]
fn an_image_that_does_not_come_is_named_with_the_way_back() {
    let Some(shop) = second_release("web:broken", waits_for) else { return };
    insta::assert_snapshot!(settled(&shop.screen(&["status", "deploy/web"])), @r#"
    $ rollbook status deploy/web
    Waiting for deployment "web" rollout to finish: 1 out of 2 new replicas have been updated...
    REVISION  STATE        READY  COMMIT   DATE        CHANGE-CAUSE
    2         rolling in   0/1    158935f  2026-10-01  web: search by category
    1         rolling out  2/2    f896a2e  2026-10-01  web: first release
    web-[hash]-[pod]: cannot pull the image `web:broken` (ImagePullBackOff)
    progress deadline: in [time]
    hint: rollbook diff -r 2 -n [namespace] deployment/web  what revision 2 changed
    hint: rollbook undo -n [namespace] deployment/web --to-revision 1  back to revision 1
    [exit 1]
    "#);
}

#[test]
fn a_restart_is_of_the_same_revision_and_a_change_by_hand_of_none() {
    let Some(shop) = Shop::open() else { return };
    release(&shop, "web:1", "web: first release");
    shop.wait("Deployment", "web", is_complete);
    assert_eq!(shop.rollbook(&["restart", "web"]).code, 0);
    let run = shop.rollbook(&["status", "web", "--watch", "--timeout", "60s"]);
    let row = run.stdout.lines().find(|line| line.starts_with("1 ")).unwrap_or_default();
    assert!(row.contains("live") && row.contains("web: first release (restarted 20"), "{}{}", run.stdout, run.stderr);
    shop.apply(&deployment("web:by-hand", 2, 600));
    let run = shop.rollbook(&["status", "web", "--watch", "--timeout", "60s"]);
    assert!(run.stderr.contains("is of no revision at `HEAD`"), "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("first release"), "{}", run.stdout);
}

#[test]
fn outside_of_a_repository_the_cluster_alone_is_told() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 2, 600));
    shop.wait("Deployment", "web", is_complete);
    let kubeconfig = shop.plane.kubeconfigs["admin"].display().to_string();
    let outside = shop.world.beside("outside");
    std::fs::create_dir(&outside).unwrap();
    let run = shop.world.rollbook_in(&outside, &["status", "web", "-n", &shop.namespace, "--kubeconfig", &kubeconfig]);
    assert_eq!(
        (run.code, run.stdout.starts_with("deployment \"web\" successfully rolled out\n")),
        (0, true),
        "{}",
        run.stderr
    );
    assert!(run.stderr.starts_with("note: commits and causes are not known: "), "{}", run.stderr);
}

#[test]
fn a_crash_loop_has_its_exit_code() {
    let Some(shop) = second_release("web:crash", waits_for) else { return };
    let shown = shop.rollbook(&["status", "web"]).stdout;
    assert!(shown.contains(": container `web` ends with exit code 1, 3 restarts\n"), "{shown}");
    let json: Value = serde_json::from_str(&shop.rollbook(&["status", "web", "-o", "json"]).stdout).unwrap();
    let item = &json["items"][0];
    assert_eq!((&json["kind"], &item["progress"]), (&json!("Status"), &json!("waiting")));
    let pod = &item["pods"][0];
    assert_eq!((&pod["what"], &pod["exitCode"], &pod["restarts"]), (&json!("crash-loop"), &json!(1), &json!(3)));
    let roles: Vec<_> =
        item["revisions"].as_array().unwrap().iter().map(|of| (&of["role"], &of["origin"]["revision"])).collect();
    assert_eq!(roles, [(&json!("rolling-in"), &json!(2)), (&json!("rolling-out"), &json!(1))]);
    assert_eq!(item["help"][0]["command"], format!("rollbook diff -r 2 -n {} deployment/web", shop.namespace));
}

#[test]
fn a_probe_that_fails_is_told_in_its_own_words() {
    let Some(shop) = second_release("web:unready", |pod| pod["status"]["phase"] == "Running") else { return };
    shop.wait_for_event("Unhealthy");
    let shown = shop.rollbook(&["status", "web"]).stdout;
    let expected = ": container `web` is not ready: Readiness probe failed: HTTP probe failed with statuscode: 503\n";
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn a_pod_that_no_node_takes_says_why() {
    let Some(shop) = Shop::open() else { return };
    let manifest = deployment("web:1", 1, 600) + "      nodeSelector: {kubernetes.io/hostname: nowhere}\n";
    shop.apply(&manifest);
    shop.wait_for_pod(|pod| pod["status"]["conditions"][0]["reason"] == "Unschedulable");
    let shown = shop.rollbook(&["status", "web"]).stdout;
    assert!(shown.contains(": no node takes it: 0/2 nodes are available: 2 node(s) didn't match"), "{shown}");
}

#[test]
fn what_admission_refuses_is_told() {
    let Some(shop) = Shop::open() else { return };
    let path = format!("/api/v1/namespaces/{}", shop.namespace);
    shop.plane.api.merge(&path, &json!({"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}));
    shop.apply(&deployment("web:1", 1, 600));
    shop.wait("Deployment", "web", |web| web["status"]["conditions"].to_string().contains("ReplicaFailure"));
    let shown = shop.rollbook(&["status", "web"]).stdout;
    assert!(shown.contains("no pods can be made: pods \"web-") && shown.contains("violates PodSecurity"), "{shown}");
}

#[test]
fn a_watch_shows_each_line_once_and_ends_with_the_rollout() {
    let Some(shop) = Shop::open() else { return };
    release_as(&shop, &held("web:1", 2), "web: first release");
    let mut started = shop.start(&["status", "web", "--watch", "--timeout", "60s"]);
    for available in 0..2 {
        started.wait_for(&format!(": {available} of 2 updated replicas are available...\n"));
        shop.get_ready("web:1");
    }
    let run = started.finish();
    let lines: Vec<&str> = run.stdout.lines().take_while(|line| !line.starts_with("REVISION")).collect();
    let mut once = lines.clone();
    once.dedup();
    assert_eq!((run.code, once.len()), (0, lines.len()), "{}{}", run.stdout, run.stderr);
    assert_eq!(lines.last(), Some(&"deployment \"web\" successfully rolled out"));
}

#[test]
fn the_progress_deadline_ends_a_watch_as_a_failure() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:broken", 1, 600));
    let mut started = shop.start(&["status", "web", "--watch", "--timeout", "60s"]);
    started.wait_for("Waiting for deployment ");
    shop.wait_for_pod(waits_for);
    shop.set_deadline(1);
    let run = started.finish();
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stderr.contains("error: deployment \"web\" exceeded its progress deadline\n"), "{}", run.stderr);
    assert!(run.stdout.contains("cannot pull the image `web:broken` (ImagePullBackOff)"), "{}", run.stdout);
}

#[test]
fn the_time_to_watch_is_kept() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:broken", 1, 600));
    let began = Instant::now();
    let run = shop.rollbook(&["status", "web", "--watch", "--timeout", "1s"]);
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("error: timed out waiting for the condition\n"), "{}", run.stderr);
}

#[test]
fn what_is_deleted_meanwhile_ends_a_watch() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:broken", 1, 600));
    let mut started = shop.start(&["status", "web", "--watch", "--timeout", "60s"]);
    started.wait_for("Waiting for deployment ");
    shop.plane.api.delete(&shop.path("Deployment", "web"));
    let run = started.finish();
    assert_eq!((run.code, run.stderr.contains("error: object has been deleted\n")), (1, true), "{}", run.stderr);
}

#[test]
fn another_revision_than_the_wanted_one_is_an_error() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 2, 600));
    shop.wait("Deployment", "web", is_complete);
    assert_eq!(shop.rollbook(&["status", "web", "--revision", "1"]).code, 0);
    let run = shop.rollbook(&["status", "web", "--revision", "2"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.starts_with("error: desired revision (2) is different from the running revision (1)\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn all_kinds_of_a_namespace_are_told() {
    let Some(shop) = Shop::open() else { return };
    for manifest in [deployment("web:1", 2, 600), stateful_set("db:1"), daemon_set("agent:1")] {
        shop.apply(&manifest);
    }
    for target in ["deployment/web", "sts/db", "ds/agent"] {
        let run = shop.rollbook(&["status", target, "-w", "--timeout", "60s"]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    }
    insta::assert_snapshot!(settled(&shop.screen(&["status", "--all", "-q"])), @r#"
    $ rollbook status --all -q
    deployment "web" successfully rolled out
    STATE  READY  NAME
    live   2/2    web-[hash]

    partitioned roll out complete: 1 new pods have been updated...
    STATE  READY  NAME
    live   1/1    db-[hash]

    daemon set "agent" successfully rolled out
    STATE  READY  NAME
    live   2/2    agent-[hash]
    "#);
}

#[test]
fn what_is_not_there_gets_a_suggestion() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 600));
    insta::assert_snapshot!(shop.screen(&["status", "wbe"]), @r"
    $ rollbook status wbe
    error: the cluster has no workload `wbe` in namespace `[namespace]`
    hint: did you mean `web`?
    [exit 1]
    ");
    insta::assert_snapshot!(shop.screen(&["status", "job/web"]), @r"
    $ rollbook status job/web
    error: a Job is not rolled out
    hint: a Deployment, a DaemonSet and a StatefulSet are
    [exit 2]
    ");
}

#[test]
fn a_right_that_is_missing_is_named_and_the_rest_is_told() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 2, 600));
    shop.wait("Deployment", "web", is_complete);
    let run = shop.rollbook_as("viewer", &["status", "deployment/web"]);
    let expected = format!("error: not allowed to get deployments.apps `web` in namespace `{}`: ", shop.namespace);
    assert_eq!((run.code, run.stderr.starts_with(&expected)), (2, true), "{}", run.stderr);
    allow(&shop, &json!([{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "list", "watch"]}]));
    let run = shop.rollbook_as("viewer", &["status", "deployment/web"]);
    assert_eq!(run.stdout, "deployment \"web\" successfully rolled out\n", "{}", run.stderr);
    assert!(run.stderr.contains("note: a part is not shown: not allowed to list pods in namespace"), "{}", run.stderr);
}

#[test]
fn requests_are_told_without_a_token() {
    let Some(shop) = Shop::open() else { return };
    let kubeconfig = std::fs::read_to_string(&shop.plane.kubeconfigs["viewer-token"]).unwrap();
    let token = kubeconfig.lines().find_map(|line| line.trim().strip_prefix("token: ")).unwrap().to_owned();
    let run = shop.rollbook_as("viewer-token", &["status", "deployment/web", "-v"]);
    let path = shop.path("Deployment", "web");
    assert!(run.stderr.starts_with(&format!("GET {path} 403 ")), "{}", run.stderr);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains(&token));
}

#[test]
fn kubectl_says_the_same() {
    let Some(shop) = Shop::open() else { return };
    for (image, deadline, exit) in [("web:1", 600, 0), ("web:broken", 1, 1)] {
        shop.apply(&deployment(image, 2, deadline));
        let ours = shop.rollbook(&["status", "deployment/web", "--watch", "--timeout", "60s"]);
        let Some(theirs) = shop.kubectl(&["rollout", "status", "deployment/web", "--timeout", "60s"]) else { return };
        assert_eq!((ours.code, theirs.code), (exit, exit), "{}{}", ours.stderr, theirs.stderr);
        let last = |run: &crate::world::Output| {
            let lines = run.stdout.lines().filter(|line| line.contains("\"web\""));
            let errors = run.stderr.lines().filter(|line| line.starts_with("error: "));
            lines.chain(errors).last().map(str::to_owned)
        };
        assert_eq!(last(&ours), last(&theirs));
    }
}

#[test]
fn what_is_not_rolled_out_does_not_hide_the_rest() {
    let Some(shop) = Shop::open() else { return };
    let on_delete = "spec:\n  updateStrategy: {type: OnDelete}\n  selector";
    shop.apply(&daemon_set("agent:1").replace("spec:\n  selector", on_delete));
    let alone = shop.rollbook(&["status", "--all"]);
    let line = "daemonset/agent: rollout status is only available for RollingUpdate strategy type\n";
    assert_eq!((alone.code, alone.stderr.as_str()), (2, format!("error: {line}").as_str()));
    shop.apply(&deployment("web:1", 2, 600));
    shop.wait("Deployment", "web", is_complete);
    for args in [&["status", "--all"][..], &["status", "--all", "--watch", "--timeout", "60s"]] {
        let all = shop.rollbook(args);
        assert!(
            all.code == 0 && all.stderr.contains(&format!("note: {line}")),
            "{args:?} {}{}",
            all.stdout,
            all.stderr
        );
        assert!(all.stdout.contains("deployment \"web\" successfully rolled out"), "{}", all.stdout);
    }
    let named = shop.rollbook(&["status", "deploy/web", "ds/agent"]);
    assert_eq!((named.code, named.stderr.as_str()), (2, format!("error: {line}").as_str()));
}
