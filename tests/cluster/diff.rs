//! `rollbook diff --live`: what an apply of it all would change.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{daemon_set, deployment, stateful_set};

/// A shop whose first release the cluster has, with a second one in git and a third in the working tree.
fn shop() -> Option<Shop> {
    let shop = Shop::open()?;
    let login = |password: &str| {
        format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: login}}\nstringData: {{password: {password}}}\n")
    };
    let settings = |text: &str| {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: settings}}\ndata: {{text: {text}, same: 'yes'}}\n")
    };
    let first = deployment("web:latest", 2, 600)
        + "        env: [{name: OLD, value: 'yes'}]\n        envFrom: [{configMapRef: {name: settings}}]\n";
    shop.world.write("k8s/web.yaml", &first);
    shop.world.write("k8s/db.yaml", stateful_set("db:1"));
    shop.world.write("k8s/settings.yaml", settings("a") + "---\n" + &login("c4n4ry"));
    shop.world.commit("first release");
    shop.world.write(".rollbook.toml", "[scope.all]\npaths = [\"k8s\"]\n");
    assert_eq!(shop.rollbook(&["apply", "--scope", "all", "--wait", "--timeout", "60s"]).code, 0);
    let second = first.replace("web:latest", "web:2").replace("        env: [{name: OLD, value: 'yes'}]\n", "");
    shop.world.write("k8s/web.yaml", &second);
    shop.world.write("k8s/settings.yaml", settings("b") + "---\n" + &login("hunter2"));
    shop.world.write("k8s/agent.yaml", daemon_set("agent:1"));
    shop.world.write("k8s/rendered/kustomization.yaml", "resources: [../agent.yaml]\nnamePrefix: x-\n");
    shop.world.commit("second release");
    shop.world.write("k8s/db.yaml", stateful_set("db:1").replace("serviceName: db", "serviceName: other"));
    Some(shop)
}

fn hashless(screen: &str) -> String {
    let word = |word: &str| match word.trim_matches(['`', '(', ',', ':', ')']).split_once('-') {
        Some(("web" | "db" | "agent", _)) => word.replace(word.trim_matches(['`', '(', ',', ':', ')']), "[name]"),
        _ => word.to_owned(),
    };
    let words = screen.replace("(1.30)", "(1.37)").replace('\n', " \n ");
    words.split(' ').map(word).collect::<Vec<_>>().join(" ").replace(" \n ", "\n")
}

#[test]
fn what_an_apply_would_change_is_told_with_its_verdict() {
    let Some(shop) = shop() else { return };
    let runs: [&[&str]; 5] = [
        &["diff", "--live"],
        &["diff", "--live", "--ref", "HEAD", "--summary"],
        &["diff", "--live", "deployments,configmaps,secrets", "-o", "unified"],
        &["diff", "--live", "-o", "github"],
        &["diff", "--live", "deployment/api"],
    ];
    let seen = runs.map(|args| shop.screen(args)).join("\n");
    // The values before and after, as they are written and as the cluster keeps them.
    let all = seen.clone() + &shop.screen(&["diff", "--live", "-o", "json"]);
    for value in ["c4n4ry", "hunter2", "YzRuNHJ5", "aHVudGVyMg"] {
        assert!(!all.contains(value), "{all}");
    }
    // What else the server fills in stands in other lines in another version.
    let placeless = |line: &str| if line.starts_with("@@ ") { "@@\n".to_owned() } else { format!("{line}\n") };
    insta::assert_snapshot!(hashless(&seen.lines().map(placeless).collect::<String>()));
}

#[test]
fn the_server_says_the_same() {
    let Some(shop) = shop() else { return };
    for hand in [
        json!({}),
        json!({"spec": {"template": {"spec": {"hostname": "mine", "containers": [{"name": "web", "tty": true}]}}}}),
    ] {
        let path = shop.path("Deployment", "web");
        shop.plane.api.strategic(&format!("{path}?fieldManager=kubectl-edit"), &hand);
        let [client, server] = ["client", "server"].map(|by| {
            let run = shop.rollbook(&["apply", "web", "--force-conflicts", &format!("--dry-run={by}")]);
            assert_eq!(run.code, 0, "{}", run.stderr);
            run.stdout.replace("server dry run", "dry run")
        });
        assert_eq!(client, server);
        assert!(client.contains("- spec.template.spec.containers[name=web].env"), "{client}");
    }
    // The names before and after are those that the cluster gives.
    shop.wait_for_controller("Deployment", "web");
    let diff: Value = serde_json::from_str(&shop.rollbook(&["diff", "--live", "web", "-o", "json"]).stdout).unwrap();
    let [from, to] = ["from", "to"].map(|side| format!("web-{}", diff["items"][0]["verdict"][side].as_str().unwrap()));
    let sets = || {
        let list = shop.plane.api.get(&format!("/apis/apps/v1/namespaces/{}/replicasets", shop.namespace));
        let names = list["items"].as_array().unwrap().iter().map(|set| set["metadata"]["name"].clone());
        names.collect::<Vec<_>>()
    };
    assert!(sets().contains(&json!(from)), "{from} {:?}", sets());
    assert_eq!(shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s", "--force-conflicts"]).code, 0);
    assert!(sets().contains(&json!(to)), "{to} {:?}", sets());
    let same = shop.rollbook(&["diff", "--live", "web"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, ""), "{}", same.stderr);
}
