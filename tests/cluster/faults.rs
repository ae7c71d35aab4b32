//! Servers that are busy, away, slow or wrong: what is asked again, and what is told.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rollbook::cluster::{Cluster, Error, List, Options, Patch, Resource};
use rollbook::kubernetes::Kind;
use serde_json::json;

use crate::fixture::{ControlPlane, Shop};
use crate::manifests::deployment;
use crate::world::World;

/// What a server does with a request.
#[derive(Clone, Copy)]
enum Reply {
    Answer(u16, &'static str),
    /// With `Retry-After: 1`.
    Later(u16),
    /// Closes the connection.
    Cut,
    /// Says that more comes than does.
    Half,
    Hang,
}

/// A server that does one thing after another, the last of them for ever.
struct Script {
    kubeconfig: PathBuf,
    asked: Arc<Mutex<Vec<String>>>,
    _folder: tempfile::TempDir,
}

const LIST: &str = r#"{"items":[{"metadata":{"name":"web"}}]}"#;

impl Script {
    fn play(replies: &'static [Reply]) -> Script {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = asked.clone();
        std::thread::spawn(move || {
            for (at, stream) in listener.incoming().enumerate() {
                let reply = replies[at.min(replies.len() - 1)];
                let heard = heard.clone();
                std::thread::spawn(move || answer(stream.unwrap(), reply, &heard));
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let kubeconfig = folder.path().join("config");
        std::fs::write(&kubeconfig, kubeconfig_of(&server, "{}")).unwrap();
        Script { kubeconfig, asked, _folder: folder }
    }

    fn connect(&self, timeout: Option<Duration>) -> Cluster {
        let kubeconfigs = vec![self.kubeconfig.clone()];
        Cluster::connect(&Options { kubeconfigs, named: true, timeout, ..Options::default() }).unwrap()
    }

    /// The requests so far, each as its first line.
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn kubeconfig_of(server: &str, user: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{{name: a, context: {{cluster: a, user: a}}}}]\n\
         clusters: [{{name: a, cluster: {{server: '{server}'}}}}]\nusers: [{{name: a, user: {user}}}]\n"
    )
}

fn answer(mut stream: TcpStream, reply: Reply, heard: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    heard.lock().unwrap().push(first.trim().trim_end_matches(" HTTP/1.1").to_owned());
    let head = |code: u16, length: usize, more: &str| {
        format!(
            "HTTP/1.1 {code} X\r\nContent-Type: application/json\r\nConnection: close\r\n{more}Content-Length: {length}\r\n\r\n"
        )
    };
    let text = match reply {
        Reply::Answer(code, body) => head(code, body.len(), "") + body,
        Reply::Later(code) => head(code, 0, "Retry-After: 1\r\n"),
        Reply::Half => head(200, LIST.len(), "") + &LIST[..10],
        Reply::Cut => return,
        Reply::Hang => return std::thread::sleep(Duration::from_secs(60)),
    };
    // The client may be gone.
    let _ = stream.write_all(text.as_bytes());
}

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
    assert!(began.elapsed() < Duration::from_secs(3));
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
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_server_on_this_machine_needs_no_proxy() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 60));
    let kubeconfig = shop.plane.kubeconfigs["admin"].display().to_string();
    // kube itself would take the proxy.
    let variables =
        [("KUBECONFIG", kubeconfig.as_str()), ("HTTPS_PROXY", "http://127.0.0.1:1"), ("NO_PROXY", "example.com,")];
    let run = shop.world.rollbook_with(&variables, &["status", "web", "-n", &shop.namespace, "-o", "name"]);
    assert_eq!(run.stdout, "deployment.apps/web\n", "{}", run.stderr);
}

#[test]
fn a_watched_rollout_goes_on_after_a_crash_of_the_server() {
    let Some(plane) = ControlPlane::start() else { return };
    let waiting = deployment("web:1", 1, 600)
        .replace("labels: {app: web}\n", "labels: {app: web}\n      annotations: {fixture/ready-after: 3s}\n");
    let object = serde_yaml::from_str(&waiting).unwrap();
    plane.api.apply("/apis/apps/v1/namespaces/default/deployments/web?fieldManager=kubectl", &object);
    let world = World::without_repository();
    let kubeconfig = plane.kubeconfigs["admin"].display().to_string();
    let args = ["status", "web", "--watch", "--timeout", "60s", "--kubeconfig", &kubeconfig];
    let started = world.start_rollbook(world.root(), &args);
    std::thread::sleep(Duration::from_secs(1));
    plane.crash(Duration::from_millis(500));
    let run = started.finish();
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("deployment \"web\" successfully rolled out\n"), "{}", run.stdout);
}
