//! A template with its defaults as JSON: what the API server would show of it.

use super::schema::Field;
use super::slot::IntOrString;
use super::walk::{Holder, Leaf, Sink};
use serde_json::{Map, Value};

/// Builds the object as the walk goes; what is unset is left out.
pub(super) struct Explain {
    open: Vec<(Into, Value)>,
    into: Into,
    done: Value,
}

/// Where the value that follows goes.
#[derive(Clone)]
enum Into {
    Root,
    Field(&'static Field),
    Element,
    Key(String),
}

impl Explain {
    pub fn new() -> Self {
        Explain { open: Vec::new(), into: Into::Root, done: Value::Null }
    }

    pub fn finish(self) -> Value {
        self.done
    }

    fn put(&mut self, into: Into, value: Value) {
        match (self.open.last_mut(), into) {
            (None, _) => self.done = value,
            (Some((_, Value::Array(list))), _) => list.push(value),
            (Some((_, Value::Object(map))), Into::Key(key)) => _ = map.insert(key, value),
            (Some((_, Value::Object(map))), Into::Field(field)) => set(map, field, value),
            _ => {}
        }
    }
}

/// A field of an object: an embedded struct's fields stand in it directly.
fn set(map: &mut Map<String, Value>, field: &Field, value: Value) {
    match value {
        Value::Object(inner) if field.inline => map.extend(inner),
        Value::Object(inner) if inner.is_empty() && !field.pointer => {}
        value => _ = map.insert(field.json.to_owned(), value),
    }
}

impl Sink for Explain {
    fn field(&mut self, field: &'static Field) {
        self.into = Into::Field(field);
    }

    fn element(&mut self) {
        self.into = Into::Element;
    }

    fn key(&mut self, key: &str) {
        self.into = Into::Key(key.to_owned());
    }

    fn open(&mut self, holder: Holder) {
        let empty = if holder == Holder::List { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        self.open.push((self.into.clone(), empty));
    }

    fn close(&mut self, _: Holder) {
        if let Some((into, value)) = self.open.pop() {
            self.put(into, value);
        }
    }

    fn nil(&mut self) {}

    fn leaf(&mut self, leaf: Leaf<'_>) {
        let optional = matches!(self.into, Into::Field(field) if !field.pointer);
        let value = match leaf {
            Leaf::Bool(false) | Leaf::Int(0) | Leaf::Text("") if optional => return,
            Leaf::Bool(value) => value.into(),
            Leaf::Int(number) => number.into(),
            Leaf::Text(text) => text.into(),
            Leaf::Quantity(quantity) => quantity.wire().unwrap_or_default().into(),
            Leaf::IntOrString(IntOrString::Int(number)) => (*number).into(),
            Leaf::IntOrString(IntOrString::String(text)) => (&**text).into(),
            Leaf::Time => return,
            Leaf::RawJson(json) => serde_json::from_str(json).unwrap_or_default(),
        };
        self.put(self.into.clone(), value);
    }
}
