//! Generated from `tests/schema/*.tsv` by `tests/schema`: not to be edited.
//! Every type that a pod template reaches, its fields in the order in which they are hashed; and behind them, as
//! `API_…`, the types that are hashed up to 1.5.

use super::Default::{Bool as IsBool, Empty, Int as IsInt, Text as IsText, TextChanged};
use super::Type::{Bool, Int32, Int64, IntOrString, List, Map, Quantity, RawJson, Text, Time, Trie};
use super::{Field, GateRow, Rule, Struct, Type};
use crate::kubernetes::Minors;

/// By name.
pub(in crate::template) static GATES: &[GateRow] = &[
    GateRow { name: "AtomicWriteVolumeUserFields", known: Minors::since(37) },
    GateRow { name: "ClusterTrustBundleProjection", known: Minors::since(29) },
    GateRow { name: "ContainerRestartRules", known: Minors::since(34) },
    GateRow { name: "ContainerStopSignals", known: Minors::since(33) },
    GateRow { name: "DynamicResourceAllocation", known: Minors::since(26) },
    GateRow { name: "EmptyDirVolumeMode", known: Minors::since(37) },
    GateRow { name: "EnvFiles", known: Minors::since(34) },
    GateRow { name: "EvictionRequestAPI", known: Minors::since(37) },
    GateRow { name: "GRPCContainerProbeTLS", known: Minors::since(37) },
    GateRow { name: "GenericWorkload", known: Minors::since(35) },
    GateRow { name: "H2CContainerProbe", known: Minors::since(37) },
    GateRow { name: "HostnameOverride", known: Minors::since(34) },
    GateRow { name: "ImageVolume", known: Minors::since(31) },
    GateRow { name: "InPlacePodVerticalScaling", known: Minors::since(27) },
    GateRow { name: "MatchLabelKeysInPodAffinity", known: Minors::since(29) },
    GateRow { name: "PodCertificateRequest", known: Minors::since(34) },
    GateRow { name: "PodLevelResources", known: Minors::since(32) },
    GateRow { name: "PodLifecycleSleepAction", known: Minors::since(29) },
    GateRow { name: "ProcMountType", known: Minors::since(12) },
    GateRow { name: "RecursiveReadOnlyMounts", known: Minors::since(30) },
    GateRow { name: "SELinuxChangePolicy", known: Minors::since(32) },
    GateRow { name: "SupplementalGroupsPolicy", known: Minors::since(31) },
    GateRow { name: "UserNamespacesSupport", known: Minors::since(28) },
    GateRow { name: "VolumeBindMountOptions", known: Minors::since(37) },
];

pub(in crate::template) static POD_TEMPLATE_SPEC: Struct = Struct {
    fields: &[
        field!("metadata", "ObjectMeta:(v1.ObjectMeta)", Type::Struct(&OBJECT_META)).written(Minors::ALL),
        field!("spec", "Spec:(v1.PodSpec)", Type::Struct(&POD_SPEC)).written(Minors::ALL),
    ],
};

pub(in crate::template) static OBJECT_META: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text),
        field!("generateName", "GenerateName:(string)", Text),
        field!("namespace", "Namespace:(string)", Text),
        field!("selfLink", "SelfLink:(string)", Text),
        field!("uid", "UID:(types.UID)", Text),
        field!("resourceVersion", "ResourceVersion:(string)", Text),
        field!("generation", "Generation:(int64)", Int64),
        field!("creationTimestamp", "CreationTimestamp:(v1.Time)", Time).written(Minors::range(2, 33)),
        field!("deletionTimestamp", "DeletionTimestamp:(*v1.Time)", Time).pointer(),
        field!("deletionGracePeriodSeconds", "DeletionGracePeriodSeconds:(*int64)", Int64).pointer(),
        field!("labels", "Labels:(map[string]string)", Map(&Text)),
        field!("annotations", "Annotations:(map[string]string)", Map(&Text)).rule(Rule::InitContainerAnnotations),
        field!("ownerReferences", "OwnerReferences:([]v1.OwnerReference)", List(&Type::Struct(&OWNER_REFERENCE))).present(Minors::since(3)).merge(&["uid"]),
        field!("initializers", "Initializers:(*v1.Initializers)", Type::Struct(&INITIALIZERS)).pointer().present(Minors::range(7, 15)),
        field!("finalizers", "Finalizers:([]string)", List(&Text)).present(Minors::since(3)),
        field!("clusterName", "ZZZ_DeprecatedClusterName:(string)", Text).older(&[(Minors::range(4, 23), "ClusterName:(string)")]).present(Minors::range(4, 24)),
        field!("managedFields", "ManagedFields:([]v1.ManagedFieldsEntry)", List(&Type::Struct(&MANAGED_FIELDS_ENTRY))).present(Minors::since(14)),
    ],
};

pub(in crate::template) static POD_SPEC: Struct = Struct {
    fields: &[
        field!("volumes", "Volumes:([]v1.Volume)", List(&Type::Struct(&VOLUME))).merge(&["name"]).rule(Rule::ImageVolumes),
        field!("initContainers", "InitContainers:([]v1.Container)", List(&Type::Struct(&CONTAINER))).present(Minors::since(6)).merge(&["name"]),
        field!("containers", "Containers:([]v1.Container)", List(&Type::Struct(&CONTAINER))).merge(&["name"]).written(Minors::ALL),
        field!("ephemeralContainers", "EphemeralContainers:([]v1.EphemeralContainer)", List(&Type::Struct(&EPHEMERAL_CONTAINER))).present(Minors::since(16)).dropped(Minors::range(16, 22)).merge(&["name"]),
        field!("restartPolicy", "RestartPolicy:(v1.RestartPolicy)", Text).or(IsText("Always")),
        field!("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds:(*int64)", Int64).pointer().or(IsInt(30)),
        field!("activeDeadlineSeconds", "ActiveDeadlineSeconds:(*int64)", Int64).pointer(),
        field!("dnsPolicy", "DNSPolicy:(v1.DNSPolicy)", Text).or(IsText("ClusterFirst")),
        field!("nodeSelector", "NodeSelector:(map[string]string)", Map(&Text)),
        field!("serviceAccountName", "ServiceAccountName:(string)", Text).rule(Rule::ServiceAccount),
        field!("serviceAccount", "DeprecatedServiceAccount:(string)", Text).rule(Rule::ServiceAccount),
        field!("automountServiceAccountToken", "AutomountServiceAccountToken:(*bool)", Bool).pointer().present(Minors::since(6)),
        field!("nodeName", "NodeName:(string)", Text),
        field!("hostNetwork", "HostNetwork:(bool)", Bool),
        field!("hostPID", "HostPID:(bool)", Bool),
        field!("hostIPC", "HostIPC:(bool)", Bool),
        field!("shareProcessNamespace", "ShareProcessNamespace:(*bool)", Bool).pointer().present(Minors::since(10)).dropped(Minors::range(10, 11)),
        field!("securityContext", "SecurityContext:(*v1.PodSecurityContext)", Type::Struct(&POD_SECURITY_CONTEXT)).pointer().or(Empty),
        field!("imagePullSecrets", "ImagePullSecrets:([]v1.LocalObjectReference)", List(&Type::Struct(&LOCAL_OBJECT_REFERENCE))).merge(&["name"]),
        field!("hostname", "Hostname:(string)", Text).present(Minors::since(3)),
        field!("subdomain", "Subdomain:(string)", Text).present(Minors::since(3)),
        field!("affinity", "Affinity:(*v1.Affinity)", Type::Struct(&AFFINITY)).pointer().present(Minors::since(6)),
        field!("schedulerName", "SchedulerName:(string)", Text).present(Minors::since(6)).or(IsText("default-scheduler")),
        field!("tolerations", "Tolerations:([]v1.Toleration)", List(&Type::Struct(&TOLERATION))).present(Minors::since(6)),
        field!("hostAliases", "HostAliases:([]v1.HostAlias)", List(&Type::Struct(&HOST_ALIAS))).present(Minors::since(7)).merge(&["ip"]),
        field!("priorityClassName", "PriorityClassName:(string)", Text).present(Minors::since(8)).dropped(Minors::range(8, 10)),
        field!("priority", "Priority:(*int32)", Int32).pointer().present(Minors::since(8)).dropped(Minors::range(8, 10)),
        field!("dnsConfig", "DNSConfig:(*v1.PodDNSConfig)", Type::Struct(&POD_DNS_CONFIG)).pointer().present(Minors::since(9)),
        field!("readinessGates", "ReadinessGates:([]v1.PodReadinessGate)", List(&Type::Struct(&POD_READINESS_GATE))).present(Minors::since(11)),
        field!("runtimeClassName", "RuntimeClassName:(*string)", Text).pointer().present(Minors::since(12)).dropped(Minors::range(12, 13)),
        field!("enableServiceLinks", "EnableServiceLinks:(*bool)", Bool).pointer().present(Minors::since(13)),
        field!("preemptionPolicy", "PreemptionPolicy:(*v1.PreemptionPolicy)", Text).pointer().present(Minors::since(15)).dropped(Minors::range(15, 18)),
        field!("overhead", "Overhead:(v1.ResourceList)", Map(&Quantity { in_list: true })).present(Minors::since(16)).dropped(Minors::range(16, 17)),
        field!("topologySpreadConstraints", "TopologySpreadConstraints:([]v1.TopologySpreadConstraint)", List(&Type::Struct(&TOPOLOGY_SPREAD_CONSTRAINT))).present(Minors::since(16)).dropped(Minors::range(16, 17)).merge(&["topologyKey", "whenUnsatisfiable"]),
        field!("setHostnameAsFQDN", "SetHostnameAsFQDN:(*bool)", Bool).pointer().present(Minors::since(19)).dropped(Minors::range(19, 19)),
        field!("os", "OS:(*v1.PodOS)", Type::Struct(&POD_OS)).pointer().present(Minors::since(23)).dropped(Minors::range(23, 23)),
        field!("hostUsers", "HostUsers:(*bool)", Bool).pointer().present(Minors::since(25)).dropped(Minors::range(25, 32)).gate(22),
        field!("schedulingGates", "SchedulingGates:([]v1.PodSchedulingGate)", List(&Type::Struct(&POD_SCHEDULING_GATE))).present(Minors::since(26)).dropped(Minors::range(26, 26)).merge(&["name"]),
        field!("resourceClaims", "ResourceClaims:([]v1.PodResourceClaim)", List(&Type::Struct(&POD_RESOURCE_CLAIM))).present(Minors::since(26)).dropped(Minors::range(26, 33)).gate(4).merge(&["name"]),
        field!("resources", "Resources:(*v1.ResourceRequirements)", Type::Struct(&RESOURCE_REQUIREMENTS)).pointer().present(Minors::since(32)).dropped(Minors::range(32, 33)).gate(16),
        field!("hostnameOverride", "HostnameOverride:(*string)", Text).pointer().present(Minors::since(34)).dropped(Minors::range(34, 34)).gate(11),
        field!("workloadRef", "WorkloadRef:(*v1.WorkloadReference)", Type::Struct(&WORKLOAD_REFERENCE)).pointer().present(Minors::range(35, 35)).dropped(Minors::range(35, 35)).gate(9),
        field!("schedulingGroup", "SchedulingGroup:(*v1.PodSchedulingGroup)", Type::Struct(&POD_SCHEDULING_GROUP)).pointer().present(Minors::since(36)).dropped(Minors::since(36)).gate(9),
        field!("evictionResponders", "EvictionResponders:([]v1.EvictionResponder)", List(&Type::Struct(&EVICTION_RESPONDER))).present(Minors::since(37)).dropped(Minors::since(37)).gate(7),
    ],
};

pub(in crate::template) static OWNER_REFERENCE: Struct = Struct {
    fields: &[
        field!("apiVersion", "APIVersion:(string)", Text).written(Minors::ALL),
        field!("kind", "Kind:(string)", Text).written(Minors::ALL),
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("uid", "UID:(types.UID)", Text).written(Minors::ALL),
        field!("controller", "Controller:(*bool)", Bool).pointer(),
        field!("blockOwnerDeletion", "BlockOwnerDeletion:(*bool)", Bool).pointer().present(Minors::since(6)),
    ],
};

pub(in crate::template) static INITIALIZERS: Struct = Struct {
    fields: &[
        field!("pending", "Pending:([]v1.Initializer)", List(&Type::Struct(&INITIALIZER))).written(Minors::ALL),
        field!("result", "Result:(*v1.Status)", Type::Struct(&STATUS)).pointer(),
    ],
};

