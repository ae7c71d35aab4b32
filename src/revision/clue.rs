//! What the name of a pod, a ReplicaSet or a ControllerRevision tells of the workload behind it: all ways to read it.
//!
//! ```text
//!   6c5f67b5f7                a hash
//!   web-6c5f67b5f7            what has the hash 6c5f67b5f7, of web
//!   web-6c5f67b5f7-x7k2p      a pod of that, or one of the DaemonSet web-6c5f67b5f7, whose name holds no hash
//!   db-0                      a pod of the StatefulSet db, whose name holds no hash
//!   a-very-long-nameABCDE     58 bytes of a name that went on, and 5 random ones
//! ```

#[cfg(test)]
mod cases;

use crate::kubernetes::{Kind, Version};
use crate::manifest::{Identity, Object};
use crate::template::{Controller, Hash};
use crate::yaml::Node;
use schemars::JsonSchema;
use serde::Serialize;

/// A pod's name is its controller's, cut to so many bytes, and random ones.
/// Source: kubernetes apiserver `pkg/storage/names/generate.go` simpleNameGenerator.
const CUT: usize = 58;
const RANDOM: usize = 5;
/// No object has a longer name.
const LONGEST: usize = 253;

/// By what a name is known again, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// The whole name that a revision gets.
    Name,
    /// The hash alone, or a label that has it.
    Hash,
    /// What is left of the hash in a pod's name that was too long.
    Prefix,
    /// The images of the pod: no hash was given, or none fits.
    Image,
    /// The workload's name alone, which tells no revision: the newest is given.
    Workload,
}

/// One name, and what else is known of the object that has it.
#[derive(Clone, Debug)]
pub struct Clue {
    text: String,
    readings: Vec<Reading>,
    /// The controller that an object names as its owner.
    owner: Option<(Kind, String)>,
    pub(super) namespace: Option<String>,
    pub(super) images: Vec<String>,
}

/// One way to read it as a name that is made of a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reading {
    Bare(Hash),
    Named {
        workload: String,
        hash: Hash,
        /// Whether random bytes stood behind it, as they do in the pods of ReplicaSets only.
        in_pod: bool,
    },
    /// The beginning of a ReplicaSet's name with a `-` behind it.
    Cut(String),
}

impl Clue {
    /// What a name tells: that of a pod, a ReplicaSet or a ControllerRevision, alone or as `pod/NAME`, or a hash. Nothing
    /// if no object can have the name.
    ///
    /// ```
    /// use rollbook::revision::Clue;
    /// assert_eq!(Clue::name("pod/web-6c5f67b5f7-x7k2p").unwrap().text(), "web-6c5f67b5f7-x7k2p");
    /// assert!(Clue::name("no such name").is_none());
    /// ```
    pub fn name(given: &str) -> Option<Clue> {
        let text = given.split_once('/').map_or(given, |(_, name)| name);
        is_name(text).then(|| Clue { readings: readings(text), ..Clue::bare(text) })
    }

    /// What a pod, a ReplicaSet or a ControllerRevision tells, as `kubectl get -o json` gives it: its owner and its labels
    /// count, else its name. Nothing of an object of another kind.
    pub fn object(object: &Object) -> Option<Clue> {
        let (node, name) = (object.node(), object.identity.name.as_str());
        if !is_name(name) {
            return None;
        }
        let clue = match Kind::of(&object.identity.kind)? {
            Kind::Pod => of_pod(node, name)?,
            Kind::ReplicaSet | Kind::ControllerRevision => Clue::name(name)?,
            _ => return None,
        };
        let holders = ["containers", "initContainers"];
        let lists =
            holders.iter().flat_map(|list| [node.at(&["spec", list]), node.at(&["spec", "template", "spec", list])]);
        let images = lists.flatten().flat_map(Node::items).filter_map(|container| container.get("image")?.as_str());
        let images = images.map(str::to_owned).collect();
        Some(Clue { namespace: object.identity.namespace.clone(), images, ..clue })
    }

