//! Who wrote a place of a live object: its `metadata.managedFields` (`structured-merge-diff`'s `fieldpath`).
//!
//! ```text
//!   f:spec ─ f:template ─ f:spec ─ f:containers ─ k:{"name":"web"} ─ f:image ─ {}
//! ```

use super::path::{Path, Step};
use serde_json::Value as Json;

/// A writer of fields, and the last time that it wrote any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manager {
    /// `kubectl-edit`
    pub name: String,
    /// `Apply`, or `Update` of any other way to write.
    pub operation: String,
    /// `scale`, where it wrote through that.
    pub subresource: Option<String>,
    /// RFC 3339.
    pub time: Option<String>,
}

/// The last one who wrote what stands at a place, of an object's `metadata.managedFields`; none where nobody is known, as
/// of what was removed.
pub fn manager(path: &Path, managed: &Json) -> Option<Manager> {
    let text = |entry: &Json, key: &str| entry.get(key).and_then(Json::as_str).map(str::to_owned);
    // Times of RFC 3339 in UTC are in order as texts.
    let last = owners(path, managed).max_by_key(|entry| text(entry, "time"))?;
    Some(Manager {
        name: text(last, "manager")?,
        operation: text(last, "operation").unwrap_or_default(),
        subresource: text(last, "subresource").filter(|name| !name.is_empty()),
        time: text(last, "time"),
    })
}

/// The entries of whoever wrote what stands at a place.
pub(super) fn owners<'m>(path: &Path, managed: &'m Json) -> impl Iterator<Item = &'m Json> {
    let steps = path.steps();
    let entries = managed.as_array().into_iter().flatten();
    entries.filter(move |entry| entry.get("fieldsV1").is_some_and(|fields| owns(fields, &steps)))
}

/// Whether a manager applied what stands at a place, and nobody else wrote it.
pub(super) fn is_only_of(path: &Path, managed: &Json, manager: &str) -> bool {
    let mut owners = owners(path, managed).peekable();
    owners.peek().is_some() && owners.all(|entry| entry["manager"] == manager && entry["operation"] == "Apply")
}

fn owns(fields: &Json, steps: &[Step]) -> bool {
    let Some(fields) = fields.as_object() else { return false };
    let below = match steps.first() {
        None => return true,
        // Whoever owns no part of it owns the whole.
        _ if fields.is_empty() => return true,
        Some(Step::Key(key)) => fields.get(&format!("f:{key}")),
        Some(Step::Item(Some(item))) => {
            let is_its = |field: &String| {
                let keys = field.strip_prefix("k:").and_then(|keys| serde_json::from_str(keys).ok());
                keys.is_some_and(|keys: serde_json::Map<String, Json>| item.is_of(&keys))
            };
            fields.iter().find(|(field, _)| is_its(field)).map(|(_, below)| below)
        }
        Some(Step::Item(None) | Step::Root) => None,
    };
    below.is_some_and(|below| owns(below, &steps[1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::diff;
    use crate::manifest::read;
    use crate::yaml::Dialect;
    use serde_json::json;

    #[test]
    fn the_last_writer_of_a_place_is_found() {
        let objects = read(
            b"{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: A, list: [1], ports: [{port: 53, name: a}, \
              {port: 53, protocol: UDP, name: a}]}}\n---\n{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: B, list: [2], ports: \
              [{port: 53, name: b}, {port: 53, protocol: UDP, name: c}]}}",
            Dialect::Kubectl,
        )
        .objects;
        let entry = |manager: &str, time: &str, spec: Json| json!({"manager": manager, "operation": "Update", "time": time, "fieldsV1": {"f:spec": spec}});
        let managed = json!([
            entry(
                "git",
                "2026-01-01T00:00:00Z",
                json!({"f:type": {}, "f:list": {}, "f:ports": {r#"k:{"port":53,"protocol":"TCP"}"#: {".": {}, "f:name": {}}}})
            ),
            entry(
                "edit",
                "2026-02-01T00:00:00Z",
                json!({"f:type": {}, "f:ports": {r#"k:{"port":53,"protocol":"UDP"}"#: {"f:name": {}}}})
            ),
            entry("old", "2025-02-01T00:00:00Z", json!({"f:type": {}})),
        ]);
        let found: Vec<_> = diff(&objects[0], &objects[1])
            .iter()
            .map(|change| {
                (change.path.shown().as_str().to_owned(), manager(&change.path, &managed).map(|one| one.name))
            })
            .collect();
        let named = |path: &str, name: Option<&str>| (path.to_owned(), name.map(str::to_owned));
        assert_eq!(
            found,
            [
                named("spec.type", Some("edit")),
                named("spec.list[0]", Some("git")),
                named("spec.ports[port=53].name", Some("git")),
                named("spec.ports[port=53,protocol=UDP].name", Some("edit")),
            ]
        );
    }
}