pub(in crate::template) static MANAGED_FIELDS_ENTRY: Struct = Struct {
    fields: &[
        field!("manager", "Manager:(string)", Text),
        field!("operation", "Operation:(v1.ManagedFieldsOperationType)", Text),
        field!("apiVersion", "APIVersion:(string)", Text),
        field!("time", "Time:(*v1.Time)", Time).pointer(),
        field!("fields", "Fields:(*v1.Fields)", Trie).pointer().present(Minors::range(14, 15)),
        field!("fieldsType", "FieldsType:(string)", Text).present(Minors::since(16)),
        field!("fieldsV1", "FieldsV1:(*v1.FieldsV1)", RawJson).pointer().present(Minors::since(16)),
        field!("subresource", "Subresource:(string)", Text).present(Minors::since(22)),
    ],
};

pub(in crate::template) static VOLUME: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("", "VolumeSource:(v1.VolumeSource)", Type::Struct(&VOLUME_SOURCE)).inline(),
    ],
};

pub(in crate::template) static CONTAINER: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("image", "Image:(string)", Text).written(Minors::range(2, 7)),
        field!("command", "Command:([]string)", List(&Text)),
        field!("args", "Args:([]string)", List(&Text)),
        field!("workingDir", "WorkingDir:(string)", Text),
        field!("ports", "Ports:([]v1.ContainerPort)", List(&Type::Struct(&CONTAINER_PORT))).merge(&["containerPort", "protocol"]),
        field!("envFrom", "EnvFrom:([]v1.EnvFromSource)", List(&Type::Struct(&ENV_FROM_SOURCE))).present(Minors::since(6)),
        field!("env", "Env:([]v1.EnvVar)", List(&Type::Struct(&ENV_VAR))).merge(&["name"]),
        field!("resources", "Resources:(v1.ResourceRequirements)", Type::Struct(&RESOURCE_REQUIREMENTS)).written(Minors::ALL),
        field!("resizePolicy", "ResizePolicy:([]v1.ContainerResizePolicy)", List(&Type::Struct(&CONTAINER_RESIZE_POLICY))).present(Minors::since(27)).dropped(Minors::range(27, 32)).gate(13),
        field!("restartPolicy", "RestartPolicy:(*v1.ContainerRestartPolicy)", Text).pointer().present(Minors::since(28)).dropped(Minors::range(34, 34)).gate(2).rule(Rule::SidecarRestart),
        field!("restartPolicyRules", "RestartPolicyRules:([]v1.ContainerRestartRule)", List(&Type::Struct(&CONTAINER_RESTART_RULE))).present(Minors::since(34)).dropped(Minors::range(34, 34)).gate(2),
        field!("volumeMounts", "VolumeMounts:([]v1.VolumeMount)", List(&Type::Struct(&VOLUME_MOUNT))).merge(&["mountPath"]).rule(Rule::ImageMounts),
        field!("volumeDevices", "VolumeDevices:([]v1.VolumeDevice)", List(&Type::Struct(&VOLUME_DEVICE))).present(Minors::since(9)).dropped(Minors::range(9, 12)).merge(&["devicePath"]),
        field!("livenessProbe", "LivenessProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        field!("readinessProbe", "ReadinessProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        field!("startupProbe", "StartupProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer().present(Minors::since(16)).dropped(Minors::range(16, 17)),
        field!("lifecycle", "Lifecycle:(*v1.Lifecycle)", Type::Struct(&LIFECYCLE)).pointer().rule(Rule::EmptiedLifecycle),
        field!("terminationMessagePath", "TerminationMessagePath:(string)", Text).or(IsText("/dev/termination-log")),
        field!("terminationMessagePolicy", "TerminationMessagePolicy:(v1.TerminationMessagePolicy)", Text).present(Minors::since(6)).or(IsText("File")),
        field!("imagePullPolicy", "ImagePullPolicy:(v1.PullPolicy)", Text).rule(Rule::PullPolicy),
        field!("securityContext", "SecurityContext:(*v1.SecurityContext)", Type::Struct(&SECURITY_CONTEXT)).pointer(),
        field!("stdin", "Stdin:(bool)", Bool),
        field!("stdinOnce", "StdinOnce:(bool)", Bool),
        field!("tty", "TTY:(bool)", Bool),
    ],
};

pub(in crate::template) static EPHEMERAL_CONTAINER: Struct = Struct {
    fields: &[
        field!("", "EphemeralContainerCommon:(v1.EphemeralContainerCommon)", Type::Struct(&EPHEMERAL_CONTAINER_COMMON)).inline(),
        field!("targetContainerName", "TargetContainerName:(string)", Text),
    ],
};

pub(in crate::template) static POD_SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        field!("seLinuxOptions", "SELinuxOptions:(*v1.SELinuxOptions)", Type::Struct(&SE_LINUX_OPTIONS)).pointer(),
        field!("windowsOptions", "WindowsOptions:(*v1.WindowsSecurityContextOptions)", Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS)).pointer().present(Minors::since(15)),
        field!("runAsUser", "RunAsUser:(*int64)", Int64).pointer(),
        field!("runAsGroup", "RunAsGroup:(*int64)", Int64).pointer().present(Minors::since(10)).dropped(Minors::range(10, 13)),
        field!("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer(),
        field!("supplementalGroups", "SupplementalGroups:([]int64)", List(&Int64)),
        field!("supplementalGroupsPolicy", "SupplementalGroupsPolicy:(*v1.SupplementalGroupsPolicy)", Text).pointer().present(Minors::since(31)).dropped(Minors::range(31, 32)).gate(21),
        field!("fsGroup", "FSGroup:(*int64)", Int64).pointer(),
        field!("sysctls", "Sysctls:([]v1.Sysctl)", List(&Type::Struct(&SYSCTL))).present(Minors::since(11)),
        field!("fsGroupChangePolicy", "FSGroupChangePolicy:(*v1.PodFSGroupChangePolicy)", Text).pointer().present(Minors::since(18)).dropped(Minors::range(18, 19)),
        field!("seccompProfile", "SeccompProfile:(*v1.SeccompProfile)", Type::Struct(&SECCOMP_PROFILE)).pointer().present(Minors::since(19)),
        field!("appArmorProfile", "AppArmorProfile:(*v1.AppArmorProfile)", Type::Struct(&APP_ARMOR_PROFILE)).pointer().present(Minors::since(30)),
        field!("seLinuxChangePolicy", "SELinuxChangePolicy:(*v1.PodSELinuxChangePolicy)", Text).pointer().present(Minors::since(32)).dropped(Minors::range(32, 32)).gate(20),
    ],
};

pub(in crate::template) static LOCAL_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text),
    ],
};

pub(in crate::template) static AFFINITY: Struct = Struct {
    fields: &[
        field!("nodeAffinity", "NodeAffinity:(*v1.NodeAffinity)", Type::Struct(&NODE_AFFINITY)).pointer(),
        field!("podAffinity", "PodAffinity:(*v1.PodAffinity)", Type::Struct(&POD_AFFINITY)).pointer(),
        field!("podAntiAffinity", "PodAntiAffinity:(*v1.PodAntiAffinity)", Type::Struct(&POD_ANTI_AFFINITY)).pointer(),
    ],
};

pub(in crate::template) static TOLERATION: Struct = Struct {
    fields: &[
        field!("key", "Key:(string)", Text),
        field!("operator", "Operator:(v1.TolerationOperator)", Text),
        field!("value", "Value:(string)", Text),
        field!("effect", "Effect:(v1.TaintEffect)", Text),
        field!("tolerationSeconds", "TolerationSeconds:(*int64)", Int64).pointer(),
    ],
};

