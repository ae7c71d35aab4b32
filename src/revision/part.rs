//! The parts of an object outside its pod template, as digests: equal where nothing but spelling differs.

use crate::kubernetes::Kind;
use crate::manifest::Object;
use crate::yaml::{self, Node, Value};
use sha2::{Digest as _, Sha256};

/// What an object says of itself.
const METADATA: Part = Part { without: &[&["creationTimestamp"]], defaults: &[] };

/// The spec of the kinds with revisions, outside template and replicas.
/// Source of the defaults: kubernetes `pkg/apis/apps/v1/defaults.go`, SetDefaults of each.
const SPECS: &[(Kind, Part)] = &[
    (
        Kind::Deployment,
        Part {
            without: TEMPLATE_AND_REPLICAS,
            defaults: &[
                (&["minReadySeconds"], "0"),
                (&["paused"], "false"),
                (&["progressDeadlineSeconds"], "600"),
                (&["revisionHistoryLimit"], "10"),
                (&["strategy", "rollingUpdate", "maxSurge"], "\"25%\""),
                (&["strategy", "rollingUpdate", "maxUnavailable"], "\"25%\""),
                (&["strategy", "type"], "\"RollingUpdate\""),
            ],
        },
    ),
    (
        Kind::StatefulSet,
        Part {
            without: TEMPLATE_AND_REPLICAS,
            defaults: &[
                (&["minReadySeconds"], "0"),
                (&["podManagementPolicy"], "\"OrderedReady\""),
                (&["revisionHistoryLimit"], "10"),
                (&["updateStrategy", "rollingUpdate", "partition"], "0"),
                (&["updateStrategy", "type"], "\"RollingUpdate\""),
            ],
        },
    ),
    (
        Kind::DaemonSet,
        Part {
            without: TEMPLATE_AND_REPLICAS,
            defaults: &[
                (&["minReadySeconds"], "0"),
                (&["revisionHistoryLimit"], "10"),
                (&["updateStrategy", "rollingUpdate", "maxSurge"], "0"),
                (&["updateStrategy", "rollingUpdate", "maxUnavailable"], "1"),
                (&["updateStrategy", "type"], "\"RollingUpdate\""),
            ],
        },
    ),
    (Kind::CronJob, Part { without: &[&["jobTemplate", "spec", "template"]], defaults: &[] }),
];

const TEMPLATE_AND_REPLICAS: &[&[&str]] = &[&["template"], &["replicas"]];

/// The spec of any other workload.
const WORKLOAD: Part = Part { without: TEMPLATE_AND_REPLICAS, defaults: &[] };

/// All of an object that is no workload but what it is called and how it fares.
const OBJECT: Part = Part { without: &[&["apiVersion"], &["kind"], &["metadata"], &["status"]], defaults: &[] };

/// The digest of an object outside its template, its replicas and its metadata.
pub(super) fn config(object: &Object) -> [u8; 32] {
    let node = object.node();
    match Kind::of(&object.identity.kind).filter(|kind| kind.is_workload()) {
        Some(kind) => {
            let part = SPECS.iter().find(|(of, _)| *of == kind).map_or(&WORKLOAD, |(_, part)| part);
            part.of(node.get("spec"))
        }
        None => OBJECT.of(Some(node)),
    }
}

/// The digest of an object's labels, annotations and API version.
pub(super) fn metadata(node: &Node) -> [u8; 32] {
    let api_version = node.get("apiVersion").map(yaml::json_text).unwrap_or_default();
    Sha256::new().chain_update(METADATA.of(node.get("metadata"))).chain_update(api_version).finalize().into()
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
        if let Value::Sealed(secret) = &node.value {
            return Some(Sha256::new().chain_update("sealed").chain_update(secret.expose()).finalize().into());
        }
        if !matches!(node.value, Value::Mapping(_)) {
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
