//! The client alone, with servers that are busy, away, slow or wrong: what is asked again, and what is told.

use std::time::{Duration, Instant};

use rollbook::cluster::{Error, List, Patch, Resource};
use rollbook::kubernetes::Kind;
use serde_json::json;

use crate::manifests::deployment;
use crate::world::World;

use super::script::{LIST, Reply, Script};

fn deployments() -> List {
    List::of(Resource::of(Kind::Deployment), Some("shop"))
}

#[test]
fn what_may_pass_is_asked_again() {
    let script = Script::play(&[
        Reply::Answer(500, "{}"),
        Reply::Answer(503, "<html>"),
        Reply::Cut,
        Reply::Half,
        Reply::Later(429),
        Reply::Answer(200, LIST),
    ]);
    let began = Instant::now();
    let found = script.connect(None).list(&deployments()).unwrap();
    assert_eq!(found[0]["metadata"]["name"], "web");
    assert_eq!(script.asked(), vec!["GET /apis/apps/v1/namespaces/shop/deployments?limit=500"; 6]);
    // 0.1 + 0.2 + 0.4 + 0.8 s, and the second that the server asked for.
    assert!((Duration::from_millis(2500)..Duration::from_secs(10)).contains(&began.elapsed()), "{:?}", began.elapsed());
}

#[test]
fn what_stays_is_asked_once() {
    for (code, expected) in [
        (401, "does not take the credentials of the kubeconfig"),
        (403, "not allowed to list deployments.apps in namespace `shop`: forbidden"),
        (404, "does not serve deployments.apps"),
        (422, "refuses to list deployments.apps in namespace `shop`: unprocessable entity"),
    ] {
        let replies: &'static [Reply] = Box::leak(Box::new([Reply::Answer(code, "{}")]));
        let script = Script::play(replies);
        let error = script.connect(None).list(&deployments()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(script.asked().len(), 1, "{code}");
    }
}

#[test]
fn a_server_that_does_not_answer_is_not_waited_for_longer_than_asked() {
    let script = Script::play(&[Reply::Hang]);
    let began = Instant::now();
    let error = script.connect(Some(Duration::from_millis(300))).list(&deployments()).unwrap_err();
    assert!(began.elapsed() < Duration::from_secs(15));
    assert!(
        error.to_string().ends_with("did not answer within 0.3s: list deployments.apps in namespace `shop`"),
        "{error}"
    );
}

#[test]
fn pages_of_a_state_that_is_gone_are_read_at_once() {
    let script = Script::play(&[
        Reply::Answer(200, r#"{"metadata":{"continue":"x"},"items":[{"metadata":{"name":"old"}}]}"#),
        Reply::Answer(410, r#"{"reason":"Expired"}"#),
        Reply::Answer(200, LIST),
    ]);
    let found = script.connect(None).list(&deployments()).unwrap();
    assert_eq!((found.len(), &found[0]["metadata"]["name"]), (1, &json!("web")));
    assert_eq!(script.asked()[2], "GET /apis/apps/v1/namespaces/shop/deployments");
}

#[test]
fn a_patch_that_may_have_been_made_is_sent_again() {
    let script = Script::play(&[Reply::Cut, Reply::Answer(200, r#"{"kind":"Deployment"}"#)]);
    let patch = Patch::Merge(json!({"spec": {"paused": true}}));
    let made = script.connect(None).patch(&Resource::of(Kind::Deployment), Some("shop"), "web", &patch, false);
    assert_eq!(made.unwrap()["kind"], "Deployment");
    assert_eq!(script.asked(), vec!["PATCH /apis/apps/v1/namespaces/shop/deployments/web?fieldManager=rollbook"; 2]);
}

#[test]
fn what_is_no_json_is_told_without_a_byte_of_it() {
    let script = Script::play(&[Reply::Answer(200, "<html>c4n4ry</html>")]);
    let error = script.connect(None).list(&deployments()).unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }));
    assert!(!format!("{error} {error:?}").contains("c4n4ry"));
}

#[test]
fn a_server_newer_than_what_is_known_names_as_the_newest() {
    let script = Script::play(&[
        Reply::Answer(200, r#"{"major":"1","minor":"99","gitVersion":"v1.99.0"}"#),
        Reply::Answer(200, r#"{"items":[]}"#),
    ]);
    let world = World::new();
    world.write("web.yaml", deployment("web:1", 1, 60));
    world.commit("web");
    let run = world.rollbook(&["list", "--live", "--kubeconfig", script.kubeconfig.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("HASH (1.37)"), "{}", run.stdout);
    let note = "note: the cluster is of Kubernetes v1.99.0: names are those of 1.37, the newest known here\n";
    assert!(run.stderr.contains(note), "{}", run.stderr);
}
