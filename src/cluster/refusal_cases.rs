//! Answers that are no success, and what is told of each.

use super::error::Error;
use super::refusal::Refusal;
use super::request::{Ask, Verb};

fn ask(verb: Verb, name: Option<&str>) -> Ask {
    let [resource, namespace] = ["deployments.apps", "shop"].map(str::to_owned);
    Ask { verb, resource, namespace: Some(namespace), name: name.map(str::to_owned) }
}

#[test]
fn a_status_becomes_an_error_that_says_what_is_missing() {
    let body = br#"{"kind":"Status","message":"no rights for you","reason":"Forbidden"}"#;
    let error = Refusal::status(403, None, body).into_error("https://a", &ask(Verb::List, None), None);
    assert_eq!(error.to_string(), { "not allowed to list deployments.apps in namespace `shop`: no rights for you" });
    assert_eq!(
        error.hint(" --context eu").unwrap(),
        "kubectl auth can-i list deployments.apps -n shop --context eu tells when the right is there"
    );
}

#[test]
fn to_apply_what_is_not_there_takes_the_right_to_create_it() {
    let message = |verb: &str| format!(r#"User "ann" cannot {verb} resource "deployments" in API group "apps""#);
    for verb in ["create", "patch"] {
        let body = serde_json::json!({"message": message(verb)}).to_string();
        let error = Refusal::status(403, None, body.as_bytes());
        let error = error.into_error("https://a", &ask(Verb::Patch, Some("web")), None).to_string();
        assert!(error.starts_with(&format!("not allowed to {verb} deployments.apps `web` in")), "{error}");
    }
}

#[test]
fn no_value_of_a_secret_is_told() {
    let value = "got &value.valueUnstructured{Value:48151623}";
    let lines = format!("errors:\n  .stringData.pin: expected string, {value}\n  .data.b: expected string, {value}");
    let message = format!("failed to create typed patch object (misc/pin; /v1, Kind=Secret): {lines}");
    let body = serde_json::json!({"message": message}).to_string();
    let told = |resource: &str| {
        let ask = Ask { resource: resource.to_owned(), ..ask(Verb::Patch, Some("pin")) };
        Refusal::status(500, None, body.as_bytes()).into_error("https://a", &ask, None).to_string()
    };
    assert!(told("configmaps").contains("48151623"));
    assert!(!told("secrets").contains("48151623"), "{}", told("secrets"));
    assert!(told("secrets").ends_with("\n  .stringData.pin: expected string\n  .data.b: expected string"));
}

#[test]
fn to_ask_as_another_is_a_right_of_its_own() {
    for (message, missing) in [
        (r#"users "ann" is forbidden: User "bob" cannot impersonate resource "users" in API group """#, "users"),
        (r#"User "bob" cannot impersonate-on:user-info:get resource "deployments" in API group "apps""#, "users"),
        (r#"User "bob" cannot impersonate resource "serviceaccounts" in API group """#, "serviceaccounts"),
    ] {
        let body = serde_json::json!({"message": message}).to_string();
        let error = Refusal::status(403, None, body.as_bytes());
        let error = error.into_error("https://a", &ask(Verb::Get, Some("web")), None);
        assert_eq!(error.to_string(), format!("not allowed to impersonate {missing}: {message}"));
        assert_eq!(
            error.hint("").unwrap(),
            format!("kubectl auth can-i impersonate {missing} tells when the right is there")
        );
    }
}

#[test]
fn one_object_that_is_missing_is_not_a_kind_that_is_missing() {
    let one = br#"{"message":"x","reason":"NotFound","details":{"name":"web"}}"#;
    let error = Refusal::status(404, None, one).into_error("https://a", &ask(Verb::Get, Some("web")), None);
    assert!(matches!(error, Error::NotFound { .. }), "{error:?}");
    let kind = b"404 page not found";
    let error = Refusal::status(404, None, kind).into_error("https://a", &ask(Verb::Get, Some("web")), None);
    assert_eq!(error.to_string(), "the API server `https://a` does not serve deployments.apps");
}

#[test]
fn a_namespace_that_is_missing_is_not_an_object_that_is_missing() {
    let body = br#"{"message":"namespaces \"shop\" not found","reason":"NotFound","details":{"name":"shop","kind":"namespaces"}}"#;
    let of = |ask: &Ask| Refusal::status(404, None, body).into_error("https://a", ask, None);
    let error = of(&ask(Verb::Patch, Some("web")));
    assert_eq!(
        error.to_string(),
        "cannot patch deployments.apps `web` in namespace `shop`: there is no such namespace"
    );
    assert_eq!(error.hint(" --context eu").unwrap(), "kubectl create namespace shop --context eu makes it");
    let itself = Ask { verb: Verb::Patch, resource: "namespaces".into(), namespace: None, name: Some("shop".into()) };
    assert!(matches!(of(&itself), Error::NotFound { .. }), "{:?}", of(&itself));
}

#[test]
fn what_the_server_cannot_convert_is_not_sent_again() {
    let message = "failed to convert new object (shop/login; /v1, Kind=Secret) to proper version (/v1): illegal base64";
    let body = serde_json::json!({"message": message}).to_string();
    let refusal = || Refusal::status(500, None, body.as_bytes());
    assert_eq!(refusal().attempt(), None);
    let error = refusal().into_error("https://a", &ask(Verb::Patch, Some("login")), None);
    assert!(matches!(error, Error::Refused { code: 500, .. }), "{error:?}");
}

#[test]
fn another_object_of_the_same_name_is_told_from_what_cannot_be_so() {
    // As 1.30 and 1.37 say it.
    let immutable = br#"{"message":"x is invalid","details":{"causes":[{"field":"metadata.uid"}]}}"#;
    let missing = br#"{"message":"Operation cannot be fulfilled on deployments.apps \"web\": uid mismatch: the provided object specified uid 1, and no existing object was found"}"#;
    let invalid = br#"{"message":"x is invalid","details":{"causes":[{"field":"spec.selector"}]}}"#;
    let modified = br#"{"message":"the object has been modified"}"#;
    for (code, body, is) in
        [(422, &immutable[..], true), (409, missing, true), (422, invalid, false), (409, modified, false)]
    {
        let error = Refusal::status(code, None, body).into_error("https://a", &ask(Verb::Patch, Some("web")), None);
        assert_eq!(matches!(error, Error::Replaced { .. }), is, "{error:?}");
    }
}

#[test]
fn a_page_of_a_proxy_is_not_shown() {
    let error = Refusal::status(502, None, b"<html>secret</html>").into_error("https://a", &ask(Verb::Get, None), None);
    assert_eq!(error.to_string(), {
        "the API server `https://a` answers 502 to get deployments.apps in namespace `shop`: bad gateway"
    });
}
