//! What holds for every step of a trace.

use super::laws::{lines, objects, pairs, reversed};
use super::{Change, Op, Path, Trace, diff, places};
use crate::manifest::Object;
use crate::yaml::{Node, json_text};
use proptest::prelude::*;
use std::rc::Rc;

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn a_field_is_traced_to_the_state_in_which_diff_says_it_changed((a, b) in pairs()) {
        let workload = |spec: &Node| {
            let spec = json_text(spec);
            let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: w}}, spec: {spec}}}");
            Rc::new(objects(&text).remove(0))
        };
        let (old, new) = (workload(&a), workload(&b));
        let changes = diff(&old, &new);
        let expected: Vec<String> = places(&new)
            .iter()
            .filter(|place| place.is_field() && changes.iter().any(|change| is_about(change, place.node)))
            .map(|place| place.path.shown().as_str().to_owned())
            .collect();
        prop_assert_eq!(&traced(&old, &new), &expected, "{:?}", lines(&changes));
        let mut reordered = traced(&workload(&reversed(&a)), &workload(&reversed(&b)));
        reordered.sort();
        let mut expected = expected;
        expected.sort();
        prop_assert_eq!(reordered, expected);
    }
}

/// Whether a field of the new state is not what it was, by a change at it, around it or in it.
fn is_about(change: &Change, field: &Node) -> bool {
    fn new<'a>(path: &Path<'a>) -> Option<&'a Node> {
        path.new_side().map(|side| side.node)
    }
    match (change.op, change.equality) {
        (Op::Move, _) | (_, Some(_)) => false,
        (Op::Remove, None) => change.path.parent().and_then(|of| new(&of)).is_some_and(|of| std::ptr::eq(of, field)),
        _ => new(&change.path).is_some_and(|around| holds(around, field)),
    }
}

fn holds(around: &Node, field: &Node) -> bool {
    let within = around.entries().iter().map(|entry| &entry.value).chain(around.items());
    std::ptr::eq(around, field) || within.into_iter().any(|node| holds(node, field))
}

/// The fields of the new state whose values are not those of the old one.
fn traced(old: &Rc<Object>, new: &Rc<Object>) -> Vec<String> {
    let places = places(new);
    let changed = Trace::new(new.clone(), &places).back_to(old.clone());
    let fields = changed.into_iter().map(|place| &places[place]).filter(|place| place.is_field());
    fields.map(|place| place.path.shown().as_str().to_owned()).collect()
}
