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
        Field::new("metadata", "ObjectMeta:(v1.ObjectMeta)", Type::Struct(&OBJECT_META)).written(Minors::ALL),
        Field::new("spec", "Spec:(v1.PodSpec)", Type::Struct(&POD_SPEC)).written(Minors::ALL),
    ],
};

pub(in crate::template) static OBJECT_META: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("generateName", "GenerateName:(string)", Text),
        Field::new("namespace", "Namespace:(string)", Text),
        Field::new("selfLink", "SelfLink:(string)", Text),
        Field::new("uid", "UID:(types.UID)", Text),
        Field::new("resourceVersion", "ResourceVersion:(string)", Text),
        Field::new("generation", "Generation:(int64)", Int64),
        Field::new("creationTimestamp", "CreationTimestamp:(v1.Time)", Time).written(Minors::range(2, 33)),
        Field::new("deletionTimestamp", "DeletionTimestamp:(*v1.Time)", Time).pointer(),
        Field::new("deletionGracePeriodSeconds", "DeletionGracePeriodSeconds:(*int64)", Int64).pointer(),
        Field::new("labels", "Labels:(map[string]string)", Map(&Text)),
        Field::new("annotations", "Annotations:(map[string]string)", Map(&Text)).rule(Rule::InitContainerAnnotations),
        Field::new("ownerReferences", "OwnerReferences:([]v1.OwnerReference)", List(&Type::Struct(&OWNER_REFERENCE))).present(Minors::since(3)).merge(&["uid"]),
        Field::new("initializers", "Initializers:(*v1.Initializers)", Type::Struct(&INITIALIZERS)).pointer().present(Minors::range(7, 15)),
        Field::new("finalizers", "Finalizers:([]string)", List(&Text)).present(Minors::since(3)),
        Field::new("clusterName", "ZZZ_DeprecatedClusterName:(string)", Text).older(&[(Minors::range(4, 23), "ClusterName:(string)")]).present(Minors::range(4, 24)),
        Field::new("managedFields", "ManagedFields:([]v1.ManagedFieldsEntry)", List(&Type::Struct(&MANAGED_FIELDS_ENTRY))).present(Minors::since(14)),
    ],
};

pub(in crate::template) static POD_SPEC: Struct = Struct {
    fields: &[
        Field::new("volumes", "Volumes:([]v1.Volume)", List(&Type::Struct(&VOLUME))).merge(&["name"]).rule(Rule::ImageVolumes),
        Field::new("initContainers", "InitContainers:([]v1.Container)", List(&Type::Struct(&CONTAINER))).present(Minors::since(6)).merge(&["name"]),
        Field::new("containers", "Containers:([]v1.Container)", List(&Type::Struct(&CONTAINER))).merge(&["name"]).written(Minors::ALL),
        Field::new("ephemeralContainers", "EphemeralContainers:([]v1.EphemeralContainer)", List(&Type::Struct(&EPHEMERAL_CONTAINER))).present(Minors::since(16)).dropped(Minors::range(16, 22)).merge(&["name"]),
        Field::new("restartPolicy", "RestartPolicy:(v1.RestartPolicy)", Text).or(IsText("Always")),
        Field::new("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds:(*int64)", Int64).pointer().or(IsInt(30)),
        Field::new("activeDeadlineSeconds", "ActiveDeadlineSeconds:(*int64)", Int64).pointer(),
        Field::new("dnsPolicy", "DNSPolicy:(v1.DNSPolicy)", Text).or(IsText("ClusterFirst")),
        Field::new("nodeSelector", "NodeSelector:(map[string]string)", Map(&Text)),
        Field::new("serviceAccountName", "ServiceAccountName:(string)", Text).rule(Rule::ServiceAccount),
        Field::new("serviceAccount", "DeprecatedServiceAccount:(string)", Text).rule(Rule::ServiceAccount),
        Field::new("automountServiceAccountToken", "AutomountServiceAccountToken:(*bool)", Bool).pointer().present(Minors::since(6)),
        Field::new("nodeName", "NodeName:(string)", Text),
        Field::new("hostNetwork", "HostNetwork:(bool)", Bool),
        Field::new("hostPID", "HostPID:(bool)", Bool),
        Field::new("hostIPC", "HostIPC:(bool)", Bool),
        Field::new("shareProcessNamespace", "ShareProcessNamespace:(*bool)", Bool).pointer().present(Minors::since(10)).dropped(Minors::range(10, 11)),
        Field::new("securityContext", "SecurityContext:(*v1.PodSecurityContext)", Type::Struct(&POD_SECURITY_CONTEXT)).pointer().or(Empty),
        Field::new("imagePullSecrets", "ImagePullSecrets:([]v1.LocalObjectReference)", List(&Type::Struct(&LOCAL_OBJECT_REFERENCE))).merge(&["name"]),
        Field::new("hostname", "Hostname:(string)", Text).present(Minors::since(3)),
        Field::new("subdomain", "Subdomain:(string)", Text).present(Minors::since(3)),
        Field::new("affinity", "Affinity:(*v1.Affinity)", Type::Struct(&AFFINITY)).pointer().present(Minors::since(6)),
        Field::new("schedulerName", "SchedulerName:(string)", Text).present(Minors::since(6)).or(IsText("default-scheduler")),
        Field::new("tolerations", "Tolerations:([]v1.Toleration)", List(&Type::Struct(&TOLERATION))).present(Minors::since(6)),
        Field::new("hostAliases", "HostAliases:([]v1.HostAlias)", List(&Type::Struct(&HOST_ALIAS))).present(Minors::since(7)).merge(&["ip"]),
        Field::new("priorityClassName", "PriorityClassName:(string)", Text).present(Minors::since(8)).dropped(Minors::range(8, 10)),
        Field::new("priority", "Priority:(*int32)", Int32).pointer().present(Minors::since(8)).dropped(Minors::range(8, 10)),
        Field::new("dnsConfig", "DNSConfig:(*v1.PodDNSConfig)", Type::Struct(&POD_DNS_CONFIG)).pointer().present(Minors::since(9)),
        Field::new("readinessGates", "ReadinessGates:([]v1.PodReadinessGate)", List(&Type::Struct(&POD_READINESS_GATE))).present(Minors::since(11)),
        Field::new("runtimeClassName", "RuntimeClassName:(*string)", Text).pointer().present(Minors::since(12)).dropped(Minors::range(12, 13)),
        Field::new("enableServiceLinks", "EnableServiceLinks:(*bool)", Bool).pointer().present(Minors::since(13)),
        Field::new("preemptionPolicy", "PreemptionPolicy:(*v1.PreemptionPolicy)", Text).pointer().present(Minors::since(15)).dropped(Minors::range(15, 18)),
        Field::new("overhead", "Overhead:(v1.ResourceList)", Map(&Quantity { in_list: true })).present(Minors::since(16)).dropped(Minors::range(16, 17)),
        Field::new("topologySpreadConstraints", "TopologySpreadConstraints:([]v1.TopologySpreadConstraint)", List(&Type::Struct(&TOPOLOGY_SPREAD_CONSTRAINT))).present(Minors::since(16)).dropped(Minors::range(16, 17)).merge(&["topologyKey", "whenUnsatisfiable"]),
        Field::new("setHostnameAsFQDN", "SetHostnameAsFQDN:(*bool)", Bool).pointer().present(Minors::since(19)).dropped(Minors::range(19, 19)),
        Field::new("os", "OS:(*v1.PodOS)", Type::Struct(&POD_OS)).pointer().present(Minors::since(23)).dropped(Minors::range(23, 23)),
        Field::new("hostUsers", "HostUsers:(*bool)", Bool).pointer().present(Minors::since(25)).dropped(Minors::range(25, 32)).gate(22),
        Field::new("schedulingGates", "SchedulingGates:([]v1.PodSchedulingGate)", List(&Type::Struct(&POD_SCHEDULING_GATE))).present(Minors::since(26)).dropped(Minors::range(26, 26)).merge(&["name"]),
        Field::new("resourceClaims", "ResourceClaims:([]v1.PodResourceClaim)", List(&Type::Struct(&POD_RESOURCE_CLAIM))).present(Minors::since(26)).dropped(Minors::range(26, 33)).gate(4).merge(&["name"]),
        Field::new("resources", "Resources:(*v1.ResourceRequirements)", Type::Struct(&RESOURCE_REQUIREMENTS)).pointer().present(Minors::since(32)).dropped(Minors::range(32, 33)).gate(16),
        Field::new("hostnameOverride", "HostnameOverride:(*string)", Text).pointer().present(Minors::since(34)).dropped(Minors::range(34, 34)).gate(11),
        Field::new("workloadRef", "WorkloadRef:(*v1.WorkloadReference)", Type::Struct(&WORKLOAD_REFERENCE)).pointer().present(Minors::range(35, 35)).dropped(Minors::range(35, 35)).gate(9),
        Field::new("schedulingGroup", "SchedulingGroup:(*v1.PodSchedulingGroup)", Type::Struct(&POD_SCHEDULING_GROUP)).pointer().present(Minors::since(36)).dropped(Minors::since(36)).gate(9),
        Field::new("evictionResponders", "EvictionResponders:([]v1.EvictionResponder)", List(&Type::Struct(&EVICTION_RESPONDER))).present(Minors::since(37)).dropped(Minors::since(37)).gate(7),
    ],
};

pub(in crate::template) static OWNER_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("apiVersion", "APIVersion:(string)", Text).written(Minors::ALL),
        Field::new("kind", "Kind:(string)", Text).written(Minors::ALL),
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("uid", "UID:(types.UID)", Text).written(Minors::ALL),
        Field::new("controller", "Controller:(*bool)", Bool).pointer(),
        Field::new("blockOwnerDeletion", "BlockOwnerDeletion:(*bool)", Bool).pointer().present(Minors::since(6)),
    ],
};

pub(in crate::template) static INITIALIZERS: Struct = Struct {
    fields: &[
        Field::new("pending", "Pending:([]v1.Initializer)", List(&Type::Struct(&INITIALIZER))),
        Field::new("result", "Result:(*v1.Status)", Type::Struct(&STATUS)).pointer(),
    ],
};

pub(in crate::template) static MANAGED_FIELDS_ENTRY: Struct = Struct {
    fields: &[
        Field::new("manager", "Manager:(string)", Text),
        Field::new("operation", "Operation:(v1.ManagedFieldsOperationType)", Text),
        Field::new("apiVersion", "APIVersion:(string)", Text),
        Field::new("time", "Time:(*v1.Time)", Time).pointer(),
        Field::new("fields", "Fields:(*v1.Fields)", Trie).pointer().present(Minors::range(14, 15)),
        Field::new("fieldsType", "FieldsType:(string)", Text).present(Minors::since(16)),
        Field::new("fieldsV1", "FieldsV1:(*v1.FieldsV1)", RawJson).pointer().present(Minors::since(16)),
        Field::new("subresource", "Subresource:(string)", Text).present(Minors::since(22)),
    ],
};

pub(in crate::template) static VOLUME: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("", "VolumeSource:(v1.VolumeSource)", Type::Struct(&VOLUME_SOURCE)).inline(),
    ],
};

