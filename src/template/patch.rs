//! The bytes that a ControllerRevision holds: the template as JSON, in a strategic merge patch that puts it in place of
//! another. StatefulSets are named after them, and DaemonSets and StatefulSets compare them.
//! Source: kubernetes `pkg/controller/statefulset/stateful_set_utils.go` getPatch, `pkg/controller/daemon/update.go`
//! getPatch. Both write the object, read it as a map, and write that, so keys are sorted and numbers were floats once.

use super::schema::Field;
use super::slot::IntOrString;
use super::walk::{Holder, Leaf, Sink};
use crate::kubernetes::Version;
use crate::yaml;
use serde_json::Value;
use std::ops::Range;

/// What stands before the template's own fields: the patch's directive sorts before them.
const HEAD: &str = r#"{"spec":{"template":{"$patch":"replace","#;
const TAIL: &str = "}}";

/// Writes the patch as the walk goes.
pub(super) struct Patch {
    version: Version,
    text: String,
    open: Vec<Open>,
    next: Next,
}

/// What the value that follows is.
#[derive(Clone, Copy)]
enum Next {
    Root,
    Field(&'static Field),
    /// An element of a list or a value of a map: always written.
    Item,
}

/// A struct, list or map that is being written.
struct Open {
    /// The field that it is; none for the root, an element of a list or a value of a map.
    field: Option<&'static Field>,
    start: usize,
    /// The fields of a struct so far, in the order of their declaration.
    fields: Vec<(&'static str, Range<usize>)>,
}

impl Patch {
    pub fn new(version: Version) -> Self {
        Patch { version, text: String::new(), open: Vec::new(), next: Next::Root }
    }

    pub fn finish(self) -> String {
        self.text
    }

    /// Writes a value, unless it is an empty one of a field that is then left out.
    fn put(&mut self, is_empty: bool, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        match self.next {
            Next::Field(field) if is_empty && !field.written.has(self.version) => {}
            Next::Field(field) => {
                write(&mut self.text);
                self.member(field.json, start);
            }
            Next::Root | Next::Item => write(&mut self.text),
        }
    }

    /// Takes what was written since `start` for a field of the struct that is open.
    fn member(&mut self, json: &'static str, start: usize) {
        let end = self.text.len();
        if let Some(open) = self.open.last_mut() {
            open.fields.push((json, start..end));
        }
    }

    /// Puts the fields of a struct in the order of their names, with the names.
    fn close_struct(&mut self, open: &mut Open) {
        open.fields.sort_unstable_by_key(|(json, _)| *json);
        let is_root = self.open.is_empty();
        let mut sorted = String::with_capacity(self.text.len() - open.start + 16 * open.fields.len());
        sorted.push_str(if is_root { HEAD } else { "{" });
        for (index, (json, range)) in open.fields.iter().enumerate() {
            if index > 0 {
                sorted.push(',');
            }
            sorted.extend(["\"", json, "\":", &self.text[range.clone()]]);
        }
        sorted.push_str(if is_root { TAIL } else { "" });
        sorted.push('}');
        self.text.truncate(open.start);
        self.text.push_str(&sorted);
    }

    fn comma(&mut self) {
        if self.open.last().is_some_and(|open| self.text.len() > open.start + 1) {
            self.text.push(',');
        }
    }
}

impl Sink for Patch {
    fn field(&mut self, field: &'static Field) {
        self.next = Next::Field(field);
    }

    fn element(&mut self) {
        self.comma();
        self.next = Next::Item;
    }

    fn key(&mut self, key: &str) {
        self.comma();
        yaml::json_string(key, &mut self.text);
        self.text.push(':');
        self.next = Next::Item;
    }

    fn open(&mut self, holder: Holder) {
        let field = match self.next {
            Next::Field(field) => Some(field),
            Next::Root | Next::Item => None,
        };
        let start = self.text.len();
        self.open.push(Open { field, start, fields: Vec::new() });
        match holder {
            Holder::Struct => {}
            Holder::List => self.text.push('['),
            Holder::Map => self.text.push('{'),
        }
    }

    fn close(&mut self, holder: Holder) {
        let Some(mut open) = self.open.pop() else { return };
        let field = open.field;
        match (holder, field, self.open.last_mut()) {
            (Holder::Struct, Some(field), Some(holder)) if field.inline => {
                return holder.fields.append(&mut open.fields);
            }
            (Holder::Struct, ..) => self.close_struct(&mut open),
            (Holder::List, ..) => self.text.push(']'),
            (Holder::Map, ..) => self.text.push('}'),
        }
        if let Some(field) = field {
            self.member(field.json, open.start);
        }
    }

