//! JSON Schema of the documents, generated from their types.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::{
    BlameItem, DiffItem, Document, DriftItem, FindingItem, HashItem, History, Item, ListItem, LogItem, ManifestItem,
    OperationItem, StatusItem, WhenceItem,
};

/// The schemas, by file name: what `docs/schema/` holds.
pub fn schemas() -> [(&'static str, String); 12] {
    [
        ("history.json", schema::<History>()),
        ("hashes.json", schema::<HashItem>()),
        ("manifests.json", schema::<ManifestItem>()),
        ("list.json", schema::<ListItem>()),
        ("log.json", schema::<LogItem>()),
        ("diff.json", schema::<DiffItem>()),
        ("whence.json", schema::<WhenceItem>()),
        ("blame.json", schema::<BlameItem>()),
        ("findings.json", schema::<FindingItem>()),
        ("status.json", schema::<StatusItem>()),
        ("operations.json", schema::<OperationItem>()),
        ("drift.json", schema::<DriftItem>()),
    ]
}

fn schema<T: Item>() -> String {
    // As written, not as read: what can be null is there all the same.
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema: Value = generator.into_root_schema_for::<Document<T>>().into();
    let kind = json!(T::KIND);
    schema["properties"]["kind"] = json!({ "const": kind });
    schema["$defs"]["Untrusted"]["description"] = json!("Text as it stands in the repository.");
    if let Some(definitions) = schema["$defs"].as_object_mut() {
        definitions.shift_remove("DocumentKind");
    }
    let mut headed = json!({ "$schema": null, "title": kind });
    if let (Some(headed), Some(schema)) = (headed.as_object_mut(), schema.as_object_mut()) {
        schema.shift_remove("title");
        headed.append(schema);
    }
    format!("{headed:#}\n")
}
