//! Why an apply was: the cause that the cluster keeps is of what it runs, and never of what ran before.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{deployment, web};

const CAUSE: &str = "kubernetes.io/change-cause";
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

fn told(shop: &Shop) -> (String, String) {
    let web = web(shop);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let image = &web["spec"]["template"]["spec"]["containers"][0]["image"];
    (text(image), text(&web["metadata"]["annotations"][CAUSE]))
}

fn pair(image: &str, cause: &str) -> (String, String) {
    (image.to_owned(), cause.to_owned())
}

/// What kubectl applied in its old way.
fn applied_by_kubectl(shop: &Shop, image: &str) -> Value {
    let object: Value = serde_yaml::from_str(&deployment(image, 1, 600)).unwrap();
    let mut applied = object.clone();
    applied["metadata"]["annotations"][LAST_APPLIED] = json!(object.to_string());
    let collection = shop.path("Deployment", "web").trim_end_matches("/web").to_owned();
    shop.plane.api.post(&format!("{collection}?fieldManager=kubectl-client-side-apply"), &applied);
    object
}

/// A shop with two releases, of which the cluster runs the second.
fn shop() -> Option<Shop> {
    let shop = Shop::open()?;
    shop.world.set_committer();
    for release in 1..=2 {
        shop.world.write("k8s/web.yaml", deployment(&format!("web:{release}"), 1, 600));
        shop.world.commit(&format!("web: release {release}"));
        assert_eq!(shop.rollbook(&["apply", "web", "--wait", "--timeout", "60s"]).code, 0);
    }
    Some(shop)
}

#[test]
fn a_commit_off_the_line_has_a_cause_of_its_own() {
    let Some(shop) = shop() else { return };
    shop.world.git(&["checkout", "-q", "-b", "side", "HEAD^"]);
    shop.world.write("k8s/web.yaml", deployment("web:side", 1, 600));
    shop.world.commit("web: from the side");
    shop.world.git(&["checkout", "-q", "main"]);
    assert_eq!(shop.rollbook(&["apply", "web", "side"]).code, 0);
    assert_eq!(told(&shop), pair("web:side", "web: from the side"));
}

#[test]
fn a_file_without_a_cause_does_not_inherit_one() {
    let Some(shop) = shop() else { return };
    assert_eq!(shop.rollbook(&["undo", "web", "--live"]).code, 0);
    assert_eq!(told(&shop), pair("web:1", "rollback to revision 1: web: release 1"));
    let file = shop.world.root().join("new.yaml").display().to_string();
    // What changes no template is of the revision that is there.
    shop.world.write("new.yaml", deployment("web:1", 2, 600));
    assert_eq!(shop.rollbook(&["apply", "-f", &file]).code, 0);
    assert_eq!(told(&shop), pair("web:1", "rollback to revision 1: web: release 1"));
    shop.world.write("new.yaml", deployment("web:3", 2, 600));
    assert_eq!(shop.rollbook(&["apply", "-f", &file]).code, 0);
    assert_eq!(told(&shop), pair("web:3", &format!("rollbook apply -f {file}")));
}

