//! Where pods may run: topology spread constraints and tolerations.

use super::label_selector;
use super::page::{NONE, Page};
use super::structs::Struct;

/// Writes the constraints by topology key; nothing if there are none (`describeTopologySpreadConstraints`).
pub(super) fn write_spread_constraints(page: &mut Page, spec: Struct<'_>) {
    let constraints = spec.list_by("topologySpreadConstraints", "topologyKey");
    for (i, constraint) in constraints.into_iter().enumerate() {
        page.put(1, format_args!("{}\t", if i == 0 { "Topology Spread Constraints:" } else { "" }));
        let (key, otherwise) = (constraint.text("topologyKey"), constraint.text("whenUnsatisfiable"));
        page.put(0, format_args!("{key}:{otherwise} when max skew {} is exceeded", constraint.number("maxSkew")));
        if let Some(selector) = constraint.pointer("labelSelector") {
            page.put(0, format_args!(" for selector {}", label_selector::format(selector)));
        }
        page.put(0, format_args!("\n"));
    }
}

/// Writes the tolerations by key (`printTolerationsMultilineWithIndent`).
pub(super) fn write_tolerations(page: &mut Page, spec: Struct<'_>) {
    let tolerations = spec.list_by("tolerations", "key");
    page.put(1, format_args!("Tolerations:\t"));
    if tolerations.is_empty() {
        page.put(0, format_args!("{NONE}\n"));
    }
    for (i, toleration) in tolerations.into_iter().enumerate() {
        page.put(0, format_args!("{}{}\n", if i == 0 { "" } else { "\t" }, toleration_text(toleration)));
    }
}

/// A toleration as `key=value:Effect op=Exists for 30s`.
fn toleration_text(toleration: Struct<'_>) -> String {
    let (value, effect) = (toleration.text("value"), toleration.text("effect"));
    let mut text = toleration.text("key").to_owned();
    if !value.is_empty() {
        text += &format!("={value}");
    }
    if !effect.is_empty() {
        text += &format!(":{effect}");
    }
    if toleration.text("operator") == "Exists" && value.is_empty() {
        text += if text.is_empty() { "op=Exists" } else { " op=Exists" };
    }
    if let Some(seconds) = toleration.optional_number("tolerationSeconds") {
        text += &format!(" for {seconds}s");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_toleration_says_no_more_than_it_has() {
        for (toleration, text) in [
            (json!({"operator": "Exists"}), "op=Exists"),
            (json!({"operator": "Exists", "effect": "NoExecute"}), ":NoExecute op=Exists"),
            (json!({"key": "a", "value": "b", "effect": "NoSchedule"}), "a=b:NoSchedule"),
            (json!({"key": "a", "value": "b", "operator": "Exists", "tolerationSeconds": 0}), "a=b for 0s"),
        ] {
            assert_eq!(toleration_text(Struct::new(&toleration)), text);
        }
    }
}
