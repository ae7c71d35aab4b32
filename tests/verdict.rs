//! Whether a change replaces pods: what Kubernetes' own controllers did, asked of the library and of the binary, and the
//! rules around them.

mod world;

use flate2::read::GzDecoder;
use rollbook::diff::{self, Delivery, Placed, Rolls, Verdict};
use rollbook::manifest::{self, Object};
use rollbook::template::Server;
use rollbook::text::Untrusted;
use rollbook::yaml::Dialect;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use world::World;

fn unpacked(name: &str) -> String {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    GzDecoder::new(File::open(path).expect(name)).read_to_string(&mut text).expect(name);
    text
}

/// One update that a controller was given, and what it did.
struct Update {
    id: String,
    minor: String,
    kind: String,
    /// Both manifests, as they stand in the line: numbers of 64 bits stay what they are.
    states: [String; 2],
    replaced: bool,
    hashes: [String; 2],
    note: String,
}

fn updates() -> Vec<Update> {
    let (pairs, expected) = (unpacked("pairs.jsonl.gz"), unpacked("pairs.tsv.gz"));
    let rows = expected.lines().filter(|row| !row.starts_with('#'));
    let update = |(line, row): (&str, &str)| {
        let row: Vec<&str> = row.split('\t').collect();
        let b = line.find(",\"b\":").expect("a second state");
        let a = line.find(",\"a\":").expect("a first state");
        let states = [&line[a + 5..b], &line[b + 5..line.len() - 1]].map(str::to_owned);
        let text = |at: usize| row[at].to_owned();
        assert!(line.contains(row[0]));
        let hash = |at: usize| text(at).rsplit('-').next().expect("a hash").to_owned();
        Update {
            id: text(0),
            minor: text(1),
            kind: text(2),
            states,
            replaced: row[9] == "true",
            hashes: [hash(5), hash(7)],
            note: row[3].to_owned(),
        }
    };
    let updates: Vec<Update> = pairs.lines().zip(rows).map(update).collect();
    assert_eq!(updates.len(), 1_200);
    updates
}

fn objects(text: &str) -> Vec<Object> {
    manifest::read(text.as_bytes(), Dialect::Kubectl).objects
}

fn server(minor: &str) -> Server {
    minor.parse::<rollbook::kubernetes::Version>().expect("a version").into()
}

