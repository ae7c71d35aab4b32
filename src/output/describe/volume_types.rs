//! The types of volumes as a table: what each is called, and which of its fields kubectl shows, under which words.

/// One field of `VolumeSource`.
pub(super) struct VolumeType {
    /// The field's name.
    pub field: &'static str,
    /// What kubectl calls the type.
    pub title: &'static str,
    /// The lines below.
    pub lines: &'static [Line],
}

/// A line: the words up to the tab (kubectl's are not all alike), the field, and how its value is shown.
pub(super) struct Line(pub &'static str, pub &'static str, pub Shape);

/// How a field's value is shown.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Text,
    Number,
    Flag,
    /// `<none>` where it is not set.
    TextOrNone,
    /// `<none>` where it is not set.
    NumberOrNone,
    /// `[a b]`
    List,
    /// `a, b`
    Joined,
    /// `map[a:1 b:2]`
    Map,
    /// A `LocalObjectReference`.
    Reference,
    /// A quantity, `<unset>` unless it is more than nothing.
    Size,
}

use Shape::{Flag, Joined, List, Map, Number, NumberOrNone, Reference, Size, Text, TextOrNone};

const fn row(field: &'static str, title: &'static str, lines: &'static [Line]) -> VolumeType {
    VolumeType { field, title, lines }
}

