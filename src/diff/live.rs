//! What a cluster has otherwise than git sets it.

use super::list::item_keys;
use super::managed::is_only_of;
use super::path::{Path, Step};
use super::written::{OF_A_ROLLOUT, Written};
use super::{Change, Mismatch, Op, apply, diff};
use crate::kubernetes::{CHANGE_CAUSE, LAST_APPLIED, Quantity};
use crate::manifest::Object;
use crate::template::Shape;
use crate::yaml::{Entry, Node, Value, json_text};
use serde_json::Value as Json;

/// What the API server and the controllers write themselves: a manifest that was taken from a cluster has it too.
const OTHERS: &[&[&str]] = &[
    &["apiVersion"],
    &["status"],
    &["metadata", "annotations", "deployment.kubernetes.io/revision"],
    &["metadata", "annotations", "deprecated.daemonset.template.generation"],
    &["metadata", "annotations", LAST_APPLIED],
    &["spec", "volumeClaimTemplates", "*", "apiVersion"],
    &["spec", "volumeClaimTemplates", "*", "kind"],
    &["spec", "volumeClaimTemplates", "*", "status"],
];

/// Why, not what: each apply gives its own.
const CAUSE: &[&str] = &["metadata", "annotations", CHANGE_CAUSE];

/// What a manifest may set of `metadata`.
const OWN: [&str; 2] = ["labels", "annotations"];

/// Keys under which, or by which, quantities stand in objects of which the schema knows no more.
const QUANTITIES: [&str; 13] = [
    "averageValue",
    "capacity",
    "cpu",
    "default",
    "defaultRequest",
    "hard",
    "limits",
    "max",
    "memory",
    "min",
    "requests",
    "storage",
    "value",
];

/// The changes that somebody made of an object which git set. What git does not set is none, nor what the API server fills
/// in or writes in another way, nor what controllers keep there; items that came to a list which is kept as a whole are, what
/// is left of what git set once, and what somebody put there by hand ([`Written`]). Both objects are given as the API server
/// stores them ([`Object::stored`]).
///
/// ```
/// use rollbook::{diff::{Written, drift}, manifest::read, yaml::Dialect};
/// let objects = read(b"
/// {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80}]}}
/// ---
/// {apiVersion: v1, kind: Service, metadata: {name: a, uid: x}, spec: {type: ClusterIP, clusterIP: 10.0.0.1,
///   ports: [{port: 80, protocol: TCP, targetPort: 80}]}}
/// ", Dialect::Kubectl).objects;
/// let shown: Vec<_> = drift(&objects[0], &objects[1], &Written::default()).iter().map(|change| change.path.shown()).collect();
/// assert_eq!(shown, ["spec.type".into()]);
/// ```
pub fn drift<'a>(set: &'a Object, live: &'a Object, written: &Written<'_>) -> Vec<Change<'a>> {
    let mut drifted = otherwise(set, live, &|path| written.is_left(path));
    drifted.retain(|change| !change.path.within(CAUSE));
    drifted
}

/// What is otherwise than git sets it, and of what only the live object has, what is meant.
fn otherwise<'a>(set: &'a Object, live: &'a Object, is_meant: &impl Fn(&Path) -> bool) -> Vec<Change<'a>> {
    let mut found = Vec::new();
    for change in diff(set, live) {
        match is_set(&change) {
            true => found.push(change),
            false => {
                let shape = shape_of(set, live, &change.path);
                added(change, shape, is_meant, &mut found);
            }
        }
    }
    found
}

/// What the schema knows of what stands at a place.
fn shape_of(set: &Object, live: &Object, path: &Path) -> Shape {
    let of_kind =
        if set.identity.kind == live.identity.kind { Shape::of(&live.identity.kind) } else { Shape::default() };
    path.steps().into_iter().fold(of_kind, |shape, step| match step {
        Step::Root => shape,
        Step::Key(key) => shape.field(key),
        Step::Item(_) => shape.element(),
    })
}

/// What only the live object has, as far as it is meant: as a whole, or those of its entries, or of its items where keys tell
/// them apart.
fn added<'a>(change: Change<'a>, shape: Shape, is_meant: &impl Fn(&Path) -> bool, found: &mut Vec<Change<'a>>) {
    // A null sets nothing.
    let is_unset = change.path.old_side().is_none_or(|side| side.node.is_null());
    let Some(side) = change.path.new_side().filter(|_| is_unset && change.equality.is_none()) else { return };
    if is_others(&change) || change.path.within(CAUSE) {
        return;
    }
    let holds_others = OTHERS.iter().chain(OF_A_ROLLOUT).chain([&CAUSE]).any(|path| holds(&change.path, path));
    if !holds_others && is_meant(&change.path) {
        return found.push(change);
    }
    for entry in side.node.entries().iter().filter(|entry| !is_filled_in(shape, side.node, entry)) {
        let entered = Change { path: change.path.added(entry), op: Op::Add, equality: None };
        added(entered, shape.field(&entry.key), is_meant, found);
    }
    let items = side.node.items();
    for (index, key) in item_keys(items, shape).into_iter().flatten().enumerate() {
        let path = change.path.added_item(key, &items[index], index);
        added(Change { path, op: Op::Add, equality: None }, shape.element(), is_meant, found);
    }
}

