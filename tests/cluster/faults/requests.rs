//! Commands that ask a cluster, with a proxy before it that cuts, refuses and delays.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::proxy::{Deed, Proxy};
use super::shop::{cause, generation, image, observed, released, web};
use crate::fixture::Shop;
use crate::manifests::deployment;
use crate::moments::stuck;
use crate::world::Started;

#[test]
fn what_is_read_is_the_same_whatever_happened_on_the_way() {
    let Some(shop) = released(&["web:1", "web:2"]) else { return };
    let reads: [(&[&str], &[Deed]); 6] = [
        (&["status", "web"], &[Deed::CutBefore, Deed::Code(503)]),
        (&["status", "--all"], &[Deed::Half, Deed::Later(429, 1)]),
        (&["drift"], &[Deed::CutAfter, Deed::Code(504)]),
        (&["history", "web", "--live"], &[Deed::CutAfter, Deed::Code(500)]),
        (&["list", "--live"], &[Deed::Half, Deed::Code(502)]),
        (&["undo", "web", "--live", "--git-revision", "1"], &[Deed::Half, Deed::CutBefore]),
    ];
    for (args, deeds) in reads {
        let expected = shop.rollbook(args);
        let proxy = Proxy::before(shop.plane);
        for deed in deeds {
            proxy.once("GET", *deed);
        }
        let run = shop.rollbook_at(&proxy.kubeconfig, args);
        assert_eq!(
            (run.code, &run.stdout, &run.stderr),
            (expected.code, &expected.stdout, &expected.stderr),
            "{args:?}"
        );
        assert_eq!(proxy.forgive(), []);
    }
}

#[test]
fn a_change_is_made_once_however_often_it_is_sent() {
    let Some(shop) = released(&["web:1", "web:2"]) else { return };
    let mut restarted = Instant::now() - Duration::from_secs(1);
    for deed in [Deed::CutBefore, Deed::CutAfter, Deed::Half, Deed::Lost] {
        let proxy = Proxy::before(shop.plane);
        let change = |args: &[&str], told: &str| {
            let before = observed(&shop);
            proxy.once("PATCH", deed);
            let run = shop.rollbook_at(&proxy.kubeconfig, args);
            assert_eq!((run.code, run.stdout.lines().next()), (0, Some(told)), "{deed:?} {run:?}");
            assert_eq!(proxy.forgive(), []);
            let after = web(&shop);
            assert_eq!(generation(&after), generation(&before) + 1, "{deed:?} {args:?}");
            after
        };
        let now = change(&["apply", "web"], "deployment.apps/web serverside-applied");
        assert_eq!((image(&now), cause(&now)), ("web:2", "web:2"));
        let now = change(&["undo", "web", "--live"], "deployment.apps/web rolled back");
        assert_eq!(image(&now), "web:1");
        assert!(
            cause(&now).starts_with("rollback to revision ") && cause(&now).ends_with(": web:1"),
            "{}",
            cause(&now)
        );
        assert_eq!(change(&["pause", "web"], "deployment.apps/web paused")["spec"]["paused"], true);
        assert_eq!(change(&["resume", "web"], "deployment.apps/web resumed")["spec"]["paused"], Value::Null);
        // Twice within a second is refused.
        std::thread::sleep(Duration::from_secs(1).saturating_sub(restarted.elapsed()));
        change(&["restart", "web"], "deployment.apps/web restarted");
        restarted = Instant::now();
    }
}

#[test]
fn what_was_made_by_a_request_without_an_answer_is_there_once() {
    let Some(shop) = Shop::open() else { return };
    shop.world.write("k8s/web.yaml", deployment("web:1", 1, 600));
    shop.world.commit("web: first release");
    let proxy = Proxy::before(shop.plane);
    // On a slow line.
    proxy.once("PATCH", Deed::CutAfter).always("GET", Deed::Delay(Duration::from_millis(100)));
    let run = shop.rollbook_at(&proxy.kubeconfig, &["apply", "web", "--wait", "--timeout", "60s"]);
    assert_eq!((run.code, run.stderr.as_str(), proxy.forgive()), (0, "", vec![]), "{}", run.stdout);
    let now = web(&shop);
    assert_eq!((generation(&now), cause(&now)), (1, "web: first release"));
}

