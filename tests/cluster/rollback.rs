//! `rollbook apply --rollback-on-failure`: what is taken back, and to where.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{deployment, image, stateful_set};

/// A Deployment of one pod by another name than `web`.
fn named(name: &str, image: &str) -> String {
    deployment(image, 1, 600)
        .replace("name: web\nspec", &format!("name: {name}\nspec"))
        .replace("app: web", &format!("app: {name}"))
}

/// A shop with two releases of `a` and `b`, of which the cluster runs the first.
fn pair(second: &str) -> Option<Shop> {
    let shop = Shop::open()?;
    for (number, image) in [(1, "a:1"), (2, second)] {
        shop.world.write("k8s/a.yaml", named("a", image));
        shop.world.write("k8s/b.yaml", named("b", &format!("b:{number}")));
        shop.world.commit(&format!("release {number}"));
        if number == 1 {
            assert_eq!(shop.rollbook(&["apply", "--path", "k8s", "--wait", "--timeout", "60s"]).code, 0);
        }
    }
    Some(shop)
}

fn is_ready(pod: &Value, image: &str) -> bool {
    let status = &pod["status"]["containerStatuses"][0];
    pod["spec"]["containers"][0]["image"] == image && status["ready"] == json!(true)
}

#[test]
fn what_is_rolled_out_stays_though_another_takes_all_the_time() {
    let Some(shop) = pair("a:unready") else { return };
    let run = shop.rollbook(&["apply", "--path", "k8s", "--wait", "--timeout", "20s", "--rollback-on-failure"]);
    assert_eq!((run.code, run.stderr.matches("timed out waiting").count()), (1, 1), "{run:?}");
    assert!(run.stdout.contains("deployment \"b\" successfully rolled out\n"), "{run:?}");
    assert!(!run.stdout.contains("deployment.apps/b rolled back"), "{run:?}");
    let image_of = |name: &str| image(&shop.plane.api.get(&shop.path("Deployment", name))).to_owned();
    assert_eq!((image_of("a"), image_of("b")), ("a:1".to_owned(), "b:2".to_owned()));
    // The same for who watches.
    shop.world.write("k8s/a.yaml", named("a", "a:unready"));
    assert_eq!(shop.rollbook(&["apply", "-f", &shop.world.root().join("k8s/a.yaml").display().to_string()]).code, 0);
    let run = shop.rollbook(&["status", "deploy/a", "deploy/b", "--watch", "--timeout", "5s"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stdout.contains("deployment \"b\" successfully rolled out\n"), "{run:?}");
}

#[test]
fn what_was_rolling_in_is_no_way_back() {
    let Some(shop) = Shop::open() else { return };
    for image in ["web:1", "web:broken", "web:unready"] {
        shop.world.write("k8s/web.yaml", deployment(image, 1, 600));
        shop.world.commit(image);
    }
    assert_eq!(shop.rollbook(&["apply", "web", "1", "--wait", "--timeout", "60s"]).code, 0);
    assert_eq!(shop.rollbook(&["apply", "web", "2"]).code, 0);
    shop.wait_for_pod(|pod| pod["status"]["containerStatuses"][0]["state"]["waiting"]["reason"].is_string());
    let args = ["apply", "web", "--wait", "--timeout", "15s", "--rollback-on-failure"];
    let run = shop.rollbook(&args);
    assert!(run.code == 1 && run.stdout.ends_with("deployment \"web\" successfully rolled out\n"), "{run:?}");
    let web = shop.plane.api.get(&shop.path("Deployment", "web"));
    assert_eq!(image(&web), "web:1");
    assert_eq!(web["metadata"]["annotations"]["kubernetes.io/change-cause"], "web:1");
}

#[test]
fn where_nothing_was_changed_there_is_nothing_to_go_back_to() {
    let Some(shop) = Shop::open() else { return };
    shop.world.write("k8s/web.yaml", deployment("web:broken", 1, 600));
    shop.world.commit("web: broken");
    assert_eq!(shop.rollbook(&["apply", "web"]).code, 0);
    let run = shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s", "--rollback-on-failure"]);
    assert!(run.code == 1 && !run.stdout.contains("rolled back"), "{run:?}");
    let expected = "warning: deployment.apps/web had that pod template before: there is nothing to go back to\n";
    assert!(run.stderr.contains(expected), "{run:?}");
}

#[test]
fn a_stateful_set_comes_back_past_its_broken_pod() {
    let Some(shop) = Shop::open() else { return };
    for image in ["db:1", "db:broken"] {
        shop.world.write("k8s/db.yaml", stateful_set(image));
        shop.world.commit(image);
    }
    assert_eq!(shop.rollbook(&["apply", "db", "1", "--wait", "--timeout", "60s"]).code, 0);
    let run = shop.rollbook(&["apply", "db", "--wait", "--timeout", "60s", "--rollback-on-failure"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stdout.contains("statefulset.apps/db rolled back\npod/db-0 deleted\n"), "{run:?}");
    assert!(!run.stderr.contains("does not come back"), "{run:?}");
    shop.wait_for_pod(|pod| is_ready(pod, "db:1"));
}

#[test]
fn what_was_applied_before_a_conflict_is_waited_for() {
    let Some(shop) = pair("a:broken") else { return };
    let path = format!("{}?fieldManager=kubectl-set", shop.path("Deployment", "b"));
    let by_hand = json!({"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "b:hot"}]}}}});
    shop.plane.api.merge(&path, &by_hand);
    let run = shop.rollbook(&["apply", "--path", "k8s", "--wait", "--timeout", "60s", "--rollback-on-failure"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stdout.contains("deployment.apps/a rolled back\n"), "{run:?}");
    assert!(run.stderr.contains("hint: --force-conflicts takes these fields over\n"), "{run:?}");
    assert_eq!(image(&shop.plane.api.get(&shop.path("Deployment", "a"))), "a:1");
    assert_eq!(image(&shop.plane.api.get(&shop.path("Deployment", "b"))), "b:hot");
}