pub(in crate::template) static HOST_ALIAS: Struct = Struct {
    fields: &[
        field!("ip", "IP:(string)", Text).written(Minors::since(30)),
        field!("hostnames", "Hostnames:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static POD_DNS_CONFIG: Struct = Struct {
    fields: &[
        field!("nameservers", "Nameservers:([]string)", List(&Text)),
        field!("searches", "Searches:([]string)", List(&Text)),
        field!("options", "Options:([]v1.PodDNSConfigOption)", List(&Type::Struct(&POD_DNS_CONFIG_OPTION))),
    ],
};

pub(in crate::template) static POD_READINESS_GATE: Struct = Struct {
    fields: &[
        field!("conditionType", "ConditionType:(v1.PodConditionType)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static TOPOLOGY_SPREAD_CONSTRAINT: Struct = Struct {
    fields: &[
        field!("maxSkew", "MaxSkew:(int32)", Int32).written(Minors::ALL),
        field!("topologyKey", "TopologyKey:(string)", Text).written(Minors::ALL),
        field!("whenUnsatisfiable", "WhenUnsatisfiable:(v1.UnsatisfiableConstraintAction)", Text).written(Minors::ALL),
        field!("labelSelector", "LabelSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        field!("minDomains", "MinDomains:(*int32)", Int32).pointer().present(Minors::since(24)).dropped(Minors::range(24, 26)),
        field!("nodeAffinityPolicy", "NodeAffinityPolicy:(*v1.NodeInclusionPolicy)", Text).pointer().present(Minors::since(25)).dropped(Minors::range(25, 25)),
        field!("nodeTaintsPolicy", "NodeTaintsPolicy:(*v1.NodeInclusionPolicy)", Text).pointer().present(Minors::since(25)).dropped(Minors::range(25, 25)),
        field!("matchLabelKeys", "MatchLabelKeys:([]string)", List(&Text)).present(Minors::since(25)).dropped(Minors::range(25, 26)),
    ],
};

pub(in crate::template) static POD_OS: Struct = Struct {
    fields: &[
        field!("name", "Name:(v1.OSName)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static POD_SCHEDULING_GATE: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static POD_RESOURCE_CLAIM: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("source", "Source:(v1.ClaimSource)", Type::Struct(&CLAIM_SOURCE)).present(Minors::range(26, 30)).written(Minors::ALL),
        field!("resourceClaimName", "ResourceClaimName:(*string)", Text).pointer().present(Minors::since(31)).dropped(Minors::range(31, 33)).gate(4),
        field!("resourceClaimTemplateName", "ResourceClaimTemplateName:(*string)", Text).pointer().present(Minors::since(31)).dropped(Minors::range(31, 33)).gate(4),
    ],
};

pub(in crate::template) static RESOURCE_REQUIREMENTS: Struct = Struct {
    fields: &[
        field!("limits", "Limits:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        field!("requests", "Requests:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        field!("claims", "Claims:([]v1.ResourceClaim)", List(&Type::Struct(&RESOURCE_CLAIM))).present(Minors::since(26)).dropped(Minors::range(26, 33)).gate(4).merge(&["name"]),
    ],
};

pub(in crate::template) static WORKLOAD_REFERENCE: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("podGroup", "PodGroup:(string)", Text).written(Minors::ALL),
        field!("podGroupReplicaKey", "PodGroupReplicaKey:(string)", Text),
    ],
};

pub(in crate::template) static POD_SCHEDULING_GROUP: Struct = Struct {
    fields: &[
        field!("podGroupName", "PodGroupName:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static EVICTION_RESPONDER: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("priority", "Priority:(*int32)", Int32).pointer().written(Minors::ALL),
    ],
};

pub(in crate::template) static INITIALIZER: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static STATUS: Struct = Struct {
    fields: &[
        field!("", "TypeMeta:(v1.TypeMeta)", Type::Struct(&TYPE_META)).inline(),
        field!("metadata", "ListMeta:(v1.ListMeta)", Type::Struct(&LIST_META)).written(Minors::ALL),
        field!("status", "Status:(string)", Text),
        field!("message", "Message:(string)", Text),
        field!("reason", "Reason:(v1.StatusReason)", Text),
        field!("details", "Details:(*v1.StatusDetails)", Type::Struct(&STATUS_DETAILS)).pointer(),
        field!("code", "Code:(int32)", Int32),
    ],
};

pub(in crate::template) static VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("hostPath", "HostPath:(*v1.HostPathVolumeSource)", Type::Struct(&HOST_PATH_VOLUME_SOURCE)).pointer(),
        field!("emptyDir", "EmptyDir:(*v1.EmptyDirVolumeSource)", Type::Struct(&EMPTY_DIR_VOLUME_SOURCE)).pointer().rule(Rule::EmptyDirIfNone),
        field!("gcePersistentDisk", "GCEPersistentDisk:(*v1.GCEPersistentDiskVolumeSource)", Type::Struct(&GCE_PERSISTENT_DISK_VOLUME_SOURCE)).pointer(),
        field!("awsElasticBlockStore", "AWSElasticBlockStore:(*v1.AWSElasticBlockStoreVolumeSource)", Type::Struct(&AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE)).pointer(),
        field!("gitRepo", "GitRepo:(*v1.GitRepoVolumeSource)", Type::Struct(&GIT_REPO_VOLUME_SOURCE)).pointer(),
        field!("secret", "Secret:(*v1.SecretVolumeSource)", Type::Struct(&SECRET_VOLUME_SOURCE)).pointer(),
        field!("nfs", "NFS:(*v1.NFSVolumeSource)", Type::Struct(&NFS_VOLUME_SOURCE)).pointer(),
        field!("iscsi", "ISCSI:(*v1.ISCSIVolumeSource)", Type::Struct(&ISCSI_VOLUME_SOURCE)).pointer(),
        field!("glusterfs", "Glusterfs:(*v1.GlusterfsVolumeSource)", Type::Struct(&GLUSTERFS_VOLUME_SOURCE)).pointer(),
        field!("persistentVolumeClaim", "PersistentVolumeClaim:(*v1.PersistentVolumeClaimVolumeSource)", Type::Struct(&PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE)).pointer(),
        field!("rbd", "RBD:(*v1.RBDVolumeSource)", Type::Struct(&RBD_VOLUME_SOURCE)).pointer(),
        field!("flexVolume", "FlexVolume:(*v1.FlexVolumeSource)", Type::Struct(&FLEX_VOLUME_SOURCE)).pointer(),
        field!("cinder", "Cinder:(*v1.CinderVolumeSource)", Type::Struct(&CINDER_VOLUME_SOURCE)).pointer(),
        field!("cephfs", "CephFS:(*v1.CephFSVolumeSource)", Type::Struct(&CEPH_FS_VOLUME_SOURCE)).pointer(),
        field!("flocker", "Flocker:(*v1.FlockerVolumeSource)", Type::Struct(&FLOCKER_VOLUME_SOURCE)).pointer(),
        field!("downwardAPI", "DownwardAPI:(*v1.DownwardAPIVolumeSource)", Type::Struct(&DOWNWARD_API_VOLUME_SOURCE)).pointer(),
        field!("fc", "FC:(*v1.FCVolumeSource)", Type::Struct(&FC_VOLUME_SOURCE)).pointer(),
        field!("azureFile", "AzureFile:(*v1.AzureFileVolumeSource)", Type::Struct(&AZURE_FILE_VOLUME_SOURCE)).pointer(),
        field!("configMap", "ConfigMap:(*v1.ConfigMapVolumeSource)", Type::Struct(&CONFIG_MAP_VOLUME_SOURCE)).pointer(),
        field!("vsphereVolume", "VsphereVolume:(*v1.VsphereVirtualDiskVolumeSource)", Type::Struct(&VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE)).pointer().present(Minors::since(3)),
        field!("quobyte", "Quobyte:(*v1.QuobyteVolumeSource)", Type::Struct(&QUOBYTE_VOLUME_SOURCE)).pointer().present(Minors::since(4)),
        field!("azureDisk", "AzureDisk:(*v1.AzureDiskVolumeSource)", Type::Struct(&AZURE_DISK_VOLUME_SOURCE)).pointer().present(Minors::since(4)),
        field!("photonPersistentDisk", "PhotonPersistentDisk:(*v1.PhotonPersistentDiskVolumeSource)", Type::Struct(&PHOTON_PERSISTENT_DISK_VOLUME_SOURCE)).pointer().present(Minors::since(5)),
        field!("projected", "Projected:(*v1.ProjectedVolumeSource)", Type::Struct(&PROJECTED_VOLUME_SOURCE)).pointer().present(Minors::since(6)),
        field!("portworxVolume", "PortworxVolume:(*v1.PortworxVolumeSource)", Type::Struct(&PORTWORX_VOLUME_SOURCE)).pointer().present(Minors::since(6)),
        field!("scaleIO", "ScaleIO:(*v1.ScaleIOVolumeSource)", Type::Struct(&SCALE_IO_VOLUME_SOURCE)).pointer().present(Minors::since(6)),
        field!("storageos", "StorageOS:(*v1.StorageOSVolumeSource)", Type::Struct(&STORAGE_OS_VOLUME_SOURCE)).pointer().present(Minors::since(7)),
        field!("csi", "CSI:(*v1.CSIVolumeSource)", Type::Struct(&CSI_VOLUME_SOURCE)).pointer().present(Minors::since(14)).dropped(Minors::range(14, 15)),
        field!("ephemeral", "Ephemeral:(*v1.EphemeralVolumeSource)", Type::Struct(&EPHEMERAL_VOLUME_SOURCE)).pointer().present(Minors::since(19)).dropped(Minors::range(19, 20)),
        field!("image", "Image:(*v1.ImageVolumeSource)", Type::Struct(&IMAGE_VOLUME_SOURCE)).pointer().present(Minors::since(31)).dropped(Minors::range(31, 34)).gate(12),
    ],
};

pub(in crate::template) static CONTAINER_PORT: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text),
        field!("hostPort", "HostPort:(int32)", Int32).rule(Rule::HostPort),
        field!("containerPort", "ContainerPort:(int32)", Int32).written(Minors::ALL),
        field!("protocol", "Protocol:(v1.Protocol)", Text).or(IsText("TCP")),
        field!("hostIP", "HostIP:(string)", Text),
    ],
};

pub(in crate::template) static ENV_FROM_SOURCE: Struct = Struct {
    fields: &[
        field!("prefix", "Prefix:(string)", Text),
        field!("configMapRef", "ConfigMapRef:(*v1.ConfigMapEnvSource)", Type::Struct(&CONFIG_MAP_ENV_SOURCE)).pointer(),
        field!("secretRef", "SecretRef:(*v1.SecretEnvSource)", Type::Struct(&SECRET_ENV_SOURCE)).pointer(),
    ],
};

pub(in crate::template) static ENV_VAR: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("value", "Value:(string)", Text),
        field!("valueFrom", "ValueFrom:(*v1.EnvVarSource)", Type::Struct(&ENV_VAR_SOURCE)).pointer(),
    ],
};

pub(in crate::template) static CONTAINER_RESIZE_POLICY: Struct = Struct {
    fields: &[
        field!("resourceName", "ResourceName:(v1.ResourceName)", Text).written(Minors::ALL),
        field!("restartPolicy", "RestartPolicy:(v1.ResourceResizeRestartPolicy)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static CONTAINER_RESTART_RULE: Struct = Struct {
    fields: &[
        field!("action", "Action:(v1.ContainerRestartRuleAction)", Text),
        field!("exitCodes", "ExitCodes:(*v1.ContainerRestartRuleOnExitCodes)", Type::Struct(&CONTAINER_RESTART_RULE_ON_EXIT_CODES)).pointer(),
    ],
};

pub(in crate::template) static VOLUME_MOUNT: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("readOnly", "ReadOnly:(bool)", Bool),
        field!("recursiveReadOnly", "RecursiveReadOnly:(*v1.RecursiveReadOnlyMode)", Text).pointer().present(Minors::since(30)).dropped(Minors::range(30, 30)).gate(19),
        field!("mountPath", "MountPath:(string)", Text).written(Minors::ALL),
        field!("subPath", "SubPath:(string)", Text).present(Minors::since(3)),
        field!("mountPropagation", "MountPropagation:(*v1.MountPropagationMode)", Text).pointer().present(Minors::since(8)).dropped(Minors::range(8, 9)),
        field!("subPathExpr", "SubPathExpr:(string)", Text).present(Minors::since(14)).dropped(Minors::range(14, 14)),
        field!("bindMountOptions", "BindMountOptions:([]string)", List(&Text)).present(Minors::since(37)).dropped(Minors::since(37)).gate(23),
    ],
};

pub(in crate::template) static VOLUME_DEVICE: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("devicePath", "DevicePath:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static PROBE: Struct = Struct {
    fields: &[
        field!("", "ProbeHandler:(v1.ProbeHandler)", Type::Struct(&PROBE_HANDLER)).inline().older(&[(Minors::range(2, 22), "Handler:(v1.Handler)")]),
        field!("initialDelaySeconds", "InitialDelaySeconds:(int32)", Int32),
        field!("timeoutSeconds", "TimeoutSeconds:(int32)", Int32).or(IsInt(1)),
        field!("periodSeconds", "PeriodSeconds:(int32)", Int32).or(IsInt(10)),
        field!("successThreshold", "SuccessThreshold:(int32)", Int32).or(IsInt(1)),
        field!("failureThreshold", "FailureThreshold:(int32)", Int32).or(IsInt(3)),
        field!("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds:(*int64)", Int64).pointer().present(Minors::since(21)).dropped(Minors::range(21, 24)).rule(Rule::ReadinessGrace),
    ],
};

pub(in crate::template) static LIFECYCLE: Struct = Struct {
    fields: &[
        field!("postStart", "PostStart:(*v1.LifecycleHandler)", Type::Struct(&LIFECYCLE_HANDLER)).pointer().older(&[(Minors::range(2, 22), "PostStart:(*v1.Handler)")]),
        field!("preStop", "PreStop:(*v1.LifecycleHandler)", Type::Struct(&LIFECYCLE_HANDLER)).pointer().older(&[(Minors::range(2, 22), "PreStop:(*v1.Handler)")]),
        field!("stopSignal", "StopSignal:(*v1.Signal)", Text).pointer().present(Minors::since(33)).dropped(Minors::since(33)).gate(3),
    ],
};

pub(in crate::template) static SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        field!("capabilities", "Capabilities:(*v1.Capabilities)", Type::Struct(&CAPABILITIES)).pointer(),
        field!("privileged", "Privileged:(*bool)", Bool).pointer(),
        field!("seLinuxOptions", "SELinuxOptions:(*v1.SELinuxOptions)", Type::Struct(&SE_LINUX_OPTIONS)).pointer(),
        field!("windowsOptions", "WindowsOptions:(*v1.WindowsSecurityContextOptions)", Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS)).pointer().present(Minors::since(15)),
        field!("runAsUser", "RunAsUser:(*int64)", Int64).pointer(),
        field!("runAsGroup", "RunAsGroup:(*int64)", Int64).pointer().present(Minors::since(10)).dropped(Minors::range(10, 13)),
        field!("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer(),
        field!("readOnlyRootFilesystem", "ReadOnlyRootFilesystem:(*bool)", Bool).pointer(),
        field!("allowPrivilegeEscalation", "AllowPrivilegeEscalation:(*bool)", Bool).pointer().present(Minors::since(8)),
        field!("procMount", "ProcMount:(*v1.ProcMountType)", Text).pointer().present(Minors::since(12)).dropped(Minors::range(12, 32)).gate(18).rule(Rule::ForcedProcMount).written(Minors::range(2, 12)),
        field!("seccompProfile", "SeccompProfile:(*v1.SeccompProfile)", Type::Struct(&SECCOMP_PROFILE)).pointer().present(Minors::since(19)),
        field!("appArmorProfile", "AppArmorProfile:(*v1.AppArmorProfile)", Type::Struct(&APP_ARMOR_PROFILE)).pointer().present(Minors::since(30)),
    ],
};

