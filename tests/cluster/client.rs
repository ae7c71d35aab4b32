//! The cluster's own client: what it reads, what survives faults, what its errors say.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rollbook::cluster::{Cluster, Error, Exchange, List, Options, Patch, Resource};
use rollbook::kubernetes::Kind;
use serde_json::json;

use crate::api::Api;
use crate::fixture::{ControlPlane, Shop};
use crate::manifests::deployment;

fn options(plane: &ControlPlane, user: &str) -> Options {
    Options { kubeconfigs: vec![plane.kubeconfigs[user].clone()], named: true, ..Options::default() }
}

fn connect(plane: &ControlPlane) -> Cluster {
    Cluster::connect(&options(plane, "admin")).unwrap()
}

#[test]
fn objects_are_read_with_all_that_is_in_them() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 2, 60));
    let cluster = connect(shop.plane);
    let deployments = Resource::of(Kind::Deployment);
    let one = cluster.get(&deployments, Some(&shop.namespace), "web").unwrap().unwrap();
    assert_eq!(one["metadata"]["managedFields"][0]["manager"], "kubectl");
    assert_eq!(cluster.get(&deployments, Some(&shop.namespace), "api").unwrap(), None);
    let listed = cluster.list(&List::of(deployments.clone(), Some(&shop.namespace))).unwrap();
    assert_eq!(
        (listed.len(), &listed[0]["kind"], &listed[0]["apiVersion"]),
        (1, &json!("Deployment"), &json!("apps/v1"))
    );
    assert_eq!(cluster.resource("apps/v1", "Deployment").unwrap(), Some(deployments));
    assert_eq!(cluster.resource("apps/v1", "Gadget").unwrap(), None);
    assert_eq!(cluster.resource("example.com/v1", "Gadget").unwrap(), None);
    assert_eq!(cluster.resource("v1", "Namespace").unwrap(), Some(Resource::of(Kind::Namespace)));
    assert!(cluster.version().unwrap().starts_with(&format!("v{}.", crate::build::version())));
}

#[test]
fn long_lists_come_in_pages() {
    let Some(shop) = Shop::open() else { return };
    for number in 0..501 {
        let name = format!("settings-{number:03}");
        shop.plane.api.post(shop.path("ConfigMap", "").trim_end_matches('/'), &json!({"metadata": {"name": name}}));
    }
    let requests = Arc::new(Mutex::new(Vec::<Exchange>::new()));
    let told = requests.clone();
    let trace: rollbook::cluster::Trace =
        Arc::new(move |exchange: &Exchange| told.lock().unwrap().push(exchange.clone()));
    let cluster = Cluster::connect(&Options { trace: Some(trace), ..options(shop.plane, "admin") }).unwrap();
    let all = cluster.list(&List::of(Resource::of(Kind::ConfigMap), Some(&shop.namespace))).unwrap();
    let names: Vec<&str> = all.iter().map(|item| item["metadata"]["name"].as_str().unwrap()).collect();
    assert_eq!((names.len(), names[0], names[500]), (501, "settings-000", "settings-500"));
    let requests = requests.lock().unwrap();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|request| request.method == "GET" && request.status == Some(200)), "{requests:?}");
}

#[test]
fn a_patch_is_made_under_the_tools_name() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 60));
    let (cluster, deployments) = (connect(shop.plane), Resource::of(Kind::Deployment));
    let patch = Patch::Merge(json!({"metadata": {"labels": {"tier": "front"}}}));
    let tried = cluster.patch(&deployments, Some(&shop.namespace), "web", &patch, true).unwrap();
    assert_eq!(tried["metadata"]["labels"]["tier"], "front");
    let path = shop.path("Deployment", "web");
    assert_eq!(shop.plane.api.get(&path)["metadata"]["labels"], json!(null));
    cluster.patch(&deployments, Some(&shop.namespace), "web", &patch, false).unwrap();
    let there = shop.plane.api.get(&path);
    let managers: Vec<_> =
        there["metadata"]["managedFields"].as_array().unwrap().iter().map(|of| &of["manager"]).collect();
    assert!(managers.contains(&&json!("rollbook")), "{managers:?}");
}

