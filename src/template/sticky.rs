//! Defaults that stay when a manifest is applied over an older one: the API server filled them in once, and an apply
//! touches only what a manifest writes or wrote.

use super::decode::Template;
use super::image;
use super::schema::POD_TEMPLATE_SPEC;
use super::walk::field_of;
use std::collections::BTreeMap;

/// What a live object carries that its manifests do not say, followed from apply to apply.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// Whether the default pull policy is `Always`, for each container that has never had one written.
    policies: BTreeMap<(&'static str, String), bool>,
    service_account: String,
}

impl Applied {
    /// Applies the next template; gives the fields whose live value is an older default, and not what a new object
    /// would get.
    pub fn apply(&mut self, template: &Template) -> Vec<String> {
        let mut kept = self.apply_policies(template);
        let spec = field_of(&POD_TEMPLATE_SPEC, &template.root, "spec");
        let account = ["serviceAccountName", "serviceAccount"].map(|name| spec.field(name).slot.text());
        match account {
            ["", ""] if !self.service_account.is_empty() => kept.push("spec.template.spec.serviceAccountName".into()),
            ["", old] => self.service_account = old.to_owned(),
            [name, _] => self.service_account = name.to_owned(),
        }
        kept
    }

    fn apply_policies(&mut self, template: &Template) -> Vec<String> {
        let spec = field_of(&POD_TEMPLATE_SPEC, &template.root, "spec");
        let (mut next, mut kept) = (BTreeMap::new(), Vec::new());
        for list in ["initContainers", "containers"] {
            for (index, container) in spec.field(list).elements().enumerate() {
                if container.field("imagePullPolicy").slot.is_set() {
                    continue;
                }
                let own = image::is_latest(container.field("image").slot.text(), None);
                let key = (list, container.field("name").slot.text().to_owned());
                let live = self.policies.get(&key).copied().unwrap_or(own);
                if live != own {
                    kept.push(format!("spec.template.spec.{list}[{index}].imagePullPolicy"));
                }
                next.insert(key, live);
            }
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
            assert_eq!(live.apply(&template(&format!("containers: [{{name: web, {image}}}]"))), kept, "{image}");
        }
    }

    #[test]
    fn a_removed_service_account_stays() {
        let mut live = Applied::default();
        assert!(live.apply(&template("serviceAccountName: web")).is_empty());
        assert_eq!(live.apply(&template("containers: []")), ["spec.template.spec.serviceAccountName"]);
    }
}