    fn bare(text: &str) -> Clue {
        Clue { text: text.to_owned(), readings: Vec::new(), owner: None, namespace: None, images: Vec::new() }
    }

    /// The name, without the kind before it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What tells it from others.
    pub fn key(&self) -> (String, Option<String>) {
        (self.text.clone(), self.namespace.clone())
    }

    /// The hashes that it may be of, where one stands in it as a whole.
    pub(super) fn hashes(&self) -> impl Iterator<Item = Hash> {
        self.readings.iter().filter_map(|reading| match reading {
            Reading::Bare(hash) | Reading::Named { hash, .. } => Some(*hash),
            Reading::Cut(_) => None,
        })
    }

    /// Whether it may be cut, so that only a part of a hash is left.
    pub(super) fn may_be_cut(&self) -> bool {
        self.readings.iter().any(|reading| matches!(reading, Reading::Cut(_)))
    }

    /// Whether something of the workload may have the name.
    pub fn fits(&self, identity: &Identity) -> bool {
        let controller = Kind::of(&identity.kind).and_then(Controller::of);
        let by_hash = controller
            .is_some_and(|controller| self.readings.iter().any(|reading| reading.fits(controller, &identity.name)));
        by_hash || self.belongs(identity)
    }

    /// How it is the name of what has the hash, if it is.
    pub(super) fn by(&self, controller: Controller, workload: &str, hash: Hash, version: Version) -> Option<By> {
        let readings = self.readings.iter().filter(|reading| reading.fits(controller, workload));
        readings.filter_map(|reading| reading.by(controller, workload, hash, version)).min()
    }

    /// Whether it is of the workload for all that it tells beside a hash.
    pub(super) fn belongs(&self, identity: &Identity) -> bool {
        let Some(kind) = Kind::of(&identity.kind) else { return false };
        let name = identity.name.as_str();
        match &self.owner {
            Some((Kind::ReplicaSet, owner)) if kind == Kind::Deployment => {
                owner.rsplit_once('-').is_some_and(|(workload, hash)| workload == name && is_hash(hash))
            }
            Some((owner_kind, owner)) => *owner_kind == kind && owner == name,
            None => is_pod_of(kind, name, &self.text),
        }
    }
}

/// Whether an object can have the name.
/// Source: kubernetes apimachinery `pkg/util/validation` IsDNS1123Subdomain.
fn is_name(text: &str) -> bool {
    let may_stand = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    !text.is_empty() && text.len() <= LONGEST && text.bytes().all(may_stand)
}

/// What a pod tells. The owner's name is whole where that of the pod is cut.
fn of_pod(pod: &Node, name: &str) -> Option<Clue> {
    let label = |key| pod.at(&["metadata", "labels", key]).and_then(Node::as_str);
    let owners = pod.at(&["metadata", "ownerReferences"]).map(Node::items).unwrap_or_default();
    let owner = owners
        .iter()
        .find_map(|owner| Some((Kind::of(owner.get("kind")?.as_str()?)?, owner.get("name")?.as_str()?.to_owned())));
    let Some((kind, owner_name)) = &owner else {
        let mut clue = Clue::name(name)?;
        clue.readings.extend(label("pod-template-hash").into_iter().flat_map(Hash::readings).map(Reading::Bare));
        return Some(clue);
    };
    let readings = match kind {
        Kind::ReplicaSet => named(owner_name, false),
        // A DaemonSet's pods carry the hash, those of a StatefulSet the whole name of the ControllerRevision.
        Kind::DaemonSet | Kind::StatefulSet => label("controller-revision-hash").map_or_else(Vec::new, |label| {
            let hash = label.strip_prefix(owner_name).and_then(|rest| rest.strip_prefix('-')).unwrap_or(label);
            let of_owner = |hash| Reading::Named { workload: owner_name.clone(), hash, in_pod: false };
            Hash::readings(hash).map(of_owner).collect()
        }),
        _ => Vec::new(),
    };
    Some(Clue { readings, owner, ..Clue::bare(name) })
}