/// Whether an entry is what the API server fills in beside the others of its mapping.
fn is_filled_in(shape: Shape, mapping: &Node, entry: &Entry) -> bool {
    // The mapping may have any number of entries, the schema has a few.
    if !shape.has_field(&entry.key) {
        return false;
    }
    let others = mapping.entries().iter().filter(|other| other.key != entry.key).cloned().collect();
    let without = Node { value: Value::Mapping(others), ..mapping.clone() };
    shape.same_field(&entry.key, (&without, None), (mapping, Some(&entry.value)))
}

/// What a server-side apply of what git sets would make of a live object: what git sets is so, what only `manager` applied
/// before goes, and all else stays. What the API server would then fill in for what went is not there. Both objects are given
/// as for [`drift`], with the live one's `managedFields`.
///
/// ```
/// use rollbook::{diff::applied, manifest::read, yaml::Dialect};
/// let objects = read(b"
/// {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}
/// ---
/// {apiVersion: v1, kind: Service, metadata: {name: a, uid: x}, spec: {type: NodePort, clusterIP: 10.0.0.1,
///   ports: [{port: 80, protocol: TCP, targetPort: 81}]}}
/// ", Dialect::Kubectl).objects;
/// let managed = serde_json::json!([{"manager": "rollbook", "operation": "Apply", "fieldsV1": {"f:spec": {"f:type": {}}}}]);
/// let after = applied(&objects[0], &objects[1], &managed, "rollbook")?;
/// let spec = r#"{"clusterIP":"10.0.0.1","ports":[{"port":80,"protocol":"TCP","targetPort":81}]}"#;
/// assert_eq!(after.to_json()["spec"].to_string(), spec);
/// # Ok::<(), rollbook::diff::Mismatch>(())
/// ```
///
/// # Errors
/// A list of the live object that does not hold together with git's.
pub fn applied(set: &Object, live: &Object, managed: &Json, manager: &str) -> Result<Object, Mismatch> {
    let changes = otherwise(set, live, &|path| is_only_of(path, managed, manager));
    let changes: Vec<Change> = changes.into_iter().map(Change::swapped).collect();
    Ok(live.with_node(apply(&changes, live.node())?))
}

/// Whether a place has what these keys lead to in it.
fn holds(place: &Path, keys: &[&str]) -> bool {
    place.meets(keys) && !place.within(keys)
}

/// Whether no manifest sets it, or others write it too.
fn is_others(change: &Change) -> bool {
    let is_own = match change.path.steps()[..] {
        [Step::Key("metadata"), Step::Key(key), ..] => OWN.contains(&key),
        _ => true,
    };
    !is_own || OTHERS.iter().any(|path| change.path.within(path))
}

/// Whether git sets it, and it is another thing on the cluster.
fn is_set(change: &Change) -> bool {
    if change.equality.is_some() || is_others(change) {
        return false;
    }
    let steps = change.path.steps();
    // An item of a list that is kept as a whole.
    let is_item = matches!(steps.last(), Some(Step::Item(None)));
    let set = change.path.old_side().map(|side| side.node);
    let live = change.path.new_side().map(|side| side.node);
    match change.op {
        Op::Add => is_item,
        Op::Remove => is_item || set.is_some_and(|set| !says_nothing(set)),
        Op::Replace => {
            let is_quantity = steps.iter().any(|step| matches!(step, Step::Key(key) if QUANTITIES.contains(key)));
            let is_same = is_quantity && set.zip(live).is_some_and(|(set, live)| same_quantity(set, live));
            !is_same && !set.is_some_and(Node::is_null)
        }
        Op::Move => true,
    }
}

/// Whether the API server may leave a value out, as Go's `omitempty` does.
fn says_nothing(node: &Node) -> bool {
    match &node.value {
        Value::Null | Value::Bool(false) | Value::Int(0) => true,
        Value::Float(number) => *number == 0.0,
        Value::String(text) => text.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(entries) => entries.iter().all(|entry| says_nothing(&entry.value)),
        _ => false,
    }
}