pub(in crate::template) static CONTAINER: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("image", "Image:(string)", Text).written(Minors::range(2, 7)),
        Field::new("command", "Command:([]string)", List(&Text)),
        Field::new("args", "Args:([]string)", List(&Text)),
        Field::new("workingDir", "WorkingDir:(string)", Text),
        Field::new("ports", "Ports:([]v1.ContainerPort)", List(&Type::Struct(&CONTAINER_PORT))).merge(&["containerPort", "protocol"]),
        Field::new("envFrom", "EnvFrom:([]v1.EnvFromSource)", List(&Type::Struct(&ENV_FROM_SOURCE))).present(Minors::since(6)),
        Field::new("env", "Env:([]v1.EnvVar)", List(&Type::Struct(&ENV_VAR))).merge(&["name"]),
        Field::new("resources", "Resources:(v1.ResourceRequirements)", Type::Struct(&RESOURCE_REQUIREMENTS)).written(Minors::ALL),
        Field::new("resizePolicy", "ResizePolicy:([]v1.ContainerResizePolicy)", List(&Type::Struct(&CONTAINER_RESIZE_POLICY))).present(Minors::since(27)).dropped(Minors::range(27, 32)).gate(13),
        Field::new("restartPolicy", "RestartPolicy:(*v1.ContainerRestartPolicy)", Text).pointer().present(Minors::since(28)).dropped(Minors::range(34, 34)).gate(2).rule(Rule::SidecarRestart),
        Field::new("restartPolicyRules", "RestartPolicyRules:([]v1.ContainerRestartRule)", List(&Type::Struct(&CONTAINER_RESTART_RULE))).present(Minors::since(34)).dropped(Minors::range(34, 34)).gate(2),
        Field::new("volumeMounts", "VolumeMounts:([]v1.VolumeMount)", List(&Type::Struct(&VOLUME_MOUNT))).merge(&["mountPath"]).rule(Rule::ImageMounts),
        Field::new("volumeDevices", "VolumeDevices:([]v1.VolumeDevice)", List(&Type::Struct(&VOLUME_DEVICE))).present(Minors::since(9)).dropped(Minors::range(9, 12)).merge(&["devicePath"]),
        Field::new("livenessProbe", "LivenessProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        Field::new("readinessProbe", "ReadinessProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        Field::new("startupProbe", "StartupProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer().present(Minors::since(16)).dropped(Minors::range(16, 17)),
        Field::new("lifecycle", "Lifecycle:(*v1.Lifecycle)", Type::Struct(&LIFECYCLE)).pointer().rule(Rule::EmptiedLifecycle),
        Field::new("terminationMessagePath", "TerminationMessagePath:(string)", Text).or(IsText("/dev/termination-log")),
        Field::new("terminationMessagePolicy", "TerminationMessagePolicy:(v1.TerminationMessagePolicy)", Text).present(Minors::since(6)).or(IsText("File")),
        Field::new("imagePullPolicy", "ImagePullPolicy:(v1.PullPolicy)", Text).rule(Rule::PullPolicy),
        Field::new("securityContext", "SecurityContext:(*v1.SecurityContext)", Type::Struct(&SECURITY_CONTEXT)).pointer(),
        Field::new("stdin", "Stdin:(bool)", Bool),
        Field::new("stdinOnce", "StdinOnce:(bool)", Bool),
        Field::new("tty", "TTY:(bool)", Bool),
    ],
};

pub(in crate::template) static EPHEMERAL_CONTAINER: Struct = Struct {
    fields: &[
        Field::new("", "EphemeralContainerCommon:(v1.EphemeralContainerCommon)", Type::Struct(&EPHEMERAL_CONTAINER_COMMON)).inline(),
        Field::new("targetContainerName", "TargetContainerName:(string)", Text),
    ],
};

pub(in crate::template) static POD_SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        Field::new("seLinuxOptions", "SELinuxOptions:(*v1.SELinuxOptions)", Type::Struct(&SE_LINUX_OPTIONS)).pointer(),
        Field::new("windowsOptions", "WindowsOptions:(*v1.WindowsSecurityContextOptions)", Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS)).pointer().present(Minors::since(15)),
        Field::new("runAsUser", "RunAsUser:(*int64)", Int64).pointer(),
        Field::new("runAsGroup", "RunAsGroup:(*int64)", Int64).pointer().present(Minors::since(10)).dropped(Minors::range(10, 13)),
        Field::new("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer(),
        Field::new("supplementalGroups", "SupplementalGroups:([]int64)", List(&Int64)),
        Field::new("supplementalGroupsPolicy", "SupplementalGroupsPolicy:(*v1.SupplementalGroupsPolicy)", Text).pointer().present(Minors::since(31)).dropped(Minors::range(31, 32)).gate(21),
        Field::new("fsGroup", "FSGroup:(*int64)", Int64).pointer(),
        Field::new("sysctls", "Sysctls:([]v1.Sysctl)", List(&Type::Struct(&SYSCTL))).present(Minors::since(11)),
        Field::new("fsGroupChangePolicy", "FSGroupChangePolicy:(*v1.PodFSGroupChangePolicy)", Text).pointer().present(Minors::since(18)).dropped(Minors::range(18, 19)),
        Field::new("seccompProfile", "SeccompProfile:(*v1.SeccompProfile)", Type::Struct(&SECCOMP_PROFILE)).pointer().present(Minors::since(19)),
        Field::new("appArmorProfile", "AppArmorProfile:(*v1.AppArmorProfile)", Type::Struct(&APP_ARMOR_PROFILE)).pointer().present(Minors::since(30)),
        Field::new("seLinuxChangePolicy", "SELinuxChangePolicy:(*v1.PodSELinuxChangePolicy)", Text).pointer().present(Minors::since(32)).dropped(Minors::range(32, 32)).gate(20),
    ],
};

pub(in crate::template) static LOCAL_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
    ],
};

pub(in crate::template) static AFFINITY: Struct = Struct {
    fields: &[
        Field::new("nodeAffinity", "NodeAffinity:(*v1.NodeAffinity)", Type::Struct(&NODE_AFFINITY)).pointer(),
        Field::new("podAffinity", "PodAffinity:(*v1.PodAffinity)", Type::Struct(&POD_AFFINITY)).pointer(),
        Field::new("podAntiAffinity", "PodAntiAffinity:(*v1.PodAntiAffinity)", Type::Struct(&POD_ANTI_AFFINITY)).pointer(),
    ],
};

pub(in crate::template) static TOLERATION: Struct = Struct {
    fields: &[
        Field::new("key", "Key:(string)", Text),
        Field::new("operator", "Operator:(v1.TolerationOperator)", Text),
        Field::new("value", "Value:(string)", Text),
        Field::new("effect", "Effect:(v1.TaintEffect)", Text),
        Field::new("tolerationSeconds", "TolerationSeconds:(*int64)", Int64).pointer(),
    ],
};

pub(in crate::template) static HOST_ALIAS: Struct = Struct {
    fields: &[
        Field::new("ip", "IP:(string)", Text).written(Minors::since(30)),
        Field::new("hostnames", "Hostnames:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static POD_DNS_CONFIG: Struct = Struct {
    fields: &[
        Field::new("nameservers", "Nameservers:([]string)", List(&Text)),
        Field::new("searches", "Searches:([]string)", List(&Text)),
        Field::new("options", "Options:([]v1.PodDNSConfigOption)", List(&Type::Struct(&POD_DNS_CONFIG_OPTION))),
    ],
};

pub(in crate::template) static POD_READINESS_GATE: Struct = Struct {
    fields: &[
        Field::new("conditionType", "ConditionType:(v1.PodConditionType)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static TOPOLOGY_SPREAD_CONSTRAINT: Struct = Struct {
    fields: &[
        Field::new("maxSkew", "MaxSkew:(int32)", Int32).written(Minors::ALL),
        Field::new("topologyKey", "TopologyKey:(string)", Text).written(Minors::ALL),
        Field::new("whenUnsatisfiable", "WhenUnsatisfiable:(v1.UnsatisfiableConstraintAction)", Text).written(Minors::ALL),
        Field::new("labelSelector", "LabelSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("minDomains", "MinDomains:(*int32)", Int32).pointer().present(Minors::since(24)).dropped(Minors::range(24, 26)),
        Field::new("nodeAffinityPolicy", "NodeAffinityPolicy:(*v1.NodeInclusionPolicy)", Text).pointer().present(Minors::since(25)).dropped(Minors::range(25, 25)),
        Field::new("nodeTaintsPolicy", "NodeTaintsPolicy:(*v1.NodeInclusionPolicy)", Text).pointer().present(Minors::since(25)).dropped(Minors::range(25, 25)),
        Field::new("matchLabelKeys", "MatchLabelKeys:([]string)", List(&Text)).present(Minors::since(25)).dropped(Minors::range(25, 26)),
    ],
};

pub(in crate::template) static POD_OS: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(v1.OSName)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static POD_SCHEDULING_GATE: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static POD_RESOURCE_CLAIM: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("source", "Source:(v1.ClaimSource)", Type::Struct(&CLAIM_SOURCE)).present(Minors::range(26, 30)).written(Minors::ALL),
        Field::new("resourceClaimName", "ResourceClaimName:(*string)", Text).pointer().present(Minors::since(31)).dropped(Minors::range(31, 33)).gate(4),
        Field::new("resourceClaimTemplateName", "ResourceClaimTemplateName:(*string)", Text).pointer().present(Minors::since(31)).dropped(Minors::range(31, 33)).gate(4),
    ],
};

pub(in crate::template) static RESOURCE_REQUIREMENTS: Struct = Struct {
    fields: &[
        Field::new("limits", "Limits:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        Field::new("requests", "Requests:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        Field::new("claims", "Claims:([]v1.ResourceClaim)", List(&Type::Struct(&RESOURCE_CLAIM))).present(Minors::since(26)).dropped(Minors::range(26, 33)).gate(4).merge(&["name"]),
    ],
};

pub(in crate::template) static WORKLOAD_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("podGroup", "PodGroup:(string)", Text).written(Minors::ALL),
        Field::new("podGroupReplicaKey", "PodGroupReplicaKey:(string)", Text),
    ],
};

pub(in crate::template) static POD_SCHEDULING_GROUP: Struct = Struct {
    fields: &[
        Field::new("podGroupName", "PodGroupName:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static EVICTION_RESPONDER: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("priority", "Priority:(*int32)", Int32).pointer().written(Minors::ALL),
    ],
};

pub(in crate::template) static INITIALIZER: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
    ],
};

pub(in crate::template) static STATUS: Struct = Struct {
    fields: &[
        Field::new("", "TypeMeta:(v1.TypeMeta)", Type::Struct(&TYPE_META)).inline(),
        Field::new("metadata", "ListMeta:(v1.ListMeta)", Type::Struct(&LIST_META)).written(Minors::ALL),
        Field::new("status", "Status:(string)", Text),
        Field::new("message", "Message:(string)", Text),
        Field::new("reason", "Reason:(v1.StatusReason)", Text),
        Field::new("details", "Details:(*v1.StatusDetails)", Type::Struct(&STATUS_DETAILS)).pointer(),
        Field::new("code", "Code:(int32)", Int32),
    ],
};

pub(in crate::template) static VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("hostPath", "HostPath:(*v1.HostPathVolumeSource)", Type::Struct(&HOST_PATH_VOLUME_SOURCE)).pointer(),
        Field::new("emptyDir", "EmptyDir:(*v1.EmptyDirVolumeSource)", Type::Struct(&EMPTY_DIR_VOLUME_SOURCE)).pointer().rule(Rule::EmptyDirIfNone),
        Field::new("gcePersistentDisk", "GCEPersistentDisk:(*v1.GCEPersistentDiskVolumeSource)", Type::Struct(&GCE_PERSISTENT_DISK_VOLUME_SOURCE)).pointer(),
        Field::new("awsElasticBlockStore", "AWSElasticBlockStore:(*v1.AWSElasticBlockStoreVolumeSource)", Type::Struct(&AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE)).pointer(),
        Field::new("gitRepo", "GitRepo:(*v1.GitRepoVolumeSource)", Type::Struct(&GIT_REPO_VOLUME_SOURCE)).pointer(),
        Field::new("secret", "Secret:(*v1.SecretVolumeSource)", Type::Struct(&SECRET_VOLUME_SOURCE)).pointer(),
        Field::new("nfs", "NFS:(*v1.NFSVolumeSource)", Type::Struct(&NFS_VOLUME_SOURCE)).pointer(),
        Field::new("iscsi", "ISCSI:(*v1.ISCSIVolumeSource)", Type::Struct(&ISCSI_VOLUME_SOURCE)).pointer(),
        Field::new("glusterfs", "Glusterfs:(*v1.GlusterfsVolumeSource)", Type::Struct(&GLUSTERFS_VOLUME_SOURCE)).pointer(),
        Field::new("persistentVolumeClaim", "PersistentVolumeClaim:(*v1.PersistentVolumeClaimVolumeSource)", Type::Struct(&PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE)).pointer(),
        Field::new("rbd", "RBD:(*v1.RBDVolumeSource)", Type::Struct(&RBD_VOLUME_SOURCE)).pointer(),
        Field::new("flexVolume", "FlexVolume:(*v1.FlexVolumeSource)", Type::Struct(&FLEX_VOLUME_SOURCE)).pointer(),
        Field::new("cinder", "Cinder:(*v1.CinderVolumeSource)", Type::Struct(&CINDER_VOLUME_SOURCE)).pointer(),
        Field::new("cephfs", "CephFS:(*v1.CephFSVolumeSource)", Type::Struct(&CEPH_FS_VOLUME_SOURCE)).pointer(),
        Field::new("flocker", "Flocker:(*v1.FlockerVolumeSource)", Type::Struct(&FLOCKER_VOLUME_SOURCE)).pointer(),
        Field::new("downwardAPI", "DownwardAPI:(*v1.DownwardAPIVolumeSource)", Type::Struct(&DOWNWARD_API_VOLUME_SOURCE)).pointer(),
        Field::new("fc", "FC:(*v1.FCVolumeSource)", Type::Struct(&FC_VOLUME_SOURCE)).pointer(),
        Field::new("azureFile", "AzureFile:(*v1.AzureFileVolumeSource)", Type::Struct(&AZURE_FILE_VOLUME_SOURCE)).pointer(),
        Field::new("configMap", "ConfigMap:(*v1.ConfigMapVolumeSource)", Type::Struct(&CONFIG_MAP_VOLUME_SOURCE)).pointer(),
        Field::new("vsphereVolume", "VsphereVolume:(*v1.VsphereVirtualDiskVolumeSource)", Type::Struct(&VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE)).pointer().present(Minors::since(3)),
        Field::new("quobyte", "Quobyte:(*v1.QuobyteVolumeSource)", Type::Struct(&QUOBYTE_VOLUME_SOURCE)).pointer().present(Minors::since(4)),
        Field::new("azureDisk", "AzureDisk:(*v1.AzureDiskVolumeSource)", Type::Struct(&AZURE_DISK_VOLUME_SOURCE)).pointer().present(Minors::since(4)),
        Field::new("photonPersistentDisk", "PhotonPersistentDisk:(*v1.PhotonPersistentDiskVolumeSource)", Type::Struct(&PHOTON_PERSISTENT_DISK_VOLUME_SOURCE)).pointer().present(Minors::since(5)),
        Field::new("projected", "Projected:(*v1.ProjectedVolumeSource)", Type::Struct(&PROJECTED_VOLUME_SOURCE)).pointer().present(Minors::since(6)),
        Field::new("portworxVolume", "PortworxVolume:(*v1.PortworxVolumeSource)", Type::Struct(&PORTWORX_VOLUME_SOURCE)).pointer().present(Minors::since(6)),
        Field::new("scaleIO", "ScaleIO:(*v1.ScaleIOVolumeSource)", Type::Struct(&SCALE_IO_VOLUME_SOURCE)).pointer().present(Minors::since(6)),
        Field::new("storageos", "StorageOS:(*v1.StorageOSVolumeSource)", Type::Struct(&STORAGE_OS_VOLUME_SOURCE)).pointer().present(Minors::since(7)),
        Field::new("csi", "CSI:(*v1.CSIVolumeSource)", Type::Struct(&CSI_VOLUME_SOURCE)).pointer().present(Minors::since(14)).dropped(Minors::range(14, 15)),
        Field::new("ephemeral", "Ephemeral:(*v1.EphemeralVolumeSource)", Type::Struct(&EPHEMERAL_VOLUME_SOURCE)).pointer().present(Minors::since(19)).dropped(Minors::range(19, 20)),
        Field::new("image", "Image:(*v1.ImageVolumeSource)", Type::Struct(&IMAGE_VOLUME_SOURCE)).pointer().present(Minors::since(31)).dropped(Minors::range(31, 34)).gate(12),
    ],
};

