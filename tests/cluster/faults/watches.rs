//! Watches that are cut, forgotten, refused and silent: no change is lost, and each ends.

use std::time::Duration;

use super::proxy::{Deed, Proxy};
use super::shop::{released, replace};
use crate::fixture::Shop;
use crate::manifests::deployment;
use crate::moments::held;
use crate::world::Started;

/// So long at most: what is asserted is that it ends.
const END: Duration = Duration::from_secs(40);

/// A rollout that waits, watched through a proxy: its workload, its ReplicaSets and its pods.
fn watched(more: &[&str]) -> Option<(Shop, Proxy, Started)> {
    let shop = Shop::open()?;
    shop.apply(&deployment("web:unready", 1, 600));
    let (proxy, started) = watch(&shop, more);
    proxy.wait("watch=true", 3);
    Some((shop, proxy, started))
}

/// Begins to watch what is there through a proxy.
fn watch(shop: &Shop, more: &[&str]) -> (Proxy, Started) {
    let proxy = Proxy::before(shop.plane);
    let started = shop.start_at(&proxy.kubeconfig, &[&["status", "web", "--watch"], more].concat());
    (proxy, started)
}

#[test]
fn a_watch_that_is_cut_and_refused_loses_no_change() {
    let Some((shop, proxy, started)) = watched(&["--timeout", "60s"]) else { return };
    for deed in [Deed::Code(503), Deed::CutBefore, Deed::Code(500), Deed::Later(429, 1)] {
        proxy.once("watch=true", deed);
    }
    proxy.cut_watches();
    shop.apply(&held("web:2", 1));
    proxy.wait_for_all();
    shop.get_ready("web:2");
    let run = started.finish_within(END);
    assert_eq!((run.code, proxy.forgive()), (0, vec![]), "{run:?}");
    assert!(run.stdout.contains("deployment \"web\" successfully rolled out\n"), "{run:?}");
}

#[test]
fn an_event_that_came_in_half_is_heard_as_a_whole() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:unready", 1, 600));
    let proxy = Proxy::before(shop.plane);
    for list in ["watch=true deployments", "watch=true replicasets", "watch=true pods"] {
        proxy.once(list, Deed::Half);
    }
    let started = shop.start_at(&proxy.kubeconfig, &["status", "web", "--watch", "--timeout", "60s"]);
    proxy.wait("watch=true", 3);
    shop.apply(&deployment("web:2", 1, 600));
    let run = started.finish_within(END);
    assert_eq!((run.code, proxy.forgive()), (0, vec![]), "{run:?}");
    assert!(proxy.asked("watch=true") >= 4);
}

#[test]
fn a_state_that_the_server_forgot_is_read_anew() {
    let Some((shop, proxy, started)) = watched(&["--timeout", "60s"]) else { return };
    let before = proxy.asked("limit=500");
    // As an event in the watch, and as the answer to the next.
    proxy.once("watch=true deployments", Deed::Gone).once("watch=true deployments", Deed::Code(410));
    proxy.once("watch=true pods", Deed::Code(410)).once("watch=true replicasets", Deed::Gone);
    proxy.cut_watches();
    proxy.wait_for_all();
    // An event says it for good, an answer may pass.
    proxy.wait("limit=500", before + 2);
    shop.apply(&deployment("web:2", 1, 600));
    let run = started.finish_within(END);
    assert_eq!((run.code, proxy.forgive()), (0, vec![]), "{run:?}");
}

#[test]
fn what_is_deleted_while_nothing_is_heard_is_gone_afterwards() {
    let Some((shop, proxy, started)) = watched(&["--timeout", "60s"]) else { return };
    proxy.always("watch=true", Deed::CutBefore);
    proxy.cut_watches();
    replace(&shop, "web:2");
    // So what happened meanwhile is told by no event.
    proxy.forgive_after("watch=true deployments", Deed::Gone);
    let run = started.finish_within(END);
    assert_eq!((run.code, proxy.forgive()), (1, vec![]), "{run:?}");
    assert!(run.stderr.contains("error: object has been deleted\n"), "{run:?}");
    assert!(!run.stdout.contains("successfully"), "{run:?}");
}

#[test]
fn a_list_that_stops_in_its_middle_is_not_waited_for() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:unready", 1, 600));
    let proxy = Proxy::before(shop.plane);
    // The one that the watch itself begins with.
    proxy.once("GET fieldSelector limit=", Deed::Stall);
    let args = ["status", "web", "--watch", "--request-timeout", "3s"];
    let run = shop.start_at(&proxy.kubeconfig, &args).finish_within(END);
    assert_eq!((run.code, proxy.forgive()), (2, vec![]), "{run:?}");
    assert!(run.stderr.contains("did not answer within 3s: list deployments.apps in namespace"), "{run:?}");
}

/// Ends when its time is over, in kubectl's words.
fn ends_in_time(started: Started) {
    let run = started.finish_within(END);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("error: timed out waiting for the condition\n"), "{run:?}");
}

#[test]
fn a_server_that_is_gone_or_silent_is_not_watched_for_longer_than_asked() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:unready", 1, 600));
    let started = [Deed::CutBefore, Deed::Hang].map(|deed| (deed, watch(&shop, &["--timeout", "15s"])));
    let started = started.map(|(deed, (proxy, started))| {
        proxy.wait("watch=true", 3);
        proxy.always("", deed);
        proxy.cut_watches();
        (proxy, started)
    });
    started.into_iter().for_each(|(_proxy, started)| ends_in_time(started));
}

#[test]
fn an_apply_that_waits_ends_in_time_without_a_server() {
    let Some(shop) = released(&["web:1", "web:unready"]) else { return };
    let proxy = Proxy::before(shop.plane);
    let started = shop.start_at(&proxy.kubeconfig, &["apply", "web", "--wait", "--timeout", "15s"]);
    proxy.wait("watch=true", 3);
    proxy.always("", Deed::CutBefore);
    proxy.cut_watches();
    ends_in_time(started);
}

#[test]
fn a_way_back_that_nobody_answers_is_told() {
    let Some(shop) = released(&["web:1", "web:unready"]) else { return };
    let proxy = Proxy::before(shop.plane);
    let args = ["apply", "web", "--wait", "--timeout", "15s", "--rollback-on-failure"];
    let started = shop.start_at(&proxy.kubeconfig, &args);
    proxy.wait("watch=true", 3);
    proxy.always("", Deed::CutBefore);
    let run = started.finish_within(END);
    assert_eq!((run.code, run.stdout.contains("rolled back")), (2, false), "{run:?}");
    let options = format!("-n {} --kubeconfig {}", shop.namespace, proxy.kubeconfig.display());
    let expected =
        format!("hint: what was live may not be back: rollbook status {options} deployment/web shows what is\n");
    assert!(run.stderr.ends_with(&expected), "{run:?}");
}

#[test]
fn credentials_that_are_not_taken_any_more_end_a_watch() {
    let Some((_shop, proxy, started)) = watched(&["--timeout", "60s"]) else { return };
    proxy.always("", Deed::Code(401));
    proxy.cut_watches();
    let run = started.finish_within(END);
    assert_eq!(run.code, 2, "{run:?}");
    let expected = format!(
        "error: the API server `{}` does not take the credentials of the kubeconfig\n\
         hint: log in again as you do for kubectl; kubectl auth whoami --kubeconfig {} tells as whom\n",
        proxy.server,
        proxy.kubeconfig.display()
    );
    assert_eq!(run.stderr.split_once("error: ").map(|(_, rest)| format!("error: {rest}")), Some(expected), "{run:?}");
}
