//! Volumes: the lines of the table, and what some types have below them.

use super::amount::Amount;
use super::claim;
use super::metadata;
use super::page::{NONE, Page};
use super::structs::Struct;
use super::volume_types::{Line, Shape, TYPES};

/// Writes all volumes under their title.
pub(super) fn write_all(page: &mut Page, volumes: &[Struct<'_>]) {
    page.put(1, format_args!("Volumes:{}\n", if volumes.is_empty() { "\t<none>" } else { "" }));
    for volume in volumes {
        page.put(1, format_args!(" {}:\n", volume.text("name")));
        write_source(page, *volume);
    }
}

fn write_source(page: &mut Page, volume: Struct<'_>) {
    let typed = TYPES.iter().find_map(|row| Some((row, volume.pointer(row.field)?)));
    let Some((row, source)) = typed else {
        return page.put(1, format_args!("<unknown>\n"));
    };
    page.put(2, format_args!("Type:\t{}\n", row.title));
    for Line(words, field, shape) in row.lines {
        page.put(2, format_args!("{words}\t{}\n", shown(source, field, *shape)));
    }
    match row.field {
        "downwardAPI" => write_items(page, source),
        "projected" => write_projections(page, source),
        "csi" => write_attributes(page, source),
        "ephemeral" => claim::write(page, source),
        _ => {}
    }
}

fn shown(source: Struct<'_>, field: &str, shape: Shape) -> String {
    match shape {
        Shape::Text => source.text(field).to_owned(),
        Shape::Number => source.number(field).to_string(),
        Shape::Flag => source.flag(field).to_string(),
        Shape::TextOrNone => source.optional_text(field).unwrap_or(NONE).to_owned(),
        Shape::NumberOrNone => source.optional_number(field).map_or(NONE.to_owned(), |number| number.to_string()),
        Shape::List => format!("[{}]", source.texts(field).join(" ")),
        Shape::Joined => source.texts(field).join(", "),
        Shape::Map => {
            let entries = source.map(field).into_iter().map(|(key, value)| format!("{key}:{value}"));
            format!("map[{}]", entries.collect::<Vec<_>>().join(" "))
        }
        // Go's debug form of the generated type (k8s.io/api/core/v1: `LocalObjectReference.String`).
        Shape::Reference => source
            .pointer(field)
            .map_or("nil".to_owned(), |reference| format!("&LocalObjectReference{{Name:{},}}", reference.text("name"))),
        Shape::Size => {
            let size = source.text(field);
            let size = if Amount::parse(size).is_some_and(Amount::is_positive) { size } else { "<unset>" };
            size.to_owned()
        }
    }
}

fn write_items(page: &mut Page, source: Struct<'_>) {
    page.put(2, format_args!("Items:\n"));
    for item in source.list("items") {
        for (reference, field) in [("fieldRef", "fieldPath"), ("resourceFieldRef", "resource")] {
            if let Some(reference) = item.pointer(reference) {
                page.put(3, format_args!("{} -> {}\n", reference.text(field), item.text("path")));
            }
        }
    }
}

/// kubectl 1.33 knows four kinds of projections and passes over the others.
fn write_projections(page: &mut Page, source: Struct<'_>) {
    for projection in source.list("sources") {
        if let Some(secret) = projection.pointer("secret") {
            write_projected_object(page, "SecretName", secret);
        } else if projection.pointer("downwardAPI").is_some() {
            page.put(2, format_args!("DownwardAPI:\ttrue\n"));
        } else if let Some(config_map) = projection.pointer("configMap") {
            write_projected_object(page, "ConfigMapName", config_map);
        } else if let Some(token) = projection.pointer("serviceAccountToken") {
            page.put(2, format_args!("TokenExpirationSeconds:\t{}\n", token.number("expirationSeconds")));
        }
    }
}

fn write_projected_object(page: &mut Page, words: &str, object: Struct<'_>) {
    page.put(2, format_args!("{words}:\t{}\n", object.text("name")));
    page.put(2, format_args!("Optional:\t{}\n", object.flag("optional")));
}

/// Each attribute after the first is indented three times over (`printCSIPersistentVolumeAttributesMultilineIndent`).
fn write_attributes(page: &mut Page, source: Struct<'_>) {
    let attributes = source.map("volumeAttributes");
    page.put(2, format_args!("VolumeAttributes:\t"));
    if attributes.is_empty() {
        page.put(0, format_args!("{NONE}\n"));
    }
    for (i, (key, value)) in attributes.into_iter().enumerate() {
        if i > 0 {
            page.put(2, format_args!(""));
            page.put(2, format_args!("\t"));
        }
        page.put(2, format_args!(""));
        metadata::write_cut(page, &format!("{key}={value}"), metadata::LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn described(source: serde_json::Value) -> String {
        let mut page = Page::default();
        write_source(&mut page, Struct::new(&source));
        page.into_string()
    }

    #[test]
    fn what_kubectl_does_not_know_is_unknown() {
        assert_eq!(described(json!({"name": "a", "novelty": {}, "hostPath": null})), "  <unknown>\n");
    }

    #[test]
    fn a_size_of_nothing_is_unset() {
        for (size, text) in [("0", "<unset>"), ("-1Gi", "<unset>"), ("64Mi", "64Mi")] {
            let text = format!("    SizeLimit:\t{text}\n");
            assert!(described(json!({"emptyDir": {"sizeLimit": size}})).ends_with(&text), "{size}");
        }
    }

    #[test]
    fn attributes_are_cut_and_indented_as_kubectl_does() {
        let text = described(json!({"csi": {"volumeAttributes": {"a": "1", "b": "x".repeat(139)}}}));
        let last = format!("{}\tb={}...\n", " ".repeat(8), "x".repeat(138)).replace('\t', "\t    ");
        assert!(text.ends_with(&format!("    VolumeAttributes:\t    a=1\n{last}")), "{text}");
    }

    #[test]
    fn references_and_maps_are_shown_in_gos_debug_form() {
        let text = described(json!({"flexVolume": {"secretRef": {"name": "s"}, "options": {"b": "2", "a": "1"}}}));
        assert!(text.contains("    SecretRef:\t&LocalObjectReference{Name:s,}\n"), "{text}");
        assert!(text.ends_with("    Options:\tmap[a:1 b:2]\n"), "{text}");
        assert!(described(json!({"flexVolume": {}})).contains("    SecretRef:\tnil\n"));
    }
}
