//! Defaults that stay when a manifest is applied over an older one: the API server filled them in once, and an apply
//! touches only what a manifest writes or wrote. Constants stay too, but a new object gets the same ones; what matters
//! are the defaults that look at another field.

use super::decode::locate;
use super::decoded::Template;
use super::host_ports::{FILLED_IN, Filled, Unhosted, unhosted};
use super::image;
use super::schema::{POD_TEMPLATE_SPEC, Type};
use super::slot::Slot;
use super::walk::{Typed, field_of};
use crate::kubernetes::Version;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a template writes of the fields whose defaults stay, and what it leaves to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unwritten {
    /// The images without a pull policy.
    pub images: Vec<Unpolicied>,
    /// `serviceAccountName` and `serviceAccount`, its old name, as they are written.
    pub accounts: [Option<String>; 2],
    /// The ports without a host port.
    pub ports: Vec<Unhosted>,
    /// Whether it is on the host's network.
    pub host_network: bool,
}

/// An image without a pull policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpolicied {
    pub list: ImageList,
    /// The place in the list.
    pub index: u32,
    /// The name of the container or volume, by which an apply finds it again.
    pub name: String,
    /// Whether the image makes `Always` the default.
    pub latest: bool,
}

/// A list of a pod whose elements have images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ImageList {
    InitContainers,
    Containers,
    Volumes,
}

impl ImageList {
    const ALL: [ImageList; 3] = [ImageList::InitContainers, ImageList::Containers, ImageList::Volumes];

    /// Its name.
    pub(super) fn field(self) -> &'static str {
        self.fields().0
    }

    /// Its name, and those of the fields of an element with the image and the policy; a volume has them one deeper.
    fn fields(self) -> (&'static str, Option<&'static str>, &'static str, &'static str) {
        match self {
            ImageList::InitContainers => ("initContainers", None, "image", "imagePullPolicy"),
            ImageList::Containers => ("containers", None, "image", "imagePullPolicy"),
            ImageList::Volumes => ("volumes", Some("image"), "reference", "pullPolicy"),
        }
    }
}

/// A default of an older manifest that a live object keeps, where a new object would get another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sticky {
    /// `imagePullPolicy` was `Always` or `IfNotPresent` when the container was made, by the image it had then.
    /// Source: `pkg/apis/core/v1/defaults.go` SetDefaults_Container, SetDefaults_Volume.
    PullPolicy { list: ImageList, index: u32, always: bool },
    /// The account of one field was copied to the other, which no manifest wrote and so none removes.
    /// Source: `pkg/apis/core/v1/conversion.go` Convert_v1_PodSpec_To_core_PodSpec and back.
    ServiceAccount(String),
    /// A port got its own number on the host while the pod was on the host's network, in versions that do that.
    HostPort { list: ImageList, index: u32, port: u32, number: String },
}

impl Sticky {
    fn write(&self, root: &mut Slot) {
        match self {
            Sticky::PullPolicy { list, index, .. } => {
                let (list, inner, _, policy) = list.fields();
                let element = element(step(spec_of(root), list), *index);
                let holder = inner.into_iter().fold(element, step);
                write(step(holder, policy), self.value());
            }
            Sticky::ServiceAccount(account) => {
                for field in ["serviceAccountName", "serviceAccount"] {
                    write(step(spec_of(root), field), account);
                }
            }
            Sticky::HostPort { list, index, port, number } => {
                let container = element(step(spec_of(root), list.field()), *index);
                let port = element(step(container, "ports"), *port);
                if let (Some((_, slot)), Ok(number)) = (step(port, "hostPort"), number.parse()) {
                    *slot = Slot::Int(number);
                }
            }
        }
    }

    /// Whether a version keeps it.
    pub fn holds_at(&self, version: Version) -> bool {
        !matches!(self, Sticky::HostPort { .. }) || FILLED_IN.has(version)
    }

    /// The field: `spec.template.spec.containers[0].imagePullPolicy`.
    pub fn field(&self) -> String {
        match self {
            Sticky::ServiceAccount(_) => "spec.template.spec.serviceAccountName".to_owned(),
            Sticky::PullPolicy { list, index, .. } => {
                let (list, inner, _, policy) = list.fields();
                let inner = inner.map_or_else(String::new, |inner| format!(".{inner}"));
                format!("spec.template.spec.{list}[{index}]{inner}.{policy}")
            }
            Sticky::HostPort { list, index, port, .. } => {
                format!("spec.template.spec.{}[{index}].ports[{port}].hostPort", list.field())
            }
        }
    }

