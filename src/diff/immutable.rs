//! Fields that the API server lets nobody change.

use super::hold::is_true;
use super::{Change, Op};
use crate::kubernetes::{Kind, Minors, Version};
use crate::manifest::Object;

/// A field of a kind.
struct Row {
    kind: Kind,
    path: &'static [&'static str],
    /// API versions in which it can be changed all the same.
    free_in: &'static [&'static str],
    /// Whether it counts only where both states write it: the API server fills it in otherwise.
    if_written: bool,
}

const fn row(kind: Kind, path: &'static [&'static str]) -> Row {
    Row { kind, path, free_in: &[], if_written: false }
}

impl Row {
    const fn but_in(self, free_in: &'static [&'static str]) -> Row {
        Row { free_in, ..self }
    }

    const fn if_written(self) -> Row {
        Row { if_written: true, ..self }
    }
}

const SELECTOR: &[&str] = &["spec", "selector"];
const BETA: &[&str] = &["extensions/v1beta1", "apps/v1beta1"];

const ROWS: &[Row] = &[
    // `pkg/registry/apps/{deployment,daemonset,replicaset}/strategy.go`: ValidateUpdate.
    row(Kind::Deployment, SELECTOR).but_in(BETA),
    row(Kind::DaemonSet, SELECTOR).but_in(BETA),
    row(Kind::ReplicaSet, SELECTOR).but_in(BETA),
    // `pkg/apis/batch/validation/validation.go`: ValidateJobSpecUpdate. The controller fills the selector in.
    row(Kind::Job, &["spec", "template"]),
    row(Kind::Job, SELECTOR).if_written(),
    row(Kind::Job, &["spec", "completionMode"]),
    row(Kind::Job, &["spec", "podFailurePolicy"]),
    row(Kind::Job, &["spec", "successPolicy"]),
    row(Kind::Job, &["spec", "backoffLimitPerIndex"]),
    row(Kind::Job, &["spec", "managedBy"]),
    // `pkg/apis/core/validation/validation.go`: ValidateServiceUpdate, ValidatePersistentVolumeClaimUpdate,
    // ValidateSecretUpdate.
    row(Kind::Service, &["spec", "clusterIP"]).if_written(),
    row(Kind::Service, &["spec", "clusterIPs"]).if_written(),
    row(Kind::PersistentVolumeClaim, &["spec", "accessModes"]).if_written(),
    row(Kind::PersistentVolumeClaim, &["spec", "storageClassName"]).if_written(),
    row(Kind::PersistentVolumeClaim, &["spec", "volumeMode"]).if_written(),
    row(Kind::PersistentVolumeClaim, &["spec", "volumeName"]).if_written(),
    row(Kind::PersistentVolumeClaim, SELECTOR),
    row(Kind::Secret, &["type"]),
    // `pkg/apis/storage/validation/validation.go`: ValidateStorageClassUpdate.
    row(Kind::StorageClass, &["provisioner"]),
    row(Kind::StorageClass, &["parameters"]),
    row(Kind::StorageClass, &["reclaimPolicy"]).if_written(),
    row(Kind::StorageClass, &["volumeBindingMode"]).if_written(),
    // `pkg/apis/rbac/validation/validation.go`: ValidateRoleBindingUpdate, ValidateClusterRoleBindingUpdate.
    row(Kind::RoleBinding, &["roleRef"]),
    row(Kind::ClusterRoleBinding, &["roleRef"]),
];

/// What of a StatefulSet's spec can be changed, by the versions that let it; all else is refused.
/// Source: `pkg/apis/apps/validation/validation.go`: ValidateStatefulSetUpdate.
const OF_STATEFUL_SET: &[(&str, Minors)] = &[
    ("replicas", Minors::ALL),
    ("template", Minors::ALL),
    ("updateStrategy", Minors::since(7)),
    ("minReadySeconds", Minors::since(22)),
    ("persistentVolumeClaimRetentionPolicy", Minors::since(23)),
    ("ordinals", Minors::since(26)),
    ("revisionHistoryLimit", Minors::since(33)),
];

/// What the API server writes into a claim's template by itself.
const OF_CLAIMS: [&str; 4] = [".apiVersion", ".kind", ".status", ".metadata.creationTimestamp"];

