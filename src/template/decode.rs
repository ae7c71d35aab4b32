//! A manifest's nodes into the slots of the schema, once for all versions, with what is wrong in them.
//!
//! Source of the rules: `sigs.k8s.io/json` as the API server calls it (null leaves a field unset, names are matched
//! by case, unknown ones are dropped), and the `UnmarshalJSON` of the types that have one.

use super::finding::{Finding, Problem};
use super::path::{Path, Step};
use super::schema::{Field, Index, POD_TEMPLATE_SPEC, Struct, Type, workload};
use super::slot::{IntOrString, Slot};
use crate::kubernetes::{Minors, Quantity};
use crate::text::closest;
use crate::yaml::{self, Entry, Node, Value};

/// A part of a manifest, decoded: of a struct the entries that are given, and what does not fit the schema.
pub(super) fn part<'n>(
    shape: &'static Struct,
    entries: impl Iterator<Item = &'n Entry>,
) -> (Slot, Vec<(String, Node)>) {
    decoded(|decoder, path| decoder.entries(shape, entries, Minors::ALL, path))
}

/// A value of that type, decoded, and what does not fit the schema.
pub(super) fn value(ty: &'static Type, node: &Node) -> (Slot, Vec<(String, Node)>) {
    decoded(|decoder, path| match node.is_null() {
        true => Slot::Absent,
        false => decoder.value(ty, node, Minors::ALL, path),
    })
}

fn decoded(decode: impl FnOnce(&mut Decoder, &Path) -> Slot) -> (Slot, Vec<(String, Node)>) {
    let mut decoder = Decoder { in_template: true, ..Decoder::default() };
    let slot = decode(&mut decoder, &Path { parent: None, step: Step::Key("") });
    (slot, decoder.extras)
}

/// One field out of a struct's slots.
fn take(slot: Slot, shape: &Struct, name: &str) -> Slot {
    match (slot, shape.find(name)) {
        (Slot::Struct(mut slots), Some(place)) => std::mem::replace(&mut slots[place.index], Slot::Absent),
        _ => Slot::Absent,
    }
}

#[derive(Default)]
pub(super) struct Decoder {
    pub findings: Vec<Finding>,
    pub extras: Vec<(String, Node)>,
    /// Whether the walk is below `spec.template`: only there unknown fields and timestamps matter.
    pub in_template: bool,
    /// Whether names of fields match whatever their case.
    pub caseless: bool,
    /// Whether a name that no field has is one's in another case.
    pub other_case: bool,
}

impl Decoder {
    pub fn template(&mut self, object: &Node, known: Minors) -> Slot {
        let path = Path { parent: None, step: Step::Key("") };
        let (shape, spec) = workload(object.get("kind").and_then(Node::as_str).unwrap_or_default());
        let slots = self.structure(shape, object, known, &path);
        take(take(slots, shape, "spec"), spec, "template")
    }

    fn find(&mut self, shape: &'static Struct, key: &str) -> Option<Index> {
        let exact = shape.find(key);
        if exact.is_some() {
            return exact;
        }
        let other = shape.find_ignoring_case(key);
        self.other_case |= other.is_some();
        other.filter(|_| self.caseless)
    }

    fn structure(&mut self, shape: &'static Struct, node: &Node, known: Minors, path: &Path) -> Slot {
        let Value::Mapping(entries) = &node.value else {
            return self.wrong(node, "a mapping", known, path);
        };
        let outer = self.in_template;
        self.in_template |= std::ptr::eq(shape, &POD_TEMPLATE_SPEC);
        let slot = self.entries(shape, entries.iter(), known, path);
        self.in_template = outer;
        slot
    }

