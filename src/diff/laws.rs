//! What holds for every pair of objects, and the bounds that are kept on hostile ones.

use super::{Change, Op, apply, compare::nodes, diff};
use crate::manifest::{self, Object};
use crate::template::{Shape, Template};
use crate::text::Sensitive;
use crate::yaml::{Dialect, Entry, MAX_DEPTH, Node, Span, Stream, Style, Value, json_text};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use std::cell::Cell;

pub(super) fn node(value: Value) -> Node {
    Node { value, span: Span::default(), style: Style::Plain }
}

fn mapping(entries: impl IntoIterator<Item = (String, Node)>) -> Node {
    let entry = |(key, value)| Entry { key, key_span: Span::default(), value };
    node(Value::Mapping(entries.into_iter().map(entry).collect()))
}

fn scalars() -> impl Strategy<Value = Node> {
    let texts = select(vec!["", "a", "b", "c d", "1", "1000m", "line\nline\n", "TCP"]);
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (0..4i64).prop_map(Value::Int),
        select(vec![0.0, 1.0, 1.5]).prop_map(Value::Float),
        texts.prop_map(|text| Value::String(text.to_owned())),
        select(vec!["1", "2"]).prop_map(|text| Value::Sealed(Sensitive::new(text.to_owned()))),
    ]
    .prop_map(node)
}

/// Keys that the schema knows, and others.
const KEYS: &[&str] =
    &["name", "spec", "template", "containers", "ports", "containerPort", "protocol", "env", "value", "x.y/z"];

fn trees() -> impl Strategy<Value = Node> {
    scalars().prop_recursive(5, 60, 6, |inner| {
        let map = btree_map(select(KEYS).prop_map(str::to_owned), inner.clone(), 0..5).prop_map(mapping);
        let named = btree_map("[a-e]", inner.clone(), 0..6).prop_shuffle_entries();
        prop_oneof![
            map,
            vec(inner, 0..6).prop_map(|items| node(Value::Sequence(items))),
            named.prop_map(|items| {
                let name = |name: String| node(Value::String(name));
                let item = |(key, value)| mapping([("name".to_owned(), name(key)), ("value".to_owned(), value)]);
                node(Value::Sequence(items.into_iter().map(item).collect()))
            }),
        ]
    })
}

/// The entries of a map in any order.
trait ShuffleEntries<T>: Strategy<Value = std::collections::BTreeMap<String, T>> + Sized
where
    T: std::fmt::Debug + Clone,
{
    fn prop_shuffle_entries(self) -> impl Strategy<Value = Vec<(String, T)>> {
        self.prop_map(|map| map.into_iter().collect::<Vec<_>>()).prop_shuffle()
    }
}

impl<S, T> ShuffleEntries<T> for S
where
    S: Strategy<Value = std::collections::BTreeMap<String, T>>,
    T: std::fmt::Debug + Clone,
{
}

/// A node made of the parts of two: what edits leave of the first.
fn mixed(a: &Node, b: &Node, dice: &impl Fn(usize) -> usize) -> Node {
    match (&a.value, &b.value) {
        (Value::Mapping(x), Value::Mapping(y)) => {
            let mut entries: Vec<_> =
                x.iter().filter(|_| dice(5) > 0).map(|e| (e.key.clone(), e.value.clone())).collect();
            for entry in y.iter().filter(|_| dice(3) == 0) {
                match entries.iter_mut().find(|(key, _)| *key == entry.key) {
                    Some((_, value)) => *value = mixed(value, &entry.value, dice),
                    None => entries.insert(dice(entries.len() + 1), (entry.key.clone(), entry.value.clone())),
                }
            }
            mapping(entries)
        }
        (Value::Sequence(x), Value::Sequence(y)) => {
            let mut items: Vec<_> = x.iter().filter(|_| dice(5) > 0).cloned().collect();
            y.iter().filter(|_| dice(4) == 0).for_each(|item| items.insert(dice(items.len() + 1), item.clone()));
            for _ in 0..dice(3).min(items.len()) {
                let item = items.remove(dice(items.len()));
                items.insert(dice(items.len() + 1), item);
            }
            node(Value::Sequence(
                items
                    .into_iter()
                    .map(|item| match y.get(dice(4 * y.len().max(1))) {
                        // Smaller than the list, so that it ends.
                        Some(other) => mixed(&item, other, dice),
                        None => item,
                    })
                    .collect(),
            ))
        }
        _ => {
            if dice(2) == 0 {
                a.clone()
            } else {
                b.clone()
            }
        }
    }
}

