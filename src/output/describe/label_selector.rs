//! A label selector on one line.

use super::page::NONE;
use super::structs::Struct;

/// One requirement of a selector: the key and what is written around it.
struct Requirement<'a> {
    key: &'a str,
    text: String,
}

/// The selector as `metav1.FormatLabelSelector` writes it: ordered by keys, `<none>` if it selects all, `<error>` if
/// it is not valid.
pub(super) fn format(selector: Struct<'_>) -> String {
    let equal = selector.map("matchLabels").into_iter().map(|(key, value)| equals(key, value));
    let expressions = selector.list("matchExpressions").into_iter().map(expression);
    let Some(mut requirements) = equal.chain(expressions).collect::<Option<Vec<_>>>() else {
        return "<error>".to_owned();
    };
    if requirements.is_empty() {
        return NONE.to_owned();
    }
    requirements.sort_by_key(|requirement| requirement.key);
    requirements.into_iter().map(|requirement| requirement.text).collect::<Vec<_>>().join(",")
}

fn equals<'a>(key: &'a str, value: &str) -> Option<Requirement<'a>> {
    let valid = is_key(key) && is_value(value);
    valid.then(|| Requirement { key, text: format!("{key}={value}") })
}

fn expression(expression: Struct<'_>) -> Option<Requirement<'_>> {
    let key = expression.text("key");
    let mut values = expression.texts("values");
    values.sort_unstable();
    let (wants_values, text) = match expression.text("operator") {
        "In" => (true, format!("{key} in ({})", values.join(","))),
        "NotIn" => (true, format!("{key} notin ({})", values.join(","))),
        "Exists" => (false, key.to_owned()),
        "DoesNotExist" => (false, format!("!{key}")),
        _ => return None,
    };
    let valid = is_key(key) && values.is_empty() != wants_values && values.iter().all(|value| is_value(value));
    valid.then_some(Requirement { key, text })
}

/// A label's key: a name, perhaps after a domain (`validation.IsQualifiedName`).
fn is_key(key: &str) -> bool {
    match key.split_once('/') {
        Some((domain, name)) => is_domain(domain) && is_name(name),
        None => is_name(key),
    }
}

fn is_value(value: &str) -> bool {
    value.is_empty() || is_name(value)
}

fn is_name(name: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    name.len() <= 63 && has_ends(name, u8::is_ascii_alphanumeric) && name.bytes().all(inside)
}

fn is_domain(domain: &str) -> bool {
    let end = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_label = |label: &str| has_ends(label, end) && label.bytes().all(|byte| end(&byte) || byte == b'-');
    domain.len() <= 253 && domain.split('.').all(is_label)
}

/// Whether the text has a first and a last byte of that sort.
fn has_ends(text: &str, sort: impl Fn(&u8) -> bool) -> bool {
    text.as_bytes().first().is_some_and(&sort) && text.as_bytes().last().is_some_and(&sort)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn requirements_stand_in_the_order_of_their_keys() {
        let selector = json!({
            "matchLabels": {"app": "web", "z": ""},
            "matchExpressions": [
                {"key": "tier", "operator": "In", "values": ["b", "a"]},
                {"key": "app", "operator": "NotIn", "values": ["db"]},
                {"key": "example.org/a", "operator": "Exists"},
                {"key": "b", "operator": "DoesNotExist"},
            ],
        });
        assert_eq!(format(Struct::new(&selector)), "app=web,app notin (db),!b,example.org/a,tier in (a,b),z=");
        assert_eq!(format(Struct::new(&json!({}))), "<none>");
    }

    #[test]
    fn what_is_not_valid_is_an_error() {
        for selector in [
            json!({"matchLabels": {"app": "-"}}),
            json!({"matchLabels": {"": "a"}}),
            json!({"matchLabels": {"/a": "a"}}),
            json!({"matchLabels": {"A.org/a": "a"}}),
            json!({"matchLabels": {"a/b/c": "a"}}),
            json!({"matchLabels": {"a": "x".repeat(64)}}),
            json!({"matchExpressions": [{"key": "a", "operator": "In"}]}),
            json!({"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b"]}]}),
            json!({"matchExpressions": [{"key": "a", "operator": "Gt", "values": ["1"]}]}),
        ] {
            assert_eq!(format(Struct::new(&selector)), "<error>", "{selector}");
        }
    }
}