    fn entries<'n>(
        &mut self,
        shape: &'static Struct,
        entries: impl Iterator<Item = &'n Entry>,
        known: Minors,
        path: &Path,
    ) -> Slot {
        let mut slots = empty(shape);
        if self.caseless {
            // As kubectl sends them: of two that match one field the last holds.
            let mut entries: Vec<&Entry> = entries.collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            entries.into_iter().for_each(|entry| self.entry(shape, &mut slots, entry, known, path));
        } else {
            entries.for_each(|entry| self.entry(shape, &mut slots, entry, known, path));
        }
        Slot::Struct(slots)
    }

    fn entry(&mut self, shape: &'static Struct, slots: &mut [Slot], entry: &Entry, known: Minors, path: &Path) {
        let path = path.then(Step::Key(&entry.key));
        match self.find(shape, &entry.key) {
            None => self.unknown(shape, entry, &path),
            Some(place) => {
                let (field, slot) = locate(shape, slots, place);
                *slot = self.field(field, &entry.value, known.and(field.present), &path);
            }
        }
    }

    fn field(&mut self, field: &'static Field, node: &Node, known: Minors, path: &Path) -> Slot {
        if node.is_null() {
            return Slot::Absent;
        }
        if field.present != Minors::ALL || field.counts != Minors::ALL {
            let problem = Problem::NotEverywhere { present: field.present, counts: field.counts, gate: field.gate };
            self.findings.push(Finding { path: path.text(), span: node.span, problem, known });
        }
        self.value(&field.ty, node, known, path)
    }

    pub fn value(&mut self, ty: &'static Type, node: &Node, known: Minors, path: &Path) -> Slot {
        match (ty, &node.value) {
            (Type::Struct(shape), _) => self.structure(shape, node, known, path),
            (Type::Bool, Value::Bool(value)) => Slot::Bool(*value),
            (Type::Text, Value::String(text)) => Slot::Text(text.as_str().into()),
            (Type::Int32, _) => self.integer(node, i64::from(i32::MIN)..=i64::from(i32::MAX), known, path),
            (Type::Int64, _) => self.integer(node, i64::MIN..=i64::MAX, known, path),
            (Type::Quantity { in_list }, _) => self.quantity(node, *in_list, known, path),
            (Type::IntOrString, Value::String(text)) => Slot::IntOrString(IntOrString::String(text.as_str().into())),
            (Type::IntOrString, Value::Int(_) | Value::Float(_)) => self.port(node, known, path),
            (Type::Time, _) => self.timestamp(node, known, path),
            (Type::RawJson | Type::Trie, _) if is_deep(node, DEEPEST_JSON) => {
                self.found(node, Problem::Unhashed { what: "nested very deep" }, known, path)
            }
            (Type::RawJson, _) => Slot::RawJson(yaml::json_text(node).into()),
            (Type::Trie, Value::Mapping(_)) => self.trie(node, known, path),
            (Type::List(element), Value::Sequence(items)) => self.list(element, items, known, path),
            (Type::Map(element), Value::Mapping(_)) => self.map(element, node, known, path),
            _ => self.wrong(node, ty.wanted(), known, path),
        }
    }

    fn list(&mut self, element: &'static Type, items: &[Node], known: Minors, path: &Path) -> Slot {
        let decoded = items.iter().enumerate().map(|(index, item)| match item.is_null() {
            true => Slot::Absent,
            false => self.value(element, item, known, &path.then(Step::Index(index))),
        });
        Slot::List(decoded.collect())
    }

    fn map(&mut self, element: &'static Type, node: &Node, known: Minors, path: &Path) -> Slot {
        let mut decoded: Vec<(Box<str>, Slot)> = Vec::with_capacity(node.entries().len());
        for entry in node.entries() {
            let value = match entry.value.is_null() {
                true => Slot::Absent,
                false => self.value(element, &entry.value, known, &path.then(Step::Key(&entry.key))),
            };
            decoded.push((entry.key.as_str().into(), value));
        }
        decoded.sort_by(|(a, _), (b, _)| a.cmp(b));
        Slot::Map(decoded.into())
    }

    /// Maps of maps, in which an empty one has become null on the way over the wire.
    fn trie(&mut self, node: &Node, known: Minors, path: &Path) -> Slot {
        let mut json = String::new();
        match write_trie(node, &mut json) {
            Ok(()) => Slot::RawJson(json.into()),
            Err(leaf) => self.wrong(leaf, Type::Trie.wanted(), known, path),
        }
    }

    fn integer(&mut self, node: &Node, range: std::ops::RangeInclusive<i64>, known: Minors, path: &Path) -> Slot {
        let wanted = if *range.end() == i64::MAX { "64 bits" } else { "32 bits" };
        match whole(node) {
            Some(number) if range.contains(&number) => Slot::Int(number),
            Some(_) => self.found(node, Problem::OutOfRange { wanted }, known, path),
            None if matches!(node.value, Value::Float(number) if number.fract() == 0.0) => {
                self.found(node, Problem::OutOfRange { wanted }, known, path)
            }
            None => self.wrong(node, "a whole number", known, path),
        }
    }

    fn port(&mut self, node: &Node, known: Minors, path: &Path) -> Slot {
        match self.integer(node, i64::from(i32::MIN)..=i64::from(i32::MAX), known, path) {
            Slot::Int(number) => Slot::IntOrString(IntOrString::Int(number as i32)),
            other => other,
        }
    }

    /// A quantity may stand there as a number too: then its JSON text is parsed.
    fn quantity(&mut self, node: &Node, in_list: bool, known: Minors, path: &Path) -> Slot {
        let parsed = match &node.value {
            Value::String(text) => Quantity::on_the_wire(trim_like_go(text), in_list),
            Value::Int(number) => Quantity::on_the_wire(&number.to_string(), in_list),
            Value::Float(number) => Quantity::on_the_wire(&yaml::float_text(*number), in_list),
            _ => return self.wrong(node, "a quantity", known, path),
        };
        match parsed {
            Ok(quantity) => {
                self.zero_of_old(&quantity, node, known, path);
                Slot::Quantity(Box::new(quantity))
            }
            Err(bad) => self.found(node, Problem::Quantity(bad), known, path),
        }
    }

    /// Of the quantities of 1.2, which holds them in another form, it is not known how a zero prints.
    fn zero_of_old(&mut self, quantity: &Quantity, node: &Node, known: Minors, path: &Path) {
        const OTHER_FORM: Minors = Minors::range(2, 2);
        if self.in_template && quantity.is_zero() {
            let problem = Problem::Unhashed { what: "a zero quantity, which 1.2 holds in a form of its own" };
            let known = known.and(OTHER_FORM);
            self.findings.push(Finding { path: path.text(), span: node.span, problem, known });
        }
    }

    fn timestamp(&mut self, node: &Node, known: Minors, path: &Path) -> Slot {
        match node.value {
            Value::String(_) if !self.in_template => Slot::Absent,
            Value::String(_) => self.found(node, Problem::Timestamp, known, path),
            _ => self.wrong(node, "a timestamp", known, path),
        }
    }

    fn unknown(&mut self, shape: &'static Struct, entry: &Entry, path: &Path) {
        if !self.in_template {
            return;
        }
        let problem = Problem::UnknownField { like: nearest(shape, &entry.key) };
        self.add(
            Finding { path: String::new(), span: entry.key_span, problem, known: Minors::ALL },
            &entry.value,
            path,
        );
    }

    fn wrong(&mut self, node: &Node, wanted: &'static str, known: Minors, path: &Path) -> Slot {
        self.found(node, Problem::WrongType { wanted, found: node.value.kind() }, known, path)
    }

    fn found(&mut self, node: &Node, problem: Problem, known: Minors, path: &Path) -> Slot {
        self.add(Finding { path: String::new(), span: node.span, problem, known }, node, path);
        Slot::Absent
    }

    fn add(&mut self, mut finding: Finding, node: &Node, path: &Path) {
        finding.path = path.text();
        if self.in_template && !node.is_null() {
            self.extras.push((finding.path.clone(), node.clone()));
        }
        self.findings.push(finding);
    }
}

