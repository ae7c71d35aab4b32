//! The claim that an ephemeral volume is made from.

use super::metadata;
use super::page::Page;
use super::structs::Struct;

/// The class's annotation of old, which still wins (`storageutil.GetPersistentVolumeClaimClass`).
const BETA_CLASS: &str = "volume.beta.kubernetes.io/storage-class";

/// Writes the template of the claim, if the volume has one (`printPersistentVolumeClaim`).
pub(super) fn write(page: &mut Page, volume: Struct<'_>) {
    if let Some(template) = volume.pointer("volumeClaimTemplate") {
        page.nested(2, |page| write_claim(page, template.part("metadata"), template.part("spec")));
    }
}

fn write_claim(page: &mut Page, metadata: Struct<'_>, spec: Struct<'_>) {
    let annotations = metadata.map("annotations");
    let class = annotations.get(BETA_CLASS).copied().unwrap_or(spec.text("storageClassName"));
    let volume = spec.text("volumeName");
    page.put(0, format_args!("StorageClass:\t{class}\n"));
    page.put(0, format_args!("Volume:\t{volume}\n"));
    metadata::write_labels(page, "Labels", &metadata.map("labels"));
    metadata::write_annotations(page, "Annotations", annotations);
    // Both come from the status, which a template does not have: a claim that names its volume has a capacity of 0.
    page.put(0, format_args!("Capacity:\t{}\n", if volume.is_empty() { "" } else { "0" }));
    page.put(0, format_args!("Access Modes:\t\n"));
    if let Some(mode) = spec.optional_text("volumeMode") {
        page.put(0, format_args!("VolumeMode:\t{mode}\n"));
    }
    if let Some(source) = spec.pointer("dataSource") {
        write_data_source(page, source);
    }
}

fn write_data_source(page: &mut Page, source: Struct<'_>) {
    page.put(0, format_args!("DataSource:\n"));
    if let Some(group) = source.optional_text("apiGroup") {
        page.put(1, format_args!("APIGroup:\t{group}\n"));
    }
    page.put(1, format_args!("Kind:\t{}\n", source.text("kind")));
    page.put(1, format_args!("Name:\t{}\n", source.text("name")));
}
