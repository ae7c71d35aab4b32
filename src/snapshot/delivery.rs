//! What Flux and Argo CD change of the folders that they bring to a cluster.

use crate::git::RepoPath;
use crate::manifest::{Object, Touch};
use crate::yaml::Node;
use memchr::memmem;

/// An object that has a folder of a repository rendered in a way that may change pod templates. That the repository is
/// this one is taken for granted: its address can have many spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Where the object stands.
    pub file: RepoPath,
    /// What it has rendered.
    pub folder: RepoPath,
}

/// The API versions of the objects that deliver, as far as they are all alike. Annotations of Argo CD have its group too.
const FLUX: &str = "kustomize.toolkit.fluxcd.io/v1";
const ARGO: &str = "argoproj.io/v1";

impl Delivery {
    /// Whether a text may have such an object: never wrongly `false`, but where escapes spell its API version.
    pub fn may_stand_in(text: &[u8]) -> bool {
        [FLUX, ARGO].iter().any(|version| memmem::find(text, version.as_bytes()).is_some())
    }

    /// The folders that an object of a file has rendered, as far as that may change pod templates.
    pub fn of(file: &RepoPath, object: &Object) -> Vec<Delivery> {
        let is = |version: &str, kind: &str| {
            object.identity.api_version.starts_with(version) && object.identity.kind == kind
        };
        let folders = match object.node().get("spec") {
            Some(spec) if is(FLUX, "Kustomization") => of_flux(spec).into_iter().collect(),
            Some(spec) if is(ARGO, "Application") => of_argo(spec),
            Some(spec) if is(ARGO, "ApplicationSet") => spec.at(&["template", "spec"]).map(of_argo).unwrap_or_default(),
            _ => Vec::new(),
        };
        folders.into_iter().map(|folder| Delivery { file: file.clone(), folder }).collect()
    }
}

/// <https://fluxcd.io/flux/components/kustomize/kustomizations/>: the fields are those of a kustomization, and `postBuild`
/// puts values in place of `${NAME}` anywhere. Of an artifact that is no git repository the folders are not known.
fn of_flux(spec: &Node) -> Option<RepoPath> {
    let is_git = spec.at(&["sourceRef", "kind"]).and_then(Node::as_str).is_none_or(|kind| kind == "GitRepository");
    let says = |path: &[&str]| spec.at(path).is_some_and(is_said);
    let substitutes = says(&["postBuild", "substitute"]) || says(&["postBuild", "substituteFrom"]);
    let touches = substitutes || says(&["components"]) || !Touch::of(spec).is_empty();
    let path = spec.get("path").and_then(Node::as_str).unwrap_or_default();
    (is_git && touches).then(|| folder(path))
}

/// <https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/>. A plug-in may do anything.
fn of_argo(spec: &Node) -> Vec<RepoPath> {
    let sources = spec.get("sources").map(Node::items).unwrap_or_default().iter().chain(spec.get("source"));
    let touching = sources.filter(|source| {
        let says = |path: &[&str]| source.at(path).is_some_and(is_said);
        let by_kustomize = source.get("kustomize").is_some_and(|kustomize| !Touch::of(kustomize).is_empty());
        by_kustomize
            || says(&["kustomize", "images"])
            || says(&["kustomize", "components"])
            || source.get("plugin").is_some()
    });
    touching.filter_map(|source| source.get("path").and_then(Node::as_str)).map(folder).collect()
}

/// The folder of a path; where a generator fills in parts of it, the one above these.
fn folder(path: &str) -> RepoPath {
    match path.split_once("{{") {
        Some((known, _)) => RepoPath::from(known.rsplit_once('/').map_or("", |(folder, _)| folder)),
        None => RepoPath::from(path),
    }
}

fn is_said(node: &Node) -> bool {
    !node.items().is_empty() || !node.entries().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::yaml::Dialect;

    #[test]
    fn an_object_that_changes_what_it_delivers_is_told_from_one_that_does_not() {
        let flux = |spec: &str| {
            format!(
                "{{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {{name: a}}, spec: {spec}}}"
            )
        };
        let argo = |spec: &str| {
            format!("{{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {{name: a}}, spec: {spec}}}")
        };
        let set = |spec: &str| {
            format!(
                "{{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {{name: a}}, spec: {{template: {{spec: {spec}}}}}}}"
            )
        };
        for (text, folders) in [
            (flux("{path: ./apps}"), &[][..]),
            (flux("{path: ./apps, targetNamespace: x, prune: true}"), &[]),
            (flux("{path: ./apps, images: [{name: web, newTag: '2'}]}"), &["apps"]),
            (flux("{path: ./apps, namePrefix: a-}"), &["apps"]),
            (flux("{path: ./apps, patches: [{patch: 'x: y', target: {kind: Deployment}}]}"), &["apps"]),
            (flux("{path: ./apps, patches: [{patch: 'x: y', target: {kind: ClusterIssuer}}]}"), &[]),
            (flux("{path: ./apps, postBuild: {substituteFrom: [{kind: ConfigMap, name: v}]}}"), &["apps"]),
            (flux("{images: [{name: web}]}"), &[""]),
            (flux("{path: apps, images: [{name: web}], sourceRef: {kind: OCIRepository}}"), &[]),
            (argo("{source: {path: apps}}"), &[]),
            (argo("{source: {path: apps, kustomize: {namespace: x}}}"), &[]),
            (argo("{source: {path: apps, kustomize: {images: ['web:2']}}}"), &["apps"]),
            (argo("{source: {path: apps, kustomize: {nameSuffix: -a}}}"), &["apps"]),
            (argo("{source: {path: apps, plugin: {name: x}}}"), &["apps"]),
            (argo("{source: {path: apps, helm: {values: 'a: b'}}}"), &[]),
            (argo("{sources: [{path: a, plugin: {}}, {path: b}, {chart: c, plugin: {}}]}"), &["a"]),
            (set("{source: {path: 'apps/x-{{name}}/prod', kustomize: {images: ['{{image}}']}}}"), &["apps"]),
            (flux("{path: ./apps, images: [{name: web}]}").replace("kustomize.toolkit", "other"), &[]),
        ] {
            let object = read(text.as_bytes(), Dialect::Kubectl).objects.remove(0);
            let found = Delivery::of(&RepoPath::from("c.yaml"), &object);
            let folders: Vec<RepoPath> = folders.iter().map(|folder| RepoPath::from(*folder)).collect();
            assert_eq!(found.into_iter().map(|delivery| delivery.folder).collect::<Vec<_>>(), folders, "{text}");
            assert!(folders.is_empty() || Delivery::may_stand_in(text.as_bytes()));
        }
    }
}
