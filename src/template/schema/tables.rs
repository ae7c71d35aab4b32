//! Generated from `tests/schema/*.tsv` by `tests/schema.rs`: not to be edited.
//! Every type that a pod template reaches, its fields in the order in which they are hashed.

use super::Default::{Bool as IsBool, Empty, Int as IsInt, Text as IsText};
use super::Type::{Bool, Int32, Int64, IntOrString, List, Map, Quantity, RawJson, Text, Time};
use super::{Field, Rule, Struct, Type};
use crate::kubernetes::Minors;

pub(in crate::template) static POD_TEMPLATE_SPEC: Struct = Struct {
    fields: &[
        Field::new("metadata", "ObjectMeta:(v1.ObjectMeta)", Type::Struct(&OBJECT_META)),
        Field::new("spec", "Spec:(v1.PodSpec)", Type::Struct(&POD_SPEC)),
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
        Field::new("creationTimestamp", "CreationTimestamp:(v1.Time)", Time),
        Field::new("deletionTimestamp", "DeletionTimestamp:(*v1.Time)", Time).pointer(),
        Field::new("deletionGracePeriodSeconds", "DeletionGracePeriodSeconds:(*int64)", Int64).pointer(),
        Field::new("labels", "Labels:(map[string]string)", Map(&Text)),
        Field::new("annotations", "Annotations:(map[string]string)", Map(&Text)).rule(Rule::InitContainerAnnotations),
        Field::new("ownerReferences", "OwnerReferences:([]v1.OwnerReference)", List(&Type::Struct(&OWNER_REFERENCE))).merge(&["uid"]),
        Field::new("finalizers", "Finalizers:([]string)", List(&Text)),
        Field::new("managedFields", "ManagedFields:([]v1.ManagedFieldsEntry)", List(&Type::Struct(&MANAGED_FIELDS_ENTRY))),
    ],
};

