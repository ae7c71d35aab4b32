//! JSON read as Go reads it into a struct.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A JSON object whose fields are read by name and type: one that is absent, null or of another type has the type's
/// zero value, as it would have in Go.
#[derive(Clone, Copy)]
pub(super) struct Struct<'a>(Option<&'a Map<String, Value>>);

impl<'a> Struct<'a> {
    pub(super) fn new(value: &'a Value) -> Self {
        Self(value.as_object())
    }

    /// The field as it stands in the JSON, unless it is null.
    pub(super) fn value(self, field: &str) -> Option<&'a Value> {
        self.0?.get(field).filter(|value| !value.is_null())
    }

    /// A struct field that is always there in Go.
    pub(super) fn part(self, field: &str) -> Self {
        self.value(field).map_or(Self(None), Self::new)
    }

    /// A struct field that is a pointer in Go, where it is set.
    pub(super) fn pointer(self, field: &str) -> Option<Self> {
        self.value(field).map(Self::new)
    }

    pub(super) fn text(self, field: &str) -> &'a str {
        self.optional_text(field).unwrap_or_default()
    }

    pub(super) fn optional_text(self, field: &str) -> Option<&'a str> {
        self.value(field)?.as_str()
    }

    pub(super) fn number(self, field: &str) -> i64 {
        self.optional_number(field).unwrap_or_default()
    }

    pub(super) fn optional_number(self, field: &str) -> Option<i64> {
        self.value(field)?.as_i64()
    }

    pub(super) fn flag(self, field: &str) -> bool {
        self.value(field).and_then(Value::as_bool).unwrap_or_default()
    }

    /// A list of structs.
    pub(super) fn list(self, field: &str) -> Vec<Self> {
        self.elements(field).iter().map(Self::new).collect()
    }

    /// The same, ordered by a text in them. kubectl's sort keeps no order among equal ones when there are more than
    /// twelve; here they always stay in the order of the template.
    pub(super) fn list_by(self, field: &str, key: &str) -> Vec<Self> {
        let mut list = self.list(field);
        list.sort_by_key(|element| element.text(key));
        list
    }

    /// A list of strings.
    pub(super) fn texts(self, field: &str) -> Vec<&'a str> {
        self.elements(field).iter().map(|element| element.as_str().unwrap_or_default()).collect()
    }

    /// A map of strings (or quantities), in the order of its keys' bytes.
    pub(super) fn map(self, field: &str) -> BTreeMap<&'a str, &'a str> {
        self.part(field).entries()
    }

    /// This object as a map of strings, in the order of its keys' bytes.
    fn entries(self) -> BTreeMap<&'a str, &'a str> {
        let entries = self.0.into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), value.as_str().unwrap_or_default())).collect()
    }

    fn elements(self, field: &str) -> &'a [Value] {
        self.value(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_there_is_the_zero_value() {
        for value in [json!({}), json!(null), json!([1]), json!({"f": null}), json!({"f": {"deep": 1}})] {
            let object = Struct::new(&value);
            assert_eq!((object.text("f"), object.number("f"), object.flag("f")), ("", 0, false));
            assert!(object.list("f").is_empty() && object.texts("f").is_empty());
            assert!(object.part("f").part("deeper").map("f").is_empty());
        }
        assert!(Struct::new(&json!({"f": null})).pointer("f").is_none());
        assert!(Struct::new(&json!({"f": {}})).pointer("f").is_some());
    }

    #[test]
    fn sorting_keeps_the_order_of_equals() {
        let value = json!({"l": [{"k": "b", "n": 1}, {"n": 2}, {"k": "b", "n": 3}, {"k": "a", "n": 4}]});
        let numbers: Vec<_> = Struct::new(&value).list_by("l", "k").iter().map(|e| e.number("n")).collect();
        assert_eq!(numbers, [2, 4, 1, 3]);
    }
}
