//! One kustomization: what it takes in, what it works with, and what of it changes pod templates on the way.

use super::touch::Touch;
use crate::yaml::{Dialect, Node, Stream, Value};

/// The names that kustomize looks for in a folder.
pub const KUSTOMIZATION_FILES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// What a kustomization says, its paths relative to its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kustomization {
    /// Files and folders that it takes objects and other kustomizations from.
    pub resources: Vec<String>,
    /// Folders of kustomizations that change what it has taken in.
    pub components: Vec<String>,
    /// Files, and folders of kustomizations, that are no objects of it but are used on them.
    pub inputs: Vec<Input>,
    /// What of it may change pod templates.
    pub touch: Touch,
    /// Whether it could not be read, so that it may take in anything.
    pub unreadable: bool,
}

/// A file that a kustomization works with, and the field that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub path: String,
    pub field: &'static str,
}

/// Fields whose files do not get into the objects that are taken in.
const APART: [&str; 4] = ["crds", "validators", "helmCharts", "helmChartInflationGenerator"];

impl Input {
    /// Whether another content of it may make other pod templates.
    pub fn touches(&self) -> bool {
        !APART.contains(&self.field)
    }

    /// Whether it is a patch, and no file that a generator or transformer reads.
    pub fn is_patch(&self) -> bool {
        self.field.starts_with("patches")
    }
}