pub(in crate::template) static CONTAINER_PORT: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("hostPort", "HostPort:(int32)", Int32).rule(Rule::HostPort),
        Field::new("containerPort", "ContainerPort:(int32)", Int32).written(Minors::ALL),
        Field::new("protocol", "Protocol:(v1.Protocol)", Text).or(IsText("TCP")),
        Field::new("hostIP", "HostIP:(string)", Text),
    ],
};

pub(in crate::template) static ENV_FROM_SOURCE: Struct = Struct {
    fields: &[
        Field::new("prefix", "Prefix:(string)", Text),
        Field::new("configMapRef", "ConfigMapRef:(*v1.ConfigMapEnvSource)", Type::Struct(&CONFIG_MAP_ENV_SOURCE)).pointer(),
        Field::new("secretRef", "SecretRef:(*v1.SecretEnvSource)", Type::Struct(&SECRET_ENV_SOURCE)).pointer(),
    ],
};

pub(in crate::template) static ENV_VAR: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("value", "Value:(string)", Text),
        Field::new("valueFrom", "ValueFrom:(*v1.EnvVarSource)", Type::Struct(&ENV_VAR_SOURCE)).pointer(),
    ],
};

pub(in crate::template) static CONTAINER_RESIZE_POLICY: Struct = Struct {
    fields: &[
        Field::new("resourceName", "ResourceName:(v1.ResourceName)", Text).written(Minors::ALL),
        Field::new("restartPolicy", "RestartPolicy:(v1.ResourceResizeRestartPolicy)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static CONTAINER_RESTART_RULE: Struct = Struct {
    fields: &[
        Field::new("action", "Action:(v1.ContainerRestartRuleAction)", Text),
        Field::new("exitCodes", "ExitCodes:(*v1.ContainerRestartRuleOnExitCodes)", Type::Struct(&CONTAINER_RESTART_RULE_ON_EXIT_CODES)).pointer(),
    ],
};

pub(in crate::template) static VOLUME_MOUNT: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("recursiveReadOnly", "RecursiveReadOnly:(*v1.RecursiveReadOnlyMode)", Text).pointer().present(Minors::since(30)).dropped(Minors::range(30, 30)).gate(19),
        Field::new("mountPath", "MountPath:(string)", Text).written(Minors::ALL),
        Field::new("subPath", "SubPath:(string)", Text).present(Minors::since(3)),
        Field::new("mountPropagation", "MountPropagation:(*v1.MountPropagationMode)", Text).pointer().present(Minors::since(8)).dropped(Minors::range(8, 9)),
        Field::new("subPathExpr", "SubPathExpr:(string)", Text).present(Minors::since(14)).dropped(Minors::range(14, 14)),
        Field::new("bindMountOptions", "BindMountOptions:([]string)", List(&Text)).present(Minors::since(37)).dropped(Minors::since(37)).gate(23),
    ],
};

pub(in crate::template) static VOLUME_DEVICE: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("devicePath", "DevicePath:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static PROBE: Struct = Struct {
    fields: &[
        Field::new("", "ProbeHandler:(v1.ProbeHandler)", Type::Struct(&PROBE_HANDLER)).inline().older(&[(Minors::range(2, 22), "Handler:(v1.Handler)")]),
        Field::new("initialDelaySeconds", "InitialDelaySeconds:(int32)", Int32),
        Field::new("timeoutSeconds", "TimeoutSeconds:(int32)", Int32).or(IsInt(1)),
        Field::new("periodSeconds", "PeriodSeconds:(int32)", Int32).or(IsInt(10)),
        Field::new("successThreshold", "SuccessThreshold:(int32)", Int32).or(IsInt(1)),
        Field::new("failureThreshold", "FailureThreshold:(int32)", Int32).or(IsInt(3)),
        Field::new("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds:(*int64)", Int64).pointer().present(Minors::since(21)).dropped(Minors::range(21, 24)).rule(Rule::ReadinessGrace),
    ],
};

pub(in crate::template) static LIFECYCLE: Struct = Struct {
    fields: &[
        Field::new("postStart", "PostStart:(*v1.LifecycleHandler)", Type::Struct(&LIFECYCLE_HANDLER)).pointer().older(&[(Minors::range(2, 22), "PostStart:(*v1.Handler)")]),
        Field::new("preStop", "PreStop:(*v1.LifecycleHandler)", Type::Struct(&LIFECYCLE_HANDLER)).pointer().older(&[(Minors::range(2, 22), "PreStop:(*v1.Handler)")]),
        Field::new("stopSignal", "StopSignal:(*v1.Signal)", Text).pointer().present(Minors::since(33)).dropped(Minors::since(33)).gate(3),
    ],
};

pub(in crate::template) static SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        Field::new("capabilities", "Capabilities:(*v1.Capabilities)", Type::Struct(&CAPABILITIES)).pointer(),
        Field::new("privileged", "Privileged:(*bool)", Bool).pointer(),
        Field::new("seLinuxOptions", "SELinuxOptions:(*v1.SELinuxOptions)", Type::Struct(&SE_LINUX_OPTIONS)).pointer(),
        Field::new("windowsOptions", "WindowsOptions:(*v1.WindowsSecurityContextOptions)", Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS)).pointer().present(Minors::since(15)),
        Field::new("runAsUser", "RunAsUser:(*int64)", Int64).pointer(),
        Field::new("runAsGroup", "RunAsGroup:(*int64)", Int64).pointer().present(Minors::since(10)).dropped(Minors::range(10, 13)),
        Field::new("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer(),
        Field::new("readOnlyRootFilesystem", "ReadOnlyRootFilesystem:(*bool)", Bool).pointer(),
        Field::new("allowPrivilegeEscalation", "AllowPrivilegeEscalation:(*bool)", Bool).pointer().present(Minors::since(8)),
        Field::new("procMount", "ProcMount:(*v1.ProcMountType)", Text).pointer().present(Minors::since(12)).dropped(Minors::range(12, 32)).gate(18).rule(Rule::ForcedProcMount),
        Field::new("seccompProfile", "SeccompProfile:(*v1.SeccompProfile)", Type::Struct(&SECCOMP_PROFILE)).pointer().present(Minors::since(19)),
        Field::new("appArmorProfile", "AppArmorProfile:(*v1.AppArmorProfile)", Type::Struct(&APP_ARMOR_PROFILE)).pointer().present(Minors::since(30)),
    ],
};

pub(in crate::template) static EPHEMERAL_CONTAINER_COMMON: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("image", "Image:(string)", Text),
        Field::new("command", "Command:([]string)", List(&Text)),
        Field::new("args", "Args:([]string)", List(&Text)),
        Field::new("workingDir", "WorkingDir:(string)", Text),
        Field::new("ports", "Ports:([]v1.ContainerPort)", List(&Type::Struct(&CONTAINER_PORT))).merge(&["containerPort", "protocol"]),
        Field::new("envFrom", "EnvFrom:([]v1.EnvFromSource)", List(&Type::Struct(&ENV_FROM_SOURCE))),
        Field::new("env", "Env:([]v1.EnvVar)", List(&Type::Struct(&ENV_VAR))).merge(&["name"]),
        Field::new("resources", "Resources:(v1.ResourceRequirements)", Type::Struct(&RESOURCE_REQUIREMENTS)).written(Minors::ALL),
        Field::new("resizePolicy", "ResizePolicy:([]v1.ContainerResizePolicy)", List(&Type::Struct(&CONTAINER_RESIZE_POLICY))).present(Minors::since(27)).dropped(Minors::range(27, 32)).gate(13),
        Field::new("restartPolicy", "RestartPolicy:(*v1.ContainerRestartPolicy)", Text).pointer().present(Minors::since(28)).dropped(Minors::range(34, 34)).gate(2),
        Field::new("restartPolicyRules", "RestartPolicyRules:([]v1.ContainerRestartRule)", List(&Type::Struct(&CONTAINER_RESTART_RULE))).present(Minors::since(34)).dropped(Minors::range(34, 34)).gate(2),
        Field::new("volumeMounts", "VolumeMounts:([]v1.VolumeMount)", List(&Type::Struct(&VOLUME_MOUNT))).merge(&["mountPath"]).rule(Rule::ImageMounts),
        Field::new("volumeDevices", "VolumeDevices:([]v1.VolumeDevice)", List(&Type::Struct(&VOLUME_DEVICE))).merge(&["devicePath"]),
        Field::new("livenessProbe", "LivenessProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        Field::new("readinessProbe", "ReadinessProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        Field::new("startupProbe", "StartupProbe:(*v1.Probe)", Type::Struct(&PROBE)).pointer(),
        Field::new("lifecycle", "Lifecycle:(*v1.Lifecycle)", Type::Struct(&LIFECYCLE)).pointer().rule(Rule::EmptiedLifecycle),
        Field::new("terminationMessagePath", "TerminationMessagePath:(string)", Text).or(IsText("/dev/termination-log")),
        Field::new("terminationMessagePolicy", "TerminationMessagePolicy:(v1.TerminationMessagePolicy)", Text).or(IsText("File")),
        Field::new("imagePullPolicy", "ImagePullPolicy:(v1.PullPolicy)", Text).rule(Rule::PullPolicy),
        Field::new("securityContext", "SecurityContext:(*v1.SecurityContext)", Type::Struct(&SECURITY_CONTEXT)).pointer(),
        Field::new("stdin", "Stdin:(bool)", Bool),
        Field::new("stdinOnce", "StdinOnce:(bool)", Bool),
        Field::new("tty", "TTY:(bool)", Bool),
    ],
};

