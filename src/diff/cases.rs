//! What is said of one pair of objects or another, and the bounds that are kept on hostile ones.

use super::laws::{node, objects, parsed};
use super::{Op, apply, compare::nodes, diff};
use crate::template::Shape;
use crate::yaml::{MAX_DEPTH, Value};

#[test]
fn lists_are_paired_by_what_tells_their_items_apart() {
    let pod = |spec: &str| format!("{{apiVersion: v1, kind: Pod, metadata: {{name: p}}, spec: {{{spec}}}}}");
    let service =
        |ports: &str| format!("{{apiVersion: v1, kind: Service, metadata: {{name: p}}, spec: {{ports: [{ports}]}}}}");
    let custom = |spec: &str| format!("{{apiVersion: x/v1, kind: Thing, metadata: {{name: p}}, spec: {{{spec}}}}}");
    for (old, new, expected) in [
        (
            pod("containers: [{name: a, image: x}, {name: b, image: x}]"),
            pod("containers: [{name: b, image: y}, {name: a, image: x}]"),
            vec!["move spec.containers[name=b] 1→0", "replace spec.containers[name=b].image"],
        ),
        (
            pod("containers: [{name: a, ports: [{containerPort: 53}, {containerPort: 53, protocol: UDP}]}]"),
            pod(
                "containers: [{name: a, ports: [{containerPort: 53, protocol: UDP, name: d}, {containerPort: 53, protocol: TCP}]}]",
            ),
            vec![
                "move spec.containers[name=a].ports[containerPort=53,protocol=UDP] 1→0",
                "add spec.containers[name=a].ports[containerPort=53,protocol=UDP].name",
                "add spec.containers[name=a].ports[containerPort=53].protocol (default)",
            ],
        ),
        (
            service("{port: 80, targetPort: 80}"),
            service("{port: 80}, {port: 443, name: tls}"),
            vec!["remove spec.ports[port=80].targetPort (default)", "add spec.ports[port=443] 1"],
        ),
        (
            // A name that is given twice tells nothing apart.
            pod("containers: [{env: [{name: A, value: '1'}, {name: A, value: '2'}]}]"),
            pod("containers: [{env: [{name: A, value: '1'}, {name: A, value: '3'}]}]"),
            vec!["replace spec.containers[0].env[1].value"],
        ),
        (
            custom("rules: [{host: a, to: 1}, {host: b, to: 1}, {host: c, to: 1}]"),
            custom("rules: [{host: b, to: 2}, {host: c, to: 1}]"),
            vec!["remove spec.rules[0] 0", "replace spec.rules[0].to"],
        ),
        (
            custom("args: [a, b, c, d]"),
            custom("args: [x, d, a, b, c]"),
            vec!["add spec.args[0] 0", "move spec.args[1] 3→1"],
        ),
        (
            custom("items: [{name: 'a b'}, {name: '1'}, {name: 1}]"),
            custom("items: [{name: '1', x: 1}, {name: 1}]"),
            vec!["remove spec.items[name=\"a b\"] 0", "add spec.items[name=\"1\"].x"],
        ),
        (
            custom("m: {a.b/c: 1, '': 2}"),
            custom("m: {a.b/c: 1.0}"),
            vec!["replace spec.m[\"a.b/c\"] (spelling)", "remove spec.m[\"\"]"],
        ),
    ] {
        let (old, new) = (objects(&old).remove(0), objects(&new).remove(0));
        let changes = diff(&old, &new);
        let shown: Vec<String> = changes
            .iter()
            .map(|change| {
                let index = |side: Option<super::Side>| side.and_then(|side| side.index);
                let places = match (change.op, index(change.from()), index(change.to())) {
                    (Op::Move, Some(old), Some(new)) => format!(" {old}→{new}"),
                    (Op::Add, _, Some(at)) | (Op::Remove, Some(at), _) => format!(" {at}"),
                    _ => String::new(),
                };
                let equality = change.equality.map(|equality| format!(" ({})", equality.word())).unwrap_or_default();
                format!("{} {}{places}{equality}", change.op.word(), change.path.shown().as_str())
            })
            .collect();
        assert_eq!(shown, expected);
    }
}