#[test]
fn a_dry_run_by_the_server_meets_what_an_apply_meets() {
    let Some(shop) = shop() else { return };
    let by_hand = json!({"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "web:hot"}]}}}});
    shop.plane.api.merge(&format!("{}?fieldManager=kubectl-set", shop.path("Deployment", "web")), &by_hand);
    let run = |args: &[&str]| shop.rollbook(&[&["apply", "web"], args].concat());
    let refused = run(&["--dry-run=server"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.stderr.ends_with("hint: --force-conflicts takes these fields over\n"), "{refused:?}");
    assert_eq!(run(&["--dry-run=server", "--force-conflicts"]).code, 0);
    assert_eq!(told(&shop).0, "web:hot");
    assert_eq!(run(&["--force-conflicts"]).code, 0);
    // What an undo on the cluster alone wrote is this tool's.
    assert_eq!(shop.rollbook(&["undo", "web", "--live"]).code, 0);
    assert_eq!((run(&["--dry-run=server"]).code, run(&[]).code), (0, 0));
}

#[test]
fn nothing_is_taken_over_from_kubectl_for_an_apply_that_meets_a_conflict() {
    let Some(shop) = Shop::open() else { return };
    applied_by_kubectl(&shop, "web:1");
    let by_hand = json!({"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "web:hot"}]}}}});
    shop.plane.api.merge(&format!("{}?fieldManager=kubectl-set", shop.path("Deployment", "web")), &by_hand);
    shop.world.write("k8s/web.yaml", deployment("web:2", 1, 600));
    shop.world.commit("web: release 2");
    let managers = || web(&shop)["metadata"]["managedFields"].to_string().matches("kubectl-client-side-apply").count();
    for args in [&["apply", "web", "--dry-run=server"][..], &["apply", "web"]] {
        let refused = shop.rollbook(args);
        assert_eq!((refused.code, managers()), (2, 1), "{refused:?}");
        assert!(refused.stderr.contains("kubectl-set"), "{refused:?}");
    }
    assert_eq!(shop.rollbook(&["apply", "web", "--force-conflicts"]).code, 0);
    assert_eq!((told(&shop), managers()), (pair("web:2", "web: release 2"), 0));
}

#[test]
fn what_comes_back_is_told_as_it_was_and_keeps_what_others_changed() {
    let Some(shop) = Shop::open() else { return };
    let object = applied_by_kubectl(&shop, "web:1");
    let manifest = deployment("web:broken", 1, 600)
        .replace("name: web\nspec", "name: web\n  annotations: {kubernetes.io/change-cause: release 2}\nspec");
    shop.world.write("k8s/web.yaml", manifest);
    shop.world.commit("web: release 2");
    let started = shop.start(&["apply", "-f", "k8s/web.yaml", "--wait", "--timeout", "60s", "--rollback-on-failure"]);
    shop.wait("Deployment", "web", |web| web["metadata"]["annotations"][CAUSE] == "release 2");
    // As an autoscaler does.
    shop.plane
        .api
        .merge(&format!("{}?fieldManager=test", shop.path("Deployment", "web")), &json!({"spec": {"replicas": 3}}));
    let run = started.finish();
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!((told(&shop), &web(&shop)["spec"]["replicas"]), (pair("web:1", ""), &json!(3)), "{run:?}");
    let kept = web(&shop)["metadata"]["annotations"][LAST_APPLIED].as_str().unwrap().to_owned();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    let image = |object: &Value| object["spec"]["template"]["spec"]["containers"][0]["image"].clone();
    assert_eq!(image(&kept), image(&object));
}

#[test]
fn git_that_is_back_already_goes_to_the_cluster_with_its_cause() {
    let Some(shop) = shop() else { return };
    assert_eq!(shop.rollbook(&["undo", "web", "-m", "2 is slow"]).code, 0);
    assert_eq!(told(&shop), pair("web:2", "web: release 2"));
    let run = shop.rollbook(&["undo", "web", "--to-revision", "1", "--apply"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stdout.starts_with("skipped rollback (current template already matches revision 1)\n"), "{run:?}");
    assert_eq!(told(&shop), pair("web:1", "2 is slow"));
}

#[test]
fn what_git_has_back_and_the_cluster_has_not_is_named_to_the_last() {
    let Some(shop) = Shop::open() else { return };
    shop.world.set_committer();
    for (release, level) in [(1, "info"), (2, "debug")] {
        let settings =
            format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: settings}}\ndata: {{level: {level}}}\n");
        let from = "        envFrom: [{configMapRef: {name: settings}}]\n";
        shop.world.write("k8s/settings.yaml", settings);
        shop.world.write("k8s/web.yaml", deployment(&format!("web:{release}"), 1, 600) + from);
        shop.world.commit(&format!("web: release {release}"));
        assert_eq!(shop.rollbook(&["apply", "--path", "k8s"]).code, 0);
    }
    let path = format!("{}?fieldManager=kubectl-edit", shop.path("ConfigMap", "settings"));
    shop.plane.api.merge(&path, &json!({"data": {"level": "trace"}}));
    let run = shop.rollbook(&["undo", "web", "--with-references", "--apply", "--yes"]);
    let namespace = &shop.namespace;
    let expected = format!(
        "hint: git is back already: rollbook apply -n {namespace} configmap/settings --yes --force-conflicts takes these fields over\n\
         hint: and what comes after it: rollbook apply -n {namespace} deployment.apps/web --yes\n"
    );
    assert!(run.code == 2 && run.stderr.ends_with(&expected), "{run:?}");
    assert_eq!(told(&shop).0, "web:2");
    assert_eq!(shop.rollbook(&["apply", "configmap/settings", "--yes", "--force-conflicts"]).code, 0);
    assert_eq!(
        (shop.rollbook(&["apply", "deployment.apps/web", "--yes"]).code, told(&shop).0),
        (0, "web:1".to_owned())
    );
}

#[test]
fn what_flux_deploys_goes_back_in_git_and_on_the_cluster_where_the_user_says_yes() {
    let Some(shop) = shop() else { return };
    let labels = json!({"metadata": {"labels": {"kustomize.toolkit.fluxcd.io/name": "apps"}}});
    shop.plane.api.merge(&format!("{}?fieldManager=flux", shop.path("Deployment", "web")), &labels);
    let tip = shop.world.tip();
    let refused = shop.rollbook(&["undo", "web", "--apply"]);
    assert_eq!((refused.code, shop.world.tip(), told(&shop).0.as_str()), (2, tip, "web:2"), "{refused:?}");
    assert!(refused.stderr.contains("is deployed by Flux (`apps`)"), "{refused:?}");
    assert_eq!(shop.rollbook(&["undo", "web", "--apply", "--yes"]).code, 0);
    assert_eq!(told(&shop).0, "web:1");
}

#[test]
fn no_value_of_a_secret_is_told_where_the_server_quotes_it() {
    let Some(shop) = Shop::open() else { return };
    shop.world.write(
        "k8s/pin.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: pin}\nstringData: {pin: 48151623, a: {b: supersecret}}\n",
    );
    shop.world.commit("pin");
    for args in
        [&["apply", "secret/pin"][..], &["apply", "secret/pin", "--dry-run=server"], &["apply", "--path", "k8s"]]
    {
        let run = shop.rollbook(args);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(".stringData.pin: expected string"), "{run:?}");
        let all = format!("{run:?}");
        assert!(!all.contains("48151623") && !all.contains("supersecret"), "{run:?}");
    }
}