pub(in crate::template) static SE_LINUX_OPTIONS: Struct = Struct {
    fields: &[
        Field::new("user", "User:(string)", Text),
        Field::new("role", "Role:(string)", Text),
        Field::new("type", "Type:(string)", Text),
        Field::new("level", "Level:(string)", Text),
    ],
};

pub(in crate::template) static WINDOWS_SECURITY_CONTEXT_OPTIONS: Struct = Struct {
    fields: &[
        Field::new("gmsaCredentialSpecName", "GMSACredentialSpecName:(*string)", Text).pointer().dropped(Minors::range(15, 15)),
        Field::new("gmsaCredentialSpec", "GMSACredentialSpec:(*string)", Text).pointer().dropped(Minors::range(15, 15)),
        Field::new("runAsUserName", "RunAsUserName:(*string)", Text).pointer().present(Minors::since(16)).dropped(Minors::range(16, 16)),
        Field::new("hostProcess", "HostProcess:(*bool)", Bool).pointer().present(Minors::since(22)),
    ],
};

pub(in crate::template) static SYSCTL: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("value", "Value:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static SECCOMP_PROFILE: Struct = Struct {
    fields: &[
        Field::new("type", "Type:(v1.SeccompProfileType)", Text).written(Minors::ALL),
        Field::new("localhostProfile", "LocalhostProfile:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static APP_ARMOR_PROFILE: Struct = Struct {
    fields: &[
        Field::new("type", "Type:(v1.AppArmorProfileType)", Text).written(Minors::ALL),
        Field::new("localhostProfile", "LocalhostProfile:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static NODE_AFFINITY: Struct = Struct {
    fields: &[
        Field::new("requiredDuringSchedulingIgnoredDuringExecution", "RequiredDuringSchedulingIgnoredDuringExecution:(*v1.NodeSelector)", Type::Struct(&NODE_SELECTOR)).pointer(),
        Field::new("preferredDuringSchedulingIgnoredDuringExecution", "PreferredDuringSchedulingIgnoredDuringExecution:([]v1.PreferredSchedulingTerm)", List(&Type::Struct(&PREFERRED_SCHEDULING_TERM))),
    ],
};

pub(in crate::template) static POD_AFFINITY: Struct = Struct {
    fields: &[
        Field::new("requiredDuringSchedulingIgnoredDuringExecution", "RequiredDuringSchedulingIgnoredDuringExecution:([]v1.PodAffinityTerm)", List(&Type::Struct(&POD_AFFINITY_TERM))),
        Field::new("preferredDuringSchedulingIgnoredDuringExecution", "PreferredDuringSchedulingIgnoredDuringExecution:([]v1.WeightedPodAffinityTerm)", List(&Type::Struct(&WEIGHTED_POD_AFFINITY_TERM))),
    ],
};

pub(in crate::template) static POD_ANTI_AFFINITY: Struct = Struct {
    fields: &[
        Field::new("requiredDuringSchedulingIgnoredDuringExecution", "RequiredDuringSchedulingIgnoredDuringExecution:([]v1.PodAffinityTerm)", List(&Type::Struct(&POD_AFFINITY_TERM))),
        Field::new("preferredDuringSchedulingIgnoredDuringExecution", "PreferredDuringSchedulingIgnoredDuringExecution:([]v1.WeightedPodAffinityTerm)", List(&Type::Struct(&WEIGHTED_POD_AFFINITY_TERM))),
    ],
};

pub(in crate::template) static POD_DNS_CONFIG_OPTION: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("value", "Value:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static LABEL_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("matchLabels", "MatchLabels:(map[string]string)", Map(&Text)),
        Field::new("matchExpressions", "MatchExpressions:([]v1.LabelSelectorRequirement)", List(&Type::Struct(&LABEL_SELECTOR_REQUIREMENT))),
    ],
};

pub(in crate::template) static CLAIM_SOURCE: Struct = Struct {
    fields: &[
        Field::new("resourceClaimName", "ResourceClaimName:(*string)", Text).pointer().dropped(Minors::range(29, 30)).gate(4),
        Field::new("resourceClaimTemplateName", "ResourceClaimTemplateName:(*string)", Text).pointer().dropped(Minors::range(29, 30)).gate(4),
    ],
};

pub(in crate::template) static RESOURCE_CLAIM: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("request", "Request:(string)", Text).present(Minors::since(31)).dropped(Minors::range(31, 33)).gate(4),
    ],
};

pub(in crate::template) static TYPE_META: Struct = Struct {
    fields: &[
        Field::new("kind", "Kind:(string)", Text).dropped(Minors::range(7, 15)),
        Field::new("apiVersion", "APIVersion:(string)", Text).dropped(Minors::range(7, 15)),
    ],
};

pub(in crate::template) static LIST_META: Struct = Struct {
    fields: &[
        Field::new("selfLink", "SelfLink:(string)", Text),
        Field::new("resourceVersion", "ResourceVersion:(string)", Text),
        Field::new("continue", "Continue:(string)", Text).present(Minors::range(8, 15)),
        Field::new("remainingItemCount", "RemainingItemCount:(*int64)", Int64).pointer().present(Minors::range(15, 15)),
    ],
};

pub(in crate::template) static STATUS_DETAILS: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("group", "Group:(string)", Text),
        Field::new("kind", "Kind:(string)", Text),
        Field::new("uid", "UID:(types.UID)", Text),
        Field::new("causes", "Causes:([]v1.StatusCause)", List(&Type::Struct(&STATUS_CAUSE))),
        Field::new("retryAfterSeconds", "RetryAfterSeconds:(int32)", Int32),
    ],
};

pub(in crate::template) static HOST_PATH_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("path", "Path:(string)", Text).written(Minors::ALL),
        Field::new("type", "Type:(*v1.HostPathType)", Text).pointer().present(Minors::since(8)).or(IsText("")),
    ],
};

pub(in crate::template) static EMPTY_DIR_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("medium", "Medium:(v1.StorageMedium)", Text),
        Field::new("sizeLimit", "SizeLimit:(*resource.Quantity)", Quantity { in_list: false }).pointer().older(&[(Minors::range(7, 7), "SizeLimit:(resource.Quantity)")]).present(Minors::since(7)).dropped(Minors::range(8, 9)).rule(Rule::SizeLimit),
        Field::new("mode", "Mode:(*int32)", Int32).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(5),
    ],
};

pub(in crate::template) static GCE_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("pdName", "PDName:(string)", Text).written(Minors::ALL),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("partition", "Partition:(int32)", Int32),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeID", "VolumeID:(string)", Text).written(Minors::ALL),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("partition", "Partition:(int32)", Int32),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static GIT_REPO_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("repository", "Repository:(string)", Text).written(Minors::ALL),
        Field::new("revision", "Revision:(string)", Text),
        Field::new("directory", "Directory:(string)", Text),
    ],
};

pub(in crate::template) static SECRET_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("secretName", "SecretName:(string)", Text),
        Field::new("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))).present(Minors::since(3)),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().present(Minors::since(4)).or(IsInt(420)),
        Field::new("optional", "Optional:(*bool)", Bool).pointer().present(Minors::since(6)),
        Field::new("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static NFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("server", "Server:(string)", Text).written(Minors::ALL),
        Field::new("path", "Path:(string)", Text).written(Minors::ALL),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static ISCSI_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("targetPortal", "TargetPortal:(string)", Text).written(Minors::ALL),
        Field::new("iqn", "IQN:(string)", Text).written(Minors::ALL),
        Field::new("lun", "Lun:(int32)", Int32).written(Minors::ALL),
        Field::new("iscsiInterface", "ISCSIInterface:(string)", Text).or(IsText("default")),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("portals", "Portals:([]string)", List(&Text)).present(Minors::since(6)),
        Field::new("chapAuthDiscovery", "DiscoveryCHAPAuth:(bool)", Bool).present(Minors::since(7)),
        Field::new("chapAuthSession", "SessionCHAPAuth:(bool)", Bool).present(Minors::since(7)),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer().present(Minors::since(7)),
        Field::new("initiatorName", "InitiatorName:(*string)", Text).pointer().present(Minors::since(8)),
    ],
};

pub(in crate::template) static GLUSTERFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("endpoints", "EndpointsName:(string)", Text).written(Minors::ALL),
        Field::new("path", "Path:(string)", Text).written(Minors::ALL),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("claimName", "ClaimName:(string)", Text).written(Minors::ALL),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static RBD_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("monitors", "CephMonitors:([]string)", List(&Text)).written(Minors::ALL),
        Field::new("image", "RBDImage:(string)", Text).written(Minors::ALL),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("pool", "RBDPool:(string)", Text).or(IsText("rbd")),
        Field::new("user", "RadosUser:(string)", Text).or(IsText("admin")),
        Field::new("keyring", "Keyring:(string)", Text).or(IsText("/etc/ceph/keyring")),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static FLEX_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("driver", "Driver:(string)", Text).written(Minors::ALL),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("options", "Options:(map[string]string)", Map(&Text)),
    ],
};

pub(in crate::template) static CINDER_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeID", "VolumeID:(string)", Text).written(Minors::ALL),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer().present(Minors::since(11)),
    ],
};

pub(in crate::template) static CEPH_FS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("monitors", "Monitors:([]string)", List(&Text)).written(Minors::ALL),
        Field::new("path", "Path:(string)", Text),
        Field::new("user", "User:(string)", Text),
        Field::new("secretFile", "SecretFile:(string)", Text),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static FLOCKER_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("datasetName", "DatasetName:(string)", Text),
        Field::new("datasetUUID", "DatasetUUID:(string)", Text).present(Minors::since(5)),
    ],
};

pub(in crate::template) static DOWNWARD_API_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("items", "Items:([]v1.DownwardAPIVolumeFile)", List(&Type::Struct(&DOWNWARD_API_VOLUME_FILE))),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().present(Minors::since(4)).or(IsInt(420)),
        Field::new("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static FC_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("targetWWNs", "TargetWWNs:([]string)", List(&Text)),
        Field::new("lun", "Lun:(*int32)", Int32).pointer(),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("wwids", "WWIDs:([]string)", List(&Text)).present(Minors::since(8)),
    ],
};

pub(in crate::template) static AZURE_FILE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("secretName", "SecretName:(string)", Text).written(Minors::ALL),
        Field::new("shareName", "ShareName:(string)", Text).written(Minors::ALL),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static CONFIG_MAP_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().present(Minors::since(4)).or(IsInt(420)),
        Field::new("optional", "Optional:(*bool)", Bool).pointer().present(Minors::since(6)),
        Field::new("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumePath", "VolumePath:(string)", Text).written(Minors::ALL),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("storagePolicyName", "StoragePolicyName:(string)", Text).present(Minors::since(7)),
        Field::new("storagePolicyID", "StoragePolicyID:(string)", Text).present(Minors::since(7)),
    ],
};

pub(in crate::template) static QUOBYTE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("registry", "Registry:(string)", Text).written(Minors::ALL),
        Field::new("volume", "Volume:(string)", Text).written(Minors::ALL),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("user", "User:(string)", Text),
        Field::new("group", "Group:(string)", Text),
        Field::new("tenant", "Tenant:(string)", Text).present(Minors::since(14)),
    ],
};