fn readings(text: &str) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Hash::readings(text).map(Reading::Bare).collect();
    readings.extend(named(text, false));
    let replica_set = without_random(text).and_then(|beginning| beginning.strip_suffix('-'));
    readings.extend(replica_set.into_iter().flat_map(|name| named(name, true)));
    readings
        .extend(without_random(text).filter(|beginning| beginning.len() == CUT).map(|cut| Reading::Cut(cut.into())));
    readings
}

/// A workload's name and a hash behind it.
fn named(text: &str, in_pod: bool) -> Vec<Reading> {
    let Some((workload, hash)) = text.rsplit_once('-') else { return Vec::new() };
    let named = |hash| Reading::Named { workload: workload.to_owned(), hash, in_pod };
    Hash::readings(hash).map(named).collect()
}

fn is_hash(text: &str) -> bool {
    Hash::readings(text).next().is_some()
}

/// A pod's name without its random end. The letters were all of them in old versions.
fn without_random(text: &str) -> Option<&str> {
    let (beginning, random) = text.split_at_checked(text.len().checked_sub(RANDOM)?)?;
    let is_random = random.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    (is_random && !beginning.is_empty()).then_some(beginning)
}

/// Whether a workload of the kind names a pod so without a hash, or with nothing left of one.
fn is_pod_of(kind: Kind, workload: &str, text: &str) -> bool {
    let rest = |text| str::strip_prefix(text, workload).and_then(|rest| rest.strip_prefix('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_random = || {
        let generated = workload.bytes().chain([b'-']).take(CUT);
        without_random(text).is_some_and(|beginning| generated.eq(beginning.bytes()))
    };
    match kind {
        Kind::StatefulSet => rest(text).is_some_and(is_number),
        Kind::DaemonSet | Kind::ReplicaSet | Kind::ReplicationController | Kind::Job => is_random(),
        Kind::CronJob => {
            without_random(text).and_then(rest).and_then(|time| time.strip_suffix('-')).is_some_and(is_number)
        }
        Kind::Deployment => workload.len() + 1 >= CUT && is_random(),
        _ => false,
    }
}

impl Reading {
    /// Whether something of the workload may have a name that reads so.
    fn fits(&self, controller: Controller, name: &str) -> bool {
        match self {
            Reading::Bare(_) => true,
            // So short a hash is the random end of a DaemonSet's pod, or the number of a StatefulSet's.
            Reading::Named { hash, .. } if controller != Controller::Deployment && hash.to_string().len() <= RANDOM => {
                false
            }
            Reading::Named { in_pod: true, .. } | Reading::Cut(_) if controller != Controller::Deployment => false,
            Reading::Named { workload, .. } => workload == name || is_cut_of(workload, name),
            // Of a longer name nothing is left of the hash.
            Reading::Cut(beginning) => {
                name.len() + 1 < CUT && beginning.starts_with(name) && beginning.as_bytes()[name.len()] == b'-'
            }
        }
    }

    fn by(&self, controller: Controller, workload: &str, hash: Hash, version: Version) -> Option<By> {
        match self {
            Reading::Bare(bare) => (*bare == hash).then_some(By::Hash),
            Reading::Named { workload: read, hash: named, .. } => {
                let is_it = || read == workload || controller.name(workload, hash, version) == format!("{read}-{hash}");
                (*named == hash && is_it()).then_some(By::Name)
            }
            Reading::Cut(beginning) => {
                let whole = controller.name(workload, hash, version);
                let is_whole = whole.len() <= CUT;
                let is_it = format!("{whole}-").get(..CUT) == Some(beginning.as_str());
                is_it.then_some(if is_whole { By::Name } else { By::Prefix })
            }
        }
    }
}

/// Whether a very long name may have been cut so, for the hash to find room.
fn is_cut_of(beginning: &str, name: &str) -> bool {
    const ALWAYS_FITS: usize = 223;
    beginning.len() >= ALWAYS_FITS && name.starts_with(beginning)
}
