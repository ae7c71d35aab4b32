//! Places of an object followed back from state to state, until their values were others.
//!
//! ```text
//!   older                        newer                        newest
//!   containers[0] web            containers[0] log            containers[name=web]
//!     cpu: 1000m  ◄── spelled ──   cpu: 1     ◄── moved ────    cpu: 1
//!     (no policy) ◄── default ──   (no policy)◄── default ──    imagePullPolicy: IfNotPresent
//!     image: web:1.4    another    image: web:1.5 ◄──────────   image: web:1.5
//! ```

use super::compare::{Sink, walk};
use super::path::{Here, Step};
use super::place::Place;
use super::{Equality, Op};
use crate::manifest::Object;
use crate::template::Shape;
use crate::yaml::{Node, Span, Style, Value};
use std::collections::HashMap;
use std::ptr;
use std::rc::Rc;

/// Where the places of an object's newest state stand in an older one.
///
/// ```
/// use rollbook::{diff::{Trace, places}, manifest::read, yaml::Dialect};
/// use std::rc::Rc;
/// let object = |spec: &str| {
///     let text = format!("{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {{containers: [{spec}]}}}}");
///     Rc::new(read(text.as_bytes(), Dialect::Kubectl).objects.remove(0))
/// };
/// let newest = object("{image: 'web:1.5', name: web}, {name: log}");
/// let places = places(&newest);
/// let mut trace = Trace::new(newest.clone(), &places);
/// let changed = trace.back_to(object("{name: log}, {name: web, image: 'web:1.4'}"));
/// let paths: Vec<_> = changed.iter().map(|&at| places[at].path.shown().as_str().to_owned()).collect();
/// assert_eq!(paths, ["spec.containers[name=web].image"]);
/// ```
#[derive(Debug)]
pub struct Trace {
    /// The state that it has come to. Its nodes are known by their addresses, so it stays where it is.
    at: Rc<Object>,
    /// Of each place, whether it is a field.
    is_field: Vec<bool>,
    /// Where each place stands; nowhere, if its last change is known.
    spots: Vec<Option<Spot>>,
}

/// Where a value stands in a state.
#[derive(Clone, Debug)]
enum Spot {
    Written(*const Node),
    /// The API server fills it in: under these keys of a mapping, of which the first is not written.
    Unwritten(*const Node, Vec<String>),
}

/// In place of a mapping that is not written.
static EMPTY: Node = Node { value: Value::Mapping(Vec::new()), span: Span { start: 0, end: 0 }, style: Style::Block };

impl Trace {
    /// A trace of places of the newest state.
    pub fn new(newest: Rc<Object>, places: &[Place<'_>]) -> Trace {
        let spots = places.iter().map(|place| Some(Spot::Written(place.node))).collect();
        Trace { at: newest, is_field: places.iter().map(Place::is_field).collect(), spots }
    }

    /// Goes back to the state before; tells of which places the step from there changed the value, in their order. What
    /// holds others changes when it is added.
    pub fn back_to(&mut self, older: Rc<Object>) -> Vec<usize> {
        let same_kind = older.identity.kind == self.at.identity.kind;
        let shape = if same_kind { Shape::of(&older.identity.kind) } else { Shape::default() };
        let mut back = Back::of(self);
        walk(older.node(), self.at.node(), shape, &mut back);
        let spots = back.spots;
        let changed = (0..spots.len()).filter(|&place| self.spots[place].is_some() && spots[place].is_none()).collect();
        (self.at, self.spots) = (older, spots);
        changed
    }

    /// The places whose last change is not known, and is not asked for after this.
    pub fn rest(&mut self) -> Vec<usize> {
        let rest = (0..self.spots.len()).filter(|&place| self.spots[place].is_some()).collect();
        self.spots.fill(None);
        rest
    }

    /// Whether no place is left.
    pub fn is_done(&self) -> bool {
        self.spots.iter().all(Option::is_none)
    }
}

/// One step back.
struct Back<'t> {
    trace: &'t Trace,
    /// The places by the nodes of the newer state that they stand at.
    written: HashMap<*const Node, Vec<usize>>,
    /// Those that are not written, by the mapping that lacks them.
    unwritten: HashMap<*const Node, Vec<usize>>,
    /// Where they stand in the older state. What the walk does not come to was added.
    spots: Vec<Option<Spot>>,
}

