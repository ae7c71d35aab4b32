//! The controllers that name what they make after a hash of the pod template: what each hashes, and how it spells the
//! name.

use super::finding::Finding;
use super::hash::Hash;
use super::view::View;
use crate::kubernetes::{Kind, Version};

/// The controller of a kind whose revisions have names.
///
/// ```
/// use rollbook::template::{Controller, Template};
/// use rollbook::yaml::{Dialect, Stream};
/// let text = "kind: StatefulSet\nspec: {template: {metadata: {labels: {app: db}}, spec: {containers: [
///     {name: db, image: 'postgres:16'}]}}}";
/// let stream = Stream::parse(text.as_bytes(), Dialect::Kubectl);
/// let template = Template::decode(&stream.documents[0].root);
/// let version: rollbook::kubernetes::Version = "1.36".parse().unwrap();
/// let hash = Controller::StatefulSet.hash(template.view(version), None).unwrap();
/// assert_eq!(Controller::StatefulSet.name("db", hash, version), "db-7f565fc5bc");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Controller {
    /// It makes ReplicaSets.
    Deployment,
    /// It makes ControllerRevisions, named after the template.
    DaemonSet,
    /// It makes ControllerRevisions, named after their own bytes.
    StatefulSet,
}

/// A hash, and the whole name that it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub hash: Hash,
    pub name: String,
}

impl Controller {
    /// The controller of the kind, if it is one of the three.
    pub fn of(kind: Kind) -> Option<Controller> {
        match kind {
            Kind::Deployment => Some(Controller::Deployment),
            Kind::DaemonSet => Some(Controller::DaemonSet),
            Kind::StatefulSet => Some(Controller::StatefulSet),
            _ => None,
        }
    }

    /// What it makes of a template.
    pub fn makes(self) -> &'static str {
        match self {
            Controller::Deployment => "ReplicaSet",
            Controller::DaemonSet | Controller::StatefulSet => "ControllerRevision",
        }
    }

    /// Whether a version's controller names what it makes by a hash: there are ControllerRevisions from 1.7 on.
    pub fn has_names(self, version: Version) -> bool {
        const CONTROLLER_REVISIONS_SINCE: u8 = 7;
        self == Controller::Deployment || version.minor() >= CONTROLLER_REVISIONS_SINCE
    }

    /// The hash of a new object with this template, in a version that [has names](Controller::has_names); `collision` is
    /// the count in the object's status, none unless a name was taken. A StatefulSet's count begins at 0, so that it has
    /// the same hash with none and with 0.
    ///
    /// # Errors
    /// The first finding that keeps the API server from decoding the object.
    pub fn hash(self, view: View<'_>, collision: Option<i32>) -> Result<Hash, &Finding> {
        match self {
            Controller::Deployment | Controller::DaemonSet => view.hash(collision),
            Controller::StatefulSet => Ok(Hash::of_patch(&view.patch()?, collision.unwrap_or(0), view.version())),
        }
    }

    /// The hash with a collision count, of one without: checksums go on from where they ended.
    pub fn collided(self, hash: Hash, collision: i32, version: Version) -> Hash {
        match self {
            Controller::Deployment | Controller::DaemonSet => hash.with_count(collision, version),
            Controller::StatefulSet => hash.with_other_digits(0, collision),
        }
    }

    /// The text that is hashed, less the collision count: the dump of the template, or the patch.
    ///
    /// # Errors
    /// As of [`Controller::hash`].
    pub fn hashed(self, view: View<'_>) -> Result<String, &Finding> {
        match self {
            Controller::Deployment | Controller::DaemonSet => view.dump(),
            Controller::StatefulSet => view.patch(),
        }
    }

    /// The name of what a workload of this name gets, with the hash in it.
    pub fn named(self, workload: &str, hash: Hash, version: Version) -> Name {
        Name { hash, name: self.name(workload, hash, version) }
    }

    /// The name of the ReplicaSet or ControllerRevision that a workload of this name gets.
    pub fn name(self, workload: &str, hash: Hash, version: Version) -> String {
        match self {
            Controller::Deployment => hash.replica_set_name(workload, version),
            Controller::DaemonSet => format!("{workload}-{hash}"),
            Controller::StatefulSet => controller_revision_name(workload, hash),
        }
    }
}

/// Source: kubernetes `pkg/controller/history/controller_history.go` ControllerRevisionName.
fn controller_revision_name(workload: &str, hash: Hash) -> String {
    const LONGEST: usize = 223;
    format!("{}-{hash}", workload.get(..LONGEST).unwrap_or(workload))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;
    use crate::yaml::{Dialect, Stream};

    #[test]
    fn a_collision_is_told_from_the_hash_without_one() {
        let text = "spec: {template: {spec: {containers: [{name: web, image: 'web:1'}]}}}";
        let template = Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root);
        for controller in [Controller::Deployment, Controller::DaemonSet, Controller::StatefulSet] {
            for version in Version::all() {
                let hash = |collision| controller.hash(template.view(version), collision).unwrap();
                for count in [1, 2, 3, 12, i32::MAX] {
                    assert_eq!(
                        controller.collided(hash(None), count, version),
                        hash(Some(count)),
                        "{controller:?} {version}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_long_name_of_a_stateful_set_is_cut() {
        let version = Version::NEWEST;
        let hash = Hash::of_patch("", 0, version);
        let name = |controller: Controller, length: usize| controller.name(&"s".repeat(length), hash, version);
        assert_eq!(name(Controller::StatefulSet, 300).len(), 224 + hash.to_string().len());
        assert_eq!(name(Controller::DaemonSet, 230).len(), 231 + hash.to_string().len());
    }
}
