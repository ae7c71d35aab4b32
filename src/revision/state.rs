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

/// A Deployment's spec, outside its template and replicas.
/// Source of the defaults: kubernetes `pkg/apis/apps/v1/defaults.go` SetDefaults_Deployment.
const CONFIG: Part = Part {
    without: &[&["template"], &["replicas"]],
    defaults: &[
        (&["minReadySeconds"], "0"),
        (&["paused"], "false"),
        (&["progressDeadlineSeconds"], "600"),
        (&["revisionHistoryLimit"], "10"),
        (&["strategy", "rollingUpdate", "maxSurge"], "\"25%\""),
        (&["strategy", "rollingUpdate", "maxUnavailable"], "\"25%\""),
        (&["strategy", "type"], "\"RollingUpdate\""),
    ],
};

/// What an object says of itself.
const METADATA: Part = Part { without: &[&["creationTimestamp"]], defaults: &[] };

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
        let api_version = node.get("apiVersion").map(yaml::json_text).unwrap_or_default();
        State {
            canonical: template.canonical(),
            template,
            images: object.images().into_iter().map(Untrusted::from).collect(),
            replicas: object.replicas(),
            change_cause: object.change_cause().map(Untrusted::from),
            repeated,
            config: CONFIG.of(node.get("spec")),
            metadata: {
                let metadata = METADATA.of(node.get("metadata"));
                Sha256::new().chain_update(metadata).chain_update(api_version).finalize().into()
            },
            document: Sha256::digest(text.get(object.span.range()).unwrap_or_default()).into(),
            identity: object.identity.clone(),
        }
    }
}

/// What of a part of an object goes into its digest.
struct Part {
    /// Fields that are left out.
    without: &'static [&'static [&'static str]],
    /// Fields that mean the same when they are left out, and their values.
    defaults: &'static [(&'static [&'static str], &'static str)],
}

impl Part {
    /// The digest of a node; none where it holds nothing: null and empty mappings are as good as not there.
    fn digest<'n>(&self, node: &'n Node, path: &mut Vec<&'n str>) -> Option<[u8; 32]> {
        if node.is_null() || self.without.contains(&path.as_slice()) {
            return None;
        }
        if !matches!(node.value, yaml::Value::Mapping(_)) {
            let json = yaml::json_text(node);
            return (!self.defaults.contains(&(path.as_slice(), &json))).then(|| Sha256::digest(json).into());
        }
        let mut entries: Vec<_> = node.entries().iter().collect();
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        let (mut hasher, mut holds) = (Sha256::new(), false);
        for entry in entries {
            path.push(&entry.key);
            if let Some(digest) = self.digest(&entry.value, path) {
                holds = true;
                hasher.update(format!("{}:{}", entry.key.len(), entry.key));
                hasher.update(digest);
            }
            path.pop();
        }
        holds.then(|| hasher.finalize().into())
    }

    fn of(&self, node: Option<&Node>) -> [u8; 32] {
        node.and_then(|node| self.digest(node, &mut Vec::new())).unwrap_or_default()
    }
}
