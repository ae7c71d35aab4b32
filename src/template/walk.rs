//! The one walk over a template: along the schema, each field as a version sees it, into a [`Sink`].

use super::gates::Server;
use super::json::Json;
use super::rules;
use super::schema::{API_POD_TEMPLATE_SPEC, CONTAINER, Default, Field, POD_TEMPLATE_SPEC, Struct, Type};
use super::slot::{IntOrString, Slot};
use crate::kubernetes::{Minors, Quantity, Version};
use std::sync::LazyLock;

/// What takes a template in, value by value. Structs, lists and maps open and close; before each value stands a
/// [`Sink::field`], a [`Sink::element`] or a [`Sink::key`].
pub(super) trait Sink {
    /// A field follows.
    fn field(&mut self, field: &'static Field);
    /// An element of a list follows.
    fn element(&mut self);
    /// A value of a map follows, under this key.
    fn key(&mut self, key: &str);
    fn open(&mut self, holder: Holder);
    fn close(&mut self, holder: Holder);
    /// A pointer, list or map that is unset.
    fn nil(&mut self);
    fn leaf(&mut self, leaf: Leaf<'_>);
    /// A field that is not written, with what it holds then.
    fn unwritten(&mut self, field: &'static Field, nothing: Nothing) {
        self.field(field);
        match nothing {
            Nothing::Nil => self.nil(),
            Nothing::Zero(zero) => self.leaf(zero),
        }
    }
}

/// What a field holds that nothing was written into.
#[derive(Clone, Copy, Debug)]
pub(super) enum Nothing {
    Nil,
    Zero(Leaf<'static>),
}

/// What holds other values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    Struct,
    List,
    Map,
}

/// A value that holds no other.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leaf<'a> {
    Bool(bool),
    Int(i64),
    Text(&'a str),
    Quantity(&'a Quantity),
    IntOrString(&'a IntOrString),
    /// The zero time: no other has a name.
    Time,
    RawJson(&'a str),
}

pub(super) static ABSENT: Slot = Slot::Absent;
pub(super) static NO_QUANTITY: LazyLock<Quantity> = LazyLock::new(Quantity::zero);
static NO_PORT: IntOrString = IntOrString::Int(0);

/// A slot with the type that says what is in it.
#[derive(Clone, Copy)]
pub(super) struct Typed<'t> {
    pub ty: &'static Type,
    pub slot: &'t Slot,
    /// The field that it is; none for an element of a list.
    pub field: Option<&'static Field>,
}

/// A field of a struct by its JSON name, whether it is embedded or not.
pub(super) fn field_of<'t>(shape: &'static Struct, slot: &'t Slot, json: &str) -> Typed<'t> {
    let place = shape.find(json).expect("a rule names fields of the schema");
    match place.inline.map(|outer| (&shape.fields[outer].ty, outer)) {
        Some((Type::Struct(inner), outer)) => field_at(inner, &slot.fields()[shape.slot(outer)], place.index),
        _ => field_at(shape, slot, place.index),
    }
}

fn field_at<'t>(shape: &'static Struct, slot: &'t Slot, index: usize) -> Typed<'t> {
    let field = &shape.fields[index];
    Typed { ty: &field.ty, slot: &slot.fields()[shape.slot(index)], field: Some(field) }
}

impl Field {
    /// What it holds where nothing is written, if that is known without a look at the template: there is no default, and
    /// no rule.
    fn nothing(&self) -> Option<Nothing> {
        if self.rule.is_some() || !matches!(self.default, Default::Unset) {
            return None;
        }
        match self.ty {
            _ if self.pointer => Some(Nothing::Nil),
            Type::List(_) | Type::Map(_) | Type::Trie | Type::RawJson => Some(Nothing::Nil),
            Type::Bool => Some(Nothing::Zero(Leaf::Bool(false))),
            Type::Int32 | Type::Int64 => Some(Nothing::Zero(Leaf::Int(0))),
            Type::Text => Some(Nothing::Zero(Leaf::Text(""))),
            Type::Quantity { .. } | Type::IntOrString | Type::Time | Type::Struct(_) => None,
        }
    }
}

impl<'t> Typed<'t> {
    /// A field of the struct that this is.
    pub fn field(self, json: &str) -> Typed<'t> {
        match self.ty {
            Type::Struct(shape) => field_of(shape, self.slot, json),
            _ => Typed { slot: &ABSENT, field: None, ..self },
        }
    }

    /// The elements of the list that this is.
    pub fn elements(self) -> impl Iterator<Item = Typed<'t>> {
        let ty = match self.ty {
            Type::List(element) => element,
            other => other,
        };
        self.slot.elements().iter().map(move |slot| Typed { ty, slot, field: None })
    }
}

/// Where in the template the walk is, as far as a rule asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    Root,
    Metadata,
    InitContainers,
    ReadinessProbe,
    Elsewhere,
}

/// A walk over one template as one API server has it; without one over the union of all, as if every gate were on.
pub(super) struct Walk<'t> {
    pub(super) root: &'t Slot,
    pub(super) version: Option<Version>,
    server: Option<Server>,
    /// The volumes that the version removes, with their mounts.
    pub(super) removed: Vec<&'t str>,
}

