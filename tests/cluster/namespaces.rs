//! Where a command looks, and what it says where there is no such place.

use crate::fixture::Shop;
use crate::manifests::deployment;

/// Runs rollbook as the administrator in the namespace that it finds by itself.
fn anywhere(shop: &Shop, args: &[&str]) -> String {
    let kubeconfig = shop.plane.kubeconfigs["admin"].display().to_string();
    let screen = shop.world.rollbook_with(&[("KUBECONFIG", &kubeconfig)], args).screen(args);
    screen.replace(&shop.namespace, "[namespace]").replace(&shop.plane.server, "[server]")
}

#[test]
fn the_namespace_of_a_scope_is_where_a_command_looks() {
    let Some(shop) = Shop::open() else { return };
    shop.world.write(".rollbook.toml", format!("[scope.prod]\npaths = [\"k8s\"]\nnamespace = {:?}\n", shop.namespace));
    shop.world.write("k8s/web.yaml", deployment("web:1", 1, 600));
    shop.world.commit("web: first release");
    shop.apply(&deployment("web:1", 1, 600));
    shop.apply(&deployment("web:2", 1, 600));
    shop.wait("Deployment", "web", |web| web["status"]["observedGeneration"] == 2);
    let screens = [
        &["pause", "web", "--scope", "prod"][..],
        &["resume", "web", "--scope", "prod"],
        &["restart", "web", "--scope", "prod"],
        &["undo", "web", "--live", "--scope", "prod", "--to-revision", "1", "--dry-run"],
        &["status", "web", "--scope", "prd"],
        &["status", "web", "--scope", "prod", "-n", "default"],
    ];
    let seen: String = screens.iter().map(|args| anywhere(&shop, args)).collect();
    // Names differ from version to version.
    insta::assert_snapshot!(
        seen.lines().filter(|line| !line.starts_with("to revision")).collect::<Vec<_>>().join("\n")
    );
    let status = anywhere(&shop, &["status", "web", "--scope", "prod", "-o", "name"]);
    assert!(status.contains("deployment.apps/web"), "{status}");
    shop.world.write("api.yaml", deployment("api:1", 1, 600).replace("name: web\nspec", "name: api\nspec"));
    let applied = anywhere(&shop, &["apply", "-f", "api.yaml", "--scope", "prod"]);
    assert_eq!(shop.list("deployments").len(), 2, "{applied}");
}

#[test]
fn a_file_goes_where_it_says_or_nowhere() {
    let Some(shop) = Shop::open() else { return };
    let elsewhere = deployment("web:1", 1, 600).replace("name: web\nspec", "name: web\n  namespace: elsewhere\nspec");
    shop.world.write("web.yaml", &elsewhere);
    shop.world.write("role.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: default, namespace: elsewhere}\n");
    let seen =
        shop.screen(&["apply", "-f", "web.yaml"]) + &shop.screen(&["apply", "-f", "role.yaml", "--dry-run=server"]);
    insta::assert_snapshot!(seen + &anywhere(&shop, &["apply", "-f", "web.yaml"]));
    let Some(theirs) = shop.kubectl(&["apply", "-f", &shop.world.root().join("web.yaml").display().to_string()]) else {
        return;
    };
    let ours = shop.rollbook(&["apply", "-f", "web.yaml"]).stderr;
    assert_eq!(ours.lines().next(), theirs.stderr.lines().next());
}

#[test]
fn a_secret_that_cannot_be_one_is_refused_at_once() {
    let Some(shop) = Shop::open() else { return };
    shop.world
        .write("login.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\ndata: {password: 'hunter2'}\n");
    let begun = std::time::Instant::now();
    let seen = shop.screen(&["apply", "-f", "login.yaml"]);
    assert!(begun.elapsed().as_secs() < 10 && !seen.contains("hunter2"), "{seen}");
    insta::assert_snapshot!(seen);
}

#[test]
fn what_only_the_cluster_has_is_looked_for_where_one_asks() {
    let Some(shop) = Shop::open() else { return };
    shop.world.write("k8s/web.yaml", deployment("web:1", 1, 600));
    shop.world.commit("web: first release");
    shop.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: left, labels: {app: web}}}");
    // Git has nothing of the kind that would name a namespace.
    let run = shop.rollbook(&["drift", "configmaps", "--extra", "app=web"]);
    assert!(run.code == 1 && run.stdout.contains("left"), "{run:?}");
}