pub(in crate::template) static POD_SPEC: Struct = Struct {
    fields: &[
        Field::new("volumes", "Volumes:([]v1.Volume)", List(&Type::Struct(&VOLUME))).merge(&["name"]).rule(Rule::ImageVolumes),
        Field::new("initContainers", "InitContainers:([]v1.Container)", List(&Type::Struct(&CONTAINER))).merge(&["name"]),
        Field::new("containers", "Containers:([]v1.Container)", List(&Type::Struct(&CONTAINER))).merge(&["name"]),
        Field::new("ephemeralContainers", "EphemeralContainers:([]v1.EphemeralContainer)", List(&Type::Struct(&EPHEMERAL_CONTAINER))).merge(&["name"]),
        Field::new("restartPolicy", "RestartPolicy:(v1.RestartPolicy)", Text).or(IsText("Always")),
        Field::new("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds:(*int64)", Int64).pointer().or(IsInt(30)),
        Field::new("activeDeadlineSeconds", "ActiveDeadlineSeconds:(*int64)", Int64).pointer(),
        Field::new("dnsPolicy", "DNSPolicy:(v1.DNSPolicy)", Text).or(IsText("ClusterFirst")),
        Field::new("nodeSelector", "NodeSelector:(map[string]string)", Map(&Text)),
        Field::new("serviceAccountName", "ServiceAccountName:(string)", Text).rule(Rule::ServiceAccount),
        Field::new("serviceAccount", "DeprecatedServiceAccount:(string)", Text).rule(Rule::ServiceAccount),
        Field::new("automountServiceAccountToken", "AutomountServiceAccountToken:(*bool)", Bool).pointer(),
        Field::new("nodeName", "NodeName:(string)", Text),
        Field::new("hostNetwork", "HostNetwork:(bool)", Bool),
        Field::new("hostPID", "HostPID:(bool)", Bool),
        Field::new("hostIPC", "HostIPC:(bool)", Bool),
        Field::new("shareProcessNamespace", "ShareProcessNamespace:(*bool)", Bool).pointer(),
        Field::new("securityContext", "SecurityContext:(*v1.PodSecurityContext)", Type::Struct(&POD_SECURITY_CONTEXT)).pointer().or(Empty),
        Field::new("imagePullSecrets", "ImagePullSecrets:([]v1.LocalObjectReference)", List(&Type::Struct(&LOCAL_OBJECT_REFERENCE))).merge(&["name"]),
        Field::new("hostname", "Hostname:(string)", Text),
        Field::new("subdomain", "Subdomain:(string)", Text),
        Field::new("affinity", "Affinity:(*v1.Affinity)", Type::Struct(&AFFINITY)).pointer(),
        Field::new("schedulerName", "SchedulerName:(string)", Text).or(IsText("default-scheduler")),
        Field::new("tolerations", "Tolerations:([]v1.Toleration)", List(&Type::Struct(&TOLERATION))),
        Field::new("hostAliases", "HostAliases:([]v1.HostAlias)", List(&Type::Struct(&HOST_ALIAS))).merge(&["ip"]),
        Field::new("priorityClassName", "PriorityClassName:(string)", Text),
        Field::new("priority", "Priority:(*int32)", Int32).pointer(),
        Field::new("dnsConfig", "DNSConfig:(*v1.PodDNSConfig)", Type::Struct(&POD_DNS_CONFIG)).pointer(),
        Field::new("readinessGates", "ReadinessGates:([]v1.PodReadinessGate)", List(&Type::Struct(&POD_READINESS_GATE))),
        Field::new("runtimeClassName", "RuntimeClassName:(*string)", Text).pointer(),
        Field::new("enableServiceLinks", "EnableServiceLinks:(*bool)", Bool).pointer(),
        Field::new("preemptionPolicy", "PreemptionPolicy:(*v1.PreemptionPolicy)", Text).pointer(),
        Field::new("overhead", "Overhead:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        Field::new("topologySpreadConstraints", "TopologySpreadConstraints:([]v1.TopologySpreadConstraint)", List(&Type::Struct(&TOPOLOGY_SPREAD_CONSTRAINT))).merge(&["topologyKey", "whenUnsatisfiable"]),
        Field::new("setHostnameAsFQDN", "SetHostnameAsFQDN:(*bool)", Bool).pointer(),
        Field::new("os", "OS:(*v1.PodOS)", Type::Struct(&POD_OS)).pointer(),
        Field::new("hostUsers", "HostUsers:(*bool)", Bool).pointer().counts(Minors::since(33)),
        Field::new("schedulingGates", "SchedulingGates:([]v1.PodSchedulingGate)", List(&Type::Struct(&POD_SCHEDULING_GATE))).merge(&["name"]),
        Field::new("resourceClaims", "ResourceClaims:([]v1.PodResourceClaim)", List(&Type::Struct(&POD_RESOURCE_CLAIM))).counts(Minors::since(34)).merge(&["name"]),
        Field::new("resources", "Resources:(*v1.ResourceRequirements)", Type::Struct(&RESOURCE_REQUIREMENTS)).pointer().present(Minors::since(32)).counts(Minors::since(34)),
        Field::new("hostnameOverride", "HostnameOverride:(*string)", Text).pointer().present(Minors::since(34)).counts(Minors::since(35)),
        Field::new("workloadRef", "WorkloadRef:(*v1.WorkloadReference)", Type::Struct(&WORKLOAD_REFERENCE)).pointer().present(Minors::range(35, 35)).counts(Minors::NONE),
        Field::new("schedulingGroup", "SchedulingGroup:(*v1.PodSchedulingGroup)", Type::Struct(&POD_SCHEDULING_GROUP)).pointer().present(Minors::since(36)).counts(Minors::NONE),
        Field::new("evictionResponders", "EvictionResponders:([]v1.EvictionResponder)", List(&Type::Struct(&EVICTION_RESPONDER))).present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static OWNER_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("apiVersion", "APIVersion:(string)", Text),
        Field::new("kind", "Kind:(string)", Text),
        Field::new("name", "Name:(string)", Text),
        Field::new("uid", "UID:(types.UID)", Text),
        Field::new("controller", "Controller:(*bool)", Bool).pointer(),
        Field::new("blockOwnerDeletion", "BlockOwnerDeletion:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static MANAGED_FIELDS_ENTRY: Struct = Struct {
    fields: &[
        Field::new("manager", "Manager:(string)", Text),
        Field::new("operation", "Operation:(v1.ManagedFieldsOperationType)", Text),
        Field::new("apiVersion", "APIVersion:(string)", Text),
        Field::new("time", "Time:(*v1.Time)", Time).pointer(),
        Field::new("fieldsType", "FieldsType:(string)", Text),
        Field::new("fieldsV1", "FieldsV1:(*v1.FieldsV1)", RawJson).pointer(),
        Field::new("subresource", "Subresource:(string)", Text),
    ],
};

pub(in crate::template) static VOLUME: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("", "VolumeSource:(v1.VolumeSource)", Type::Struct(&VOLUME_SOURCE)).inline(),
    ],
};

pub(in crate::template) static CONTAINER: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("image", "Image:(string)", Text),
        Field::new("command", "Command:([]string)", List(&Text)),
        Field::new("args", "Args:([]string)", List(&Text)),
        Field::new("workingDir", "WorkingDir:(string)", Text),
        Field::new("ports", "Ports:([]v1.ContainerPort)", List(&Type::Struct(&CONTAINER_PORT))).merge(&["containerPort", "protocol"]),
        Field::new("envFrom", "EnvFrom:([]v1.EnvFromSource)", List(&Type::Struct(&ENV_FROM_SOURCE))),
        Field::new("env", "Env:([]v1.EnvVar)", List(&Type::Struct(&ENV_VAR))).merge(&["name"]),
        Field::new("resources", "Resources:(v1.ResourceRequirements)", Type::Struct(&RESOURCE_REQUIREMENTS)),
        Field::new("resizePolicy", "ResizePolicy:([]v1.ContainerResizePolicy)", List(&Type::Struct(&CONTAINER_RESIZE_POLICY))).counts(Minors::since(33)),
        Field::new("restartPolicy", "RestartPolicy:(*v1.ContainerRestartPolicy)", Text).pointer().counts(Minors::range(29, 33).or(Minors::since(35))).rule(Rule::SidecarRestart),
        Field::new("restartPolicyRules", "RestartPolicyRules:([]v1.ContainerRestartRule)", List(&Type::Struct(&CONTAINER_RESTART_RULE))).present(Minors::since(34)).counts(Minors::since(35)),
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

pub(in crate::template) static EPHEMERAL_CONTAINER: Struct = Struct {
    fields: &[
        Field::new("", "EphemeralContainerCommon:(v1.EphemeralContainerCommon)", Type::Struct(&EPHEMERAL_CONTAINER_COMMON)).inline(),
        Field::new("targetContainerName", "TargetContainerName:(string)", Text),
    ],
};

pub(in crate::template) static POD_SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        Field::new("seLinuxOptions", "SELinuxOptions:(*v1.SELinuxOptions)", Type::Struct(&SE_LINUX_OPTIONS)).pointer(),
        Field::new("windowsOptions", "WindowsOptions:(*v1.WindowsSecurityContextOptions)", Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS)).pointer(),
        Field::new("runAsUser", "RunAsUser:(*int64)", Int64).pointer(),
        Field::new("runAsGroup", "RunAsGroup:(*int64)", Int64).pointer(),
        Field::new("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer(),
        Field::new("supplementalGroups", "SupplementalGroups:([]int64)", List(&Int64)),
        Field::new("supplementalGroupsPolicy", "SupplementalGroupsPolicy:(*v1.SupplementalGroupsPolicy)", Text).pointer().present(Minors::since(31)).counts(Minors::since(33)),
        Field::new("fsGroup", "FSGroup:(*int64)", Int64).pointer(),
        Field::new("sysctls", "Sysctls:([]v1.Sysctl)", List(&Type::Struct(&SYSCTL))),
        Field::new("fsGroupChangePolicy", "FSGroupChangePolicy:(*v1.PodFSGroupChangePolicy)", Text).pointer(),
        Field::new("seccompProfile", "SeccompProfile:(*v1.SeccompProfile)", Type::Struct(&SECCOMP_PROFILE)).pointer(),
        Field::new("appArmorProfile", "AppArmorProfile:(*v1.AppArmorProfile)", Type::Struct(&APP_ARMOR_PROFILE)).pointer().present(Minors::since(30)),
        Field::new("seLinuxChangePolicy", "SELinuxChangePolicy:(*v1.PodSELinuxChangePolicy)", Text).pointer().present(Minors::since(32)).counts(Minors::since(33)),
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
        Field::new("ip", "IP:(string)", Text),
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
        Field::new("conditionType", "ConditionType:(v1.PodConditionType)", Text),
    ],
};