#[test]
fn what_others_set_is_a_conflict_until_it_is_forced() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 60));
    let (cluster, deployments) = (connect(shop.plane), Resource::of(Kind::Deployment));
    let object: serde_json::Value = serde_yaml::from_str(&deployment("web:2", 1, 60)).unwrap();
    let apply = |force| {
        let patch = Patch::Apply { object: object.clone(), force };
        cluster.patch(&deployments, Some(&shop.namespace), "web", &patch, false)
    };
    let error = apply(false).unwrap_err();
    assert!(matches!(&error, Error::Conflict { message, .. } if message.contains("kubectl")), "{error}");
    assert_eq!(apply(true).unwrap()["spec"]["template"]["spec"]["containers"][0]["image"], "web:2");
}

#[test]
fn a_missing_right_is_named() {
    let Some(shop) = Shop::open() else { return };
    let cluster = Cluster::connect(&options(shop.plane, "viewer")).unwrap();
    let error = cluster.list(&List::of(Resource::of(Kind::Deployment), Some(&shop.namespace))).unwrap_err();
    assert!(error.is_forbidden());
    let shown = error.to_string();
    let expected = format!("not allowed to list deployments.apps in namespace `{}`: ", shop.namespace);
    assert!(shown.starts_with(&expected), "{shown}");
    let acting = Options { user: Some("viewer".to_owned()), ..options(shop.plane, "admin") };
    let error =
        Cluster::connect(&acting).unwrap().get(&Resource::of(Kind::Secret), Some(&shop.namespace), "a").unwrap_err();
    assert!(error.to_string().starts_with("not allowed to get secrets `a` in namespace"), "{error}");
}

#[test]
fn a_server_that_is_not_there_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    let text = "apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: a}}]\n\
                clusters: [{name: a, cluster: {server: 'https://127.0.0.1:1'}}]\n";
    std::fs::write(&path, text).unwrap();
    let cluster = Cluster::connect(&Options { kubeconfigs: vec![path], ..Options::default() }).unwrap();
    let began = Instant::now();
    let error = cluster.version().unwrap_err();
    assert_eq!(error.to_string(), "cannot reach the API server `https://127.0.0.1:1`: connection refused");
    assert!(began.elapsed() < Duration::from_secs(15));
}

#[test]
fn a_watch_sees_changes_until_it_has_seen_enough() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 60));
    let cluster = connect(shop.plane);
    let lists = [
        List::of(Resource::of(Kind::Deployment), Some(&shop.namespace)).named("web"),
        List::of(Resource::of(Kind::Pod), Some(&shop.namespace)).labels("app=web"),
    ];
    let seen = cluster.watch(&lists, Some(Duration::from_secs(30)), |objects| {
        let available = objects[0].values().any(|web| web["status"]["availableReplicas"] == 1);
        if available && objects[1].len() == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(None) }
    });
    assert_eq!(seen.unwrap(), Some(()));
    let late = cluster.watch(&lists, Some(Duration::from_millis(300)), |_| ControlFlow::<(), _>::Continue(None));
    assert_eq!(late.unwrap(), None);
    // It is looked at again where that is asked for, though nothing changes.
    let mut looks = 0;
    let often = cluster.watch(&lists[..1], Some(Duration::from_secs(30)), |_| {
        looks += 1;
        if looks > 20 { ControlFlow::Break(()) } else { ControlFlow::Continue(Some(Duration::from_millis(10))) }
    });
    assert_eq!(often.unwrap(), Some(()));
}

#[test]
fn a_watch_and_a_read_live_through_a_crash_of_the_server() {
    let Some(plane) = ControlPlane::start() else { return };
    let path = "/api/v1/namespaces/default/configmaps";
    plane.api.post(path, &json!({"metadata": {"name": "settings"}, "data": {"a": "1"}}));
    let cluster = connect(&plane);
    let settings = List::of(Resource::of(Kind::ConfigMap), Some("default")).named("settings");
    assert_eq!(cluster.list(&settings).unwrap().len(), 1);
    let (began, watching) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let cluster = connect(&plane);
            cluster.watch(std::slice::from_ref(&settings), Some(Duration::from_secs(120)), |objects| {
                let _ = began.send(());
                let changed = objects[0].values().any(|settings| settings["data"]["a"] == "2");
                if changed { ControlFlow::Break(()) } else { ControlFlow::Continue(None) }
            })
        });
        watching.recv().unwrap();
        plane.crash(Duration::from_millis(500));
        let api = Api::connect(&plane.kubeconfigs["admin"]);
        api.merge(&format!("{path}/settings"), &json!({"data": {"a": "2"}}));
        assert_eq!(watcher.join().unwrap().unwrap(), Some(()));
    });
    // The connection of before the crash is dead, and another is made.
    assert_eq!(cluster.list(&settings).unwrap()[0]["data"]["a"], "2");
}
