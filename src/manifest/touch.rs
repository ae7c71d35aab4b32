//! What of a kustomization may change pod templates, and how two of them differ in that.

use super::kustomization::is_empty;
use super::patch::{may_patch_workload, may_set_image, patch_text, patched};
use crate::yaml::{self, Node, Value};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What may change pod templates: images by their names, patches by the workloads that they name, and all the rest as a
/// digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touch {
    images: BTreeMap<String, ImageChange>,
    workloads: BTreeMap<Named, Vec<String>>,
    rest: Option<[u8; 32]>,
    /// Whether patches, those in files apart, or the rest may give a container another image.
    sets_images: bool,
    /// Whether objects have other names behind it.
    renames: bool,
}

/// The kind and the name of an object.
pub type Named = (String, String);

/// An entry of `images`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ImageChange {
    written: String,
    new_name: Option<String>,
}

/// How what touches templates differs between two states of a kustomization: of all that it takes in, or only of
/// containers with images of these names, and of these workloads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub anything: bool,
    pub images: BTreeSet<String>,
    pub workloads: BTreeSet<Named>,
}

impl Difference {
    /// One that may be in anything.
    pub fn anything() -> Difference {
        Difference { anything: true, ..Difference::default() }
    }

    /// Whether there is none.
    pub fn is_nothing(&self) -> bool {
        *self == Difference::default()
    }

    /// Takes another one in.
    pub fn join(&mut self, other: &Difference) {
        self.anything |= other.anything;
        self.images.extend(other.images.iter().cloned());
        self.workloads.extend(other.workloads.iter().cloned());
    }
}

/// A field that may change a pod template where it says anything.
struct Field {
    name: &'static str,
    sets_images: bool,
}

const fn field(name: &'static str, sets_images: bool) -> Field {
    Field { name, sets_images }
}

/// Generators change a template that names what they make, which only rendering tells; `namespace` and `replicas` do
/// not, and `crds`, `validators`, `helmCharts` leave the objects that were there as they are.
const TOUCHING: [Field; 11] = [
    field("namePrefix", false),
    field("nameSuffix", false),
    field("commonLabels", false),
    field("commonAnnotations", false),
    field("configMapGenerator", false),
    field("secretGenerator", false),
    field("generators", false),
    field("transformers", true),
    field("replacements", true),
    field("vars", true),
    field("configurations", true),
];

/// Fields that change how those work.
const MODIFYING: [&str; 2] = ["generatorOptions", "openapi"];

const PATCHES: [&str; 3] = ["patches", "patchesStrategicMerge", "patchesJson6902"];

impl Touch {
    /// What the fields of a kustomization, or of an object that has the same, may change.
    pub fn of(node: &Node) -> Touch {
        let written = |name: &str| node.get(name).filter(|value| !is_empty(value));
        let fields: Vec<&Field> = TOUCHING.iter().filter(|field| written(field.name).is_some()).collect();
        let labels: Vec<&Node> = items(node, "labels").iter().filter(|label| labels_templates(label)).collect();
        let patches = PATCHES.iter().flat_map(|name| items(node, name)).filter(|patch| may_patch_workload(patch));
        let patches: Vec<&Node> = patches.collect();
        let mut workloads: BTreeMap<Named, Vec<String>> = BTreeMap::new();
        let mut unnamed = Vec::new();
        for patch in &patches {
            match patched(patch) {
                Some(named) => {
                    for named in named {
                        workloads.entry(named).or_default().push(yaml::json_text(patch));
                    }
                }
                None => unnamed.push(*patch),
            }
        }
        let remote = |path: &&Node| path.as_str().is_some_and(is_remote);
        let remote: Vec<&Node> = items(node, "components").iter().filter(remote).collect();
        let inline = patches.iter().filter_map(|patch| patch_text(patch)).any(may_set_image);
        let sets_images = fields.iter().any(|field| field.sets_images) || inline || !remote.is_empty();
        let names = fields.iter().map(|field| field.name);
        let mut said: Vec<(&str, &Node)> = names.filter_map(|name| Some((name, written(name)?))).collect();
        said.extend(labels.into_iter().map(|label| ("labels", label)));
        said.extend(unnamed.into_iter().map(|patch| ("patches", patch)));
        said.extend(remote.into_iter().map(|path| ("components", path)));
        if !said.is_empty() {
            said.extend(MODIFYING.iter().filter_map(|name| Some((*name, written(name)?))));
        }
        let rest = (!said.is_empty()).then(|| digest(&said));
        let renames = ["namePrefix", "nameSuffix", "transformers"].into_iter().any(|name| written(name).is_some());
        Touch { images: images(node), workloads, rest, sets_images, renames }
    }

