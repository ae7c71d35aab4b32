//! The API server dies and comes back while rollbook waits.

use std::time::Duration;

use serde_json::Value;

use super::shop::{cause, image, web};
use crate::fixture::{ControlPlane, Shop};
use crate::manifests::deployment;
use crate::moments::held;

/// So long at most: what is asserted is that it ends.
const END: Duration = Duration::from_secs(100);

/// A namespace of a control plane, whose git has these manifests of `web`, one after another.
fn shop(plane: &'static ControlPlane, namespace: &str, manifests: &[String]) -> Shop {
    let shop = Shop::at(plane, namespace);
    for (at, manifest) in manifests.iter().enumerate() {
        shop.world.write("k8s/web.yaml", manifest);
        shop.world.commit(&format!("release {}", at + 1));
    }
    shop
}

#[test]
fn whoever_waits_goes_on_after_a_crash_of_the_server() {
    let Some(plane) = ControlPlane::start() else { return };
    let plane: &'static ControlPlane = Box::leak(Box::new(plane));
    let waiting = ["--wait", "--timeout", "90s"];

    let watched = shop(plane, "watched", &[]);
    watched.apply(&held("web:1", 1));
    let applied = shop(plane, "applied", &[held("web:1", 1)]);
    // Its first release goes before its second comes, and has to come back.
    let recreated = |manifest: String| manifest.replace("progressDeadlineSeconds: 600", "strategy: {type: Recreate}");
    let releases = [recreated(held("web:1", 1)), recreated(deployment("web:broken", 1, 600))];
    let back = shop(plane, "back", &releases);
    assert_eq!(back.rollbook(&["apply", "web", "1"]).code, 0);
    let later = shop(plane, "later", &[deployment("web:1", 1, 600), deployment("web:2", 1, 600)]);
    assert_eq!(later.rollbook(&["apply", "web", "1"]).code, 0);

    let mut rollback = back.start(&[&["apply", "web", "--rollback-on-failure"], &waiting[..]].concat());
    rollback.wait_for("deployment.apps/web rolled back\n");
    let mut watch = watched.start(&["status", "web", "--watch", "--timeout", "90s"]);
    let mut apply = applied.start(&[&["apply", "web"], &waiting[..]].concat());
    [&mut rollback, &mut watch, &mut apply].into_iter().for_each(|started| started.wait_for("Waiting for deployment "));
    plane.crash(Duration::from_millis(500));
    let late = later.rollbook(&["apply", "web"]);
    // None of them can have been done before.
    [&watched, &applied, &back].into_iter().for_each(|shop| shop.get_ready("web:1"));

    let done = "deployment \"web\" successfully rolled out\n";
    let watch = watch.finish_within(END);
    assert_eq!((watch.code, watch.stdout.contains(done)), (0, true), "{watch:?}");
    let apply = apply.finish_within(END);
    assert_eq!((apply.code, apply.stdout.ends_with(done)), (0, true), "{apply:?}");
    let rollback = rollback.finish_within(END);
    assert_eq!((rollback.code, rollback.stdout.ends_with(done)), (1, true), "{rollback:?}");
    assert!(rollback.stdout.contains("deployment.apps/web rolled back\n"), "{rollback:?}");
    let now = web(&back);
    assert_eq!(
        (image(&now), cause(&now), &now["status"]["availableReplicas"]),
        ("web:1", "release 1", &Value::from(1))
    );
    assert_eq!((late.code, image(&web(&later))), (0, "web:2"), "{late:?}");
    plane.stop();
}
