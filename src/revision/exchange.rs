//! What the files of one commit lost and gained of the workloads of one kind and name, and so what moved.

use super::contents::Namespace;
use super::state::State;
use crate::git::RepoPath;
use std::sync::Arc;

/// The files that lost a workload at a commit, and those that gained one.
#[derive(Default)]
pub(super) struct Exchange {
    pub lost: Vec<(RepoPath, Arc<State>)>,
    pub gained: Vec<(RepoPath, Arc<State>)>,
    /// Workloads that took another namespace in their file, by the one that they had.
    pub renamed: Vec<(RepoPath, Arc<State>)>,
}

impl Exchange {
    /// The file that the workload came from that `path` gained: the only one that lost it, where it is the only one
    /// gained; of several the one whose template is the same. Between files only the very same namespace makes it the
    /// same.
    pub fn origin(&self, path: &RepoPath, gained: &State) -> Option<&RepoPath> {
        let here = |(place, state): &(RepoPath, Arc<State>)| {
            place == path && state.identity.namespace == gained.identity.namespace
        };
        if self.gained.iter().any(here) { self.partner(gained) } else { None }
    }

    /// The file that lost what has the namespace, or else the template, of a workload that was lost or gained.
    fn partner(&self, gained: &State) -> Option<&RepoPath> {
        let same = |(_, state): &&(RepoPath, Arc<State>)| state.identity.namespace == gained.identity.namespace;
        let equal = |(_, state): &&(RepoPath, Arc<State>)| state.canonical == gained.canonical;
        let lost: Vec<_> = self.lost.iter().filter(same).collect();
        let others: Vec<_> = self.gained.iter().filter(same).collect();
        match (&lost[..], &others[..]) {
            ([only], [_]) => Some(&only.0),
            _ => {
                let mut lost = lost.into_iter().filter(equal);
                let origin = lost.next().filter(|_| lost.next().is_none());
                origin.filter(|_| others.into_iter().filter(equal).count() == 1).map(|(path, _)| path)
            }
        }
    }

    /// Whether the workload that a file had in a namespace lives on elsewhere: in another file, or namespace.
    pub fn takes_away(&self, path: &RepoPath, namespace: &Namespace) -> bool {
        let here = |(lost, state): &&(RepoPath, Arc<State>)| lost == path && state.identity.namespace == *namespace;
        let goes = |(_, state): &(RepoPath, Arc<State>)| self.partner(state) == Some(path);
        self.renamed.iter().any(|place| here(&place)) || self.lost.iter().find(here).is_some_and(goes)
    }
}
