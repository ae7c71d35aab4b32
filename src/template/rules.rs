//! The named rules: what the API server does that looks at more than one field.

use super::image;
use super::schema::{Field, POD_TEMPLATE_SPEC, Rule, Struct, Type};
use super::slot::{IntOrString, Slot};
use super::walk::{Holder, Leaf, Region, Sink, Typed, Walk, field_of};

/// A field on which a rule acts, with what stands around it.
pub(super) struct Case<'w, 't> {
    pub walk: &'w Walk<'t>,
    pub shape: &'static Struct,
    pub slots: &'t [Slot],
    pub field: &'static Field,
    /// What is written.
    pub slot: &'t Slot,
    /// The same, absent where the version drops the field.
    pub kept: &'t Slot,
    pub region: Region,
}

impl<'t> Case<'_, 't> {
    fn sibling(&self, json: &str) -> &'t Slot {
        let index = self.shape.fields.iter().position(|field| field.json == json);
        &self.slots[index.expect("a rule names fields of its own struct")]
    }

    fn plain(&self, sink: &mut impl Sink) {
        self.walk.field(self.field, self.kept, self.region, sink);
    }

    /// The list without the elements of which `removed` holds.
    fn without(&self, removed: impl Fn(Typed) -> bool, sink: &mut impl Sink) {
        let list = Typed { ty: &self.field.ty, slot: self.kept, field: Some(self.field) };
        let rest = list.elements().filter(|element| !removed(*element)).map(|element| element.slot);
        match list.ty {
            Type::List(element) => self.walk.list(element, rest, self.region, sink),
            _ => self.plain(sink),
        }
    }
}

pub(super) fn apply(rule: Rule, case: &Case, sink: &mut impl Sink) {
    match rule {
        Rule::PullPolicy => pull_policy(case, sink),
        Rule::ServiceAccount => service_account(case, sink),
        Rule::ImageVolumes => case.without(|volume| removes(case.walk, volume), sink),
        Rule::ImageMounts => case.without(|mount| mounts_removed(case.walk, mount), sink),
        Rule::EmptiedLifecycle => emptied_lifecycle(case, sink),
        Rule::ForcedProcMount => forced_proc_mount(case, sink),
        Rule::SidecarRestart => sidecar_restart(case, sink),
        Rule::EmptyDirIfNone => empty_dir_if_none(case, sink),
        Rule::InitContainerAnnotations => init_container_annotations(case, sink),
        Rule::TargetPort => target_port(case, sink),
    }
}

/// An image of the tag `latest` is pulled always, any other if it is not there.
/// Source: `pkg/apis/core/v1/defaults.go` SetDefaults_Container, SetDefaults_Volume.
fn pull_policy(case: &Case, sink: &mut impl Sink) {
    let image = if case.shape.find("reference").is_some() { "reference" } else { "image" };
    match case.kept.text() {
        "" if image::is_latest(case.sibling(image).text(), case.walk.version) => sink.leaf(Leaf::Text("Always")),
        "" => sink.leaf(Leaf::Text("IfNotPresent")),
        written => sink.leaf(Leaf::Text(written)),
    }
}

/// `serviceAccount`, the old name of the field, always says what `serviceAccountName` says.
/// Source: `pkg/apis/core/v1/conversion.go` Convert_v1_PodSpec_To_core_PodSpec and back.
fn service_account(case: &Case, sink: &mut impl Sink) {
    let name = match case.sibling("serviceAccountName").text() {
        "" => case.sibling("serviceAccount").text(),
        name => name,
    };
    sink.leaf(Leaf::Text(name));
}

/// While image volumes are gated, a volume that is one goes as a whole, and so does every mount of it.
/// Source: `pkg/api/pod/util.go` dropImageVolumes.
pub(super) fn removed_volumes<'t>(walk: &Walk<'t>, root: &'t Slot) -> Vec<&'t str> {
    let volumes = field_of(&POD_TEMPLATE_SPEC, root, "spec").field("volumes").elements();
    volumes.filter(|volume| removes(walk, *volume)).map(|volume| volume.field("name").slot.text()).collect()
}