pub(in crate::template) static EPHEMERAL_CONTAINER_COMMON: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("image", "Image:(string)", Text),
        field!("command", "Command:([]string)", List(&Text)),
        field!("args", "Args:([]string)", List(&Text)),
        field!("workingDir", "WorkingDir:(string)", Text),
        field!("ports", "Ports:([]v1.ContainerPort)", List(&Type::Struct(&CONTAINER_PORT))).merge(&["containerPort", "protocol"]),
        field!("envFrom", "EnvFrom:([]v1.EnvFromSource)", List(&Type::Struct(&ENV_FROM_SOURCE))),
        field!("env", "Env:([]v1.EnvVar)", List(&Type::Struct(&ENV_VAR))).merge(&["name"]),
        field!("resources", "Resources:(v1.ResourceRequirements)", Type::Struct(&RESOURCE_REQUIREMENTS)).written(Minors::ALL),
        field!("resizePolicy", "ResizePolicy:([]v1.ContainerResizePolicy)", List(&Type::Struct(&CONTAINER_RESIZE_POLICY))).present(Minors::since(27)).dropped(Minors::range(27, 32)).gate(13),
        field!("restartPolicy", "RestartPolicy:(*v1.ContainerRestartPolicy)", Text).pointer().present(Minors::since(28)).dropped(Minors::range(34, 34)).gate(2),
        field!("restartPolicyRules", "RestartPolicyRules:([]v1.ContainerRestartRule)", List(&Type::Struct(&CONTAINER_RESTART_RULE))).present(Minors::since(34)).dropped(Minors::range(34, 34)).gate(2),
        field!("volumeMounts", "VolumeMounts:([]v1.VolumeMount)", List(&Type::Struct(&VOLUME_MOUNT))).merge(&["mountPath"]).rule(Rule::ImageMounts),
        field!("volumeDevices", "VolumeDevices:([]v1.VolumeDevice)", List(&Type::Struct(&VOLUME_DEVICE))).merge(&["devicePath"]),
        field!("livenessProbe", "LivenessProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        field!("readinessProbe", "ReadinessProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        field!("startupProbe", "StartupProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        field!("lifecycle", "Lifecycle:(*v1.Lifecycle)", Type::Struct(&LIFECYCLE)).pointer().rule(Rule::EmptiedLifecycle),
        field!("terminationMessagePath", "TerminationMessagePath:(string)", Text).or(IsText("/dev/termination-log")),
        field!("terminationMessagePolicy", "TerminationMessagePolicy:(v1.TerminationMessagePolicy)", Text).or(IsText("File")),
        field!("imagePullPolicy", "ImagePullPolicy:(v1.PullPolicy)", Text).rule(Rule::PullPolicy),
        field!("securityContext", "SecurityContext:(*v1.SecurityContext)", Type::Struct(&SECURITY_CONTEXT)).pointer(),
        field!("stdin", "Stdin:(bool)", Bool),
        field!("stdinOnce", "StdinOnce:(bool)", Bool),
        field!("tty", "TTY:(bool)", Bool),
    ],
};

pub(in crate::template) static SE_LINUX_OPTIONS: Struct = Struct {
    fields: &[
        field!("user", "User:(string)", Text),
        field!("role", "Role:(string)", Text),
        field!("type", "Type:(string)", Text),
        field!("level", "Level:(string)", Text),
    ],
};

pub(in crate::template) static WINDOWS_SECURITY_CONTEXT_OPTIONS: Struct = Struct {
    fields: &[
        field!("gmsaCredentialSpecName", "GMSACredentialSpecName:(*string)", Text).pointer().dropped(Minors::range(15, 15)),
        field!("gmsaCredentialSpec", "GMSACredentialSpec:(*string)", Text).pointer().dropped(Minors::range(15, 15)),
        field!("runAsUserName", "RunAsUserName:(*string)", Text).pointer().present(Minors::since(16)).dropped(Minors::range(16, 16)),
        field!("hostProcess", "HostProcess:(*bool)", Bool).pointer().present(Minors::since(22)),
    ],
};

pub(in crate::template) static SYSCTL: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("value", "Value:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static SECCOMP_PROFILE: Struct = Struct {
    fields: &[
        field!("type", "Type:(v1.SeccompProfileType)", Text).written(Minors::ALL),
        field!("localhostProfile", "LocalhostProfile:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static APP_ARMOR_PROFILE: Struct = Struct {
    fields: &[
        field!("type", "Type:(v1.AppArmorProfileType)", Text).written(Minors::ALL),
        field!("localhostProfile", "LocalhostProfile:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static NODE_AFFINITY: Struct = Struct {
    fields: &[
        field!("requiredDuringSchedulingIgnoredDuringExecution", "RequiredDuringSchedulingIgnoredDuringExecution:(*v1.NodeSelector)", Type::Struct(&NODE_SELECTOR)).pointer(),
        field!("preferredDuringSchedulingIgnoredDuringExecution", "PreferredDuringSchedulingIgnoredDuringExecution:([]v1.PreferredSchedulingTerm)", List(&Type::Struct(&PREFERRED_SCHEDULING_TERM))),
    ],
};

pub(in crate::template) static POD_AFFINITY: Struct = Struct {
    fields: &[
        field!("requiredDuringSchedulingIgnoredDuringExecution", "RequiredDuringSchedulingIgnoredDuringExecution:([]v1.PodAffinityTerm)", List(&Type::Struct(&POD_AFFINITY_TERM))),
        field!("preferredDuringSchedulingIgnoredDuringExecution", "PreferredDuringSchedulingIgnoredDuringExecution:([]v1.WeightedPodAffinityTerm)", List(&Type::Struct(&WEIGHTED_POD_AFFINITY_TERM))),
    ],
};

pub(in crate::template) static POD_ANTI_AFFINITY: Struct = Struct {
    fields: &[
        field!("requiredDuringSchedulingIgnoredDuringExecution", "RequiredDuringSchedulingIgnoredDuringExecution:([]v1.PodAffinityTerm)", List(&Type::Struct(&POD_AFFINITY_TERM))),
        field!("preferredDuringSchedulingIgnoredDuringExecution", "PreferredDuringSchedulingIgnoredDuringExecution:([]v1.WeightedPodAffinityTerm)", List(&Type::Struct(&WEIGHTED_POD_AFFINITY_TERM))),
    ],
};

pub(in crate::template) static POD_DNS_CONFIG_OPTION: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text),
        field!("value", "Value:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static LABEL_SELECTOR: Struct = Struct {
    fields: &[
        field!("matchLabels", "MatchLabels:(map[string]string)", Map(&Text)),
        field!("matchExpressions", "MatchExpressions:([]v1.LabelSelectorRequirement)", List(&Type::Struct(&LABEL_SELECTOR_REQUIREMENT))),
    ],
};

pub(in crate::template) static CLAIM_SOURCE: Struct = Struct {
    fields: &[
        field!("resourceClaimName", "ResourceClaimName:(*string)", Text).pointer().dropped(Minors::range(29, 30)).gate(4),
        field!("resourceClaimTemplateName", "ResourceClaimTemplateName:(*string)", Text).pointer().dropped(Minors::range(29, 30)).gate(4),
    ],
};

pub(in crate::template) static RESOURCE_CLAIM: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("request", "Request:(string)", Text).present(Minors::since(31)).dropped(Minors::range(31, 33)).gate(4),
    ],
};

pub(in crate::template) static TYPE_META: Struct = Struct {
    fields: &[
        field!("kind", "Kind:(string)", Text).dropped(Minors::range(7, 15)),
        field!("apiVersion", "APIVersion:(string)", Text).dropped(Minors::range(7, 15)),
    ],
};

pub(in crate::template) static LIST_META: Struct = Struct {
    fields: &[
        field!("selfLink", "SelfLink:(string)", Text),
        field!("resourceVersion", "ResourceVersion:(string)", Text),
        field!("continue", "Continue:(string)", Text).present(Minors::range(8, 15)),
        field!("remainingItemCount", "RemainingItemCount:(*int64)", Int64).pointer().present(Minors::range(15, 15)),
    ],
};

pub(in crate::template) static STATUS_DETAILS: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text),
        field!("group", "Group:(string)", Text),
        field!("kind", "Kind:(string)", Text),
        field!("uid", "UID:(types.UID)", Text),
        field!("causes", "Causes:([]v1.StatusCause)", List(&Type::Struct(&STATUS_CAUSE))),
        field!("retryAfterSeconds", "RetryAfterSeconds:(int32)", Int32),
    ],
};

pub(in crate::template) static HOST_PATH_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("path", "Path:(string)", Text).written(Minors::ALL),
        field!("type", "Type:(*v1.HostPathType)", Text).pointer().present(Minors::since(8)).or(IsText("")),
    ],
};

pub(in crate::template) static EMPTY_DIR_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("medium", "Medium:(v1.StorageMedium)", Text),
        field!("sizeLimit", "SizeLimit:(*resource.Quantity)", Quantity { in_list: false }).pointer().older(&[(Minors::range(7, 7), "SizeLimit:(resource.Quantity)")]).present(Minors::since(7)).dropped(Minors::range(8, 9)).rule(Rule::SizeLimit),
        field!("mode", "Mode:(*int32)", Int32).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(5),
    ],
};

pub(in crate::template) static GCE_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("pdName", "PDName:(string)", Text).written(Minors::ALL),
        field!("fsType", "FSType:(string)", Text),
        field!("partition", "Partition:(int32)", Int32),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("volumeID", "VolumeID:(string)", Text).written(Minors::ALL),
        field!("fsType", "FSType:(string)", Text),
        field!("partition", "Partition:(int32)", Int32),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static GIT_REPO_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("repository", "Repository:(string)", Text).written(Minors::ALL),
        field!("revision", "Revision:(string)", Text),
        field!("directory", "Directory:(string)", Text),
    ],
};

pub(in crate::template) static SECRET_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("secretName", "SecretName:(string)", Text),
        field!("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))).present(Minors::since(3)),
        field!("defaultMode", "DefaultMode:(*int32)", Int32).pointer().present(Minors::since(4)).or(IsInt(420)),
        field!("optional", "Optional:(*bool)", Bool).pointer().present(Minors::since(6)),
        field!("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static NFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("server", "Server:(string)", Text).written(Minors::ALL),
        field!("path", "Path:(string)", Text).written(Minors::ALL),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static ISCSI_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("targetPortal", "TargetPortal:(string)", Text).written(Minors::ALL),
        field!("iqn", "IQN:(string)", Text).written(Minors::ALL),
        field!("lun", "Lun:(int32)", Int32).written(Minors::ALL),
        field!("iscsiInterface", "ISCSIInterface:(string)", Text).or(IsText("default")),
        field!("fsType", "FSType:(string)", Text),
        field!("readOnly", "ReadOnly:(bool)", Bool),
        field!("portals", "Portals:([]string)", List(&Text)).present(Minors::since(6)),
        field!("chapAuthDiscovery", "DiscoveryCHAPAuth:(bool)", Bool).present(Minors::since(7)),
        field!("chapAuthSession", "SessionCHAPAuth:(bool)", Bool).present(Minors::since(7)),
        field!("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer().present(Minors::since(7)),
        field!("initiatorName", "InitiatorName:(*string)", Text).pointer().present(Minors::since(8)),
    ],
};

pub(in crate::template) static GLUSTERFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("endpoints", "EndpointsName:(string)", Text).written(Minors::ALL),
        field!("path", "Path:(string)", Text).written(Minors::ALL),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("claimName", "ClaimName:(string)", Text).written(Minors::ALL),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static RBD_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("monitors", "CephMonitors:([]string)", List(&Text)).written(Minors::ALL),
        field!("image", "RBDImage:(string)", Text).written(Minors::ALL),
        field!("fsType", "FSType:(string)", Text),
        field!("pool", "RBDPool:(string)", Text).or(IsText("rbd")),
        field!("user", "RadosUser:(string)", Text).or(IsText("admin")),
        field!("keyring", "Keyring:(string)", Text).or(IsText("/etc/ceph/keyring")),
        field!("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static FLEX_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("driver", "Driver:(string)", Text).written(Minors::ALL),
        field!("fsType", "FSType:(string)", Text),
        field!("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
        field!("readOnly", "ReadOnly:(bool)", Bool),
        field!("options", "Options:(map[string]string)", Map(&Text)),
    ],
};

pub(in crate::template) static CINDER_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("volumeID", "VolumeID:(string)", Text).written(Minors::ALL),
        field!("fsType", "FSType:(string)", Text),
        field!("readOnly", "ReadOnly:(bool)", Bool),
        field!("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer().present(Minors::since(11)),
    ],
};

pub(in crate::template) static CEPH_FS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("monitors", "Monitors:([]string)", List(&Text)).written(Minors::ALL),
        field!("path", "Path:(string)", Text),
        field!("user", "User:(string)", Text),
        field!("secretFile", "SecretFile:(string)", Text),
        field!("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static FLOCKER_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("datasetName", "DatasetName:(string)", Text),
        field!("datasetUUID", "DatasetUUID:(string)", Text).present(Minors::since(5)),
    ],
};

pub(in crate::template) static DOWNWARD_API_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("items", "Items:([]v1.DownwardAPIVolumeFile)", List(&Type::Struct(&DOWNWARD_API_VOLUME_FILE))),
        field!("defaultMode", "DefaultMode:(*int32)", Int32).pointer().present(Minors::since(4)).or(IsInt(420)),
        field!("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static FC_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("targetWWNs", "TargetWWNs:([]string)", List(&Text)),
        field!("lun", "Lun:(*int32)", Int32).pointer(),
        field!("fsType", "FSType:(string)", Text),
        field!("readOnly", "ReadOnly:(bool)", Bool),
        field!("wwids", "WWIDs:([]string)", List(&Text)).present(Minors::since(8)),
    ],
};