    /// What is known of a kustomization that cannot be read.
    pub(super) fn unknown(text: &[u8]) -> Touch {
        Touch { rest: Some(Sha256::digest(text).into()), sets_images: true, renames: true, ..Touch::default() }
    }

    /// Whether it changes no template.
    pub fn is_empty(&self) -> bool {
        self.images.is_empty() && self.workloads.is_empty() && self.rest.is_none()
    }

    /// Whether objects have other names behind it than in their files.
    pub fn renames(&self) -> bool {
        self.renames
    }

    /// Whether containers may have other images after it than those that [`Touch::renamed`] tells of. Of patches in
    /// files, [`may_set_image`] tells.
    pub fn sets_images(&self) -> bool {
        self.sets_images
    }

    /// The names that images get.
    pub fn renamed(&self) -> impl Iterator<Item = &str> {
        self.images.values().filter_map(|change| change.new_name.as_deref())
    }

    /// The names that an image gets.
    pub fn new_names(&self, image: &str) -> impl Iterator<Item = &str> {
        let changes = self.images.iter().filter(move |(name, _)| is_image_of(image, name));
        changes.filter_map(|(_, change)| change.new_name.as_deref())
    }

    /// How another state of the kustomization differs.
    pub fn difference(&self, other: &Touch) -> Difference {
        Difference {
            anything: self.rest != other.rest,
            images: differing(&self.images, &other.images),
            workloads: differing(&self.workloads, &other.workloads),
        }
    }
}

/// The keys whose values differ.
fn differing<K: Ord + Clone, V: PartialEq>(one: &BTreeMap<K, V>, other: &BTreeMap<K, V>) -> BTreeSet<K> {
    one.keys().chain(other.keys()).filter(|key| one.get(*key) != other.get(*key)).cloned().collect()
}

/// Whether an image is the one of that name, whatever its tag or digest (`filters/imagetag: isImageMatched`).
pub fn is_image_of(image: &str, name: &str) -> bool {
    image.strip_prefix(name).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with("@sha256:") || rest.strip_prefix(':').is_some_and(|tag| !tag.contains('/'))
    })
}

/// A path that leads to another repository, of which nothing is known here.
fn is_remote(path: &str) -> bool {
    path.contains("://") || path.contains("?ref=") || path.starts_with("git@") || path.starts_with('/')
}

fn items<'n>(node: &'n Node, field: &str) -> &'n [Node] {
    node.get(field).map(Node::items).unwrap_or_default()
}

/// The entries of a kustomization that give images another name, tag or digest. `imageTags` is their list's old name.
pub fn image_entries(kustomization: &Node) -> impl Iterator<Item = &Node> {
    ["images", "imageTags"].into_iter().flat_map(|field| items(kustomization, field))
}

fn images(node: &Node) -> BTreeMap<String, ImageChange> {
    let change = |entry: &Node| {
        let name = entry.get("name").and_then(Node::as_str)?.to_owned();
        let new_name = entry.get("newName").and_then(Node::as_str).map(str::to_owned);
        Some((name, ImageChange { written: yaml::json_text(entry), new_name }))
    };
    image_entries(node).filter_map(change).collect()
}

/// Labels go to templates where they are told to, by a word or by a path.
fn labels_templates(label: &Node) -> bool {
    let set = |key: &str| label.get(key).is_some_and(|value| value.value == Value::Bool(true));
    let fields = || label.get("fields").is_some_and(|fields| !is_empty(fields));
    set("includeTemplates") || set("includeSelectors") || fields()
}

