//! What stands around a template: enough of a Deployment to tell whether the API server can decode it, and what it
//! fills in. Source: `k8s.io/api/apps/v1` and, for `rollbackTo`, `extensions/v1beta1`; kubernetes
//! `pkg/apis/apps/v1/defaults.go` SetDefaults_Deployment.

use super::tables::{LABEL_SELECTOR, OBJECT_META, POD_TEMPLATE_SPEC};
use super::{Default, Field, Struct, Type};

/// `apps/v1.Deployment`, without its status, which no server takes from a manifest.
pub(in crate::template) static DEPLOYMENT: Struct = Struct {
    fields: &[
        Field::new("metadata", "ObjectMeta", Type::Struct(&OBJECT_META)),
        Field::new("spec", "Spec", Type::Struct(&DEPLOYMENT_SPEC)),
    ],
};

/// `apps/v1.DeploymentSpec`.
pub(in crate::template) static DEPLOYMENT_SPEC: Struct = Struct {
    fields: &[
        Field::new("replicas", "Replicas", Type::Int32).pointer().or(Default::Int(1)),
        Field::new("selector", "Selector", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("template", "Template", Type::Struct(&POD_TEMPLATE_SPEC)),
        Field::new("strategy", "Strategy", Type::Struct(&DEPLOYMENT_STRATEGY)),
        Field::new("minReadySeconds", "MinReadySeconds", Type::Int32),
        Field::new("revisionHistoryLimit", "RevisionHistoryLimit", Type::Int32).pointer().or(Default::Int(10)),
        Field::new("paused", "Paused", Type::Bool),
        Field::new("progressDeadlineSeconds", "ProgressDeadlineSeconds", Type::Int32).pointer().or(Default::Int(600)),
        Field::new("rollbackTo", "RollbackTo", Type::Struct(&ROLLBACK_CONFIG)).pointer(),
    ],
};

static DEPLOYMENT_STRATEGY: Struct = Struct {
    fields: &[
        Field::new("type", "Type", Type::Text).or(Default::Text("RollingUpdate")),
        Field::new("rollingUpdate", "RollingUpdate", Type::Struct(&ROLLING_UPDATE)).pointer().or(Default::Empty),
    ],
};

static ROLLING_UPDATE: Struct = Struct {
    fields: &[
        Field::new("maxUnavailable", "MaxUnavailable", Type::IntOrString).pointer().or(Default::Text("25%")),
        Field::new("maxSurge", "MaxSurge", Type::IntOrString).pointer().or(Default::Text("25%")),
    ],
};

static ROLLBACK_CONFIG: Struct = Struct { fields: &[Field::new("revision", "Revision", Type::Int64)] };