    /// What it keeps.
    pub fn value(&self) -> &str {
        match self {
            Sticky::PullPolicy { always: true, .. } => "Always",
            Sticky::PullPolicy { .. } => "IfNotPresent",
            Sticky::ServiceAccount(account) => account,
            Sticky::HostPort { number, .. } => number,
        }
    }
}

impl Template {
    /// What it writes of the fields whose defaults stay.
    pub fn unwritten(&self) -> Unwritten {
        let spec = field_of(&POD_TEMPLATE_SPEC, &self.root, "spec");
        let account = |field| match spec.field(field).slot {
            Slot::Text(account) => Some(account.to_string()),
            _ => None,
        };
        Unwritten {
            images: ImageList::ALL.into_iter().flat_map(|list| unpolicied(spec, list)).collect(),
            accounts: ["serviceAccountName", "serviceAccount"].map(account),
            ports: unhosted(spec),
            host_network: matches!(spec.field("hostNetwork").slot, Slot::Bool(true)),
        }
    }

    /// It with the defaults that a live object keeps.
    pub fn with(&self, kept: &[Sticky]) -> Cow<'_, Template> {
        if kept.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut template = self.clone();
        if kept.iter().any(|sticky| matches!(sticky, Sticky::HostPort { .. })) {
            template.others.push((FILLED_IN, template.root.clone()));
        }
        for (versions, root) in &mut template.others {
            let holds =
                |sticky: &&Sticky| Version::all().any(|version| versions.has(version) && sticky.holds_at(version));
            kept.iter().filter(holds).for_each(|sticky| sticky.write(root));
        }
        let always = kept.iter().filter(|sticky| sticky.holds_at(Version::NEWEST));
        always.for_each(|sticky| sticky.write(&mut template.root));
        Cow::Owned(template)
    }
}

/// The images of a list that have no pull policy.
fn unpolicied(spec: Typed<'_>, list: ImageList) -> impl Iterator<Item = Unpolicied> {
    let (name, inner, image, policy) = list.fields();
    spec.field(name).elements().enumerate().filter_map(move |(index, element)| {
        let holder = inner.map_or(element, |inner| element.field(inner));
        // A null is not written either.
        let is_unwritten = holder.slot.is_set() && !holder.field(policy).slot.is_set();
        is_unwritten.then(|| Unpolicied {
            list,
            index: u32::try_from(index).unwrap_or(u32::MAX),
            name: element.field("name").slot.text().to_owned(),
            latest: image::is_latest(holder.field(image).slot.text(), None),
        })
    })
}

static ROOT: Type = Type::Struct(&POD_TEMPLATE_SPEC);

/// A slot that can be written, with its type.
type Place<'s> = Option<(&'static Type, &'s mut Slot)>;

fn spec_of(root: &mut Slot) -> Place<'_> {
    step(Some((&ROOT, root)), "spec")
}

fn step<'s>(place: Place<'s>, json: &str) -> Place<'s> {
    match place? {
        (Type::Struct(shape), Slot::Struct(slots)) => {
            let (field, slot) = locate(shape, slots, shape.find(json)?);
            Some((&field.ty, slot))
        }
        _ => None,
    }
}

fn element(place: Place<'_>, index: u32) -> Place<'_> {
    match place? {
        (Type::List(element), Slot::List(slots)) => Some((element, slots.get_mut(index as usize)?)),
        _ => None,
    }
}

fn write(place: Place<'_>, text: &str) {
    if let Some((_, slot)) = place {
        *slot = Slot::Text(text.into());
    }
}

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

    #[test]
    fn what_is_kept_is_written_into_the_template() {
        let version: crate::kubernetes::Version = "1.37".parse().unwrap();
        let pod = |more: &str| template(&format!("containers: [{{name: web, image: 'app:1'{more}}}]"));
        let kept = [Sticky::PullPolicy { list: ImageList::Containers, index: 0, always: true }];
        let hash = |template: &Template| template.view(version).hash(None).unwrap();
        assert_eq!(hash(&pod("").with(&kept)), hash(&pod(", imagePullPolicy: Always")));
        let account = [Sticky::ServiceAccount("a".into())];
        assert_eq!(
            hash(&pod("").with(&account)),
            hash(&template("serviceAccountName: a, containers: [{name: web, image: 'app:1'}]"))
        );
    }
}