pub(in crate::template) static AZURE_FILE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("secretName", "SecretName:(string)", Text).written(Minors::ALL),
        field!("shareName", "ShareName:(string)", Text).written(Minors::ALL),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static CONFIG_MAP_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        field!("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))),
        field!("defaultMode", "DefaultMode:(*int32)", Int32).pointer().present(Minors::since(4)).or(IsInt(420)),
        field!("optional", "Optional:(*bool)", Bool).pointer().present(Minors::since(6)),
        field!("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("volumePath", "VolumePath:(string)", Text).written(Minors::ALL),
        field!("fsType", "FSType:(string)", Text),
        field!("storagePolicyName", "StoragePolicyName:(string)", Text).present(Minors::since(7)),
        field!("storagePolicyID", "StoragePolicyID:(string)", Text).present(Minors::since(7)),
    ],
};

pub(in crate::template) static QUOBYTE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("registry", "Registry:(string)", Text).written(Minors::ALL),
        field!("volume", "Volume:(string)", Text).written(Minors::ALL),
        field!("readOnly", "ReadOnly:(bool)", Bool),
        field!("user", "User:(string)", Text),
        field!("group", "Group:(string)", Text),
        field!("tenant", "Tenant:(string)", Text).present(Minors::since(14)),
    ],
};

pub(in crate::template) static AZURE_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("diskName", "DiskName:(string)", Text).written(Minors::ALL),
        field!("diskURI", "DataDiskURI:(string)", Text).written(Minors::ALL),
        field!("cachingMode", "CachingMode:(*v1.AzureDataDiskCachingMode)", Text).pointer().or(TextChanged(6, "None", "ReadWrite")),
        field!("fsType", "FSType:(*string)", Text).pointer().or(IsText("ext4")),
        field!("readOnly", "ReadOnly:(*bool)", Bool).pointer().or(IsBool(false)),
        field!("kind", "Kind:(*v1.AzureDataDiskKind)", Text).pointer().present(Minors::since(7)).or(IsText("Shared")),
    ],
};

pub(in crate::template) static PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("pdID", "PdID:(string)", Text).written(Minors::ALL),
        field!("fsType", "FSType:(string)", Text),
    ],
};

pub(in crate::template) static PROJECTED_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("sources", "Sources:([]v1.VolumeProjection)", List(&Type::Struct(&VOLUME_PROJECTION))).written(Minors::ALL),
        field!("defaultMode", "DefaultMode:(*int32)", Int32).pointer().or(IsInt(420)),
        field!("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static PORTWORX_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("volumeID", "VolumeID:(string)", Text).written(Minors::ALL),
        field!("fsType", "FSType:(string)", Text),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static SCALE_IO_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("gateway", "Gateway:(string)", Text).written(Minors::ALL),
        field!("system", "System:(string)", Text).written(Minors::ALL),
        field!("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer().written(Minors::ALL),
        field!("sslEnabled", "SSLEnabled:(bool)", Bool),
        field!("protectionDomain", "ProtectionDomain:(string)", Text).or(TextChanged(8, "default", "")),
        field!("storagePool", "StoragePool:(string)", Text).or(TextChanged(8, "default", "")),
        field!("storageMode", "StorageMode:(string)", Text).or(IsText("ThinProvisioned")),
        field!("volumeName", "VolumeName:(string)", Text),
        field!("fsType", "FSType:(string)", Text).or(IsText("xfs")),
        field!("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static STORAGE_OS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("volumeName", "VolumeName:(string)", Text),
        field!("volumeNamespace", "VolumeNamespace:(string)", Text),
        field!("fsType", "FSType:(string)", Text),
        field!("readOnly", "ReadOnly:(bool)", Bool),
        field!("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
    ],
};

pub(in crate::template) static CSI_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("driver", "Driver:(string)", Text).written(Minors::ALL),
        field!("readOnly", "ReadOnly:(*bool)", Bool).pointer(),
        field!("fsType", "FSType:(*string)", Text).pointer(),
        field!("volumeAttributes", "VolumeAttributes:(map[string]string)", Map(&Text)),
        field!("nodePublishSecretRef", "NodePublishSecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
    ],
};

pub(in crate::template) static EPHEMERAL_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("volumeClaimTemplate", "VolumeClaimTemplate:(*v1.PersistentVolumeClaimTemplate)", Type::Struct(&PERSISTENT_VOLUME_CLAIM_TEMPLATE)).pointer(),
        field!("readOnly", "ReadOnly:(bool)", Bool).present(Minors::range(19, 20)),
    ],
};

pub(in crate::template) static IMAGE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("reference", "Reference:(string)", Text),
        field!("pullPolicy", "PullPolicy:(v1.PullPolicy)", Text).rule(Rule::PullPolicy),
    ],
};

