//! The kinds of objects and the words that kubectl takes for them.

use std::fmt;
use std::str::FromStr;

use crate::text::closest;

/// A kind of object that the tool knows by name.
///
/// ```
/// use rollbook::kubernetes::Kind;
/// let kind: Kind = "deploy".parse()?;
/// assert_eq!(kind, Kind::Deployment);
/// assert_eq!(kind.qualified(), "deployment.apps");
/// # Ok::<(), rollbook::kubernetes::UnknownKind>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Deployment,
    StatefulSet,
    DaemonSet,
    ReplicaSet,
    ReplicationController,
    Job,
    CronJob,
    Pod,
    ControllerRevision,
    Service,
    ConfigMap,
    Secret,
    Ingress,
    Namespace,
    ServiceAccount,
    PersistentVolumeClaim,
    PersistentVolume,
    HorizontalPodAutoscaler,
    PodDisruptionBudget,
    NetworkPolicy,
    StorageClass,
    Role,
    RoleBinding,
    ClusterRole,
    ClusterRoleBinding,
    CustomResourceDefinition,
}

/// A row of [`KINDS`]: the kind as manifests write it, the group that serves it today, and kubectl's other words.
struct Row {
    kind: Kind,
    name: &'static str,
    group: &'static str,
    plural: &'static str,
    short: &'static [&'static str],
}

const fn row(
    kind: Kind,
    name: &'static str,
    group: &'static str,
    plural: &'static str,
    short: &'static [&'static str],
) -> Row {
    Row { kind, name, group, plural, short }
}

/// In the order of [`Kind`]. Plurals and short names are those of `kubectl api-resources`.
const KINDS: &[Row] = &[
    row(Kind::Deployment, "Deployment", "apps", "deployments", &["deploy"]),
    row(Kind::StatefulSet, "StatefulSet", "apps", "statefulsets", &["sts"]),
    row(Kind::DaemonSet, "DaemonSet", "apps", "daemonsets", &["ds"]),
    row(Kind::ReplicaSet, "ReplicaSet", "apps", "replicasets", &["rs"]),
    row(Kind::ReplicationController, "ReplicationController", "", "replicationcontrollers", &["rc"]),
    row(Kind::Job, "Job", "batch", "jobs", &[]),
    row(Kind::CronJob, "CronJob", "batch", "cronjobs", &["cj"]),
    row(Kind::Pod, "Pod", "", "pods", &["po"]),
    row(Kind::ControllerRevision, "ControllerRevision", "apps", "controllerrevisions", &[]),
    row(Kind::Service, "Service", "", "services", &["svc"]),
    row(Kind::ConfigMap, "ConfigMap", "", "configmaps", &["cm"]),
    row(Kind::Secret, "Secret", "", "secrets", &[]),
    row(Kind::Ingress, "Ingress", "networking.k8s.io", "ingresses", &["ing"]),
    row(Kind::Namespace, "Namespace", "", "namespaces", &["ns"]),
    row(Kind::ServiceAccount, "ServiceAccount", "", "serviceaccounts", &["sa"]),
    row(Kind::PersistentVolumeClaim, "PersistentVolumeClaim", "", "persistentvolumeclaims", &["pvc"]),
    row(Kind::PersistentVolume, "PersistentVolume", "", "persistentvolumes", &["pv"]),
    row(Kind::HorizontalPodAutoscaler, "HorizontalPodAutoscaler", "autoscaling", "horizontalpodautoscalers", &["hpa"]),
    row(Kind::PodDisruptionBudget, "PodDisruptionBudget", "policy", "poddisruptionbudgets", &["pdb"]),
    row(Kind::NetworkPolicy, "NetworkPolicy", "networking.k8s.io", "networkpolicies", &["netpol"]),
    row(Kind::StorageClass, "StorageClass", "storage.k8s.io", "storageclasses", &["sc"]),
    row(Kind::Role, "Role", "rbac.authorization.k8s.io", "roles", &[]),
    row(Kind::RoleBinding, "RoleBinding", "rbac.authorization.k8s.io", "rolebindings", &[]),
    row(Kind::ClusterRole, "ClusterRole", "rbac.authorization.k8s.io", "clusterroles", &[]),
    row(Kind::ClusterRoleBinding, "ClusterRoleBinding", "rbac.authorization.k8s.io", "clusterrolebindings", &[]),
    row(
        Kind::CustomResourceDefinition,
        "CustomResourceDefinition",
        "apiextensions.k8s.io",
        "customresourcedefinitions",
        &["crd", "crds"],
    ),
];

/// A word that is no kind the tool knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind `{given}`")]
pub struct UnknownKind {
    /// The word as it was given.
    pub given: String,
    /// The word that may have been meant.
    pub suggestion: Option<&'static str>,
}

impl Kind {
    /// All of them, in the order of importance here.
    pub fn all() -> impl Iterator<Item = Kind> {
        KINDS.iter().map(|row| row.kind)
    }

    /// The kind of a manifest's `kind:`, whose spelling is exact.
    pub fn of(kind: &str) -> Option<Kind> {
        KINDS.iter().find(|row| row.name == kind).map(|row| row.kind)
    }

