//! The fields that the API server lets nobody change. What it said to updates of each is `tests/golden/immutable.tsv`;
//! the versions are those of the field, or from the code and the notes of the releases.

use super::row::{Row, row};
use super::{others, pod, service, storage, workload};

pub(super) const SELECTOR: &[&str] = &["spec", "selector"];

const APPS: &str = "apps";
const BATCH: &str = "batch";
const CORE: &str = "";
const CUSTOM: &str = "apiextensions.k8s.io";
const NETWORKING: &str = "networking.k8s.io";
const RBAC: &str = "rbac.authorization.k8s.io";
const RESOURCE: &str = "resource.k8s.io";
const STORAGE: &str = "storage.k8s.io";

pub(super) const ROWS: &[Row] = &[
    // `pkg/registry/apps/{deployment,daemonset,replicaset}/strategy.go`: ValidateUpdate.
    row(APPS, "Deployment", SELECTOR).when(workload::is_no_beta),
    row(APPS, "DaemonSet", SELECTOR).when(workload::is_no_beta),
    row(APPS, "ReplicaSet", SELECTOR).when(workload::is_no_beta),
    // `pkg/apis/apps/validation/validation.go`: ValidateStatefulSetUpdate, ValidateControllerRevisionUpdate.
    row(APPS, "StatefulSet", SELECTOR).when(workload::is_no_default),
    row(APPS, "StatefulSet", &["spec", "serviceName"]),
    row(APPS, "StatefulSet", &["spec", "podManagementPolicy"]).or("\"OrderedReady\""),
    row(APPS, "StatefulSet", &["spec", "volumeClaimTemplates"]).when(workload::is_of_claim),
    row(APPS, "StatefulSet", &["spec", "revisionHistoryLimit"]).or("10").until(32),
    row(APPS, "ControllerRevision", &["data"]),
    // `pkg/apis/batch/validation/validation.go`: ValidateJobSpecUpdate. The controller fills the selector in.
    row(BATCH, "Job", &["spec", "template"]).when(workload::is_not_suspended),
    row(BATCH, "Job", SELECTOR).when(workload::has_other_selector),
    row(BATCH, "Job", &["spec", "completions"]).when(workload::has_other_completions),
    row(BATCH, "Job", &["spec", "completionMode"]).or("\"NonIndexed\"").since(22),
    row(BATCH, "Job", &["spec", "podFailurePolicy"]).since(26),
    row(BATCH, "Job", &["spec", "backoffLimitPerIndex"]).since(29),
    row(BATCH, "Job", &["spec", "successPolicy"]).since(31),
    row(BATCH, "Job", &["spec", "managedBy"]).since(30),
    // `pkg/apis/core/validation/validation.go`: ValidatePodUpdate.
    row(CORE, "Pod", &["spec"]).when(pod::is_fixed),
    // ValidateServiceUpdate, after `pkg/registry/core/service/storage/alloc.go`: patchAllocatedValues.
    row(CORE, "Service", &["spec", "clusterIP"]).when(service::has_other_address),
    row(CORE, "Service", &["spec", "clusterIPs"]).since(20).when(service::has_other_address),
    row(CORE, "Service", &["spec", "ipFamilies"]).since(20).when(service::has_other_family),
    row(CORE, "Service", &["spec", "loadBalancerClass"]).since(22).when(service::stays_balanced),
    row(CORE, "Service", &["spec", "healthCheckNodePort"]).filled_in().when(service::stays_checked),
    // ValidateConfigMapUpdate, ValidateSecretUpdate.
    row(CORE, "ConfigMap", &["data"]).since(19).when(others::is_sealed),
    row(CORE, "ConfigMap", &["binaryData"]).since(19).when(others::is_sealed),
    row(CORE, "ConfigMap", &["immutable"]).since(19).when(others::is_sealed),
    row(CORE, "Secret", &["data"]).since(19).when(others::is_sealed),
    row(CORE, "Secret", &["stringData"]).since(19).when(others::is_sealed_and_written),
    row(CORE, "Secret", &["immutable"]).since(19).when(others::is_sealed),
    row(CORE, "Secret", &["type"]).or("\"Opaque\""),
    // ValidatePersistentVolumeClaimUpdate.
    row(CORE, "PersistentVolumeClaim", &["spec", "accessModes"]),
    row(CORE, "PersistentVolumeClaim", &["spec", "storageClassName"]).once(),
    row(CORE, "PersistentVolumeClaim", &["metadata", "annotations", "volume.beta.kubernetes.io/storage-class"]),
    row(CORE, "PersistentVolumeClaim", &["spec", "volumeMode"]).or("\"Filesystem\""),
    row(CORE, "PersistentVolumeClaim", &["spec", "volumeName"]).once(),
    row(CORE, "PersistentVolumeClaim", SELECTOR),
    row(CORE, "PersistentVolumeClaim", &["spec", "dataSource"]).when(storage::has_other_source),
    row(CORE, "PersistentVolumeClaim", &["spec", "dataSourceRef"]).when(storage::has_other_source),
    row(CORE, "PersistentVolumeClaim", &["spec", "resources", "limits"]),
    row(CORE, "PersistentVolumeClaim", &["spec", "resources", "requests"]).when(storage::shrinks),
    // ValidatePersistentVolumeUpdate.
    row(CORE, "PersistentVolume", &["spec"]).when(storage::is_of_source),
    row(CORE, "PersistentVolume", &["spec", "volumeMode"]).or("\"Filesystem\""),
    row(CORE, "PersistentVolume", &["spec", "nodeAffinity"]).once().when(storage::has_other_nodes),
    row(CORE, "PersistentVolume", &["spec", "volumeAttributesClassName"]).since(29).until(33),
    row(CORE, "PersistentVolume", &["spec", "volumeAttributesClassName"]).since(34).when(others::is_removed),
    // ValidateResourceQuotaUpdate, ValidateNodeUpdate.
    row(CORE, "ResourceQuota", &["spec", "scopes"]).when(others::has_other_scopes),
    row(CORE, "Node", &["spec", "providerID"]).once(),
    // `pkg/apis/storage/validation/validation.go`: ValidateStorageClassUpdate, ValidateVolumeAttributesClassUpdate,
    // ValidateCSIStorageCapacityUpdate, ValidateVolumeAttachmentUpdate.
    row(STORAGE, "StorageClass", &["provisioner"]),
    row(STORAGE, "StorageClass", &["parameters"]),
    row(STORAGE, "StorageClass", &["reclaimPolicy"]).or("\"Delete\""),
    row(STORAGE, "StorageClass", &["volumeBindingMode"]).or("\"Immediate\""),
    row(STORAGE, "VolumeAttributesClass", &["driverName"]),
    row(STORAGE, "VolumeAttributesClass", &["parameters"]),
    row(STORAGE, "CSIStorageCapacity", &["storageClassName"]),
    row(STORAGE, "CSIStorageCapacity", &["nodeTopology"]),
    row(STORAGE, "VolumeAttachment", &["spec"]),
    // ValidateCSIDriverUpdate, which once held more.
    row(STORAGE, "CSIDriver", &["spec", "attachRequired"]).or("true"),
    row(STORAGE, "CSIDriver", &["spec", "volumeLifecycleModes"]).or("[\"Persistent\"]"),
    row(STORAGE, "CSIDriver", &["spec", "podInfoOnMount"]).or("false").until(28),
    row(STORAGE, "CSIDriver", &["spec", "fsGroupPolicy"]).or("\"ReadWriteOnceWithFSType\"").until(28),
    row(STORAGE, "CSIDriver", &["spec", "storageCapacity"]).or("false").until(22),
    // `pkg/apis/networking/validation/validation.go`: ValidateIngressClassUpdate, ValidateServiceCIDRUpdate,
    // ValidateIPAddressUpdate; `pkg/apis/discovery/validation/validation.go`: ValidateEndpointSliceUpdate.
    row(NETWORKING, "IngressClass", &["spec", "controller"]),
    row(NETWORKING, "ServiceCIDR", &["spec", "cidrs"]).when(others::is_not_added),
    row(NETWORKING, "IPAddress", &["spec", "parentRef"]),
    row("discovery.k8s.io", "EndpointSlice", &["addressType"]),
    // `pkg/apis/rbac/validation/validation.go`: ValidateRoleBindingUpdate, ValidateClusterRoleBindingUpdate.
    row(RBAC, "RoleBinding", &["roleRef"]).when(others::has_other_role),
    row(RBAC, "ClusterRoleBinding", &["roleRef"]).when(others::has_other_role),
    // `pkg/apis/scheduling/validation/validation.go`: ValidatePriorityClassUpdate.
    row("scheduling.k8s.io", "PriorityClass", &["value"]),
    row("scheduling.k8s.io", "PriorityClass", &["preemptionPolicy"]).or("\"PreemptLowerPriority\"").since(15),
    // `pkg/apis/node/validation/validation.go`: ValidateRuntimeClassUpdate.
    row("node.k8s.io", "RuntimeClass", &["handler"]),
    // `pkg/apis/policy/validation/validation.go`: ValidatePodDisruptionBudgetUpdate, until it was there no more.
    row("policy", "PodDisruptionBudget", &["spec"]).until(14),
    // `pkg/apis/resource/validation/validation.go`: ValidateResourceClaimUpdate, ValidateResourceClaimTemplateUpdate.
    row(RESOURCE, "ResourceClaim", &["spec"]),
    row(RESOURCE, "ResourceClaimTemplate", &["spec"]),
    // apiextensions-apiserver `pkg/apis/apiextensions/validation/validation.go`:
    // validateCustomResourceDefinitionSpecUpdate.
    row(CUSTOM, "CustomResourceDefinition", &["spec", "group"]),
    row(CUSTOM, "CustomResourceDefinition", &["spec", "scope"]),
    row(CUSTOM, "CustomResourceDefinition", &["spec", "names", "kind"]),
    row(CUSTOM, "CustomResourceDefinition", &["spec", "names", "plural"]),
    // The same file: ValidateCustomResourceDefinitionStoredVersions.
    row(CUSTOM, "CustomResourceDefinition", &["spec", "versions"]).when(others::was_stored),
];