impl<'t> Back<'t> {
    fn of(trace: &'t Trace) -> Self {
        let spots = vec![None; trace.spots.len()];
        let mut back = Back { trace, written: HashMap::new(), unwritten: HashMap::new(), spots };
        for (place, spot) in trace.spots.iter().enumerate() {
            match spot {
                Some(Spot::Written(node)) => back.written.entry(*node).or_default().push(place),
                Some(Spot::Unwritten(holder, _)) => back.unwritten.entry(*holder).or_default().push(place),
                None => {}
            }
        }
        back
    }

    /// The value of a field is all that it holds: it may have held something, before.
    fn forget_fields_around(&mut self, here: &Here<'_, '_>) {
        let around = std::iter::successors(here.parent, |here| here.parent);
        for node in around.filter_map(|here| here.new).map(|side| ptr::from_ref(side.node)) {
            for &place in self.written.get(&node).into_iter().flatten().filter(|&&place| self.trace.is_field[place]) {
                self.spots[place] = None;
            }
        }
    }

    /// What stands in a node was left to defaults before, under keys of a mapping. A list is looked at as a whole.
    fn was_unwritten(&mut self, node: &Node, holder: *const Node, keys: &mut Vec<String>) {
        let at = ptr::from_ref(node);
        for &place in self.written.get(&at).into_iter().flatten() {
            self.spots[place].get_or_insert_with(|| Spot::Unwritten(holder, keys.clone()));
        }
        for &place in self.unwritten.get(&at).into_iter().flatten() {
            if let Some(Spot::Unwritten(_, more)) = &self.trace.spots[place] {
                self.spots[place] = Some(Spot::Unwritten(holder, [keys.as_slice(), more].concat()));
            }
        }
        for entry in node.entries() {
            keys.push(entry.key.clone());
            self.was_unwritten(&entry.value, holder, keys);
            keys.pop();
        }
        node.items().iter().for_each(|item| self.was_unwritten(item, holder, keys));
    }
}

impl<'a> Sink<'a> for Back<'_> {
    fn both(&mut self, here: &Here<'_, 'a>, shape: Shape) {
        let (Some(old), Some(new)) = (here.old, here.new) else { return };
        let at = ptr::from_ref(new.node);
        for &place in self.written.get(&at).into_iter().flatten() {
            self.spots[place] = Some(Spot::Written(old.node));
        }
        for &place in self.unwritten.get(&at).into_iter().flatten() {
            if let Some(Spot::Unwritten(_, keys)) = &self.trace.spots[place] {
                self.spots[place] = before(keys, shape, old.node, new.node);
            }
        }
    }

    fn changed(&mut self, here: &Here<'_, 'a>, op: Op, equality: Option<Equality>) {
        match (op, equality, here.new) {
            (Op::Move, ..) | (_, Some(_), None) => {}
            (_, Some(_), Some(new)) => {
                let holder = here.parent.and_then(|parent| parent.old);
                if let (Some(holder), Step::Key(key)) = (holder, here.step) {
                    self.was_unwritten(new.node, holder.node, &mut vec![key.to_owned()]);
                }
            }
            (_, None, new) => {
                let at = new.map(|side| ptr::from_ref(side.node));
                for &place in at.and_then(|at| self.written.get(&at)).into_iter().flatten() {
                    self.spots[place] = None;
                }
                for &place in at.and_then(|at| self.unwritten.get(&at)).into_iter().flatten() {
                    self.spots[place] = None;
                }
                self.forget_fields_around(here);
            }
        }
    }
}

/// Where a value that the newer mapping leaves to a default stands in the older one; nowhere, if it was another.
fn before(keys: &[String], mut shape: Shape, mut old: &Node, mut new: &Node) -> Option<Spot> {
    for (at, key) in keys.iter().enumerate() {
        let (was, is) = (old.get(key), new.get(key));
        if shape.same_field(key, (old, was), (new, is)) {
            return Some(spot(old, &keys[at..]));
        }
        // Something else in it may be what differs.
        (shape, old, new) = (shape.field(key), was.filter(|_| at + 1 < keys.len())?, is.unwrap_or(&EMPTY));
    }
    None
}

/// Where keys lead to, as far as they are written.
fn spot(node: &Node, keys: &[String]) -> Spot {
    let mut node = node;
    for (at, key) in keys.iter().enumerate() {
        match node.get(key) {
            Some(next) => node = next,
            None => return Spot::Unwritten(node, keys[at..].to_vec()),
        }
    }
    Spot::Written(node)
}

#[cfg(test)]
mod tests {
    use super::super::place::places;
    use super::*;
    use crate::manifest;
    use crate::yaml::Dialect;

    fn object(spec: &str) -> Rc<Object> {
        let text = format!("apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec: {spec}\n");
        Rc::new(manifest::read(text.as_bytes(), Dialect::Kubectl).objects.remove(0))
    }

