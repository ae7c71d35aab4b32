//! The roles of `examples/rbac`: each is enough for its commands, and none has a right that no command of it needs.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::api::Api;
use crate::fixture::Shop;
use crate::manifests::{daemon_set, deployment, stateful_set};
use crate::world::Output;

const SECRET: &str = "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: hunter2}\n";

/// A ClusterRole of the examples, as it is committed.
fn role(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/rbac").join(name).with_extension("yaml");
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// One verb of a role, on one resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Right {
    verb: String,
    resource: String,
    group: String,
}

impl Right {
    /// All that a role gives.
    pub fn all(role: &Value) -> BTreeSet<Right> {
        let words = |rule: &Value, key: &str| -> Vec<String> { serde_json::from_value(rule[key].clone()).unwrap() };
        let mut rights = BTreeSet::new();
        for rule in role["rules"].as_array().unwrap() {
            let [groups, resources, verbs] = ["apiGroups", "resources", "verbs"].map(|key| words(rule, key));
            for (resource, verb) in resources.iter().flat_map(|resource| verbs.iter().map(move |verb| (resource, verb)))
            {
                let [verb, resource, group] = [verb, resource, &groups[0]].map(Clone::clone);
                rights.insert(Right { verb, resource, group });
            }
        }
        rights
    }

    fn rule(&self) -> Value {
        json!({"apiGroups": [self.group], "resources": [self.resource], "verbs": [self.verb]})
    }

    /// How a message says that it is missing.
    fn missing(&self) -> String {
        let dot = if self.group.is_empty() { "" } else { "." };
        format!("not allowed to {} {}{dot}{}", self.verb, self.resource, self.group)
    }
}

/// Binds a ClusterRole to the user in the namespace.
fn bind(shop: &Shop, role: &str) {
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": role},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "viewer"}],
    });
    shop.plane.api.apply(&format!("{}?fieldManager=test&force=true", shop.path("RoleBinding", role)), &binding);
}

/// Puts a role of the examples into the cluster, and binds it to the user in the namespace.
fn give(shop: &Shop, role: &Value) {
    let name = role["metadata"]["name"].as_str().unwrap();
    let path = format!("/apis/rbac.authorization.k8s.io/v1/clusterroles/{name}?fieldManager=test&force=true");
    shop.plane.api.apply(&path, role);
    bind(shop, name);
    wait_for_all(shop, role);
}

/// Gives the user these rights, and no others.
pub fn allow(shop: &Shop, rules: &Value) {
    shop.allow("viewer", rules);
    wait_for_all(shop, &json!({"rules": rules}));
}

/// Waits until the server knows that the user has all rights of a role.
fn wait_for_all(shop: &Shop, role: &Value) {
    let viewer = Api::connect(&shop.plane.kubeconfigs["viewer"]);
    Right::all(role).iter().for_each(|right| wait_until(shop, &viewer, right, true));
}

/// Waits until the server knows of a right, or of its end.
fn wait_until(shop: &Shop, viewer: &Api, right: &Right, is_there: bool) {
    let Right { verb, resource, group } = right;
    let attributes = json!({"namespace": shop.namespace, "verb": verb, "resource": resource, "group": group});
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": attributes},
    });
    for _ in 0..1200 {
        let answer = viewer.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", &review);
        if answer["status"]["allowed"] == is_there {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{right:?} did not become {is_there} within a minute");
}

/// Runs a command as the user. What is refused for its time alone is tried again: a second restart within a second, a way
/// back while a controller writes.
fn run(shop: &Shop, args: &str) -> Output {
    let args: Vec<&str> = args.split(' ').collect();
    for _ in 0..5 {
        let run = shop.rollbook_as("viewer", &args);
        if !run.stderr.contains("within the past second") {
            return run;
        }
        std::thread::sleep(Duration::from_millis(1100));
    }
    panic!("{args:?} is refused again and again")
}

/// Each command does what it is for, and misses nothing.
pub fn are_enough(shop: &Shop, runs: &[(&str, i32)]) {
    for (args, code) in runs {
        let run = run(shop, args);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(run.code == *code && !said.contains("not allowed"), "{args}: exit {}\n{said}", run.code);
    }
}

/// For so long a command waits where all is allowed, and before it is refused where the server is slow.
const TIMES: [&str; 2] = ["--timeout 1s", "--timeout 20s"];

/// Without any one of the rights some command says that it is missing, and where.
pub fn are_needed(shop: &Shop, role: &Value, runs: &[&str]) {
    let rights = Right::all(role);
    let viewer = Api::connect(&shop.plane.kubeconfigs["viewer"]);
    for without in &rights {
        let rules: Vec<Value> = rights.iter().filter(|right| *right != without).map(Right::rule).collect();
        shop.allow("viewer", &rules.into());
        rights.iter().for_each(|right| wait_until(shop, &viewer, right, right != without));
        let (missing, place) = (without.missing(), format!(" in namespace `{}`: ", shop.namespace));
        let says = |args: &str| {
            let (tip, run) = (shop.world.tip(), run(shop, args));
            // An undo that comes half way has committed.
            shop.world.git(&["reset", "-q", "--hard", &tip]);
            run.stderr.lines().chain(run.stdout.lines()).any(|line| line.contains(&missing) && line.contains(&place))
        };
        let says_in = |time: &str| runs.iter().any(|args| says(&args.replace(TIMES[0], time)));
        assert!(TIMES.into_iter().any(says_in), "nothing misses the right to {without:?}");
    }
}

/// A shop with a workload of each kind and what they need, in git alone.
fn shop(first: [&str; 3]) -> Option<Shop> {
    let shop = Shop::open()?;
    shop.world.set_committer();
    for name in ["a", "b", "c"] {
        let settings = format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{level: info}}\n");
        let service =
            format!("apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{ports: [{{port: 80}}]}}\n");
        shop.world.write(&format!("k8s/{name}.yaml"), format!("{settings}---\n{service}"));
    }
    release(&shop, first);
    Some(shop)
}

