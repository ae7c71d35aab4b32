//! What the API server calls a kind of objects.

use kube::core::ApiResource;
use serde_json::Value;

use super::request::escaped;
use crate::kubernetes::{Kind, group_of};

/// A kind of objects as the paths of the API have it.
///
/// ```
/// use rollbook::{cluster::Resource, kubernetes::Kind};
/// let deployments = Resource::of(Kind::Deployment);
/// assert_eq!(deployments.path(Some("shop"), Some("web")), "/apis/apps/v1/namespaces/shop/deployments/web");
/// assert_eq!(deployments.to_string(), "deployments.apps");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Resource {
    /// As in manifests: `apps/v1`.
    pub api_version: String,
    pub kind: String,
    pub plural: String,
    pub namespaced: bool,
}

impl Resource {
    /// A kind that the tool knows, under the version of its group that API servers have long served.
    pub fn of(kind: Kind) -> Resource {
        let version = if kind == Kind::HorizontalPodAutoscaler { "v2" } else { "v1" };
        let group = kind.group();
        Resource {
            api_version: if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") },
            kind: kind.name().to_owned(),
            plural: kind.plural().to_owned(),
            namespaced: !matches!(
                kind,
                Kind::Namespace
                    | Kind::PersistentVolume
                    | Kind::StorageClass
                    | Kind::ClusterRole
                    | Kind::ClusterRoleBinding
                    | Kind::CustomResourceDefinition
            ),
        }
    }

    /// Events, by which the kubelet tells of probes that fail.
    pub fn events() -> Resource {
        let [api_version, kind, plural] = ["v1", "Event", "events"].map(str::to_owned);
        Resource { api_version, kind, plural, namespaced: true }
    }

    /// The group, which is empty for the core.
    pub fn group(&self) -> &str {
        group_of(&self.api_version)
    }

    /// The path of one object, or of all of a namespace or of the cluster.
    pub fn path(&self, namespace: Option<&str>, name: Option<&str>) -> String {
        let root = if self.group().is_empty() { "/api" } else { "/apis" };
        let namespace = namespace.filter(|_| self.namespaced);
        let namespace = namespace.map(|namespace| format!("/namespaces/{}", escaped(namespace)));
        let name = name.map(|name| format!("/{}", escaped(name)));
        let (api_version, plural) = (&self.api_version, &self.plural);
        format!("{root}/{api_version}{}/{plural}{}", namespace.unwrap_or_default(), name.unwrap_or_default())
    }

    /// An object of this kind in a list, which says for all of its items once what they are.
    pub(super) fn complete(&self, mut item: Value) -> Value {
        if let Some(object) = item.as_object_mut() {
            for (key, value) in [("kind", &self.kind), ("apiVersion", &self.api_version)] {
                if !object.contains_key(key) {
                    object.shift_insert(0, key.to_owned(), Value::String(value.clone()));
                }
            }
        }
        item
    }

    pub(super) fn for_kube(&self) -> ApiResource {
        let (group, version) = self.api_version.split_once('/').unwrap_or(("", &self.api_version));
        ApiResource {
            group: group.to_owned(),
            version: version.to_owned(),
            api_version: self.api_version.clone(),
            kind: self.kind.clone(),
            plural: self.plural.clone(),
        }
    }
}

impl std::fmt::Display for Resource {
    /// As the API server's messages and roles name it: `deployments.apps`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.group() {
            "" => f.write_str(&self.plural),
            group => write!(f, "{}.{group}", self.plural),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_api() {
        let of = Resource::of;
        assert_eq!(of(Kind::Pod).path(Some("shop"), None), "/api/v1/namespaces/shop/pods");
        assert_eq!(of(Kind::Pod).path(None, None), "/api/v1/pods");
        assert_eq!(of(Kind::ClusterRole).path(Some("shop"), Some("view")), {
            "/apis/rbac.authorization.k8s.io/v1/clusterroles/view"
        });
        assert_eq!(of(Kind::HorizontalPodAutoscaler).api_version, "autoscaling/v2");
    }

    #[test]
    fn an_item_of_a_list_says_what_it_is() {
        let item = Resource::of(Kind::Deployment).complete(serde_json::json!({"metadata": {"name": "web"}}));
        assert_eq!(item.to_string(), r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"}}"#);
    }
}
