//! Defaults that stay when a manifest is applied over an older one: the API server filled them in once, and an apply
//! touches only what a manifest writes or wrote. Constants stay too, but a new object gets the same ones; what matters
//! are the defaults that look at another field.

use super::decode::locate;
use super::decoded::Template;
use super::host_ports::{FILLED_IN, Unhosted, unhosted};
use super::image;
use super::schema::{POD_TEMPLATE_SPEC, Type};
use super::slot::Slot;
use super::walk::{Typed, field_of};
use crate::kubernetes::Version;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
        let mut images: Vec<Unpolicied> = ImageList::ALL.into_iter().flat_map(|list| unpolicied(spec, list)).collect();
        // A history holds many.
        images.shrink_to_fit();
        Unwritten {
            images,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Dialect, Stream};

    fn template(pod: &str) -> Template {
        let text = format!("spec: {{template: {{spec: {{{pod}}}}}}}");
        Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root)
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