    /// As manifests write it: `Deployment`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The API group that serves it today: `apps`, or nothing for the core group.
    pub fn group(self) -> &'static str {
        self.row().group
    }

    /// As the API's paths write it: `deployments`.
    pub fn plural(self) -> &'static str {
        self.row().plural
    }

    /// As kubectl prints it in front of a name: `deployment.apps`, `service`.
    pub fn qualified(self) -> String {
        qualified(self.name(), self.group())
    }

    /// As kubectl's users write it: `deploy`, or `job` where there is no shorter word.
    pub fn short(self) -> String {
        self.row().short.first().map_or_else(|| self.name().to_lowercase(), |short| (*short).to_owned())
    }

    /// Whether it makes pods from a template.
    pub fn is_workload(self) -> bool {
        self.has_revisions()
            || matches!(self, Self::ReplicaSet | Self::ReplicationController | Self::Job | Self::CronJob)
    }

    /// Whether its controller keeps revisions, under names made of a hash.
    pub fn has_revisions(self) -> bool {
        matches!(self, Self::Deployment | Self::StatefulSet | Self::DaemonSet)
    }

    fn row(self) -> &'static Row {
        KINDS.iter().find(|row| row.kind == self).expect("every kind has a row, which a test holds")
    }
}

/// `deployment.apps`, or `service` for the core group: the resource as kubectl names one object of it.
fn qualified(kind: &str, group: &str) -> String {
    let kind = kind.to_lowercase();
    if group.is_empty() { kind } else { format!("{kind}.{group}") }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Row {
    /// kubectl takes the singular, the plural and the short names, in any case.
    fn answers_to(&self, word: &str) -> bool {
        let words = [self.name, self.plural].into_iter().chain(self.short.iter().copied());
        words.into_iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// `apps`, or with the version before it (`v1.apps`), as in `deployment.v1.apps`. The groups of long ago are taken
    /// too (`deployment.extensions`), since an object keeps its history over them.
    fn is_served_by(&self, group: &str) -> bool {
        let bare = match group.split_once('.') {
            Some((version, rest)) if is_version(version) => rest,
            None if is_version(group) => "",
            _ => group,
        };
        bare == self.group || (bare == "extensions" && matches!(self.group, "apps" | "networking.k8s.io"))
    }
}

fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

impl FromStr for Kind {
    type Err = UnknownKind;

    /// Any word that kubectl takes: `deployment`, `Deployments`, `deploy`, `deployment.apps`, `deployment.v1.apps`.
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let (kind, group) = match word.split_once('.') {
            Some((kind, group)) => (kind, Some(group)),
            None => (word, None),
        };
        let found = KINDS.iter().find(|row| row.answers_to(kind) && group.is_none_or(|group| row.is_served_by(group)));
        found.map(|row| row.kind).ok_or_else(|| UnknownKind { given: word.to_owned(), suggestion: suggestion(kind) })
    }
}

fn suggestion(word: &str) -> Option<&'static str> {
    let known = KINDS.iter().flat_map(|row| [row.name, row.plural].into_iter().chain(row.short.iter().copied()));
    closest(word, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_row_in_its_place() {
        assert!(KINDS.iter().enumerate().all(|(index, row)| row.kind as usize == index));
        assert_eq!(Kind::CustomResourceDefinition as usize + 1, KINDS.len());
    }

    #[test]
    fn no_word_stands_for_two_kinds() {
        let words = KINDS.iter().flat_map(|row| [row.name, row.plural].into_iter().chain(row.short.iter().copied()));
        let mut words: Vec<String> = words.map(str::to_lowercase).collect();
        let all = words.len();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), all);
    }

    #[test]
    fn kubectls_words_are_taken() {
        for (word, kind) in [
            ("deploy", Kind::Deployment),
            ("deployment", Kind::Deployment),
            ("Deployments", Kind::Deployment),
            ("deployment.apps", Kind::Deployment),
            ("deployments.v1.apps", Kind::Deployment),
            ("deployment.v1beta1.extensions", Kind::Deployment),
            ("sts", Kind::StatefulSet),
            ("ds", Kind::DaemonSet),
            ("rc", Kind::ReplicationController),
            ("services.v1", Kind::Service),
            ("ing.networking.k8s.io", Kind::Ingress),
        ] {
            assert_eq!(word.parse(), Ok(kind), "{word}");
        }
    }

    #[test]
    fn an_unknown_word_gets_the_nearest_known_one() {
        for (word, suggestion) in [
            ("deploymnt", Some("Deployment")),
            ("stateful-set", Some("StatefulSet")),
            ("rollout", None),
            ("deploy.batch", Some("deploy")),
        ] {
            let error = word.parse::<Kind>().unwrap_err();
            assert_eq!((error.suggestion, error.to_string()), (suggestion, format!("unknown kind `{word}`")));
        }
    }

    #[test]
    fn an_object_is_named_as_kubectl_names_it() {
        assert_eq!(Kind::Deployment.qualified(), "deployment.apps");
        assert_eq!(Kind::Service.qualified(), "service");
        assert_eq!(Kind::Ingress.qualified(), "ingress.networking.k8s.io");
    }
}
