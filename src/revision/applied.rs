//! What runs on a cluster that every state of a lineage was applied to, one over the other: the names of a history rest
//! on it.

use super::row::Event;
use super::state::{Canonical, State};
use crate::git::{self, Repository};
use crate::kubernetes::Kind;
use crate::snapshot::Role;
use crate::template::{Live, Sticky, Template};
use std::sync::Arc;

/// How many old ReplicaSets a Deployment keeps where it does not say otherwise.
/// Source: kubernetes `pkg/apis/apps/v1/defaults.go` SetDefaults_Deployment, `revisionHistoryLimit`.
const KEPT: usize = 10;

/// What runs after a state was applied.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The state that the ReplicaSet or ControllerRevision was made of: an earlier one, if its controller sees no
    /// difference.
    pub state: Arc<State>,
    /// The defaults of older states that it carries.
    pub kept: Vec<Sticky>,
}

impl Applied {
    /// A new object.
    pub fn new(state: Arc<State>) -> Applied {
        Applied { state, kept: Vec::new() }
    }

    /// Whether it is no other than a new object of the state.
    pub fn is_new(&self, state: Option<&Arc<State>>) -> bool {
        self.kept.is_empty() && state.is_some_and(|state| state.is_written_as(&self.state))
    }

    /// The template that runs.
    ///
    /// # Errors
    /// A blob that git cannot read any more.
    pub fn template(&self, repository: &Repository) -> Result<Template, git::Error> {
        Ok(self.state.template(repository)?.with(&self.kept).into_owned())
    }

    fn is_like(&self, other: &Applied) -> bool {
        let meaning = |applied: &Applied| match applied.state.unlabelled {
            Some(unlabelled) => Canonical::Template(unlabelled),
            None => applied.state.canonical,
        };
        meaning(self) == meaning(other) && self.kept == other.kept
    }
}

/// The fold of applies.
#[derive(Clone, Debug, Default)]
pub(super) struct Applies {
    live: Live,
    /// What a Deployment has ReplicaSets of, the one that was used last behind.
    replica_sets: Vec<Applied>,
}

impl Applies {
    /// What is live after these events.
    pub fn over<'e>(events: impl Iterator<Item = &'e Event>) -> Applies {
        let mut applies = Applies::default();
        for event in events {
            applies.meet(event.state.as_ref(), event.is_removal(), &event.role);
        }
        applies
    }

    /// Takes what one commit left. What is rendered on its way is not known, and what cannot be read is not applied.
    pub fn meet(&mut self, state: Option<&Arc<State>>, is_removal: bool, role: &Role) -> Option<Applied> {
        if is_removal {
            *self = Applies::default();
        }
        let state = state.filter(|state| state.is_workload() && *role == Role::Plain)?;
        Some(self.apply(state.clone()))
    }

    /// Applies a state.
    pub fn apply(&mut self, state: Arc<State>) -> Applied {
        let kept = self.live.apply(&state.unwritten);
        let is_deployment = Kind::of(&state.identity.kind) == Some(Kind::Deployment);
        let applied = Applied { state, kept };
        // StatefulSets and DaemonSets compare bytes, and equal bytes have equal names.
        if is_deployment { self.replica_set(applied) } else { applied }
    }

    /// The ReplicaSet that there is of it, or a new one.
    /// Source: kubernetes `pkg/controller/deployment/util` FindNewReplicaSet, and `sync.go` cleanupDeployment.
    fn replica_set(&mut self, applied: Applied) -> Applied {
        let there = self.replica_sets.iter().rposition(|replica_set| replica_set.is_like(&applied));
        let used = there.map_or(applied, |place| self.replica_sets.remove(place));
        self.replica_sets.push(used.clone());
        let surplus = self.replica_sets.len().saturating_sub(KEPT + 1);
        self.replica_sets.drain(..surplus);
        used
    }
}