#[test]
fn both_sides_are_found_in_their_texts() {
    let (a, b) = (
        "{apiVersion: v1, kind: A, metadata: {name: x}, spec: 1}",
        "{apiVersion: v1, kind: A, metadata: {name: x}, spec: [2]}",
    );
    let (old, new) = (objects(a).remove(0), objects(b).remove(0));
    let change = &diff(&old, &new)[0];
    assert_eq!(&a[change.from().unwrap().span().range()], "spec: 1");
    assert_eq!(&b[change.to().unwrap().span().range()], "spec: [2]");
}

#[test]
fn a_path_is_no_longer_than_anybody_reads() {
    let (deep, long) = ("{a: ".repeat(900), "k".repeat(1_000));
    let text = |leaf: &str| format!("{deep}{{{long}: {leaf}}}{}", "}".repeat(900));
    let (a, b) = (parsed(&text("1")), parsed(&text("2")));
    let path = nodes(&a, &b, Shape::default())[0].path.shown();
    let kept = |times| vec!["a"; times].join(".");
    let end = "k".repeat(320);
    assert_eq!(path.as_str(), format!("{}….{}[\"{end}\"…]", kept(31), kept(31)));
}

#[test]
fn a_secret_tells_that_it_changed_and_no_more() {
    let secret = |data: &str| {
        objects(&format!("{{apiVersion: v1, kind: Secret, metadata: {{name: s}}, data: {data}}}")).remove(0)
    };
    let (old, new) = (
        secret("{a: c2VjcmV0, b: c2FtZQ==, l: [{name: c2VjcmV0}]}"),
        secret("{a: Y2FuYXJ5, b: c2FtZQ==, l: [{name: Y2FuYXJ5}]}"),
    );
    let changes = diff(&old, &new);
    let paths: Vec<_> = changes.iter().map(|change| change.path.shown().as_str().to_owned()).collect();
    assert_eq!(paths, ["data.a", "data.l[0].name"]);
    assert!(changes.iter().all(|change| change.inside().is_none() && change.equality.is_none()));
    let debug = format!("{changes:?}");
    assert!(debug.contains("hidden") && !debug.contains("c2VjcmV0") && !debug.contains("Y2FuYXJ5"), "{debug}");
}

#[test]
fn the_deepest_nesting_fits_the_stack() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]")] {
        let depth = (MAX_DEPTH - 2) / open.matches(['[', '{']).count();
        let text = |leaf: &str| format!("{}{leaf}{}", open.repeat(depth), close.repeat(depth));
        let (a, b) = (parsed(&text("1")), parsed(&text("2")));
        let changes = nodes(&a, &b, Shape::default());
        assert_eq!(changes.len(), 1);
        assert_eq!(apply(&changes, &a).unwrap(), b);
    }
}

/// No time is asserted: without the bounds these would not end.
#[test]
fn long_lists_are_paired_in_bounded_time() {
    const LENGTH: i64 = 100_000;
    let list =
        |item: &dyn Fn(i64) -> i64| node(Value::Sequence((0..LENGTH).map(|n| node(Value::Int(item(n)))).collect()));
    let straight = list(&|n| n);
    for other in [list(&|n| LENGTH - n), list(&|n| n + 1), list(&|n| n * 7919 % 11), list(&|n| n * 7919 % LENGTH)] {
        let changes = nodes(&straight, &other, Shape::default());
        assert_eq!(apply(&changes, &straight).unwrap(), other);
    }
    assert_eq!(nodes(&straight, &list(&|n| n + 1), Shape::default()).len(), 2);
}

#[test]
fn deep_lists_are_not_hashed_over_and_over() {
    let deep = |leaf: &str| format!("{}[{}]{}", "[0, ".repeat(900), leaf.repeat(100_000), "]".repeat(900));
    let (a, b) = (parsed(&deep("1, ")), parsed(&deep("2, ")));
    let changes = nodes(&a, &b, Shape::default());
    assert_eq!(apply(&changes, &a).unwrap(), b);
}