pub(in crate::template) static AZURE_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("diskName", "DiskName:(string)", Text).written(Minors::ALL),
        Field::new("diskURI", "DataDiskURI:(string)", Text).written(Minors::ALL),
        Field::new("cachingMode", "CachingMode:(*v1.AzureDataDiskCachingMode)", Text).pointer().or(TextChanged(6, "None", "ReadWrite")),
        Field::new("fsType", "FSType:(*string)", Text).pointer().or(IsText("ext4")),
        Field::new("readOnly", "ReadOnly:(*bool)", Bool).pointer().or(IsBool(false)),
        Field::new("kind", "Kind:(*v1.AzureDataDiskKind)", Text).pointer().present(Minors::since(7)).or(IsText("Shared")),
    ],
};

pub(in crate::template) static PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("pdID", "PdID:(string)", Text).written(Minors::ALL),
        Field::new("fsType", "FSType:(string)", Text),
    ],
};

pub(in crate::template) static PROJECTED_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("sources", "Sources:([]v1.VolumeProjection)", List(&Type::Struct(&VOLUME_PROJECTION))).written(Minors::ALL),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().or(IsInt(420)),
        Field::new("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static PORTWORX_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeID", "VolumeID:(string)", Text).written(Minors::ALL),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static SCALE_IO_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("gateway", "Gateway:(string)", Text).written(Minors::ALL),
        Field::new("system", "System:(string)", Text).written(Minors::ALL),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer().written(Minors::ALL),
        Field::new("sslEnabled", "SSLEnabled:(bool)", Bool),
        Field::new("protectionDomain", "ProtectionDomain:(string)", Text).or(TextChanged(8, "default", "")),
        Field::new("storagePool", "StoragePool:(string)", Text).or(TextChanged(8, "default", "")),
        Field::new("storageMode", "StorageMode:(string)", Text).or(IsText("ThinProvisioned")),
        Field::new("volumeName", "VolumeName:(string)", Text),
        Field::new("fsType", "FSType:(string)", Text).or(IsText("xfs")),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static STORAGE_OS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeName", "VolumeName:(string)", Text),
        Field::new("volumeNamespace", "VolumeNamespace:(string)", Text),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
    ],
};

pub(in crate::template) static CSI_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("driver", "Driver:(string)", Text).written(Minors::ALL),
        Field::new("readOnly", "ReadOnly:(*bool)", Bool).pointer(),
        Field::new("fsType", "FSType:(*string)", Text).pointer(),
        Field::new("volumeAttributes", "VolumeAttributes:(map[string]string)", Map(&Text)),
        Field::new("nodePublishSecretRef", "NodePublishSecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
    ],
};

pub(in crate::template) static EPHEMERAL_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeClaimTemplate", "VolumeClaimTemplate:(*v1.PersistentVolumeClaimTemplate)", Type::Struct(&PERSISTENT_VOLUME_CLAIM_TEMPLATE)).pointer(),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).present(Minors::range(19, 20)),
    ],
};

pub(in crate::template) static IMAGE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("reference", "Reference:(string)", Text),
        Field::new("pullPolicy", "PullPolicy:(v1.PullPolicy)", Text).rule(Rule::PullPolicy),
    ],
};

pub(in crate::template) static CONFIG_MAP_ENV_SOURCE: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static SECRET_ENV_SOURCE: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static ENV_VAR_SOURCE: Struct = Struct {
    fields: &[
        Field::new("fieldRef", "FieldRef:(*v1.ObjectFieldSelector)", Type::Struct(&OBJECT_FIELD_SELECTOR)).pointer(),
        Field::new("resourceFieldRef", "ResourceFieldRef:(*v1.ResourceFieldSelector)", Type::Struct(&RESOURCE_FIELD_SELECTOR)).pointer().present(Minors::since(3)),
        Field::new("configMapKeyRef", "ConfigMapKeyRef:(*v1.ConfigMapKeySelector)", Type::Struct(&CONFIG_MAP_KEY_SELECTOR)).pointer(),
        Field::new("secretKeyRef", "SecretKeyRef:(*v1.SecretKeySelector)", Type::Struct(&SECRET_KEY_SELECTOR)).pointer(),
        Field::new("fileKeyRef", "FileKeyRef:(*v1.FileKeySelector)", Type::Struct(&FILE_KEY_SELECTOR)).pointer().present(Minors::since(34)).dropped(Minors::range(34, 34)).gate(6),
    ],
};

pub(in crate::template) static CONTAINER_RESTART_RULE_ON_EXIT_CODES: Struct = Struct {
    fields: &[
        Field::new("operator", "Operator:(v1.ContainerRestartRuleOnExitCodesOperator)", Text),
        Field::new("values", "Values:([]int32)", List(&Int32)),
    ],
};

pub(in crate::template) static PROBE_HANDLER: Struct = Struct {
    fields: &[
        Field::new("exec", "Exec:(*v1.ExecAction)", Type::Struct(&EXEC_ACTION)).pointer(),
        Field::new("httpGet", "HTTPGet:(*v1.HTTPGetAction)", Type::Struct(&HTTP_GET_ACTION)).pointer(),
        Field::new("tcpSocket", "TCPSocket:(*v1.TCPSocketAction)", Type::Struct(&TCP_SOCKET_ACTION)).pointer(),
        Field::new("grpc", "GRPC:(*v1.GRPCAction)", Type::Struct(&GRPC_ACTION)).pointer().present(Minors::since(23)),
    ],
};

pub(in crate::template) static LIFECYCLE_HANDLER: Struct = Struct {
    fields: &[
        Field::new("exec", "Exec:(*v1.ExecAction)", Type::Struct(&EXEC_ACTION)).pointer(),
        Field::new("httpGet", "HTTPGet:(*v1.HTTPGetAction)", Type::Struct(&HTTP_GET_ACTION)).pointer(),
        Field::new("tcpSocket", "TCPSocket:(*v1.TCPSocketAction)", Type::Struct(&TCP_SOCKET_ACTION)).pointer(),
        Field::new("sleep", "Sleep:(*v1.SleepAction)", Type::Struct(&SLEEP_ACTION)).pointer().present(Minors::since(29)).dropped(Minors::range(29, 29)).gate(17),
    ],
};

pub(in crate::template) static CAPABILITIES: Struct = Struct {
    fields: &[
        Field::new("add", "Add:([]v1.Capability)", List(&Text)),
        Field::new("drop", "Drop:([]v1.Capability)", List(&Text)),
    ],
};

pub(in crate::template) static NODE_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("nodeSelectorTerms", "NodeSelectorTerms:([]v1.NodeSelectorTerm)", List(&Type::Struct(&NODE_SELECTOR_TERM))).written(Minors::ALL),
    ],
};

pub(in crate::template) static PREFERRED_SCHEDULING_TERM: Struct = Struct {
    fields: &[
        Field::new("weight", "Weight:(int32)", Int32).written(Minors::ALL),
        Field::new("preference", "Preference:(v1.NodeSelectorTerm)", Type::Struct(&NODE_SELECTOR_TERM)).written(Minors::ALL),
    ],
};

pub(in crate::template) static POD_AFFINITY_TERM: Struct = Struct {
    fields: &[
        Field::new("labelSelector", "LabelSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("namespaces", "Namespaces:([]string)", List(&Text)),
        Field::new("topologyKey", "TopologyKey:(string)", Text).written(Minors::ALL),
        Field::new("namespaceSelector", "NamespaceSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer().present(Minors::since(21)).dropped(Minors::range(21, 21)),
        Field::new("matchLabelKeys", "MatchLabelKeys:([]string)", List(&Text)).present(Minors::since(29)).dropped(Minors::range(29, 30)).gate(14),
        Field::new("mismatchLabelKeys", "MismatchLabelKeys:([]string)", List(&Text)).present(Minors::since(29)).dropped(Minors::range(29, 30)).gate(14),
    ],
};

pub(in crate::template) static WEIGHTED_POD_AFFINITY_TERM: Struct = Struct {
    fields: &[
        Field::new("weight", "Weight:(int32)", Int32).written(Minors::ALL),
        Field::new("podAffinityTerm", "PodAffinityTerm:(v1.PodAffinityTerm)", Type::Struct(&POD_AFFINITY_TERM)).written(Minors::ALL),
    ],
};

pub(in crate::template) static LABEL_SELECTOR_REQUIREMENT: Struct = Struct {
    fields: &[
        Field::new("key", "Key:(string)", Text).written(Minors::ALL),
        Field::new("operator", "Operator:(v1.LabelSelectorOperator)", Text).written(Minors::ALL),
        Field::new("values", "Values:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static STATUS_CAUSE: Struct = Struct {
    fields: &[
        Field::new("reason", "Type:(v1.CauseType)", Text),
        Field::new("message", "Message:(string)", Text),
        Field::new("field", "Field:(string)", Text),
    ],
};

pub(in crate::template) static KEY_TO_PATH: Struct = Struct {
    fields: &[
        Field::new("key", "Key:(string)", Text).written(Minors::ALL),
        Field::new("path", "Path:(string)", Text).written(Minors::ALL),
        Field::new("mode", "Mode:(*int32)", Int32).pointer().present(Minors::since(4)),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static DOWNWARD_API_VOLUME_FILE: Struct = Struct {
    fields: &[
        Field::new("path", "Path:(string)", Text).written(Minors::ALL),
        Field::new("fieldRef", "FieldRef:(*v1.ObjectFieldSelector)", Type::Struct(&OBJECT_FIELD_SELECTOR)).pointer(),
        Field::new("resourceFieldRef", "ResourceFieldRef:(*v1.ResourceFieldSelector)", Type::Struct(&RESOURCE_FIELD_SELECTOR)).pointer().present(Minors::since(3)),
        Field::new("mode", "Mode:(*int32)", Int32).pointer().present(Minors::since(4)),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static VOLUME_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("secret", "Secret:(*v1.SecretProjection)", Type::Struct(&SECRET_PROJECTION)).pointer(),
        Field::new("downwardAPI", "DownwardAPI:(*v1.DownwardAPIProjection)", Type::Struct(&DOWNWARD_API_PROJECTION)).pointer(),
        Field::new("configMap", "ConfigMap:(*v1.ConfigMapProjection)", Type::Struct(&CONFIG_MAP_PROJECTION)).pointer(),
        Field::new("serviceAccountToken", "ServiceAccountToken:(*v1.ServiceAccountTokenProjection)", Type::Struct(&SERVICE_ACCOUNT_TOKEN_PROJECTION)).pointer().present(Minors::since(11)),
        Field::new("clusterTrustBundle", "ClusterTrustBundle:(*v1.ClusterTrustBundleProjection)", Type::Struct(&CLUSTER_TRUST_BUNDLE_PROJECTION)).pointer().present(Minors::since(29)).dropped(Minors::range(29, 36)).gate(1),
        Field::new("podCertificate", "PodCertificate:(*v1.PodCertificateProjection)", Type::Struct(&POD_CERTIFICATE_PROJECTION)).pointer().present(Minors::since(34)).dropped(Minors::range(34, 36)).gate(15),
    ],
};

pub(in crate::template) static PERSISTENT_VOLUME_CLAIM_TEMPLATE: Struct = Struct {
    fields: &[
        Field::new("metadata", "ObjectMeta:(v1.ObjectMeta)", Type::Struct(&OBJECT_META)).written(Minors::ALL),
        Field::new("spec", "Spec:(v1.PersistentVolumeClaimSpec)", Type::Struct(&PERSISTENT_VOLUME_CLAIM_SPEC)).written(Minors::ALL),
    ],
};

pub(in crate::template) static OBJECT_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("apiVersion", "APIVersion:(string)", Text).or(IsText("v1")),
        Field::new("fieldPath", "FieldPath:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static RESOURCE_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("containerName", "ContainerName:(string)", Text),
        Field::new("resource", "Resource:(string)", Text).written(Minors::ALL),
        Field::new("divisor", "Divisor:(resource.Quantity)", Quantity { in_list: false }).written(Minors::ALL),
    ],
};

pub(in crate::template) static CONFIG_MAP_KEY_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("key", "Key:(string)", Text).written(Minors::ALL),
        Field::new("optional", "Optional:(*bool)", Bool).pointer().present(Minors::since(6)),
    ],
};

pub(in crate::template) static SECRET_KEY_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("key", "Key:(string)", Text).written(Minors::ALL),
        Field::new("optional", "Optional:(*bool)", Bool).pointer().present(Minors::since(6)),
    ],
};

pub(in crate::template) static FILE_KEY_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("volumeName", "VolumeName:(string)", Text).written(Minors::ALL),
        Field::new("path", "Path:(string)", Text).written(Minors::ALL),
        Field::new("key", "Key:(string)", Text).written(Minors::ALL),
        Field::new("optional", "Optional:(*bool)", Bool).pointer().or(IsBool(false)),
    ],
};

