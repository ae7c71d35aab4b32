//! Two who change one workload at once.

use std::time::Duration;

use super::proxy::{Deed, Proxy};
use super::shop::{cause, generation, image, observed, released, web};
use crate::fixture::Shop;
use crate::manifests::deployment;
use crate::moments::held;

const END: Duration = Duration::from_secs(40);

/// A shop whose first release runs, with two more in git, whose pods get ready when the test says so.
fn shop() -> Option<Shop> {
    let shop = released(&["web:1"])?;
    for image in ["web:2", "web:3"] {
        shop.world.write("k8s/web.yaml", held(image, 1));
        shop.world.commit(image);
    }
    Some(shop)
}

#[test]
fn of_two_applies_one_is_live_and_only_that_is_rolled_out() {
    let Some(shop) = shop() else { return };
    let wait = ["--wait", "--timeout", "60s"];
    let start = |revision: &str| shop.start(&[&["apply", "web", revision], &wait[..]].concat());
    let before = generation(&web(&shop));
    let started = [start("2"), start("3")];
    let both = shop.wait("Deployment", "web", |web| generation(web) == before + 2);
    shop.get_ready(image(&both));
    let runs = started.map(|started| started.finish_within(END));
    let now = web(&shop);
    assert_eq!(image(&now), cause(&now));
    let winner = if image(&now) == "web:2" { 0 } else { 1 };
    assert_eq!((runs[winner].code, runs[1 - winner].code), (0, 1), "{runs:?}");
    assert!(runs[winner].stdout.contains("successfully rolled out"), "{runs:?}");
    let loser = &runs[1 - winner];
    assert!(loser.stdout.starts_with("deployment.apps/web serverside-applied to revision "), "{loser:?}");
    assert!(!loser.stdout.contains("successfully rolled out"), "{loser:?}");
    assert!(loser.stderr.contains("error: deployment.apps/web was changed meanwhile: "), "{loser:?}");
}

#[test]
fn whoever_comes_second_is_not_rolled_back_by_the_first() {
    let Some(shop) = shop() else { return };
    let proxy = Proxy::before(shop.plane);
    let args = ["apply", "web", "2", "--wait", "--timeout", "60s", "--rollback-on-failure"];
    let first = shop.start_at(&proxy.kubeconfig, &args);
    proxy.wait("watch=true", 3);
    let second = shop.start(&["apply", "web", "3", "--wait", "--timeout", "60s"]);
    shop.get_ready("web:3");
    let [first, second] = [first, second].map(|started| started.finish_within(END));
    assert_eq!((first.code, second.code), (1, 0), "{first:?} {second:?}");
    assert!(first.stderr.contains("error: deployment.apps/web was changed meanwhile: "), "{first:?}");
    assert!(!first.stdout.contains("rolled back") && !first.stdout.contains("successfully"), "{first:?}");
    assert_eq!((image(&web(&shop)), cause(&web(&shop))), ("web:3", "web:3"));
}

#[test]
fn an_apply_beside_an_undo_leaves_one_of_the_two_with_its_cause() {
    let Some(shop) = released(&["web:1", "web:2", "web:3"]) else { return };
    for _ in 0..4 {
        assert_eq!(shop.rollbook(&["apply", "web", "2", "--force-conflicts"]).code, 0);
        observed(&shop);
        let started =
            [shop.start(&["apply", "web", "3"]), shop.start(&["undo", "web", "--live", "--git-revision", "1"])];
        let runs = started.map(|started| started.finish_within(END));
        assert_eq!((runs[0].code, runs[1].code), (0, 0), "{runs:?}");
        let now = web(&shop);
        match image(&now) {
            "web:3" => assert_eq!(cause(&now), "web:3"),
            "web:1" => {
                assert!(cause(&now).starts_with("rollback to revision ") && cause(&now).ends_with("web:1"), "{now:#}")
            }
            other => panic!("{other}: {runs:?}"),
        }
        observed(&shop);
    }
}

#[test]
fn an_undo_that_comes_second_is_of_what_is_there_then() {
    let Some(shop) = released(&["web:1", "web:2", "web:3"]) else { return };
    assert_eq!(shop.rollbook(&["apply", "web", "2"]).code, 0);
    observed(&shop);
    let proxy = Proxy::before(shop.plane);
    proxy.once("PATCH", Deed::Hold);
    let undo = shop.start_at(&proxy.kubeconfig, &["undo", "web", "--live"]);
    proxy.wait("PATCH", 1);
    assert_eq!(shop.rollbook(&["apply", "web", "3"]).code, 0);
    proxy.let_go();
    let undo = undo.finish_within(END);
    assert_eq!(undo.code, 0, "{undo:?}");
    let now = web(&shop);
    assert_eq!((image(&now), cause(&now)), ("web:1", "rollback to revision 1: web:1"));
}

#[test]
fn what_came_just_before_is_not_passed_over_on_the_way_back() {
    let Some(shop) = released(&["web:1", "web:2"]) else { return };
    shop.world.write("k8s/web.yaml", deployment("web:broken", 1, 1));
    shop.world.commit("web: broken");
    let proxy = Proxy::before(shop.plane);
    proxy.once("PATCH", Deed::Hold);
    let args = ["apply", "web", "--wait", "--timeout", "60s", "--rollback-on-failure"];
    let broken = shop.start_at(&proxy.kubeconfig, &args);
    proxy.wait("PATCH", 1);
    assert_eq!(shop.rollbook(&["apply", "web", "2", "--wait", "--timeout", "60s"]).code, 0);
    proxy.let_go();
    let broken = broken.finish_within(END);
    // Not to the first release, which it had seen before.
    assert_eq!((broken.code, image(&web(&shop))), (1, "web:broken"), "{broken:?}");
    let options = format!("-n {} --kubeconfig {}", shop.namespace, proxy.kubeconfig.display());
    let expected =
        format!("hint: rollbook undo --live {options} deployment/web goes back to the revision before this one\n");
    assert!(broken.stderr.ends_with(&expected), "{broken:?}");
    assert_eq!(shop.rollbook(&["undo", "--live", "deployment/web"]).code, 0);
    assert_eq!(image(&web(&shop)), "web:2");
}
