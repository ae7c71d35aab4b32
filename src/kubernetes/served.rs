//! Which versions serve a kind under which API version: a template counts the same under each.

use super::{Kind, Minors, Version};

/// A kind, an `apiVersion`, and the versions whose API server takes objects of it by default.
type Row = (&'static str, &'static str, Minors);

/// Those of a kind stand from the oldest to the one of today.
/// Source: <https://kubernetes.io/docs/reference/using-api/deprecation-guide/> and the release notes of the versions.
const SERVED: &[Row] = &[
    ("Deployment", "extensions/v1beta1", Minors::range(2, 15)),
    ("Deployment", "apps/v1beta1", Minors::range(6, 15)),
    ("Deployment", "apps/v1beta2", Minors::range(8, 15)),
    ("Deployment", "apps/v1", Minors::since(9)),
    ("DaemonSet", "extensions/v1beta1", Minors::range(2, 15)),
    ("DaemonSet", "apps/v1beta2", Minors::range(8, 15)),
    ("DaemonSet", "apps/v1", Minors::since(9)),
    ("StatefulSet", "apps/v1beta1", Minors::range(5, 15)),
    ("StatefulSet", "apps/v1beta2", Minors::range(8, 15)),
    ("StatefulSet", "apps/v1", Minors::since(9)),
    ("ReplicaSet", "extensions/v1beta1", Minors::range(2, 15)),
    ("ReplicaSet", "apps/v1beta2", Minors::range(8, 15)),
    ("ReplicaSet", "apps/v1", Minors::since(9)),
    ("CronJob", "batch/v1beta1", Minors::range(8, 24)),
    ("CronJob", "batch/v1", Minors::since(21)),
    ("HorizontalPodAutoscaler", "autoscaling/v2beta1", Minors::range(8, 24)),
    ("HorizontalPodAutoscaler", "autoscaling/v2beta2", Minors::range(12, 25)),
    ("HorizontalPodAutoscaler", "autoscaling/v1", Minors::since(2)),
    ("HorizontalPodAutoscaler", "autoscaling/v2", Minors::since(23)),
    ("PodDisruptionBudget", "policy/v1beta1", Minors::range(5, 24)),
    ("PodDisruptionBudget", "policy/v1", Minors::since(21)),
    ("PodSecurityPolicy", "extensions/v1beta1", Minors::range(3, 15)),
    ("PodSecurityPolicy", "policy/v1beta1", Minors::range(10, 24)),
    ("Ingress", "extensions/v1beta1", Minors::range(2, 21)),
    ("Ingress", "networking.k8s.io/v1beta1", Minors::range(14, 21)),
    ("Ingress", "networking.k8s.io/v1", Minors::since(19)),
    ("IngressClass", "networking.k8s.io/v1beta1", Minors::range(18, 21)),
    ("IngressClass", "networking.k8s.io/v1", Minors::since(19)),
    ("NetworkPolicy", "extensions/v1beta1", Minors::range(3, 15)),
    ("NetworkPolicy", "networking.k8s.io/v1", Minors::since(7)),
    ("EndpointSlice", "discovery.k8s.io/v1beta1", Minors::range(17, 24)),
    ("EndpointSlice", "discovery.k8s.io/v1", Minors::since(21)),
    ("Role", "rbac.authorization.k8s.io/v1beta1", Minors::range(6, 21)),
    ("Role", "rbac.authorization.k8s.io/v1", Minors::since(8)),
    ("RoleBinding", "rbac.authorization.k8s.io/v1beta1", Minors::range(6, 21)),
    ("RoleBinding", "rbac.authorization.k8s.io/v1", Minors::since(8)),
    ("ClusterRole", "rbac.authorization.k8s.io/v1beta1", Minors::range(6, 21)),
    ("ClusterRole", "rbac.authorization.k8s.io/v1", Minors::since(8)),
    ("ClusterRoleBinding", "rbac.authorization.k8s.io/v1beta1", Minors::range(6, 21)),
    ("ClusterRoleBinding", "rbac.authorization.k8s.io/v1", Minors::since(8)),
    ("StorageClass", "storage.k8s.io/v1beta1", Minors::range(4, 21)),
    ("StorageClass", "storage.k8s.io/v1", Minors::since(6)),
    ("CSIDriver", "storage.k8s.io/v1beta1", Minors::range(14, 21)),
    ("CSIDriver", "storage.k8s.io/v1", Minors::since(18)),
    ("CSINode", "storage.k8s.io/v1beta1", Minors::range(14, 21)),
    ("CSINode", "storage.k8s.io/v1", Minors::since(17)),
    ("CSIStorageCapacity", "storage.k8s.io/v1beta1", Minors::range(21, 26)),
    ("CSIStorageCapacity", "storage.k8s.io/v1", Minors::since(24)),
    ("VolumeAttachment", "storage.k8s.io/v1beta1", Minors::range(10, 21)),
    ("VolumeAttachment", "storage.k8s.io/v1", Minors::since(13)),
    ("PriorityClass", "scheduling.k8s.io/v1beta1", Minors::range(11, 21)),
    ("PriorityClass", "scheduling.k8s.io/v1", Minors::since(14)),
    ("RuntimeClass", "node.k8s.io/v1beta1", Minors::range(14, 24)),
    ("RuntimeClass", "node.k8s.io/v1", Minors::since(20)),
    ("Lease", "coordination.k8s.io/v1beta1", Minors::range(14, 21)),
    ("Lease", "coordination.k8s.io/v1", Minors::since(14)),
    ("Event", "events.k8s.io/v1beta1", Minors::range(8, 24)),
    ("Event", "events.k8s.io/v1", Minors::since(19)),
    ("CustomResourceDefinition", "apiextensions.k8s.io/v1beta1", Minors::range(7, 21)),
    ("CustomResourceDefinition", "apiextensions.k8s.io/v1", Minors::since(16)),
    ("APIService", "apiregistration.k8s.io/v1beta1", Minors::range(7, 21)),
    ("APIService", "apiregistration.k8s.io/v1", Minors::since(10)),
    ("MutatingWebhookConfiguration", "admissionregistration.k8s.io/v1beta1", Minors::range(9, 21)),
    ("MutatingWebhookConfiguration", "admissionregistration.k8s.io/v1", Minors::since(16)),
    ("ValidatingWebhookConfiguration", "admissionregistration.k8s.io/v1beta1", Minors::range(9, 21)),
    ("ValidatingWebhookConfiguration", "admissionregistration.k8s.io/v1", Minors::since(16)),
    ("FlowSchema", "flowcontrol.apiserver.k8s.io/v1beta1", Minors::range(20, 25)),
    ("FlowSchema", "flowcontrol.apiserver.k8s.io/v1beta2", Minors::range(23, 28)),
    ("FlowSchema", "flowcontrol.apiserver.k8s.io/v1beta3", Minors::range(26, 31)),
    ("FlowSchema", "flowcontrol.apiserver.k8s.io/v1", Minors::since(29)),
    ("PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io/v1beta1", Minors::range(20, 25)),
    ("PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io/v1beta2", Minors::range(23, 28)),
    ("PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io/v1beta3", Minors::range(26, 31)),
    ("PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io/v1", Minors::since(29)),
];