/// The deepest nesting of a value that is kept as JSON: serde_json reads no deeper than 127.
const DEEPEST_JSON: usize = 100;

fn is_deep(node: &Node, deepest: usize) -> bool {
    let mut inside = node.items().iter().chain(node.entries().iter().map(|entry| &entry.value));
    deepest == 0 || inside.any(|node| is_deep(node, deepest - 1))
}

/// Writes the text of a set of fields, its keys sorted; or gives what is no mapping in it.
fn write_trie<'n>(node: &'n Node, out: &mut String) -> Result<(), &'n Node> {
    let mut entries: Vec<&Entry> = match &node.value {
        Value::Mapping(entries) => entries.iter().collect(),
        Value::Null => Vec::new(),
        _ => return Err(node),
    };
    if entries.is_empty() {
        out.push_str("null");
        return Ok(());
    }
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    for (index, entry) in entries.into_iter().enumerate() {
        out.push(if index == 0 { '{' } else { ',' });
        yaml::json_string(&entry.key, out);
        out.push(':');
        write_trie(&entry.value, out)?;
    }
    out.push('}');
    Ok(())
}

/// The slots of a struct without any value; embedded structs are always there.
fn empty(shape: &'static Struct) -> Box<[Slot]> {
    let slot = |field: &'static Field| match field.ty {
        Type::Struct(inner) if field.inline => Slot::Struct(empty(inner)),
        _ => Slot::Absent,
    };
    shape.fields.iter().map(slot).collect()
}

/// The field and its slot, in the struct or in one embedded there.
pub(super) fn locate<'s>(
    shape: &'static Struct,
    slots: &'s mut [Slot],
    place: Index,
) -> (&'static Field, &'s mut Slot) {
    let Some(outer) = place.inline else {
        return (&shape.fields[place.index], &mut slots[place.index]);
    };
    match (&shape.fields[outer].ty, &mut slots[outer]) {
        (Type::Struct(inner), Slot::Struct(inner_slots)) => (&inner.fields[place.index], &mut inner_slots[place.index]),
        _ => unreachable!("a place that `Struct::find` gave is in a struct"),
    }
}

/// A number as an int field takes it: whole, though it may be written as a float (`80.0`, `1e3`).
fn whole(node: &Node) -> Option<i64> {
    match node.value {
        Value::Int(number) => Some(number),
        Value::Float(number) => yaml::float_text(number).parse().ok(),
        _ => None,
    }
}

/// `strings.TrimSpace`, less what JSON writes as an escape and so is not there to be trimmed.
fn trim_like_go(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() && !matches!(c, '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}'))
}

/// The field whose name is most like this one, if one is like it at all.
fn nearest(shape: &'static Struct, key: &str) -> Option<&'static str> {
    let inner = |field: &'static Field| match field.ty {
        Type::Struct(inner) if field.inline => inner.fields,
        _ => &[],
    };
    let names = shape.fields.iter().chain(shape.fields.iter().flat_map(inner)).map(|field| field.json);
    closest(key, names.filter(|name| !name.is_empty()))
}
