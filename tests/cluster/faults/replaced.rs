//! A workload is deleted and another of the same name is made while rollbook is at it.

use serde_json::Value;

use super::proxy::{Deed, Proxy};
use super::shop::{generation, image, released, replace, web};
use crate::fixture::Shop;
use crate::manifests::deployment;
use crate::world::Output;
use std::time::Duration;

const END: Duration = Duration::from_secs(40);

/// Runs rollbook, and replaces the workload just before this change of it reaches the server.
fn replaced_before(shop: &Shop, args: &[&str], patches: usize) -> Output {
    let proxy = Proxy::before(shop.plane);
    for _ in 1..patches {
        proxy.once("PATCH", Deed::Delay(Duration::ZERO));
    }
    proxy.once("PATCH", Deed::Hold);
    let started = shop.start_at(&proxy.kubeconfig, args);
    proxy.wait("PATCH", patches);
    replace(shop, "web:9");
    proxy.let_go();
    started.finish_within(END)
}

/// Whether the new workload is as it was made.
fn is_untouched(web: &Value) -> bool {
    (image(web), generation(web)) == ("web:9", 1) && web["spec"]["paused"].is_null()
}

#[test]
fn no_change_is_made_to_another_of_the_same_name() {
    let Some(shop) = released(&["web:1", "web:2"]) else { return };
    let changes: [&[&str]; 3] =
        [&["restart", "web"], &["pause", "web"], &["undo", "web", "--live", "--live-revision", "1"]];
    for args in changes {
        assert_eq!(shop.rollbook(&["apply", "web", "--force-conflicts", "--wait", "--timeout", "60s"]).code, 0);
        let run = replaced_before(&shop, args, 1);
        assert!(is_untouched(&web(&shop)), "{args:?} {run:?} {:#}", web(&shop));
        assert_eq!(
            (run.code, run.stdout.as_str(), run.stderr.as_str()),
            (1, "", "error: object has been deleted\n"),
            "{args:?}"
        );
        shop.plane.api.delete(&shop.path("Deployment", "web"));
        shop.world.remove("k8s/web.yaml");
        for image in ["web:1", "web:2"] {
            shop.world.write("k8s/web.yaml", deployment(image, 1, 600));
            shop.world.commit(image);
            shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s"]);
        }
    }
}

#[test]
fn the_rollout_of_another_is_not_waited_for() {
    let Some(shop) = released(&["web:1", "web:unready"]) else { return };
    let proxy = Proxy::before(shop.plane);
    let args = ["apply", "web", "--wait", "--timeout", "60s", "--rollback-on-failure"];
    let started = shop.start_at(&proxy.kubeconfig, &args);
    proxy.wait("watch=true", 3);
    replace(&shop, "web:9");
    let run = started.finish_within(END);
    assert!(is_untouched(&web(&shop)), "{run:?}");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("error: object has been deleted\n"), "{run:?}");
    assert!(!run.stdout.contains("rolled back") && !run.stdout.contains("successfully"), "{run:?}");
}

#[test]
fn the_rollout_of_another_is_not_waited_for_from_the_start() {
    let Some(shop) = released(&["web:1", "web:unready"]) else { return };
    let proxy = Proxy::before(shop.plane);
    // The first that is asked after the apply.
    proxy.once("GET replicasets", Deed::Hold);
    let started = shop.start_at(&proxy.kubeconfig, &["apply", "web", "--wait", "--timeout", "60s"]);
    proxy.wait("GET replicasets", 1);
    replace(&shop, "web:9");
    proxy.let_go();
    let run = started.finish_within(END);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("error: object has been deleted\n"), "{run:?}");
    assert!(!run.stdout.contains("successfully"), "{run:?}");
}

#[test]
fn a_way_back_never_hits_another_of_the_same_name() {
    let Some(shop) = released(&["web:1"]) else { return };
    shop.world.write("k8s/web.yaml", deployment("web:broken", 1, 1));
    shop.world.commit("web: broken");
    let args = ["apply", "web", "--wait", "--timeout", "60s", "--rollback-on-failure"];
    let run = replaced_before(&shop, &args, 2);
    assert!(is_untouched(&web(&shop)), "{run:?}");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.ends_with("error: object has been deleted\n"), "{run:?}");
    assert!(!run.stdout.contains("rolled back"), "{run:?}");
}