/// What of a ConfigMap or Secret cannot be changed once it says so.
/// Source: `pkg/apis/core/validation/validation.go`: ValidateConfigMapUpdate, ValidateSecretUpdate.
const OF_IMMUTABLE: [&str; 4] = ["data", "binaryData", "stringData", "immutable"];

/// The changes of an object that the API server refuses: of fields that nobody can change.
///
/// ```
/// use rollbook::{diff::{diff, immutable}, kubernetes::Version, manifest::read, yaml::Dialect};
/// let objects = read(b"
/// {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.0.0.1}}
/// ---
/// {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.0.0.2}}
/// ", Dialect::Kubectl).objects;
/// let changes = diff(&objects[0], &objects[1]);
/// let refused: Vec<_> = immutable(&objects[0], &objects[1], &changes, Version::NEWEST).collect();
/// assert_eq!(refused[0].path.shown().as_str(), "spec.clusterIP");
/// ```
pub fn immutable<'c, 'a>(
    old: &'c Object,
    new: &'c Object,
    changes: &'c [Change<'a>],
    version: Version,
) -> impl Iterator<Item = &'c Change<'a>> {
    let kind = Kind::of(&new.identity.kind);
    let seals =
        matches!(kind, Some(Kind::ConfigMap | Kind::Secret)) && old.node().get("immutable").is_some_and(is_true);
    let is_refused = move |change: &&Change| {
        let Some(kind) = kind else { return false };
        let by_row = ROWS.iter().any(|row| row.kind == kind && row.refuses(new, change));
        let by_set = kind == Kind::StatefulSet && is_fixed_in_stateful_set(change, version);
        let by_pod = kind == Kind::Pod && is_fixed_in_pod(change);
        by_row || by_set || by_pod || (seals && OF_IMMUTABLE.iter().any(|field| change.path.within(&[field])))
    };
    let is_new = move |change: &&Change| change.equality.is_none() && !writes_default_selector(old, new, change);
    changes.iter().filter(is_new).filter(is_refused)
}

/// Whether a selector is written that the API server had filled in before: under the groups of old, the labels of the
/// template.
/// Source: `pkg/apis/extensions/v1beta1/defaults.go`, `pkg/apis/apps/v1beta1/defaults.go`.
fn writes_default_selector(old: &Object, new: &Object, change: &Change) -> bool {
    let labels = old.node().at(&["spec", "template", "metadata", "labels"]);
    let selector = new.node().at(SELECTOR).filter(|selector| selector.entries().len() == 1);
    change.op == Op::Add
        && change.path.within(SELECTOR)
        && old.node().at(SELECTOR).is_none()
        && BETA.contains(&old.identity.api_version.as_str())
        && labels.is_some()
        && selector.and_then(|selector| selector.get("matchLabels")) == labels
}

impl Row {
    fn refuses(&self, new: &Object, change: &Change) -> bool {
        let is_free = self.free_in.contains(&new.identity.api_version.as_str());
        let is_written = change.path.within(self.path) && change.op == Op::Replace;
        !is_free && if self.if_written { is_written } else { change.path.meets(self.path) }
    }
}

fn is_fixed_in_stateful_set(change: &Change, version: Version) -> bool {
    let is_in = |field: &str| change.path.within(&["spec", field]);
    let may_change = OF_STATEFUL_SET.iter().any(|(field, versions)| versions.has(version) && is_in(field));
    let by_itself = || OF_CLAIMS.iter().any(|end| change.path.shown().as_str().ends_with(end));
    change.path.within(&["spec"]) && !may_change && !(is_in("volumeClaimTemplates") && by_itself())
}

/// Source: `pkg/apis/core/validation/validation.go`: ValidatePodUpdate.
fn is_fixed_in_pod(change: &Change) -> bool {
    let is_in = |field: &str| change.path.within(&["spec", field]);
    let is_image = (is_in("containers") || is_in("initContainers")) && change.path.shown().as_str().ends_with(".image");
    let may_change =
        ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"].iter().any(|of| is_in(of));
    change.path.within(&["spec"]) && !is_image && !may_change
}
