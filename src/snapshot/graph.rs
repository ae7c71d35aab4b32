//! Which object of a snapshot names which.
//!
//! ```text
//!   HorizontalPodAutoscaler ─┐
//!   Service ─────────────────┼──► workload ──► ConfigMap, Secret, ServiceAccount, PersistentVolumeClaim
//!   PodDisruptionBudget ─────┘
//! ```

use super::objects::{Place, Snapshot};
use crate::git::RepoPath;
use crate::kubernetes::Kind;
use crate::manifest::{Identity, Object, Reference};
use std::collections::BTreeMap;

/// What a workload names, and the objects that may be meant: none if the state has no such, several where it has some of
/// one name that no namespace or folder tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub reference: Reference,
    pub to: Vec<Place>,
}

/// A workload that has to do with another object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub workload: Place,
    /// How its template names the object; none where the object selects the workload.
    pub reference: Option<Reference>,
}

impl Snapshot {
    /// What a workload's template names.
    pub fn references_of(&self, workload: Place) -> Vec<Link> {
        let link = |reference: Reference| Link {
            to: self.meant_by(workload, reference.kind.name(), &reference.name),
            reference,
        };
        self.object(workload).references().into_iter().map(link).collect()
    }

    /// The objects of a kind and name that a workload would mean by it.
    pub fn meant_by(&self, workload: Place, kind: &str, name: &str) -> Vec<Place> {
        self.nearest(workload, self.named(kind, name))
    }

    /// The workloads that name an object, or that it selects or scales, by path. A workload has an entry for each way.
    pub fn workloads_of(&self, object: Place) -> Vec<Use> {
        let of = self.object(object);
        match Kind::of(&of.identity.kind) {
            Some(Kind::ConfigMap | Kind::Secret | Kind::ServiceAccount | Kind::PersistentVolumeClaim) => {
                self.users(object)
            }
            Some(Kind::HorizontalPodAutoscaler) => self.scaled(object),
            Some(Kind::Service | Kind::PodDisruptionBudget | Kind::NetworkPolicy) => self.selected(object),
            _ => Vec::new(),
        }
    }

    fn users(&self, object: Place) -> Vec<Use> {
        let identity = &self.object(object).identity;
        let names_it =
            |reference: &Reference| reference.kind.name() == identity.kind && reference.name == identity.name;
        let mut users = Vec::new();
        for (workload, of) in self.workloads() {
            let references: Vec<Reference> = of.references().into_iter().filter(names_it).collect();
            if !references.is_empty() && self.meant_by(workload, &identity.kind, &identity.name).contains(&object) {
                users.extend(references.into_iter().map(|reference| Use { workload, reference: Some(reference) }));
            }
        }
        users
    }

    fn scaled(&self, autoscaler: Place) -> Vec<Use> {
        let Some(target) = self.object(autoscaler).scale_target() else { return Vec::new() };
        let workloads = self.nearest(autoscaler, self.named(target.kind, target.name));
        workloads.into_iter().map(|workload| Use { workload, reference: None }).collect()
    }

    fn selected(&self, object: Place) -> Vec<Use> {
        let of = self.object(object);
        let Some(selector) = of.selector() else { return Vec::new() };
        let is_selected = |(_, workload): &(Place, &Object)| {
            selector.matches(&workload.pod_labels()) && may_share_namespace(&of.identity, &workload.identity)
        };
        let mut selected: BTreeMap<(&str, &str), Vec<Place>> = BTreeMap::new();
        for (place, workload) in self.workloads().filter(is_selected) {
            let Identity { kind, name, .. } = &workload.identity;
            selected.entry((kind, name)).or_default().push(place);
        }
        let mut workloads: Vec<Place> = selected.values().flat_map(|places| self.nearest(object, places)).collect();
        workloads.sort();
        workloads.into_iter().map(|workload| Use { workload, reference: None }).collect()
    }

    /// Of the candidates, those that may be in the namespace of an object; of these, if their folders differ, those that
    /// stand nearest: overlays of `dev` and `prod` may have objects of one name.
    fn nearest(&self, to: Place, candidates: &[Place]) -> Vec<Place> {
        let (identity, path) = (&self.object(to).identity, &self.file(to).path);
        let may_be = |place: &&Place| may_share_namespace(identity, &self.object(**place).identity);
        let near = |place: &Place| shared_folders(path, &self.file(*place).path);
        let candidates: Vec<Place> = candidates.iter().filter(may_be).copied().collect();
        let nearest = candidates.iter().map(near).max();
        candidates.into_iter().filter(|place| Some(near(place)) == nearest).collect()
    }
}

/// An object that names no namespace may be in any.
fn may_share_namespace(one: &Identity, other: &Identity) -> bool {
    one.namespace.is_none() || other.namespace.is_none() || one.namespace == other.namespace
}

fn shared_folders(one: &RepoPath, other: &RepoPath) -> usize {
    one.folders().iter().zip(&other.folders()).take_while(|(one, other)| one == other).count()
}
