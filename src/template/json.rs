//! Part of a template as Go's `encoding/json` writes it: the fields in the order of declaration, what is empty left out.

use super::schema::Field;
use super::slot::IntOrString;
use super::walk::{Holder, Leaf, Sink};
use crate::kubernetes::Version;
use crate::yaml;

/// Writes the text as the walk goes.
pub(super) struct Json {
    version: Version,
    text: String,
    /// The field that follows; none before an element, a value of a map or the whole.
    field: Option<&'static Field>,
    /// Whether each struct that is open is embedded in its holder.
    inline: Vec<bool>,
}

impl Json {
    pub fn new(version: Version) -> Self {
        Json { version, text: String::new(), field: None, inline: Vec::new() }
    }

    pub fn finish(self) -> String {
        self.text
    }

    fn comma(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(['{', '[', ':']) {
            self.text.push(',');
        }
    }

    /// Gets ready for a value; false if it is an empty one that is left out.
    fn begin(&mut self, is_empty: bool) -> bool {
        let Some(field) = self.field.take() else { return true };
        if is_empty && !field.written.has(self.version) {
            return false;
        }
        self.comma();
        self.text.extend(["\"", field.json, "\":"]);
        true
    }
}

impl Sink for Json {
    fn field(&mut self, field: &'static Field) {
        self.field = Some(field);
    }

    fn element(&mut self) {
        self.comma();
    }

    fn key(&mut self, key: &str) {
        self.comma();
        yaml::json_string(key, &mut self.text);
        self.text.push(':');
    }

    fn open(&mut self, holder: Holder) {
        let inline = holder == Holder::Struct && self.field.is_some_and(|field| field.inline);
        self.inline.push(inline);
        if inline {
            self.field = None;
        } else {
            self.begin(false);
            self.text.push(if holder == Holder::List { '[' } else { '{' });
        }
    }

    fn close(&mut self, holder: Holder) {
        if self.inline.pop() == Some(false) {
            self.text.push(if holder == Holder::List { ']' } else { '}' });
        }
    }

    fn nil(&mut self) {
        if self.begin(true) {
            self.text.push_str("null");
        }
    }

    fn leaf(&mut self, leaf: Leaf<'_>) {
        let zero = matches!(leaf, Leaf::Bool(false) | Leaf::Int(0) | Leaf::Text("") | Leaf::Time);
        if !self.begin(zero && self.field.is_some_and(|field| !field.pointer)) {
            return;
        }
        match leaf {
            Leaf::Bool(value) => self.text.push_str(if value { "true" } else { "false" }),
            Leaf::Int(number) => self.text.push_str(itoa::Buffer::new().format(number)),
            Leaf::Text(text) => yaml::json_string(text, &mut self.text),
            Leaf::Quantity(quantity) => yaml::json_string(&quantity.wire().unwrap_or_default(), &mut self.text),
            Leaf::IntOrString(IntOrString::Int(number)) => self.text.push_str(itoa::Buffer::new().format(*number)),
            Leaf::IntOrString(IntOrString::String(text)) => yaml::json_string(text, &mut self.text),
            Leaf::Time => self.text.push_str("null"),
            Leaf::RawJson(json) => self.text.push_str(json),
        }
    }
}
