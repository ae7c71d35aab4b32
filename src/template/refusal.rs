//! What the API server would decode and then refuse. The name of such a template is what it would get if it were let
//! in, so it is given all the same, with a warning.
//!
//! Only what is common or what a gated field leaves behind: the whole of validation is thousands of rules.
//! Source: kubernetes `pkg/apis/apps/validation`, `pkg/apis/core/validation`.

#[cfg(test)]
mod cases;

use super::controller::Controller;
use super::decoded::Template;
use super::gates::Server;
use crate::kubernetes::{Kind, Minors, Version};
use crate::yaml::{Node, Span};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// A value that the API server would refuse.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Refusal {
    /// The field: `spec.template.spec.activeDeadlineSeconds`.
    pub path: String,
    /// Where it stands in the text, or the nearest thing around it that does.
    pub span: Span,
    why: Cow<'static, str>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path.escape_debug(), self.why)
    }
}

/// What the API server of a version would refuse of a Deployment, DaemonSet or StatefulSet, which has to be one that it can
/// decode. Of other kinds nothing is known.
pub fn refusals(object: &Node, template: &Template, server: impl Into<Server>) -> Vec<Refusal> {
    let server = server.into();
    let kind = object.get("kind").and_then(Node::as_str).and_then(Kind::of);
    let is_suspect = |kind: &Kind| *kind == Kind::StatefulSet || may_be_refused(object, template);
    let kind = kind.filter(|kind| Controller::of(*kind).is_some()).filter(is_suspect);
    kind.map(|kind| examined(kind, object, template, server)).unwrap_or_default()
}

/// The same, where a quick look is not enough.
fn examined(kind: Kind, object: &Node, template: &Template, server: Server) -> Vec<Refusal> {
    let version = server.version;
    let Ok(explained) = template.view(server).explain() else {
        return Vec::new();
    };
    let mut check = Check { version, kind, found: Vec::new() };
    check.name(object);
    check.fixed(&explained["spec"]);
    if kind != Kind::StatefulSet || version.minor() >= STATEFUL_SETS_PODS_SINCE {
        check.pod(&explained["spec"]);
        check.written(object);
    }
    check.selector(object, &explained["metadata"]["labels"]);
    check.found.into_iter().map(|(path, why)| Refusal { span: nearest(object, &path), path, why }).collect()
}

/// Whether any version may find something to refuse in a Deployment, or some kind of workload that is written as one: a
/// quick look at what is written, which is right where it says no.
///
/// ```
/// use rollbook::template::{Template, may_be_refused};
/// use rollbook::yaml::{Dialect, Stream};
/// let is_suspect = |policy: &str| {
///     let text = format!("{{apiVersion: apps/v1, kind: Deployment, spec: {{selector: {{matchLabels: {{app: web}}}}, template: {{
///         metadata: {{labels: {{app: web}}}}, spec: {{{policy} containers: [{{name: web, image: web}}]}}}}}}}}");
///     let object = &Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root;
///     may_be_refused(object, &Template::decode(object))
/// };
/// assert!(!is_suspect(""));
/// assert!(is_suspect("restartPolicy: Never,"));
/// ```
pub fn may_be_refused(object: &Node, template: &Template) -> bool {
    let pod = object.at(&["spec", "template", "spec"]);
    // A key that is not known may be read as another by a version that does not mind capitals.
    !template.findings().is_empty() || !is_plain_selector(object) || pod.is_none_or(|pod| !is_plain_pod(pod))
}

fn is_plain_selector(object: &Node) -> bool {
    let wanted = object.at(&["spec", "selector", "matchLabels"]).map(Node::entries).unwrap_or_default();
    let labels = object.at(&["spec", "template", "metadata", "labels"]);
    let has = |key: &str, value: &str| labels.and_then(|labels| labels.get(key)?.as_str()) == Some(value);
    !wanted.is_empty() && wanted.iter().all(|entry| entry.value.as_str().is_some_and(|value| has(&entry.key, value)))
}