impl<'t> Walk<'t> {
    /// A walk over a part of a template, at no version.
    pub fn within() -> Self {
        Walk { root: &ABSENT, version: None, server: None, removed: Vec::new() }
    }

    pub fn new(root: &'t Slot, server: Option<Server>) -> Self {
        let version = server.map(|server| server.version);
        let mut walk = Walk { root, version, server, removed: Vec::new() };
        walk.removed = rules::removed_volumes(&walk, root);
        walk
    }

    /// Feeds the sink with the whole template, as the API has it.
    pub fn run(&self, sink: &mut impl Sink) {
        self.structure(&POD_TEMPLATE_SPEC, self.root, Region::Root, sink);
    }

    /// Feeds the sink with the whole template, as it is hashed up to 1.5: in the types that the API's are converted to.
    pub fn run_internal(&self, sink: &mut impl Sink) {
        self.structure(&API_POD_TEMPLATE_SPEC, self.root, Region::Root, sink);
    }

    /// Whether the version is this one or an older one.
    pub fn is_until(&self, minor: u8) -> bool {
        self.version.is_some_and(|version| version.minor() <= minor)
    }

    /// Whether the version's types have the field.
    pub fn has(&self, field: &Field) -> bool {
        self.version.is_none_or(|version| field.present.has(version))
    }

    /// Whether the API server keeps the field.
    pub fn keeps(&self, field: &Field) -> bool {
        self.server.is_none_or(|server| server.setting(field.gate).unwrap_or_else(|| field.counts.has(server.version)))
    }

    pub fn structure(&self, shape: &'static Struct, slot: &'t Slot, region: Region, sink: &mut impl Sink) {
        sink.open(Holder::Struct);
        let slots = slot.fields();
        for (field, slot) in shape.with(slots).filter(|(field, _)| self.has(field)) {
            match field.nothing() {
                Some(nothing) if !slot.is_set() => sink.unwritten(field, nothing),
                _ => self.slot(shape, slots, (field, slot), region, sink),
            }
        }
        sink.close(Holder::Struct);
    }

    /// One field of a struct, by the rules that look at its neighbours too.
    pub fn slot(
        &self,
        shape: &'static Struct,
        slots: &'t [Slot],
        (field, slot): (&'static Field, &'t Slot),
        region: Region,
        sink: &mut impl Sink,
    ) {
        sink.field(field);
        let region = match (region, field.json) {
            (Region::Root, "metadata") => Region::Metadata,
            (Region::Root, "spec") => Region::Root,
            (Region::Root, "initContainers") => Region::InitContainers,
            (Region::InitContainers, _) => region,
            (Region::Metadata, "annotations") => region,
            (Region::ReadinessProbe, "terminationGracePeriodSeconds") => region,
            (_, "readinessProbe") => Region::ReadinessProbe,
            _ => Region::Elsewhere,
        };
        let kept = if self.keeps(field) { slot } else { &ABSENT };
        match field.rule {
            Some(rule) => {
                rules::apply(rule, &rules::Case { walk: self, shape, slots, field, slot, kept, region }, sink)
            }
            None => self.field(field, kept, region, sink),
        }
    }