fn removes(walk: &Walk, volume: Typed) -> bool {
    let image = volume.field("image");
    image.slot.is_set() && image.field.is_some_and(|field| walk.has(field) && !walk.keeps(field))
}

fn mounts_removed(walk: &Walk, mount: Typed) -> bool {
    walk.removed.contains(&mount.field("name").slot.text())
}

/// A lifecycle in which there was nothing but a dropped stop signal goes with it; one written as `{}` stays.
/// Source: `pkg/api/pod/util.go` dropContainerStopSignals.
fn emptied_lifecycle(case: &Case, sink: &mut impl Sink) {
    let Type::Struct(lifecycle) = &case.field.ty else {
        return case.plain(sink);
    };
    let gone = |field: &Field, slot: &Slot| slot.is_set() && case.walk.has(field) && !case.walk.keeps(field);
    let fields = || lifecycle.fields.iter().zip(case.kept.fields());
    let emptied = fields().any(|(field, slot)| gone(field, slot));
    if emptied && fields().all(|(field, slot)| !slot.is_set() || !case.walk.has(field) || gone(field, slot)) {
        sink.nil();
    } else {
        case.plain(sink);
    }
}

/// While procMount is gated, a written one becomes the default one.
/// Source: `pkg/api/pod/util.go` dropDisabledProcMountField.
fn forced_proc_mount(case: &Case, sink: &mut impl Sink) {
    if case.slot.is_set() && !case.walk.keeps(case.field) {
        sink.leaf(Leaf::Text("Default"));
    } else {
        case.plain(sink);
    }
}

/// While restart rules are gated, what stays of containers' restart policies is `Always` of init containers: sidecars.
/// Source: `pkg/api/pod/util.go` dropContainerRestartRules.
fn sidecar_restart(case: &Case, sink: &mut impl Sink) {
    if case.region == Region::InitContainers && case.slot.text() == "Always" {
        sink.leaf(Leaf::Text("Always"));
    } else {
        case.plain(sink);
    }
}

/// A volume of no kind is an empty folder.
/// Source: `pkg/apis/core/v1/defaults.go` SetDefaults_Volume.
fn empty_dir_if_none(case: &Case, sink: &mut impl Sink) {
    let mut sources = case.shape.fields.iter().zip(case.slots);
    if sources.any(|(field, slot)| slot.is_set() && case.walk.has(field)) {
        return case.plain(sink);
    }
    let Type::Struct(shape) = &case.field.ty else {
        return case.plain(sink);
    };
    sink.open(Holder::Struct);
    for field in shape.fields.iter().filter(|field| case.walk.has(field)) {
        sink.field(field);
        case.walk.field(field, case.slot, case.region, sink);
    }
    sink.close(Holder::Struct);
}

/// Annotations in which init containers were written before they had a field are dropped from a template's own metadata.
/// Source: `pkg/apis/core/v1/conversion.go` dropInitContainerAnnotations.
fn init_container_annotations(case: &Case, sink: &mut impl Sink) {
    const DROPPED: [&str; 4] = [
        "pod.alpha.kubernetes.io/init-containers",
        "pod.beta.kubernetes.io/init-containers",
        "pod.alpha.kubernetes.io/init-container-statuses",
        "pod.beta.kubernetes.io/init-container-statuses",
    ];
    match (&case.field.ty, case.kept) {
        (Type::Map(element), Slot::Map(entries)) if case.region == Region::Metadata && case.walk.version.is_some() => {
            case.walk.map(element, entries.iter().filter(|(key, _)| !DROPPED.contains(&&**key)), sink);
        }
        _ => case.plain(sink),
    }
}

/// A Service's target port is its port where none is written.
/// Source: `pkg/apis/core/v1/defaults.go` SetDefaults_Service.
fn target_port(case: &Case, sink: &mut impl Sink) {
    let written = match case.kept {
        Slot::IntOrString(IntOrString::Int(number)) => *number != 0,
        Slot::IntOrString(IntOrString::String(text)) => !text.is_empty(),
        _ => false,
    };
    match case.sibling("port") {
        Slot::Int(number) if !written => sink.leaf(Leaf::Int(*number)),
        _ => case.plain(sink),
    }
}
