//! What one blob holds: its Deployments, and where it stops to be readable.

use rollbook::kubernetes::Version;
use rollbook::manifest::{self, Object};
use rollbook::template::{Digest, Template};
use rollbook::yaml::{self, Dialect};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

pub type Namespace = Option<String>;

/// A Deployment as a blob has it.
pub struct Deployment {
    pub template: Digest,
    pub hash: String,
    pub images: Vec<String>,
    pub replicas: Option<i64>,
    /// Its spec without template and replicas, defaults filled in.
    config: Value,
    metadata: Value,
    api_version: Value,
    /// All of it, as kubectl would send it.
    pub json: Value,
    document: Vec<u8>,
}

pub struct Contents {
    deployments: Vec<(String, Namespace, Arc<Deployment>)>,
    /// Line and column.
    pub error: Option<(u64, u64)>,
    text: Vec<u8>,
}

impl Contents {
    pub fn of(text: &[u8]) -> Contents {
        let reading = manifest::read(text, Dialect::Kubectl);
        let error = reading.unreadable().map(|error| {
            let at = yaml::position(text, error.at.start as usize);
            (u64::from(at.line), u64::from(at.column))
        });
        let deployments = reading.objects.iter().filter(|object| object.identity.kind == "Deployment").map(|object| {
            let identity = &object.identity;
            (identity.name.clone(), identity.namespace.clone(), Arc::new(Deployment::of(object, text)))
        });
        Contents { deployments: deployments.collect(), error, text: text.to_vec() }
    }

    /// The Deployments of a name, by namespace: of several, the last.
    pub fn named(&self, name: &str) -> BTreeMap<Namespace, Arc<Deployment>> {
        let same = self.deployments.iter().filter(|(other, ..)| other == name);
        same.map(|(_, namespace, deployment)| (namespace.clone(), deployment.clone())).collect()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.deployments.iter().map(|(name, ..)| name.as_str())
    }

    /// Whether it cannot be read to its end, and has the words of such a Deployment.
    pub fn may_hold(&self, name: &str) -> bool {
        let text = String::from_utf8_lossy(&self.text);
        let is_word = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let has = |word: &str| text.split(|c| !is_word(c)).any(|other| other == word);
        self.error.is_some() && has("Deployment") && has(name)
    }
}

impl Deployment {
    fn of(object: &Object, text: &[u8]) -> Deployment {
        let template = Template::decode(object.node());
        let json = object.to_json();
        let spec = json["spec"].as_object().expect("the generator writes a spec");
        let outside = spec.iter().filter(|(key, _)| !matches!(key.as_str(), "template" | "replicas"));
        let mut config: serde_json::Map<String, Value> =
            outside.map(|(key, value)| (key.clone(), value.clone())).collect();
        config.entry("revisionHistoryLimit").or_insert(json!(10));
        let images = json["spec"]["template"]["spec"]["containers"].as_array().into_iter().flatten();
        let version: Version = "1.33".parse().expect("a known version");
        Deployment {
            template: template.canonical(),
            hash: template.view(version).hash(None).expect("the generator writes what can be decoded").to_string(),
            images: images.filter_map(|container| container["image"].as_str().map(str::to_owned)).collect(),
            replicas: json["spec"]["replicas"].as_i64(),
            config: Value::Object(config),
            metadata: json["metadata"].clone(),
            api_version: json["apiVersion"].clone(),
            json,
            document: text[object.span.range()].to_vec(),
        }
    }

    /// What lies between two states, in the words and the order of the documentation.
    pub fn changes(&self, after: &Deployment, moved: bool) -> Vec<&'static str> {
        let mut changes = Vec::new();
        let mut note = |differs: bool, word| {
            if differs {
                changes.push(word)
            }
        };
        note(self.template != after.template, "rolls");
        note(self.replicas.unwrap_or(1) != after.replicas.unwrap_or(1), "scales");
        note(self.config != after.config, "config");
        note(self.metadata != after.metadata || self.api_version != after.api_version, "metadata");
        let means_the_same = changes.is_empty();
        if moved {
            changes.push("moved");
        }
        if means_the_same && self.document != after.document {
            changes.push("cosmetic");
        }
        changes
    }
}
