//! JSON Schema of the documents, generated from their types.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::{Document, HashItem, History, Item, ManifestItem};

/// The schemas, by file name: what `docs/schema/` holds.
pub fn schemas() -> [(&'static str, String); 3] {
    [
        ("history.json", schema::<History>()),
        ("hashes.json", schema::<HashItem>()),
        ("manifests.json", schema::<ManifestItem>()),
    ]
}

fn schema<T: Item>() -> String {
    // As written, not as read: what can be null is there all the same.
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema: Value = generator.into_root_schema_for::<Document<T>>().into();
    let kind = json!(T::KIND);
    schema["title"] = kind.clone();
    schema["properties"]["kind"] = json!({ "const": kind });
    if let Some(definitions) = schema["$defs"].as_object_mut() {
        definitions.remove("DocumentKind");
    }
    format!("{schema:#}\n")
}
