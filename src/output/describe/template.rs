//! The template's sections in kubectl's order (k8s.io/kubectl/pkg/describe: `DescribePodTemplate`).

use super::container;
use super::metadata;
use super::page::Page;
use super::revision::Described;
use super::scheduling;
use super::structs::Struct;
use super::volumes;
use crate::kubernetes::CHANGE_CAUSE;

const HASH_LABEL: &str = "pod-template-hash";

/// Writes all of the template, with the label and the annotation that the revision adds.
pub(super) fn write(page: &mut Page, revision: &Described<'_>, template: Struct<'_>) {
    let spec = template.part("spec");
    page.put(0, format_args!("Pod Template:\n"));
    write_metadata(page, revision, template.part("metadata"));
    write_named(page, "Service Account", spec.text("serviceAccountName"));
    let init = spec.list("initContainers");
    if !init.is_empty() {
        container::write_all(page, "Init Containers", &init);
    }
    container::write_all(page, "Containers", &spec.list("containers"));
    volumes::write_all(page, &spec.list("volumes"));
    scheduling::write_spread_constraints(page, spec);
    write_named(page, "Priority Class Name", spec.text("priorityClassName"));
    metadata::write_labels(page, "  Node-Selectors", &spec.map("nodeSelector"));
    scheduling::write_tolerations(page, spec);
}

fn write_metadata(page: &mut Page, revision: &Described<'_>, of: Struct<'_>) {
    let mut labels = of.map("labels");
    labels.extend(revision.hash.map(|hash| (HASH_LABEL, hash)));
    metadata::write_labels(page, "  Labels", &labels);
    let mut annotations = of.map("annotations");
    annotations.extend(revision.change_cause.filter(|cause| !cause.is_empty()).map(|cause| (CHANGE_CAUSE, cause)));
    if !annotations.is_empty() {
        metadata::write_annotations(page, "  Annotations", annotations);
    }
}

fn write_named(page: &mut Page, title: &str, name: &str) {
    if !name.is_empty() {
        page.put(1, format_args!("{title}:\t{name}\n"));
    }
}

#[cfg(test)]
mod tests {
    use crate::output::describe::Described;
    use serde_json::json;

    #[test]
    fn the_revision_has_the_last_word_on_its_label_and_annotation() {
        let template = json!({"metadata": {
            "labels": {"pod-template-hash": "mine", "app": "a"},
            "annotations": {"kubernetes.io/change-cause": "old"},
        }});
        let (hash, change_cause) = (Some("6c5f67b5f7"), Some("new"));
        let text = Described { name: "", revision: Some(1), hash, change_cause, template: &template }.terminal();
        assert!(text.contains("  Labels:\tapp=a\n\tpod-template-hash=6c5f67b5f7\n"), "{text}");
        assert!(text.contains("  Annotations:\tkubernetes.io/change-cause: new\n"), "{text}");
    }
}