/// All types, in the order in which kubectl looks for them (`describeVolumes`).
pub(super) const TYPES: [VolumeType; 30] = [
    row(
        "hostPath",
        "HostPath (bare host directory volume)",
        &[Line("Path:", "path", Text), Line("HostPathType:", "type", TextOrNone)],
    ),
    row(
        "emptyDir",
        "EmptyDir (a temporary directory that shares a pod's lifetime)",
        &[Line("Medium:", "medium", Text), Line("SizeLimit:", "sizeLimit", Size)],
    ),
    row(
        "gcePersistentDisk",
        "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
        &[
            Line("PDName:", "pdName", Text),
            Line("FSType:", "fsType", Text),
            Line("Partition:", "partition", Number),
            Line("ReadOnly:", "readOnly", Flag),
        ],
    ),
    row(
        "awsElasticBlockStore",
        "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
        &[
            Line("VolumeID:", "volumeID", Text),
            Line("FSType:", "fsType", Text),
            Line("Partition:", "partition", Number),
            Line("ReadOnly:", "readOnly", Flag),
        ],
    ),
    row(
        "gitRepo",
        "GitRepo (a volume that is pulled from git when the pod is created)",
        &[Line("Repository:", "repository", Text), Line("Revision:", "revision", Text)],
    ),
    row(
        "secret",
        "Secret (a volume populated by a Secret)",
        &[Line("SecretName:", "secretName", Text), Line("Optional:", "optional", Flag)],
    ),
    row(
        "configMap",
        "ConfigMap (a volume populated by a ConfigMap)",
        &[Line("Name:", "name", Text), Line("Optional:", "optional", Flag)],
    ),
    row(
        "nfs",
        "NFS (an NFS mount that lasts the lifetime of a pod)",
        &[Line("Server:", "server", Text), Line("Path:", "path", Text), Line("ReadOnly:", "readOnly", Flag)],
    ),
    row(
        "iscsi",
        "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
        &[
            Line("TargetPortal:", "targetPortal", Text),
            Line("IQN:", "iqn", Text),
            Line("Lun:", "lun", Number),
            Line("ISCSIInterface", "iscsiInterface", Text),
            Line("FSType:", "fsType", Text),
            Line("ReadOnly:", "readOnly", Flag),
            Line("Portals:", "portals", List),
            Line("DiscoveryCHAPAuth:", "chapAuthDiscovery", Flag),
            Line("SessionCHAPAuth:", "chapAuthSession", Flag),
            Line("SecretRef:", "secretRef", Reference),
            Line("InitiatorName:", "initiatorName", TextOrNone),
        ],
    ),
    row(
        "glusterfs",
        "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
        &[Line("EndpointsName:", "endpoints", Text), Line("Path:", "path", Text), Line("ReadOnly:", "readOnly", Flag)],
    ),
    row(
        "persistentVolumeClaim",
        "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
        &[Line("ClaimName:", "claimName", Text), Line("ReadOnly:", "readOnly", Flag)],
    ),
    row(
        "ephemeral",
        "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)",
        &[],
    ),
    row(
        "rbd",
        "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
        &[
            Line("CephMonitors:", "monitors", List),
            Line("RBDImage:", "image", Text),
            Line("FSType:", "fsType", Text),
            Line("RBDPool:", "pool", Text),
            Line("RadosUser:", "user", Text),
            Line("Keyring:", "keyring", Text),
            Line("SecretRef:", "secretRef", Reference),
            Line("ReadOnly:", "readOnly", Flag),
        ],
    ),
    row(
        "quobyte",
        "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
        &[Line("Registry:", "registry", Text), Line("Volume:", "volume", Text), Line("ReadOnly:", "readOnly", Flag)],
    ),
    row("downwardAPI", "DownwardAPI (a volume populated by information about the pod)", &[]),
    row(
        "azureDisk",
        "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
        &[
            Line("DiskName:", "diskName", Text),
            Line("DiskURI:", "diskURI", Text),
            Line("Kind: ", "kind", Text),
            Line("FSType:", "fsType", Text),
            Line("CachingMode:", "cachingMode", Text),
            Line("ReadOnly:", "readOnly", Flag),
        ],
    ),
    row(
        "vsphereVolume",
        "vSphereVolume (a Persistent Disk resource in vSphere)",
        &[
            Line("VolumePath:", "volumePath", Text),
            Line("FSType:", "fsType", Text),
            Line("StoragePolicyName:", "storagePolicyName", Text),
        ],
    ),
    row(
        "cinder",
        "Cinder (a Persistent Disk resource in OpenStack)",
        &[
            Line("VolumeID:", "volumeID", Text),
            Line("FSType:", "fsType", Text),
            Line("ReadOnly:", "readOnly", Flag),
            Line("SecretRef:", "secretRef", Reference),
        ],
    ),
    row(
        "photonPersistentDisk",
        "PhotonPersistentDisk (a Persistent Disk resource in photon platform)",
        &[Line("PdID:", "pdID", Text), Line("FSType:", "fsType", Text)],
    ),
    row("portworxVolume", "PortworxVolume (a Portworx Volume resource)", &[Line("VolumeID:", "volumeID", Text)]),
    row(
        "scaleIO",
        "ScaleIO (a persistent volume backed by a block device in ScaleIO)",
        &[
            Line("Gateway:", "gateway", Text),
            Line("System:", "system", Text),
            Line("Protection Domain:", "protectionDomain", Text),
            Line("Storage Pool:", "storagePool", Text),
            Line("Storage Mode:", "storageMode", Text),
            Line("VolumeName:", "volumeName", Text),
            Line("FSType:", "fsType", Text),
            Line("ReadOnly:", "readOnly", Flag),
        ],
    ),
    row(
        "cephfs",
        "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
        &[
            Line("Monitors:", "monitors", List),
            Line("Path:", "path", Text),
            Line("User:", "user", Text),
            Line("SecretFile:", "secretFile", Text),
            Line("SecretRef:", "secretRef", Reference),
            Line("ReadOnly:", "readOnly", Flag),
        ],
    ),
    row(
        "storageos",
        "StorageOS (a StorageOS Persistent Disk resource)",
        &[
            Line("VolumeName:", "volumeName", Text),
            Line("VolumeNamespace:", "volumeNamespace", Text),
            Line("FSType:", "fsType", Text),
            Line("ReadOnly:", "readOnly", Flag),
        ],
    ),
    row(
        "fc",
        "FC (a Fibre Channel disk)",
        &[
            Line("TargetWWNs:", "targetWWNs", Joined),
            Line("LUN:", "lun", NumberOrNone),
            Line("FSType:", "fsType", Text),
            Line("ReadOnly:", "readOnly", Flag),
        ],
    ),
    row(
        "azureFile",
        "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
        &[
            Line("SecretName:", "secretName", Text),
            Line("ShareName:", "shareName", Text),
            Line("ReadOnly:", "readOnly", Flag),
        ],
    ),
    row(
        "flexVolume",
        "FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)",
        &[
            Line("Driver:", "driver", Text),
            Line("FSType:", "fsType", Text),
            Line("SecretRef:", "secretRef", Reference),
            Line("ReadOnly:", "readOnly", Flag),
            Line("Options:", "options", Map),
        ],
    ),
    row(
        "flocker",
        "Flocker (a Flocker volume mounted by the Flocker agent)",
        &[Line("DatasetName:", "datasetName", Text), Line("DatasetUUID:", "datasetUUID", Text)],
    ),
    row("projected", "Projected (a volume that contains injected data from multiple sources)", &[]),
    row(
        "csi",
        "CSI (a Container Storage Interface (CSI) volume source)",
        &[Line("Driver:", "driver", Text), Line("FSType:", "fsType", Text), Line("ReadOnly:", "readOnly", Flag)],
    ),
    row(
        "image",
        "Image (a container image or OCI artifact)",
        &[Line("Reference:", "reference", Text), Line("PullPolicy:", "pullPolicy", Text)],
    ),
];
