//! One object, and what is asked of it.

use serde_json::Value as Json;

use super::reference::CONTAINERS;
use super::{Identity, to_json};
use crate::kubernetes::CHANGE_CAUSE;
use crate::yaml::{Node, Shared, Span, Value, float_text};

/// A Kubernetes object as it stands in a text, the values of a Secret sealed.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    pub identity: Identity,
    /// The place of the document, or of the item in a list.
    pub span: Span,
    node: Shared,
    has_secret: bool,
}

/// Kinds with a pod template, and the way to it.
const WORKLOADS: &[(&str, &[&str])] = &[
    ("Deployment", &["spec", "template"]),
    ("StatefulSet", &["spec", "template"]),
    ("DaemonSet", &["spec", "template"]),
    ("ReplicaSet", &["spec", "template"]),
    ("ReplicationController", &["spec", "template"]),
    ("Job", &["spec", "template"]),
    ("CronJob", &["spec", "jobTemplate", "spec", "template"]),
];

impl Object {
    pub(super) fn new(identity: Identity, node: Node, span: Span, has_secret: bool) -> Self {
        Self { identity, span, node: node.into(), has_secret }
    }

    /// The same in a text with so many more bytes before it.
    pub(super) fn moved_by(&self, bytes: u32) -> Self {
        let (identity, span) = (self.identity.clone(), self.span.moved_by(bytes));
        Self { identity, span, node: self.node.moved_by(bytes), has_secret: self.has_secret }
    }

    /// The same object with another node in it.
    pub(crate) fn with_node(&self, node: Node) -> Self {
        Self { node: node.into(), ..self.clone() }
    }

    /// The whole object.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// Whether its name is made when it is created, so that each time it is another object.
    pub fn is_generated(&self) -> bool {
        self.node.at(&["metadata", "name"]).is_none_or(Node::is_null)
    }

    /// Whether it is a Secret or has one in it, so that its text may not be shown: comments and anchors can hold values.
    pub fn has_secret(&self) -> bool {
        self.has_secret
    }

    /// The pod template of a workload.
    pub fn template(&self) -> Option<&Node> {
        self.node.at(self.template_path()?)
    }

    /// The images of the template's containers, in their order; init containers are left out, as in `kubectl get -o
    /// wide`.
    pub fn images(&self) -> Vec<&str> {
        let containers = self.template().and_then(|template| template.at(&["spec", "containers"]));
        let containers = containers.map_or(&[][..], Node::items);
        containers.iter().filter_map(|container| container.get("image")?.as_str()).collect()
    }

    /// The images of all its containers, those that only start the pod too.
    pub fn all_images(&self) -> Vec<&str> {
        let spec = self.template().and_then(|template| template.get("spec"));
        let of = |field| spec.and_then(|spec| spec.get(field)).map(Node::items).unwrap_or_default();
        let containers = CONTAINERS.into_iter().flat_map(of);
        containers.filter_map(|container| container.get("image")?.as_str()).collect()
    }

    /// `spec.replicas`, where it is written.
    pub fn replicas(&self) -> Option<i64> {
        match self.node.at(&["spec", "replicas"])?.value {
            Value::Int(number) => Some(number),
            Value::Float(number) => float_text(number).parse().ok(), // `3.0` goes over the wire as 3
            _ => None,
        }
    }

    /// The annotation with that key.
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.node.at(&["metadata", "annotations", key])?.as_str()
    }

    /// The annotation `kubernetes.io/change-cause`.
    pub fn change_cause(&self) -> Option<&str> {
        self.annotation(CHANGE_CAUSE)
    }

    /// The object as kubectl would send it, the values of a Secret hidden.
    pub fn to_json(&self) -> Json {
        to_json(&self.node)
    }

    /// The node whose `spec.template` is the pod template: the object, or a CronJob's template of a Job.
    pub fn template_holder(&self) -> &Node {
        let holder = match self.template_path() {
            Some([path @ .., "spec", "template"]) => self.node.at(path),
            _ => None,
        };
        holder.unwrap_or(&self.node)
    }

    /// The keys that lead to the pod template of such an object; none of a kind that has no template.
    pub fn template_path(&self) -> Option<&'static [&'static str]> {
        WORKLOADS.iter().find(|(kind, _)| *kind == self.identity.kind).map(|(_, path)| *path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::yaml::Dialect;

    fn object(text: &str) -> Object {
        read(text.as_bytes(), Dialect::Kubectl).objects.remove(0)
    }

    #[test]
    fn a_workload_tells_its_template_images_and_replicas() {
        let web = object(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, annotations: {kubernetes.io/change-cause: new}}\n\
             spec:\n  replicas: 3\n  template:\n    spec:\n      initContainers: [{image: init}]\n      containers: \
             [{image: 'web:1'}, {name: none}, {image: 'log:2'}]\n",
        );
        assert_eq!(web.images(), ["web:1", "log:2"]);
        assert_eq!(web.all_images(), ["init", "web:1", "log:2"]);
        assert_eq!((web.replicas(), web.change_cause()), (Some(3), Some("new")));
        assert!(web.template().is_some());
    }

    #[test]
    fn the_template_of_a_cron_job_is_under_its_job() {
        let job = object(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: j}\nspec: {jobTemplate: {spec: {template: {spec: \
             {containers: [{image: a}]}}}}}\n",
        );
        assert_eq!((job.images(), job.replicas()), (vec!["a"], None));
        let service = object("apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {template: {}}\n");
        assert!(service.template().is_none());
    }

    #[test]
    fn json_has_the_order_and_the_numbers_of_the_text() {
        let object = object("kind: Thing\napiVersion: x/v1\nmetadata: {name: t}\nb: 1.0\na: [1e3, 0.5, 2, yes, ~]\n");
        let json = "{\"kind\":\"Thing\",\"apiVersion\":\"x/v1\",\"metadata\":{\"name\":\"t\"},\"b\":1,\"a\":[1000,0.5,2,true,null]}";
        assert_eq!(object.to_json().to_string(), json);
    }
}
