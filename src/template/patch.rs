//! The bytes that a ControllerRevision holds: the template as JSON, in a strategic merge patch that puts it in place of
//! another. StatefulSets are named after them, and DaemonSets and StatefulSets compare them.
//! Source: kubernetes `pkg/controller/statefulset/stateful_set_utils.go` getPatch, `pkg/controller/daemon/update.go`
//! getPatch. Both write the object, read it as a map, and write that, so keys are sorted and numbers were floats once.

use super::schema::Field;
use super::slot::IntOrString;
use super::walk::{Holder, Leaf, Nothing, Sink};
use crate::kubernetes::Version;
use crate::yaml;
use serde_json::Value;
use std::ops::Range;

/// What stands before the template's own fields: the patch's directive sorts before them.
const HEAD: &str = r#"{"spec":{"template":{"$patch":"replace""#;
const TAIL: &str = "}}}";

/// Writes the patch as the walk goes.
pub(super) struct Patch {
    version: Version,
    text: String,
    open: Vec<Open>,
    /// The fields so far of the structs that are open, in the order of their declaration.
    members: Vec<Member>,
    next: Next,
    /// Where the fields of a struct are put in order.
    sorted: String,
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
    /// Where its text begins: its holder's, where it is embedded.
    start: usize,
    /// How many fields there were before its own.
    members: usize,
}

/// A field that was written: the name, and where both are.
struct Member {
    json: &'static str,
    range: Range<usize>,
}

impl Patch {
    pub fn new(version: Version) -> Self {
        let (text, open, members, sorted) = Default::default();
        Patch { version, text, open, members, next: Next::Root, sorted }
    }

    pub fn finish(self) -> String {
        self.text
    }

    /// Writes a value, unless it is an empty one of a field that is then left out.
    fn put(&mut self, is_empty: bool, write: impl FnOnce(&mut String)) {
        match self.next {
            Next::Field(field) if is_empty && !field.written.has(self.version) => {}
            Next::Field(field) => {
                self.begin(field);
                write(&mut self.text);
                self.end();
            }
            Next::Root | Next::Item => write(&mut self.text),
        }
    }

    /// Writes the name of a field, whose value follows.
    fn begin(&mut self, field: &'static Field) {
        self.comma();
        let start = self.text.len();
        self.members.push(Member { json: field.json, range: start..start });
        self.text.push('"');
        self.text.push_str(field.json);
        self.text.push_str("\":");
    }

    /// Ends the field that was begun last and is not ended: what came after it has been closed.
    fn end(&mut self) {
        if let Some(member) = self.members.last_mut() {
            member.range.end = self.text.len();
        }
    }

    /// Puts the fields of a struct in the order of their names.
    fn sort(&mut self, open: &Open) {
        let members = &mut self.members[open.members..];
        if members.is_sorted_by_key(|member| member.json) {
            return;
        }
        let start = members[0].range.start;
        members.sort_unstable_by_key(|member| member.json);
        self.sorted.clear();
        for member in members {
            self.sorted.push_str(&self.text[member.range.clone()]);
            self.sorted.push(',');
        }
        self.text.truncate(start);
        self.text.push_str(&self.sorted[..self.sorted.len() - 1]);
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
        if let (Some(field), Some(outer)) = (field.filter(|field| field.inline), self.open.last()) {
            let Open { start, members, .. } = *outer;
            return self.open.push(Open { field: Some(field), start, members });
        }
        if let Some(field) = field {
            self.begin(field);
        }
        self.open.push(Open { field, start: self.text.len(), members: self.members.len() });
        self.text.push_str(match (holder, self.next) {
            (_, Next::Root) => HEAD,
            (Holder::List, _) => "[",
            (Holder::Struct | Holder::Map, _) => "{",
        });
    }

    fn close(&mut self, holder: Holder) {
        let Some(open) = self.open.pop() else { return };
        if open.field.is_some_and(|field| field.inline) {
            return;
        }
        if holder == Holder::Struct {
            self.sort(&open);
            self.members.truncate(open.members);
        }
        self.text.push_str(match holder {
            _ if self.open.is_empty() => TAIL,
            Holder::List => "]",
            Holder::Struct | Holder::Map => "}",
        });
        if open.field.is_some() {
            self.end();
        }
    }

    fn nil(&mut self) {
        self.put(true, |text| text.push_str("null"));
    }

    fn unwritten(&mut self, field: &'static Field, nothing: Nothing) {
        if field.written.has(self.version) {
            self.field(field);
            match nothing {
                Nothing::Nil => self.nil(),
                Nothing::Zero(zero) => self.leaf(zero),
            }
        }
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