/// The verdict on the one pair of objects of two texts.
fn verdict(old: &str, new: &str, minor: &str, delivery: Delivery) -> Verdict {
    let (old, new) = (objects(old), objects(new));
    let placed = |objects: &'static [Object]| objects.iter().map(|object| Placed { path: "a", object }).collect();
    let [old, new]: [&'static [Object]; 2] = [old, new].map(|objects| &*objects.leak());
    let pairs = diff::pair(&Vec::from_iter::<Vec<_>>(placed(old)), &Vec::from_iter::<Vec<_>>(placed(new)));
    assert_eq!(pairs.len(), 1);
    let changes = match (old, new) {
        ([old], [new]) => diff::diff(old, new),
        _ => Vec::new(),
    };
    Verdict::of(&pairs[0], &changes, server(minor), delivery)
}

#[test]
fn the_library_says_what_the_controllers_did() {
    for update in updates() {
        let [a, b] = &update.states;
        let verdict = verdict(a, b, &update.minor, Delivery::Plain);
        let expected = if update.replaced { Rolls::Yes } else { Rolls::No };
        assert_eq!(verdict.rolls(), expected, "{} {}: {}", update.id, update.note, verdict.reason);
        let hashes = [verdict.from, verdict.to].map(|name| name.expect("a name").hash.to_string());
        assert_eq!(hashes, update.hashes, "{} {}", update.id, update.note);
    }
}

#[test]
fn the_binary_says_what_the_controllers_did() {
    let mut groups: BTreeMap<(String, String), Vec<Update>> = BTreeMap::new();
    for update in updates() {
        groups.entry((update.minor.clone(), update.kind.clone())).or_default().push(update);
    }
    let mut agree = 0;
    for ((minor, _), updates) in groups {
        let world = World::new();
        for update in &updates {
            for (folder, state) in ["old", "new"].iter().zip(&update.states) {
                world.write(&format!("{folder}/{}.yaml", update.id), state);
            }
        }
        let shown = world.rollbook(&["diff", "--no-index", "old", "new", "--kube-version", &minor, "-o", "json"]);
        assert_eq!((shown.code, shown.stderr.as_str()), (1, ""));
        let document: Value = serde_json::from_str(&shown.stdout).expect("JSON");
        let items = document["items"].as_array().expect("items");
        let found: BTreeMap<&str, &Value> = items.iter().map(|item| (item["path"].as_str().unwrap(), item)).collect();
        for update in &updates {
            // What is equal byte for byte is left out.
            let rolls = match found.get(format!("{}.yaml", update.id).as_str()) {
                Some(item) => item["verdict"]["rolls"].as_str().unwrap(),
                None if update.states[0] == update.states[1] => "no",
                None => panic!("{} is left out", update.id),
            };
            assert_eq!(rolls, if update.replaced { "yes" } else { "no" }, "{} {}", update.id, update.note);
            agree += 1;
        }
    }
    assert_eq!(agree, 1_200);
}

/// A workload: its API version and kind, what stands in its spec beside the template, and its pod.
fn workload(what: &str, spec: &str, pod: &str) -> String {
    let (api_version, kind) = what.rsplit_once('/').expect("GROUP/VERSION/KIND");
    let labels = "metadata: {labels: {app: web}}";
    let spec = match kind {
        "CronJob" => format!("jobTemplate: {{spec: {{template: {{{labels}, spec: {{{pod}}}}}}}}}"),
        _ => format!("{spec}, template: {{{labels}, spec: {{{pod}}}}}"),
    };
    format!("{{apiVersion: {api_version}, kind: {kind}, metadata: {{name: web}}, spec: {{{spec}}}}}")
}

/// What is said of a change, as `yes: why`.
fn said(old: &str, new: &str, minor: &str, delivery: Delivery) -> String {
    let verdict = verdict(old, new, minor, delivery);
    format!("{}: {}", verdict.rolls().word(), verdict.reason)
}

const A: &str = "containers: [{name: a, image: 'a:1'}]";
const B: &str = "containers: [{name: a, image: 'a:2'}]";
const SELECTOR: &str = "selector: {matchLabels: {app: web}}";

#[test]
fn another_template_rolls_unless_something_holds_it_back_or_refuses_it() {
    let with = |more: &str| format!("{SELECTOR}, {more}");
    let refused = "no: the API server refuses it: ";
    for (what, old, new, expected) in [
        ("apps/v1/Deployment", with("replicas: 2"), with("replicas: 2"), "yes: the pods get another template"),
        (
            "apps/v1/Deployment",
            with("paused: false"),
            with("paused: true"),
            "yes: once it is resumed: `spec.paused` is true",
        ),
        (
            "apps/v1/Deployment",
            with("replicas: 2"),
            with("replicas: 0"),
            "yes: but there are no pods: `spec.replicas` is 0",
        ),
        (
            "apps/v1/DaemonSet",
            with("x: y"),
            with("updateStrategy: {type: OnDelete}"),
            "yes: as its pods are deleted: the update strategy is `OnDelete`",
        ),
        (
            "extensions/v1beta1/DaemonSet",
            with("x: y"),
            with("x: y"),
            "unknown: Kubernetes 1.36 does not serve `extensions/v1beta1`",
        ),
        (
            "apps/v1/StatefulSet",
            with("serviceName: a"),
            with("serviceName: a, updateStrategy: {rollingUpdate: {partition: 2}}"),
            "yes: but pods with an ordinal below the partition, 2, stay",
        ),
        (
            "apps/v1/StatefulSet",
            with("serviceName: a"),
            with("serviceName: b"),
            &format!("{refused}`spec.serviceName` cannot be changed"),
        ),
        (
            "apps/v1/Deployment",
            with("replicas: 1"),
            "selector: {matchLabels: {app: shop}}".to_owned(),
            &format!("{refused}`spec.selector.matchLabels.app` cannot be changed"),
        ),
        (
            "apps/v1/Deployment",
            "selector: {matchLabels: {app: shop}}".to_owned(),
            "selector: {matchLabels: {app: shop}}".to_owned(),
            "unknown: both states are not whole: `spec.selector` does not select the labels of the template",
        ),
        (
            "apps/v1/Deployment",
            "x: y".to_owned(),
            "x: y".to_owned(),
            "unknown: both states are not whole: `spec.selector` is missing",
        ),
        (
            "apps/v1/ReplicaSet",
            with("replicas: 1"),
            with("replicas: 1"),
            "no: a ReplicaSet that runs keeps its pods: later ones differ",
        ),
        ("batch/v1/CronJob", "x: y".into(), "x: y".into(), "no: a CronJob that runs keeps its pods: later ones differ"),
        (
            "batch/v1/Job",
            "suspend: false".into(),
            "suspend: false".into(),
            &format!("{refused}`spec.template.spec.containers[name=a].image` cannot be changed"),
        ),
        (
            "batch/v1/Job",
            "suspend: true".into(),
            "suspend: true".into(),
            &format!("{refused}`spec.template.spec.containers[name=a].image` cannot be changed"),
        ),
        (
            "argoproj.io/v1alpha1/Rollout",
            with("replicas: 1"),
            with("replicas: 1"),
            "unknown: what a change of `Rollout` does to pods is not known",
        ),
    ] {
        let (old, new) = (workload(what, &old, A), workload(what, &new, B));
        assert_eq!(said(&old, &new, "1.36", Delivery::Plain), expected, "{old} → {new}");
    }
}

#[test]
fn the_same_template_does_not_roll_and_the_reason_tells_what_changed() {
    let with = |more: &str| workload("apps/v1/Deployment", &format!("{SELECTOR}, {more}"), A);
    let old = with("replicas: 1");
    for (new, expected) in [
        (with("replicas: 3"), "no: it only scales, 1 to 3"),
        (with("replicas: 1, minReadySeconds: 5"), "no: only fields outside of the pod template changed"),
        (with("replicas: 1, revisionHistoryLimit: 10"), "no: only defaults were written out or left out"),
        (old.replace("name: web}", "name: web, labels: {a: b}}"), "no: only metadata changed"),
        (old.replace("a:1'", "a:1', resources: {}"), "no: only defaults were written out or left out"),
        (old.replace("'a:1'", "\"a:1\""), "no: no value changed"),
        (
            old.replace("spec: {containers", "spec: {nobodyKnows: it, containers"),
            "no: what changed in the template makes no difference to Kubernetes 1.36",
        ),
        (
            old.replace("a:1'", "a:1', ports: 7"),
            "no: the API server refuses it: `spec.template.spec.containers[0].ports` wants a list, not a number",
        ),
    ] {
        assert_eq!(said(&old, &new, "1.36", Delivery::Plain), expected, "{new}");
    }
    let [gateway, quoted] =
        ["a", "'a'"].map(|port| format!("{{apiVersion: g/v1, kind: Gateway, metadata: {{name: g}}, port: {port}}}"));
    assert_eq!(said(&gateway, &quoted, "1.36", Delivery::Plain), "no: no value changed");
    let other_pods = workload("apps/v1/DaemonSet", SELECTOR, A);
    let expected = "no: the API server refuses it: `spec.selector` does not select the labels of the template";
    let relabelled = other_pods.replace("labels: {app: web}", "labels: {app: shop}");
    assert_eq!(said(&other_pods, &relabelled, "1.36", Delivery::Plain), expected);
    let paused = with("paused: true");
    let expected = "no: the template stays, but what waited for `spec.paused` goes on";
    assert_eq!(said(&paused, &old, "1.36", Delivery::Plain), expected);
    // A StatefulSet's controller compares bytes, a DaemonSet's gets a revision of them and keeps its pods.
    for (kind, expected) in [
        ("StatefulSet", "yes: the pods get another template"),
        ("DaemonSet", "no: a new ControllerRevision that only spells values otherwise: the pods stay"),
        ("Deployment", "no: only the spelling of values changed"),
    ] {
        let spelled = |cpu| workload(&format!("apps/v1/{kind}"), SELECTOR, &format!("overhead: {{cpu: {cpu}}}, {A}"));
        assert_eq!(said(&spelled("'1e3'"), &spelled("1k"), "1.36", Delivery::Plain), expected, "{kind}");
    }
}

#[test]
fn what_comes_and_goes_starts_and_ends_its_pods() {
    let web = workload("apps/v1/Deployment", SELECTOR, A);
    for (old, new, expected, names) in [
        ("", &*web, "yes: it is new, and starts its first pods", [false, true]),
        (&web, "", "no: it is gone, and its pods with it", [true, false]),
        (
            &web,
            &web.replace("name: web", "name: shop"),
            "yes: another name is another object: its pods take the place of the old ones",
            [true, true],
        ),
    ] {
        let verdict = verdict(old, new, "1.36", Delivery::Plain);
        assert_eq!(format!("{}: {}", verdict.rolls().word(), verdict.reason), expected);
        assert_eq!([verdict.from, verdict.to].map(|name| name.is_some()), names, "{expected}");
    }
}

#[test]
fn objects_without_pods_say_so_or_that_they_cannot_change() {
    for (old, new, expected) in [
        ("kind: Service, spec: {ports: [{port: 1}]", "port: 2", "no: a Service has no pods of its own"),
        ("kind: Service, spec: {clusterIP: 10.0.0.1", "clusterIP: 10.0.0.2", "`spec.clusterIP` cannot be changed"),
        ("kind: ConfigMap, data: {port: '1'", "port: '2'", "no: a ConfigMap has no pods of its own"),
        ("kind: ConfigMap, immutable: true, data: {port: '1'", "port: '2'", "`data.port` cannot be changed"),
        ("kind: Secret, type: a, x: {port: '1'", "port: '2'", "no: a Secret has no pods of its own"),
        ("kind: Secret, type: a, x: {", "type: b", "`type` cannot be changed"),
        ("kind: RoleBinding, roleRef: {name: a", "roleRef: {name: b", "`roleRef.name` cannot be changed"),
        (
            "kind: Pod, spec: {containers: [{name: a, image: x}]",
            "image: z",
            "yes: its containers are started again, in the same pod",
        ),
        ("kind: Pod, spec: {nodeName: a", "nodeName: b", "`spec.nodeName` cannot be changed"),
        ("kind: Pod, spec: {activeDeadlineSeconds: 2", "activeDeadlineSeconds: 1", "no: only fields"),
    ] {
        let key = new.split_inclusive(": ").next().expect("a key");
        let start = old.find(key).expect("the key");
        let end = old[start..].find([',', '}', ']']).map_or(old.len(), |end| start + end);
        let changed = format!("{}{new}{}", &old[..start], &old[end..]);
        let group = if old.contains("RoleBinding") { "rbac.authorization.k8s.io/v1" } else { "v1" };
        let text = |inner: &str| format!("{{apiVersion: {group}, metadata: {{name: w}}, {inner}}}}}");
        let said = said(&text(old), &text(&changed), "1.36", Delivery::Plain);
        assert!(said.contains(expected), "{old} → {changed}: {said}");
    }
}

#[test]
fn what_kustomize_may_change_is_unknown_where_it_matters() {
    let by: [Untrusted; 1] = ["prod/kustomization.yaml".into()];
    let web = |more: &str, pod: &str| workload("apps/v1/Deployment", &format!("{SELECTOR}, {more}"), pod);
    let unknown = "unknown: `prod/kustomization.yaml` may change the pod template on its way to the cluster";
    let old = web("replicas: 1", A);
    for (new, delivery, expected) in [
        (web("replicas: 1", B), Delivery::Rendered(&by), unknown),
        (web("replicas: 2", A), Delivery::Rendered(&by), "no: it only scales, 1 to 2"),
        (web("replicas: 2", A), Delivery::Rerendered(&by), unknown),
        (web("replicas: 1", "containers: 7"), Delivery::Rendered(&by), unknown),
    ] {
        assert_eq!(said(&old, &new, "1.36", delivery), expected);
        assert_eq!(verdict(&old, &new, "1.36", delivery).to, None);
    }
}
