//! What a pod template names: ConfigMaps, Secrets, claims, a ServiceAccount, and how it uses them.

use super::Object;
use crate::kubernetes::Kind;
use crate::yaml::{Node, Span, Value};

/// Another object that a workload's template names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// ConfigMap, Secret, ServiceAccount or PersistentVolumeClaim.
    pub kind: Kind,
    pub name: String,
    pub how: How,
    /// The keys that it must have; none if all are taken as they are.
    pub keys: Vec<String>,
    /// Whether pods start without it.
    pub optional: bool,
    /// The container that uses it; none of what is the whole pod's.
    pub container: Option<String>,
    /// Where the name stands.
    pub span: Span,
}

/// How a pod uses what its template names, and so whether it sees a change while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Files, which change under the running pod.
    Volume,
    /// One source of several in a volume: files that change too.
    Projected,
    /// A file mounted by itself, which never changes under the pod.
    SubPath,
    /// A variable, which never changes under the pod.
    Env,
    /// All its keys as variables.
    EnvFrom,
    ImagePullSecrets,
    ServiceAccount,
    Claim,
}

impl How {
    /// The word for it: the field's.
    pub fn word(self) -> &'static str {
        match self {
            How::Volume => "volume",
            How::Projected => "projected",
            How::SubPath => "subPath",
            How::Env => "env",
            How::EnvFrom => "envFrom",
            How::ImagePullSecrets => "imagePullSecrets",
            How::ServiceAccount => "serviceAccount",
            How::Claim => "claim",
        }
    }
}

/// A type of volume whose source names an object: the way to the source, its field, the kind.
type VolumeRow = (&'static [&'static str], &'static str, Kind);

/// Of `k8s.io/api/core/v1: VolumeSource`.
const VOLUMES: &[VolumeRow] = &[
    (&["configMap"], "name", Kind::ConfigMap),
    (&["secret"], "secretName", Kind::Secret),
    (&["persistentVolumeClaim"], "claimName", Kind::PersistentVolumeClaim),
    (&["azureFile"], "secretName", Kind::Secret),
    (&["cephfs", "secretRef"], "name", Kind::Secret),
    (&["cinder", "secretRef"], "name", Kind::Secret),
    (&["csi", "nodePublishSecretRef"], "name", Kind::Secret),
    (&["flexVolume", "secretRef"], "name", Kind::Secret),
    (&["iscsi", "secretRef"], "name", Kind::Secret),
    (&["rbd", "secretRef"], "name", Kind::Secret),
    (&["scaleIO", "secretRef"], "name", Kind::Secret),
    (&["storageos", "secretRef"], "name", Kind::Secret),
];

/// The fields of a pod that have containers.
pub(super) const CONTAINERS: [&str; 3] = ["initContainers", "containers", "ephemeralContainers"];

impl Object {
    /// What the pod template of a workload names, in the order of its fields.
    pub fn references(&self) -> Vec<Reference> {
        let Some(spec) = self.template().and_then(|template| template.get("spec")) else { return Vec::new() };
        let mut references: Vec<Reference> =
            items(spec, "volumes").flat_map(|volume| of_volume(volume, spec)).collect();
        for container in containers(spec) {
            references
                .extend(items(container, "env").filter_map(of_variable).map(|found| found.in_container(container)));
            references
                .extend(items(container, "envFrom").flat_map(of_variables).map(|found| found.in_container(container)));
        }
        references.extend(
            items(spec, "imagePullSecrets")
                .filter_map(|secret| named(secret, "name", Kind::Secret, How::ImagePullSecrets)),
        );
        // `serviceAccount` is the old name of the same field.
        let account = ["serviceAccountName", "serviceAccount"]
            .iter()
            .find_map(|field| named(spec, field, Kind::ServiceAccount, How::ServiceAccount));
        references.extend(account);
        references
    }
}

fn containers(spec: &Node) -> impl Iterator<Item = &Node> {
    CONTAINERS.iter().flat_map(|field| items(spec, field))
}

fn items<'n>(node: &'n Node, field: &str) -> impl Iterator<Item = &'n Node> + use<'n> {
    node.get(field).map(Node::items).unwrap_or_default().iter()
}

/// The reference of a field that has a name; the keys and whether it may be missing stand beside it.
fn named(source: &Node, field: &str, kind: Kind, how: How) -> Option<Reference> {
    let name = source.get(field)?;
    let text = name.as_str().filter(|text| !text.is_empty())?.to_owned();
    let optional = source.get("optional").is_some_and(|optional| optional.value == Value::Bool(true));
    let key = |item: &Node| item.get("key").and_then(Node::as_str).map(str::to_owned);
    let keys = items(source, "items").filter_map(key).chain(key(source)).collect();
    Some(Reference { kind, name: text, how, keys, optional, container: None, span: name.span })
}

impl Reference {
    fn in_container(self, container: &Node) -> Reference {
        Reference { container: container.get("name").and_then(Node::as_str).map(str::to_owned), ..self }
    }
}

fn of_variable(variable: &Node) -> Option<Reference> {
    let from = variable.get("valueFrom")?;
    let of = |field: &str, kind| from.get(field).and_then(|source| named(source, "name", kind, How::Env));
    of("configMapKeyRef", Kind::ConfigMap).or_else(|| of("secretKeyRef", Kind::Secret))
}

fn of_variables(from: &Node) -> Vec<Reference> {
    let of = |field: &str, kind| from.get(field).and_then(|source| named(source, "name", kind, How::EnvFrom));
    [of("configMapRef", Kind::ConfigMap), of("secretRef", Kind::Secret)].into_iter().flatten().collect()
}

