//! Init containers before they had a field: versions up to 1.7 read them from annotations of the template.
//!
//! Source: `pkg/api/v1/conversion.go` Convert_v1_PodTemplateSpec_To_api_PodTemplateSpec and back, of 1.3 to 1.7.

use super::decode::{Decoder, locate};
use super::finding::{Finding, Problem};
use super::path::{Path, Step};
use super::schema::{CONTAINER, POD_TEMPLATE_SPEC, Type};
use super::slot::Slot;
use super::walk::{Walk, field_of};
use crate::kubernetes::{Minors, Version};
use crate::yaml::{Dialect, Entry, Node, Stream, Value};

const ALPHA: &str = "pod.alpha.kubernetes.io/init-containers";
const BETA: &str = "pod.beta.kubernetes.io/init-containers";
/// In both of which the containers stand from 1.4 on, and nowhere else.
pub(super) const CONTAINERS: [&str; 2] = [ALPHA, BETA];
/// The versions that read the first alone, and those that read the second in place of the first.
const READ: [(Minors, &[&str]); 2] = [(Minors::range(3, 3), &[ALPHA]), (Minors::range(4, 7), &[BETA, ALPHA])];
/// Defaults were once a part of the conversion, and then had to be filled in by hand here: at first none were, then those of
/// containers, then all, from one patch release to another.
const DEFAULTS_DIFFER: Minors = Minors::range(5, 6);

/// The keys that a version reads, the one that it takes first.
pub(super) fn read_by(version: Version) -> &'static [&'static str] {
    READ.iter().find(|(versions, _)| versions.has(version)).map_or(&[], |(_, keys)| *keys)
}

/// Whether the walk's version takes the init containers from an annotation of this template.
pub(super) fn is_read(walk: &Walk<'_>) -> bool {
    let annotations = field_of(&POD_TEMPLATE_SPEC, walk.root, "metadata").field("annotations").slot;
    let Slot::Map(entries) = annotations else { return false };
    let keys = walk.version.map_or(&[][..], read_by);
    entries.iter().any(|(key, _)| keys.contains(&&**key))
}

/// What the versions have in place of the root that read init containers from an annotation, and what is wrong in it.
pub(super) fn roots(object: &Node, root: &Slot) -> (Vec<(Minors, Slot)>, Vec<Finding>) {
    let entries = object.at(&["spec", "template", "metadata", "annotations"]).map(Node::entries).unwrap_or_default();
    let (mut roots, mut findings) = (Vec::new(), Vec::new());
    for (versions, keys) in READ {
        let written = |key: &&str| entries.iter().find(|entry| entry.key == *key && entry.value.as_str().is_some());
        let Some(entry) = keys.iter().find_map(written) else { continue };
        let mut decoder = Decoder { caseless: true, in_template: true, ..Decoder::default() };
        match containers(entry, versions, &mut decoder) {
            Some(containers) => {
                let problem =
                    Problem::Unhashed { what: "read as init containers, with defaults that patch releases differ in" };
                let unsure =
                    (!containers.elements().is_empty()).then(|| finding(entry, problem, versions.and(DEFAULTS_DIFFER)));
                findings.extend(unsure);
                roots.push((versions, with(root, containers)));
            }
            None => {
                let problem = Problem::WrongType { wanted: "a JSON list of containers", found: "a string" };
                findings.push(finding(entry, problem, versions));
            }
        }
        let errors = decoder.findings.into_iter().filter(|found| Version::all().any(|version| found.is_error(version)));
        findings.extend(errors.map(|finding| Finding { span: entry.value.span, ..finding }));
    }
    (roots, findings)
}

fn finding(entry: &Entry, problem: Problem, known: Minors) -> Finding {
    Finding { path: path_of(entry, |path| path.text()), span: entry.value.span, problem, known }
}

/// The containers of an annotation, as Go's `json.Unmarshal` reads them.
fn containers(entry: &Entry, versions: Minors, decoder: &mut Decoder) -> Option<Slot> {
    static ELEMENT: Type = Type::Struct(&CONTAINER);
    static LIST: Type = Type::List(&ELEMENT);
    let text = entry.value.as_str()?;
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let stream = Stream::parse(format!("{{\"list\": {text}}}").as_bytes(), Dialect::Kubectl);
    let list = stream.documents.first()?.root.get("list")?;
    match &list.value {
        Value::Null => Some(Slot::Absent),
        Value::Sequence(_) => Some(path_of(entry, |path| decoder.value(&LIST, list, versions, path))),
        _ => None,
    }
}