    fn nil(&mut self) {
        self.put(true, |text| text.push_str("null"));
    }

    fn leaf(&mut self, leaf: Leaf<'_>) {
        let is_pointer = matches!(self.next, Next::Field(field) if field.pointer);
        let is_empty = match leaf {
            Leaf::Bool(value) => !value && !is_pointer,
            Leaf::Int(number) => number == 0 && !is_pointer,
            Leaf::Text(text) => text.is_empty() && !is_pointer,
            // Go holds no struct for empty, except where a field says so.
            Leaf::Time | Leaf::Quantity(_) | Leaf::IntOrString(_) => !is_pointer,
            Leaf::RawJson(_) => false,
        };
        self.put(is_empty, |text| write(leaf, text));
    }
}

fn write(leaf: Leaf<'_>, out: &mut String) {
    match leaf {
        Leaf::Bool(value) => out.push_str(if value { "true" } else { "false" }),
        Leaf::Int(number) => integer(number, out),
        Leaf::Text(text) => yaml::json_string(text, out),
        Leaf::Quantity(quantity) => yaml::json_string(&quantity.wire().unwrap_or_default(), out),
        Leaf::IntOrString(IntOrString::Int(number)) => integer((*number).into(), out),
        Leaf::IntOrString(IntOrString::String(text)) => yaml::json_string(text, out),
        Leaf::Time => out.push_str("null"),
        Leaf::RawJson(json) => raw(&serde_json::from_str(json).unwrap_or_default(), out),
    }
}

/// A number that went through a float64.
#[expect(clippy::cast_precision_loss, reason = "it is what the controllers do")]
fn integer(number: i64, out: &mut String) {
    const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
    match number.unsigned_abs() <= EXACT {
        true => out.push_str(itoa::Buffer::new().format(number)),
        false => out.push_str(&yaml::float_text(number as f64)),
    }
}

/// The JSON of `FieldsV1`, whose keys are sorted already.
fn raw(value: &Value, out: &mut String) {
    let mut comma = "";
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&yaml::float_text(number.as_f64().unwrap_or_default())),
        Value::String(text) => yaml::json_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for item in items {
                out.push_str(std::mem::replace(&mut comma, ","));
                raw(item, out);
            }
            out.push(']');
        }
        Value::Object(entries) => {
            out.push('{');
            for (key, value) in entries {
                out.push_str(std::mem::replace(&mut comma, ","));
                yaml::json_string(key, out);
                out.push(':');
                raw(value, out);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::template::Template;
    use crate::yaml::{Dialect, Stream};

    fn patch(template: &str, version: &str) -> String {
        let text = format!("spec: {{template: {template}}}");
        let template = Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root);
        template.view(version.parse::<crate::kubernetes::Version>().unwrap()).patch().unwrap()
    }

    #[test]
    fn a_template_is_put_in_place_of_another() {
        let template = "{metadata: {labels: {b: '<&>', a: x}}, spec: {containers: []}}";
        let spec = r#""spec":{"containers":null,"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30}}}}"#;
        let labels = r#""labels":{"a":"x","b":"\u003c\u0026\u003e"}},"#;
        let head = r#"{"spec":{"template":{"$patch":"replace","metadata":{"#;
        assert_eq!(patch(template, "1.33"), format!(r#"{head}"creationTimestamp":null,{labels}{spec}"#));
        assert_eq!(patch(template, "1.34"), format!("{head}{labels}{spec}"));
    }

    #[test]
    fn what_go_writes_though_it_is_empty_and_what_a_float_cannot_hold() {
        for (spec, written) in [
            ("{tolerations: [{tolerationSeconds: 9007199254740993}]}", r#"[{"tolerationSeconds":9007199254740992}]"#),
            ("{tolerations: [{tolerationSeconds: 9223372036854775807}]}", r#":9223372036854776000"#),
            ("{volumes: [{name: v, projected: {}}]}", r#""projected":{"defaultMode":420,"sources":null}}"#),
            ("{containers: [{name: c, env: [{name: E}]}]}", r#""env":[{"name":"E"}],"#),
            ("{containers: [{name: c}]}", r#""name":"c","resources":{},"#),
            ("{containers: [{name: c, readinessProbe: {httpGet: {}}}]}", r#"{"path":"/","port":0,"scheme":"HTTP"}"#),
        ] {
            let patch = patch(&format!("{{spec: {spec}}}"), "1.36");
            assert!(patch.contains(written), "{patch}");
        }
    }
}
