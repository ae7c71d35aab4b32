//! What the API server would decode and then refuse. The name of such a template is what it would get if it were let
//! in, so it is given all the same, with a warning.
//!
//! Only what is common or what a gated field leaves behind: the whole of validation is thousands of rules.
//! Source: kubernetes `pkg/apis/apps/validation`, `pkg/apis/core/validation`.

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
    let version = server.version;
    let kind = object.get("kind").and_then(Node::as_str).and_then(Kind::of);
    let Some(kind) = kind.filter(|kind| Controller::of(*kind).is_some()) else {
        return Vec::new();
    };
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
