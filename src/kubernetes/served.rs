//! Which versions serve a kind under which API version: a template counts the same under each.

use super::{Kind, Minors};

/// Source: the release notes of the versions; 1.16 took all but `apps/v1` away.
const SERVED: [(Kind, &str, Minors); 10] = [
    (Kind::Deployment, "extensions/v1beta1", Minors::range(2, 15)),
    (Kind::Deployment, "apps/v1beta1", Minors::range(6, 15)),
    (Kind::Deployment, "apps/v1beta2", Minors::range(8, 15)),
    (Kind::Deployment, "apps/v1", Minors::since(9)),
    (Kind::DaemonSet, "extensions/v1beta1", Minors::range(2, 15)),
    (Kind::DaemonSet, "apps/v1beta2", Minors::range(8, 15)),
    (Kind::DaemonSet, "apps/v1", Minors::since(9)),
    (Kind::StatefulSet, "apps/v1beta1", Minors::range(5, 15)),
    (Kind::StatefulSet, "apps/v1beta2", Minors::range(8, 15)),
    (Kind::StatefulSet, "apps/v1", Minors::since(9)),
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
        let row = SERVED.iter().find(|(kind, served, _)| *kind == self && *served == api_version);
        row.map(|(_, _, versions)| *versions)
    }
}