impl Kind {
    /// The versions whose API server takes objects of this kind with this `apiVersion`; none where nothing is known.
    ///
    /// ```
    /// use rollbook::kubernetes::{Kind, Version};
    /// let version: Version = "1.8".parse().unwrap();
    /// assert!(!Kind::Deployment.served("apps/v1").unwrap().has(version));
    /// assert!(Kind::Deployment.served("apps/v1beta2").unwrap().has(version));
    /// ```
    pub fn served(self, api_version: &str) -> Option<Minors> {
        served(self.name(), api_version)
    }
}

/// The same of any kind, by the word in its manifests.
pub fn served(kind: &str, api_version: &str) -> Option<Minors> {
    SERVED.iter().find(|(of, served, _)| *of == kind && *served == api_version).map(|(_, _, versions)| *versions)
}

/// The group of an `apiVersion`, which is empty for the core.
///
/// ```
/// use rollbook::kubernetes::group_of;
/// assert_eq!((group_of("apps/v1"), group_of("v1")), ("apps", ""));
/// ```
pub fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// The newest `apiVersion` under which a version serves a kind; none where nothing is known.
///
/// ```
/// use rollbook::kubernetes::{Version, served_under};
/// assert_eq!(served_under("CronJob", "1.25".parse::<Version>().unwrap()), Some("batch/v1"));
/// assert_eq!(served_under("PodSecurityPolicy", "1.25".parse::<Version>().unwrap()), None);
/// ```
pub fn served_under(kind: &str, version: Version) -> Option<&'static str> {
    let of_kind = SERVED.iter().rev().filter(|(of, ..)| *of == kind);
    of_kind.filter(|(_, _, versions)| versions.has(version)).map(|(_, api_version, _)| *api_version).next()
}
