//! Foxtrot merges: whoever merges the shared branch into a line of their own, and goes on from there, makes their line
//! the first parent.
//!
//! ```text
//!   before    A ── B ── C   origin/main
//!   after     A ── X ── M   main, whose first parent is X and whose second is C
//!                       └─ B and C stand beside the line now
//! ```
//!
//! It can be told from any other merge where the repository knows that the shared branch was at C: it is at C still,
//! as this repository last saw it, or its reflog has it.

use std::collections::HashSet;

use super::id::Id;
use super::object::oid;
use super::plumbing::Plumbing;
use super::repository::Source;
use super::{CommitId, Error, Repository};
use crate::text::Untrusted;

/// How many earlier tips of a branch are looked at, the newest first.
const TIPS: usize = 100;
/// Clocks differ: a commit may be so much older than its child says, in seconds.
const SLOP: i64 = 86_400;

/// A merge that put a shared branch beside the first-parent line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foxtrot {
    pub merge: CommitId,
    /// The shared branch, such as `origin/main`.
    pub branch: Untrusted,
    /// A commit that it was at, and that the line does not go through.
    pub was_at: CommitId,
}

impl Repository {
    /// The foxtrot merge that a branch has in its history, if what this repository knows of its upstream shows one.
    /// Nothing for what is no branch, and in a shallow clone.
    ///
    /// # Errors
    /// Commits that cannot be read.
    pub fn foxtrot(&self, tip: CommitId, reference: &str) -> Result<Option<Foxtrot>, Error> {
        let Some(branch) = self.shared_branch(reference).filter(|_| !self.is_shallow()) else { return Ok(None) };
        let beside = self.beside_the_line(tip, self.tips(&branch))?;
        let Some(&was_at) = beside.iter().find(|was_at| self.reaches(tip, **was_at)) else { return Ok(None) };
        let line = self.first_parents(tip)?.collect::<Result<Vec<_>, _>>()?;
        // The clocks may have been wrong after all.
        if line.contains(&was_at) {
            return Ok(None);
        }
        let merges = line.partition_point(|commit| self.reaches(*commit, was_at));
        let name = branch.strip_prefix("refs/remotes/").unwrap_or(&branch);
        Ok(line[..merges].last().map(|merge| Foxtrot { merge: *merge, branch: name.into(), was_at }))
    }

    /// Those that the first-parent line does not go through, as far as the clocks tell.
    fn beside_the_line(&self, tip: CommitId, tips: Vec<CommitId>) -> Result<Vec<CommitId>, Error> {
        let mut times = Vec::new();
        for tip in &tips {
            times.push(self.commit(*tip)?.time.seconds);
        }
        let Some(oldest) = times.into_iter().min() else { return Ok(tips) };
        let mut missing: HashSet<CommitId> = tips.iter().copied().collect();
        for commit in self.first_parents(tip)? {
            let commit = commit?;
            missing.remove(&commit);
            if missing.is_empty() || self.commit(commit)?.time.seconds < oldest - SLOP {
                break;
            }
        }
        Ok(tips.into_iter().filter(|tip| missing.contains(tip)).collect())
    }

    /// The whole name of the remote-tracking branch that belongs to a branch, or is meant itself.
    fn shared_branch(&self, reference: &str) -> Option<String> {
        let name = match &self.source {
            Source::Library(library) => full_name(library, reference)?,
            Source::Plumbing(plumbing) => plumbing.full_name(reference)?,
        };
        if name.starts_with("refs/remotes/") {
            return Some(name);
        }
        let branch = name.strip_prefix("refs/heads/")?;
        let same_name = format!("refs/remotes/origin/{branch}");
        match &self.source {
            Source::Library(library) => {
                let upstream = library.branch_upstream_name(&name).ok();
                let upstream = upstream.and_then(|name| name.as_str().ok().map(str::to_owned));
                upstream.or_else(|| library.find_reference(&same_name).is_ok().then_some(same_name))
            }
            Source::Plumbing(plumbing) => {
                plumbing.upstream(&name).or_else(|| plumbing.full_name(&same_name).map(|_| same_name))
            }
        }
        .filter(|upstream| upstream.starts_with("refs/remotes/"))
    }

    /// What a branch is at, and was at before, as far as it is known and still here; the newest first.
    fn tips(&self, branch: &str) -> Vec<CommitId> {
        let tips = match &self.source {
            Source::Library(library) => tips(library, branch),
            Source::Plumbing(plumbing) => plumbing.tips(branch, TIPS),
        };
        let mut met = HashSet::new();
        let tips = tips.into_iter().take(TIPS).filter(|tip| met.insert(*tip)).map(CommitId);
        tips.filter(|tip| self.commit(*tip).is_ok()).collect()
    }

    /// Whether one commit is before another.
    fn reaches(&self, commit: CommitId, earlier: CommitId) -> bool {
        match &self.source {
            Source::Library(library) => reaches(library, commit.0, earlier.0).unwrap_or(false),
            Source::Plumbing(plumbing) => plumbing.reaches(commit.0, earlier.0),
        }
    }
}

fn reaches(library: &git2::Repository, commit: Id, earlier: Id) -> Result<bool, git2::Error> {
    library.graph_descendant_of(oid(commit)?, oid(earlier)?)
}

fn full_name(library: &git2::Repository, reference: &str) -> Option<String> {
    let found = match reference {
        "HEAD" | "@" => library.find_reference("HEAD").ok()?,
        name => library.resolve_reference_from_short_name(name).ok()?,
    };
    let target = found.symbolic_target().ok().flatten();
    target.or_else(|| found.name().ok()).map(str::to_owned)
}

fn tips(library: &git2::Repository, branch: &str) -> Vec<Id> {
    let now = library.refname_to_id(branch).ok();
    let log = library.reflog(branch).ok();
    let earlier = log.iter().flat_map(|log| log.iter().map(|entry| entry.id_new()));
    now.into_iter().chain(earlier).map(Id::from).collect()
}

impl Plumbing {
    fn full_name(&self, reference: &str) -> Option<String> {
        if matches!(reference, "HEAD" | "@") {
            return self.branch();
        }
        // What begins with a dash would be an option, and is no name.
        let name = Some(reference).filter(|name| !name.starts_with('-'))?;
        self.line(&["rev-parse", "--symbolic-full-name", "--verify", "--quiet", name])
    }

    fn upstream(&self, branch: &str) -> Option<String> {
        self.line(&["for-each-ref", "--format=%(upstream)", branch])
    }

    fn tips(&self, branch: &str, most: usize) -> Vec<Id> {
        let most = format!("--max-count={most}");
        let log = self.git.run(&["rev-list", "--walk-reflogs", &most, branch, "--"]).unwrap_or_default();
        let now = self.line(&["rev-parse", "--verify", "--quiet", branch]);
        let ids = now.iter().map(String::as_bytes).chain(log.split(|byte| *byte == b'\n'));
        ids.filter_map(Id::from_hex).collect()
    }

    fn reaches(&self, commit: Id, earlier: Id) -> bool {
        self.git.run(&["merge-base", "--is-ancestor", &earlier.to_string(), &commit.to_string()]).is_ok()
    }
}
