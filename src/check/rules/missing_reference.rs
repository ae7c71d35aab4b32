use crate::check::{Finding, Review, Rule, Severity, Subject};
use crate::kubernetes::Kind;
use crate::manifest::{Object, Reference};
use crate::snapshot::{Place, Snapshot};

pub(super) static RULE: Rule =
    Rule::new("missing-reference", Severity::Error, include_str!("missing_reference.md")).of_change(find);

/// What templates name.
const NAMED: [Kind; 4] = [Kind::ConfigMap, Kind::Secret, Kind::ServiceAccount, Kind::PersistentVolumeClaim];

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let is_named = |of: &Object| Kind::of(&of.identity.kind).is_some_and(|kind| NAMED.contains(&kind));
    if !review.compared().filter_map(|compared| compared.old.as_ref()).any(|old| is_named(old.object)) {
        return Vec::new();
    }
    let mut found: Vec<Finding> = Vec::new();
    for (place, _) in review.delta.new.workloads() {
        let workload = review.new.any(place);
        // A kustomization may give what is named another name, or make it.
        for link in review.delta.new.references_of(place).into_iter().filter(|_| workload.file.is_exact()) {
            let Some(lost) = lost(review, &workload, &link.reference, &link.to) else { continue };
            let of = &link.reference;
            let what = format!("{} `{}`", of.kind.name(), of.name);
            let (key, needed) = match lost {
                Lost::Object => (String::new(), what),
                Lost::Key(key) => (key.to_owned(), format!("key `{key}` of the {what}")),
            };
            let help = "pods that start from now on will wait for it: keep it, or name another";
            let finding = workload
                .find_at(of.span, format!("its pods need the {needed}, which this change removes"))
                .key(format!("{}/{} {key}", of.kind.name(), of.name))
                .help(help);
            if !found.iter().any(|known| known.key == finding.key && known.at.object == finding.at.object) {
                found.push(finding);
            }
        }
    }
    found
}

enum Lost<'r> {
    Object,
    Key(&'r str),
}

/// What a reference of the new state leads to no more, that was there before.
fn lost<'r>(review: &Review, workload: &Subject, reference: &'r Reference, to: &[Place]) -> Option<Lost<'r>> {
    let (old, new) = (&review.delta.old, &review.delta.new);
    let may_be = |place: &&Place| {
        let [one, other] = [&old.object(**place).identity.namespace, &workload.identity().namespace];
        one.is_none() || other.is_none() || one == other
    };
    let before: Vec<Place> = old.named(reference.kind.name(), &reference.name).iter().filter(may_be).copied().collect();
    if reference.optional || before.is_empty() {
        return None;
    }
    if to.is_empty() {
        return (!is_made(new, reference)).then_some(Lost::Object);
    }
    let has =
        |state: &Snapshot, places: &[Place], key: &str| places.iter().any(|place| has_key(state.object(*place), key));
    let is_lost = |key: &&String| has(old, &before, key) && !has(new, to, key);
    reference.keys.iter().find(is_lost).map(|key| Lost::Key(key))
}

fn has_key(object: &Object, key: &str) -> bool {
    ["data", "binaryData", "stringData"].iter().any(|field| object.node().at(&[field, key]).is_some())
}

/// Whether something in git has a controller make it: a SealedSecret, an ExternalSecret, a Certificate.
fn is_made(state: &Snapshot, reference: &Reference) -> bool {
    let names = |object: &Object| {
        let says = |path: &[&str]| object.node().at(path).and_then(|name| name.as_str()) == Some(&reference.name);
        object.identity.name == reference.name || says(&["spec", "secretName"]) || says(&["spec", "target", "name"])
    };
    let is_maker = |object: &Object| Kind::of(&object.identity.kind).is_none() && names(object);
    reference.kind == Kind::Secret && state.objects().any(|(_, object)| is_maker(object))
}