/// Fields of a pod that are refused in some form.
const SUSPECT: [&[&str]; 5] = [
    &["activeDeadlineSeconds"],
    &["securityContext", "seLinuxChangePolicy"],
    &["securityContext", "windowsOptions"],
    &["resourceClaims"],
    &["ephemeralContainers"],
];

fn is_plain_pod(pod: &Node) -> bool {
    let items = |field: &str| pod.get(field).map(Node::items).unwrap_or_default();
    let is_always = |node: &Node| node.as_str() == Some("Always");
    let is_plain_volume = |volume: &Node| EMPTIED_SOURCES.iter().all(|(source, _)| volume.get(source).is_none());
    let is_plain_init = |of: &Node| PROBES.iter().chain(&["lifecycle"]).all(|field| of.get(field).is_none());
    let mut names = HashSet::new();
    let mut is_new = |container: &Node| names.insert(container.get("name").and_then(Node::as_str).map(str::to_owned));
    pod.get("restartPolicy").is_none_or(is_always)
        && SUSPECT.iter().all(|field| pod.at(field).is_none())
        && items("volumes").iter().all(is_plain_volume)
        && !items("containers").is_empty()
        && items("initContainers").iter().all(is_plain_init)
        && items("initContainers").iter().chain(items("containers")).all(|of| is_plain_container(of) && is_new(of))
}

fn is_plain_container(container: &Node) -> bool {
    let is_written = |field: &str| container.get(field).and_then(Node::as_str).is_some_and(|text| !text.is_empty());
    let items = |field: &str| container.get(field).map(Node::items).unwrap_or_default();
    let handles = |node: &Node| names_one(node, &HANDLERS_OF_ALL);
    let is_plain_source = |of: &Node| of.get("valueFrom").is_none_or(|from| names_one(from, &SOURCES_OF_ALL));
    let is_plain_port = |port: &Node| port.get("protocol").is_none_or(|of| of.as_str() != Some("SCTP"));
    is_written("name")
        && is_written("image")
        && container.get("restartPolicy").is_none()
        && PROBES.iter().filter_map(|of| container.get(of)).all(handles)
        && ["postStart", "preStop"].iter().filter_map(|of| container.at(&["lifecycle", of])).all(handles)
        && items("env").iter().all(is_plain_source)
        && items("ports").iter().all(is_plain_port)
}

fn names_one(node: &Node, fields: &[&str]) -> bool {
    fields.iter().any(|field| node.get(field).is_some_and(|node| !node.is_null()))
}

struct Check {
    version: Version,
    kind: Kind,
    found: Vec<(String, Cow<'static, str>)>,
}

/// From here on the pods of StatefulSets are looked at as those of other kinds are.
/// Source: `pkg/apis/apps/validation` ValidatePodTemplateSpecForStatefulSet.
const STATEFUL_SETS_PODS_SINCE: u8 = 34;
/// From here on the name of a StatefulSet is a label: that of its pods, with a number behind it, is a host's.
const STATEFUL_SETS_NAME_SINCE: u8 = 27;
/// The longest label.
const LONGEST_LABEL: usize = 63;
const POD: &str = "spec.template.spec";
/// From here on the restart policies of all containers are let in.
const RESTART_POLICIES_SINCE: u8 = 34;
/// From here on `MountOption` is let in.
const MOUNT_OPTION_SINCE: u8 = 37;
/// From here on ports may be of `SCTP`.
const SCTP_SINCE: u8 = 19;
/// From here on a claim may be `ReadWriteOncePod`.
const ONE_POD_SINCE: u8 = 27;
/// From here on ephemeral containers are looked at, though up to 1.22 they are dropped before.
const EPHEMERAL_CONTAINERS_SINCE: u8 = 22;
/// The version that has `hostProcess` and refuses it.
const HOST_PROCESS_REFUSED: u8 = 22;
/// The sources of volumes that are dropped so late that none is left: by the versions that do it.
const EMPTIED_SOURCES: [(&str, Minors); 2] = [("csi", Minors::range(14, 15)), ("ephemeral", Minors::range(19, 20))];

impl Check {
    fn refuse(&mut self, path: impl Into<String>, why: impl Into<Cow<'static, str>>) {
        self.found.push((path.into(), why.into()));
    }

