//! Objects around a pod template and beside it, as far as a comparison asks: how the items of their lists are told apart,
//! and what the API server fills in. What has no row is compared as it is written.
//! Source: `k8s.io/api` apps/v1, batch/v1, core/v1, and `SetDefaults_*` of kubernetes `pkg/apis/*/*/defaults.go`.

use super::tables::{LOCAL_OBJECT_REFERENCE, POD_SPEC};
use super::workload::{
    DAEMON_SET, DEPLOYMENT, METADATA, MIN_READY, PERSISTENT_VOLUME_CLAIM, REPLICAS, SELECTOR, STATEFUL_SET, TEMPLATE,
    field, spec,
};
use super::{Default, Field, Rule, Struct, Type};

/// The type of a whole object of that kind; of a kind that has no row, one that knows metadata only.
pub(in crate::template) fn object(kind: &str) -> &'static Type {
    KINDS.iter().find(|(name, _)| *name == kind).map_or(&ANY, |(_, ty)| ty)
}

static KINDS: [(&str, Type); 15] = [
    ("Deployment", Type::Struct(&DEPLOYMENT)),
    ("StatefulSet", Type::Struct(&STATEFUL_SET)),
    ("DaemonSet", Type::Struct(&DAEMON_SET)),
    ("ReplicaSet", Type::Struct(&REPLICA_SET)),
    ("ReplicationController", Type::Struct(&REPLICATION_CONTROLLER)),
    ("Job", Type::Struct(&JOB)),
    ("CronJob", Type::Struct(&CRON_JOB)),
    ("Pod", Type::Struct(&POD)),
    ("PodTemplate", Type::Struct(&POD_TEMPLATE)),
    ("Service", Type::Struct(&SERVICE)),
    ("ServiceAccount", Type::Struct(&SERVICE_ACCOUNT)),
    ("ConfigMap", Type::Struct(&CONFIG_MAP)),
    ("Secret", Type::Struct(&SECRET)),
    ("PersistentVolumeClaim", Type::Struct(&PERSISTENT_VOLUME_CLAIM)),
    // Argo's, whose template is a Deployment's.
    ("Rollout", Type::Struct(&REPLICA_SET)),
];

static ANY: Type = Type::Struct(&Struct { fields: &[METADATA] });

static REPLICA_SET: Struct = Struct { fields: &[METADATA, spec(&REPLICA_SET_SPEC)] };
static REPLICATION_CONTROLLER: Struct = Struct { fields: &[METADATA, spec(&REPLICATION_CONTROLLER_SPEC)] };
static JOB: Struct = Struct { fields: &[METADATA, spec(&JOB_SPEC)] };
static CRON_JOB: Struct = Struct { fields: &[METADATA, spec(&CRON_JOB_SPEC)] };
static POD: Struct = Struct { fields: &[METADATA, spec(&POD_SPEC)] };
static POD_TEMPLATE: Struct = Struct { fields: &[METADATA, TEMPLATE] };
static SERVICE: Struct = Struct { fields: &[METADATA, spec(&SERVICE_SPEC)] };
const LABELS: Field = field("selector", Type::Map(&Type::Text));

static REPLICA_SET_SPEC: Struct = Struct { fields: &[REPLICAS, MIN_READY, SELECTOR, TEMPLATE] };
static REPLICATION_CONTROLLER_SPEC: Struct = Struct { fields: &[REPLICAS, MIN_READY, LABELS, TEMPLATE] };

static JOB_SPEC: Struct = Struct {
    fields: &[
        SELECTOR,
        TEMPLATE,
        field("backoffLimit", Type::Int32).pointer(),
        field("completionMode", Type::Text).pointer().or(Default::Text("NonIndexed")),
        field("suspend", Type::Bool).pointer().or(Default::Bool(false)),
    ],
};

static CRON_JOB_SPEC: Struct = Struct {
    fields: &[
        field("schedule", Type::Text),
        field("concurrencyPolicy", Type::Text).or(Default::Text("Allow")),
        field("suspend", Type::Bool).pointer().or(Default::Bool(false)),
        field("successfulJobsHistoryLimit", Type::Int32).pointer().or(Default::Int(3)),
        field("failedJobsHistoryLimit", Type::Int32).pointer().or(Default::Int(1)),
        field("jobTemplate", Type::Struct(&JOB)),
    ],
};

static SERVICE_SPEC: Struct = Struct {
    fields: &[
        field("ports", Type::List(&Type::Struct(&SERVICE_PORT))).merge(&["port", "protocol"]),
        LABELS,
        field("type", Type::Text).or(Default::Text("ClusterIP")),
        field("sessionAffinity", Type::Text).or(Default::Text("None")),
    ],
};

static SERVICE_PORT: Struct = Struct {
    fields: &[
        field("name", Type::Text),
        field("protocol", Type::Text).or(Default::Text("TCP")),
        field("port", Type::Int32),
        field("targetPort", Type::IntOrString).rule(Rule::TargetPort),
        field("nodePort", Type::Int32),
    ],
};

static SERVICE_ACCOUNT: Struct = Struct {
    fields: &[
        METADATA,
        field("secrets", Type::List(&Type::Struct(&SECRET_REFERENCE))).merge(&["name"]),
        field("imagePullSecrets", Type::List(&Type::Struct(&LOCAL_OBJECT_REFERENCE))).merge(&["name"]),
        field("automountServiceAccountToken", Type::Bool).pointer(),
    ],
};

static SECRET_REFERENCE: Struct = Struct { fields: &[field("name", Type::Text)] };

static CONFIG_MAP: Struct = Struct {
    fields: &[
        METADATA,
        field("data", Type::Map(&Type::Text)),
        field("binaryData", Type::Map(&Type::Text)),
        field("immutable", Type::Bool).pointer(),
    ],
};

static SECRET: Struct = Struct {
    fields: &[
        METADATA,
        field("data", Type::Map(&Type::Text)),
        field("stringData", Type::Map(&Type::Text)),
        field("immutable", Type::Bool).pointer(),
        field("type", Type::Text).or(Default::Text("Opaque")),
    ],
};
