//! From what a user types to a commit.

use git2::{ErrorCode, ObjectType};

use super::batch::Answer;
use super::object::oid;
use super::plumbing::Plumbing;
use super::repository::Source;
use super::{CommitId, Error, Repository};
use crate::text::Untrusted;

/// How alike two names must be for one to be meant by the other (1 is equal).
const ALIKE: f64 = 0.85;
/// How many names a message suggests.
const SUGGESTIONS: usize = 3;

/// As short as an id gets.
const SHORTEST: usize = 7;

impl Repository {
    /// The commit that is checked out.
    pub fn head(&self) -> Result<CommitId, Error> {
        match &self.source {
            Source::Library(library) => match library.head().and_then(|head| head.peel_to_commit()) {
                Ok(commit) => Ok(CommitId(commit.id().into())),
                Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => {
                    Err(self.no_commits())
                }
                Err(error) => Err(Error::git("read `HEAD`", &error)),
            },
            Source::Plumbing(plumbing) => match (plumbing.ask("HEAD^{commit}")?, plumbing.head()) {
                (Answer::Object { id, .. }, _) => Ok(CommitId(id)),
                (_, Some(id)) => Err(Error::Missing { kind: "commit", id: id.to_string(), lack: self.lack() }),
                (_, None) => Err(self.no_commits()),
            },
        }
    }

    /// The commit that `rev` names: a branch, a tag, `HEAD~2`, an id or the beginning of one. Tags are followed to
    /// their commit.
    pub fn resolve(&self, rev: &str) -> Result<CommitId, Error> {
        if matches!(rev, "HEAD" | "@") {
            return self.head();
        }
        match &self.source {
            Source::Library(library) => self.resolve_by_library(library, rev),
            Source::Plumbing(plumbing) => self.resolve_by_plumbing(plumbing, rev),
        }
    }

    fn resolve_by_library(&self, library: &git2::Repository, rev: &str) -> Result<CommitId, Error> {
        let object = library.revparse_single(rev).map_err(|error| match error.code() {
            ErrorCode::Ambiguous => Error::AmbiguousRevision { rev: rev.into() },
            ErrorCode::UnbornBranch => self.no_commits(),
            _ => self.unknown(rev),
        })?;
        let kind = object.kind().map_or("object", |kind| kind.str());
        match object.peel_to_commit() {
            Ok(commit) => Ok(CommitId(commit.id().into())),
            Err(_) => Err(Error::NotACommit { rev: rev.into(), kind }),
        }
    }

    fn resolve_by_plumbing(&self, plumbing: &Plumbing, rev: &str) -> Result<CommitId, Error> {
        let (id, kind) = match plumbing.ask(rev)? {
            Answer::Object { id, kind: "commit", .. } => return Ok(CommitId(id)),
            Answer::Object { id, kind, .. } => (id, kind),
            Answer::Ambiguous => return Err(Error::AmbiguousRevision { rev: rev.into() }),
            Answer::Missing | Answer::Died => return Err(self.unknown(rev)),
        };
        match plumbing.ask(&format!("{id}^{{commit}}"))? {
            Answer::Object { id, .. } => Ok(CommitId(id)),
            _ => Err(Error::NotACommit { rev: rev.into(), kind }),
        }
    }

    /// The branches, those of remotes too, with the commits that they are at; by name.
    pub fn branches(&self) -> Vec<(Untrusted, CommitId)> {
        let mut names = self.reference_names();
        names.sort();
        let is_branch = |name: &&String| {
            ["refs/heads/", "refs/remotes/"].iter().any(|folder| name.starts_with(folder)) && !name.ends_with("/HEAD")
        };
        let at = |name: &String| Some((shorthand(name).into(), self.resolve(name).ok()?));
        names.iter().filter(is_branch).filter_map(at).collect()
    }

    /// The whole names of all references.
    fn reference_names(&self) -> Vec<String> {
        match &self.source {
            Source::Library(library) => {
                let Ok(references) = library.references() else { return Vec::new() };
                references.flatten().filter_map(|reference| reference.name().ok().map(str::to_owned)).collect()
            }
            Source::Plumbing(plumbing) => plumbing.references(),
        }
    }

    /// The shortest beginning of the id, of seven digits or more, that no other object shares.
    pub fn short_id(&self, commit: CommitId) -> Result<String, Error> {
        let hex = commit.to_string();
        let length = match &self.source {
            Source::Library(library) => {
                let object = oid(commit.0).and_then(|id| library.find_object(id, Some(ObjectType::Commit)));
                let object = object.map_err(|error| Error::object("commit", commit.0, self.lack(), &error))?;
                object.short_id().map_err(|error| Error::git("shorten an id", &error))?.len()
            }
            Source::Plumbing(plumbing) => {
                let wanted = plumbing.settings("^core\\.abbrev$").last().and_then(|length| length.parse().ok());
                let mut length = wanted.unwrap_or(SHORTEST).clamp(SHORTEST, hex.len());
                while length < hex.len() && !plumbing.names(&hex[..length], commit.0)? {
                    length += 1;
                }
                length
            }
        };
        Ok(hex[..length.clamp(SHORTEST, hex.len())].to_owned())
    }

    fn unknown(&self, rev: &str) -> Error {
        match self.ref_names() {
            names if names.is_empty() && self.head().is_err() => self.no_commits(),
            names => Error::UnknownRevision { near: near(rev, &names), rev: rev.into() },
        }
    }

    fn no_commits(&self) -> Error {
        let head = match &self.source {
            Source::Library(library) => {
                let head = library.find_reference("HEAD").ok();
                head.and_then(|head| head.symbolic_target().ok().flatten().map(str::to_owned))
            }
            Source::Plumbing(plumbing) => plumbing.branch(),
        };
        let head = head.unwrap_or_else(|| "HEAD".to_owned());
        let branch = head.strip_prefix("refs/heads/").unwrap_or(&head).to_owned();
        Error::NoCommits { dir: self.place(), branch }
    }

    /// The names of branches and tags as users write them.
    fn ref_names(&self) -> Vec<String> {
        let names = self.reference_names().into_iter().filter(|name| !name.starts_with("refs/notes/"));
        names.map(|name| shorthand(&name).to_owned()).collect()
    }
}

/// `main` for `refs/heads/main`.
fn shorthand(name: &str) -> &str {
    let folders = ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"];
    folders.iter().find_map(|folder| name.strip_prefix(folder)).unwrap_or(name)
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