pub(in crate::template) static EXEC_ACTION: Struct = Struct {
    fields: &[
        Field::new("command", "Command:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static HTTP_GET_ACTION: Struct = Struct {
    fields: &[
        Field::new("path", "Path:(string)", Text).or(IsText("/")),
        Field::new("port", "Port:(intstr.IntOrString)", IntOrString).written(Minors::ALL),
        Field::new("host", "Host:(string)", Text),
        Field::new("scheme", "Scheme:(v1.URIScheme)", Text).or(IsText("HTTP")),
        Field::new("httpHeaders", "HTTPHeaders:([]v1.HTTPHeader)", List(&Type::Struct(&HTTP_HEADER))),
        Field::new("protocol", "Protocol:(*v1.HTTPProtocol)", Text).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(10),
    ],
};

pub(in crate::template) static TCP_SOCKET_ACTION: Struct = Struct {
    fields: &[
        Field::new("port", "Port:(intstr.IntOrString)", IntOrString).written(Minors::ALL),
        Field::new("host", "Host:(string)", Text).present(Minors::since(7)),
    ],
};

pub(in crate::template) static GRPC_ACTION: Struct = Struct {
    fields: &[
        Field::new("port", "Port:(int32)", Int32).written(Minors::ALL),
        Field::new("service", "Service:(*string)", Text).pointer().or(IsText("")).written(Minors::ALL),
        Field::new("mode", "Mode:(*v1.GRPCProbeMode)", Text).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(8),
    ],
};

pub(in crate::template) static SLEEP_ACTION: Struct = Struct {
    fields: &[
        Field::new("seconds", "Seconds:(int64)", Int64).written(Minors::ALL),
    ],
};

pub(in crate::template) static NODE_SELECTOR_TERM: Struct = Struct {
    fields: &[
        Field::new("matchExpressions", "MatchExpressions:([]v1.NodeSelectorRequirement)", List(&Type::Struct(&NODE_SELECTOR_REQUIREMENT))),
        Field::new("matchFields", "MatchFields:([]v1.NodeSelectorRequirement)", List(&Type::Struct(&NODE_SELECTOR_REQUIREMENT))).present(Minors::since(11)),
    ],
};

pub(in crate::template) static SECRET_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static DOWNWARD_API_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("items", "Items:([]v1.DownwardAPIVolumeFile)", List(&Type::Struct(&DOWNWARD_API_VOLUME_FILE))),
    ],
};

pub(in crate::template) static CONFIG_MAP_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static SERVICE_ACCOUNT_TOKEN_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("audience", "Audience:(string)", Text),
        Field::new("expirationSeconds", "ExpirationSeconds:(*int64)", Int64).pointer().or(IsInt(3600)),
        Field::new("path", "Path:(string)", Text).written(Minors::ALL),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static CLUSTER_TRUST_BUNDLE_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(*string)", Text).pointer(),
        Field::new("signerName", "SignerName:(*string)", Text).pointer(),
        Field::new("labelSelector", "LabelSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
        Field::new("path", "Path:(string)", Text).written(Minors::ALL),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static POD_CERTIFICATE_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("signerName", "SignerName:(string)", Text),
        Field::new("keyType", "KeyType:(string)", Text),
        Field::new("maxExpirationSeconds", "MaxExpirationSeconds:(*int32)", Int32).pointer(),
        Field::new("credentialBundlePath", "CredentialBundlePath:(string)", Text),
        Field::new("keyPath", "KeyPath:(string)", Text),
        Field::new("certificateChainPath", "CertificateChainPath:(string)", Text),
        Field::new("userAnnotations", "UserAnnotations:(map[string]string)", Map(&Text)).present(Minors::since(35)).dropped(Minors::range(35, 36)).gate(15),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).dropped(Minors::since(37)).gate(0),
    ],
};

pub(in crate::template) static PERSISTENT_VOLUME_CLAIM_SPEC: Struct = Struct {
    fields: &[
        Field::new("accessModes", "AccessModes:([]v1.PersistentVolumeAccessMode)", List(&Text)),
        Field::new("selector", "Selector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("resources", "Resources:(v1.VolumeResourceRequirements)", Type::Struct(&VOLUME_RESOURCE_REQUIREMENTS)).older(&[(Minors::range(19, 28), "Resources:(v1.ResourceRequirements)")]).written(Minors::ALL),
        Field::new("volumeName", "VolumeName:(string)", Text),
        Field::new("storageClassName", "StorageClassName:(*string)", Text).pointer(),
        Field::new("volumeMode", "VolumeMode:(*v1.PersistentVolumeMode)", Text).pointer().or(IsText("Filesystem")),
        Field::new("dataSource", "DataSource:(*v1.TypedLocalObjectReference)", Type::Struct(&TYPED_LOCAL_OBJECT_REFERENCE)).pointer(),
        Field::new("dataSourceRef", "DataSourceRef:(*v1.TypedObjectReference)", Type::Struct(&TYPED_OBJECT_REFERENCE)).pointer().older(&[(Minors::range(22, 25), "DataSourceRef:(*v1.TypedLocalObjectReference)")]).present(Minors::since(22)),
        Field::new("volumeAttributesClassName", "VolumeAttributesClassName:(*string)", Text).pointer().present(Minors::since(29)),
    ],
};

pub(in crate::template) static HTTP_HEADER: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("value", "Value:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static NODE_SELECTOR_REQUIREMENT: Struct = Struct {
    fields: &[
        Field::new("key", "Key:(string)", Text).written(Minors::ALL),
        Field::new("operator", "Operator:(v1.NodeSelectorOperator)", Text).written(Minors::ALL),
        Field::new("values", "Values:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static VOLUME_RESOURCE_REQUIREMENTS: Struct = Struct {
    fields: &[
        Field::new("limits", "Limits:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        Field::new("requests", "Requests:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        Field::new("claims", "Claims:([]v1.ResourceClaim)", List(&Type::Struct(&RESOURCE_CLAIM))).present(Minors::range(26, 28)).dropped(Minors::range(26, 33)).gate(4).merge(&["name"]),
    ],
};

pub(in crate::template) static TYPED_LOCAL_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("apiGroup", "APIGroup:(*string)", Text).pointer().written(Minors::ALL),
        Field::new("kind", "Kind:(string)", Text).written(Minors::ALL),
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
    ],
};

pub(in crate::template) static TYPED_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("apiGroup", "APIGroup:(*string)", Text).pointer().written(Minors::ALL),
        Field::new("kind", "Kind:(string)", Text).written(Minors::ALL),
        Field::new("name", "Name:(string)", Text).written(Minors::ALL),
        Field::new("namespace", "Namespace:(*string)", Text).pointer().present(Minors::since(26)),
    ],
};

pub(in crate::template) static API_AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeID", "VolumeID:(string)", Text).slot(0),
        Field::new("fsType", "FSType:(string)", Text).slot(1),
        Field::new("partition", "Partition:(int)", Int32).slot(2).present(Minors::range(2, 2)),
        Field::new("partition", "Partition:(int32)", Int32).slot(2).present(Minors::since(3)),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(3),
    ],
};

pub(in crate::template) static API_AZURE_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("diskName", "DiskName:(string)", Text).slot(0),
        Field::new("diskURI", "DataDiskURI:(string)", Text).slot(1),
        Field::new("cachingMode", "CachingMode:(*api.AzureDataDiskCachingMode)", Text).pointer().slot(2).or(TextChanged(6, "None", "ReadWrite")),
        Field::new("fsType", "FSType:(*string)", Text).pointer().slot(3).or(IsText("ext4")),
        Field::new("readOnly", "ReadOnly:(*bool)", Bool).pointer().slot(4).or(IsBool(false)),
    ],
};

pub(in crate::template) static API_AZURE_FILE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("secretName", "SecretName:(string)", Text).slot(0),
        Field::new("shareName", "ShareName:(string)", Text).slot(1),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(2),
    ],
};

pub(in crate::template) static API_CAPABILITIES: Struct = Struct {
    fields: &[
        Field::new("add", "Add:([]api.Capability)", List(&Text)).slot(0),
        Field::new("drop", "Drop:([]api.Capability)", List(&Text)).slot(1),
    ],
};

pub(in crate::template) static API_CEPH_FS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("monitors", "Monitors:([]string)", List(&Text)).slot(0),
        Field::new("path", "Path:(string)", Text).slot(1),
        Field::new("user", "User:(string)", Text).slot(2),
        Field::new("secretFile", "SecretFile:(string)", Text).slot(3),
        Field::new("secretRef", "SecretRef:(*api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).pointer().slot(4),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(5),
    ],
};

pub(in crate::template) static API_CINDER_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeID", "VolumeID:(string)", Text).slot(0),
        Field::new("fsType", "FSType:(string)", Text).slot(1),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(2),
    ],
};

pub(in crate::template) static API_CONFIG_MAP_KEY_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).inline().slot(0),
        Field::new("key", "Key:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_CONFIG_MAP_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).inline().slot(0),
        Field::new("items", "Items:([]api.KeyToPath)", List(&Type::Struct(&API_KEY_TO_PATH))).slot(1),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().slot(2).or(IsInt(420)).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_CONTAINER: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).slot(0),
        Field::new("image", "Image:(string)", Text).slot(1),
        Field::new("command", "Command:([]string)", List(&Text)).slot(2),
        Field::new("args", "Args:([]string)", List(&Text)).slot(3),
        Field::new("workingDir", "WorkingDir:(string)", Text).slot(4),
        Field::new("ports", "Ports:([]api.ContainerPort)", List(&Type::Struct(&API_CONTAINER_PORT))).slot(5).merge(&["containerPort", "protocol"]),
        Field::new("env", "Env:([]api.EnvVar)", List(&Type::Struct(&API_ENV_VAR))).slot(7).merge(&["name"]),
        Field::new("resources", "Resources:(api.ResourceRequirements)", Type::Struct(&API_RESOURCE_REQUIREMENTS)).slot(8),
        Field::new("volumeMounts", "VolumeMounts:([]api.VolumeMount)", List(&Type::Struct(&API_VOLUME_MOUNT))).slot(12).merge(&["mountPath"]).rule(Rule::ImageMounts),
        Field::new("livenessProbe", "LivenessProbe:(*api.Probe)", Type::Struct(&API_PROBE)).pointer().slot(14),
        Field::new("readinessProbe", "ReadinessProbe:(*api.Probe)", Type::Struct(&API_PROBE)).pointer().slot(15),
        Field::new("lifecycle", "Lifecycle:(*api.Lifecycle)", Type::Struct(&API_LIFECYCLE)).pointer().slot(17).rule(Rule::EmptiedLifecycle),
        Field::new("terminationMessagePath", "TerminationMessagePath:(string)", Text).slot(18).or(IsText("/dev/termination-log")),
        Field::new("imagePullPolicy", "ImagePullPolicy:(api.PullPolicy)", Text).slot(20).rule(Rule::PullPolicy),
        Field::new("securityContext", "SecurityContext:(*api.SecurityContext)", Type::Struct(&API_SECURITY_CONTEXT)).pointer().slot(21),
        Field::new("stdin", "Stdin:(bool)", Bool).slot(22),
        Field::new("stdinOnce", "StdinOnce:(bool)", Bool).slot(23),
        Field::new("tty", "TTY:(bool)", Bool).slot(24),
    ],
};

