//! What a text says, by another parser than ours.

use serde::Deserialize as _;
use serde_yaml::{Deserializer, Value};

const CAUSE: &str = "kubernetes.io/change-cause";

/// The documents of a text.
pub fn documents(text: &str) -> Vec<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Deserializer::from_str(text).map(|document| Value::deserialize(document).expect("a document")).collect()
}

/// The pod template of the Deployment.
pub fn template(text: &str) -> Value {
    let mut documents = documents(text);
    let deployment = documents.iter_mut().find_map(deployment).expect("the Deployment");
    deployment["spec"]["template"].clone()
}

/// All that a text says besides the template and the cause.
pub fn rest(text: &str) -> Vec<Value> {
    let mut documents = documents(text);
    let deployment = documents.iter_mut().find_map(deployment).expect("the Deployment");
    deployment["spec"]["template"] = Value::Null;
    if let Some(cause) = deployment["metadata"]["annotations"].get_mut(CAUSE) {
        *cause = Value::Null;
    }
    documents
}

/// The Deployment without its cause.
pub fn object(text: &str) -> Value {
    let mut documents = documents(text);
    let deployment = documents.iter_mut().find_map(deployment).expect("the Deployment");
    if let Some(annotations) = deployment["metadata"]["annotations"].as_mapping_mut() {
        annotations.shift_remove(CAUSE);
    }
    deployment.clone()
}

/// All other objects.
pub fn others(text: &str) -> Vec<Value> {
    let mut documents = documents(text);
    *documents.iter_mut().find_map(deployment).expect("the Deployment") = Value::Null;
    documents
}

/// The cause that the Deployment carries.
pub fn cause(text: &str) -> Option<String> {
    let mut documents = documents(text);
    let deployment = documents.iter_mut().find_map(deployment).expect("the Deployment");
    deployment["metadata"]["annotations"].get(CAUSE)?.as_str().map(str::to_owned)
}

fn deployment(document: &mut Value) -> Option<&mut Value> {
    match document["kind"].as_str()? {
        "Deployment" => Some(document),
        "List" => document["items"].as_sequence_mut()?.iter_mut().find_map(deployment),
        _ => None,
    }
}
