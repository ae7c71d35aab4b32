//! The walk over two objects at once.

use super::fingerprint::Fingerprints;
use super::list::{self, Matched};
use super::path::{Here, Side, Step};
use super::sequence::Budget;
use super::{Change, Equality, Op};
use crate::manifest::Object;
use crate::template::Shape;
use crate::yaml::{Entry, Node, Value};
use std::collections::HashMap;

/// The changes that make `new` of `old`, in the order of the text. How and where a value is written (quotes, comments, the
/// order of keys) is no change; another spelling of a value that means the same is one, and says so.
///
/// Items of lists are paired by the keys that the schema gives their list, else by `name` where that is unique on both
/// sides, else by the longest common subsequence, which in very long lists is bounded.
///
/// ```
/// use rollbook::{diff::{Equality, diff}, manifest::read, yaml::Dialect};
/// let objects = read(b"
/// {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [
///   {name: log, image: log, resources: {limits: {cpu: 1000m}}}, {name: web, image: 'web:1.4'}]}}
/// ---
/// {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [
///   {name: log, image: log, resources: {limits: {cpu: 1}}}, {name: web, image: 'web:1.5'}]}}
/// ", Dialect::Kubectl).objects;
/// let changes = diff(&objects[0], &objects[1]);
/// let shown = |at: usize| changes[at].path.shown().as_str().to_owned();
/// assert_eq!(shown(0), "spec.containers[name=log].resources.limits.cpu");
/// assert_eq!(changes[0].equality, Some(Equality::Spelling));
/// assert_eq!(shown(1), "spec.containers[name=web].image");
/// assert_eq!(changes[1].to().unwrap().node.as_str(), Some("web:1.5"));
/// ```
pub fn diff<'a>(old: &'a Object, new: &'a Object) -> Vec<Change<'a>> {
    let same_kind = old.identity.kind == new.identity.kind;
    nodes(old.node(), new.node(), if same_kind { Shape::of(&new.identity.kind) } else { Shape::default() })
}

/// The same of two nodes, of which the schema knows `shape`.
pub(super) fn nodes<'a>(old: &'a Node, new: &'a Node, shape: Shape) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    walk(old, new, shape, &mut changes);
    changes
}

/// Walks over two nodes at once, of which the schema knows `shape`.
pub(super) fn walk<'a>(old: &'a Node, new: &'a Node, shape: Shape, sink: &mut impl Sink<'a>) {
    let mut comparison = Comparison { sink, fingerprints: Fingerprints::default(), budget: Budget::default() };
    comparison.node(&Here::root(old, new), Shape::default(), shape, old, new);
}

/// Who is told of the places that a comparison comes to.
pub(super) trait Sink<'a> {
    /// Both have it; what it holds, and that it changed, is told after it.
    fn both(&mut self, here: &Here<'_, 'a>, shape: Shape);

    /// It is not in both, or not the same.
    fn changed(&mut self, here: &Here<'_, 'a>, op: Op, equality: Option<Equality>);
}

impl<'a> Sink<'a> for Vec<Change<'a>> {
    fn both(&mut self, _: &Here<'_, 'a>, _: Shape) {}

    fn changed(&mut self, here: &Here<'_, 'a>, op: Op, equality: Option<Equality>) {
        self.push(Change { path: here.path(), op, equality });
    }
}

struct Comparison<'s, S> {
    sink: &'s mut S,
    fingerprints: Fingerprints,
    budget: Budget,
}