/// How the entries of a field name files.
#[derive(Clone, Copy)]
enum Names {
    /// Each entry is a path, or the text itself where it has several lines.
    Paths,
    /// Each entry has a path under that key.
    Under(&'static str),
    /// Each entry has a list of paths under that key.
    ListUnder(&'static str),
    /// The same, where a path may have the key that it gets before it: `key=path`.
    KeyedUnder(&'static str),
    /// The field is no list but has a path under that key.
    Of(&'static str),
}

/// The fields that name files, as kustomize has them (`api/types/kustomization.go`) and had them (`imageTags`, patches
/// as paths: `types.FixKustomizationPreUnmarshalling`).
const INPUTS: &[(&str, Names)] = &[
    ("patches", Names::Under("path")),
    ("patches", Names::Paths),
    ("patchesStrategicMerge", Names::Paths),
    ("patchesJson6902", Names::Under("path")),
    ("replacements", Names::Under("path")),
    ("configMapGenerator", Names::KeyedUnder("files")),
    ("configMapGenerator", Names::ListUnder("envs")),
    ("configMapGenerator", Names::Under("env")),
    ("secretGenerator", Names::KeyedUnder("files")),
    ("secretGenerator", Names::ListUnder("envs")),
    ("secretGenerator", Names::Under("env")),
    ("generators", Names::Paths),
    ("transformers", Names::Paths),
    ("validators", Names::Paths),
    ("configurations", Names::Paths),
    ("crds", Names::Paths),
    ("openapi", Names::Of("path")),
    ("helmCharts", Names::Under("valuesFile")),
    ("helmCharts", Names::ListUnder("additionalValuesFiles")),
    ("helmChartInflationGenerator", Names::Under("values")),
];

impl Kustomization {
    /// Reads a kustomization; of one that cannot be read nothing is known but that it may change templates.
    pub fn read(text: &[u8]) -> Kustomization {
        let stream = Stream::parse(text, Dialect::Kustomize);
        match (stream.documents.first(), &stream.error) {
            (Some(document), None) => Kustomization::of(&document.root),
            (None, None) => Kustomization::default(),
            _ => Kustomization { touch: Touch::unknown(text), unreadable: true, ..Kustomization::default() },
        }
    }

    fn of(node: &Node) -> Kustomization {
        let owned = |paths: Vec<&str>| paths.into_iter().map(str::to_owned).collect();
        let mut inputs: Vec<Input> = Vec::new();
        for (field, names) in INPUTS {
            let Some(value) = node.get(field) else { continue };
            inputs.extend(names.paths(value).into_iter().map(|path| Input { path: path.to_owned(), field }));
        }
        let taken = ["resources", "bases"].into_iter().filter_map(|field| node.get(field));
        Kustomization {
            resources: owned(taken.flat_map(|value| Names::Paths.paths(value)).collect()),
            components: owned(node.get("components").map(|value| Names::Paths.paths(value)).unwrap_or_default()),
            inputs,
            touch: Touch::of(node),
            unreadable: false,
        }
    }

    /// Whether two take in and work with the same files, and may change templates or not alike.
    pub fn is_shaped_like(&self, other: &Kustomization) -> bool {
        let shape = |of: &Kustomization| (of.touches(), of.unreadable);
        shape(self) == shape(other)
            && self.resources == other.resources
            && self.components == other.components
            && self.inputs == other.inputs
    }

    /// Whether it may change a pod template by itself.
    pub fn touches(&self) -> bool {
        !self.touch.is_empty()
    }
}

impl Names {
    fn paths(self, field: &Node) -> Vec<&str> {
        let entries = field.items().iter();
        let lists = |key| field.items().iter().filter_map(move |entry| entry.get(key)).flat_map(Node::items);
        let found: Vec<&Node> = match self {
            Names::Paths => entries.collect(),
            Names::Under(key) => entries.filter_map(|entry| entry.get(key)).collect(),
            Names::ListUnder(key) | Names::KeyedUnder(key) => lists(key).collect(),
            Names::Of(key) => field.get(key).into_iter().collect(),
        };
        let is_path = |text: &&str| !text.is_empty() && !text.contains('\n');
        found.into_iter().filter_map(Node::as_str).filter(is_path).map(|text| self.without_key(text)).collect()
    }

    /// `generators.ParseFileSource`: what stands before the `=` is the key that the file gets.
    fn without_key(self, text: &str) -> &str {
        match self {
            Names::KeyedUnder(_) => text.split_once('=').map_or(text, |(_, path)| path),
            _ => text,
        }
    }
}

/// Whether a field says nothing.
pub(super) fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Kustomization {
        Kustomization::read(text.as_bytes())
    }

    #[test]
    fn what_it_takes_in_is_told_from_what_it_changes_with() {
        let read =
            read("bases: [../base]\nresources: [web.yaml, ../db]\ncomponents: [../c]\npatches: [{path: p.yaml}]");
        assert_eq!(
            (read.resources, read.components),
            (vec!["web.yaml".into(), "../db".into(), "../base".into()], vec!["../c".into()])
        );
        assert_eq!(read.inputs, [Input { path: "p.yaml".into(), field: "patches" }]);
    }

    #[test]
    fn every_field_that_names_files_is_known() {
        for (text, field, paths) in [
            (
                "patches: [{path: a.yaml}, {patch: 'kind: X'}, {patch: x, path: b.yaml}]",
                "patches",
                &["a.yaml", "b.yaml"][..],
            ),
            ("patches: [overlays/a.yaml]", "patches", &["overlays/a.yaml"]),
            ("patchesStrategicMerge: [a.yaml, \"kind: X\\n\"]", "patchesStrategicMerge", &["a.yaml"]),
            ("patchesJson6902: [{target: {kind: X}, path: a.yaml}]", "patchesJson6902", &["a.yaml"]),
            ("replacements: [{path: a.yaml}, {source: {kind: X}}]", "replacements", &["a.yaml"]),
            (
                "configMapGenerator: [{name: a, files: [a.yaml, key=b.yaml], literals: [x=y]}]",
                "configMapGenerator",
                &["a.yaml", "b.yaml"],
            ),
            ("configMapGenerator: [{name: a, envs: [.env]}, {env: b.env}]", "configMapGenerator", &[".env", "b.env"]),
            ("secretGenerator: [{name: a, files: [tls.crt=pem/a.crt]}]", "secretGenerator", &["pem/a.crt"]),
            ("generators: [../gen, 'kind: X\n\n  ']", "generators", &["../gen"]),
            ("transformers: [t.yaml]", "transformers", &["t.yaml"]),
            ("validators: [v.yaml]", "validators", &["v.yaml"]),
            ("configurations: [c.yaml]", "configurations", &["c.yaml"]),
            ("crds: [crd.json]", "crds", &["crd.json"]),
            ("openapi: {path: schema.json}", "openapi", &["schema.json"]),
            (
                "helmCharts: [{name: x, valuesFile: v.yaml, additionalValuesFiles: [w.yaml]}]",
                "helmCharts",
                &["v.yaml", "w.yaml"],
            ),
            (
                "helmChartInflationGenerator: [{chartName: x, values: v.yaml}]",
                "helmChartInflationGenerator",
                &["v.yaml"],
            ),
        ] {
            let inputs = read(text).inputs;
            assert!(inputs.iter().all(|input| input.field == field), "{text}");
            assert_eq!(inputs.iter().map(|input| input.path.as_str()).collect::<Vec<_>>(), paths, "{text}");
        }
    }

    #[test]
    fn an_unreadable_one_may_do_anything_and_an_empty_one_does_nothing() {
        for (text, unreadable) in
            [("resources: [", true), ("<<<<<<< HEAD\na: 1\n=======\n", true), ("", false), ("# none\n", false)]
        {
            assert_eq!((read(text).unreadable, read(text).touches()), (unreadable, unreadable), "{text}");
        }
    }
}