/// What a volume names: once for each container and way it is mounted, or once if none does.
fn of_volume(volume: &Node, spec: &Node) -> Vec<Reference> {
    let sources = sources(volume);
    let name = volume.get("name").and_then(Node::as_str);
    let mut uses: Vec<(Option<String>, bool)> = Vec::new();
    for container in containers(spec) {
        for mount in items(container, "volumeMounts").filter(|mount| mount.get("name").and_then(Node::as_str) == name) {
            let by_itself = |field| mount.get(field).and_then(Node::as_str).is_some_and(|path| !path.is_empty());
            let by = container.get("name").and_then(Node::as_str).map(str::to_owned);
            uses.push((by, by_itself("subPath") || by_itself("subPathExpr")));
        }
    }
    uses.dedup();
    if uses.is_empty() {
        return sources;
    }
    let used = |source: &Reference, (container, by_itself): &(Option<String>, bool)| {
        let is_file = matches!(source.how, How::Volume | How::Projected);
        let how = if *by_itself && is_file { How::SubPath } else { source.how };
        Reference { how, container: container.clone(), ..source.clone() }
    };
    sources.iter().flat_map(|source| uses.iter().map(move |of| used(source, of))).collect()
}

fn sources(volume: &Node) -> Vec<Reference> {
    let how = |kind| if kind == Kind::PersistentVolumeClaim { How::Claim } else { How::Volume };
    let of =
        |(path, field, kind): &VolumeRow| volume.at(path).and_then(|source| named(source, field, *kind, how(*kind)));
    let mut sources: Vec<Reference> = VOLUMES.iter().filter_map(of).collect();
    for source in volume.get("projected").into_iter().flat_map(|projected| items(projected, "sources")) {
        for (field, kind) in [("configMap", Kind::ConfigMap), ("secret", Kind::Secret)] {
            sources.extend(source.get(field).and_then(|source| named(source, "name", kind, How::Projected)));
        }
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::yaml::Dialect;

    /// The references of a Deployment with this pod spec.
    fn references(spec: &str) -> Vec<String> {
        let text = format!(
            "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web}}, spec: {{template: {{spec: {spec}}}}}}}"
        );
        let reading = read(text.as_bytes(), Dialect::Kubectl);
        let references = reading.objects[0].references();
        assert!(references.iter().all(|reference| text[reference.span.range()].contains(&reference.name)));
        let shown = |of: &Reference| {
            let optional = if of.optional { " optional" } else { "" };
            let keys = if of.keys.is_empty() { String::new() } else { format!(" [{}]", of.keys.join(" ")) };
            let container = of.container.as_ref().map_or(String::new(), |name| format!(" in {name}"));
            format!("{}/{} {}{keys}{container}{optional}", of.kind.name(), of.name, of.how.word())
        };
        references.iter().map(shown).collect()
    }

    #[test]
    fn each_way_to_name_an_object_is_known() {
        for (spec, expected) in [
            ("{volumes: [{name: v, configMap: {name: c}}]}", &["ConfigMap/c volume"][..]),
            (
                "{volumes: [{name: v, secret: {secretName: s, optional: true, items: [{key: k, path: p}]}}]}",
                &["Secret/s volume [k] optional"],
            ),
            (
                "{volumes: [{name: v, persistentVolumeClaim: {claimName: d}}], containers: [{name: a, volumeMounts: [{name: v, subPath: x}]}]}",
                &["PersistentVolumeClaim/d claim in a"],
            ),
            ("{volumes: [{name: v, csi: {nodePublishSecretRef: {name: s}}}]}", &["Secret/s volume"]),
            (
                "{volumes: [{name: v, projected: {sources: [{configMap: {name: c}}, {secret: {name: s}}, {serviceAccountToken: {path: t}}]}}]}",
                &["ConfigMap/c projected", "Secret/s projected"],
            ),
            (
                "{volumes: [{name: v, configMap: {name: c}}], containers: [{name: a, volumeMounts: [{name: v, subPath: x}]}, {name: b, volumeMounts: [{name: v}]}, {name: z, volumeMounts: [{name: w}]}]}",
                &["ConfigMap/c subPath in a", "ConfigMap/c volume in b"],
            ),
            (
                "{containers: [{name: a, env: [{name: A, value: b}, {name: B, valueFrom: {configMapKeyRef: {name: c, key: k}}}, {name: C, valueFrom: {secretKeyRef: {name: s, key: k, optional: true}}}]}]}",
                &["ConfigMap/c env [k] in a", "Secret/s env [k] in a optional"],
            ),
            (
                "{initContainers: [{name: i, envFrom: [{configMapRef: {name: c}}, {prefix: A, secretRef: {name: s}}]}]}",
                &["ConfigMap/c envFrom in i", "Secret/s envFrom in i"],
            ),
            (
                "{imagePullSecrets: [{name: r}], serviceAccountName: a, serviceAccount: a}",
                &["Secret/r imagePullSecrets", "ServiceAccount/a serviceAccount"],
            ),
            ("{serviceAccount: old}", &["ServiceAccount/old serviceAccount"]),
            ("{volumes: [{name: v, configMap: {name: ''}}, {name: w, emptyDir: {}}, 7]}", &[]),
        ] {
            assert_eq!(references(spec), expected, "{spec}");
        }
    }

    #[test]
    fn what_has_no_template_names_nothing() {
        let text =
            b"{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, spec: {volumes: [{secret: {secretName: s}}]}}";
        assert_eq!(read(text, Dialect::Kubectl).objects[0].references(), []);
    }
}
