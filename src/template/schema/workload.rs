//! What stands around a template of the three kinds that have revisions: enough to tell whether the API server can decode
//! it, and what it fills in.
//! Source: `k8s.io/api/apps/v1` and, for `rollbackTo` and `templateGeneration`, `extensions/v1beta1`; kubernetes
//! `pkg/apis/apps/v1/defaults.go`. No type has its status, which no server takes from a manifest.

use super::tables::{LABEL_SELECTOR, OBJECT_META, PERSISTENT_VOLUME_CLAIM_SPEC, POD_TEMPLATE_SPEC};
use super::{Default, Field, Struct, Type};
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

/// A field that stands in no dump, so that nobody asks for its name in Go.
pub(super) const fn field(json: &'static str, ty: Type) -> Field {
    Field::new(json, "", ty)
}

pub(super) const fn spec(of: &'static Struct) -> Field {
    field("spec", Type::Struct(of))
}

pub(super) const METADATA: Field = field("metadata", Type::Struct(&OBJECT_META));
pub(super) const TEMPLATE: Field = field("template", Type::Struct(&POD_TEMPLATE_SPEC));
pub(super) const REPLICAS: Field = field("replicas", Type::Int32).pointer().or(Default::Int(1));
pub(super) const MIN_READY: Field = field("minReadySeconds", Type::Int32);
pub(super) const SELECTOR: Field = field("selector", Type::Struct(&LABEL_SELECTOR)).pointer();
const HISTORY_LIMIT: Field = field("revisionHistoryLimit", Type::Int32).pointer().or(Default::Int(10));
const ROLLING: Field = field("type", Type::Text).or(Default::Text("RollingUpdate"));

pub(super) static DEPLOYMENT: Struct = Struct { fields: &[METADATA, spec(&DEPLOYMENT_SPEC)] };
pub(super) static DAEMON_SET: Struct = Struct { fields: &[METADATA, spec(&DAEMON_SET_SPEC)] };
pub(super) static STATEFUL_SET: Struct = Struct { fields: &[METADATA, spec(&STATEFUL_SET_SPEC)] };

static DEPLOYMENT_SPEC: Struct = Struct {
    fields: &[
        REPLICAS,
        SELECTOR,
        TEMPLATE,
        field("strategy", Type::Struct(&DEPLOYMENT_STRATEGY)),
        MIN_READY,
        HISTORY_LIMIT,
        field("paused", Type::Bool),
        field("progressDeadlineSeconds", Type::Int32).pointer().or(Default::Int(600)),
        field("rollbackTo", Type::Struct(&ROLLBACK_CONFIG)).pointer(),
    ],
};

static DEPLOYMENT_STRATEGY: Struct = Struct {
    fields: &[ROLLING, field("rollingUpdate", Type::Struct(&DEPLOYMENT_ROLLING)).pointer().or(Default::Empty)],
};

static DEPLOYMENT_ROLLING: Struct = Struct {
    fields: &[
        field("maxUnavailable", Type::IntOrString).pointer().or(Default::Text("25%")),
        field("maxSurge", Type::IntOrString).pointer().or(Default::Text("25%")),
    ],
};

static ROLLBACK_CONFIG: Struct = Struct { fields: &[field("revision", Type::Int64)] };

static DAEMON_SET_SPEC: Struct = Struct {
    fields: &[
        SELECTOR,
        TEMPLATE,
        field("updateStrategy", Type::Struct(&DAEMON_SET_STRATEGY)),
        MIN_READY,
        HISTORY_LIMIT,
        field("templateGeneration", Type::Int64),
    ],
};

static DAEMON_SET_STRATEGY: Struct = Struct {
    fields: &[ROLLING, field("rollingUpdate", Type::Struct(&DAEMON_SET_ROLLING)).pointer().or(Default::Empty)],
};

static DAEMON_SET_ROLLING: Struct = Struct {
    fields: &[
        field("maxUnavailable", Type::IntOrString).pointer().or(Default::Int(1)),
        field("maxSurge", Type::IntOrString).pointer().or(Default::Int(0)),
    ],
};

static STATEFUL_SET_SPEC: Struct = Struct {
    fields: &[
        REPLICAS,
        SELECTOR,
        TEMPLATE,
        field("volumeClaimTemplates", Type::List(&Type::Struct(&PERSISTENT_VOLUME_CLAIM))).merge(&["metadata.name"]),
        field("serviceName", Type::Text),
        field("podManagementPolicy", Type::Text).or(Default::Text("OrderedReady")),
        field("updateStrategy", Type::Struct(&STATEFUL_SET_STRATEGY)),
        HISTORY_LIMIT,
        MIN_READY.present(Minors::since(22)),
        field("persistentVolumeClaimRetentionPolicy", Type::Struct(&CLAIM_RETENTION))
            .pointer()
            .or(Default::Empty)
            .present(Minors::since(23)),
        field("ordinals", Type::Struct(&ORDINALS)).pointer().present(Minors::since(26)),
    ],
};

pub(super) static PERSISTENT_VOLUME_CLAIM: Struct = Struct { fields: &[METADATA, spec(&PERSISTENT_VOLUME_CLAIM_SPEC)] };

static STATEFUL_SET_STRATEGY: Struct = Struct {
    fields: &[ROLLING, field("rollingUpdate", Type::Struct(&STATEFUL_SET_ROLLING)).pointer().or(Default::Empty)],
};

static STATEFUL_SET_ROLLING: Struct = Struct {
    fields: &[
        field("partition", Type::Int32).pointer().or(Default::Int(0)),
        field("maxUnavailable", Type::IntOrString).pointer().or(Default::Int(1)).present(Minors::since(24)),
    ],
};

static CLAIM_RETENTION: Struct = Struct {
    fields: &[
        field("whenDeleted", Type::Text).or(Default::Text("Retain")),
        field("whenScaled", Type::Text).or(Default::Text("Retain")),
    ],
};

static ORDINALS: Struct = Struct { fields: &[field("start", Type::Int32)] };
