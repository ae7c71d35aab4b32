//! An object as the API server keeps it, where that is not how it was written.

use super::Object;
use crate::kubernetes::Kind;
use crate::text::Sensitive;
use crate::yaml::{Entry, Node, Value};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

impl Object {
    /// The object as it is kept: of a Secret, `stringData` is in `data`, and line ends in its base64 are gone. Any other is
    /// as it is.
    #[must_use]
    pub fn stored(&self) -> Object {
        if Kind::of(&self.identity.kind) != Some(Kind::Secret) {
            return self.clone();
        }
        let mut node = self.node().clone();
        let plain = take(&mut node, "stringData");
        let data = take(&mut node, "data");
        let [plain, data] =
            [plain, data].map(|entry| entry.map(|entry| entry.value.entries().to_vec()).unwrap_or_default());
        let encoded = data.into_iter().map(|entry| changed(entry, |text| text.replace(['\r', '\n'], "")));
        let plain = plain.into_iter().map(|entry| changed(entry, |text| STANDARD.encode(text)));
        let mut all: Vec<Entry> = Vec::new();
        for entry in encoded.chain(plain) {
            // The API server writes `stringData` over what `data` says.
            all.retain(|known| known.key != entry.key);
            all.push(entry);
        }
        if let (Value::Mapping(entries), false) = (&mut node.value, all.is_empty()) {
            let (span, style) = (self.node().span, self.node().style);
            let value = Node { value: Value::Mapping(all), span, style };
            entries.push(Entry { key: "data".to_owned(), key_span: span, value });
        }
        self.with_node(node)
    }
}

fn take(node: &mut Node, key: &str) -> Option<Entry> {
    let Value::Mapping(entries) = &mut node.value else { return None };
    let at = entries.iter().position(|entry| entry.key == key)?;
    Some(entries.remove(at))
}

/// A sealed text, changed; what is no text stays.
fn changed(mut entry: Entry, change: impl Fn(&str) -> String) -> Entry {
    let text = match &entry.value.value {
        Value::Sealed(value) => serde_json::from_str::<String>(value.expose()).ok(),
        _ => None,
    };
    if let Some(text) = text {
        let json = serde_json::Value::String(change(&text)).to_string();
        entry.value.value = Value::Sealed(Sensitive::new(json));
    }
    entry
}