    fn name(&mut self, object: &Node) {
        let name = object.at(&["metadata", "name"]).and_then(Node::as_str).unwrap_or_default();
        let is_label = name.len() <= LONGEST_LABEL && !name.contains('.');
        if self.kind == Kind::StatefulSet && self.version.minor() >= STATEFUL_SETS_NAME_SINCE && !is_label {
            self.refuse("metadata.name", "must have at most 63 characters and no dot in a StatefulSet");
        }
    }

    /// What a controller that keeps pods running leaves no choice of.
    fn fixed(&mut self, pod: &Value) {
        let kind = self.kind;
        if pod.get("activeDeadlineSeconds").is_some() {
            self.refuse(format!("{POD}.activeDeadlineSeconds"), format!("is not supported in a {kind}"));
        }
        if pod["restartPolicy"] != "Always" {
            self.refuse(format!("{POD}.restartPolicy"), format!("must be `Always` in a {kind}"));
        }
    }

    fn pod(&mut self, pod: &Value) {
        let early = self.version.minor() < MOUNT_OPTION_SINCE;
        if early && pod["securityContext"]["seLinuxChangePolicy"] == "MountOption" {
            self.refuse(
                format!("{POD}.securityContext.seLinuxChangePolicy"),
                "may only be `Recursive` in this version",
            );
        }
        if self.version.minor() == HOST_PROCESS_REFUSED
            && pod["securityContext"]["windowsOptions"].get("hostProcess").is_some()
        {
            self.refuse(format!("{POD}.securityContext.windowsOptions.hostProcess"), "is not allowed in this version");
        }
        for (index, volume) in elements(&pod["volumes"]) {
            let modes = &volume["ephemeral"]["volumeClaimTemplate"]["spec"]["accessModes"];
            let early = self.version.minor() < ONE_POD_SINCE;
            if early && elements(modes).any(|(_, mode)| mode == "ReadWriteOncePod") {
                self.refuse(
                    format!("{POD}.volumes[{index}].ephemeral.volumeClaimTemplate.spec.accessModes"),
                    "may not be `ReadWriteOncePod` in this version",
                );
            }
        }
        for (index, claim) in elements(&pod["resourceClaims"]) {
            if claim.get("resourceClaimName").is_none() && claim.get("resourceClaimTemplateName").is_none() {
                self.refuse(format!("{POD}.resourceClaims[{index}]"), "names neither a claim nor a template of one");
            }
        }
        self.containers(pod);
    }

    fn containers(&mut self, pod: &Value) {
        if elements(&pod["containers"]).next().is_none() {
            self.refuse(format!("{POD}.containers"), "has no container");
        }
        let mut names = HashSet::new();
        for list in ["initContainers", "containers"] {
            for (index, container) in elements(&pod[list]) {
                let path = format!("{POD}.{list}[{index}]");
                match container["name"].as_str() {
                    None => self.refuse(format!("{path}.name"), "is missing"),
                    Some(name) if !names.insert(name) => {
                        self.refuse(format!("{path}.name"), "is another container's name too")
                    }
                    Some(_) => {}
                }
                if container.get("image").is_none() {
                    self.refuse(format!("{path}.image"), "is missing");
                }
                self.container(&path, container, list == "initContainers");
            }
        }
    }

