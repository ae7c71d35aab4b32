//! Names that tools agree on: keys of annotations, and who writes fields.

/// Why a workload is as it is: `kubectl rollout history` shows it.
pub const CHANGE_CAUSE: &str = "kubernetes.io/change-cause";

/// In which `kubectl apply` keeps what it applied.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Where `kubectl rollout restart` writes the time, in a pod template.
pub const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";

/// The field manager of kubectl's client-side apply.
pub const CLIENT_SIDE_APPLY: &str = "kubectl-client-side-apply";
