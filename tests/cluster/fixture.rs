//! The control plane of this test binary: one for all tests, with a namespace for each.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, Once, OnceLock};
use std::time::Duration;

use serde_json::{Value, json};

use crate::api::Api;
use crate::build::{self, say};
use crate::world::{Output, Started, World};

/// A control plane that runs. It ends when its standard input does: when this is dropped, or this process ends in any way.
pub struct ControlPlane {
    binary: PathBuf,
    folder: PathBuf,
    running: Mutex<Running>,
    /// A kubeconfig for each user: `admin`, `viewer`, `viewer-token`.
    pub kubeconfigs: BTreeMap<String, PathBuf>,
    pub server: String,
    pub api: Api,
}

/// Its process, and the pipe whose end it waits for.
struct Running {
    process: Child,
    stdin: Option<ChildStdin>,
}

/// The one of this binary; none where there is no Go.
fn shared() -> Option<&'static ControlPlane> {
    static SHARED: OnceLock<Option<ControlPlane>> = OnceLock::new();
    SHARED.get_or_init(ControlPlane::start).as_ref()
}

impl ControlPlane {
    /// Starts one of its own, for a test that stops it.
    pub fn start() -> Option<ControlPlane> {
        let binary = build::control_plane()?;
        // Its sockets are in there, and their paths cannot be long. It removes the folder itself.
        let folder = tempfile::Builder::new().prefix("cp").tempdir().expect("a temporary folder").keep();
        Some(ControlPlane::started(binary, folder))
    }

    fn started(binary: PathBuf, folder: PathBuf) -> ControlPlane {
        let (running, ready) = launch(&binary, &folder);
        let named = |(name, path): (&String, &Value)| (name.clone(), PathBuf::from(path.as_str().unwrap()));
        let kubeconfigs: BTreeMap<_, _> = ready["kubeconfigs"].as_object().unwrap().iter().map(named).collect();
        let api = Api::connect(&kubeconfigs["admin"]);
        let server = ready["server"].as_str().unwrap().to_owned();
        ControlPlane { binary, folder, running: Mutex::new(running), kubeconfigs, server, api }
    }

    /// Kills it as a crash would, and starts it again after a while: at the same address, with the same data.
    pub fn crash(&self, away: Duration) {
        let mut running = self.running.lock().unwrap();
        running.process.kill().unwrap();
        running.process.wait().unwrap();
        std::thread::sleep(away);
        (*running, _) = launch(&self.binary, &self.folder);
    }

    /// Ends it before this process does.
    pub fn stop(&self) {
        let mut running = self.running.lock().unwrap();
        running.stdin = None;
        running.process.wait().unwrap();
    }

    /// The key that signs the tokens of service accounts.
    pub fn key_of_accounts(&self) -> PathBuf {
        self.folder.join("pki/sa.key")
    }
}

fn launch(binary: &Path, folder: &Path) -> (Running, Value) {
    let mut command = Command::new(binary);
    command.arg("-data-dir").arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.spawn().expect("the control plane was built");
    let stdin = process.stdin.take();
    let mut line = String::new();
    BufReader::new(process.stdout.take().expect("it is piped")).read_line(&mut line).unwrap();
    // On failure it says why on stderr, and nothing here.
    let ready = serde_json::from_str(&line).expect("the control plane starts");
    (Running { process, stdin }, ready)
}

/// A namespace of the cluster, named after the test, and a git repository beside it.
pub struct Shop {
    pub plane: &'static ControlPlane,
    pub namespace: String,
    pub world: World,
}

impl Shop {
    /// None where the suite cannot run.
    pub fn open() -> Option<Shop> {
        let plane = shared()?;
        let test = std::thread::current().name().expect("tests have names").replace("::", "-").replace('_', "-");
        let namespace: String = test.chars().rev().take(50).collect::<Vec<_>>().into_iter().rev().collect();
        Some(Shop::at(plane, namespace.trim_start_matches('-')))
    }

    /// A new namespace of a control plane.
    pub fn at(plane: &'static ControlPlane, namespace: &str) -> Shop {
        plane.api.post("/api/v1/namespaces", &json!({"metadata": {"name": namespace}}));
        Shop { plane, namespace: namespace.to_owned(), world: World::new() }
    }

    /// Runs rollbook as the administrator, in the namespace.
    pub fn rollbook(&self, args: &[&str]) -> Output {
        self.rollbook_as("admin", args)
    }

    /// Runs rollbook as a user of the cluster, in the namespace.
    pub fn rollbook_as(&self, user: &str, args: &[&str]) -> Output {
        self.rollbook_at(&self.plane.kubeconfigs[user], args)
    }

    /// Runs rollbook with a kubeconfig, in the namespace.
    pub fn rollbook_at(&self, kubeconfig: &Path, args: &[&str]) -> Output {
        let args: Vec<&str> = args.iter().copied().chain(["-n", &self.namespace]).collect();
        self.world.rollbook_with(&[("KUBECONFIG", &kubeconfig.display().to_string())], &args)
    }

