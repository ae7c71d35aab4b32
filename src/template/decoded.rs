//! A pod template, decoded once for all versions.

use super::annotated;
use super::canonical::{self, Digest};
use super::decode::Decoder;
use super::finding::Finding;
use super::gates::Server;
use super::schema::POD_TEMPLATE_SPEC;
use super::slot::Slot;
use super::view::View;
use super::walk::field_of;
use crate::kubernetes::{Minors, Version};
use crate::yaml::Node;

/// The versions whose decoder of JSON (`json-iterator`) matches names of fields whatever their case.
const CASELESS: Minors = Minors::range(8, 9).or(Minors::range(11, 11));

/// The pod template of a workload, decoded.
#[derive(Clone, Debug, Default)]
pub struct Template {
    pub(super) root: Slot,
    /// What some versions read in its place: those that match names of fields whatever their case, and those that read
    /// init containers from annotations.
    pub(super) others: Vec<(Minors, Slot)>,
    /// Fields that the schema does not know and values that do not fit it, with their paths: they count for
    /// [`Template::canonical`] all the same.
    pub(super) extras: Vec<(String, Node)>,
    findings: Vec<Finding>,
}

impl Template {
    /// Decodes the template of a workload, and looks at the types of the fields around it. What cannot be decoded
    /// is among [`Template::findings`].
    ///
    /// ```
    /// use rollbook::{kubernetes::Version, template::Template, yaml};
    /// let text = "spec: {template: {metadata: {labels: {app: nginx}}, spec: {containers: [
    ///     {name: nginx, image: 'nginx:1.14.2', ports: [{containerPort: 80}]}]}}}";
    /// let stream = yaml::Stream::parse(text.as_bytes(), yaml::Dialect::Kubectl);
    /// let template = Template::decode(&stream.documents[0].root);
    /// let hash = template.view("1.36".parse::<Version>().unwrap()).hash(None).unwrap();
    /// assert_eq!(hash.to_string(), "6c5f67b5f7");
    /// ```
    pub fn decode(object: &Node) -> Template {
        let mut decoder = Decoder::default();
        let root = decoder.template(object, Minors::ALL);
        let (others, findings) = annotated::roots(object, &root);
        let mut template = Template { root, others, extras: decoder.extras, findings: decoder.findings };
        template.findings.extend(findings);
        if decoder.other_case {
            let mut decoder = Decoder { caseless: true, ..Decoder::default() };
            template.others.push((CASELESS, decoder.template(object, CASELESS)));
            let errors =
                decoder.findings.into_iter().filter(|finding| Version::all().any(|version| finding.is_error(version)));
            template.findings.extend(errors);
        }
        template
    }

    /// The slots that a version reads.
    pub(super) fn root_at(&self, version: Version) -> &Slot {
        self.others.iter().find(|(versions, _)| versions.has(version)).map_or(&self.root, |(_, root)| root)
    }

    /// What decoding found, in the order of the text's fields.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// A digest that is equal for templates that mean the same to every version: numbers of revisions rest on it.
    pub fn canonical(&self) -> Digest {
        canonical::digest(self, None)
    }

    /// The same digest without the label `pod-template-hash`, where somebody wrote one: the Deployment controller passes
    /// over it.
    pub fn canonical_without_hash(&self) -> Option<Digest> {
        let labels = field_of(&POD_TEMPLATE_SPEC, &self.root, "metadata").field("labels").slot;
        let is_there =
            matches!(labels, Slot::Map(labels) if labels.iter().any(|(key, _)| &**key == "pod-template-hash"));
        is_there.then(|| canonical::digest(self, Some(canonical::HASH_LABEL)))
    }

    /// The template as an API server sees it: one of a version, or one whose gates are known too.
    pub fn view(&self, server: impl Into<Server>) -> View<'_> {
        View::new(self, server.into())
    }
}