pub(in crate::template) static API_CONTAINER_PORT: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).slot(0),
        Field::new("hostPort", "HostPort:(int)", Int32).slot(1).rule(Rule::HostPort).present(Minors::range(2, 2)),
        Field::new("hostPort", "HostPort:(int32)", Int32).slot(1).rule(Rule::HostPort).present(Minors::since(3)),
        Field::new("containerPort", "ContainerPort:(int)", Int32).slot(2).present(Minors::range(2, 2)),
        Field::new("containerPort", "ContainerPort:(int32)", Int32).slot(2).present(Minors::since(3)),
        Field::new("protocol", "Protocol:(api.Protocol)", Text).slot(3).or(IsText("TCP")),
        Field::new("hostIP", "HostIP:(string)", Text).slot(4),
    ],
};

pub(in crate::template) static API_DOWNWARD_API_VOLUME_FILE: Struct = Struct {
    fields: &[
        Field::new("path", "Path:(string)", Text).slot(0),
        Field::new("fieldRef", "FieldRef:(api.ObjectFieldSelector)", Type::Struct(&API_OBJECT_FIELD_SELECTOR)).slot(1).present(Minors::range(2, 2)),
        Field::new("fieldRef", "FieldRef:(*api.ObjectFieldSelector)", Type::Struct(&API_OBJECT_FIELD_SELECTOR)).pointer().slot(1).present(Minors::since(3)),
        Field::new("resourceFieldRef", "ResourceFieldRef:(*api.ResourceFieldSelector)", Type::Struct(&API_RESOURCE_FIELD_SELECTOR)).pointer().slot(2).present(Minors::since(3)),
        Field::new("mode", "Mode:(*int32)", Int32).pointer().slot(3).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_DOWNWARD_API_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("items", "Items:([]api.DownwardAPIVolumeFile)", List(&Type::Struct(&API_DOWNWARD_API_VOLUME_FILE))).slot(0),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().slot(1).or(IsInt(420)).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_EMPTY_DIR_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("medium", "Medium:(api.StorageMedium)", Text).slot(0),
    ],
};

pub(in crate::template) static API_ENV_VAR: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).slot(0),
        Field::new("value", "Value:(string)", Text).slot(1),
        Field::new("valueFrom", "ValueFrom:(*api.EnvVarSource)", Type::Struct(&API_ENV_VAR_SOURCE)).pointer().slot(2),
    ],
};

pub(in crate::template) static API_ENV_VAR_SOURCE: Struct = Struct {
    fields: &[
        Field::new("fieldRef", "FieldRef:(*api.ObjectFieldSelector)", Type::Struct(&API_OBJECT_FIELD_SELECTOR)).pointer().slot(0),
        Field::new("resourceFieldRef", "ResourceFieldRef:(*api.ResourceFieldSelector)", Type::Struct(&API_RESOURCE_FIELD_SELECTOR)).pointer().slot(1).present(Minors::since(3)),
        Field::new("configMapKeyRef", "ConfigMapKeyRef:(*api.ConfigMapKeySelector)", Type::Struct(&API_CONFIG_MAP_KEY_SELECTOR)).pointer().slot(2),
        Field::new("secretKeyRef", "SecretKeyRef:(*api.SecretKeySelector)", Type::Struct(&API_SECRET_KEY_SELECTOR)).pointer().slot(3),
    ],
};

pub(in crate::template) static API_EXEC_ACTION: Struct = Struct {
    fields: &[
        Field::new("command", "Command:([]string)", List(&Text)).slot(0),
    ],
};

pub(in crate::template) static API_FC_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("targetWWNs", "TargetWWNs:([]string)", List(&Text)).slot(0),
        Field::new("lun", "Lun:(*int)", Int32).pointer().slot(1).present(Minors::range(2, 2)),
        Field::new("lun", "Lun:(*int32)", Int32).pointer().slot(1).present(Minors::since(3)),
        Field::new("fsType", "FSType:(string)", Text).slot(2),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(3),
    ],
};

pub(in crate::template) static API_FLEX_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("driver", "Driver:(string)", Text).slot(0),
        Field::new("fsType", "FSType:(string)", Text).slot(1),
        Field::new("secretRef", "SecretRef:(*api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).pointer().slot(2),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(3),
        Field::new("options", "Options:(map[string]string)", Map(&Text)).slot(4),
    ],
};

pub(in crate::template) static API_FLOCKER_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("datasetName", "DatasetName:(string)", Text).slot(0),
        Field::new("datasetUUID", "DatasetUUID:(string)", Text).slot(1).present(Minors::since(5)),
    ],
};

pub(in crate::template) static API_GCE_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("pdName", "PDName:(string)", Text).slot(0),
        Field::new("fsType", "FSType:(string)", Text).slot(1),
        Field::new("partition", "Partition:(int)", Int32).slot(2).present(Minors::range(2, 2)),
        Field::new("partition", "Partition:(int32)", Int32).slot(2).present(Minors::since(3)),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(3),
    ],
};

pub(in crate::template) static API_GIT_REPO_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("repository", "Repository:(string)", Text).slot(0),
        Field::new("revision", "Revision:(string)", Text).slot(1),
        Field::new("directory", "Directory:(string)", Text).slot(2),
    ],
};

pub(in crate::template) static API_GLUSTERFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("endpoints", "EndpointsName:(string)", Text).slot(0),
        Field::new("path", "Path:(string)", Text).slot(1),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(2),
    ],
};

pub(in crate::template) static API_HTTP_GET_ACTION: Struct = Struct {
    fields: &[
        Field::new("path", "Path:(string)", Text).slot(0).or(IsText("/")),
        Field::new("port", "Port:(intstr.IntOrString)", IntOrString).slot(1),
        Field::new("host", "Host:(string)", Text).slot(2),
        Field::new("scheme", "Scheme:(api.URIScheme)", Text).slot(3).or(IsText("HTTP")),
        Field::new("httpHeaders", "HTTPHeaders:([]api.HTTPHeader)", List(&Type::Struct(&API_HTTP_HEADER))).slot(4),
    ],
};

pub(in crate::template) static API_HTTP_HEADER: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).slot(0),
        Field::new("value", "Value:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_HANDLER: Struct = Struct {
    fields: &[
        Field::new("exec", "Exec:(*api.ExecAction)", Type::Struct(&API_EXEC_ACTION)).pointer().slot(0),
        Field::new("httpGet", "HTTPGet:(*api.HTTPGetAction)", Type::Struct(&API_HTTP_GET_ACTION)).pointer().slot(1),
        Field::new("tcpSocket", "TCPSocket:(*api.TCPSocketAction)", Type::Struct(&API_TCP_SOCKET_ACTION)).pointer().slot(2),
    ],
};

pub(in crate::template) static API_HOST_PATH_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("path", "Path:(string)", Text).slot(0),
    ],
};

pub(in crate::template) static API_ISCSI_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("targetPortal", "TargetPortal:(string)", Text).slot(0),
        Field::new("iqn", "IQN:(string)", Text).slot(1),
        Field::new("lun", "Lun:(int)", Int32).slot(2).present(Minors::range(2, 2)),
        Field::new("lun", "Lun:(int32)", Int32).slot(2).present(Minors::since(3)),
        Field::new("iscsiInterface", "ISCSIInterface:(string)", Text).slot(3).or(IsText("default")),
        Field::new("fsType", "FSType:(string)", Text).slot(4),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(5),
    ],
};

pub(in crate::template) static API_KEY_TO_PATH: Struct = Struct {
    fields: &[
        Field::new("key", "Key:(string)", Text).slot(0),
        Field::new("path", "Path:(string)", Text).slot(1),
        Field::new("mode", "Mode:(*int32)", Int32).pointer().slot(2).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_LIFECYCLE: Struct = Struct {
    fields: &[
        Field::new("postStart", "PostStart:(*api.Handler)", Type::Struct(&API_HANDLER)).pointer().slot(0),
        Field::new("preStop", "PreStop:(*api.Handler)", Type::Struct(&API_HANDLER)).pointer().slot(1),
    ],
};

pub(in crate::template) static API_LOCAL_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).slot(0),
    ],
};

pub(in crate::template) static API_NFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("server", "Server:(string)", Text).slot(0),
        Field::new("path", "Path:(string)", Text).slot(1),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(2),
    ],
};

pub(in crate::template) static API_OBJECT_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("apiVersion", "APIVersion:(string)", Text).slot(0).or(IsText("v1")),
        Field::new("fieldPath", "FieldPath:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_OBJECT_META: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).slot(0),
        Field::new("generateName", "GenerateName:(string)", Text).slot(1),
        Field::new("namespace", "Namespace:(string)", Text).slot(2),
        Field::new("selfLink", "SelfLink:(string)", Text).slot(3),
        Field::new("uid", "UID:(types.UID)", Text).slot(4),
        Field::new("resourceVersion", "ResourceVersion:(string)", Text).slot(5),
        Field::new("generation", "Generation:(int64)", Int64).slot(6),
        Field::new("creationTimestamp", "CreationTimestamp:(unversioned.Time)", Time).slot(7),
        Field::new("deletionTimestamp", "DeletionTimestamp:(*unversioned.Time)", Time).pointer().slot(8),
        Field::new("deletionGracePeriodSeconds", "DeletionGracePeriodSeconds:(*int64)", Int64).pointer().slot(9),
        Field::new("labels", "Labels:(map[string]string)", Map(&Text)).slot(10),
        Field::new("annotations", "Annotations:(map[string]string)", Map(&Text)).slot(11).rule(Rule::InitContainerAnnotations),
        Field::new("ownerReferences", "OwnerReferences:([]api.OwnerReference)", List(&Type::Struct(&API_OWNER_REFERENCE))).slot(12).merge(&["uid"]).present(Minors::since(3)),
        Field::new("finalizers", "Finalizers:([]string)", List(&Text)).slot(14).present(Minors::since(3)),
        Field::new("clusterName", "ClusterName:(string)", Text).slot(15).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_OWNER_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("apiVersion", "APIVersion:(string)", Text).slot(0),
        Field::new("kind", "Kind:(string)", Text).slot(1),
        Field::new("name", "Name:(string)", Text).slot(2),
        Field::new("uid", "UID:(types.UID)", Text).slot(3),
        Field::new("controller", "Controller:(*bool)", Bool).pointer().slot(4),
    ],
};

pub(in crate::template) static API_PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("claimName", "ClaimName:(string)", Text).slot(0),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(1),
    ],
};

pub(in crate::template) static API_PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("pdID", "PdID:(string)", Text).slot(0),
        Field::new("fsType", "FSType:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_POD_SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        Field::new("hostNetwork", "HostNetwork:(bool)", Bool).rule(Rule::HostNamespace),
        Field::new("hostPID", "HostPID:(bool)", Bool).rule(Rule::HostNamespace),
        Field::new("hostIPC", "HostIPC:(bool)", Bool).rule(Rule::HostNamespace),
        Field::new("seLinuxOptions", "SELinuxOptions:(*api.SELinuxOptions)", Type::Struct(&API_SE_LINUX_OPTIONS)).pointer().slot(0),
        Field::new("runAsUser", "RunAsUser:(*int64)", Int64).pointer().slot(2),
        Field::new("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer().slot(4),
        Field::new("supplementalGroups", "SupplementalGroups:([]int64)", List(&Int64)).slot(5),
        Field::new("fsGroup", "FSGroup:(*int64)", Int64).pointer().slot(7),
    ],
};