pub(in crate::template) static TOPOLOGY_SPREAD_CONSTRAINT: Struct = Struct {
    fields: &[
        Field::new("maxSkew", "MaxSkew:(int32)", Int32),
        Field::new("topologyKey", "TopologyKey:(string)", Text),
        Field::new("whenUnsatisfiable", "WhenUnsatisfiable:(v1.UnsatisfiableConstraintAction)", Text),
        Field::new("labelSelector", "LabelSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("minDomains", "MinDomains:(*int32)", Int32).pointer(),
        Field::new("nodeAffinityPolicy", "NodeAffinityPolicy:(*v1.NodeInclusionPolicy)", Text).pointer(),
        Field::new("nodeTaintsPolicy", "NodeTaintsPolicy:(*v1.NodeInclusionPolicy)", Text).pointer(),
        Field::new("matchLabelKeys", "MatchLabelKeys:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static POD_OS: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(v1.OSName)", Text),
    ],
};

pub(in crate::template) static POD_SCHEDULING_GATE: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
    ],
};

pub(in crate::template) static POD_RESOURCE_CLAIM: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("source", "Source:(v1.ClaimSource)", Type::Struct(&CLAIM_SOURCE)).present(Minors::range(29, 30)),
        Field::new("resourceClaimName", "ResourceClaimName:(*string)", Text).pointer().present(Minors::since(31)).counts(Minors::since(34)),
        Field::new("resourceClaimTemplateName", "ResourceClaimTemplateName:(*string)", Text).pointer().present(Minors::since(31)).counts(Minors::since(34)),
    ],
};

pub(in crate::template) static RESOURCE_REQUIREMENTS: Struct = Struct {
    fields: &[
        Field::new("limits", "Limits:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        Field::new("requests", "Requests:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        Field::new("claims", "Claims:([]v1.ResourceClaim)", List(&Type::Struct(&RESOURCE_CLAIM))).counts(Minors::since(34)).merge(&["name"]),
    ],
};

pub(in crate::template) static WORKLOAD_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).present(Minors::range(35, 35)),
        Field::new("podGroup", "PodGroup:(string)", Text).present(Minors::range(35, 35)),
        Field::new("podGroupReplicaKey", "PodGroupReplicaKey:(string)", Text).present(Minors::range(35, 35)),
    ],
};

pub(in crate::template) static POD_SCHEDULING_GROUP: Struct = Struct {
    fields: &[
        Field::new("podGroupName", "PodGroupName:(*string)", Text).pointer().present(Minors::since(36)),
    ],
};

pub(in crate::template) static EVICTION_RESPONDER: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text).present(Minors::since(37)),
        Field::new("priority", "Priority:(*int32)", Int32).pointer().present(Minors::since(37)),
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
        Field::new("vsphereVolume", "VsphereVolume:(*v1.VsphereVirtualDiskVolumeSource)", Type::Struct(&VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE)).pointer(),
        Field::new("quobyte", "Quobyte:(*v1.QuobyteVolumeSource)", Type::Struct(&QUOBYTE_VOLUME_SOURCE)).pointer(),
        Field::new("azureDisk", "AzureDisk:(*v1.AzureDiskVolumeSource)", Type::Struct(&AZURE_DISK_VOLUME_SOURCE)).pointer(),
        Field::new("photonPersistentDisk", "PhotonPersistentDisk:(*v1.PhotonPersistentDiskVolumeSource)", Type::Struct(&PHOTON_PERSISTENT_DISK_VOLUME_SOURCE)).pointer(),
        Field::new("projected", "Projected:(*v1.ProjectedVolumeSource)", Type::Struct(&PROJECTED_VOLUME_SOURCE)).pointer(),
        Field::new("portworxVolume", "PortworxVolume:(*v1.PortworxVolumeSource)", Type::Struct(&PORTWORX_VOLUME_SOURCE)).pointer(),
        Field::new("scaleIO", "ScaleIO:(*v1.ScaleIOVolumeSource)", Type::Struct(&SCALE_IO_VOLUME_SOURCE)).pointer(),
        Field::new("storageos", "StorageOS:(*v1.StorageOSVolumeSource)", Type::Struct(&STORAGE_OS_VOLUME_SOURCE)).pointer(),
        Field::new("csi", "CSI:(*v1.CSIVolumeSource)", Type::Struct(&CSI_VOLUME_SOURCE)).pointer(),
        Field::new("ephemeral", "Ephemeral:(*v1.EphemeralVolumeSource)", Type::Struct(&EPHEMERAL_VOLUME_SOURCE)).pointer(),
        Field::new("image", "Image:(*v1.ImageVolumeSource)", Type::Struct(&IMAGE_VOLUME_SOURCE)).pointer().present(Minors::since(31)).counts(Minors::since(35)),
    ],
};