/// The path of an annotation.
fn path_of<T>(entry: &Entry, then: impl FnOnce(&Path<'_>) -> T) -> T {
    let root = Path { parent: None, step: Step::Key("spec.template.metadata.annotations") };
    then(&root.then(Step::Key(&entry.key)))
}

/// The root with other init containers.
fn with(root: &Slot, containers: Slot) -> Slot {
    let mut root = root.clone();
    let spec = match (&mut root, POD_TEMPLATE_SPEC.find("spec")) {
        (Slot::Struct(slots), Some(place)) => Some(locate(&POD_TEMPLATE_SPEC, slots, place)),
        _ => None,
    };
    if let Some((field, Slot::Struct(slots))) = spec
        && let Type::Struct(shape) = &field.ty
        && let Some(place) = shape.find("initContainers")
    {
        *locate(shape, slots, place).1 = containers;
    }
    root
}

#[cfg(test)]
mod tests {
    use crate::kubernetes::Version;
    use crate::template::Template;
    use crate::yaml::{Dialect, Stream};

    fn template(annotations: &str, spec: &str) -> Template {
        let text = format!(
            "spec: {{template: {{metadata: {{annotations: {{{annotations}}}}}, spec: {{{spec}containers: [{{name: web, image: web}}]}}}}}}"
        );
        Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root)
    }

    fn dump(template: &Template, version: &str) -> String {
        template.view(version.parse::<Version>().unwrap()).dump().unwrap_or_else(|finding| finding.to_string())
    }

    const ONE: &str = r#"'[{"name": "one", "IMAGE": "one:1", "ports": [{"containerPort": 1}]}]'"#;

    #[test]
    fn each_version_reads_the_annotations_that_it_knows() {
        let alpha = template(&format!("pod.alpha.kubernetes.io/init-containers: {ONE}"), "");
        let beta = template(&format!("pod.beta.kubernetes.io/init-containers: {ONE}"), "");
        let one = "InitContainers:([]api.Container)[{Name:(string)one Image:(string)one:1 ";
        for (template, version, is_read) in [
            (&alpha, "1.2", false),
            (&alpha, "1.3", true),
            (&beta, "1.3", false),
            (&beta, "1.4", true),
            (&alpha, "1.4", true),
        ] {
            let dump = dump(template, version);
            assert_eq!(dump.contains(one), is_read, "{version}: {dump}");
            // What is read goes from the annotations, of which then none is left.
            assert_eq!(dump.contains("Annotations:(map[string]string)map[]"), is_read, "{version}: {dump}");
            assert_eq!(dump.contains("init-containers:[{"), !is_read, "{version}: {dump}");
        }
        assert!(dump(&alpha, "1.4").contains("Protocol:(api.Protocol)TCP"), "defaults are filled in");
    }

    #[test]
    fn at_1_7_the_annotation_counts_as_the_field_does() {
        let field = template("", "initContainers: [{name: one, image: 'one:1', ports: [{containerPort: 1}]}], ");
        let annotation =
            template(&format!("pod.beta.kubernetes.io/init-containers: {ONE}"), "initContainers: [{name: other}], ");
        assert_eq!(dump(&field, "1.7"), dump(&annotation, "1.7"));
        assert_ne!(dump(&field, "1.4"), dump(&annotation, "1.4"), "1.4 has no field");
        assert_ne!(dump(&field, "1.8"), dump(&annotation, "1.8"), "1.8 reads no annotation");
        for version in ["1.5", "1.6"] {
            assert!(dump(&annotation, version).contains("patch releases differ"), "{}", dump(&annotation, version));
            assert!(!dump(&field, version).contains("patch releases differ"));
        }
    }

    #[test]
    fn no_containers_are_none() {
        let none = template("", "");
        for list in ["'[]'", "'null'"] {
            let annotated = template(&format!("pod.alpha.kubernetes.io/init-containers: {list}"), "");
            for version in ["1.3", "1.4", "1.5", "1.6", "1.7"] {
                assert_eq!(dump(&annotated, version), dump(&none, version), "{list} at {version}");
            }
        }
    }

    #[test]
    fn what_is_no_list_of_containers_is_refused() {
        for (text, message) in [
            ("'[{]'", "wants a JSON list of containers, not a string"),
            ("'{\"name\": \"one\"}'", "wants a JSON list of containers, not a string"),
            ("'[{\"image\": 1}]'", "init-containers[0].image` wants a string, not a number"),
        ] {
            let annotated = template(&format!("pod.beta.kubernetes.io/init-containers: {text}"), "");
            assert!(dump(&annotated, "1.4").contains(message), "{}", dump(&annotated, "1.4"));
            assert!(dump(&annotated, "1.3").starts_with("(api."), "1.3 does not read it");
            assert!(dump(&annotated, "1.10").starts_with("(v1."), "1.10 drops it");
        }
    }
}