fn digest(said: &[(&str, &Node)]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for (field, node) in said {
        digest.update(format!("{field}={}\n", yaml::json_text(node)));
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Kustomization;

    fn touch(text: &str) -> Touch {
        Kustomization::read(text.as_bytes()).touch
    }

    #[test]
    fn a_kustomization_that_changes_templates_is_told_from_one_that_does_not() {
        for (text, touches) in [
            ("resources: [web.yaml]", false),
            ("resources: [web.yaml]\nnamespace: shop\nreplicas: [{name: web, count: 2}]", false),
            ("images: [{name: web, newTag: '2'}]", true),
            ("imageTags: [{name: web, newTag: '2'}]", true),
            ("images: []", false),
            ("namePrefix: ''", false),
            ("namePrefix: dev-", true),
            ("nameSuffix: -dev", true),
            ("commonLabels: {a: b}", true),
            ("commonAnnotations: {a: b}", true),
            ("labels: [{pairs: {a: b}}]", false),
            ("labels: [{pairs: {a: b}, includeTemplates: true}]", true),
            ("labels: [{pairs: {a: b}, includeSelectors: true}]", true),
            ("labels: [{pairs: {a: b}, fields: [{path: spec/template/metadata/labels}]}]", true),
            ("patches: [{path: p.yaml}]", true),
            ("patches: [overlays/p.yaml]", true),
            ("patches: [{path: p.yaml, target: {kind: Ingress}}]", false),
            ("patches: [{path: p.yaml, target: {kind: HelmRelease, name: x}}]", false),
            ("patches: [{path: p.yaml, target: {kind: 'Deployment|Job'}}]", true),
            ("patches: [{path: p.yaml, target: {kind: StatefulSet}}]", true),
            ("patches: [{path: p.yaml, target: {name: web}}]", true),
            ("patches: [{patch: \"kind: Service\\nmetadata: {name: a}\"}]", false),
            ("patches: [{patch: \"kind: Deployment\\nmetadata: {name: a}\"}]", true),
            ("patches: [{patch: \"[{op: add, path: /spec}]\"}]", true),
            ("patches: [{patch: \"kind: [\"}]", true),
            ("patchesStrategicMerge: [\"kind: Service\\nmetadata: {name: a}\"]", false),
            ("patchesStrategicMerge: [p.yaml]", true),
            ("patchesJson6902: [{path: p.yaml, target: {kind: Service}}]", false),
            ("configMapGenerator: [{name: a}]", true),
            ("generatorOptions: {disableNameSuffixHash: true}", false),
            ("transformers: [t.yaml]", true),
            ("replacements: [{path: r.yaml}]", true),
            ("vars: [{name: A}]", true),
            ("helmCharts: [{name: x}]", false),
            ("crds: [a.yaml]", false),
            ("validators: [v.yaml]", false),
            ("components: [../c]", false),
            ("components: ['https://example.org/c?ref=1']", true),
            ("components: ['github.com/o/r//c?ref=1']", true),
            ("buildMetadata: [originAnnotations]", false),
        ] {
            assert_eq!(!touch(text).is_empty(), touches, "{text}");
        }
    }

    #[test]
    fn two_states_differ_in_images_in_workloads_or_in_anything() {
        let nothing = Difference::default;
        let anything = Difference::anything;
        let images = |names: &[&str]| Difference {
            images: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Difference::default()
        };
        let web =
            || Difference { workloads: [("Deployment".to_owned(), "web".to_owned())].into(), ..Difference::default() };
        let two = "images: [{name: web, newTag: '1'}, {name: db, newTag: '1'}]";
        let inline = |value: &str| {
            format!("patches: [{{patch: \"kind: Deployment\\nmetadata: {{name: web}}\\nspec: {{a: {value}}}\"}}]")
        };
        let target = |name: &str| format!("patches: [{{path: p.yaml, target: {{kind: Deployment, name: {name}}}}}]");
        for (before, after, difference) in [
            ("resources: [a.yaml]", "resources: [a.yaml, b.yaml]", nothing()),
            ("namespace: a", "namespace: b", nothing()),
            (two, "# x\nimages:\n- newTag: '1'\n  name: web\n- {name: db, newTag: '1'}", nothing()),
            (two, "images: [{name: db, newTag: '1'}, {name: web, newTag: '1'}]", nothing()),
            (two, "images: [{name: web, newTag: '2'}, {name: db, newTag: '1'}]", images(&["web"])),
            (two, "images: [{name: web, newTag: '1'}]", images(&["db"])),
            ("", two, images(&["db", "web"])),
            (&inline("1"), &inline("2"), web()),
            (&inline("1"), "", web()),
            ("", &target("web"), web()),
            ("", &target("web.*"), anything()),
            ("namePrefix: a-", "namePrefix: b-", anything()),
            ("patches: [{path: p.yaml}]", "patches: [{path: q.yaml}]", anything()),
            (
                "secretGenerator: [{name: a, literals: [p=1]}]",
                "secretGenerator: [{name: a, literals: [p=2]}]",
                anything(),
            ),
            (
                "configMapGenerator: [{name: a}]",
                "configMapGenerator: [{name: a}]\ngeneratorOptions: {disableNameSuffixHash: true}",
                anything(),
            ),
        ] {
            assert_eq!(touch(before).difference(&touch(after)), difference, "{before}\n{after}");
        }
    }

    #[test]
    fn an_image_is_told_by_its_name() {
        for (image, name, is) in [
            ("web", "web", true),
            ("web:1", "web", true),
            ("web@sha256:ab", "web", true),
            ("web:1@sha256:ab", "web", true),
            ("webapp:1", "web", false),
            ("registry:5000/web", "registry", false),
            ("ghcr.io/shop/web:1", "web", false),
            ("ghcr.io/shop/web:1", "ghcr.io/shop/web", true),
        ] {
            assert_eq!(is_image_of(image, name), is, "{image} {name}");
        }
    }
}
