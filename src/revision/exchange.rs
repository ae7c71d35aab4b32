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
    /// Files that cannot be read since this commit, and may hold what they did not hold before.
    pub doubtful: Vec<RepoPath>,
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

    /// The workload that went into a file that cannot be read: the only one lost, where nothing else was gained.
    pub fn origin_of_doubt(&self, path: &RepoPath) -> Option<&(RepoPath, Arc<State>)> {
        match (&self.lost[..], &self.gained[..], &self.doubtful[..]) {
            ([only], [], [doubtful]) if doubtful == path => Some(only),
            _ => None,
        }
    }

    /// Whether the workload that a file had in a namespace lives on elsewhere: in another file, or namespace.
    pub fn takes_away(&self, path: &RepoPath, namespace: &Namespace) -> bool {
        let here = |(lost, state): &&(RepoPath, Arc<State>)| lost == path && state.identity.namespace == *namespace;
        let goes = |(_, state): &(RepoPath, Arc<State>)| {
            let to_doubt = self.doubtful.iter().any(|doubtful| self.origin_of_doubt(doubtful).is_some());
            to_doubt || self.partner(state) == Some(path)
        };
        self.renamed.iter().any(|place| here(&place)) || self.lost.iter().find(here).is_some_and(goes)
    }

    /// The file that cannot be read into which the workload that a file had in a namespace went.
    pub fn doubtful_home(&self, path: &RepoPath, namespace: &Namespace) -> Option<&RepoPath> {
        let is_it = |(lost, state): &(RepoPath, Arc<State>)| lost == path && state.identity.namespace == *namespace;
        self.doubtful.iter().find(|doubtful| self.origin_of_doubt(doubtful).is_some_and(is_it))
    }

    /// The namespaces of the workloads that a file lost to others.
    pub fn leavers<'e>(&'e self, path: &'e RepoPath) -> impl Iterator<Item = Namespace> + 'e {
        let lost = self.lost.iter().filter(move |(lost, _)| lost == path).map(|(_, state)| &state.identity.namespace);
        lost.filter(move |namespace| self.takes_away(path, namespace)).cloned()
    }
}