fn same_quantity(set: &Node, live: &Node) -> bool {
    let wire = |node: &Node| {
        let text = match &node.value {
            Value::String(text) => text.clone(),
            Value::Int(_) | Value::Float(_) => json_text(node),
            _ => return None,
        };
        Quantity::on_the_wire(&text, false).ok()?.wire().ok()
    };
    wire(set).is_some_and(|set| Some(set) == wire(live))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::yaml::Dialect;

    fn object(kind: &str, rest: &str) -> Object {
        let text = format!("{{apiVersion: v1, kind: {kind}, metadata: {{name: a}}, {rest}}}");
        read(text.as_bytes(), Dialect::Kubectl).objects.remove(0).stored()
    }

    fn drifted(kind: &str, set: &str, live: &str) -> Vec<String> {
        let [set, live] = [object(kind, set), object(kind, live)];
        let changes = drift(&set, &live, &Written::default());
        changes.iter().map(|change| change.path.shown().as_str().to_owned()).collect()
    }

    #[test]
    fn what_somebody_changed_is_told_from_what_nobody_did() {
        let template =
            |container: &str| format!("spec: {{template: {{spec: {{containers: [{{name: web, {container}}}]}}}}}}");
        let container = "spec.template.spec.containers[name=web]";
        for (kind, set, live, paths) in [
            ("Deployment", template("image: a"), template("image: b"), vec![format!("{container}.image")]),
            ("Deployment", template("image: a"), template("image: a, tty: true, imagePullPolicy: Always"), vec![]),
            ("Deployment", template("args: [a]"), template("args: [a, b]"), vec![format!("{container}.args[1]")]),
            ("Deployment", template("args: [a, b]"), template("args: [b]"), vec![format!("{container}.args[0]")]),
            ("Deployment", template("args: ['', b]"), template("args: [b]"), vec![format!("{container}.args[0]")]),
            ("Deployment", template("tty: false, args: [], env:"), template("image: b"), vec![]),
            ("Deployment", template("tty: true"), template("image: b"), vec![format!("{container}.tty")]),
            (
                "Deployment",
                template("env: [{name: A, value: a}]"),
                template("env: [{name: B, value: b}, {name: A, value: a}]"),
                vec![],
            ),
            (
                "Deployment",
                template("resources: {limits: {cpu: 1000m, memory: 1024Mi}}"),
                template("resources: {limits: {cpu: '1', memory: 1Gi}}"),
                vec![],
            ),
            ("Deployment", "spec: {replicas: 2}".into(), "spec: {replicas: 3}".into(), vec!["spec.replicas".into()]),
            ("Deployment", "spec: {paused: null}".into(), "spec: {paused: true}".into(), vec![]),
            (
                "PersistentVolumeClaim",
                "spec: {resources: {requests: {storage: 1024Mi}}}".into(),
                { "spec: {resources: {requests: {storage: 1Gi}}}".into() },
                vec![],
            ),
            (
                "ResourceQuota",
                "spec: {hard: {pods: 10, cpu: 1}}".into(),
                "spec: {hard: {pods: '10', cpu: 2000m}}".into(),
                { vec!["spec.hard.cpu".into()] },
            ),
            ("ConfigMap", "data: {a: '1', b: '2'}".into(), "data: {a: '1', c: '3'}".into(), vec!["data.b".into()]),
            ("ConfigMap", "data: {a: '1000m'}".into(), "data: {a: '1'}".into(), vec!["data.a".into()]),
            ("Secret", "stringData: {a: b}, data: {c: ZA==}".into(), "data: {a: Yg==, c: ZA==}".into(), vec![]),
            ("Secret", "data: {a: \"Yg\\n==\"}".into(), "data: {a: Yg==}".into(), vec![]),
            ("Secret", "stringData: {a: b}".into(), "data: {a: Yw==}".into(), vec!["data.a".into()]),
            (
                "Thing",
                "spec: {list: [1, 2]}, status: {a: 1}".into(),
                "spec: {list: [2, 1]}".into(),
                vec!["spec.list[0]".into()],
            ),
        ] {
            let mut found = drifted(kind, &set, &live);
            found.sort();
            let mut paths: Vec<String> = paths;
            paths.sort();
            assert_eq!(found, paths, "{set} | {live}");
        }
    }

    #[test]
    fn metadata_of_the_server_is_nobodys() {
        let read = |metadata: &str| {
            let text = format!("{{apiVersion: v1, kind: A, metadata: {{name: a, {metadata}}}}}");
            read(text.as_bytes(), Dialect::Kubectl).objects.remove(0)
        };
        let set = read("creationTimestamp: null, labels: {a: b}, annotations: {kubernetes.io/change-cause: x, c: d}");
        let live =
            read("creationTimestamp: '2026', uid: x, finalizers: [f], labels: {a: b, e: f}, annotations: {c: x}");
        let shown: Vec<_> = drift(&set, &live, &Written::default()).iter().map(|change| change.path.shown()).collect();
        assert_eq!(shown, ["metadata.annotations.c".into()]);
    }
}
