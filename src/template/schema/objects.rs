//! Objects around a pod template and beside it, as far as a comparison asks: how the items of their lists are told apart,
//! and what the API server fills in. What has no row is compared as it is written.
//! Source: `k8s.io/api` apps/v1, batch/v1, core/v1, and `SetDefaults_*` of kubernetes `pkg/apis/*/*/defaults.go`.

use super::tables::{
    LABEL_SELECTOR, LOCAL_OBJECT_REFERENCE, OBJECT_META, PERSISTENT_VOLUME_CLAIM_SPEC, POD_SPEC, POD_TEMPLATE_SPEC,
};
use super::workload::DEPLOYMENT_SPEC;
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

const METADATA: Field = field("metadata", Type::Struct(&OBJECT_META));

/// A field whose name in Go nobody asks for.
const fn field(json: &'static str, ty: Type) -> Field {
    Field::new(json, "", ty)
}

const fn spec(of: &'static Struct) -> Field {
    field("spec", Type::Struct(of))
}

static DEPLOYMENT: Struct = Struct { fields: &[METADATA, spec(&DEPLOYMENT_SPEC)] };
static STATEFUL_SET: Struct = Struct { fields: &[METADATA, spec(&STATEFUL_SET_SPEC)] };
static DAEMON_SET: Struct = Struct { fields: &[METADATA, spec(&DAEMON_SET_SPEC)] };
static REPLICA_SET: Struct = Struct { fields: &[METADATA, spec(&REPLICA_SET_SPEC)] };
static REPLICATION_CONTROLLER: Struct = Struct { fields: &[METADATA, spec(&REPLICATION_CONTROLLER_SPEC)] };
static JOB: Struct = Struct { fields: &[METADATA, spec(&JOB_SPEC)] };
static CRON_JOB: Struct = Struct { fields: &[METADATA, spec(&CRON_JOB_SPEC)] };
static POD: Struct = Struct { fields: &[METADATA, spec(&POD_SPEC)] };
static POD_TEMPLATE: Struct = Struct { fields: &[METADATA, TEMPLATE] };
static SERVICE: Struct = Struct { fields: &[METADATA, spec(&SERVICE_SPEC)] };
static PERSISTENT_VOLUME_CLAIM: Struct = Struct { fields: &[METADATA, spec(&PERSISTENT_VOLUME_CLAIM_SPEC)] };

const TEMPLATE: Field = field("template", Type::Struct(&POD_TEMPLATE_SPEC));
const REPLICAS: Field = field("replicas", Type::Int32).pointer().or(Default::Int(1));
const MIN_READY: Field = field("minReadySeconds", Type::Int32);
const HISTORY_LIMIT: Field = field("revisionHistoryLimit", Type::Int32).pointer().or(Default::Int(10));
const SELECTOR: Field = field("selector", Type::Struct(&LABEL_SELECTOR)).pointer();
const LABELS: Field = field("selector", Type::Map(&Type::Text));

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
        MIN_READY,
        field("persistentVolumeClaimRetentionPolicy", Type::Struct(&RETENTION)).pointer().or(Default::Empty),
    ],
};

static STATEFUL_SET_STRATEGY: Struct = Struct {
    fields: &[
        field("type", Type::Text).or(Default::Text("RollingUpdate")),
        field("rollingUpdate", Type::Struct(&STATEFUL_SET_ROLLING)).pointer().or(Default::Empty),
    ],
};

static STATEFUL_SET_ROLLING: Struct =
    Struct { fields: &[field("partition", Type::Int32).pointer().or(Default::Int(0))] };

static RETENTION: Struct = Struct {
    fields: &[
        field("whenDeleted", Type::Text).or(Default::Text("Retain")),
        field("whenScaled", Type::Text).or(Default::Text("Retain")),
    ],
};

static DAEMON_SET_SPEC: Struct = Struct {
    fields: &[
        SELECTOR,
        TEMPLATE,
        field("updateStrategy", Type::Struct(&DAEMON_SET_STRATEGY)),
        MIN_READY,
        HISTORY_LIMIT,
    ],
};

static DAEMON_SET_STRATEGY: Struct = Struct {
    fields: &[
        field("type", Type::Text).or(Default::Text("RollingUpdate")),
        field("rollingUpdate", Type::Struct(&DAEMON_SET_ROLLING)).pointer().or(Default::Empty),
    ],
};

static DAEMON_SET_ROLLING: Struct = Struct {
    fields: &[
        field("maxUnavailable", Type::IntOrString).pointer().or(Default::Int(1)),
        field("maxSurge", Type::IntOrString).pointer().or(Default::Int(0)),
    ],
};

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