pub(super) fn pairs() -> impl Strategy<Value = (Node, Node)> {
    (trees(), trees(), vec(any::<u16>(), 1..64)).prop_map(|(a, b, rolls)| {
        let at = Cell::new(0);
        let dice = |sides: usize| {
            at.set(at.get() + 1);
            (usize::from(rolls[at.get() % rolls.len()]) + at.get()) % sides
        };
        let b = mixed(&a, &b, &dice);
        (a, b)
    })
}

/// The same node with the keys of every mapping the other way round.
pub(super) fn reversed(of: &Node) -> Node {
    match &of.value {
        Value::Mapping(entries) => {
            mapping(entries.iter().rev().map(|entry| (entry.key.clone(), reversed(&entry.value))))
        }
        Value::Sequence(items) => node(Value::Sequence(items.iter().map(reversed).collect())),
        _ => of.clone(),
    }
}

pub(super) fn lines(changes: &[Change]) -> Vec<String> {
    let line = |change: &Change| {
        let (path, word) = (change.path.shown(), change.op.word());
        let index = (change.from().and_then(|side| side.index), change.to().and_then(|side| side.index));
        format!("{word} {} {index:?} {:?}", path.as_str(), change.equality)
    };
    let mut lines: Vec<_> = changes.iter().map(line).collect();
    lines.sort();
    lines
}

fn shapes() -> [Shape; 4] {
    let template = Shape::of("Deployment").field("spec").field("template");
    let container = template.field("spec").field("containers").element();
    [Shape::default(), Shape::of("Deployment"), container, container.field("ports")]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn equal_objects_have_no_changes(a in trees()) {
        let again = reversed(&a);
        for shape in shapes() {
            prop_assert_eq!(lines(&nodes(&a, &again, shape)), Vec::<String>::new());
        }
    }

    #[test]
    fn changes_make_the_new_object_and_taken_back_the_old_one((a, b) in pairs()) {
        for shape in shapes() {
            let changes = nodes(&a, &b, shape);
            prop_assert_eq!(&apply(&changes, &a).unwrap(), &b, "{:?}", lines(&changes));
            prop_assert_eq!(changes.is_empty(), a == b);
            let back: Vec<_> = changes.into_iter().map(Change::swapped).collect();
            prop_assert_eq!(&apply(&back, &b).unwrap(), &a, "{:?}", lines(&back));
        }
    }

    #[test]
    fn the_order_of_keys_never_matters((a, b) in pairs()) {
        for shape in shapes() {
            let expected = lines(&nodes(&a, &b, shape));
            prop_assert_eq!(&lines(&nodes(&reversed(&a), &b, shape)), &expected);
            prop_assert_eq!(&lines(&nodes(&a, &reversed(&b), shape)), &expected);
        }
    }
}

pub(super) fn objects(text: &str) -> Vec<Object> {
    let reading = manifest::read(text.as_bytes(), Dialect::Kubectl);
    assert!(reading.errors.is_empty(), "{:?}", reading.errors);
    reading.objects
}

pub(super) fn parsed(text: &str) -> Node {
    let stream = Stream::parse(text.as_bytes(), Dialect::Kubectl);
    assert!(stream.error.is_none(), "{:?}", stream.error);
    stream.documents.into_iter().next().unwrap().root
}

/// The vectors are updates of workloads, a third of them by another spelling or a default that is written out.
#[test]
fn what_is_said_to_mean_the_same_has_one_canonical_template() {
    let packed = include_bytes!("../../tests/golden/pairs.jsonl.gz");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&packed[..]), &mut text).unwrap();
    let mut disagree = Vec::new();
    let mut seen = [0, 0];
    for line in text.lines() {
        let vector = parsed(line);
        let object = |key| objects(&json_text(vector.get(key).unwrap())).remove(0);
        let (a, b) = (object("a"), object("b"));
        let changes = diff(&a, &b);
        assert_eq!(&apply(&changes, a.node()).unwrap(), b.node());
        let template = ["spec", "template"];
        let means = changes.iter().any(|change| change.path.meets(&template) && change.equality.is_none());
        let canonical = |object: &Object| Template::decode(object.template_holder()).canonical();
        let differs = canonical(&a) != canonical(&b);
        seen[usize::from(differs)] += 1;
        if means != differs {
            let id = vector.get("id").unwrap().as_str().unwrap();
            disagree.push(format!("{id}: canonical differs: {differs}: {:?}", lines(&changes)));
        }
    }
    assert!(seen.iter().all(|&count| count > 100), "{seen:?}");
    assert!(disagree.is_empty(), "{} of {seen:?}\n{}", disagree.len(), disagree.join("\n"));
}

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