pub(in crate::template) static CONTAINER_PORT: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("hostPort", "HostPort:(int32)", Int32),
        Field::new("containerPort", "ContainerPort:(int32)", Int32),
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
        Field::new("name", "Name:(string)", Text),
        Field::new("value", "Value:(string)", Text),
        Field::new("valueFrom", "ValueFrom:(*v1.EnvVarSource)", Type::Struct(&ENV_VAR_SOURCE)).pointer(),
    ],
};

pub(in crate::template) static CONTAINER_RESIZE_POLICY: Struct = Struct {
    fields: &[
        Field::new("resourceName", "ResourceName:(v1.ResourceName)", Text),
        Field::new("restartPolicy", "RestartPolicy:(v1.ResourceResizeRestartPolicy)", Text),
    ],
};

pub(in crate::template) static CONTAINER_RESTART_RULE: Struct = Struct {
    fields: &[
        Field::new("action", "Action:(v1.ContainerRestartRuleAction)", Text).present(Minors::since(34)),
        Field::new("exitCodes", "ExitCodes:(*v1.ContainerRestartRuleOnExitCodes)", Type::Struct(&CONTAINER_RESTART_RULE_ON_EXIT_CODES)).pointer().present(Minors::since(34)),
    ],
};

pub(in crate::template) static VOLUME_MOUNT: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("recursiveReadOnly", "RecursiveReadOnly:(*v1.RecursiveReadOnlyMode)", Text).pointer().present(Minors::since(30)).counts(Minors::since(31)),
        Field::new("mountPath", "MountPath:(string)", Text),
        Field::new("subPath", "SubPath:(string)", Text),
        Field::new("mountPropagation", "MountPropagation:(*v1.MountPropagationMode)", Text).pointer(),
        Field::new("subPathExpr", "SubPathExpr:(string)", Text),
        Field::new("bindMountOptions", "BindMountOptions:([]string)", List(&Text)).present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static VOLUME_DEVICE: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("devicePath", "DevicePath:(string)", Text),
    ],
};

pub(in crate::template) static PROBE: Struct = Struct {
    fields: &[
        Field::new("", "ProbeHandler:(v1.ProbeHandler)", Type::Struct(&PROBE_HANDLER)).inline(),
        Field::new("initialDelaySeconds", "InitialDelaySeconds:(int32)", Int32),
        Field::new("timeoutSeconds", "TimeoutSeconds:(int32)", Int32).or(IsInt(1)),
        Field::new("periodSeconds", "PeriodSeconds:(int32)", Int32).or(IsInt(10)),
        Field::new("successThreshold", "SuccessThreshold:(int32)", Int32).or(IsInt(1)),
        Field::new("failureThreshold", "FailureThreshold:(int32)", Int32).or(IsInt(3)),
        Field::new("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds:(*int64)", Int64).pointer(),
    ],
};

