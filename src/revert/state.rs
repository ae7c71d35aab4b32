//! One of the two texts, with the workload in it.

use super::place::Place;
use super::refused::{Refused, Side};
use crate::manifest::{self, Identity, Object};
use crate::yaml::{self, Anchor, Dialect, Document, Node, Span, Stream};

/// A text that was read, and which object of it is meant.
#[derive(Clone)]
pub(super) struct State<'t> {
    pub text: &'t str,
    pub object: Object,
    pub documents: Vec<Document>,
    pub anchors: Vec<Anchor>,
}

impl<'t> State<'t> {
    pub fn read(text: &'t [u8], identity: &Identity, side: Side) -> Result<Self, Refused> {
        let reading = manifest::read(text, Dialect::Kubectl);
        if let Some(error) = reading.unreadable() {
            let line = yaml::position(text, error.at.start as usize).line;
            return Err(Refused::Unreadable { side, line, problem: error.message() });
        }
        let object = find(reading.objects, identity).ok_or(Refused::NotThere(side))?;
        let documents = Stream::parse(text, Dialect::Kubectl).documents;
        let anchors = yaml::anchors(text, Dialect::Kubectl);
        let text = std::str::from_utf8(text).expect("what can be read is UTF-8");
        Ok(Self { text, object, documents, anchors })
    }

    /// The object's node, the values of Secrets in it as they are: for the file itself, and never for a message.
    pub fn node(&self) -> &Node {
        let node = self.documents.iter().find_map(|document| match document.span == self.object.span {
            true => Some(&document.root),
            false => item(&document.root, self.object.span),
        });
        node.expect("the object was read from the text")
    }

    /// What a reader must find after a change: the documents, with other values at some paths of the object.
    pub fn with(&self, values: &[(&[&str], Node)]) -> Vec<Document> {
        let mut documents = self.documents.clone();
        let node = documents.iter_mut().find_map(|document| match document.span == self.object.span {
            true => Some(&mut document.root),
            false => item_mut(&mut document.root, self.object.span),
        });
        let node = node.expect("the object was read from the text");
        for (path, value) in values {
            let at = path.iter().try_fold(&mut *node, |node, key| node.get_mut(key));
            *at.expect("only what there is gets another value") = value.clone();
        }
        documents
    }

    /// Where the value at the end of a path is written, if it has a key of its own; of no path, the object.
    pub fn place(&self, path: &[&str]) -> Option<Place> {
        match path.split_last() {
            Some((key, above)) => Place::of(self.text, self.node().at(above)?, key),
            None => Place::of_object(&self.text[..self.document()?.span.range().end], self.node()),
        }
    }

    /// Whether the object's document is JSON, and to stay so.
    pub fn is_json(&self) -> bool {
        self.document().is_some_and(|document| is_json(&self.text[document.span.range()]))
    }

    /// The document that the object is, or is in.
    fn document(&self) -> Option<&Document> {
        let Span { start, end } = self.object.span;
        self.documents.iter().find(|document| document.span.start <= start && end <= document.span.end)
    }

    pub fn line(&self, at: usize) -> u32 {
        yaml::position(self.text.as_bytes(), at).line
    }
}

/// Whether a text is one value of JSON.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// The last one with that identity, as kubectl applies it last. Groups of the API do not matter, and a namespace may have
/// come or gone where there is only one such object.
fn find(mut objects: Vec<Object>, identity: &Identity) -> Option<Object> {
    objects.retain(|object| object.identity.kind == identity.kind && object.identity.name == identity.name);
    if let Some(at) = objects.iter().rposition(|object| object.identity.namespace == identity.namespace) {
        return Some(objects.swap_remove(at));
    }
    objects.retain(|object| object.identity.namespace.is_none() || identity.namespace.is_none());
    (objects.len() == 1).then(|| objects.remove(0))
}

/// The item of a list, or of a list in it, at a place.
fn item(list: &Node, span: Span) -> Option<&Node> {
    let items = list.get("items")?.items().iter();
    items.into_iter().find_map(|node| if node.span == span { Some(node) } else { item(node, span) })
}

fn item_mut(list: &mut Node, span: Span) -> Option<&mut Node> {
    let yaml::Value::Sequence(items) = &mut list.get_mut("items")?.value else { return None };
    items.iter_mut().find_map(|node| if node.span == span { Some(node) } else { item_mut(node, span) })
}
