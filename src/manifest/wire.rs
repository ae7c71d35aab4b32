//! An object as it goes to the API server, with all that it says.

use super::{Object, to_json};
use crate::yaml::{Dialect, Node, Stream};
use serde_json::Value as Json;

impl Object {
    /// The object as kubectl would send it: the values of a Secret too, so for the API server and for nothing that is
    /// shown. `text` is what the object was read from.
    pub fn wire(&self, text: &[u8]) -> Json {
        let documents = Stream::parse(text, Dialect::Kubectl).documents;
        let node = documents.iter().find_map(|document| match document.span == self.span {
            true => Some(&document.root),
            false => self.item(&document.root),
        });
        to_json(node.expect("the object was read from the text"))
    }

    /// Where it stands in a list, or in a list of that.
    fn item<'n>(&self, list: &'n Node) -> Option<&'n Node> {
        let items = list.get("items")?.items();
        items.iter().find_map(|node| if node.span == self.span { Some(node) } else { self.item(node) })
    }
}

#[cfg(test)]
mod tests {
    use crate::manifest::read;
    use crate::yaml::Dialect;

    #[test]
    fn a_secret_goes_out_with_its_values() {
        let text = b"kind: List\napiVersion: v1\nitems:\n- {kind: Secret, apiVersion: v1, metadata: {name: a}, stringData: {b: c}}\n---\nkind: A\napiVersion: b/v1\nmetadata: {name: a}\nspec: {c: 1}\n";
        let objects = read(text, Dialect::Kubectl).objects;
        let sent: Vec<String> = objects.iter().map(|object| object.wire(text).to_string()).collect();
        assert_eq!(sent[0], r#"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"a"},"stringData":{"b":"c"}}"#);
        assert_eq!(sent[1], r#"{"kind":"A","apiVersion":"b/v1","metadata":{"name":"a"},"spec":{"c":1}}"#);
        assert!(objects[0].to_json().to_string().contains("hidden"));
    }
}