pub(in crate::template) static LIFECYCLE: Struct = Struct {
    fields: &[
        Field::new("postStart", "PostStart:(*v1.LifecycleHandler)", Type::Struct(&LIFECYCLE_HANDLER)).pointer(),
        Field::new("preStop", "PreStop:(*v1.LifecycleHandler)", Type::Struct(&LIFECYCLE_HANDLER)).pointer(),
        Field::new("stopSignal", "StopSignal:(*v1.Signal)", Text).pointer().present(Minors::since(33)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static SECURITY_CONTEXT: Struct = Struct {
    fields: &[
        Field::new("capabilities", "Capabilities:(*v1.Capabilities)", Type::Struct(&CAPABILITIES)).pointer(),
        Field::new("privileged", "Privileged:(*bool)", Bool).pointer(),
        Field::new("seLinuxOptions", "SELinuxOptions:(*v1.SELinuxOptions)", Type::Struct(&SE_LINUX_OPTIONS)).pointer(),
        Field::new("windowsOptions", "WindowsOptions:(*v1.WindowsSecurityContextOptions)", Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS)).pointer(),
        Field::new("runAsUser", "RunAsUser:(*int64)", Int64).pointer(),
        Field::new("runAsGroup", "RunAsGroup:(*int64)", Int64).pointer(),
        Field::new("runAsNonRoot", "RunAsNonRoot:(*bool)", Bool).pointer(),
        Field::new("readOnlyRootFilesystem", "ReadOnlyRootFilesystem:(*bool)", Bool).pointer(),
        Field::new("allowPrivilegeEscalation", "AllowPrivilegeEscalation:(*bool)", Bool).pointer(),
        Field::new("procMount", "ProcMount:(*v1.ProcMountType)", Text).pointer().counts(Minors::since(33)).rule(Rule::ForcedProcMount),
        Field::new("seccompProfile", "SeccompProfile:(*v1.SeccompProfile)", Type::Struct(&SECCOMP_PROFILE)).pointer(),
        Field::new("appArmorProfile", "AppArmorProfile:(*v1.AppArmorProfile)", Type::Struct(&APP_ARMOR_PROFILE)).pointer().present(Minors::since(30)),
    ],
};

pub(in crate::template) static EPHEMERAL_CONTAINER_COMMON: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("image", "Image:(string)", Text),
        Field::new("command", "Command:([]string)", List(&Text)),
        Field::new("args", "Args:([]string)", List(&Text)),
        Field::new("workingDir", "WorkingDir:(string)", Text),
        Field::new("ports", "Ports:([]v1.ContainerPort)", List(&Type::Struct(&CONTAINER_PORT))).merge(&["containerPort", "protocol"]),
        Field::new("envFrom", "EnvFrom:([]v1.EnvFromSource)", List(&Type::Struct(&ENV_FROM_SOURCE))),
        Field::new("env", "Env:([]v1.EnvVar)", List(&Type::Struct(&ENV_VAR))).merge(&["name"]),
        Field::new("resources", "Resources:(v1.ResourceRequirements)", Type::Struct(&RESOURCE_REQUIREMENTS)),
        Field::new("resizePolicy", "ResizePolicy:([]v1.ContainerResizePolicy)", List(&Type::Struct(&CONTAINER_RESIZE_POLICY))).counts(Minors::since(33)),
        Field::new("restartPolicy", "RestartPolicy:(*v1.ContainerRestartPolicy)", Text).pointer().counts(Minors::range(29, 33).or(Minors::since(35))),
        Field::new("restartPolicyRules", "RestartPolicyRules:([]v1.ContainerRestartRule)", List(&Type::Struct(&CONTAINER_RESTART_RULE))).present(Minors::since(34)).counts(Minors::since(35)),
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
        Field::new("gmsaCredentialSpecName", "GMSACredentialSpecName:(*string)", Text).pointer(),
        Field::new("gmsaCredentialSpec", "GMSACredentialSpec:(*string)", Text).pointer(),
        Field::new("runAsUserName", "RunAsUserName:(*string)", Text).pointer(),
        Field::new("hostProcess", "HostProcess:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static SYSCTL: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("value", "Value:(string)", Text),
    ],
};

pub(in crate::template) static SECCOMP_PROFILE: Struct = Struct {
    fields: &[
        Field::new("type", "Type:(v1.SeccompProfileType)", Text),
        Field::new("localhostProfile", "LocalhostProfile:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static APP_ARMOR_PROFILE: Struct = Struct {
    fields: &[
        Field::new("type", "Type:(v1.AppArmorProfileType)", Text).present(Minors::since(30)),
        Field::new("localhostProfile", "LocalhostProfile:(*string)", Text).pointer().present(Minors::since(30)),
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
        Field::new("resourceClaimName", "ResourceClaimName:(*string)", Text).pointer().present(Minors::range(29, 30)).counts(Minors::NONE),
        Field::new("resourceClaimTemplateName", "ResourceClaimTemplateName:(*string)", Text).pointer().present(Minors::range(29, 30)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static RESOURCE_CLAIM: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("request", "Request:(string)", Text).present(Minors::since(31)).counts(Minors::since(34)),
    ],
};

pub(in crate::template) static HOST_PATH_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("path", "Path:(string)", Text),
        Field::new("type", "Type:(*v1.HostPathType)", Text).pointer().or(IsText("")),
    ],
};

pub(in crate::template) static EMPTY_DIR_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("medium", "Medium:(v1.StorageMedium)", Text),
        Field::new("sizeLimit", "SizeLimit:(*resource.Quantity)", Quantity { in_list: false }).pointer(),
        Field::new("mode", "Mode:(*int32)", Int32).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static GCE_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("pdName", "PDName:(string)", Text),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("partition", "Partition:(int32)", Int32),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeID", "VolumeID:(string)", Text),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("partition", "Partition:(int32)", Int32),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static GIT_REPO_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("repository", "Repository:(string)", Text),
        Field::new("revision", "Revision:(string)", Text),
        Field::new("directory", "Directory:(string)", Text),
    ],
};

pub(in crate::template) static SECRET_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("secretName", "SecretName:(string)", Text),
        Field::new("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().or(IsInt(420)),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
        Field::new("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static NFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("server", "Server:(string)", Text),
        Field::new("path", "Path:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static ISCSI_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("targetPortal", "TargetPortal:(string)", Text),
        Field::new("iqn", "IQN:(string)", Text),
        Field::new("lun", "Lun:(int32)", Int32),
        Field::new("iscsiInterface", "ISCSIInterface:(string)", Text).or(IsText("default")),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("portals", "Portals:([]string)", List(&Text)),
        Field::new("chapAuthDiscovery", "DiscoveryCHAPAuth:(bool)", Bool),
        Field::new("chapAuthSession", "SessionCHAPAuth:(bool)", Bool),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
        Field::new("initiatorName", "InitiatorName:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static GLUSTERFS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("endpoints", "EndpointsName:(string)", Text),
        Field::new("path", "Path:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("claimName", "ClaimName:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static RBD_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("monitors", "CephMonitors:([]string)", List(&Text)),
        Field::new("image", "RBDImage:(string)", Text),
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
        Field::new("driver", "Driver:(string)", Text),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("options", "Options:(map[string]string)", Map(&Text)),
    ],
};

pub(in crate::template) static CINDER_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeID", "VolumeID:(string)", Text),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
    ],
};

pub(in crate::template) static CEPH_FS_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("monitors", "Monitors:([]string)", List(&Text)),
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
        Field::new("datasetUUID", "DatasetUUID:(string)", Text),
    ],
};

pub(in crate::template) static DOWNWARD_API_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("items", "Items:([]v1.DownwardAPIVolumeFile)", List(&Type::Struct(&DOWNWARD_API_VOLUME_FILE))),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().or(IsInt(420)),
        Field::new("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static FC_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("targetWWNs", "TargetWWNs:([]string)", List(&Text)),
        Field::new("lun", "Lun:(*int32)", Int32).pointer(),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("wwids", "WWIDs:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static AZURE_FILE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("secretName", "SecretName:(string)", Text),
        Field::new("shareName", "ShareName:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static CONFIG_MAP_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("items", "Items:([]v1.KeyToPath)", List(&Type::Struct(&KEY_TO_PATH))),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().or(IsInt(420)),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
        Field::new("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumePath", "VolumePath:(string)", Text),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("storagePolicyName", "StoragePolicyName:(string)", Text),
        Field::new("storagePolicyID", "StoragePolicyID:(string)", Text),
    ],
};

pub(in crate::template) static QUOBYTE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("registry", "Registry:(string)", Text),
        Field::new("volume", "Volume:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
        Field::new("user", "User:(string)", Text),
        Field::new("group", "Group:(string)", Text),
        Field::new("tenant", "Tenant:(string)", Text),
    ],
};

