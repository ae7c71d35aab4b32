//! Whoever uses kubectl beside rollbook finds what kubectl itself would have left. Each test does the same by both, on twins.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{daemon_set, deployment, stateful_set, web};
use crate::world::Output;

const CAUSE: &str = "kubernetes.io/change-cause";

/// A workload that rollbook rolls out, and its twin, which kubectl does.
struct Twins {
    shop: Shop,
    kind: &'static str,
    name: &'static str,
    manifest: fn(&str) -> String,
}

/// The revisions as kubectl lists them, each with its cause.
type Rows<'a, const N: usize> = [(u32, &'a str); N];

/// A shop, where there is kubectl.
fn shop() -> Option<Shop> {
    let shop = Shop::open()?;
    shop.kubectl(&["version", "--client"])?;
    shop.world.set_committer();
    Some(shop)
}

/// Runs kubectl, which must succeed.
fn kubectl(shop: &Shop, args: &[&str]) -> Output {
    let run = shop.kubectl(args).expect("it was there a moment ago");
    assert_eq!(run.code, 0, "kubectl {args:?}: {}", run.stderr);
    run
}

/// Applies an object with kubectl, and gives what it says.
fn kubectl_applies(shop: &Shop, object: &Value) -> String {
    let file = shop.world.beside("theirs.json");
    std::fs::write(&file, object.to_string()).unwrap();
    kubectl(shop, &["apply", "-f", file.to_str().unwrap()]).stdout
}

/// Runs rollbook, which must succeed.
fn rollbook(shop: &Shop, args: &[&str]) -> Output {
    let run = shop.rollbook(args);
    assert_eq!(run.code, 0, "rollbook {args:?}: {}{}", run.stdout, run.stderr);
    run
}

impl Twins {
    fn ours(&self) -> String {
        format!("{}/{}", self.kind, self.name)
    }

    fn theirs(&self) -> String {
        format!("{}/twin", self.kind)
    }

    /// Commits a release and applies it; kubectl applies the same, with the cause in it. Both have to be complete.
    fn release(&self, number: u32) {
        let (manifest, cause) = ((self.manifest)(&format!("{}:{number}", self.name)), format!("release {number}"));
        self.shop.world.write("k8s/ours.yaml", &manifest);
        self.shop.world.commit(&cause);
        rollbook(&self.shop, &["apply", &self.ours()]);
        let mut twin: Value = serde_yaml::from_str(&manifest.replace(self.name, "twin")).unwrap();
        twin["metadata"]["annotations"] = json!({CAUSE: cause});
        kubectl_applies(&self.shop, &twin);
        self.wait();
    }

    /// Does it to ours with rollbook, and to theirs with kubectl.
    fn both(&self, ours: &[&str], theirs: &[&str]) {
        rollbook(&self.shop, ours);
        kubectl(&self.shop, &[&["rollout"], theirs].concat());
        self.wait();
    }

    fn wait(&self) {
        rollbook(&self.shop, &["status", &self.ours(), "--watch", "--timeout", "60s"]);
        kubectl(&self.shop, &["rollout", "status", &self.theirs(), "--timeout", "60s"]);
    }

    /// kubectl tells these revisions of both.
    fn have<const N: usize>(&self, expected: Rows<'_, N>) {
        self.theirs_and_ours_have(expected, expected);
    }

    /// kubectl tells these revisions of its own, and those of ours.
    fn theirs_and_ours_have<const N: usize>(&self, theirs: Rows<'_, N>, ours: Rows<'_, N>) {
        for (target, expected) in [(self.theirs(), theirs), (self.ours(), ours)] {
            let run = kubectl(&self.shop, &["rollout", "history", &target]);
            let rows = run.stdout.lines().skip(2).filter_map(|row| row.split_once(char::is_whitespace));
            let rows: Vec<_> = rows.map(|(number, cause)| (number.parse().unwrap(), cause.trim())).collect();
            assert_eq!(rows, expected, "{target}");
        }
    }

    /// A revision as kubectl describes it, less what cannot be the same: its own name, hash and time.
    fn described(&self, target: &str, revision: u32) -> String {
        let run = kubectl(&self.shop, &["rollout", "history", target, "--revision", &revision.to_string()]);
        let line = |line: &str| match line.split_once("pod-template-hash=").or(line.split_once("restartedAt: ")) {
            Some((before, _)) => format!("{before}…\n"),
            None => format!("{}\n", line.replace(self.name, "twin")),
        };
        run.stdout.lines().map(line).collect()
    }
}

