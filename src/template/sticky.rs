//! Defaults that stay when a manifest is applied over an older one: the API server filled them in once, and an apply
//! touches only what a manifest writes or wrote.

use super::decode::Template;
use super::image;
use super::schema::POD_TEMPLATE_SPEC;
use super::walk::field_of;
use std::collections::BTreeMap;

/// What a template leaves to defaults that stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The containers without a pull policy.
    pub containers: Vec<Unwritten>,
    /// The service account, by either of its names; empty if there is none.
    pub service_account: String,
}

/// A container without a pull policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritten {
    /// Whether it is an init container.
    pub init: bool,
    /// Its place among them.
    pub index: u32,
    pub name: String,
    /// Whether its image makes `Always` the default.
    pub latest: bool,
}

impl Template {
    /// What it leaves to defaults that stay.
    pub fn kept(&self) -> Kept {
        let spec = field_of(&POD_TEMPLATE_SPEC, &self.root, "spec");
        let mut containers = Vec::new();
        for (list, init) in [("initContainers", true), ("containers", false)] {
            let unwritten = spec.field(list).elements().enumerate().filter(|(_, container)| {
                !container.field("imagePullPolicy").slot.is_set() // a null is not written either
            });
            containers.extend(unwritten.map(|(index, container)| Unwritten {
                init,
                index: u32::try_from(index).unwrap_or(u32::MAX),
                name: container.field("name").slot.text().to_owned(),
                latest: image::is_latest(container.field("image").slot.text(), None),
            }));
        }
        let accounts = ["serviceAccountName", "serviceAccount"].map(|name| spec.field(name).slot.text());
        let account = accounts.into_iter().find(|account| !account.is_empty());
        Kept { containers, service_account: account.unwrap_or_default().to_owned() }
    }
}

/// What a live object carries that its manifests do not say, followed from apply to apply.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// Whether the default pull policy is `Always`, for each container that has never had one written.
    policies: BTreeMap<(bool, String), bool>,
    service_account: String,
}

impl Applied {
    /// Applies the next template; gives the fields whose live value is an older default, and not what a new object
    /// would get.
    pub fn apply(&mut self, template: &Kept) -> Vec<String> {
        let mut kept = self.apply_policies(template);
        match (template.service_account.as_str(), self.service_account.as_str()) {
            ("", "") => {}
            ("", _) => kept.push("spec.template.spec.serviceAccountName".into()),
            (account, _) => self.service_account = account.to_owned(),
        }
        kept
    }

    fn apply_policies(&mut self, template: &Kept) -> Vec<String> {
        let (mut next, mut kept) = (BTreeMap::new(), Vec::new());
        for Unwritten { init, index, name, latest } in &template.containers {
            let key = (*init, name.clone());
            let live = self.policies.get(&key).copied().unwrap_or(*latest);
            if live != *latest {
                let list = if *init { "initContainers" } else { "containers" };
                kept.push(format!("spec.template.spec.{list}[{index}].imagePullPolicy"));
            }
            next.insert(key, live);
        }
        self.policies = next;
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Dialect, Stream};

    fn template(pod: &str) -> Template {
        let text = format!("spec: {{template: {{spec: {{{pod}}}}}}}");
        Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root)
    }

    #[test]
    fn the_first_default_stays_until_a_policy_is_written() {
        let mut live = Applied::default();
        let policy = ["spec.template.spec.containers[0].imagePullPolicy"];
        for (image, kept) in [
            ("image: app", &[][..]),
            ("image: 'app:1'", &policy[..]),
            ("image: 'app:2'", &policy[..]),
            ("image: 'app:2', imagePullPolicy: Never", &[]),
            ("image: 'app:3'", &[]),
            ("image: 'app:latest'", &policy[..]),
        ] {
            let template = template(&format!("containers: [{{name: web, {image}}}]"));
            assert_eq!(live.apply(&template.kept()), kept, "{image}");
        }
    }

    #[test]
    fn a_removed_service_account_stays() {
        let mut live = Applied::default();
        assert!(live.apply(&template("serviceAccountName: web").kept()).is_empty());
        assert_eq!(live.apply(&template("containers: []").kept()), ["spec.template.spec.serviceAccountName"]);
    }
}
