//! A template as one version sees it.

use super::canonical::{Canonical, Digest, HASH_LABEL};
use super::decoded::Template;
use super::dump::{Dump, Out};
use super::explain::Explain;
use super::finding::Finding;
use super::gates::Server;
use super::hash::{Algorithm, Hash, Hasher};
use super::patch::Patch;
use super::schema::POD_TEMPLATE_SPEC;
use super::walk::{Walk, field_of};
use crate::kubernetes::Version;

/// A template and an API server: fields that its version lacks or gates are gone, what it defaults is there.
#[derive(Clone, Copy, Debug)]
pub struct View<'t> {
    template: &'t Template,
    server: Server,
}

impl<'t> View<'t> {
    pub(super) fn new(template: &'t Template, server: Server) -> Self {
        View { template, server }
    }

    /// What keeps the API server of this version from decoding the object.
    pub fn errors(&self) -> impl Iterator<Item = &'t Finding> {
        let version = self.server.version;
        self.template.findings().iter().filter(move |finding| finding.is_error(version))
    }

    /// The hash of a new object with this template; `collision` is the count that a controller keeps, none unless a
    /// name was taken.
    ///
    /// # Errors
    /// The first finding that keeps the API server from decoding the object.
    pub fn hash(&self, collision: Option<i32>) -> Result<Hash, &'t Finding> {
        let mut hasher = Hasher::of(self.server.version);
        self.dumped(&mut hasher)?;
        Ok(hasher.finish(collision))
    }

    /// The text that is hashed: Go's `%#v` of the template, as the controller's spew prints it.
    ///
    /// # Errors
    /// As of [`View::hash`].
    pub fn dump(&self) -> Result<String, &'t Finding> {
        let mut text = String::new();
        self.dumped(&mut text)?;
        Ok(text)
    }

    /// The bytes of the ControllerRevision that is made of the template.
    ///
    /// # Errors
    /// As of [`View::hash`].
    pub fn patch(&self) -> Result<String, &'t Finding> {
        let mut sink = Patch::new(self.server.version);
        self.walk()?.run(&mut sink);
        Ok(sink.finish())
    }

    /// A digest that is equal for templates between which `Semantic.DeepEqual` of apimachinery sees no difference once
    /// the API server of this version has taken them: quantities count by their value.
    ///
    /// # Errors
    /// As of [`View::hash`].
    pub fn semantic(&self) -> Result<Digest, &'t Finding> {
        self.semantic_without(None)
    }

    /// The same without the label that the Deployment controller gives to ReplicaSets, whoever wrote it.
    pub(super) fn semantic_without_hash(&self) -> Result<Digest, &'t Finding> {
        self.semantic_without(Some(HASH_LABEL))
    }

    fn semantic_without(&self, ignored: Option<&'static str>) -> Result<Digest, &'t Finding> {
        let mut sink = Canonical::new(ignored);
        self.walk()?.run(&mut sink);
        Ok(sink.finish())
    }

    /// The images of the containers, in their order.
    ///
    /// # Errors
    /// As of [`View::hash`].
    pub(super) fn images(&self) -> Result<Vec<&'t str>, &'t Finding> {
        let walk = self.walk()?;
        let containers = field_of(&POD_TEMPLATE_SPEC, walk.root, "spec").field("containers");
        Ok(containers.elements().map(|container| container.field("image").slot.text()).collect())
    }

    /// The version that sees it.
    pub fn version(&self) -> Version {
        self.server.version
    }

    /// The template with all that the API server fills in, as an object of `v1.PodTemplateSpec`. What is unset is
    /// left out.
    ///
    /// # Errors
    /// As of [`View::hash`].
    pub fn explain(&self) -> Result<serde_json::Value, &'t Finding> {
        let mut sink = Explain::new();
        self.walk()?.run(&mut sink);
        Ok(sink.finish())
    }

    fn dumped(&self, out: &mut impl Out) -> Result<(), &'t Finding> {
        let walk = self.walk()?;
        let mut sink = Dump::new(out, self.server.version);
        if Algorithm::of(self.server.version).internal {
            walk.run_internal(&mut sink)
        } else {
            walk.run(&mut sink)
        }
        Ok(())
    }

    fn walk(&self) -> Result<Walk<'t>, &'t Finding> {
        match self.errors().next() {
            Some(finding) => Err(finding),
            None => Ok(Walk::new(self.template.root_at(self.server.version), Some(self.server))),
        }
    }
}
