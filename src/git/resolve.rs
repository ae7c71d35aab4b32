//! From what a user types to a commit.

use git2::{ErrorCode, ObjectType};

use super::{CommitId, Error, Repository};
use crate::text::Untrusted;

/// How alike two names must be for one to be meant by the other (1 is equal).
const ALIKE: f64 = 0.85;
/// How many names a message suggests.
const SUGGESTIONS: usize = 3;

impl Repository {
    /// The commit that is checked out.
    pub fn head(&self) -> Result<CommitId, Error> {
        match self.inner.head().and_then(|head| head.peel_to_commit()) {
            Ok(commit) => Ok(CommitId(commit.id())),
            Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => {
                Err(self.no_commits())
            }
            Err(error) => Err(Error::git("read `HEAD`", &error)),
        }
    }

    /// The commit that `rev` names: a branch, a tag, `HEAD~2`, an id or the beginning of one. Tags are followed to
    /// their commit.
    pub fn resolve(&self, rev: &str) -> Result<CommitId, Error> {
        if matches!(rev, "HEAD" | "@") {
            return self.head();
        }
        let object = self.inner.revparse_single(rev).map_err(|error| self.cannot_resolve(rev, &error))?;
        let kind = object.kind().map_or("object", |kind| kind.str());
        match object.peel_to_commit() {
            Ok(commit) => Ok(CommitId(commit.id())),
            Err(_) => Err(Error::NotACommit { rev: rev.into(), kind }),
        }
    }

    /// The shortest beginning of the id, of seven digits or more, that no other object shares.
    pub fn short_id(&self, commit: CommitId) -> Result<String, Error> {
        let object = self
            .inner
            .find_object(commit.0, Some(ObjectType::Commit))
            .map_err(|error| Error::object("commit", commit.0, self.lack(), &error))?;
        let short = object.short_id().map_err(|error| Error::git("shorten an id", &error))?;
        let length = short.len().clamp(7, 40);
        Ok(commit.to_string()[..length].to_owned())
    }

    fn cannot_resolve(&self, rev: &str, error: &git2::Error) -> Error {
        let rev = Untrusted::from(rev);
        match error.code() {
            ErrorCode::Ambiguous => Error::AmbiguousRevision { rev },
            ErrorCode::UnbornBranch => self.no_commits(),
            _ => match self.ref_names() {
                names if names.is_empty() && self.head().is_err() => self.no_commits(),
                names => Error::UnknownRevision { near: near(rev.as_str(), &names), rev },
            },
        }
    }

    fn no_commits(&self) -> Error {
        let head = self.inner.find_reference("HEAD").ok();
        let target = head.as_ref().and_then(|head| head.symbolic_target().ok().flatten()).unwrap_or("HEAD");
        let branch = target.strip_prefix("refs/heads/").unwrap_or(target).to_owned();
        Error::NoCommits { dir: self.place(), branch }
    }

    /// The names of branches and tags as users write them.
    fn ref_names(&self) -> Vec<String> {
        let Ok(references) = self.inner.references() else { return Vec::new() };
        let short = |reference: git2::Reference<'_>| reference.shorthand().ok().map(str::to_owned);
        references.flatten().filter(|reference| !reference.is_note()).filter_map(short).collect()
    }
}

/// The names that `rev` could have been meant to be, the nearest first.
fn near(rev: &str, names: &[String]) -> Vec<Untrusted> {
    let mut scored: Vec<(f64, &String)> =
        names.iter().map(|name| (likeness(rev, name), name)).filter(|(score, _)| *score >= ALIKE).collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    scored.dedup_by(|one, other| one.1 == other.1);
    scored.into_iter().take(SUGGESTIONS).map(|(_, name)| name.as_str().into()).collect()
}

/// A branch that only a remote has (`origin/release` for `release`) is as near as can be.
fn likeness(rev: &str, name: &str) -> f64 {
    match name.strip_suffix(rev) {
        Some(remote) if remote.ends_with('/') => 1.0,
        _ => strsim::jaro_winkler(&rev.to_lowercase(), &name.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        let names = ["main", "release-1.2", "release-1.3", "origin/prod", "v1.0.0"].map(str::to_owned);
        for (rev, suggested) in [
            ("mian", &["main"][..]),
            ("Main", &["main"]),
            ("prod", &["origin/prod"]),
            ("release-1.4", &["release-1.2", "release-1.3"]),
            ("feature/login", &[]),
        ] {
            let found: Vec<_> = near(rev, &names).iter().map(|name| name.as_str().to_owned()).collect();
            assert_eq!(found, suggested, "{rev}");
        }
    }
}