    /// What a user sees, without what differs from run to run: times, suffixes of pods, the server's port.
    pub fn screen(&self, args: &[&str]) -> String {
        self.rollbook(args).screen(args).replace(&self.plane.server, "[server]").replace(&self.namespace, "[namespace]")
    }

    /// Applies a manifest of one object as somebody with kubectl does, and gives it as it is then.
    pub fn apply(&self, yaml: &str) -> Value {
        let object: Value = serde_yaml::from_str(yaml).expect("the manifest is YAML");
        let path = self.path(object["kind"].as_str().unwrap(), object["metadata"]["name"].as_str().unwrap());
        self.plane.api.apply(&format!("{path}?fieldManager=kubectl&force=true"), &object)
    }

    /// The path of an object of this namespace.
    pub fn path(&self, kind: &str, name: &str) -> String {
        let root = match kind {
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "ControllerRevision" => "/apis/apps/v1",
            "Role" | "RoleBinding" => "/apis/rbac.authorization.k8s.io/v1",
            _ => "/api/v1",
        };
        format!("{root}/namespaces/{}/{}s/{name}", self.namespace, kind.to_lowercase())
    }

    /// Starts rollbook as the administrator, in the namespace, and does not wait for it.
    pub fn start(&self, args: &[&str]) -> Started {
        self.start_at(&self.plane.kubeconfigs["admin"], args)
    }

    /// Starts rollbook with a kubeconfig, in the namespace, and does not wait for it.
    pub fn start_at(&self, kubeconfig: &Path, args: &[&str]) -> Started {
        let kubeconfig = kubeconfig.display().to_string();
        let args: Vec<&str> =
            args.iter().copied().chain(["-n", &self.namespace, "--kubeconfig", &kubeconfig]).collect();
        self.world.start_rollbook(self.world.root(), &args)
    }

    /// What kubectl says as the administrator, in the namespace; none where there is no kubectl, which is said.
    pub fn kubectl(&self, args: &[&str]) -> Option<Output> {
        let mut command = Command::new("kubectl");
        command.arg("--kubeconfig").arg(&self.plane.kubeconfigs["admin"]).args(["-n", &self.namespace]).args(args);
        let Ok(output) = command.output() else {
            static SAID: Once = Once::new();
            SAID.call_once(|| say("WHAT KUBECTL AGREES WITH WAS NOT HELD AGAINST IT: there is no kubectl on PATH"));
            return None;
        };
        let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        Some(Output { stdout, stderr, code: output.status.code().unwrap() })
    }

    /// Gives a user some rights in the namespace.
    pub fn allow(&self, user: &str, rules: &Value) {
        let role = json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": user}, "rules": rules});
        let binding = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": user},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": user},
            "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": user}],
        });
        for (kind, object) in [("Role", role), ("RoleBinding", binding)] {
            self.plane.api.apply(&format!("{}?fieldManager=test&force=true", self.path(kind, user)), &object);
        }
    }

    /// The objects of a kind of apps/v1 in the namespace.
    pub fn list(&self, plural: &str) -> Vec<Value> {
        let list = self.plane.api.get(&format!("/apis/apps/v1/namespaces/{}/{plural}", self.namespace));
        list["items"].as_array().unwrap().clone()
    }

    /// Waits until an object is as it should be.
    pub fn wait(&self, kind: &str, name: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let path = self.path(kind, name);
        self.poll(|| Some(self.plane.api.get(&path)).filter(|object| is_so(object)), &path)
    }

    /// Waits until its controller has seen what is wanted of a workload: then there is a revision of that, with a number.
    pub fn wait_for_controller(&self, kind: &str, name: &str) -> Value {
        self.wait(kind, name, |of| of["status"]["observedGeneration"] == of["metadata"]["generation"])
    }

    /// Waits until there is such a pod.
    pub fn wait_for_pod(&self, is_so: impl Fn(&Value) -> bool) -> Value {
        self.wait_for_one("pods", is_so)
    }

    /// Waits until something of that reason has happened.
    pub fn wait_for_event(&self, reason: &str) {
        self.wait_for_one("events", |event| event["reason"] == reason);
    }

    fn wait_for_one(&self, plural: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let path = format!("/api/v1/namespaces/{}/{plural}", self.namespace);
        let find = || self.plane.api.get(&path)["items"].as_array()?.iter().find(|item| is_so(item)).cloned();
        self.poll(find, &path)
    }

    fn poll(&self, find: impl Fn() -> Option<Value>, path: &str) -> Value {
        for _ in 0..1200 {
            if let Some(found) = find() {
                return found;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{path} did not become so within a minute: {:#}", self.plane.api.get(path))
    }
}