pub(in crate::template) static API_POD_SPEC: Struct = Struct {
    fields: &[
        Field::new("volumes", "Volumes:([]api.Volume)", List(&Type::Struct(&API_VOLUME))).slot(0).merge(&["name"]).rule(Rule::ImageVolumes),
        Field::new("initContainers", "InitContainers:([]api.Container)", List(&Type::Struct(&API_CONTAINER))).slot(1).merge(&["name"]).present(Minors::since(3)).rule(Rule::AnnotatedInitContainers),
        Field::new("containers", "Containers:([]api.Container)", List(&Type::Struct(&API_CONTAINER))).slot(2).merge(&["name"]),
        Field::new("restartPolicy", "RestartPolicy:(api.RestartPolicy)", Text).slot(4).or(IsText("Always")),
        Field::new("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds:(*int64)", Int64).pointer().slot(5).or(IsInt(30)),
        Field::new("activeDeadlineSeconds", "ActiveDeadlineSeconds:(*int64)", Int64).pointer().slot(6),
        Field::new("dnsPolicy", "DNSPolicy:(api.DNSPolicy)", Text).slot(7).or(IsText("ClusterFirst")),
        Field::new("nodeSelector", "NodeSelector:(map[string]string)", Map(&Text)).slot(8),
        Field::new("serviceAccountName", "ServiceAccountName:(string)", Text).slot(9).rule(Rule::ServiceAccount),
        Field::new("nodeName", "NodeName:(string)", Text).slot(12),
        Field::new("securityContext", "SecurityContext:(*api.PodSecurityContext)", Type::Struct(&API_POD_SECURITY_CONTEXT)).pointer().slot(17).or(Empty),
        Field::new("imagePullSecrets", "ImagePullSecrets:([]api.LocalObjectReference)", List(&Type::Struct(&API_LOCAL_OBJECT_REFERENCE))).slot(18).merge(&["name"]),
        Field::new("hostname", "Hostname:(string)", Text).slot(19).present(Minors::since(3)),
        Field::new("subdomain", "Subdomain:(string)", Text).slot(20).present(Minors::since(3)),
    ],
};

pub(in crate::template) static API_POD_TEMPLATE_SPEC: Struct = Struct {
    fields: &[
        Field::new("metadata", "ObjectMeta:(api.ObjectMeta)", Type::Struct(&API_OBJECT_META)).slot(0),
        Field::new("spec", "Spec:(api.PodSpec)", Type::Struct(&API_POD_SPEC)).slot(1),
    ],
};

pub(in crate::template) static API_PROBE: Struct = Struct {
    fields: &[
        Field::new("", "Handler:(api.Handler)", Type::Struct(&API_HANDLER)).inline().slot(0),
        Field::new("initialDelaySeconds", "InitialDelaySeconds:(int)", Int32).slot(1).present(Minors::range(2, 2)),
        Field::new("initialDelaySeconds", "InitialDelaySeconds:(int32)", Int32).slot(1).present(Minors::since(3)),
        Field::new("timeoutSeconds", "TimeoutSeconds:(int)", Int32).slot(2).or(IsInt(1)).present(Minors::range(2, 2)),
        Field::new("timeoutSeconds", "TimeoutSeconds:(int32)", Int32).slot(2).or(IsInt(1)).present(Minors::since(3)),
        Field::new("periodSeconds", "PeriodSeconds:(int)", Int32).slot(3).or(IsInt(10)).present(Minors::range(2, 2)),
        Field::new("periodSeconds", "PeriodSeconds:(int32)", Int32).slot(3).or(IsInt(10)).present(Minors::since(3)),
        Field::new("successThreshold", "SuccessThreshold:(int)", Int32).slot(4).or(IsInt(1)).present(Minors::range(2, 2)),
        Field::new("successThreshold", "SuccessThreshold:(int32)", Int32).slot(4).or(IsInt(1)).present(Minors::since(3)),
        Field::new("failureThreshold", "FailureThreshold:(int)", Int32).slot(5).or(IsInt(3)).present(Minors::range(2, 2)),
        Field::new("failureThreshold", "FailureThreshold:(int32)", Int32).slot(5).or(IsInt(3)).present(Minors::since(3)),
    ],
};

pub(in crate::template) static API_QUOBYTE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("registry", "Registry:(string)", Text).slot(0),
        Field::new("volume", "Volume:(string)", Text).slot(1),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(2),
        Field::new("user", "User:(string)", Text).slot(3),
        Field::new("group", "Group:(string)", Text).slot(4),
    ],
};

pub(in crate::template) static API_RBD_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("monitors", "CephMonitors:([]string)", List(&Text)).slot(0),
        Field::new("image", "RBDImage:(string)", Text).slot(1),
        Field::new("fsType", "FSType:(string)", Text).slot(2),
        Field::new("pool", "RBDPool:(string)", Text).slot(3).or(IsText("rbd")),
        Field::new("user", "RadosUser:(string)", Text).slot(4).or(IsText("admin")),
        Field::new("keyring", "Keyring:(string)", Text).slot(5).or(IsText("/etc/ceph/keyring")),
        Field::new("secretRef", "SecretRef:(*api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).pointer().slot(6),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(7),
    ],
};

pub(in crate::template) static API_RESOURCE_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("containerName", "ContainerName:(string)", Text).slot(0),
        Field::new("resource", "Resource:(string)", Text).slot(1),
        Field::new("divisor", "Divisor:(resource.Quantity)", Quantity { in_list: false }).slot(2),
    ],
};

pub(in crate::template) static API_RESOURCE_REQUIREMENTS: Struct = Struct {
    fields: &[
        Field::new("limits", "Limits:(api.ResourceList)", Map(&Quantity { in_list: true })).slot(0),
        Field::new("requests", "Requests:(api.ResourceList)", Map(&Quantity { in_list: true })).slot(1),
    ],
};

pub(in crate::template) static API_SE_LINUX_OPTIONS: Struct = Struct {
    fields: &[
        Field::new("user", "User:(string)", Text).slot(0),
        Field::new("role", "Role:(string)", Text).slot(1),
        Field::new("type", "Type:(string)", Text).slot(2),
        Field::new("level", "Level:(string)", Text).slot(3),
    ],
};

pub(in crate::template) static API_SECRET_KEY_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(api.LocalObjectReference)", Type::Struct(&API_LOCAL_OBJECT_REFERENCE)).inline().slot(0),
        Field::new("key", "Key:(string)", Text).slot(1),
    ],
};

pub(in crate::template) static API_SECRET_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("secretName", "SecretName:(string)", Text).slot(0),
        Field::new("items", "Items:([]api.KeyToPath)", List(&Type::Struct(&API_KEY_TO_PATH))).slot(1).present(Minors::since(3)),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().slot(2).or(IsInt(420)).present(Minors::since(4)),
    ],
};

pub(in crate::template) static API_SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        Field::new("capabilities", "Capabilities:(*api.Capabilities)", Type::Struct(&API_CAPABILITIES)).pointer().slot(0),
        Field::new("privileged", "Privileged:(*bool)", Bool).pointer().slot(1),
        Field::new("seLinuxOptions", "SELinuxOptions:(*api.SELinuxOptions)", Type::Struct(&API_SE_LINUX_OPTIONS)).pointer().slot(2),
        Field::new("runAsUser", "RunAsUser:(*int64)", Int64).pointer().slot(4),
        Field::new("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer().slot(6),
        Field::new("readOnlyRootFilesystem", "ReadOnlyRootFilesystem:(*bool)", Bool).pointer().slot(7),
    ],
};

pub(in crate::template) static API_TCP_SOCKET_ACTION: Struct = Struct {
    fields: &[
        Field::new("port", "Port:(intstr.IntOrString)", IntOrString).slot(0),
    ],
};

pub(in crate::template) static API_VOLUME: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).slot(0),
        Field::new("", "VolumeSource:(api.VolumeSource)", Type::Struct(&API_VOLUME_SOURCE)).inline().slot(1),
    ],
};

pub(in crate::template) static API_VOLUME_MOUNT: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).slot(0),
        Field::new("readOnly", "ReadOnly:(bool)", Bool).slot(1),
        Field::new("mountPath", "MountPath:(string)", Text).slot(3),
        Field::new("subPath", "SubPath:(string)", Text).slot(4).present(Minors::since(3)),
    ],
};

pub(in crate::template) static API_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("hostPath", "HostPath:(*api.HostPathVolumeSource)", Type::Struct(&API_HOST_PATH_VOLUME_SOURCE)).pointer().slot(0),
        Field::new("emptyDir", "EmptyDir:(*api.EmptyDirVolumeSource)", Type::Struct(&API_EMPTY_DIR_VOLUME_SOURCE)).pointer().slot(1).rule(Rule::EmptyDirIfNone),
        Field::new("gcePersistentDisk", "GCEPersistentDisk:(*api.GCEPersistentDiskVolumeSource)", Type::Struct(&API_GCE_PERSISTENT_DISK_VOLUME_SOURCE)).pointer().slot(2),
        Field::new("awsElasticBlockStore", "AWSElasticBlockStore:(*api.AWSElasticBlockStoreVolumeSource)", Type::Struct(&API_AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE)).pointer().slot(3),
        Field::new("gitRepo", "GitRepo:(*api.GitRepoVolumeSource)", Type::Struct(&API_GIT_REPO_VOLUME_SOURCE)).pointer().slot(4),
        Field::new("secret", "Secret:(*api.SecretVolumeSource)", Type::Struct(&API_SECRET_VOLUME_SOURCE)).pointer().slot(5),
        Field::new("nfs", "NFS:(*api.NFSVolumeSource)", Type::Struct(&API_NFS_VOLUME_SOURCE)).pointer().slot(6),
        Field::new("iscsi", "ISCSI:(*api.ISCSIVolumeSource)", Type::Struct(&API_ISCSI_VOLUME_SOURCE)).pointer().slot(7),
        Field::new("glusterfs", "Glusterfs:(*api.GlusterfsVolumeSource)", Type::Struct(&API_GLUSTERFS_VOLUME_SOURCE)).pointer().slot(8),
        Field::new("persistentVolumeClaim", "PersistentVolumeClaim:(*api.PersistentVolumeClaimVolumeSource)", Type::Struct(&API_PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE)).pointer().slot(9),
        Field::new("rbd", "RBD:(*api.RBDVolumeSource)", Type::Struct(&API_RBD_VOLUME_SOURCE)).pointer().slot(10),
        Field::new("quobyte", "Quobyte:(*api.QuobyteVolumeSource)", Type::Struct(&API_QUOBYTE_VOLUME_SOURCE)).pointer().slot(20).present(Minors::since(4)),
        Field::new("flexVolume", "FlexVolume:(*api.FlexVolumeSource)", Type::Struct(&API_FLEX_VOLUME_SOURCE)).pointer().slot(11),
        Field::new("cinder", "Cinder:(*api.CinderVolumeSource)", Type::Struct(&API_CINDER_VOLUME_SOURCE)).pointer().slot(12),
        Field::new("cephfs", "CephFS:(*api.CephFSVolumeSource)", Type::Struct(&API_CEPH_FS_VOLUME_SOURCE)).pointer().slot(13),
        Field::new("flocker", "Flocker:(*api.FlockerVolumeSource)", Type::Struct(&API_FLOCKER_VOLUME_SOURCE)).pointer().slot(14),
        Field::new("downwardAPI", "DownwardAPI:(*api.DownwardAPIVolumeSource)", Type::Struct(&API_DOWNWARD_API_VOLUME_SOURCE)).pointer().slot(15),
        Field::new("fc", "FC:(*api.FCVolumeSource)", Type::Struct(&API_FC_VOLUME_SOURCE)).pointer().slot(16),
        Field::new("azureFile", "AzureFile:(*api.AzureFileVolumeSource)", Type::Struct(&API_AZURE_FILE_VOLUME_SOURCE)).pointer().slot(17),
        Field::new("configMap", "ConfigMap:(*api.ConfigMapVolumeSource)", Type::Struct(&API_CONFIG_MAP_VOLUME_SOURCE)).pointer().slot(18),
        Field::new("vsphereVolume", "VsphereVolume:(*api.VsphereVirtualDiskVolumeSource)", Type::Struct(&API_VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE)).pointer().slot(19).present(Minors::since(3)),
        Field::new("azureDisk", "AzureDisk:(*api.AzureDiskVolumeSource)", Type::Struct(&API_AZURE_DISK_VOLUME_SOURCE)).pointer().slot(21).present(Minors::since(4)),
        Field::new("photonPersistentDisk", "PhotonPersistentDisk:(*api.PhotonPersistentDiskVolumeSource)", Type::Struct(&API_PHOTON_PERSISTENT_DISK_VOLUME_SOURCE)).pointer().slot(22).present(Minors::since(5)),
    ],
};

pub(in crate::template) static API_VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumePath", "VolumePath:(string)", Text).slot(0),
        Field::new("fsType", "FSType:(string)", Text).slot(1),
    ],
};