#[test]
fn what_kubectl_applied_is_taken_over_once() {
    let Some(shop) = Shop::open() else { return };
    shop.world.write("k8s/web.yaml", deployment("web:1", 1, 600));
    shop.world.commit("web: first release");
    let object: Value = serde_yaml::from_str(&deployment("web:1", 1, 600)).unwrap();
    let path = format!("/apis/apps/v1/namespaces/{}/deployments", shop.namespace);
    shop.plane.api.post(&format!("{path}?fieldManager=kubectl-client-side-apply"), &object);
    let proxy = Proxy::before(shop.plane);
    // Its answer is lost, and so is the one that the object is another now.
    proxy.once("PATCH", Deed::CutAfter).once("PATCH", Deed::Half);
    let run = shop.rollbook_at(&proxy.kubeconfig, &["apply", "web"]);
    assert_eq!((run.code, run.stderr.as_str(), proxy.forgive()), (0, "", vec![]), "{}", run.stdout);
    let managed = web(&shop)["metadata"]["managedFields"].as_array().unwrap().clone();
    let ours = managed.iter().filter(|of| of["manager"] == "rollbook").count();
    assert_eq!((ours, managed.iter().any(|of| of["manager"] == "kubectl-client-side-apply")), (1, false));
}

#[test]
fn a_pod_that_was_deleted_is_not_deleted_again() {
    let Some(shop) = stuck() else { return };
    let stuck = shop.plane.api.get(&shop.path("Pod", "db-0"))["metadata"]["uid"].clone();
    let proxy = Proxy::before(shop.plane);
    proxy.once("DELETE", Deed::CutAfter).once("DELETE", Deed::Hold);
    let started = shop.start_at(&proxy.kubeconfig, &["undo", "sts/db", "--live", "--delete-stuck-pods"]);
    proxy.wait("DELETE", 2);
    // Another has its name by now.
    let new = shop.wait_for_pod(|pod| pod["metadata"]["name"] == "db-0" && pod["metadata"]["uid"] != stuck);
    proxy.let_go();
    let run = started.finish_within(Duration::from_secs(40));
    assert_eq!((run.code, run.stdout.ends_with("pod/db-0 deleted\n")), (0, true), "{run:?}");
    let now = shop.plane.api.get(&shop.path("Pod", "db-0"));
    assert_eq!(
        (&now["metadata"]["uid"], &now["metadata"]["deletionTimestamp"]),
        (&new["metadata"]["uid"], &Value::Null)
    );
}

#[test]
fn a_way_back_without_an_answer_is_gone_once() {
    let Some(shop) = released(&["web:1"]) else { return };
    shop.world.write("k8s/web.yaml", deployment("web:unready", 1, 600));
    shop.world.commit("web: not ready");
    let proxy = Proxy::before(shop.plane);
    proxy.once("PATCH", Deed::Delay(Duration::ZERO)).once("PATCH", Deed::CutAfter);
    let args = ["apply", "web", "--wait", "--timeout", "60s", "--rollback-on-failure"];
    let mut started = shop.start_at(&proxy.kubeconfig, &args);
    started.wait_for(": 1 old replicas are pending termination...\n");
    shop.set_deadline(1);
    let run = started.finish();
    assert_eq!((run.code, proxy.forgive()), (1, vec![]), "{run:?}");
    assert!(run.stdout.contains("deployment.apps/web rolled back\n"), "{run:?}");
    assert!(run.stdout.ends_with("deployment \"web\" successfully rolled out\n"), "{run:?}");
    assert_eq!((image(&web(&shop)), cause(&web(&shop))), ("web:1", "web:1"));
}

#[test]
fn what_was_applied_is_told_though_nobody_tells_what_it_does() {
    let Some(shop) = released(&["web:1", "web:2"]) else { return };
    let proxy = Proxy::before(shop.plane);
    proxy.always("GET /version", Deed::Later(503, 300));
    let run = shop.rollbook_at(&proxy.kubeconfig, &["apply", "web"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "deployment.apps/web serverside-applied\n"), "{run:?}");
    let expected = "warning: what that does to the pods is not known: the API server ";
    assert!(run.stderr.starts_with(expected), "{run:?}");
}

