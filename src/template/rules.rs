//! The named rules: what the API server does that looks at more than one field.

use super::annotated::{self, CONTAINERS};
use super::image;
use super::schema::{Field, POD_TEMPLATE_SPEC, Rule, Struct, Type};
use super::slot::{IntOrString, Slot};
use super::walk::{ABSENT, Holder, Leaf, NO_QUANTITY, Region, Sink, Typed, Walk, field_of};

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
        &self.slots[self.shape.slot(index.expect("a rule names fields of its own struct"))]
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
        Rule::ImageVolumes | Rule::ImageMounts if case.walk.removed.is_empty() => case.plain(sink),
        Rule::ImageVolumes => case.without(|volume| removes(case.walk, volume), sink),
        Rule::ImageMounts => case.without(|mount| mounts_removed(case.walk, mount), sink),
        Rule::EmptiedLifecycle => emptied_lifecycle(case, sink),
        Rule::ForcedProcMount => forced_proc_mount(case, sink),
        Rule::SidecarRestart => sidecar_restart(case, sink),
        Rule::EmptyDirIfNone => empty_dir_if_none(case, sink),
        Rule::SizeLimit => size_limit(case, sink),
        Rule::HostPort => host_port(case, sink),
        Rule::ReadinessGrace => readiness_grace(case, sink),
        Rule::InitContainerAnnotations => init_container_annotations(case, sink),
        // Up to 1.5 the API has no field of them, only an annotation.
        Rule::AnnotatedInitContainers if annotated::is_read(case.walk) => case.plain(sink),
        Rule::AnnotatedInitContainers => sink.nil(),
        Rule::HostNamespace => host_namespace(case, sink),
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
    // The types that are hashed up to 1.5 have one of the two fields only.
    let written = |json| match case.shape.find(json) {
        Some(_) => case.sibling(json).text(),
        None => field_of(&POD_TEMPLATE_SPEC, case.walk.root, "spec").field(json).slot.text(),
    };
    let name = match written("serviceAccountName") {
        "" => written("serviceAccount"),
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

/// While procMount is gated, a written one becomes the default one; in its first two versions an unwritten one too.
/// Source: `pkg/api/pod/util.go` dropDisabledProcMountField, `pkg/apis/core/v1/defaults.go` SetDefaults_SecurityContext.
fn forced_proc_mount(case: &Case, sink: &mut impl Sink) {
    const ALWAYS_UNTIL: u8 = 13;
    if !case.walk.keeps(case.field) && (case.slot.is_set() || case.walk.is_until(ALWAYS_UNTIL)) {
        sink.leaf(Leaf::Text("Default"));
    } else {
        case.plain(sink);
    }
}

/// While restart rules are gated, what stays of containers' restart policies is `Always` of init containers: sidecars.
/// In their first version sidecars are gated themselves: no init container keeps any.
/// Source: `pkg/api/pod/util.go` dropContainerRestartRules, dropDisabledFields.
fn sidecar_restart(case: &Case, sink: &mut impl Sink) {
    const GATED_UNTIL: u8 = 28;
    if case.region != Region::InitContainers {
        return case.plain(sink);
    }
    if case.walk.is_until(GATED_UNTIL) {
        sink.nil();
    } else if case.slot.text() == "Always" {
        sink.leaf(Leaf::Text("Always"));
    } else {
        case.plain(sink);
    }
}

/// A volume of no kind is an empty folder, also one that lost its kind to a gate: what is stored is defaulted again.
/// Source: `pkg/apis/core/v1/defaults.go` SetDefaults_Volume.
fn empty_dir_if_none(case: &Case, sink: &mut impl Sink) {
    let mut sources = case.shape.with(case.slots);
    if sources.any(|(field, slot)| slot.is_set() && case.walk.has(field) && case.walk.keeps(field)) {
        return case.plain(sink);
    }
    match &case.field.ty {
        Type::Struct(shape) => case.walk.structure(shape, &ABSENT, case.region, sink),
        _ => case.plain(sink),
    }
}

/// The first size limit was no pointer: unset it is a zero quantity.
/// Source: `k8s.io/api/core/v1` EmptyDirVolumeSource of 1.7.
fn size_limit(case: &Case, sink: &mut impl Sink) {
    const NO_POINTER_UNTIL: u8 = 7;
    match case.slot {
        Slot::Absent if case.walk.is_until(NO_POINTER_UNTIL) => sink.leaf(Leaf::Quantity(&NO_QUANTITY)),
        _ => case.plain(sink),
    }
}

/// On the host's network a port is the host's too; in templates no longer from 1.28 on.
/// Source: `pkg/apis/core/v1/defaults.go` SetDefaults_PodSpec, gate DefaultHostNetworkHostPortsInPodTemplates.
fn host_port(case: &Case, sink: &mut impl Sink) {
    const UNTIL: u8 = 27;
    let spec = || field_of(&POD_TEMPLATE_SPEC, case.walk.root, "spec");
    match case.slot {
        Slot::Absent | Slot::Int(0)
            if case.walk.is_until(UNTIL) && matches!(spec().field("hostNetwork").slot, Slot::Bool(true)) =>
        {
            case.walk.field(case.field, case.sibling("containerPort"), case.region, sink);
        }
        _ => case.plain(sink),
    }
}

/// While the grace periods of probes are gated, those of readiness probes stay: validation refuses them anyway.
/// Source: `pkg/api/pod/util.go` dropDisabledProbeGracePeriodFields.
fn readiness_grace(case: &Case, sink: &mut impl Sink) {
    let kept = if case.region == Region::ReadinessProbe { case.slot } else { case.kept };
    case.walk.field(case.field, kept, case.region, sink);
}

/// The namespaces of the host, which the API has in the pod's spec, are in the security context of the types that are
/// hashed up to 1.5.
/// Source: `pkg/api/v1/conversion.go` Convert_v1_PodSpec_To_api_PodSpec.
fn host_namespace(case: &Case, sink: &mut impl Sink) {
    let spec = field_of(&POD_TEMPLATE_SPEC, case.walk.root, "spec");
    case.walk.field(case.field, spec.field(case.field.json).slot, case.region, sink);
}

/// Annotations in which init containers were written before they had a field are dropped from a template's own metadata:
/// from 1.10 on all, up to 1.7 those that held the containers, by versions that knew them. 1.6 and 1.7 write them anew, for
/// older kubelets.
/// Source: `pkg/apis/core/v1/conversion.go` dropInitContainerAnnotations, Convert_v1_PodTemplateSpec_To_api_PodTemplateSpec.
fn init_container_annotations(case: &Case, sink: &mut impl Sink) {
    const STATUSES: [&str; 2] =
        ["pod.alpha.kubernetes.io/init-container-statuses", "pod.beta.kubernetes.io/init-container-statuses"];
    let (emptied_until, since) = (5, 10);
    let Region::Metadata = case.region else { return case.plain(sink) };
    let dropped = |key: &str| match case.walk.version {
        None => false,
        Some(version) if version.minor() >= since => CONTAINERS.contains(&key) || STATUSES.contains(&key),
        Some(version) => annotated::read_by(version).contains(&key),
    };
    let entries = if let Slot::Map(entries) = case.kept { &entries[..] } else { &[] };
    let mut kept: Vec<(&str, &str)> =
        entries.iter().filter(|(key, _)| !dropped(key)).map(|(key, text)| (&**key, text.text())).collect();
    let written = case.walk.init_containers_as_json();
    if let Some(json) = &written {
        kept.extend(CONTAINERS.map(|key| (key, json.as_str())));
        kept.sort_unstable();
    }
    // The controller reads what the API server wrote into the annotations out of them again: a map without keys is left.
    let init_containers = field_of(&POD_TEMPLATE_SPEC, case.walk.root, "spec").field("initContainers");
    let is_emptied = case.walk.is_until(emptied_until) && annotated::is_read(case.walk);
    if kept.is_empty() && is_emptied && !init_containers.slot.elements().is_empty() {
        sink.open(Holder::Map);
        return sink.close(Holder::Map);
    }
    annotations(&kept, sink);
}

fn annotations(entries: &[(&str, &str)], sink: &mut impl Sink) {
    if entries.is_empty() {
        return sink.nil();
    }
    sink.open(Holder::Map);
    for (key, text) in entries {
        sink.key(key);
        sink.leaf(Leaf::Text(text));
    }
    sink.close(Holder::Map);
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
