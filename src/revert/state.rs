//! One of the two texts, with the workload in it.

use super::place::Place;
use super::refused::{Refused, Side};
use crate::manifest::{self, Identity, Object, image_entries};
use crate::text::Untrusted;
use crate::yaml::{self, Anchor, Dialect, Document, Node, Span, Stream};

/// A text that was read, and what of it is meant: an object, or an entry of a kustomization's images.
#[derive(Clone)]
pub(super) struct State<'t> {
    pub text: &'t str,
    pub documents: Vec<Document>,
    pub anchors: Vec<Anchor>,
    /// Where what is meant stands.
    at: Span,
    template_path: Option<&'static [&'static str]>,
}

/// What may have it as an item: lists of objects, and the images of kustomizations.
const LISTS: [&str; 3] = ["items", "images", "imageTags"];

impl<'t> State<'t> {
    pub fn read(text: &'t [u8], identity: &Identity, side: Side) -> Result<Self, Refused> {
        let reading = manifest::read(text, Dialect::Kubectl);
        if let Some(error) = reading.unreadable() {
            return Err(Refused::unreadable(text, error.at, error.message(), side));
        }
        let object = find(reading.objects, identity).ok_or(Refused::NotThere(side))?;
        let documents = Stream::parse(text, Dialect::Kubectl).documents;
        Ok(Self::of(text, documents, object.span, object.template_path()))
    }

    /// A kustomization, in which the entry of an image with that name is meant.
    pub fn of_image(text: &'t [u8], name: &str, side: Side) -> Result<Self, Refused> {
        let Stream { documents, error, .. } = Stream::parse(text, Dialect::Kubectl);
        if let Some(error) = &error {
            return Err(Refused::unreadable(text, error.at, error.message(), side));
        }
        let is_its = |entry: &&Node| entry.get("name").and_then(Node::as_str) == Some(name);
        let entry = documents.iter().flat_map(|document| image_entries(&document.root)).find(is_its);
        let missing =
            || Refused::Missing { side, field: format!("entry for the image `{}`", Untrusted::from(name).terminal()) };
        let at = entry.ok_or_else(missing)?.span;
        Ok(Self::of(text, documents, at, None))
    }

    fn of(text: &'t [u8], documents: Vec<Document>, at: Span, template_path: Option<&'static [&'static str]>) -> Self {
        let anchors = yaml::anchors(text, Dialect::Kubectl);
        let text = std::str::from_utf8(text).expect("what can be read is UTF-8");
        Self { text, documents, anchors, at, template_path }
    }

    /// The keys that lead to the pod template, if there is one.
    pub fn template_path(&self) -> Option<&'static [&'static str]> {
        self.template_path
    }

    /// What is meant, the values of Secrets in it as they are: for the file itself, and never for a message.
    pub fn node(&self) -> &Node {
        let node = self.documents.iter().find_map(|document| match document.span == self.at {
            true => Some(&document.root),
            false => item(&document.root, self.at),
        });
        node.expect("it was read from the text")
    }

    /// Whether it is a document of its own.
    pub fn is_document(&self) -> bool {
        self.documents.iter().any(|document| document.span == self.at)
    }

    /// What a reader must find after a change: the documents, with other values at some paths of what is meant.
    pub fn with(&self, values: &[(&[&str], Node)]) -> Vec<Document> {
        let mut documents = self.documents.clone();
        let node = documents.iter_mut().find_map(|document| match document.span == self.at {
            true => Some(&mut document.root),
            false => item_mut(&mut document.root, self.at),
        });
        let node = node.expect("it was read from the text");
        for (path, value) in values {
            let at = path.iter().try_fold(&mut *node, |node, key| node.get_mut(key));
            *at.expect("only what there is gets another value") = value.clone();
        }
        documents
    }

    /// Where the value at the end of a path is written, if it has a key of its own; of no path, what is meant.
    pub fn place(&self, path: &[&str]) -> Option<Place> {
        match path.split_last() {
            Some((key, above)) => Place::of(self.text, self.node().at(above)?, key),
            None => Place::of_object(&self.text[..self.document()?.span.range().end], self.node()),
        }
    }

    /// Whether its document is JSON, and to stay so.
    pub fn is_json(&self) -> bool {
        self.document().is_some_and(|document| is_json(&self.text[document.span.range()]))
    }

    /// The document that it is, or is in.
    pub fn document(&self) -> Option<&Document> {
        let Span { start, end } = self.at;
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
fn item(node: &Node, span: Span) -> Option<&Node> {
    let items = LISTS.iter().filter_map(|list| node.get(list)).flat_map(Node::items);
    items.into_iter().find_map(|node| if node.span == span { Some(node) } else { item(node, span) })
}

fn item_mut(node: &mut Node, span: Span) -> Option<&mut Node> {
    let list = LISTS.into_iter().find(|list| {
        node.get(list)
            .is_some_and(|list| list.items().iter().any(|node| node.span == span || item(node, span).is_some()))
    })?;
    let yaml::Value::Sequence(items) = &mut node.get_mut(list)?.value else { return None };
    items.iter_mut().find_map(|node| if node.span == span { Some(node) } else { item_mut(node, span) })
}
