//! A live object, followed from apply to apply: the defaults of older manifests that it carries.

use super::host_ports::Filled;
use super::sticky::{ImageList, Sticky, Unpolicied, Unwritten};
use std::collections::BTreeMap;

/// What a live object carries that its manifests do not say, followed from apply to apply.
///
/// ```
/// use rollbook::template::{Live, Template};
/// use rollbook::yaml::{Dialect, Stream};
/// let template = |image: &str| {
///     let text = format!("spec: {{template: {{spec: {{containers: [{{name: web, image: '{image}'}}]}}}}}}");
///     Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root)
/// };
/// let mut live = Live::default();
/// assert!(live.apply(&template("nginx").unwritten()).is_empty()); // the policy becomes `Always`
/// let next = template("nginx:1.25");
/// let kept = live.apply(&next.unwritten());
/// assert_eq!(kept[0].value(), "Always"); // and stays that
/// let version: rollbook::kubernetes::Version = "1.37".parse().unwrap();
/// assert_ne!(next.with(&kept).view(version).hash(None).unwrap(), next.view(version).hash(None).unwrap());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Live {
    /// Whether the default pull policy is `Always`, for each image that has never had one written.
    policies: BTreeMap<(ImageList, String), bool>,
    /// The account, which stands in both fields.
    account: String,
    /// Which of the two the last manifest wrote, so that the next removes it by leaving it out.
    wrote: [bool; 2],
    /// The host ports that were filled in.
    ports: Filled,
}

impl Live {
    /// Applies the next template, as `kubectl apply` does; gives the defaults that it then has from an older one.
    pub fn apply(&mut self, template: &Unwritten) -> Vec<Sticky> {
        let mut kept = self.keep_policies(&template.images);
        kept.extend(self.keep_account(&template.accounts));
        kept.extend(self.ports.apply(&template.ports, template.host_network));
        kept
    }

    fn keep_policies(&mut self, images: &[Unpolicied]) -> Vec<Sticky> {
        let (mut next, mut kept) = (BTreeMap::new(), Vec::new());
        for Unpolicied { list, index, name, latest } in images {
            let key = (*list, name.clone());
            let always = self.policies.get(&key).copied().unwrap_or(*latest);
            if always != *latest {
                kept.push(Sticky::PullPolicy { list: *list, index: *index, always });
            }
            next.insert(key, always);
        }
        self.policies = next;
        kept
    }

    fn keep_account(&mut self, written: &[Option<String>; 2]) -> Option<Sticky> {
        let first =
            |accounts: [&str; 2]| accounts.into_iter().find(|account| !account.is_empty()).unwrap_or("").to_owned();
        let live = [0, 1].map(|field| match &written[field] {
            Some(account) => account.as_str(),
            None if self.wrote[field] => "",
            None => self.account.as_str(),
        });
        let (live, new) = (first(live), first([0, 1].map(|field| written[field].as_deref().unwrap_or(""))));
        self.wrote = [0, 1].map(|field| written[field].is_some());
        self.account.clone_from(&live);
        (live != new).then_some(Sticky::ServiceAccount(live))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;
    use crate::yaml::{Dialect, Stream};

    fn template(pod: &str) -> Template {
        let text = format!("spec: {{template: {{spec: {{{pod}}}}}}}");
        Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root)
    }

    /// Applies one pod after the other, and tells what each keeps.
    fn kept(pods: &[&str]) -> Vec<Vec<String>> {
        let mut live = Live::default();
        let tell = |sticky: Sticky| format!("{}: {}", sticky.field(), sticky.value());
        pods.iter().map(|pod| live.apply(&template(pod).unwritten()).into_iter().map(tell).collect()).collect()
    }

    #[test]
    fn the_first_policy_stays_until_one_is_written() {
        let mut live = Live::default();
        for (image, value) in [
            ("image: app", None),
            ("image: 'app:1'", Some("Always")),
            ("image: 'app:2'", Some("Always")),
            ("image: 'app:2', imagePullPolicy: Never", None),
            ("image: 'app:3'", None),
            ("image: 'app:latest'", Some("IfNotPresent")),
        ] {
            let kept = live.apply(&template(&format!("containers: [{{name: web, {image}}}]")).unwritten());
            assert_eq!(kept.first().map(Sticky::value), value, "{image}");
        }
    }

    #[test]
    fn the_policy_of_an_image_volume_stays_with_its_name() {
        let volume = |image: &str| format!("volumes: [{{name: v, image: {{reference: '{image}'}}}}]");
        let pods = [volume("data"), volume("data:1")];
        let told = kept(&pods.each_ref().map(String::as_str));
        assert_eq!(told[1], ["spec.template.spec.volumes[0].image.pullPolicy: Always"]);
    }

    #[test]
    fn an_account_stays_where_its_other_field_was_filled_in() {
        for (pods, account) in [
            (&["serviceAccountName: a", "containers: []", "containers: []"][..], Some("a")),
            (&["serviceAccount: a", "containers: []"], Some("a")),
            (&["serviceAccountName: a", "serviceAccountName: b"], None),
            (&["serviceAccount: a", "serviceAccount: b"], Some("a")), // the other field wins
            (&["serviceAccountName: a", "serviceAccount: b"], None),
            (&["serviceAccountName: a, serviceAccount: a", "containers: []"], None), // both are removed
        ] {
            let told = kept(pods).pop().unwrap();
            let expected = account.map(|account| format!("spec.template.spec.serviceAccountName: {account}"));
            assert_eq!(told, Vec::from_iter(expected), "{pods:?}");
        }
    }
}
