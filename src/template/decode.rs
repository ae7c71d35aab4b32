//! A manifest's nodes into the slots of the schema, once for all versions, with what is wrong in them.
//!
//! Source of the rules: `sigs.k8s.io/json` as the API server calls it (null leaves a field unset, names are matched
//! by case, unknown ones are dropped), and the `UnmarshalJSON` of the types that have one.

use super::canonical::{self, Digest};
use super::finding::{Finding, Problem};
use super::schema::{DEPLOYMENT, DEPLOYMENT_SPEC, Field, POD_TEMPLATE_SPEC, Struct, Type};
use super::slot::{IntOrString, Slot};
use super::view::View;
use crate::kubernetes::{Minors, Quantity, Version};
use crate::text::closest;
use crate::yaml::{self, Node, Value};
use std::fmt::Write as _;

/// The pod template of a workload, decoded.
#[derive(Clone, Debug, Default)]
pub struct Template {
    pub(super) root: Slot,
    /// Fields that the schema does not know and values that do not fit it, with their paths: they count for
    /// [`Template::canonical`] all the same.
    pub(super) extras: Vec<(String, Node)>,
    findings: Vec<Finding>,
}

impl Template {
    /// Decodes the template of a Deployment, and looks at the types of the fields around it. What cannot be decoded
    /// is among [`Template::findings`].
    ///
    /// ```
    /// use rollbook::{kubernetes::Version, template::Template, yaml};
    /// let text = "spec: {template: {metadata: {labels: {app: nginx}}, spec: {containers: [
    ///     {name: nginx, image: 'nginx:1.14.2', ports: [{containerPort: 80}]}]}}}";
    /// let stream = yaml::Stream::parse(text.as_bytes(), yaml::Dialect::Kubectl);
    /// let template = Template::decode(&stream.documents[0].root);
    /// let hash = template.view("1.36".parse().unwrap()).hash(None).unwrap();
    /// assert_eq!(hash.to_string(), "6c5f67b5f7");
    /// ```
    pub fn decode(object: &Node) -> Template {
        let mut decoder = Decoder { findings: Vec::new(), extras: Vec::new(), in_template: false };
        let path = Path { parent: None, step: Step::Key("") };
        let deployment = decoder.structure(&DEPLOYMENT, object, Minors::ALL, &path);
        let root = take(take(deployment, &DEPLOYMENT, "spec"), &DEPLOYMENT_SPEC, "template");
        Template { root, extras: decoder.extras, findings: decoder.findings }
    }

    /// What decoding found, in the order of the text's fields.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// A digest that is equal for templates that mean the same to every version: numbers of revisions rest on it.
    pub fn canonical(&self) -> Digest {
        canonical::digest(self)
    }

    /// The template as `version` sees it.
    pub fn view(&self, version: Version) -> View<'_> {
        View::new(self, version)
    }
}

/// A part of a manifest, decoded: of a struct the entries that are given, and what does not fit the schema.
pub(super) fn part<'n>(
    shape: &'static Struct,
    entries: impl Iterator<Item = &'n yaml::Entry>,
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
    let mut decoder = Decoder { findings: Vec::new(), extras: Vec::new(), in_template: true };
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

/// The way from the root to a node, on the stack: it is written out only for a finding.
struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Path<'_> {
    fn then<'a>(&'a self, step: Step<'a>) -> Path<'a> {
        Path { parent: Some(self), step }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(out);
        }
        match self.step {
            Step::Key("") if self.parent.is_none() => {}
            Step::Key(key) if out.is_empty() => out.push_str(shortened(key)),
            Step::Key(key) => write!(out, ".{}", shortened(key)).expect("a String takes all"),
            Step::Index(index) => write!(out, "[{index}]").expect("a String takes all"),
        }
    }
}

/// The beginning of a key that is longer than any field's.
fn shortened(key: &str) -> &str {
    const LONGEST: usize = 100;
    key.char_indices().nth(LONGEST).map_or(key, |(end, _)| &key[..end])
}

struct Decoder {
    findings: Vec<Finding>,
    extras: Vec<(String, Node)>,
    /// Whether the walk is below `spec.template`: only there unknown fields and timestamps matter.
    in_template: bool,
}

impl Decoder {
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
        entries: impl Iterator<Item = &'n yaml::Entry>,
        known: Minors,
        path: &Path,
    ) -> Slot {
        let mut slots = empty(shape);
        for entry in entries {
            let path = path.then(Step::Key(&entry.key));
            match shape.find(&entry.key) {
                None => self.unknown(shape, entry, &path),
                Some(place) => {
                    let (field, slot) = locate(shape, &mut slots, place);
                    *slot = self.field(field, &entry.value, known.and(field.present), &path);
                }
            }
        }
        Slot::Struct(slots)
    }

    fn field(&mut self, field: &'static Field, node: &Node, known: Minors, path: &Path) -> Slot {
        if node.is_null() {
            return Slot::Absent;
        }
        if field.present != Minors::ALL || field.counts != Minors::ALL {
            let problem = Problem::NotEverywhere { present: field.present, counts: field.counts };
            self.findings.push(Finding { path: path.text(), span: node.span, problem, known });
        }
        self.value(&field.ty, node, known, path)
    }

    fn value(&mut self, ty: &'static Type, node: &Node, known: Minors, path: &Path) -> Slot {
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
            (Type::RawJson, _) => Slot::RawJson(yaml::json_text(node).into()),
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
            Ok(quantity) => Slot::Quantity(Box::new(quantity)),
            Err(bad) => self.found(node, Problem::Quantity(bad), known, path),
        }
    }

    fn timestamp(&mut self, node: &Node, known: Minors, path: &Path) -> Slot {
        match node.value {
            Value::String(_) if !self.in_template => Slot::Absent,
            Value::String(_) => self.found(node, Problem::Timestamp, known, path),
            _ => self.wrong(node, "a timestamp", known, path),
        }
    }

    fn unknown(&mut self, shape: &'static Struct, entry: &yaml::Entry, path: &Path) {
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

/// The slots of a struct without any value; embedded structs are always there.
fn empty(shape: &'static Struct) -> Box<[Slot]> {
    let slot = |field: &'static Field| match field.ty {
        Type::Struct(inner) if field.inline => Slot::Struct(empty(inner)),
        _ => Slot::Absent,
    };
    shape.fields.iter().map(slot).collect()
}

/// The field and its slot, in the struct or in one embedded there.
fn locate<'s>(
    shape: &'static Struct,
    slots: &'s mut [Slot],
    place: super::schema::Index,
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
