//! One kustomization: what it takes in, and whether it changes pod templates on the way.

use crate::yaml::{self, Dialect, Node, Stream, Value};

/// The names that kustomize looks for in a folder.
pub const KUSTOMIZATION_FILES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Fields that may change a pod template. Generators do where a template names what they make, which only rendering
/// tells; `namespace` and `replicas` do not.
const TOUCHING: [&str; 16] = [
    "images",
    "imageTags",
    "namePrefix",
    "nameSuffix",
    "commonLabels",
    "commonAnnotations",
    "configMapGenerator",
    "secretGenerator",
    "generators",
    "transformers",
    "patches",
    "patchesStrategicMerge",
    "patchesJson6902",
    "replacements",
    "vars",
    "configurations",
];

/// What a kustomization says, its paths relative to its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kustomization {
    /// Files and folders that it takes objects and other kustomizations from.
    pub resources: Vec<String>,
    /// Folders of kustomizations that change what it has taken in.
    pub components: Vec<String>,
    /// Files that are not objects but changes to some.
    pub patches: Vec<String>,
    /// Whether it may change a pod template.
    pub touches: bool,
}

impl Kustomization {
    /// Reads a kustomization; of one that cannot be read nothing is known but that it may change templates.
    pub fn read(text: &[u8]) -> Kustomization {
        let stream = Stream::parse(text, Dialect::Kustomize);
        match (stream.documents.first(), &stream.error) {
            (Some(document), None) => Kustomization::of(&document.root),
            _ => Kustomization { touches: true, ..Kustomization::default() },
        }
    }

    fn of(node: &Node) -> Kustomization {
        let strings = |key: &str| node.get(key).map(Node::items).unwrap_or_default().iter().filter_map(Node::as_str);
        let paths = |key: &str| {
            let items = node.get(key).map(Node::items).unwrap_or_default();
            items.iter().filter_map(|item| item.get("path").and_then(Node::as_str))
        };
        let files = |text: &&str| !text.contains('\n');
        let labels = node.get("labels").map(Node::items).unwrap_or_default();
        let written = |key: &str| node.get(key).is_some_and(|value| !is_empty(value));
        Kustomization {
            components: strings("components").map(Into::into).collect(),
            resources: ["resources", "bases"].into_iter().flat_map(strings).map(Into::into).collect(),
            patches: strings("patchesStrategicMerge")
                .filter(files)
                .chain(["patches", "patchesJson6902"].into_iter().flat_map(paths))
                .map(Into::into)
                .collect(),
            touches: TOUCHING.into_iter().any(written)
                || labels.iter().any(|label| {
                    let set = |key: &str| label.get(key).is_some_and(|value| value.value == Value::Bool(true));
                    set("includeTemplates") || set("includeSelectors")
                }),
        }
    }
}

fn is_empty(node: &yaml::Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => node.items().is_empty() && node.entries().is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kustomization_that_changes_templates_is_told_from_one_that_does_not() {
        for (text, touches) in [
            ("resources: [web.yaml]", false),
            ("resources: [web.yaml]\nnamespace: shop\nreplicas: [{name: web, count: 2}]", false),
            ("images: [{name: web, newTag: '2'}]", true),
            ("images: []", false),
            ("labels: [{pairs: {a: b}}]", false),
            ("labels: [{pairs: {a: b}, includeTemplates: true}]", true),
            ("patches: [{path: p.yaml}]", true),
            ("resources: [", true),
        ] {
            assert_eq!(Kustomization::read(text.as_bytes()).touches, touches, "{text}");
        }
    }

    #[test]
    fn what_it_takes_in_is_told_from_what_it_changes_with() {
        let text = "bases: [../base]\ncomponents: [../c]\npatchesStrategicMerge: [a.yaml, \"kind: X\\n\"]\npatches: [{path: b.yaml}, {patch: x}]";
        let read = Kustomization::read(text.as_bytes());
        assert_eq!((read.resources, read.components), (vec!["../base".into()], vec!["../c".into()]));
        assert_eq!(read.patches, ["a.yaml", "b.yaml"]);
    }
}