    /// Which state of several, the oldest first, the value of each place of the last one is of.
    fn since(states: &[Rc<Object>]) -> Vec<(String, usize)> {
        let (newest, older) = states.split_last().expect("there is one");
        let places = places(newest);
        let mut trace = Trace::new(newest.clone(), &places);
        let mut since = vec![0; places.len()];
        for (at, state) in older.iter().enumerate().rev() {
            trace.back_to(state.clone()).into_iter().for_each(|place| since[place] = at + 1);
        }
        places.iter().map(|place| place.path.shown().as_str().to_owned()).zip(since).collect()
    }

    fn template(containers: &str) -> String {
        format!("{{template: {{spec: {{containers: [{containers}]}}}}}}")
    }

    #[test]
    fn a_value_is_of_the_state_that_changed_it_last() {
        let containers = |states: &[&str]| states.iter().map(|of| template(of)).collect::<Vec<_>>();
        let image = "spec.template.spec.containers[name=a].image";
        let policy = "spec.template.spec.containers[name=a].imagePullPolicy";
        let args = "spec.template.spec.containers[name=a].args";
        let specs = |states: &[&str]| states.iter().map(|state| (*state).to_owned()).collect::<Vec<_>>();
        for (states, path, state) in [
            // It went and came back.
            (specs(&["{replicas: 2}", "{replicas: 3}", "{replicas: 2}"]), "spec.replicas", 2),
            (specs(&["{replicas: 2}", "{}", "{replicas: 2}"]), "spec.replicas", 2),
            // Defaults, written out and left out, also of a value that was another before.
            (specs(&["{}", "{replicas: 1}"]), "spec.replicas", 0),
            (specs(&["{replicas: 2}", "{}", "{replicas: 1}"]), "spec.replicas", 1),
            (specs(&["{replicas: 1}", "{}", "{paused: true}", "{replicas: 1}"]), "spec.replicas", 0),
            (
                specs(&["{}", "{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%}}}"]),
                "spec.strategy.rollingUpdate.maxSurge",
                0,
            ),
            (
                specs(&[
                    "{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}",
                    "{}",
                    "{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%}}}",
                ]),
                "spec.strategy.rollingUpdate.maxSurge",
                1,
            ),
            (
                specs(&[
                    "{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}",
                    "{}",
                    "{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%}}}",
                ]),
                "spec.strategy.type",
                0,
            ),
            // A default that another field makes.
            (
                containers(&[
                    "{name: a, image: 'w:1'}",
                    "{name: a, image: w}",
                    "{name: a, image: w, imagePullPolicy: Always}",
                ]),
                policy,
                1,
            ),
            // Spelling, order, moves.
            (containers(&["{name: a, image: b}", "{name: b}, {image: 'b', name: a}"]), image, 0),
            (containers(&["{name: a, args: [b, c]}", "{name: a, args: [c, b]}"]), &format!("{args}[0]"), 0),
            (containers(&["{name: a, args: [b]}", "{name: a, args: [c, b]}"]), &format!("{args}[1]"), 0),
            (containers(&["{name: a, args: [b]}", "{name: a, args: [c, b]}"]), &format!("{args}[0]"), 1),
            (
                containers(&[
                    "{name: a, resources: {limits: {cpu: 1000m}}}",
                    "{name: a, resources: {limits: {cpu: 1}}}",
                ]),
                "spec.template.spec.containers[name=a].resources.limits.cpu",
                0,
            ),
            // All of an item is of the state that added it.
            (containers(&["{name: b, image: w}", "{name: a, image: w}"]), image, 1),
            // What is empty now held something.
            (containers(&["{name: a, args: [b]}", "{name: a, args: []}"]), args, 1),
            (containers(&["{name: a, args: []}", "{name: a, args: []}"]), args, 0),
            // What holds others is of the state that added it.
            (containers(&["{name: a, args: [b]}", "{name: a, args: [c]}"]), args, 0),
            (containers(&["{name: a}", "{name: a, args: [c]}"]), args, 1),
            (specs(&["{a: 1}", "{a: {b: 1}}"]), "spec.a.b", 1),
            (specs(&["{a: {b: 1}}", "{a: 1}"]), "spec.a", 1),
        ] {
            let objects: Vec<_> = states.iter().map(|state| object(state)).collect();
            let found = since(&objects).into_iter().find(|(of, _)| of == path).expect("there is such a place");
            assert_eq!(found.1, state, "{path} of {states:?}");
        }
    }
}