pub(in crate::template) static CONFIG_MAP_ENV_SOURCE: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        field!("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static SECRET_ENV_SOURCE: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        field!("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static ENV_VAR_SOURCE: Struct = Struct {
    fields: &[
        field!("fieldRef", "FieldRef:(*v1.ObjectFieldSelector)", Type::Struct(&OBJECT_FIELD_SELECTOR)).pointer(),
        field!("resourceFieldRef", "ResourceFieldRef:(*v1.ResourceFieldSelector)", Type::Struct(&RESOURCE_FIELD_SELECTOR)).pointer().present(Minors::since(3)),
        field!("configMapKeyRef", "ConfigMapKeyRef:(*v1.ConfigMapKeySelector)", Type::Struct(&CONFIG_MAP_KEY_SELECTOR)).pointer(),
        field!("secretKeyRef", "SecretKeyRef:(*v1.SecretKeySelector)", Type::Struct(&SECRET_KEY_SELECTOR)).pointer(),
        field!("fileKeyRef", "FileKeyRef:(*v1.FileKeySelector)", Type::Struct(&FILE_KEY_SELECTOR)).pointer().present(Minors::since(34)).dropped(Minors::range(34, 34)).gate(6),
    ],
};

pub(in crate::template) static CONTAINER_RESTART_RULE_ON_EXIT_CODES: Struct = Struct {
    fields: &[
        field!("operator", "Operator:(v1.ContainerRestartRuleOnExitCodesOperator)", Text),
        field!("values", "Values:([]int32)", List(&Int32)),
    ],
};

pub(in crate::template) static PROBE_HANDLER: Struct = Struct {
    fields: &[
        field!("exec", "Exec:(*v1.ExecAction)", Type::Struct(&EXEC_ACTION)).pointer(),
        field!("httpGet", "HTTPGet:(*v1.HTTPGetAction)", Type::Struct(&HTTP_GET_ACTION)).pointer(),
        field!("tcpSocket", "TCPSocket:(*v1.TCPSocketAction)", Type::Struct(&TCP_SOCKET_ACTION)).pointer(),
        field!("grpc", "GRPC:(*v1.GRPCAction)", Type::Struct(&GRPC_ACTION)).pointer().present(Minors::since(23)),
    ],
};

pub(in crate::template) static LIFECYCLE_HANDLER: Struct = Struct {
    fields: &[
        field!("exec", "Exec:(*v1.ExecAction)", Type::Struct(&EXEC_ACTION)).pointer(),
        field!("httpGet", "HTTPGet:(*v1.HTTPGetAction)", Type::Struct(&HTTP_GET_ACTION)).pointer(),
        field!("tcpSocket", "TCPSocket:(*v1.TCPSocketAction)", Type::Struct(&TCP_SOCKET_ACTION)).pointer(),
        field!("sleep", "Sleep:(*v1.SleepAction)", Type::Struct(&SLEEP_ACTION)).pointer().present(Minors::since(29)).dropped(Minors::range(29, 29)).gate(17),
    ],
};

pub(in crate::template) static CAPABILITIES: Struct = Struct {
    fields: &[
        field!("add", "Add:([]v1.Capability)", List(&Text)),
        field!("drop", "Drop:([]v1.Capability)", List(&Text)),
    ],
};

pub(in crate::template) static NODE_SELECTOR: Struct = Struct {
    fields: &[
        field!("nodeSelectorTerms", "NodeSelectorTerms:([]v1.NodeSelectorTerm)", List(&Type::Struct(&NODE_SELECTOR_TERM))).written(Minors::ALL),
    ],
};

pub(in crate::template) static PREFERRED_SCHEDULING_TERM: Struct = Struct {
    fields: &[
        field!("weight", "Weight:(int32)", Int32).written(Minors::ALL),
        field!("preference", "Preference:(v1.NodeSelectorTerm)", Type::Struct(&NODE_SELECTOR_TERM)).written(Minors::ALL),
    ],
};

pub(in crate::template) static POD_AFFINITY_TERM: Struct = Struct {
    fields: &[
        field!("labelSelector", "LabelSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        field!("namespaces", "Namespaces:([]string)", List(&Text)),
        field!("topologyKey", "TopologyKey:(string)", Text).written(Minors::ALL),
        field!("namespaceSelector", "NamespaceSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer().present(Minors::since(21)).dropped(Minors::range(21, 21)),
        field!("matchLabelKeys", "MatchLabelKeys:([]string)", List(&Text)).present(Minors::since(29)).dropped(Minors::range(29, 30)).gate(14),
        field!("mismatchLabelKeys", "MismatchLabelKeys:([]string)", List(&Text)).present(Minors::since(29)).dropped(Minors::range(29, 30)).gate(14),
    ],
};

pub(in crate::template) static WEIGHTED_POD_AFFINITY_TERM: Struct = Struct {
    fields: &[
        field!("weight", "Weight:(int32)", Int32).written(Minors::ALL),
        field!("podAffinityTerm", "PodAffinityTerm:(v1.PodAffinityTerm)", Type::Struct(&POD_AFFINITY_TERM)).written(Minors::ALL),
    ],
};

pub(in crate::template) static LABEL_SELECTOR_REQUIREMENT: Struct = Struct {
    fields: &[
        field!("key", "Key:(string)", Text).written(Minors::ALL),
        field!("operator", "Operator:(v1.LabelSelectorOperator)", Text).written(Minors::ALL),
        field!("values", "Values:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static STATUS_CAUSE: Struct = Struct {
    fields: &[
        field!("reason", "Type:(v1.CauseType)", Text),
        field!("message", "Message:(string)", Text),
        field!("field", "Field:(string)", Text),
    ],
};

pub(in crate::template) static KEY_TO_PATH: Struct = Struct {
    fields: &[
        field!("key", "Key:(string)", Text).written(Minors::ALL),
        field!("path", "Path:(string)", Text).written(Minors::ALL),
        field!("mode", "Mode:(*int32)", Int32).pointer().present(Minors::since(4)),
        field!("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static DOWNWARD_API_VOLUME_FILE: Struct = Struct {
    fields: &[
        field!("path", "Path:(string)", Text).written(Minors::ALL),
        field!("fieldRef", "FieldRef:(*v1.ObjectFieldSelector)", Type::Struct(&OBJECT_FIELD_SELECTOR)).pointer(),
        field!("resourceFieldRef", "ResourceFieldRef:(*v1.ResourceFieldSelector)", Type::Struct(&RESOURCE_FIELD_SELECTOR)).pointer().present(Minors::since(3)),
        field!("mode", "Mode:(*int32)", Int32).pointer().present(Minors::since(4)),
        field!("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static VOLUME_PROJECTION: Struct = Struct {
    fields: &[
        field!("secret", "Secret:(*v1.SecretProjection)", Type::Struct(&SECRET_PROJECTION)).pointer(),
        field!("downwardAPI", "DownwardAPI:(*v1.DownwardAPIProjection)", Type::Struct(&DOWNWARD_API_PROJECTION)).pointer(),
        field!("configMap", "ConfigMap:(*v1.ConfigMapProjection)", Type::Struct(&CONFIG_MAP_PROJECTION)).pointer(),
        field!("serviceAccountToken", "ServiceAccountToken:(*v1.ServiceAccountTokenProjection)", Type::Struct(&SERVICE_ACCOUNT_TOKEN_PROJECTION)).pointer().present(Minors::since(11)),
        field!("clusterTrustBundle", "ClusterTrustBundle:(*v1.ClusterTrustBundleProjection)", Type::Struct(&CLUSTER_TRUST_BUNDLE_PROJECTION)).pointer().present(Minors::since(29)).dropped(Minors::range(29, 36)).gate(1),
        field!("podCertificate", "PodCertificate:(*v1.PodCertificateProjection)", Type::Struct(&POD_CERTIFICATE_PROJECTION)).pointer().present(Minors::since(34)).dropped(Minors::range(34, 36)).gate(15),
    ],
};

pub(in crate::template) static PERSISTENT_VOLUME_CLAIM_TEMPLATE: Struct = Struct {
    fields: &[
        field!("metadata", "ObjectMeta:(v1.ObjectMeta)", Type::Struct(&OBJECT_META)).written(Minors::ALL),
        field!("spec", "Spec:(v1.PersistentVolumeClaimSpec)", Type::Struct(&PERSISTENT_VOLUME_CLAIM_SPEC)).written(Minors::ALL),
    ],
};

pub(in crate::template) static OBJECT_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        field!("apiVersion", "APIVersion:(string)", Text).or(IsText("v1")),
        field!("fieldPath", "FieldPath:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static RESOURCE_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        field!("containerName", "ContainerName:(string)", Text),
        field!("resource", "Resource:(string)", Text).written(Minors::ALL),
        field!("divisor", "Divisor:(resource.Quantity)", Quantity { in_list: false }).written(Minors::ALL),
    ],
};

pub(in crate::template) static CONFIG_MAP_KEY_SELECTOR: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        field!("key", "Key:(string)", Text).written(Minors::ALL),
        field!("optional", "Optional:(*bool)", Bool).pointer().present(Minors::since(6)),
    ],
};

pub(in crate::template) static SECRET_KEY_SELECTOR: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        field!("key", "Key:(string)", Text).written(Minors::ALL),
        field!("optional", "Optional:(*bool)", Bool).pointer().present(Minors::since(6)),
    ],
};

pub(in crate::template) static FILE_KEY_SELECTOR: Struct = Struct {
    fields: &[
        field!("volumeName", "VolumeName:(string)", Text).written(Minors::ALL),
        field!("path", "Path:(string)", Text).written(Minors::ALL),
        field!("key", "Key:(string)", Text).written(Minors::ALL),
        field!("optional", "Optional:(*bool)", Bool).pointer().or(IsBool(false)),
    ],
};

pub(in crate::template) static EXEC_ACTION: Struct = Struct {
    fields: &[
        field!("command", "Command:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static HTTP_GET_ACTION: Struct = Struct {
    fields: &[
        field!("path", "Path:(string)", Text).or(IsText("/")),
        field!("port", "Port:(intstr.IntOrString)", IntOrString).written(Minors::ALL),
        field!("host", "Host:(string)", Text),
        field!("scheme", "Scheme:(v1.URIScheme)", Text).or(IsText("HTTP")),
        field!("httpHeaders", "HTTPHeaders:([]v1.HTTPHeader)", List(&Type::Struct(&HTTP_HEADER))),
        field!("protocol", "Protocol:(*v1.HTTPProtocol)", Text).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(10),
    ],
};

pub(in crate::template) static TCP_SOCKET_ACTION: Struct = Struct {
    fields: &[
        field!("port", "Port:(intstr.IntOrString)", IntOrString).written(Minors::ALL),
        field!("host", "Host:(string)", Text).present(Minors::since(7)),
    ],
};

pub(in crate::template) static GRPC_ACTION: Struct = Struct {
    fields: &[
        field!("port", "Port:(int32)", Int32).written(Minors::ALL),
        field!("service", "Service:(*string)", Text).pointer().or(IsText("")).written(Minors::ALL),
        field!("mode", "Mode:(*v1.GRPCProbeMode)", Text).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(8),
    ],
};

pub(in crate::template) static SLEEP_ACTION: Struct = Struct {
    fields: &[
        field!("seconds", "Seconds:(int64)", Int64).written(Minors::ALL),
    ],
};

pub(in crate::template) static NODE_SELECTOR_TERM: Struct = Struct {
    fields: &[
        field!("matchExpressions", "MatchExpressions:([]v1.NodeSelectorRequirement)", List(&Type::Struct(&NODE_SELECTOR_REQUIREMENT))).written(Minors::range(2, 10)),
        field!("matchFields", "MatchFields:([]v1.NodeSelectorRequirement)", List(&Type::Struct(&NODE_SELECTOR_REQUIREMENT))).present(Minors::since(11)),
    ],
};

pub(in crate::template) static SECRET_PROJECTION: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        field!("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))),
        field!("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static DOWNWARD_API_PROJECTION: Struct = Struct {
    fields: &[
        field!("items", "Items:([]v1.DownwardAPIVolumeFile)", List(&Type::Struct(&DOWNWARD_API_VOLUME_FILE))),
    ],
};

pub(in crate::template) static CONFIG_MAP_PROJECTION: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        field!("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))),
        field!("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static SERVICE_ACCOUNT_TOKEN_PROJECTION: Struct = Struct {
    fields: &[
        field!("audience", "Audience:(string)", Text),
        field!("expirationSeconds", "ExpirationSeconds:(*int64)", Int64).pointer().or(IsInt(3600)),
        field!("path", "Path:(string)", Text).written(Minors::ALL),
        field!("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static CLUSTER_TRUST_BUNDLE_PROJECTION: Struct = Struct {
    fields: &[
        field!("name", "Name:(*string)", Text).pointer(),
        field!("signerName", "SignerName:(*string)", Text).pointer(),
        field!("labelSelector", "LabelSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        field!("optional", "Optional:(*bool)", Bool).pointer(),
        field!("path", "Path:(string)", Text).written(Minors::ALL),
        field!("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static POD_CERTIFICATE_PROJECTION: Struct = Struct {
    fields: &[
        field!("signerName", "SignerName:(string)", Text),
        field!("keyType", "KeyType:(string)", Text),
        field!("maxExpirationSeconds", "MaxExpirationSeconds:(*int32)", Int32).pointer(),
        field!("credentialBundlePath", "CredentialBundlePath:(string)", Text),
        field!("keyPath", "KeyPath:(string)", Text),
        field!("certificateChainPath", "CertificateChainPath:(string)", Text),
        field!("userAnnotations", "UserAnnotations:(map[string]string)", Map(&Text)).present(Minors::since(35)).dropped(Minors::range(35, 36)).gate(15),
        field!("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static PERSISTENT_VOLUME_CLAIM_SPEC: Struct = Struct {
    fields: &[
        field!("accessModes", "AccessModes:([]v1.PersistentVolumeAccessMode)", List(&Text)),
        field!("selector", "Selector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        field!("resources", "Resources:(v1.VolumeResourceRequirements)", Type::Struct(&VOLUME_RESOURCE_REQUIREMENTS)).older(&[(Minors::range(19, 28), "Resources:(v1.ResourceRequirements)")]).written(Minors::ALL),
        field!("volumeName", "VolumeName:(string)", Text),
        field!("storageClassName", "StorageClassName:(*string)", Text).pointer(),
        field!("volumeMode", "VolumeMode:(*v1.PersistentVolumeMode)", Text).pointer().or(IsText("Filesystem")),
        field!("dataSource", "DataSource:(*v1.TypedLocalObjectReference)", Type::Struct(&TYPED_LOCAL_OBJECT_REFERENCE)).pointer(),
        field!("dataSourceRef", "DataSourceRef:(*v1.TypedObjectReference)", Type::Struct(&TYPED_OBJECT_REFERENCE)).pointer().older(&[(Minors::range(22, 25), "DataSourceRef:(*v1.TypedLocalObjectReference)")]).present(Minors::since(22)),
        field!("volumeAttributesClassName", "VolumeAttributesClassName:(*string)", Text).pointer().present(Minors::since(29)),
    ],
};

pub(in crate::template) static HTTP_HEADER: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("value", "Value:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static NODE_SELECTOR_REQUIREMENT: Struct = Struct {
    fields: &[
        field!("key", "Key:(string)", Text).written(Minors::ALL),
        field!("operator", "Operator:(v1.NodeSelectorOperator)", Text).written(Minors::ALL),
        field!("values", "Values:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static VOLUME_RESOURCE_REQUIREMENTS: Struct = Struct {
    fields: &[
        field!("limits", "Limits:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        field!("requests", "Requests:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        field!("claims", "Claims:([]v1.ResourceClaim)", List(&Type::Struct(&RESOURCE_CLAIM))).present(Minors::range(26, 28)).dropped(Minors::range(26, 33)).gate(4).merge(&["name"]),
    ],
};

pub(in crate::template) static TYPED_LOCAL_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        field!("apiGroup", "APIGroup:(*string)", Text).pointer().written(Minors::ALL),
        field!("kind", "Kind:(string)", Text).written(Minors::ALL),
        field!("name", "Name:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static TYPED_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        field!("apiGroup", "APIGroup:(*string)", Text).pointer().written(Minors::ALL),
        field!("kind", "Kind:(string)", Text).written(Minors::ALL),
        field!("name", "Name:(string)", Text).written(Minors::ALL),
        field!("namespace", "Namespace:(*string)", Text).pointer().present(Minors::since(26)),
    ],
};

pub(in crate::template) static API_AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("volumeID", "VolumeID:(string)", Text).slot(0),
        field!("fsType", "FSType:(string)", Text).slot(1),
        field!("partition", "Partition:(int)", Int32).slot(2).present(Minors::range(2, 2)),
        field!("partition", "Partition:(int32)", Int32).slot(2).present(Minors::since(3)),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(3),
    ],
};

pub(in crate::template) static API_AZURE_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("diskName", "DiskName:(string)", Text).slot(0),
        field!("diskURI", "DataDiskURI:(string)", Text).slot(1),
        field!("cachingMode", "CachingMode:(*api.AzureDataDiskCachingMode)", Text).pointer().slot(2).or(TextChanged(6, "None", "ReadWrite")),
        field!("fsType", "FSType:(*string)", Text).pointer().slot(3).or(IsText("ext4")),
        field!("readOnly", "ReadOnly:(*bool)", Bool).pointer().slot(4).or(IsBool(false)),
    ],
};

pub(in crate::template) static API_AZURE_FILE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("secretName", "SecretName:(string)", Text).slot(0),
        field!("shareName", "ShareName:(string)", Text).slot(1),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(2),
    ],
};

pub(in crate::template) static API_CAPABILITIES: Struct = Struct {
    fields: &[
        field!("add", "Add:([]api.Capability)", List(&Text)).slot(0),
        field!("drop", "Drop:([]api.Capability)", List(&Text)).slot(1),
    ],
};

pub(in crate::template) static API_CEPH_FS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("monitors", "Monitors:([]string)", List(&Text)).slot(0),
        field!("path", "Path:(string)", Text).slot(1),
        field!("user", "User:(string)", Text).slot(2),
        field!("secretFile", "SecretFile:(string)", Text).slot(3),
        field!("secretRef", "SecretRef:(*api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).pointer().slot(4),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(5),
    ],
};

pub(in crate::template) static API_CINDER_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("volumeID", "VolumeID:(string)", Text).slot(0),
        field!("fsType", "FSType:(string)", Text).slot(1),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(2),
    ],
};

pub(in crate::template) static API_CONFIG_MAP_KEY_SELECTOR: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).inline().slot(0),
        field!("key", "Key:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_CONFIG_MAP_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).inline().slot(0),
        field!("items", "Items:([]api.KeyToPath)", List(&Type::Struct(&API_KEY_TO_PATH))).slot(1),
        field!("defaultMode", "DefaultMode:(*int32)", Int32).pointer().slot(2).or(IsInt(420)).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_CONTAINER: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).slot(0),
        field!("image", "Image:(string)", Text).slot(1),
        field!("command", "Command:([]string)", List(&Text)).slot(2),
        field!("args", "Args:([]string)", List(&Text)).slot(3),
        field!("workingDir", "WorkingDir:(string)", Text).slot(4),
        field!("ports", "Ports:([]api.ContainerPort)", List(&Type::Struct(&API_CONTAINER_PORT))).slot(5).merge(&["containerPort", "protocol"]),
        field!("env", "Env:([]api.EnvVar)", List(&Type::Struct(&API_ENV_VAR))).slot(7).merge(&["name"]),
        field!("resources", "Resources:(api.ResourceRequirements)", Type::Struct(&API_RESOURCE_REQUIREMENTS)).slot(8),
        field!("volumeMounts", "VolumeMounts:([]api.VolumeMount)", List(&Type::Struct(&API_VOLUME_MOUNT))).slot(12).merge(&["mountPath"]).rule(Rule::ImageMounts),
        field!("livenessProbe", "LivenessProbe:(*api.Probe)", Type::Struct(&API_PROBE)).pointer().slot(14),
        field!("readinessProbe", "ReadinessProbe:(*api.Probe)", Type::Struct(&API_PROBE)).pointer().slot(15),
        field!("lifecycle", "Lifecycle:(*api.Lifecycle)", Type::Struct(&API_LIFECYCLE)).pointer().slot(17).rule(Rule::EmptiedLifecycle),
        field!("terminationMessagePath", "TerminationMessagePath:(string)", Text).slot(18).or(IsText("/dev/termination-log")),
        field!("imagePullPolicy", "ImagePullPolicy:(api.PullPolicy)", Text).slot(20).rule(Rule::PullPolicy),
        field!("securityContext", "SecurityContext:(*api.SecurityContext)", Type::Struct(&API_SECURITY_CONTEXT)).pointer().slot(21),
        field!("stdin", "Stdin:(bool)", Bool).slot(22),
        field!("stdinOnce", "StdinOnce:(bool)", Bool).slot(23),
        field!("tty", "TTY:(bool)", Bool).slot(24),
    ],
};

pub(in crate::template) static API_CONTAINER_PORT: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).slot(0),
        field!("hostPort", "HostPort:(int)", Int32).slot(1).rule(Rule::HostPort).present(Minors::range(2, 2)),
        field!("hostPort", "HostPort:(int32)", Int32).slot(1).rule(Rule::HostPort).present(Minors::since(3)),
        field!("containerPort", "ContainerPort:(int)", Int32).slot(2).present(Minors::range(2, 2)),
        field!("containerPort", "ContainerPort:(int32)", Int32).slot(2).present(Minors::since(3)),
        field!("protocol", "Protocol:(api.Protocol)", Text).slot(3).or(IsText("TCP")),
        field!("hostIP", "HostIP:(string)", Text).slot(4),
    ],
};

pub(in crate::template) static API_DOWNWARD_API_VOLUME_FILE: Struct = Struct {
    fields: &[
        field!("path", "Path:(string)", Text).slot(0),
        field!("fieldRef", "FieldRef:(api.ObjectFieldSelector)", Type::Struct(&API_OBJECT_FIELD_SELECTOR)).slot(1).present(Minors::range(2, 2)),
        field!("fieldRef", "FieldRef:(*api.ObjectFieldSelector)", Type::Struct(&API_OBJECT_FIELD_SELECTOR)).pointer().slot(1).present(Minors::since(3)),
        field!("resourceFieldRef", "ResourceFieldRef:(*api.ResourceFieldSelector)", Type::Struct(&API_RESOURCE_FIELD_SELECTOR)).pointer().slot(2).present(Minors::since(3)),
        field!("mode", "Mode:(*int32)", Int32).pointer().slot(3).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_DOWNWARD_API_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("items", "Items:([]api.DownwardAPIVolumeFile)", List(&Type::Struct(&API_DOWNWARD_API_VOLUME_FILE))).slot(0),
        field!("defaultMode", "DefaultMode:(*int32)", Int32).pointer().slot(1).or(IsInt(420)).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_EMPTY_DIR_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("medium", "Medium:(api.StorageMedium)", Text).slot(0),
    ],
};

pub(in crate::template) static API_ENV_VAR: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).slot(0),
        field!("value", "Value:(string)", Text).slot(1),
        field!("valueFrom", "ValueFrom:(*api.EnvVarSource)", Type::Struct(&API_ENV_VAR_SOURCE)).pointer().slot(2),
    ],
};

