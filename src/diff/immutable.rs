//! Fields that the API server lets nobody change.

mod others;
mod pod;
mod row;
mod service;
mod storage;
mod table;
mod workload;

use super::Change;
use crate::kubernetes::Version;
use crate::manifest::Object;
use crate::yaml::Node;
use table::ROWS;

/// Another state of an object, for a version to take.
struct Update<'u> {
    old: &'u Object,
    new: &'u Object,
    version: Version,
}

/// The changes of an object that the API server refuses: of fields that nobody can change.
///
/// ```
/// use rollbook::{diff::{diff, immutable}, kubernetes::Version, manifest::read, yaml::Dialect};
/// let objects = read(b"
/// {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.0.0.1}}
/// ---
/// {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.0.0.2}}
/// ", Dialect::Kubectl).objects;
/// let changes = diff(&objects[0], &objects[1]);
/// let refused: Vec<_> = immutable(&objects[0], &objects[1], &changes, Version::NEWEST).collect();
/// assert_eq!(refused[0].path.shown().as_str(), "spec.clusterIP");
/// ```
pub fn immutable<'c, 'a>(
    old: &'c Object,
    new: &'c Object,
    changes: &'c [Change<'a>],
    version: Version,
) -> impl Iterator<Item = &'c Change<'a>> {
    let update = Update { old, new, version };
    let rows: Vec<_> = ROWS.iter().filter(|row| row.is_for(&update)).collect();
    let is_refused = move |change: &&Change| rows.iter().any(|row| row.refuses(&update, change));
    changes.iter().filter(|change| change.equality.is_none()).filter(is_refused)
}

impl Update<'_> {
    /// What stands in both states at a path, where it is a whole number.
    fn numbers(&self, path: &[&str]) -> [Option<i64>; 2] {
        [self.old, self.new].map(|object| object.node().at(path).and_then(Node::as_int))
    }
}
