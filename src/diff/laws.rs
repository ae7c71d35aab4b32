//! What holds for every pair of objects.

use super::{Change, apply, compare::nodes, diff};
use crate::manifest::{self, Object};
use crate::template::{Shape, Template};
use crate::text::Sensitive;
use crate::yaml::{Dialect, Entry, Node, Span, Stream, Style, Value, json_text};
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
