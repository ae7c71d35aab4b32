//! `rollbook undo` with a cluster: on it alone, and on both.

use serde_json::{Value, json};

use crate::build::version;
use crate::fixture::Shop;
use crate::manifests::{deployment, image, web};
use crate::moments::stuck;

const CAUSE: &str = "kubernetes.io/change-cause";

/// A shop with three releases in git, of which the cluster had those from `first` on.
fn shop(first: usize) -> Option<Shop> {
    let shop = Shop::open()?;
    shop.world.set_committer();
    for release in 1..=3 {
        shop.world.write("k8s/web.yaml", deployment(&format!("web:{release}"), 1, 600));
        shop.world.commit(&format!("web: release {release}"));
        if release >= first {
            assert_eq!(shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s"]).code, 0);
        }
    }
    Some(shop)
}

/// Without hashes and their version, which differ from server to server.
fn settled(screen: &str) -> String {
    let word = |word: &str| match word.trim_matches(['`', ':']).split_once('-') {
        Some(("web" | "db", _)) => word.replace(word.trim_matches(['`', ':']), "[name]"),
        _ => word.to_owned(),
    };
    screen.replace(&format!("({})", version()), "(version)").split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_cluster_alone_goes_back_and_drift_shows_it() {
    let Some(shop) = shop(1) else { return };
    let tip = shop.world.tip();
    insta::assert_snapshot!(settled(&shop.screen(&["undo", "web", "--live"]).replace('\n', " \n ")));
    let now = web(&shop);
    assert_eq!(
        (image(&now), now["metadata"]["annotations"][CAUSE].as_str()),
        ("web:2", Some("rollback to revision 2: web: release 2"))
    );
    assert_eq!(shop.world.tip(), tip);
    let drift = shop.rollbook(&["drift", "web"]);
    assert!(drift.code == 1 && drift.stdout.contains("behind"), "{}", drift.stdout);
    // The controller gives it a new number, under which it is there already.
    shop.wait("Deployment", "web", |web| web["metadata"]["annotations"]["deployment.kubernetes.io/revision"] == "4");
    let again = shop.rollbook(&["undo", "web", "--live", "--live-revision", "4"]);
    assert_eq!((again.code, again.stdout.as_str()), {
        (0, "skipped rollback (current template already matches revision 4)\n")
    });
    // What git says can be put there again: nobody else's fields are in the way.
    assert_eq!(shop.rollbook(&["apply", "web"]).code, 0);
    assert_eq!((image(&web(&shop)), shop.rollbook(&["drift", "web"]).code), ("web:3", 0));
}

#[test]
fn a_number_that_means_two_things_is_refused() {
    let Some(shop) = shop(2) else { return };
    let run = |args: &[&str]| settled(&shop.screen(args).replace('\n', " \n "));
    let runs: [&[&str]; 4] = [
        &["undo", "web", "--live", "--to-revision", "2"],
        &["undo", "web", "--live", "--to-revision", "7"],
        &["undo", "web", "--live", "--git-revision", "1"],
        &["undo", "web", "--live", "--live-revision", "9"],
    ];
    insta::assert_snapshot!(runs.map(run).join("\n"));
    assert_eq!(image(&web(&shop)), "web:3");
    let output = shop.rollbook(&["undo", "web", "--live", "--git-revision", "2"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert_eq!(image(&web(&shop)), "web:2");
}

#[test]
fn git_and_the_cluster_go_back_together() {
    let Some(shop) = shop(2) else { return };
    let tip = shop.world.tip();
    assert_eq!(shop.rollbook(&["pause", "web"]).code, 0);
    let refused = shop.screen(&["undo", "web", "--apply"]);
    assert_eq!((shop.world.tip(), image(&web(&shop))), (tip.clone(), "web:3"), "{refused}");
    assert_eq!(shop.rollbook(&["resume", "web"]).code, 0);
    let done = shop.screen(&["undo", "web", "--apply", "-m", "3 is slow"]);
    let made = shop.world.git(&["rev-parse", "--short", "HEAD"]);
    insta::assert_snapshot!(settled(
        &format!("{refused}\n{done}").replace('\n', " \n ").replace(made.trim(), "[commit]")
    ));
    let now = web(&shop);
    assert_eq!((image(&now), now["metadata"]["annotations"][CAUSE].as_str()), ("web:2", Some("3 is slow")));
    assert_eq!(shop.rollbook(&["drift", "web"]).code, 0);
    // A cluster that cannot be reached leaves git as it is.
    let tip = shop.world.tip();
    let output = shop.world.rollbook(&["undo", "web", "--apply", "--kubeconfig", "/nowhere"]);
    assert_eq!((output.code, shop.world.tip()), (2, tip));
}

#[test]
fn a_stateful_set_is_helped_past_a_broken_pod() {
    let Some(shop) = stuck() else { return };
    let output = shop.rollbook(&["undo", "sts/db", "--live"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stderr.contains("`db-0` is not ready"), "{}", output.stderr);
    let hint = format!("hint: kubectl delete pod db-0 -n {} lets it go on\n", shop.namespace);
    assert!(output.stderr.ends_with(&hint), "{}", output.stderr);
    // The revision that it is back to gets another number.
    shop.wait_for_controller("StatefulSet", "db");
    let again = shop.rollbook(&["undo", "sts/db", "--live", "--live-revision", "3", "--delete-stuck-pods"]);
    let expected = "skipped rollback (current template already matches revision 3)\npod/db-0 deleted\n";
    assert_eq!((again.code, again.stdout.as_str()), (0, expected), "{}", again.stderr);
    shop.wait_for_pod(|pod| {
        pod["spec"]["containers"][0]["image"] == "db:1" && pod["status"]["containerStatuses"][0]["ready"] == json!(true)
    });
}

/// A ReplicaSet that another version of Kubernetes named: the controller goes on with it.
#[test]
fn what_has_another_name_on_the_cluster_is_found_by_its_template() {
    let Some(shop) = Shop::open() else { return };
    let mut older: Value = serde_yaml::from_str(&deployment("web:1", 1, 600)).unwrap();
    let spec = older["spec"].as_object_mut().unwrap();
    spec.remove("progressDeadlineSeconds");
    let labels = json!({"app": "web", "pod-template-hash": "12345"});
    older["kind"] = json!("ReplicaSet");
    older["metadata"] = json!({"name": "web-12345", "labels": labels});
    older["spec"]["selector"]["matchLabels"] = labels.clone();
    older["spec"]["template"]["metadata"]["labels"] = labels;
    shop.plane.api.post(&format!("/apis/apps/v1/namespaces/{}/replicasets", shop.namespace), &older);
    for release in 1..=2 {
        shop.world.write("k8s/web.yaml", deployment(&format!("web:{release}"), 1, 600));
        shop.world.commit(&format!("web: release {release}"));
        assert_eq!(shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s"]).code, 0);
    }
    for args in [["--git-revision", "1"], ["--to-revision", "1"], ["--to-revision", "image:web:1"]] {
        let run = shop.rollbook(&[&["undo", "web", "--live", "--dry-run"], &args[..]].concat());
        assert!(
            run.code == 0 && run.stdout.contains("to revision 1 of the cluster: web-12345\n"),
            "{args:?} {}",
            run.stderr
        );
    }
}
