//! What keeps a controller from replacing pods at once.

use crate::kubernetes::Kind;
use crate::manifest::Object;
use crate::yaml::{Node, Value};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a workload with another template goes on with its pods for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hold {
    /// A Deployment is paused.
    Paused,
    /// Pods have the new template once somebody deletes the old ones.
    OnDelete,
    /// Pods of a StatefulSet with lower ordinals keep the old template.
    Partition(i64),
    /// There are no pods.
    NoReplicas,
}

/// API versions in which `OnDelete` is the default.
/// Source: `pkg/apis/apps/v1beta1/defaults.go`, `pkg/apis/extensions/v1beta1/defaults.go`.
const ON_DELETE_BY_DEFAULT: [&str; 2] = ["apps/v1beta1", "extensions/v1beta1"];

impl Hold {
    /// What holds a workload of a kind back.
    pub fn of(kind: Kind, object: &Object) -> Option<Hold> {
        let at = |path: &[&str]| object.node().at(path);
        let strategy = at(&["spec", "updateStrategy", "type"]).and_then(Node::as_str);
        let by_default = || ON_DELETE_BY_DEFAULT.contains(&object.identity.api_version.as_str());
        let on_delete = strategy.map_or_else(by_default, |strategy| strategy == "OnDelete");
        let partition = || at(&["spec", "updateStrategy", "rollingUpdate", "partition"]).and_then(whole).unwrap_or(0);
        let no_replicas = || (object.replicas() == Some(0)).then_some(Hold::NoReplicas);
        match kind {
            Kind::Deployment if at(&["spec", "paused"]).is_some_and(is_true) => Some(Hold::Paused),
            Kind::Deployment => no_replicas(),
            Kind::DaemonSet => on_delete.then_some(Hold::OnDelete),
            Kind::StatefulSet if on_delete => Some(Hold::OnDelete),
            Kind::StatefulSet if partition() > 0 => Some(Hold::Partition(partition())),
            Kind::StatefulSet => no_replicas(),
            _ => None,
        }
    }

    /// Whether pods that it held back are replaced when this comes in its place.
    pub(super) fn lets_go(&self, next: Option<&Hold>) -> bool {
        match (self, next) {
            (Hold::NoReplicas, _) => false,
            (Hold::Partition(old), Some(Hold::Partition(new))) => new < old,
            (Hold::Partition(_), Some(Hold::OnDelete)) => false,
            (hold, next) => next != Some(hold),
        }
    }

    /// In a word or two: `paused`.
    pub fn word(&self) -> String {
        match self {
            Hold::Paused => "paused".to_owned(),
            Hold::OnDelete => "OnDelete".to_owned(),
            Hold::Partition(ordinal) => format!("partition {ordinal}"),
            Hold::NoReplicas => "no replicas".to_owned(),
        }
    }

    /// The field that says it.
    pub fn field(&self) -> &'static str {
        match self {
            Hold::Paused => "spec.paused",
            Hold::OnDelete => "spec.updateStrategy.type",
            Hold::Partition(_) => "spec.updateStrategy.rollingUpdate.partition",
            Hold::NoReplicas => "spec.replicas",
        }
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hold::Paused => f.write_str("once it is resumed: `spec.paused` is true"),
            Hold::OnDelete => f.write_str("as its pods are deleted: the update strategy is `OnDelete`"),
            Hold::Partition(ordinal) => write!(f, "but pods with an ordinal below the partition, {ordinal}, stay"),
            Hold::NoReplicas => f.write_str("but there are no pods: `spec.replicas` is 0"),
        }
    }
}

pub(super) fn is_true(node: &Node) -> bool {
    node.value == Value::Bool(true)
}

fn whole(node: &Node) -> Option<i64> {
    match node.value {
        Value::Int(number) => Some(number),
        _ => None,
    }
}
