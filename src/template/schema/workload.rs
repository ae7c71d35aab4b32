//! What stands around a template: enough of each kind to tell whether the API server can decode it.
//! Source: `k8s.io/api/apps/v1` and, for `rollbackTo` and `templateGeneration`, `extensions/v1beta1`. No type has its
//! status, which no server takes from a manifest.

use super::tables::{LABEL_SELECTOR, OBJECT_META, PERSISTENT_VOLUME_CLAIM_SPEC, POD_TEMPLATE_SPEC};
use super::{Field, Struct, Type};
use crate::kubernetes::Minors;

/// The type of an object of the kind, and that of its `spec`; of a kind with another controller, a Deployment's, which
/// has the fields that all of them share.
pub(in crate::template) fn workload(kind: &str) -> (&'static Struct, &'static Struct) {
    match kind {
        "DaemonSet" => (&DAEMON_SET, &DAEMON_SET_SPEC),
        "StatefulSet" => (&STATEFUL_SET, &STATEFUL_SET_SPEC),
        _ => (&DEPLOYMENT, &DEPLOYMENT_SPEC),
    }
}

static DEPLOYMENT: Struct = Struct {
    fields: &[
        Field::new("metadata", "ObjectMeta", Type::Struct(&OBJECT_META)),
        Field::new("spec", "Spec", Type::Struct(&DEPLOYMENT_SPEC)),
    ],
};

static DEPLOYMENT_SPEC: Struct = Struct {
    fields: &[
        Field::new("replicas", "Replicas", Type::Int32).pointer(),
        Field::new("selector", "Selector", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("template", "Template", Type::Struct(&POD_TEMPLATE_SPEC)),
        Field::new("strategy", "Strategy", Type::Struct(&DEPLOYMENT_STRATEGY)),
        Field::new("minReadySeconds", "MinReadySeconds", Type::Int32),
        Field::new("revisionHistoryLimit", "RevisionHistoryLimit", Type::Int32).pointer(),
        Field::new("paused", "Paused", Type::Bool),
        Field::new("progressDeadlineSeconds", "ProgressDeadlineSeconds", Type::Int32).pointer(),
        Field::new("rollbackTo", "RollbackTo", Type::Struct(&ROLLBACK_CONFIG)).pointer(),
    ],
};

static DEPLOYMENT_STRATEGY: Struct = Struct {
    fields: &[
        Field::new("type", "Type", Type::Text),
        Field::new("rollingUpdate", "RollingUpdate", Type::Struct(&ROLLING_UPDATE)).pointer(),
    ],
};

static ROLLING_UPDATE: Struct = Struct {
    fields: &[
        Field::new("maxUnavailable", "MaxUnavailable", Type::IntOrString).pointer(),
        Field::new("maxSurge", "MaxSurge", Type::IntOrString).pointer(),
    ],
};

static ROLLBACK_CONFIG: Struct = Struct { fields: &[Field::new("revision", "Revision", Type::Int64)] };

static DAEMON_SET: Struct = Struct {
    fields: &[
        Field::new("metadata", "ObjectMeta", Type::Struct(&OBJECT_META)),
        Field::new("spec", "Spec", Type::Struct(&DAEMON_SET_SPEC)),
    ],
};

static DAEMON_SET_SPEC: Struct = Struct {
    fields: &[
        Field::new("selector", "Selector", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("template", "Template", Type::Struct(&POD_TEMPLATE_SPEC)),
        Field::new("updateStrategy", "UpdateStrategy", Type::Struct(&DEPLOYMENT_STRATEGY)),
        Field::new("minReadySeconds", "MinReadySeconds", Type::Int32),
        Field::new("revisionHistoryLimit", "RevisionHistoryLimit", Type::Int32).pointer(),
        Field::new("templateGeneration", "TemplateGeneration", Type::Int64),
    ],
};

static STATEFUL_SET: Struct = Struct {
    fields: &[
        Field::new("metadata", "ObjectMeta", Type::Struct(&OBJECT_META)),
        Field::new("spec", "Spec", Type::Struct(&STATEFUL_SET_SPEC)),
    ],
};

static STATEFUL_SET_SPEC: Struct = Struct {
    fields: &[
        Field::new("replicas", "Replicas", Type::Int32).pointer(),
        Field::new("selector", "Selector", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("template", "Template", Type::Struct(&POD_TEMPLATE_SPEC)),
        Field::new("volumeClaimTemplates", "VolumeClaimTemplates", Type::List(&Type::Struct(&PERSISTENT_VOLUME_CLAIM))),
        Field::new("serviceName", "ServiceName", Type::Text),
        Field::new("podManagementPolicy", "PodManagementPolicy", Type::Text),
        Field::new("updateStrategy", "UpdateStrategy", Type::Struct(&STATEFUL_SET_STRATEGY)),
        Field::new("revisionHistoryLimit", "RevisionHistoryLimit", Type::Int32).pointer(),
        Field::new("minReadySeconds", "MinReadySeconds", Type::Int32).present(Minors::since(22)),
        Field::new(
            "persistentVolumeClaimRetentionPolicy",
            "PersistentVolumeClaimRetentionPolicy",
            Type::Struct(&CLAIM_RETENTION),
        )
        .pointer()
        .present(Minors::since(23)),
        Field::new("ordinals", "Ordinals", Type::Struct(&ORDINALS)).pointer().present(Minors::since(26)),
    ],
};

static PERSISTENT_VOLUME_CLAIM: Struct = Struct {
    fields: &[
        Field::new("metadata", "ObjectMeta", Type::Struct(&OBJECT_META)),
        Field::new("spec", "Spec", Type::Struct(&PERSISTENT_VOLUME_CLAIM_SPEC)),
    ],
};

static STATEFUL_SET_STRATEGY: Struct = Struct {
    fields: &[
        Field::new("type", "Type", Type::Text),
        Field::new("rollingUpdate", "RollingUpdate", Type::Struct(&STATEFUL_SET_ROLLING_UPDATE)).pointer(),
    ],
};

static STATEFUL_SET_ROLLING_UPDATE: Struct = Struct {
    fields: &[
        Field::new("partition", "Partition", Type::Int32).pointer(),
        Field::new("maxUnavailable", "MaxUnavailable", Type::IntOrString).pointer().present(Minors::since(24)),
    ],
};

static CLAIM_RETENTION: Struct = Struct {
    fields: &[Field::new("whenDeleted", "WhenDeleted", Type::Text), Field::new("whenScaled", "WhenScaled", Type::Text)],
};

static ORDINALS: Struct = Struct { fields: &[Field::new("start", "Start", Type::Int32)] };
