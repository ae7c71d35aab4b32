//! Credentials that are not taken, and servers that nobody vouches for.

use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use rollbook::cluster::{Cluster, Options};
use serde_json::{Value, json};

use super::script::kubeconfig_of;
use crate::fixture::Shop;
use crate::manifests::deployment;

/// A token of a service account that the server's own key signs, as the server makes them, which expires in so many seconds.
fn token(shop: &Shop, account: &Value, expires_in: i64) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let now = i64::try_from(now).unwrap();
    let (name, uid) = (&account["metadata"]["name"], &account["metadata"]["uid"]);
    let claims = json!({
        "iss": "https://kubernetes.default.svc", "aud": ["https://kubernetes.default.svc"],
        "sub": format!("system:serviceaccount:{}:{}", shop.namespace, name.as_str().unwrap()),
        "iat": now - 7200, "nbf": now - 7200, "exp": now + expires_in,
        "kubernetes.io": {"namespace": shop.namespace, "serviceaccount": {"name": name, "uid": uid}},
    });
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(json!({"alg": "ES256"})), part(claims));
    // SEC 1 of a P-256 key: its number stands after 7 bytes, and its point at the end.
    let key = pem::parse(std::fs::read(shop.plane.key_of_accounts()).unwrap()).unwrap().into_contents();
    let (number, point) = (&key[7..39], &key[key.len() - 65..]);
    let random = SystemRandom::new();
    let key = EcdsaKeyPair::from_private_key_and_public_key(&ECDSA_P256_SHA256_FIXED_SIGNING, number, point, &random);
    let signature = key.unwrap().sign(&random, signed.as_bytes()).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The kubeconfig of whoever has a token.
fn kubeconfig(shop: &Shop, token: &str) -> PathBuf {
    let text = std::fs::read_to_string(&shop.plane.kubeconfigs["viewer-token"]).unwrap();
    let is_token = |line: &&str| line.trim().starts_with("token: ");
    let own = text.lines().find(is_token).unwrap();
    let path = shop.world.beside("token.kubeconfig");
    std::fs::write(&path, text.replace(own, &format!("    token: {token}"))).unwrap();
    path
}

#[test]
fn a_token_that_is_not_taken_any_more_is_told_and_not_shown() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 60));
    let account = shop
        .plane
        .api
        .post(&format!("/api/v1/namespaces/{}/serviceaccounts", shop.namespace), &json!({"metadata": {"name": "ada"}}));
    let valid = token(&shop, &account, 600);
    let run = shop.rollbook_at(&kubeconfig(&shop, &valid), &["status", "deployment/web"]);
    assert!(run.stderr.starts_with("error: not allowed to get deployments.apps `web`"), "{run:?}");
    let expired = token(&shop, &account, -60);
    shop.plane.api.delete(&format!("/api/v1/namespaces/{}/serviceaccounts/ada", shop.namespace));
    // Never used before: what the server takes, it takes for ten seconds more.
    let of_nobody = token(&shop, &account, 660);
    let commands: [&[&str]; 4] = [
        &["status", "web", "-v"],
        &["status", "web", "--watch", "-v"],
        &["restart", "web", "-v"],
        &["undo", "web", "--live", "-v"],
    ];
    for token in [&expired, &of_nobody] {
        for args in commands {
            let run = shop.rollbook_at(&kubeconfig(&shop, token), args);
            let told: String =
                run.stderr.lines().skip_while(|line| line.starts_with("GET ")).collect::<Vec<_>>().join("\n");
            assert_eq!(
                told,
                format!(
                    "error: the API server `{}` does not take the credentials of the kubeconfig\n\
                 hint: log in again as you do for kubectl; kubectl auth whoami tells as whom",
                    shop.plane.server
                ),
                "{args:?}"
            );
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
            assert!(!format!("{run:?}").contains(&token[..20]), "{run:?}");
        }
    }
}

#[test]
fn nothing_that_a_plugin_printed_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    for (print, why) in [
        ("echo c4n4ry; echo c4n4ry >&2; exit 3", "the plugin that gives them failed with exit status: 3"),
        ("echo \"token: [c4n4ry\"", "the plugin that gives them printed none that can be read"),
        ("echo \"{status: {token: {c4n4ry: 1}}}\"", "the plugin that gives them printed none that can be read"),
    ] {
        let user = format!(
            "{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: sh, args: ['-c', '{print}'], interactiveMode: Never}}}}"
        );
        let kubeconfig = folder.path().join("config");
        std::fs::write(&kubeconfig, kubeconfig_of("https://127.0.0.1:1", &user)).unwrap();
        let options = Options { kubeconfigs: vec![kubeconfig], named: true, ..Options::default() };
        let error = match Cluster::connect(&options) {
            Ok(cluster) => cluster.version().unwrap_err(),
            Err(error) => error,
        };
        assert_eq!(error.to_string(), format!("the kubeconfig gives no credentials: {why}"));
        assert!(!format!("{error:?}").contains("c4n4ry"));
    }
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_told_at_once() {
    let Some(shop) = Shop::open() else { return };
    let kubeconfig = std::fs::read_to_string(&shop.plane.kubeconfigs["viewer-token"]).unwrap();
    let is_kept = |line: &&str| !line.trim_start().starts_with("certificate-authority-data:");
    let lines: Vec<&str> = kubeconfig.lines().filter(is_kept).collect();
    shop.world.write("kubeconfig", lines.join("\n"));
    let began = Instant::now();
    let run = shop.world.rollbook(&["status", "web", "--kubeconfig", "kubeconfig"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("error: cannot reach the API server `https://127.0.0.1:"), "{}", run.stderr);
    assert!(run.stderr.contains("certificate"), "{}", run.stderr);
    assert!(began.elapsed() < Duration::from_secs(15));
}