/// Commits the three workloads with these images.
fn release(shop: &Shop, [web, db, agent]: [&str; 3]) {
    shop.world.write("k8s/web.yaml", deployment(web, 1, 600));
    shop.world.write("k8s/db.yaml", stateful_set(db));
    shop.world.write("k8s/agent.yaml", daemon_set(agent));
    shop.world.commit(&format!("release {web}, {db} and {agent}"));
}

/// The same, all of it in the cluster, with a second release of each workload that is on its way.
fn deployed(second: [&str; 3]) -> Option<Shop> {
    let shop = shop(["web:1", "db:1", "agent:1"])?;
    let apply = |args: &[&str]| assert_eq!(shop.rollbook(&[&["apply"], args].concat()).code, 0, "{args:?}");
    WORKLOADS.iter().for_each(|target| apply(&[target, "--wait", "--timeout", "60s"]));
    for name in ["a", "b", "c"] {
        ["configmap", "service"].iter().for_each(|kind| apply(&[&format!("{kind}/{name}")]));
    }
    release(&shop, second);
    WORKLOADS.iter().for_each(|target| apply(&[target]));
    Some(shop)
}

const WORKLOADS: [&str; 3] = ["deployment/web", "sts/db", "ds/agent"];

/// The commands that only read, with how they end in a shop where nothing gets ready, and `web` has
/// other replicas than in git. What is complete is not watched.
const READS: [(&str, i32); 9] = [
    ("status web", 1),
    ("status --all", 1),
    ("status sts/db --watch --timeout 1s", 1),
    ("status ds/agent --watch --timeout 1s", 1),
    ("status deploy/web --watch --timeout 1s", 1),
    ("history web --live", 0),
    ("list --live", 0),
    ("drift", 1),
    ("drift configmap/a service/a", 0),
];

fn to_read() -> Option<Shop> {
    let shop = deployed(["web:unready", "db:unready", "agent:unready"])?;
    shop.wait_for_event("Unhealthy");
    let path = format!("{}?fieldManager=kubectl-edit", shop.path("Deployment", "web"));
    shop.plane.api.merge(&path, &json!({"spec": {"replicas": 2}}));
    Some(shop)
}

#[test]
fn what_reads_needs_the_rights_of_its_role_and_no_others() {
    let Some(shop) = to_read() else { return };
    let role = role("read");
    are_needed(&shop, &role, &READS.map(|(args, _)| args));
    shop.allow("viewer", &json!([]));
    give(&shop, &role);
    are_enough(&shop, &READS);
}

#[test]
fn the_role_view_of_the_cluster_is_enough_to_read_but_secrets() {
    let Some(shop) = to_read() else { return };
    bind(&shop, "view");
    wait_for_all(&shop, &role("read"));
    are_enough(&shop, &READS);
    shop.world.write("k8s/login.yaml", SECRET);
    shop.world.commit("a login");
    let drift = shop.rollbook_as("viewer", &["drift"]);
    assert!(drift.code == 1 && drift.stdout.contains("; not compared: 1"), "{}{}", drift.stdout, drift.stderr);
    assert!(drift.stdout.contains("not allowed to get secrets `login` in namespace"), "{}", drift.stdout);
}

#[test]
fn what_operates_needs_the_rights_of_its_role_and_no_others() {
    let Some(shop) = deployed(["web:2", "db:broken", "agent:2"]) else { return };
    let is_broken = |pod: &Value| {
        pod["spec"]["containers"][0]["image"] == "db:broken"
            && pod["status"]["containerStatuses"][0]["state"]["waiting"]["reason"].is_string()
    };
    shop.wait_for_pod(is_broken);
    let role = role("operate");
    // A restart is a revision of its own: after it another is the one before the last.
    let runs = [
        "pause web",
        "resume web",
        "undo deploy/web --live",
        "undo ds/agent --live",
        "undo sts/db --live --delete-stuck-pods",
        "restart deploy/web sts/db ds/agent",
    ];
    are_needed(&shop, &role, &runs);
    shop.allow("viewer", &json!([]));
    give(&shop, &role);
    are_enough(&shop, &runs.map(|args| (args, 0)));
}

#[test]
fn what_applies_needs_the_rights_of_its_role_and_no_others() {
    let Some(shop) = shop(["web:unready", "db:unready", "agent:unready"]) else { return };
    let role = role("apply");
    // In the order of the rights to create: what is to be missed is not made by a run before.
    let runs = [
        ("apply configmap/a", 0),
        ("apply ds/agent --wait --timeout 1s", 1),
        ("apply deploy/web --wait --timeout 1s", 1),
        ("apply service/a", 0),
        ("apply sts/db --wait --timeout 1s", 1),
    ];
    are_needed(&shop, &role, &runs.map(|(args, _)| args));
    shop.allow("viewer", &json!([]));
    give(&shop, &role);
    are_enough(&shop, &runs);
    release(&shop, ["web:2", "db:unready", "agent:2"]);
    let runs = [("apply deploy/web --wait --timeout 60s", 0), ("apply ds/agent --wait --timeout 60s", 0)];
    are_enough(&shop, &runs);
    are_enough(&shop, &[("undo web --apply", 0)]);
}