/// Three releases, a restart, and three ways back. `goes_back_by` is what the cause of a rollback says of the release that it
/// goes back to.
fn roll(kind: &'static str, name: &'static str, manifest: fn(&str) -> String, goes_back_by: fn(u32) -> String) {
    let Some(shop) = shop() else { return };
    let twins = Twins { shop, kind, name, manifest };
    (1..=3).for_each(|number| twins.release(number));
    twins.have([(1, "release 1"), (2, "release 2"), (3, "release 3")]);

    twins.both(&["restart", &twins.ours()], &["restart", &twins.theirs()]);
    twins.have([(1, "release 1"), (2, "release 2"), (3, "release 3"), (4, "release 3")]);
    for revision in 1..=4 {
        let [ours, theirs] = [twins.ours(), twins.theirs()].map(|target| twins.described(&target, revision));
        assert_eq!(ours, theirs);
    }

    twins.both(&["undo", &twins.ours(), "--live"], &["undo", &twins.theirs()]);
    let [first, second, third] = [1, 2, 3].map(goes_back_by);
    twins.theirs_and_ours_have(
        [(1, "release 1"), (2, "release 2"), (4, "release 3"), (5, "release 3")],
        [(1, "release 1"), (2, "release 2"), (4, "release 3"), (5, &third)],
    );

    let [ours, theirs] = [twins.ours(), twins.theirs()];
    twins.both(&["undo", &ours, "--live", "--live-revision=1"], &["undo", &theirs, "--to-revision=1"]);
    twins.theirs_and_ours_have(
        [(2, "release 2"), (4, "release 3"), (5, "release 3"), (6, "release 1")],
        [(2, "release 2"), (4, "release 3"), (5, &third), (6, &first)],
    );

    // In git the third is the newest still.
    twins.both(&["undo", &ours, "--apply"], &["undo", &theirs, "--to-revision=2"]);
    twins.theirs_and_ours_have(
        [(4, "release 3"), (5, "release 3"), (6, "release 1"), (7, "release 2")],
        [(4, "release 3"), (5, &third), (6, &first), (7, &second)],
    );
}

/// kubectl gives a rollback the cause of what it goes back to, and rollbook says besides that it is one.
#[test]
fn a_deployment_has_the_history_that_kubectl_would_have_left() {
    let manifest = |image: &str| deployment(image, 1, 600);
    roll("deployment", "web", manifest, |number| format!("rollback to revision {number}: release {number}"));
}

/// Of what has ControllerRevisions the controller numbers an old one anew, with the cause that it had.
#[test]
fn a_stateful_set_has_the_history_that_kubectl_would_have_left() {
    roll("statefulset", "db", stateful_set, |number| format!("release {number}"));
}

#[test]
fn a_daemon_set_has_the_history_that_kubectl_would_have_left() {
    roll("daemonset", "agent", daemon_set, |number| format!("release {number}"));
}

fn images(web: &Value) -> Vec<&str> {
    let containers = web["spec"]["template"]["spec"]["containers"].as_array().unwrap();
    containers.iter().map(|container| container["image"].as_str().unwrap()).collect()
}

const MESSAGES: [&str; 2] = ["web: first release", "web: no proxy"];

/// The Deployment `web`, in its second release with a container less.
fn releases() -> [Value; 2] {
    let [mut first, second]: [Value; 2] =
        ["web:1", "web:2"].map(|image| serde_yaml::from_str(&deployment(image, 1, 600)).unwrap());
    let containers = &mut first["spec"]["template"]["spec"]["containers"];
    containers.as_array_mut().unwrap().push(json!({"name": "proxy", "image": "proxy:1"}));
    [first, second]
}

