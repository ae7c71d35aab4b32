//! All places of one object.

use super::compare::{Sink, walk};
use super::path::{Here, Path};
use super::{Equality, Op};
use crate::manifest::Object;
use crate::template::Shape;
use crate::yaml::{Node, Span};

/// A place of an object.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    pub path: Path<'a>,
    pub node: &'a Node,
    /// Where it is written, the key included.
    pub span: Span,
    /// How many steps lead to it.
    pub depth: usize,
}

impl Place<'_> {
    /// Whether it is a field: a value, and not what holds others.
    pub fn is_field(&self) -> bool {
        self.node.entries().is_empty() && self.node.items().is_empty()
    }
}

/// The places of an object in the order of the text, each before what it holds; the first is the object.
///
/// ```
/// use rollbook::{diff::places, manifest::read, yaml::Dialect};
/// let text = b"{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: web, image: 'web:1.4'}]}}";
/// let objects = read(text, Dialect::Kubectl).objects;
/// let places = places(&objects[0]);
/// let fields: Vec<_> = places.iter().filter(|place| place.is_field()).collect();
/// assert_eq!(fields[4].path.shown().as_str(), "spec.containers[name=web].image");
/// assert_eq!(&text[fields[4].span.range()], b"image: 'web:1.4'");
/// ```
pub fn places(object: &Object) -> Vec<Place<'_>> {
    let mut places = Places(Vec::new());
    walk(object.node(), object.node(), Shape::of(&object.identity.kind), &mut places);
    places.0
}

struct Places<'a>(Vec<Place<'a>>);

/// Told of an object beside itself, in which nothing is changed.
impl<'a> Sink<'a> for Places<'a> {
    fn both(&mut self, here: &Here<'_, 'a>, _: Shape) {
        let path = here.path();
        let depth = path.depth();
        self.0.extend(here.new.map(|side| Place { path, node: side.node, span: side.span(), depth }));
    }

    fn changed(&mut self, _: &Here<'_, 'a>, _: Op, _: Option<Equality>) {}
}