pub(in crate::template) static AZURE_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("diskName", "DiskName:(string)", Text),
        Field::new("diskURI", "DataDiskURI:(string)", Text),
        Field::new("cachingMode", "CachingMode:(*v1.AzureDataDiskCachingMode)", Text).pointer().or(IsText("ReadWrite")),
        Field::new("fsType", "FSType:(*string)", Text).pointer().or(IsText("ext4")),
        Field::new("readOnly", "ReadOnly:(*bool)", Bool).pointer().or(IsBool(false)),
        Field::new("kind", "Kind:(*v1.AzureDataDiskKind)", Text).pointer().or(IsText("Shared")),
    ],
};

pub(in crate::template) static PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("pdID", "PdID:(string)", Text),
        Field::new("fsType", "FSType:(string)", Text),
    ],
};

pub(in crate::template) static PROJECTED_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("sources", "Sources:([]v1.VolumeProjection)", List(&Type::Struct(&VOLUME_PROJECTION))),
        Field::new("defaultMode", "DefaultMode:(*int32)", Int32).pointer().or(IsInt(420)),
        Field::new("defaultUser", "DefaultUser:(*int64)", Int64).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static PORTWORX_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeID", "VolumeID:(string)", Text),
        Field::new("fsType", "FSType:(string)", Text),
        Field::new("readOnly", "ReadOnly:(bool)", Bool),
    ],
};

pub(in crate::template) static SCALE_IO_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("gateway", "Gateway:(string)", Text),
        Field::new("system", "System:(string)", Text),
        Field::new("secretRef", "SecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
        Field::new("sslEnabled", "SSLEnabled:(bool)", Bool),
        Field::new("protectionDomain", "ProtectionDomain:(string)", Text),
        Field::new("storagePool", "StoragePool:(string)", Text),
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
        Field::new("driver", "Driver:(string)", Text),
        Field::new("readOnly", "ReadOnly:(*bool)", Bool).pointer(),
        Field::new("fsType", "FSType:(*string)", Text).pointer(),
        Field::new("volumeAttributes", "VolumeAttributes:(map[string]string)", Map(&Text)),
        Field::new("nodePublishSecretRef", "NodePublishSecretRef:(*v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).pointer(),
    ],
};

pub(in crate::template) static EPHEMERAL_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("volumeClaimTemplate", "VolumeClaimTemplate:(*v1.PersistentVolumeClaimTemplate)", Type::Struct(&PERSISTENT_VOLUME_CLAIM_TEMPLATE)).pointer(),
    ],
};

pub(in crate::template) static IMAGE_VOLUME_SOURCE: Struct = Struct {
    fields: &[
        Field::new("reference", "Reference:(string)", Text).present(Minors::since(31)),
        Field::new("pullPolicy", "PullPolicy:(v1.PullPolicy)", Text).present(Minors::since(31)).rule(Rule::PullPolicy),
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
        Field::new("resourceFieldRef", "ResourceFieldRef:(*v1.ResourceFieldSelector)", Type::Struct(&RESOURCE_FIELD_SELECTOR)).pointer(),
        Field::new("configMapKeyRef", "ConfigMapKeyRef:(*v1.ConfigMapKeySelector)", Type::Struct(&CONFIG_MAP_KEY_SELECTOR)).pointer(),
        Field::new("secretKeyRef", "SecretKeyRef:(*v1.SecretKeySelector)", Type::Struct(&SECRET_KEY_SELECTOR)).pointer(),
        Field::new("fileKeyRef", "FileKeyRef:(*v1.FileKeySelector)", Type::Struct(&FILE_KEY_SELECTOR)).pointer().present(Minors::since(34)).counts(Minors::since(35)),
    ],
};

pub(in crate::template) static CONTAINER_RESTART_RULE_ON_EXIT_CODES: Struct = Struct {
    fields: &[
        Field::new("operator", "Operator:(v1.ContainerRestartRuleOnExitCodesOperator)", Text).present(Minors::since(34)),
        Field::new("values", "Values:([]int32)", List(&Int32)).present(Minors::since(34)),
    ],
};

pub(in crate::template) static PROBE_HANDLER: Struct = Struct {
    fields: &[
        Field::new("exec", "Exec:(*v1.ExecAction)", Type::Struct(&EXEC_ACTION)).pointer(),
        Field::new("httpGet", "HTTPGet:(*v1.HTTPGetAction)", Type::Struct(&HTTP_GET_ACTION)).pointer(),
        Field::new("tcpSocket", "TCPSocket:(*v1.TCPSocketAction)", Type::Struct(&TCP_SOCKET_ACTION)).pointer(),
        Field::new("grpc", "GRPC:(*v1.GRPCAction)", Type::Struct(&GRPC_ACTION)).pointer(),
    ],
};

pub(in crate::template) static LIFECYCLE_HANDLER: Struct = Struct {
    fields: &[
        Field::new("exec", "Exec:(*v1.ExecAction)", Type::Struct(&EXEC_ACTION)).pointer(),
        Field::new("httpGet", "HTTPGet:(*v1.HTTPGetAction)", Type::Struct(&HTTP_GET_ACTION)).pointer(),
        Field::new("tcpSocket", "TCPSocket:(*v1.TCPSocketAction)", Type::Struct(&TCP_SOCKET_ACTION)).pointer(),
        Field::new("sleep", "Sleep:(*v1.SleepAction)", Type::Struct(&SLEEP_ACTION)).pointer().counts(Minors::since(30)),
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
        Field::new("nodeSelectorTerms", "NodeSelectorTerms:([]v1.NodeSelectorTerm)", List(&Type::Struct(&NODE_SELECTOR_TERM))),
    ],
};