pub(in crate::template) static API_ENV_VAR_SOURCE: Struct = Struct {
    fields: &[
        field!("fieldRef", "FieldRef:(*api.ObjectFieldSelector)", Type::Struct(&API_OBJECT_FIELD_SELECTOR)).pointer().slot(0),
        field!("resourceFieldRef", "ResourceFieldRef:(*api.ResourceFieldSelector)", Type::Struct(&API_RESOURCE_FIELD_SELECTOR)).pointer().slot(1).present(Minors::since(3)),
        field!("configMapKeyRef", "ConfigMapKeyRef:(*api.ConfigMapKeySelector)", Type::Struct(&API_CONFIG_MAP_KEY_SELECTOR)).pointer().slot(2),
        field!("secretKeyRef", "SecretKeyRef:(*api.SecretKeySelector)", Type::Struct(&API_SECRET_KEY_SELECTOR)).pointer().slot(3),
    ],
};

pub(in crate::template) static API_EXEC_ACTION: Struct = Struct {
    fields: &[
        field!("command", "Command:([]string)", List(&Text)).slot(0),
    ],
};

pub(in crate::template) static API_FC_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("targetWWNs", "TargetWWNs:([]string)", List(&Text)).slot(0),
        field!("lun", "Lun:(*int)", Int32).pointer().slot(1).present(Minors::range(2, 2)),
        field!("lun", "Lun:(*int32)", Int32).pointer().slot(1).present(Minors::since(3)),
        field!("fsType", "FSType:(string)", Text).slot(2),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(3),
    ],
};

pub(in crate::template) static API_FLEX_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("driver", "Driver:(string)", Text).slot(0),
        field!("fsType", "FSType:(string)", Text).slot(1),
        field!("secretRef", "SecretRef:(*api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).pointer().slot(2),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(3),
        field!("options", "Options:(map[string]string)", Map(&Text)).slot(4),
    ],
};

pub(in crate::template) static API_FLOCKER_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("datasetName", "DatasetName:(string)", Text).slot(0),
        field!("datasetUUID", "DatasetUUID:(string)", Text).slot(1).present(Minors::since(5)),
    ],
};

pub(in crate::template) static API_GCE_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("pdName", "PDName:(string)", Text).slot(0),
        field!("fsType", "FSType:(string)", Text).slot(1),
        field!("partition", "Partition:(int)", Int32).slot(2).present(Minors::range(2, 2)),
        field!("partition", "Partition:(int32)", Int32).slot(2).present(Minors::since(3)),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(3),
    ],
};

pub(in crate::template) static API_GIT_REPO_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("repository", "Repository:(string)", Text).slot(0),
        field!("revision", "Revision:(string)", Text).slot(1),
        field!("directory", "Directory:(string)", Text).slot(2),
    ],
};

pub(in crate::template) static API_GLUSTERFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("endpoints", "EndpointsName:(string)", Text).slot(0),
        field!("path", "Path:(string)", Text).slot(1),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(2),
    ],
};

pub(in crate::template) static API_HTTP_GET_ACTION: Struct = Struct {
    fields: &[
        field!("path", "Path:(string)", Text).slot(0).or(IsText("/")),
        field!("port", "Port:(intstr.IntOrString)", IntOrString).slot(1),
        field!("host", "Host:(string)", Text).slot(2),
        field!("scheme", "Scheme:(api.URIScheme)", Text).slot(3).or(IsText("HTTP")),
        field!("httpHeaders", "HTTPHeaders:([]api.HTTPHeader)", List(&Type::Struct(&API_HTTP_HEADER))).slot(4),
    ],
};

pub(in crate::template) static API_HTTP_HEADER: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).slot(0),
        field!("value", "Value:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_HANDLER: Struct = Struct {
    fields: &[
        field!("exec", "Exec:(*api.ExecAction)", Type::Struct(&API_EXEC_ACTION)).pointer().slot(0),
        field!("httpGet", "HTTPGet:(*api.HTTPGetAction)", Type::Struct(&API_HTTP_GET_ACTION)).pointer().slot(1),
        field!("tcpSocket", "TCPSocket:(*api.TCPSocketAction)", Type::Struct(&API_TCP_SOCKET_ACTION)).pointer().slot(2),
    ],
};

pub(in crate::template) static API_HOST_PATH_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("path", "Path:(string)", Text).slot(0),
    ],
};

pub(in crate::template) static API_ISCSI_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("targetPortal", "TargetPortal:(string)", Text).slot(0),
        field!("iqn", "IQN:(string)", Text).slot(1),
        field!("lun", "Lun:(int)", Int32).slot(2).present(Minors::range(2, 2)),
        field!("lun", "Lun:(int32)", Int32).slot(2).present(Minors::since(3)),
        field!("iscsiInterface", "ISCSIInterface:(string)", Text).slot(3).or(IsText("default")),
        field!("fsType", "FSType:(string)", Text).slot(4),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(5),
    ],
};

pub(in crate::template) static API_KEY_TO_PATH: Struct = Struct {
    fields: &[
        field!("key", "Key:(string)", Text).slot(0),
        field!("path", "Path:(string)", Text).slot(1),
        field!("mode", "Mode:(*int32)", Int32).pointer().slot(2).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_LIFECYCLE: Struct = Struct {
    fields: &[
        field!("postStart", "PostStart:(*api.Handler)", Type::Struct(&API_HANDLER)).pointer().slot(0),
        field!("preStop", "PreStop:(*api.Handler)", Type::Struct(&API_HANDLER)).pointer().slot(1),
    ],
};

pub(in crate::template) static API_LOCAL_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).slot(0),
    ],
};

pub(in crate::template) static API_NFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("server", "Server:(string)", Text).slot(0),
        field!("path", "Path:(string)", Text).slot(1),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(2),
    ],
};

pub(in crate::template) static API_OBJECT_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        field!("apiVersion", "APIVersion:(string)", Text).slot(0).or(IsText("v1")),
        field!("fieldPath", "FieldPath:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_OBJECT_META: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).slot(0),
        field!("generateName", "GenerateName:(string)", Text).slot(1),
        field!("namespace", "Namespace:(string)", Text).slot(2),
        field!("selfLink", "SelfLink:(string)", Text).slot(3),
        field!("uid", "UID:(types.UID)", Text).slot(4),
        field!("resourceVersion", "ResourceVersion:(string)", Text).slot(5),
        field!("generation", "Generation:(int64)", Int64).slot(6),
        field!("creationTimestamp", "CreationTimestamp:(unversioned.Time)", Time).slot(7),
        field!("deletionTimestamp", "DeletionTimestamp:(*unversioned.Time)", Time).pointer().slot(8),
        field!("deletionGracePeriodSeconds", "DeletionGracePeriodSeconds:(*int64)", Int64).pointer().slot(9),
        field!("labels", "Labels:(map[string]string)", Map(&Text)).slot(10),
        field!("annotations", "Annotations:(map[string]string)", Map(&Text)).slot(11).rule(Rule::InitContainerAnnotations),
        field!("ownerReferences", "OwnerReferences:([]api.OwnerReference)", List(&Type::Struct(&API_OWNER_REFERENCE))).slot(12).merge(&["uid"]).present(Minors::since(3)),
        field!("finalizers", "Finalizers:([]string)", List(&Text)).slot(14).present(Minors::since(3)),
        field!("clusterName", "ClusterName:(string)", Text).slot(15).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_OWNER_REFERENCE: Struct = Struct {
    fields: &[
        field!("apiVersion", "APIVersion:(string)", Text).slot(0),
        field!("kind", "Kind:(string)", Text).slot(1),
        field!("name", "Name:(string)", Text).slot(2),
        field!("uid", "UID:(types.UID)", Text).slot(3),
        field!("controller", "Controller:(*bool)", Bool).pointer().slot(4),
    ],
};

pub(in crate::template) static API_PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("claimName", "ClaimName:(string)", Text).slot(0),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(1),
    ],
};

pub(in crate::template) static API_PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("pdID", "PdID:(string)", Text).slot(0),
        field!("fsType", "FSType:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_POD_SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        field!("hostNetwork", "HostNetwork:(bool)", Bool).rule(Rule::HostNamespace),
        field!("hostPID", "HostPID:(bool)", Bool).rule(Rule::HostNamespace),
        field!("hostIPC", "HostIPC:(bool)", Bool).rule(Rule::HostNamespace),
        field!("seLinuxOptions", "SELinuxOptions:(*api.SELinuxOptions)", Type::Struct(&API_SE_LINUX_OPTIONS)).pointer().slot(0),
        field!("runAsUser", "RunAsUser:(*int64)", Int64).pointer().slot(2),
        field!("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer().slot(4),
        field!("supplementalGroups", "SupplementalGroups:([]int64)", List(&Int64)).slot(5),
        field!("fsGroup", "FSGroup:(*int64)", Int64).pointer().slot(7),
    ],
};

