//! From a text to its objects.

use memchr::memmem;

use super::{Error, Identity, Object, Problem, seal};
use crate::yaml::{self, Dialect, Document, Node, Span, Stream, Value, Warning};

/// What a text holds. What is wrong with one document does not keep the others from being given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    pub objects: Vec<Object>,
    pub warnings: Vec<Warning>,
    /// Documents that are no objects, and last why the text cannot be read to its end, if so.
    pub errors: Vec<Error>,
}

impl Reading {
    /// Why the text cannot be read to its end, if it cannot.
    pub fn unreadable(&self) -> Option<&Error> {
        self.errors.iter().find(|error| matches!(error.problem, Problem::Unreadable(_)))
    }
}

/// Reads the objects of a text, those in lists too.
///
/// ```
/// use rollbook::manifest::read;
/// use rollbook::yaml::Dialect;
///
/// let reading = read(b"{apiVersion: v1, kind: Pod, metadata: {name: web}}", Dialect::Kubectl);
/// assert_eq!(reading.objects[0].identity.name, "web");
/// ```
pub fn read(text: &[u8], dialect: Dialect) -> Reading {
    let stream = Stream::parse(text, dialect);
    let mut reading = Reading { warnings: stream.warnings, ..Reading::default() };
    for Document { root, span } in stream.documents {
        reading.take(text, root, span);
    }
    if let Some(yaml::Error { problem, at }) = stream.error {
        let may_be_secret = mentions_secret(text);
        reading.errors.push(Error { problem: Problem::Unreadable(problem), at, may_be_secret });
    }
    reading
}

impl Reading {
    /// An object, or a list whose items are taken (kubectl flattens them: `resource.FlattenListVisitor`).
    fn take(&mut self, text: &[u8], mut node: Node, span: Span) {
        if is_list(&node) {
            return self.take_items(text, node, span);
        }
        match identity(&node) {
            Ok(identity) => {
                if identity.kind == "Secret" {
                    seal::seal(&mut node);
                }
                self.objects.push(Object::new(identity, node, span));
            }
            Err((problem, at)) => {
                let may_be_secret = mentions_secret(&text[span.range()]);
                self.errors.push(Error { problem, at, may_be_secret });
            }
        }
    }

    fn take_items(&mut self, text: &[u8], mut list: Node, span: Span) {
        let Some(items) = list.get_mut("items") else { return };
        match std::mem::replace(&mut items.value, Value::Null) {
            Value::Sequence(items) => {
                for item in items {
                    let span = item.span;
                    self.take(text, item, span);
                }
            }
            Value::Null => {}
            _ => {
                let (at, may_be_secret) = (items.span, mentions_secret(&text[span.range()]));
                self.errors.push(Error { problem: Problem::Items, at, may_be_secret });
            }
        }
    }
}

/// apimachinery's `UnstructuredJSONScheme` takes whatever has a field `items` for a list; here its kind must say so
/// too, so that a custom resource with such a field is read as one.
fn is_list(node: &Node) -> bool {
    let kind = node.get("kind").and_then(Node::as_str);
    kind.is_some_and(|kind| kind.ends_with("List")) && node.get("items").is_some()
}

fn identity(node: &Node) -> Result<Identity, (Problem, Span)> {
    let what = match &node.value {
        Value::Mapping(_) => return Identity::of(node),
        Value::Sequence(_) => "a sequence",
        Value::String(_) | Value::Sealed(_) => "a string",
        Value::Int(_) | Value::Float(_) => "a number",
        Value::Bool(_) => "a boolean",
        Value::Null => "null",
    };
    Err((Problem::NotAMapping(what), node.span))
}

/// Whether a text may be a Secret's: it has the word, or one that an escape could make it.
fn mentions_secret(text: &[u8]) -> bool {
    memmem::find(text, b"Secret").is_some()
        || memmem::find(text, b"stringData").is_some()
        || memchr::memchr(b'\\', text).is_some()
        || std::str::from_utf8(text).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(reading: &Reading) -> Vec<&str> {
        reading.objects.iter().map(|object| object.identity.name.as_str()).collect()
    }

    #[test]
    fn lists_are_taken_apart_and_each_item_has_its_place() {
        let text = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- kind: PodList\n  \
                    items:\n  - {apiVersion: v1, kind: Pod, metadata: {name: b}}\n- {kind: Pod}\n---\nkind: DeploymentList\nitems: null\n";
        let reading = read(text.as_bytes(), Dialect::Kubectl);
        assert_eq!(names(&reading), ["a", "b"]);
        let sources: Vec<_> = reading.objects.iter().map(|object| &text[object.span.range()]).collect();
        assert_eq!(sources[1], "{apiVersion: v1, kind: Pod, metadata: {name: b}}");
        assert_eq!(reading.errors.len(), 1);
        assert_eq!(reading.errors[0].problem, Problem::Missing("apiVersion"));
        assert_eq!(&text[reading.errors[0].at.range()], "{kind: Pod}");
    }

    #[test]
    fn what_is_no_object_is_told_and_the_others_are_given() {
        let text = "a: 1\n---\n- 2\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\nb: [\n";
        let reading = read(text.as_bytes(), Dialect::Kubectl);
        let problems: Vec<_> = reading.errors.iter().map(|error| &error.problem).collect();
        assert_eq!(names(&reading), ["a"]);
        assert_eq!(problems[..2], [&Problem::Missing("apiVersion"), &Problem::NotAMapping("a sequence")]);
        assert_eq!(reading.unreadable(), Some(&reading.errors[2]));
    }

    #[test]
    fn a_document_that_may_be_a_secret_is_marked() {
        for (text, may_be_secret) in [
            ("kind: Secret\nstringData: {a: hunter2}", true),
            ("kind: \"\\u0053ecret\"\nstringData: {a: hunter2}", true),
            ("kind: Secret\ndata: [", true),
            ("kind: Pod", false),
            ("kind: Pod\ndata: [", false),
        ] {
            let reading = read(text.as_bytes(), Dialect::Kubectl);
            assert_eq!(reading.errors[0].may_be_secret, may_be_secret, "{text}");
            assert!(!reading.errors[0].message().contains("hunter2"));
        }
    }

    #[test]
    fn no_value_of_a_secret_is_shown() {
        let secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations:\n    a: shown\n    \
                      kubectl.kubernetes.io/last-applied-configuration: '{hunter2}'\ndata: {k: hunter2}\nstringData: \
                      {k: [hunter2, {o: hunter2}], m: 7}\n";
        let list = format!("kind: List\nitems:\n- {}", secret.replace('\n', "\n  "));
        for text in [secret, &list] {
            let reading = read(text.as_bytes(), Dialect::Kubectl);
            let object = &reading.objects[0];
            let shown = format!("{object:?} {} {:?}", object.to_json(), reading.errors);
            assert!(!shown.contains("hunter2") && !shown.contains("Int(7)"), "{shown}");
            assert_eq!(
                object.to_json()["stringData"],
                serde_json::json!({"k": ["hidden", {"o": "hidden"}], "m": "hidden"})
            );
            assert_eq!(object.annotation("a"), Some("shown"));
        }
    }

    #[test]
    fn sealed_values_are_equal_as_they_were() {
        let data = |value: &str| {
            let text = format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\ndata: {{k: {value}}}\n");
            read(text.as_bytes(), Dialect::Kubectl).objects[0].node().get("data").cloned()
        };
        assert_eq!(data("a"), data("'a'"));
        assert_ne!(data("a"), data("b"));
        assert_ne!(data("1"), data("'1'"));
    }
}