#[test]
fn git_that_is_back_is_told_where_the_cluster_is_not() {
    let Some(shop) = released(&["web:1", "web:2"]) else { return };
    shop.world.set_committer();
    assert_eq!(shop.rollbook(&["apply", "web"]).code, 0);
    let proxy = Proxy::before(shop.plane);
    proxy.once("PATCH", Deed::Later(503, 300));
    let run = shop.rollbook_at(&proxy.kubeconfig, &["undo", "web", "--apply"]);
    assert_eq!((run.code, proxy.forgive(), image(&web(&shop))), (2, vec![], "web:2"), "{run:?}");
    let next = format!("rollbook apply -n {} deployment.apps/web tries it once more", shop.namespace);
    assert!(run.stderr.ends_with(&format!("hint: git is back already: {next}\n")), "{run:?}");
    assert!(shop.world.git(&["show", "HEAD:k8s/web.yaml"]).contains("image: web:1"));
    // As it says, and where the answer is lost.
    proxy.once("PATCH", Deed::CutAfter);
    let run = shop.rollbook_at(&proxy.kubeconfig, &["apply", "deployment.apps/web"]);
    assert_eq!((run.code, image(&web(&shop))), (0, "web:1"), "{run:?}");
}

/// Each command once, by what it asks first or changes.
const ALL: [(&[&str], &str); 8] = [
    (&["status", "web"], "GET"),
    (&["status", "web", "--watch"], "GET"),
    (&["drift"], "GET"),
    (&["history", "web", "--live"], "GET"),
    (&["apply", "web", "2"], "PATCH"),
    (&["undo", "web", "--live"], "PATCH"),
    (&["restart", "web"], "PATCH"),
    (&["pause", "web"], "PATCH"),
];

#[test]
fn a_server_that_stays_busy_is_told_with_its_code() {
    let Some(shop) = released(&["web:1", "web:2"]) else { return };
    assert_eq!(shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s"]).code, 0);
    let before = generation(&web(&shop));
    for (args, words) in ALL {
        for code in [429, 503] {
            let proxy = Proxy::before(shop.plane);
            // Longer than anybody waits.
            proxy.always(words, Deed::Later(code, 300));
            let run = shop.rollbook_at(&proxy.kubeconfig, args);
            let expected = format!("error: the API server `{}` answers {code} to ", proxy.server);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?} {run:?}");
            assert!(run.stderr.starts_with(&expected), "{args:?} {}", run.stderr);
        }
    }
    assert_eq!(generation(&web(&shop)), before);
}

#[test]
fn no_answer_is_waited_for_longer_than_asked() {
    let Some(shop) = released(&["web:1", "web:2"]) else { return };
    assert_eq!(shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s"]).code, 0);
    let start = |args: &'static [&str], words, deed| {
        let proxy = Proxy::before(shop.plane);
        proxy.always(words, deed);
        let started = shop.start_at(&proxy.kubeconfig, &[args, &["--request-timeout", "3s"]].concat());
        (args, words, proxy, started)
    };
    let finish = |(args, words, proxy, started): (&[&str], &str, Proxy, Started)| {
        let run = started.finish_within(Duration::from_secs(40));
        assert_eq!(run.code, 2, "{args:?} {run:?}");
        let expected = format!("error: the API server `{}` did not answer within 3s: ", proxy.server);
        assert!(run.stderr.starts_with(&expected), "{args:?} {}", run.stderr);
        // What was asked of the server was done: nobody may read that it was not.
        let tells = run.stderr.contains("hint: it may have been done all the same; ");
        assert_eq!(tells, words == "PATCH", "{args:?} {}", run.stderr);
    };
    let deeds = [Deed::Hang, Deed::Stall].into_iter().cycle();
    let (reads, changes): (Vec<_>, Vec<_>) = ALL.into_iter().zip(deeds).partition(|((_, words), _)| *words == "GET");
    let reads: Vec<_> = reads.into_iter().map(|((args, words), deed)| start(args, words, deed)).collect();
    // Each change is of what the one before left.
    changes.into_iter().for_each(|((args, words), deed)| finish(start(args, words, deed)));
    reads.into_iter().for_each(finish);
    assert_eq!(web(&shop)["spec"]["paused"], json!(true));
}