impl<'a, S: Sink<'a>> Comparison<'_, S> {
    /// Two nodes at a place; `holder` is the shape of what they stand in.
    fn node(&mut self, here: &Here<'_, 'a>, holder: Shape, shape: Shape, old: &'a Node, new: &'a Node) {
        self.sink.both(here, shape);
        match (&old.value, &new.value) {
            (Value::Mapping(a), Value::Mapping(b)) => self.mappings(here, shape, a, b),
            (Value::Sequence(a), Value::Sequence(b)) => self.lists(here, shape, a, b),
            (a, b) if a == b => {}
            _ => self.change(here, holder, Op::Replace),
        }
    }

    fn change(&mut self, here: &Here<'_, 'a>, holder: Shape, op: Op) {
        self.sink.changed(here, op, equality(here, holder));
    }

    /// What is removed stands where it stood, between what stays.
    fn mappings(&mut self, here: &Here<'_, 'a>, shape: Shape, old: &'a [Entry], new: &'a [Entry]) {
        let pairs = same_keys(old, new);
        let mut stays = vec![false; old.len()];
        pairs.iter().flatten().for_each(|&at| stays[at] = true);
        let mut next = 0;
        for (entry, at) in new.iter().zip(pairs) {
            if let Some(at) = at {
                self.removed_entries(here, shape, old, &stays, next..at);
                next = next.max(at + 1);
            }
            let old = at.map(|at| &old[at]);
            let place = here.then(Step::Key(&entry.key), old.map(side_of_entry), Some(side_of_entry(entry)));
            match old {
                Some(old) => self.node(&place, shape, shape.field(&entry.key), &old.value, &entry.value),
                None => self.change(&place, shape, Op::Add),
            }
        }
        self.removed_entries(here, shape, old, &stays, next..old.len());
    }

    fn removed_entries(
        &mut self,
        here: &Here<'_, 'a>,
        shape: Shape,
        old: &'a [Entry],
        stays: &[bool],
        range: std::ops::Range<usize>,
    ) {
        for at in range.filter(|&at| !stays[at]) {
            let place = here.then(Step::Key(&old[at].key), Some(side_of_entry(&old[at])), None);
            self.change(&place, shape, Op::Remove);
        }
    }

    fn lists(&mut self, here: &Here<'_, 'a>, shape: Shape, old: &'a [Node], new: &'a [Node]) {
        let item = shape.element();
        for matched in list::matches(old, new, shape, &mut self.fingerprints, &mut self.budget) {
            let Matched { key, old: a, new: b, moved } = matched;
            let side = |items: &'a [Node], at: Option<usize>| {
                at.map(|at| Side { node: &items[at], key: None, index: Some(at) })
            };
            let place = here.then(Step::Item(key), side(old, a), side(new, b));
            match (a, b) {
                (Some(a), Some(b)) => {
                    if moved {
                        self.sink.changed(&place, Op::Move, None);
                    }
                    self.node(&place, shape, item, &old[a], &new[b]);
                }
                (Some(_), None) => self.change(&place, shape, Op::Remove),
                _ => self.change(&place, shape, Op::Add),
            }
        }
    }
}

fn side_of_entry(entry: &Entry) -> Side<'_> {
    Side { node: &entry.value, key: Some(entry.key_span), index: None }
}

/// For each new entry the old one of the same key. Mostly the keys stand in the same order; otherwise they are looked up.
fn same_keys(old: &[Entry], new: &[Entry]) -> Vec<Option<usize>> {
    let together = old.iter().zip(new).take_while(|(a, b)| a.key == b.key).count();
    let mut rest: HashMap<&str, usize> = HashMap::new();
    if together < new.len() {
        rest.extend(old.iter().enumerate().skip(together).map(|(at, entry)| (entry.key.as_str(), at)));
    }
    let looked_up = new.iter().skip(together).map(|entry| rest.get(entry.key.as_str()).copied());
    (0..together).map(Some).chain(looked_up).collect()
}

/// Why what changed here means the same, if it does.
fn equality(here: &Here, holder: Shape) -> Option<Equality> {
    let (old, new) = (here.old.map(|side| side.node), here.new.map(|side| side.node));
    let same = match (here.step, here.parent.and_then(|parent| parent.old.zip(parent.new))) {
        (Step::Key(key), Some((before, after))) => holder.same_field(key, (before.node, old), (after.node, new)),
        (Step::Item(_), _) => old.zip(new).is_some_and(|(old, new)| holder.element().same(old, new)),
        _ => false,
    };
    let written = |node: Option<&Node>| node.is_some_and(|node| !node.is_null());
    let kind = if written(old) && written(new) { Equality::Spelling } else { Equality::Default };
    same.then_some(kind)
}