pub(in crate::template) static PREFERRED_SCHEDULING_TERM: Struct = Struct {
    fields: &[
        Field::new("weight", "Weight:(int32)", Int32),
        Field::new("preference", "Preference:(v1.NodeSelectorTerm)", Type::Struct(&NODE_SELECTOR_TERM)),
    ],
};

pub(in crate::template) static POD_AFFINITY_TERM: Struct = Struct {
    fields: &[
        Field::new("labelSelector", "LabelSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("namespaces", "Namespaces:([]string)", List(&Text)),
        Field::new("topologyKey", "TopologyKey:(string)", Text),
        Field::new("namespaceSelector", "NamespaceSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("matchLabelKeys", "MatchLabelKeys:([]string)", List(&Text)).counts(Minors::since(31)),
        Field::new("mismatchLabelKeys", "MismatchLabelKeys:([]string)", List(&Text)).counts(Minors::since(31)),
    ],
};

pub(in crate::template) static WEIGHTED_POD_AFFINITY_TERM: Struct = Struct {
    fields: &[
        Field::new("weight", "Weight:(int32)", Int32),
        Field::new("podAffinityTerm", "PodAffinityTerm:(v1.PodAffinityTerm)", Type::Struct(&POD_AFFINITY_TERM)),
    ],
};

pub(in crate::template) static LABEL_SELECTOR_REQUIREMENT: Struct = Struct {
    fields: &[
        Field::new("key", "Key:(string)", Text),
        Field::new("operator", "Operator:(v1.LabelSelectorOperator)", Text),
        Field::new("values", "Values:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static KEY_TO_PATH: Struct = Struct {
    fields: &[
        Field::new("key", "Key:(string)", Text),
        Field::new("path", "Path:(string)", Text),
        Field::new("mode", "Mode:(*int32)", Int32).pointer(),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static DOWNWARD_API_VOLUME_FILE: Struct = Struct {
    fields: &[
        Field::new("path", "Path:(string)", Text),
        Field::new("fieldRef", "FieldRef:(*v1.ObjectFieldSelector)", Type::Struct(&OBJECT_FIELD_SELECTOR)).pointer(),
        Field::new("resourceFieldRef", "ResourceFieldRef:(*v1.ResourceFieldSelector)", Type::Struct(&RESOURCE_FIELD_SELECTOR)).pointer(),
        Field::new("mode", "Mode:(*int32)", Int32).pointer(),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static VOLUME_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("secret", "Secret:(*v1.SecretProjection)", Type::Struct(&SECRET_PROJECTION)).pointer(),
        Field::new("downwardAPI", "DownwardAPI:(*v1.DownwardAPIProjection)", Type::Struct(&DOWNWARD_API_PROJECTION)).pointer(),
        Field::new("configMap", "ConfigMap:(*v1.ConfigMapProjection)", Type::Struct(&CONFIG_MAP_PROJECTION)).pointer(),
        Field::new("serviceAccountToken", "ServiceAccountToken:(*v1.ServiceAccountTokenProjection)", Type::Struct(&SERVICE_ACCOUNT_TOKEN_PROJECTION)).pointer(),
        Field::new("clusterTrustBundle", "ClusterTrustBundle:(*v1.ClusterTrustBundleProjection)", Type::Struct(&CLUSTER_TRUST_BUNDLE_PROJECTION)).pointer().counts(Minors::since(37)),
        Field::new("podCertificate", "PodCertificate:(*v1.PodCertificateProjection)", Type::Struct(&POD_CERTIFICATE_PROJECTION)).pointer().present(Minors::since(34)).counts(Minors::since(37)),
    ],
};

pub(in crate::template) static PERSISTENT_VOLUME_CLAIM_TEMPLATE: Struct = Struct {
    fields: &[
        Field::new("metadata", "ObjectMeta:(v1.ObjectMeta)", Type::Struct(&OBJECT_META)),
        Field::new("spec", "Spec:(v1.PersistentVolumeClaimSpec)", Type::Struct(&PERSISTENT_VOLUME_CLAIM_SPEC)),
    ],
};

pub(in crate::template) static OBJECT_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("apiVersion", "APIVersion:(string)", Text).or(IsText("v1")),
        Field::new("fieldPath", "FieldPath:(string)", Text),
    ],
};

pub(in crate::template) static RESOURCE_FIELD_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("containerName", "ContainerName:(string)", Text),
        Field::new("resource", "Resource:(string)", Text),
        Field::new("divisor", "Divisor:(resource.Quantity)", Quantity { in_list: false }),
    ],
};

pub(in crate::template) static CONFIG_MAP_KEY_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("key", "Key:(string)", Text),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static SECRET_KEY_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("", "LocalObjectReference:(v1.LocalObjectReference)", Type::Struct(&LOCAL_OBJECT_REFERENCE)).inline(),
        Field::new("key", "Key:(string)", Text),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
    ],
};

