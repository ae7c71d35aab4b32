//! What the files of a history hold of the workloads of one kind and name, before and after each commit.

use super::chronicle::Chronicle;
use super::contents::{Care, Contents};
use super::exchange::Exchange;
use super::shelf::Shelf;
use crate::git::{self, BlobId, CommitId, RepoPath};
use crate::manifest::Identity;
use std::collections::HashMap;
use std::slice;
use std::sync::Arc;

pub(super) struct Holdings<'w> {
    pub chronicle: &'w dyn Chronicle,
    pub shelf: &'w mut dyn Shelf,
    identity: &'w Identity,
    /// What a file that cannot be read holds since the commit that changed it.
    unreadable: HashMap<(RepoPath, CommitId), Arc<Contents>>,
}

impl<'w> Holdings<'w> {
    pub fn new(chronicle: &'w dyn Chronicle, shelf: &'w mut dyn Shelf, identity: &'w Identity) -> Self {
        Holdings { chronicle, shelf, identity, unreadable: HashMap::new() }
    }

    /// What a file held before a commit, and what it holds after.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn around(
        &mut self,
        commit: CommitId,
        path: &RepoPath,
        [before, after]: [Option<BlobId>; 2],
    ) -> Result<[Arc<Contents>; 2], git::Error> {
        let mut before = self.shelf.get(before, Care::Thorough)?;
        if before.is_unreadable()
            && let Some(parent) = self.chronicle.parent(commit)?
        {
            before = self.held(parent, path)?;
        }
        let care = if before.is_empty() { Care::Prefilter } else { Care::Thorough };
        let after = self.shelf.get(after, care)?;
        let after = if after.is_unreadable() { Arc::new(after.over(&before)) } else { after };
        Ok([before, after])
    }

    /// What a file that cannot be read at a commit holds: found from the last state of it that can be read.
    fn held(&mut self, commit: CommitId, path: &RepoPath) -> Result<Arc<Contents>, git::Error> {
        let (mut since, mut older) = (Vec::new(), Arc::default());
        for at in self.chronicle.steps(commit, slice::from_ref(path))? {
            let step = at?.steps[0].1;
            if let Some(known) = self.unreadable.get(&(path.clone(), step.commit)) {
                older = known.clone();
                break;
            }
            let contents = self.shelf.get(step.after, Care::Thorough)?;
            if !contents.is_unreadable() {
                older = contents;
                break;
            }
            since.push((step.commit, contents));
        }
        for (commit, contents) in since.into_iter().rev() {
            older = Arc::new(contents.over(&older));
            self.unreadable.insert((path.clone(), commit), older.clone());
        }
        Ok(older)
    }

    /// What the files of a commit lost and gained.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn exchange(&mut self, commit: CommitId) -> Result<Exchange, git::Error> {
        let mut exchange = Exchange::default();
        let changes = self.chronicle.changes(commit, self.identity)?;
        let (older, new): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| change.before.is_some());
        for change in older.into_iter().chain(new) {
            // Where nothing was lost, nothing moved: what a new file holds need not be read.
            if change.before.is_none() && exchange.lost.is_empty() {
                break;
            }
            let [before, after] = self.around(commit, &change.path, [change.before, change.after])?;
            let place = |state: &Arc<_>| (change.path.clone(), Arc::clone(state));
            exchange.lost.extend(before.lost(&after).map(place));
            exchange.gained.extend(before.gained(&after).map(place));
            exchange.renamed.extend(before.renamed(&after).map(place));
        }
        Ok(exchange)
    }
}