pub(in crate::template) static API_POD_SPEC: Struct = Struct {
    fields: &[
        field!("volumes", "Volumes:([]api.Volume)", List(&Type::Struct(&API_VOLUME))).slot(0).merge(&["name"]).rule(Rule::ImageVolumes),
        field!("initContainers", "InitContainers:([]api.Container)", List(&Type::Struct(&API_CONTAINER))).slot(1).merge(&["name"]).present(Minors::since(3)).rule(Rule::AnnotatedInitContainers),
        field!("containers", "Containers:([]api.Container)", List(&Type::Struct(&API_CONTAINER))).slot(2).merge(&["name"]),
        field!("restartPolicy", "RestartPolicy:(api.RestartPolicy)", Text).slot(4).or(IsText("Always")),
        field!("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds:(*int64)", Int64).pointer().slot(5).or(IsInt(30)),
        field!("activeDeadlineSeconds", "ActiveDeadlineSeconds:(*int64)", Int64).pointer().slot(6),
        field!("dnsPolicy", "DNSPolicy:(api.DNSPolicy)", Text).slot(7).or(IsText("ClusterFirst")),
        field!("nodeSelector", "NodeSelector:(map[string]string)", Map(&Text)).slot(8),
        field!("serviceAccountName", "ServiceAccountName:(string)", Text).slot(9).rule(Rule::ServiceAccount),
        field!("nodeName", "NodeName:(string)", Text).slot(12),
        field!("securityContext", "SecurityContext:(*api.PodSecurityContext)", Type::Struct(&API_POD_SECURITY_CONTEXT)).pointer().slot(17).or(Empty),
        field!("imagePullSecrets", "ImagePullSecrets:([]api.LocalObjectReference)", List(&Type::Struct(&API_LOCAL_OBJECT_REFERENCE))).slot(18).merge(&["name"]),
        field!("hostname", "Hostname:(string)", Text).slot(19).present(Minors::since(3)),
        field!("subdomain", "Subdomain:(string)", Text).slot(20).present(Minors::since(3)),
    ],
};

pub(in crate::template) static API_POD_TEMPLATE_SPEC: Struct = Struct {
    fields: &[
        field!("metadata", "ObjectMeta:(api.ObjectMeta)", Type::Struct(&API_OBJECT_META)).slot(0),
        field!("spec", "Spec:(api.PodSpec)", Type::Struct(&API_POD_SPEC)).slot(1),
    ],
};

pub(in crate::template) static API_PROBE: Struct = Struct {
    fields: &[
        field!("", "Handler:(api.Handler)", Type::Struct(&API_HANDLER)).inline().slot(0),
        field!("initialDelaySeconds", "InitialDelaySeconds:(int)", Int32).slot(1).present(Minors::range(2, 2)),
        field!("initialDelaySeconds", "InitialDelaySeconds:(int32)", Int32).slot(1).present(Minors::since(3)),
        field!("timeoutSeconds", "TimeoutSeconds:(int)", Int32).slot(2).or(IsInt(1)).present(Minors::range(2, 2)),
        field!("timeoutSeconds", "TimeoutSeconds:(int32)", Int32).slot(2).or(IsInt(1)).present(Minors::since(3)),
        field!("periodSeconds", "PeriodSeconds:(int)", Int32).slot(3).or(IsInt(10)).present(Minors::range(2, 2)),
        field!("periodSeconds", "PeriodSeconds:(int32)", Int32).slot(3).or(IsInt(10)).present(Minors::since(3)),
        field!("successThreshold", "SuccessThreshold:(int)", Int32).slot(4).or(IsInt(1)).present(Minors::range(2, 2)),
        field!("successThreshold", "SuccessThreshold:(int32)", Int32).slot(4).or(IsInt(1)).present(Minors::since(3)),
        field!("failureThreshold", "FailureThreshold:(int)", Int32).slot(5).or(IsInt(3)).present(Minors::range(2, 2)),
        field!("failureThreshold", "FailureThreshold:(int32)", Int32).slot(5).or(IsInt(3)).present(Minors::since(3)),
    ],
};

pub(in crate::template) static API_QUOBYTE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("registry", "Registry:(string)", Text).slot(0),
        field!("volume", "Volume:(string)", Text).slot(1),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(2),
        field!("user", "User:(string)", Text).slot(3),
        field!("group", "Group:(string)", Text).slot(4),
    ],
};

pub(in crate::template) static API_RBD_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("monitors", "CephMonitors:([]string)", List(&Text)).slot(0),
        field!("image", "RBDImage:(string)", Text).slot(1),
        field!("fsType", "FSType:(string)", Text).slot(2),
        field!("pool", "RBDPool:(string)", Text).slot(3).or(IsText("rbd")),
        field!("user", "RadosUser:(string)", Text).slot(4).or(IsText("admin")),
        field!("keyring", "Keyring:(string)", Text).slot(5).or(IsText("/etc/ceph/keyring")),
        field!("secretRef", "SecretRef:(*api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).pointer().slot(6),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(7),
    ],
};

pub(in crate::template) static API_RESOURCE_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        field!("containerName", "ContainerName:(string)", Text).slot(0),
        field!("resource", "Resource:(string)", Text).slot(1),
        field!("divisor", "Divisor:(resource.Quantity)", Quantity { in_list: false }).slot(2),
    ],
};

pub(in crate::template) static API_RESOURCE_REQUIREMENTS: Struct = Struct {
    fields: &[
        field!("limits", "Limits:(api.ResourceList)", Map(&Quantity { in_list: true })).slot(0),
        field!("requests", "Requests:(api.ResourceList)", Map(&Quantity { in_list: true })).slot(1),
    ],
};

pub(in crate::template) static API_SE_LINUX_OPTIONS: Struct = Struct {
    fields: &[
        field!("user", "User:(string)", Text).slot(0),
        field!("role", "Role:(string)", Text).slot(1),
        field!("type", "Type:(string)", Text).slot(2),
        field!("level", "Level:(string)", Text).slot(3),
    ],
};

pub(in crate::template) static API_SECRET_KEY_SELECTOR: Struct = Struct {
    fields: &[
        field!("", "LocalObjectReference:(api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).inline().slot(0),
        field!("key", "Key:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_SECRET_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("secretName", "SecretName:(string)", Text).slot(0),
        field!("items", "Items:([]api.KeyToPath)", List(&Type::Struct(&API_KEY_TO_PATH))).slot(1).present(Minors::since(3)),
        field!("defaultMode", "DefaultMode:(*int32)", Int32).pointer().slot(2).or(IsInt(420)).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        field!("capabilities", "Capabilities:(*api.Capabilities)", Type::Struct(&API_CAPABILITIES)).pointer().slot(0),
        field!("privileged", "Privileged:(*bool)", Bool).pointer().slot(1),
        field!("seLinuxOptions", "SELinuxOptions:(*api.SELinuxOptions)", Type::Struct(&API_SE_LINUX_OPTIONS)).pointer().slot(2),
        field!("runAsUser", "RunAsUser:(*int64)", Int64).pointer().slot(4),
        field!("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer().slot(6),
        field!("readOnlyRootFilesystem", "ReadOnlyRootFilesystem:(*bool)", Bool).pointer().slot(7),
    ],
};

pub(in crate::template) static API_TCP_SOCKET_ACTION: Struct = Struct {
    fields: &[
        field!("port", "Port:(intstr.IntOrString)", IntOrString).slot(0),
    ],
};

pub(in crate::template) static API_VOLUME: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).slot(0),
        field!("", "VolumeSource:(api.VolumeSource)", Type::Struct(&API_VOLUME_SOURCE)).inline().slot(1),
    ],
};

pub(in crate::template) static API_VOLUME_MOUNT: Struct = Struct {
    fields: &[
        field!("name", "Name:(string)", Text).slot(0),
        field!("readOnly", "ReadOnly:(bool)", Bool).slot(1),
        field!("mountPath", "MountPath:(string)", Text).slot(3),
        field!("subPath", "SubPath:(string)", Text).slot(4).present(Minors::since(3)),
    ],
};

pub(in crate::template) static API_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("hostPath", "HostPath:(*api.HostPathVolumeSource)", Type::Struct(&API_HOST_PATH_VOLUME_SOURCE)).pointer().slot(0),
        field!("emptyDir", "EmptyDir:(*api.EmptyDirVolumeSource)", Type::Struct(&API_EMPTY_DIR_VOLUME_SOURCE)).pointer().slot(1).rule(Rule::EmptyDirIfNone),
        field!("gcePersistentDisk", "GCEPersistentDisk:(*api.GCEPersistentDiskVolumeSource)", Type::Struct(&API_GCE_PERSISTENT_DISK_VOLUME_SOURCE)).pointer().slot(2),
        field!("awsElasticBlockStore", "AWSElasticBlockStore:(*api.AWSElasticBlockStoreVolumeSource)", Type::Struct(&API_AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE)).pointer().slot(3),
        field!("gitRepo", "GitRepo:(*api.GitRepoVolumeSource)", Type::Struct(&API_GIT_REPO_VOLUME_SOURCE)).pointer().slot(4),
        field!("secret", "Secret:(*api.SecretVolumeSource)", Type::Struct(&API_SECRET_VOLUME_SOURCE)).pointer().slot(5),
        field!("nfs", "NFS:(*api.NFSVolumeSource)", Type::Struct(&API_NFS_VOLUME_SOURCE)).pointer().slot(6),
        field!("iscsi", "ISCSI:(*api.ISCSIVolumeSource)", Type::Struct(&API_ISCSI_VOLUME_SOURCE)).pointer().slot(7),
        field!("glusterfs", "Glusterfs:(*api.GlusterfsVolumeSource)", Type::Struct(&API_GLUSTERFS_VOLUME_SOURCE)).pointer().slot(8),
        field!("persistentVolumeClaim", "PersistentVolumeClaim:(*api.PersistentVolumeClaimVolumeSource)", Type::Struct(&API_PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE)).pointer().slot(9),
        field!("rbd", "RBD:(*api.RBDVolumeSource)", Type::Struct(&API_RBD_VOLUME_SOURCE)).pointer().slot(10),
        field!("quobyte", "Quobyte:(*api.QuobyteVolumeSource)", Type::Struct(&API_QUOBYTE_VOLUME_SOURCE)).pointer().slot(20).present(Minors::since(4)),
        field!("flexVolume", "FlexVolume:(*api.FlexVolumeSource)", Type::Struct(&API_FLEX_VOLUME_SOURCE)).pointer().slot(11),
        field!("cinder", "Cinder:(*api.CinderVolumeSource)", Type::Struct(&API_CINDER_VOLUME_SOURCE)).pointer().slot(12),
        field!("cephfs", "CephFS:(*api.CephFSVolumeSource)", Type::Struct(&API_CEPH_FS_VOLUME_SOURCE)).pointer().slot(13),
        field!("flocker", "Flocker:(*api.FlockerVolumeSource)", Type::Struct(&API_FLOCKER_VOLUME_SOURCE)).pointer().slot(14),
        field!("downwardAPI", "DownwardAPI:(*api.DownwardAPIVolumeSource)", Type::Struct(&API_DOWNWARD_API_VOLUME_SOURCE)).pointer().slot(15),
        field!("fc", "FC:(*api.FCVolumeSource)", Type::Struct(&API_FC_VOLUME_SOURCE)).pointer().slot(16),
        field!("azureFile", "AzureFile:(*api.AzureFileVolumeSource)", Type::Struct(&API_AZURE_FILE_VOLUME_SOURCE)).pointer().slot(17),
        field!("configMap", "ConfigMap:(*api.ConfigMapVolumeSource)", Type::Struct(&API_CONFIG_MAP_VOLUME_SOURCE)).pointer().slot(18),
        field!("vsphereVolume", "VsphereVolume:(*api.VsphereVirtualDiskVolumeSource)", Type::Struct(&API_VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE)).pointer().slot(19).present(Minors::since(3)),
        field!("azureDisk", "AzureDisk:(*api.AzureDiskVolumeSource)", Type::Struct(&API_AZURE_DISK_VOLUME_SOURCE)).pointer().slot(21).present(Minors::since(4)),
        field!("photonPersistentDisk", "PhotonPersistentDisk:(*api.PhotonPersistentDiskVolumeSource)", Type::Struct(&API_PHOTON_PERSISTENT_DISK_VOLUME_SOURCE)).pointer().slot(22).present(Minors::since(5)),
    ],
};

pub(in crate::template) static API_VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        field!("volumePath", "VolumePath:(string)", Text).slot(0),
        field!("fsType", "FSType:(string)", Text).slot(1),
    ],
};