pub(in crate::template) static FILE_KEY_SELECTOR: Struct = Struct {
    fields: &[
        Field::new("volumeName", "VolumeName:(string)", Text).present(Minors::since(34)),
        Field::new("path", "Path:(string)", Text).present(Minors::since(34)),
        Field::new("key", "Key:(string)", Text).present(Minors::since(34)),
        Field::new("optional", "Optional:(*bool)", Bool).pointer().present(Minors::since(34)).or(IsBool(false)),
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
        Field::new("port", "Port:(intstr.IntOrString)", IntOrString),
        Field::new("host", "Host:(string)", Text),
        Field::new("scheme", "Scheme:(v1.URIScheme)", Text).or(IsText("HTTP")),
        Field::new("httpHeaders", "HTTPHeaders:([]v1.HTTPHeader)", List(&Type::Struct(&HTTP_HEADER))),
        Field::new("protocol", "Protocol:(*v1.HTTPProtocol)", Text).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static TCP_SOCKET_ACTION: Struct = Struct {
    fields: &[
        Field::new("port", "Port:(intstr.IntOrString)", IntOrString),
        Field::new("host", "Host:(string)", Text),
    ],
};

pub(in crate::template) static GRPC_ACTION: Struct = Struct {
    fields: &[
        Field::new("port", "Port:(int32)", Int32),
        Field::new("service", "Service:(*string)", Text).pointer().or(IsText("")),
        Field::new("mode", "Mode:(*v1.GRPCProbeMode)", Text).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static SLEEP_ACTION: Struct = Struct {
    fields: &[
        Field::new("seconds", "Seconds:(int64)", Int64),
    ],
};

pub(in crate::template) static NODE_SELECTOR_TERM: Struct = Struct {
    fields: &[
        Field::new("matchExpressions", "MatchExpressions:([]v1.NodeSelectorRequirement)", List(&Type::Struct(&NODE_SELECTOR_REQUIREMENT))),
        Field::new("matchFields", "MatchFields:([]v1.NodeSelectorRequirement)", List(&Type::Struct(&NODE_SELECTOR_REQUIREMENT))),
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
        Field::new("path", "Path:(string)", Text),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static CLUSTER_TRUST_BUNDLE_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(*string)", Text).pointer(),
        Field::new("signerName", "SignerName:(*string)", Text).pointer(),
        Field::new("labelSelector", "LabelSelector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("optional", "Optional:(*bool)", Bool).pointer(),
        Field::new("path", "Path:(string)", Text),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static POD_CERTIFICATE_PROJECTION: Struct = Struct {
    fields: &[
        Field::new("signerName", "SignerName:(string)", Text).present(Minors::since(34)),
        Field::new("keyType", "KeyType:(string)", Text).present(Minors::since(34)),
        Field::new("maxExpirationSeconds", "MaxExpirationSeconds:(*int32)", Int32).pointer().present(Minors::since(34)),
        Field::new("credentialBundlePath", "CredentialBundlePath:(string)", Text).present(Minors::since(34)),
        Field::new("keyPath", "KeyPath:(string)", Text).present(Minors::since(34)),
        Field::new("certificateChainPath", "CertificateChainPath:(string)", Text).present(Minors::since(34)),
        Field::new("userAnnotations", "UserAnnotations:(map[string]string)", Map(&Text)).present(Minors::since(35)).counts(Minors::since(37)),
        Field::new("user", "User:(*int64)", Int64).pointer().present(Minors::since(37)).counts(Minors::NONE),
    ],
};

pub(in crate::template) static PERSISTENT_VOLUME_CLAIM_SPEC: Struct = Struct {
    fields: &[
        Field::new("accessModes", "AccessModes:([]v1.PersistentVolumeAccessMode)", List(&Text)),
        Field::new("selector", "Selector:(*v1.LabelSelector)", Type::Struct(&LABEL_SELECTOR)).pointer(),
        Field::new("resources", "Resources:(v1.VolumeResourceRequirements)", Type::Struct(&VOLUME_RESOURCE_REQUIREMENTS)),
        Field::new("volumeName", "VolumeName:(string)", Text),
        Field::new("storageClassName", "StorageClassName:(*string)", Text).pointer(),
        Field::new("volumeMode", "VolumeMode:(*v1.PersistentVolumeMode)", Text).pointer().or(IsText("Filesystem")),
        Field::new("dataSource", "DataSource:(*v1.TypedLocalObjectReference)", Type::Struct(&TYPED_LOCAL_OBJECT_REFERENCE)).pointer(),
        Field::new("dataSourceRef", "DataSourceRef:(*v1.TypedObjectReference)", Type::Struct(&TYPED_OBJECT_REFERENCE)).pointer(),
        Field::new("volumeAttributesClassName", "VolumeAttributesClassName:(*string)", Text).pointer(),
    ],
};

pub(in crate::template) static HTTP_HEADER: Struct = Struct {
    fields: &[
        Field::new("name", "Name:(string)", Text),
        Field::new("value", "Value:(string)", Text),
    ],
};

pub(in crate::template) static NODE_SELECTOR_REQUIREMENT: Struct = Struct {
    fields: &[
        Field::new("key", "Key:(string)", Text),
        Field::new("operator", "Operator:(v1.NodeSelectorOperator)", Text),
        Field::new("values", "Values:([]string)", List(&Text)),
    ],
};

pub(in crate::template) static VOLUME_RESOURCE_REQUIREMENTS: Struct = Struct {
    fields: &[
        Field::new("limits", "Limits:(v1.ResourceList)", Map(&Quantity { in_list: true })),
        Field::new("requests", "Requests:(v1.ResourceList)", Map(&Quantity { in_list: true })),
    ],
};

pub(in crate::template) static TYPED_LOCAL_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("apiGroup", "APIGroup:(*string)", Text).pointer(),
        Field::new("kind", "Kind:(string)", Text),
        Field::new("name", "Name:(string)", Text),
    ],
};

pub(in crate::template) static TYPED_OBJECT_REFERENCE: Struct = Struct {
    fields: &[
        Field::new("apiGroup", "APIGroup:(*string)", Text).pointer(),
        Field::new("kind", "Kind:(string)", Text),
        Field::new("name", "Name:(string)", Text),
        Field::new("namespace", "Namespace:(*string)", Text).pointer(),
    ],
};
