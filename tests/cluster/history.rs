//! `rollbook history --live` and `list --live`: what the cluster holds of what is in git.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{deployment, stateful_set};

fn release(shop: &Shop, image: &str, message: &str) {
    let manifest = deployment(image, 2, 600);
    shop.world.write("k8s/web.yaml", &manifest);
    shop.world.commit(message);
    apply(shop, &manifest);
}

fn apply(shop: &Shop, manifest: &str) {
    shop.apply(manifest);
    assert_eq!(shop.rollbook(&["status", "web", "--watch", "--timeout", "60s", "-q"]).code, 0);
}

/// The columns of each row without the hash, which differs from version to version.
fn rows(screen: &str) -> Vec<String> {
    let rows = screen.lines().skip(2).take_while(|line| !line.is_empty());
    rows.map(|row| row.split_whitespace().take(3).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn each_revision_says_what_the_cluster_holds_of_it() {
    let Some(shop) = Shop::open() else { return };
    release(&shop, "web:1", "web: first release");
    release(&shop, "web:2", "web: search by category");
    let run = shop.rollbook(&["history", "web", "--live"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let head: Vec<&str> = run.stdout.lines().nth(1).unwrap().split_whitespace().take(2).collect();
    assert_eq!(head, ["REVISION", "LIVE"], "{}", run.stdout);
    let [first, second] = &rows(&run.stdout)[..] else { panic!("{}", run.stdout) };
    assert!(first.starts_with("1 kept ") && second.starts_with("2 live 2/2"), "{}", run.stdout);
    // Gone back to, the first has another number on the cluster, and is revision 3 here.
    release(&shop, "web:1", "web: back");
    let json: Value = serde_json::from_str(&shop.rollbook(&["history", "web", "--live", "-o", "json"]).stdout).unwrap();
    let revisions = json["items"][0]["revisions"].as_array().unwrap();
    let live: Vec<_> =
        revisions.iter().map(|row| (&row["live"][0]["role"], &row["live"][0]["clusterRevision"])).collect();
    let told = live.iter().map(|(role, number)| format!("{role} {number}")).collect::<Vec<_>>();
    assert_eq!(told, ["null null", "\"kept\" 2", "\"live\" 3"]);
}

#[test]
fn what_git_never_had_is_told_apart() {
    let Some(shop) = Shop::open() else { return };
    release(&shop, "web:1", "web: first release");
    apply(&shop, &deployment("web:by-hand", 2, 600));
    let run = shop.rollbook(&["history", "web", "--live"]);
    assert!(
        run.stdout.contains("not in git: web-") && run.stdout.contains("  live 2/2, the cluster's revision 2\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_the_cluster_does_not_have_is_a_note() {
    let Some(shop) = Shop::open() else { return };
    shop.world.write("k8s/web.yaml", deployment("web:1", 2, 600));
    shop.world.commit("web: first release");
    let run = shop.rollbook(&["history", "web", "--live"]);
    let note = format!("note: the cluster has no deployment.apps/web in namespace `{}`\n", shop.namespace);
    assert!(run.stderr.contains(&note), "{}", run.stderr);
    let run = shop.rollbook(&["history", "web", "--as", "viewer"]);
    assert!(
        run.stderr.starts_with("error: `--as` does nothing here: `rollbook history` asks a cluster only with --live or for the revision `live`\n")
    );
}

#[test]
fn a_list_says_which_revision_of_each_is_live() {
    let Some(shop) = Shop::open() else { return };
    release(&shop, "web:1", "web: first release");
    shop.world.write("k8s/db.yaml", stateful_set("db:1"));
    shop.world.commit("db: a database");
    shop.world.write("k8s/web.yaml", deployment("web:2", 2, 600));
    shop.world.commit("web: not applied yet");
    let shown = |run: &crate::world::Output| {
        let rows = run.stdout.lines().take_while(|line| !line.is_empty());
        rows.map(|row| row.split_whitespace().take(4).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let run = shop.rollbook(&["list", "--live"]);
    let [head, db, web] = &shown(&run)[..] else { panic!("{}{}", run.stdout, run.stderr) };
    assert_eq!(head, "NAME REVISION LIVE HASH", "{}", run.stdout);
    assert_eq!((db.as_str(), web.as_str()), ("sts/db 1 not there", "deploy/web 2 1 2/2"), "{}", run.stdout);
    let json: Value = serde_json::from_str(&shop.rollbook(&["list", "web", "--live", "-o", "json"]).stdout).unwrap();
    let live = &json["items"][0]["live"][0];
    assert_eq!((&live["origin"]["revision"], &live["role"], &live["ready"]), (&1.into(), &"live".into(), &2.into()));
}

#[test]
fn what_the_cluster_holds_may_be_odd() {
    let Some(shop) = Shop::open() else { return };
    shop.world.write("k8s/db.yaml", stateful_set("db:1"));
    shop.world.commit("db: a database");
    let db = shop.apply(&stateful_set("db:1"));
    let owner = json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "uid": db["metadata"]["uid"], "controller": true});
    let path = format!("/apis/apps/v1/namespaces/{}/controllerrevisions", shop.namespace);
    let odd = [
        json!({"template": "x"}),
        json!({"template": {"metadata": []}}),
        json!(["x"]),
        json!({"template": {"metadata": {"annotations": 1}}}),
        json!({"template": {"metadata": {"annotations": {"a": "\u{7f}\u{85}\u{fffe}\0"}}}}),
    ];
    for (at, spec) in odd.iter().enumerate() {
        let name = format!("db-odd-{at}");
        shop.plane.api.post(
            &path,
            &json!({
                "apiVersion": "apps/v1", "kind": "ControllerRevision", "revision": 7 + at, "data": {"spec": spec},
                "metadata": {"name": name, "labels": {"app": "db"}, "ownerReferences": [owner]},
            }),
        );
    }
    let run = shop.rollbook(&["history", "sts/db", "--live"]);
    assert!(run.code == 0 && run.stdout.contains("not in git: db-odd-0"), "{}{}", run.stdout, run.stderr);
}