    /// A field's value with its default, all rules aside.
    pub fn field(&self, field: &'static Field, slot: &'t Slot, region: Region, sink: &mut impl Sink) {
        match (field.default, slot) {
            (Default::Unset, Slot::Absent) if field.pointer => sink.nil(),
            (Default::Text(text), _) if slot.text().is_empty() && !(field.pointer && slot.is_set()) => {
                sink.leaf(Leaf::Text(text));
            }
            (Default::TextChanged(last, before, after), _)
                if slot.text().is_empty() && !(field.pointer && slot.is_set()) =>
            {
                sink.leaf(Leaf::Text(if self.is_until(last) { before } else { after }));
            }
            (Default::Int(number), Slot::Absent) => sink.leaf(Leaf::Int(number)),
            (Default::Int(number), Slot::Int(0)) if !field.pointer => sink.leaf(Leaf::Int(number)),
            (Default::Bool(value), Slot::Absent) => sink.leaf(Leaf::Bool(value)),
            _ => self.value(&field.ty, slot, region, sink),
        }
    }

    /// The init containers with their defaults in the words of an annotation, in the versions that write one.
    pub fn init_containers_as_json(&self) -> Option<String> {
        const WRITTEN: Minors = Minors::range(6, 7);
        static ELEMENT: Type = Type::Struct(&CONTAINER);
        let version = self.version.filter(|version| WRITTEN.has(*version))?;
        let containers = field_of(&POD_TEMPLATE_SPEC, self.root, "spec").field("initContainers");
        if containers.slot.elements().is_empty() {
            return None;
        }
        let mut sink = Json::new(version);
        self.list(&ELEMENT, containers.slot.elements().iter(), Region::InitContainers, &mut sink);
        Some(sink.finish())
    }

    /// A value of that type.
    pub fn value(&self, ty: &'static Type, slot: &'t Slot, region: Region, sink: &mut impl Sink) {
        match (ty, slot) {
            (Type::Struct(shape), _) => self.structure(shape, slot, region, sink),
            (Type::List(element), _) => self.list(element, slot.elements().iter(), region, sink),
            (Type::Map(element), Slot::Map(entries)) => self.map(element, entries.iter(), sink),
            (Type::Map(_), _) | (Type::Trie | Type::RawJson, Slot::Absent) => sink.nil(),
            (Type::Time, _) => sink.leaf(Leaf::Time),
            (Type::Bool, _) => sink.leaf(Leaf::Bool(matches!(slot, Slot::Bool(true)))),
            (Type::Text, _) => sink.leaf(Leaf::Text(slot.text())),
            (_, Slot::Int(number)) => sink.leaf(Leaf::Int(*number)),
            (_, Slot::Quantity(quantity)) => sink.leaf(Leaf::Quantity(quantity)),
            (_, Slot::IntOrString(port)) => sink.leaf(Leaf::IntOrString(port)),
            (_, Slot::RawJson(json)) => sink.leaf(Leaf::RawJson(json)),
            (Type::Quantity { .. }, _) => sink.leaf(Leaf::Quantity(&NO_QUANTITY)),
            (Type::IntOrString, _) => sink.leaf(Leaf::IntOrString(&NO_PORT)),
            (Type::Int32 | Type::Int64 | Type::RawJson | Type::Trie, _) => sink.leaf(Leaf::Int(0)),
        }
    }

    /// A list, which the way over the wire leaves unset where it has no element.
    pub fn list(
        &self,
        element: &'static Type,
        slots: impl Iterator<Item = &'t Slot>,
        region: Region,
        sink: &mut impl Sink,
    ) {
        let mut slots = slots.peekable();
        if slots.peek().is_none() {
            return sink.nil();
        }
        sink.open(Holder::List);
        for slot in slots {
            sink.element();
            self.value(element, slot, region, sink);
        }
        sink.close(Holder::List);
    }

    /// A map, which the way over the wire leaves unset where it has no key.
    pub fn map(
        &self,
        element: &'static Type,
        entries: impl Iterator<Item = &'t (Box<str>, Slot)>,
        sink: &mut impl Sink,
    ) {
        let mut entries = entries.peekable();
        if entries.peek().is_none() {
            return sink.nil();
        }
        sink.open(Holder::Map);
        for (key, slot) in entries {
            sink.key(key);
            self.value(element, slot, Region::Elsewhere, sink);
        }
        sink.close(Holder::Map);
    }
}
