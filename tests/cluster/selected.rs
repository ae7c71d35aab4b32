//! `live` as a revision: what the cluster runs, as git has it.

use serde_json::json;

use crate::fixture::Shop;
use crate::manifests::deployment;

/// A shop with three releases in git, of which the cluster has the second.
fn shop() -> Option<Shop> {
    let shop = Shop::open()?;
    for release in 1..=3 {
        shop.world.write("k8s/web.yaml", deployment(&format!("web:{release}"), 1, 600));
        shop.world.commit(&format!("web: release {release}"));
    }
    assert_eq!(shop.rollbook(&["apply", "web", "2", "--wait", "--timeout", "60s"]).code, 0);
    Some(shop)
}

#[test]
fn what_the_cluster_runs_is_a_revision_like_another() {
    let Some(shop) = shop() else { return };
    let version = crate::build::version();
    let named = shop.rollbook(&["diff", "-r", "1..live", "web", "-o", "json"]);
    assert!(named.stdout.contains(&format!("\"kubeVersion\": \"{version}\"")), "{}", named.stdout);
    for (of_live, of_number) in [
        (&["show", "web", "live"][..], &["show", "web", "2"][..]),
        (&["show", "web", "rev:live", "--template"], &["show", "web", "rev:2", "--template"]),
        (&["diff", "-r", "live", "deployment/web"], &["diff", "-r", "2", "deployment/web"]),
        (&["diff", "-r", "live..HEAD", "web"], &["diff", "-r", "2..HEAD", "web"]),
        (&["diff", "-r", "1..live", "web"], &["diff", "-r", "1..2", "web"]),
        (&["history", "web", "--revision", "live"], &["history", "web", "--revision", "2"]),
        (&["undo", "web", "--to-revision", "live", "--dry-run"], &["undo", "web", "--to-revision", "2", "--dry-run"]),
    ] {
        let [live, numbered] = [of_live, of_number].map(|args| {
            let args: Vec<&str> = args.iter().copied().chain(["--kube-version", &version]).collect();
            let run = shop.rollbook(&args);
            (run.stdout.replace("--to-revision live", "--to-revision 2"), run.stderr, run.code)
        });
        assert_eq!(live, numbered, "{of_live:?}");
        assert!(live.0.contains("web:2") || live.1.contains("web:2"), "{live:?}");
    }
}

#[test]
fn what_is_not_one_revision_of_git_is_told() {
    let Some(shop) = shop() else { return };
    let mut seen = Vec::new();
    let mut see = |args: &[&str]| seen.push(shop.screen(args));
    see(&["show", "api", "live"]);
    // While a rollout goes on there are two.
    shop.apply(&deployment("web:3", 1, 600).replace("web:3", "web:broken"));
    shop.wait("Deployment", "web", |web| web["status"]["unavailableReplicas"] == 1);
    see(&["show", "web", "live"]);
    // Nobody committed what somebody did by hand.
    let path = shop.path("Deployment", "web");
    shop.plane.api.merge(&path, &json!({"spec": {"template": {"spec": {"hostname": "mine"}}, "replicas": 0}}));
    shop.wait("Deployment", "web", |web| {
        web["status"]["replicas"].is_null() && web["status"]["observedGeneration"] == web["metadata"]["generation"]
    });
    see(&["show", "web", "live"]);
    shop.plane.api.delete(&path);
    see(&["show", "web", "live"]);
    shop.world.git(&["branch", "live"]);
    see(&["show", "web", "live"]);
    assert_eq!(shop.rollbook(&["show", "web", "commit:live", "--template"]).code, 0);
    see(&["show", "web", "live", "--kubeconfig", "nowhere"]);
    let hashless = |word: &str| match word.trim_matches(['`', '(', ',', ':']).split_once('-') {
        Some(("web", _)) => word.replace(word.trim_matches(['`', '(', ',', ':']), "web-[hash]"),
        _ => word.to_owned(),
    };
    let words = seen.join("\n").replace('\n', " \n ");
    insta::assert_snapshot!(words.split(' ').map(hashless).collect::<Vec<_>>().join(" "));
}
