//! One workload as one file has it.

use crate::manifest::{Identity, Object};
use crate::template::{Digest, Template};
use crate::text::Untrusted;
use crate::yaml::{self, Node};
use sha2::{Digest as _, Sha256};

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
