//! One workload as one file has it.

use crate::manifest::{self, Identity, Object};
use crate::template::{Digest, Template};
use crate::text::Untrusted;
use crate::yaml::{self, Dialect, Node};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// A workload as it stood in one file: what is needed to number it, to name it and to show it in a row.
#[derive(Clone, Debug)]
pub struct State {
    pub identity: Identity,
    pub template: Template,
    pub images: Vec<Untrusted>,
    pub replicas: Option<i64>,
    /// The annotation `kubernetes.io/change-cause`.
    pub change_cause: Option<Untrusted>,
    /// Whether the same object is given more than once in the file: the last one counts.
    pub repeated: bool,
    pub(super) canonical: Digest,
    pub(super) config: [u8; 32],
    pub(super) metadata: [u8; 32],
    pub(super) document: [u8; 32],
}

/// What a file has of a workload.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Absent,
    Here(Arc<State>),
    Unreadable(Unreadable),
}

impl Content {
    pub fn here(&self) -> Option<&Arc<State>> {
        match self {
            Content::Here(state) => Some(state),
            _ => None,
        }
    }
}

/// Why a file that names a workload cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub message: Untrusted,
    pub line: u32,
    pub column: u32,
}

/// Fields of a Deployment's spec that mean the same when they are left out.
/// Source: kubernetes `pkg/apis/apps/v1/defaults.go` SetDefaults_Deployment.
const SPEC_DEFAULTS: [(&str, &str); 7] = [
    (".minReadySeconds", "0"),
    (".paused", "false"),
    (".progressDeadlineSeconds", "600"),
    (".revisionHistoryLimit", "10"),
    (".strategy.rollingUpdate.maxSurge", "\"25%\""),
    (".strategy.rollingUpdate.maxUnavailable", "\"25%\""),
    (".strategy.type", "\"RollingUpdate\""),
];

/// Reads a file's bytes for one workload. A namespace that only one side gives does not make it another.
pub(super) fn read(text: &[u8], wanted: &Identity) -> Content {
    if !manifest::may_contain(text, &wanted.kind, &wanted.name) {
        return Content::Absent;
    }
    let reading = manifest::read(text, Dialect::Kubectl);
    let same: Vec<&Object> = reading.objects.iter().filter(|o| named(o, wanted)).collect();
    let exact = same.iter().filter(|o| o.identity.namespace == wanted.namespace);
    let picked = match exact.clone().next_back() {
        Some(object) => Some((*object, exact.count() > 1)),
        None if same.len() == 1 && lenient(same[0], wanted) => Some((same[0], false)),
        None => None,
    };
    match (picked, reading.unreadable()) {
        (Some((object, repeated)), _) => Content::Here(Arc::new(State::of(object, text, repeated))),
        (None, Some(error)) => Content::Unreadable(Unreadable::at(text, error.at.start, &error.message())),
        (None, None) => Content::Absent,
    }
}

fn named(object: &Object, wanted: &Identity) -> bool {
    object.identity.kind == wanted.kind && object.identity.name == wanted.name
}

fn lenient(object: &Object, wanted: &Identity) -> bool {
    object.identity.namespace.is_none() || wanted.namespace.is_none()
}

impl Unreadable {
    pub(super) fn at(text: &[u8], offset: u32, message: &str) -> Self {
        let position = yaml::position(text, offset as usize);
        Unreadable { message: message.into(), line: position.line, column: position.column }
    }
}

impl State {
    /// The state of an object that stands in `text`.
    pub(super) fn of(object: &Object, text: &[u8], repeated: bool) -> State {
        let node = object.node();
        let template = Template::decode(node);
        let spec = |path: &str, json: &str| !SPEC_DEFAULTS.contains(&(path, json));
        let api_version = node.get("apiVersion").map(yaml::json_text).unwrap_or_default();
        State {
            canonical: template.canonical(),
            template,
            images: object.images().into_iter().map(Untrusted::from).collect(),
            replicas: object.replicas(),
            change_cause: object.change_cause().map(Untrusted::from),
            repeated,
            config: digest(node.get("spec"), &[".template", ".replicas"], spec),
            metadata: {
                let metadata = digest(node.get("metadata"), &[".creationTimestamp"], |_, _| true);
                Sha256::new().chain_update(metadata).chain_update(api_version).finalize().into()
            },
            document: Sha256::digest(text.get(object.span.range()).unwrap_or_default()).into(),
            identity: object.identity.clone(),
        }
    }
}

/// A digest of the values below a node, each with its path; null and empty ones are as good as not there.
fn digest(node: Option<&Node>, without: &[&str], keep: impl Fn(&str, &str) -> bool) -> [u8; 32] {
    let mut values = Vec::new();
    if let Some(node) = node {
        flatten(node, &mut String::new(), without, &mut values);
    }
    values.retain(|(path, json)| keep(path, json));
    values.sort();
    let mut hasher = Sha256::new();
    for (path, json) in values {
        hasher.update(format!("{}:{path}{}:{json}", path.len(), json.len()));
    }
    hasher.finalize().into()
}

fn flatten(node: &Node, path: &mut String, without: &[&str], values: &mut Vec<(String, String)>) {
    if node.is_null() || without.contains(&path.as_str()) {
        return;
    }
    if !matches!(node.value, yaml::Value::Mapping(_)) {
        return values.push((path.clone(), yaml::json_text(node)));
    }
    for entry in node.entries() {
        let length = path.len();
        path.push('.');
        path.push_str(&entry.key);
        flatten(&entry.value, path, without, values);
        path.truncate(length);
    }
}
