//! An object as kubectl would send it.

use serde_json::{Map, Number, Value as Json};

use crate::text::Sensitive;
use crate::yaml::{Node, Value};

/// The node as JSON, keys in the order of the text, the values of Secrets hidden. Numbers are as Go writes them, where
/// JSON in Rust can say that: a whole number has no fraction, so `1.0` is `1`.
pub fn to_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => Json::Number(float(*number)),
        Value::String(text) => Json::String(text.clone()),
        Value::Sealed(_) => Json::String(Sensitive::HIDDEN.to_owned()),
        Value::Sequence(items) => items.iter().map(to_json).collect(),
        Value::Mapping(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), to_json(&entry.value))).collect::<Map<_, _>>())
        }
    }
}

/// The same, where each hidden value that the other node has not got at its place, or has otherwise, says so with a word:
/// `hidden (old)`.
pub fn masked(node: &Node, other: Option<&Node>, word: &str) -> Json {
    let at = |place: usize| other.and_then(|other| other.items().get(place));
    match &node.value {
        Value::Sealed(_) if other.is_none_or(|other| other.value != node.value) => {
            Json::String(format!("{} ({word})", Sensitive::HIDDEN))
        }
        Value::Sequence(items) => items.iter().enumerate().map(|(place, item)| masked(item, at(place), word)).collect(),
        Value::Mapping(entries) => {
            let value = |key: &str, value| masked(value, other.and_then(|other| other.get(key)), word);
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), value(&entry.key, &entry.value))).collect())
        }
        _ => to_json(node),
    }
}

/// encoding/json writes a float64 below 1e21 without an exponent, and a whole one without a fraction.
fn float(number: f64) -> Number {
    const WHOLE: std::ops::Range<f64> = -9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0;
    if number.fract() == 0.0 && WHOLE.contains(&number) {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number in the range of i64")]
        return Number::from(number as i64);
    }
    Number::from_f64(number).expect("the parser gives no infinity and no NaN")
}
