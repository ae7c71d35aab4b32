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