/// What it writes are fields of its own. Back on its revision, the cluster says what git says again, and nobody's are in the way.
#[test]
fn kubectl_goes_back_after_rollbook_has_applied() {
    let Some(shop) = shop() else { return };
    for (release, message) in releases().iter().zip(MESSAGES) {
        shop.world.write("k8s/web.json", release.to_string());
        shop.world.commit(message);
        rollbook(&shop, &["apply", "web", "--wait", "--timeout", "60s"]);
    }
    assert_eq!(images(&web(&shop)), ["web:2"]);
    kubectl(&shop, &["rollout", "undo", "deployment/web"]);
    kubectl(&shop, &["rollout", "status", "deployment/web", "--timeout", "60s"]);
    assert_eq!(images(&web(&shop)), ["web:1", "proxy:1"]);
    let status = rollbook(&shop, &["status", "web"]).stdout;
    assert!(status.contains("\n1         live   1/1 ") && status.contains(MESSAGES[0]), "{status}");
    let drift = shop.rollbook(&["drift", "web"]);
    assert!(drift.code == 1 && drift.stdout.contains("behind"), "{}", drift.stdout);
    let refused = shop.rollbook(&["apply", "web"]);
    assert!(refused.code == 2 && refused.stderr.contains("conflicts with \"kubectl"), "{}", refused.stderr);
    rollbook(&shop, &["undo", "web", "--live", "--git-revision", "2"]);
    assert_eq!(images(&web(&shop)), ["web:2"]);
    rollbook(&shop, &["apply", "web"]);
    rollbook(&shop, &["drift", "web"]);
}

/// kubectl applies both releases.
fn applied_by_kubectl(shop: &Shop) {
    for (release, message) in releases().iter().zip(MESSAGES) {
        shop.world.write("k8s/web.json", release.to_string());
        shop.world.commit(message);
        kubectl_applies(shop, release);
        kubectl(shop, &["rollout", "status", "deployment/web", "--timeout", "60s"]);
    }
}

/// kubectl takes away what it applied last and a file has not any more: so it has to know of what came back.
#[test]
fn what_kubectl_has_applied_stays_true_after_an_undo_of_rollbook() {
    let Some(shop) = shop() else { return };
    let [first, second] = releases();
    applied_by_kubectl(&shop);
    let [applies_first, applies_second] = [&first, &second].map(|release| || kubectl_applies(&shop, release));
    rollbook(&shop, &["undo", "web", "--live"]);
    assert_eq!(images(&web(&shop)), ["web:1", "proxy:1"]);
    assert_eq!(applies_second(), "deployment.apps/web configured\n");
    assert_eq!(images(&web(&shop)), ["web:2"]);
    rollbook(&shop, &["drift", "web"]);
    rollbook(&shop, &["status", "web", "--watch", "--timeout", "60s"]);
    rollbook(&shop, &["undo", "web", "--live"]);
    // What the server had filled in is not in the file: taken away, it is filled in again.
    assert_eq!(applies_first(), "deployment.apps/web configured\n");
    assert_eq!(applies_first(), "deployment.apps/web unchanged\n");
    kubectl(&shop, &["rollout", "status", "deployment/web", "--timeout", "60s"]);
    assert_eq!((images(&web(&shop)), shop.list("replicasets").len()), (vec!["web:1", "proxy:1"], 2));
}

/// The fault that rollbook does not share: after its own way back, kubectl does not know of the proxy that it applied.
#[test]
fn what_kubectl_has_applied_is_not_true_after_its_own_undo() {
    let Some(shop) = shop() else { return };
    applied_by_kubectl(&shop);
    kubectl(&shop, &["rollout", "undo", "deployment/web"]);
    kubectl_applies(&shop, &releases()[1]);
    assert_eq!(images(&web(&shop)), ["web:2", "proxy:1"]);
}

/// The cause is not in the file, so kubectl takes it from the Deployment, and the next revision does not inherit it. The
/// revision keeps it.
#[test]
fn kubectl_applies_after_rollbook_has_taken_over() {
    let Some(shop) = shop() else { return };
    let [_, second] = releases();
    applied_by_kubectl(&shop);
    shop.world.write("k8s/web.json", second.to_string().replace("web:2", "web:3"));
    shop.world.commit("web: third release");
    rollbook(&shop, &["apply", "web", "--wait", "--timeout", "60s"]);
    let third = serde_json::from_str(&second.to_string().replace("web:2", "web:3")).unwrap();
    assert_eq!(kubectl_applies(&shop, &third), "deployment.apps/web configured\n");
    assert_eq!(kubectl_applies(&shop, &third), "deployment.apps/web unchanged\n");
    assert_eq!(web(&shop)["metadata"]["annotations"][CAUSE], Value::Null);
    let history = kubectl(&shop, &["rollout", "history", "deployment/web"]).stdout;
    assert!(history.ends_with("\n1         <none>\n2         <none>\n3         web: third release\n\n"), "{history}");
    rollbook(&shop, &["drift", "web"]);
}
