//! An object that rules look at.

use super::finding::{Finding, Spot, When};
use crate::kubernetes::Kind;
use crate::manifest::{Identity, Object};
use crate::snapshot::{File, Place};
use crate::template::Template;
use crate::text::Untrusted;
use crate::yaml::{Node, Span, Value, position};
use std::cell::OnceCell;

/// An object of one of the two states, where it stands.
#[derive(Debug)]
pub struct Subject<'s> {
    pub when: When,
    pub file: &'s File,
    pub object: &'s Object,
    pub place: Place,
    template: OnceCell<Template>,
}

impl<'s> Subject<'s> {
    pub(super) fn new(when: When, file: &'s File, place: Place, object: &'s Object) -> Self {
        Subject { when, file, object, place, template: OnceCell::new() }
    }

    /// What it is called.
    pub fn identity(&self) -> &'s Identity {
        &self.object.identity
    }

    /// Its kind, if it is one that the tool knows.
    pub fn kind(&self) -> Option<Kind> {
        Kind::of(&self.identity().kind)
    }

    /// The same of a workload.
    pub fn workload(&self) -> Option<Kind> {
        self.kind().filter(|kind| kind.is_workload())
    }

    /// The same of one whose controller keeps revisions.
    pub fn revisioned(&self) -> Option<Kind> {
        self.kind().filter(|kind| kind.has_revisions())
    }

    /// Its pod template, decoded; that of what is no workload is empty.
    pub fn template(&self) -> &Template {
        self.template.get_or_init(|| match self.workload() {
            Some(_) => Template::decode(self.object.template_holder()),
            None => Template::default(),
        })
    }

    /// What stands at a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&'s Node> {
        self.object.node().at(path)
    }

    /// The line that it begins on, from 1.
    pub fn line(&self) -> u32 {
        position(&self.file.contents.text, self.object.node().span.start as usize).line
    }

    /// A finding where a path of keys leads, or as near to it as the object goes.
    pub fn find(&self, path: &[&str], message: impl Into<Untrusted>) -> Finding<'s> {
        self.find_at(nearest(self.object, path), message)
    }

    /// A finding at bytes of its file.
    pub fn find_at(&self, span: Span, message: impl Into<Untrusted>) -> Finding<'s> {
        let (path, file) = (&self.file.path, Some(self.file));
        let at = Spot { when: self.when, path, file, object: Some(self.object), span: Some(span) };
        Finding::new(at, message)
    }
}

/// How people call an object: `deploy/web`.
pub(super) fn called(identity: &Identity) -> String {
    let kind = Kind::of(&identity.kind).map_or_else(|| identity.kind.to_lowercase(), Kind::short);
    format!("{kind}/{}", identity.name)
}

/// The key that a path leads to, with its value where that is on the same line; of a path that is not all there the last
/// key that is; of none the name of the object.
fn nearest(object: &Object, path: &[&str]) -> Span {
    let (mut node, mut span) = (object.node(), None);
    for key in path {
        let Some(entry) = node.entries().iter().find(|entry| entry.key == *key) else { break };
        let is_scalar = !matches!(entry.value.value, Value::Mapping(_) | Value::Sequence(_));
        let end = if is_scalar { entry.value.span.end } else { entry.key_span.end };
        span = Some(Span { start: entry.key_span.start, end: end.max(entry.key_span.end) });
        node = &entry.value;
    }
    let name = || object.node().at(&["metadata", "name"]).map(|name| name.span);
    span.or_else(name).unwrap_or(object.span)
}