    fn container(&mut self, path: &str, container: &Value, init: bool) {
        let policy = container.get("restartPolicy");
        if self.version.minor() < RESTART_POLICIES_SINCE && policy.is_some_and(|policy| !init || policy != "Always") {
            self.refuse(format!("{path}.restartPolicy"), "may only be `Always`, of an init container, in this version");
        }
        for probe in PROBES {
            if container.get(probe).is_some_and(|probe| HANDLERS.iter().all(|handler| probe.get(handler).is_none())) {
                self.refuse(format!("{path}.{probe}"), "names no handler that this version has");
            }
        }
        if init && policy.is_none_or(|policy| policy != "Always") {
            for field in PROBES.iter().chain(&["lifecycle"]).filter(|field| container.get(field).is_some()) {
                self.refuse(
                    format!("{path}.{field}"),
                    "is only for init containers that this version runs as sidecars",
                );
            }
        }
        for (index, port) in elements(&container["ports"]) {
            if self.version.minor() < SCTP_SINCE && port["protocol"] == "SCTP" {
                self.refuse(format!("{path}.ports[{index}].protocol"), "may not be `SCTP` in this version");
            }
        }
        for (index, variable) in elements(&container["env"]) {
            if is_empty(&variable["valueFrom"]) {
                self.refuse(format!("{path}.env[{index}].valueFrom"), "names no source that this version has");
            }
        }
        for handler in ["postStart", "preStop"] {
            if is_empty(&container["lifecycle"][handler]) {
                self.refuse(format!("{path}.lifecycle.{handler}"), "names no handler that this version has");
            }
        }
    }

    /// What the version has dropped before it looks at it.
    fn written(&mut self, object: &Node) {
        let Some(pod) = object.at(&["spec", "template", "spec"]) else { return };
        let items = |name: &str| pod.get(name).map(Node::items).unwrap_or_default();
        if self.version.minor() >= EPHEMERAL_CONTAINERS_SINCE && !items("ephemeralContainers").is_empty() {
            self.refuse(format!("{POD}.ephemeralContainers"), "is not allowed in a pod template");
        }
        for (index, volume) in items("volumes").iter().enumerate() {
            for (source, versions) in &EMPTIED_SOURCES {
                if versions.has(self.version) && volume.get(source).is_some_and(|source| !source.is_null()) {
                    self.refuse(format!("{POD}.volumes[{index}].{source}"), "is not allowed in this version");
                }
            }
        }
    }

    fn selector(&mut self, object: &Node, labels: &Value) {
        let Some(selector) = object.at(&["spec", "selector"]).filter(|node| !node.is_null()) else {
            if object.get("apiVersion").and_then(Node::as_str) == Some("apps/v1") {
                self.refuse("spec.selector", "is missing");
            }
            return;
        };
        let wanted = selector.get("matchLabels").map(Node::entries).unwrap_or_default();
        if wanted.iter().any(|entry| labels.get(&entry.key).and_then(Value::as_str) != entry.value.as_str()) {
            self.refuse("spec.selector.matchLabels", "does not match the labels of the template");
        }
    }
}

const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];
const HANDLERS: [&str; 4] = ["exec", "httpGet", "tcpSocket", "grpc"];
/// Those that all versions have.
const HANDLERS_OF_ALL: [&str; 3] = ["exec", "httpGet", "tcpSocket"];
const SOURCES_OF_ALL: [&str; 3] = ["fieldRef", "configMapKeyRef", "secretKeyRef"];

fn elements(list: &Value) -> impl Iterator<Item = (usize, &Value)> {
    list.as_array().into_iter().flatten().enumerate()
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(serde_json::Map::is_empty)
}

/// Where a path leads, or as far as it does.
fn nearest(object: &Node, path: &str) -> Span {
    let mut node = object;
    for step in path.split(['.', '[']) {
        let next = match step.strip_suffix(']') {
            Some(index) => index.parse().ok().and_then(|index: usize| node.items().get(index)),
            None => node.get(step),
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    node.span
}
