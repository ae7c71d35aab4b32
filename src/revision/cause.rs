//! Why a revision was made, as far as anybody wrote it down.

use super::{hydrator, message};
use crate::git::{self, BlobId, Commit, RepoPath, Repository};
use crate::text::Untrusted;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashSet;

/// Why a revision was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cause {
    pub text: Untrusted,
    pub source: CauseSource,
}

/// Where a cause was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CauseSource {
    /// The annotation `kubernetes.io/change-cause`, where this commit gave it a value of its own.
    Annotation,
    /// A line `Change-Cause: …` in the message.
    Trailer,
    /// The title of the pull request that was merged.
    PullRequest,
    /// What a hydrator wrote down of the commit that it rendered.
    Hydrator,
    /// The commit's subject.
    Subject,
}

impl Cause {
    pub(super) fn annotation(text: Untrusted) -> Cause {
        Cause { text, source: CauseSource::Annotation }
    }

    /// The cause that the commit itself tells: a trailer, in a merge also one of a merged commit that changed the
    /// file; the title of a pull request; what a hydrator says; the subject.
    pub(super) fn of_commit(
        repository: &Repository,
        commit: &Commit,
        path: &RepoPath,
        metadata: Option<BlobId>,
    ) -> Result<Cause, git::Error> {
        let text = commit.message.as_str();
        if let Some(trailer) = message::trailer(text) {
            return Ok(Cause { text: trailer.into(), source: CauseSource::Trailer });
        }
        if commit.is_merge()
            && let Some(trailer) = merged_trailer(repository, commit, path)?
        {
            return Ok(Cause { text: trailer, source: CauseSource::Trailer });
        }
        if let Some(title) = message::pull_request(text) {
            return Ok(Cause { text: title.into(), source: CauseSource::PullRequest });
        }
        let metadata = metadata.map(|blob| repository.blob(blob)).transpose()?;
        if let Some(text) = metadata.and_then(|text| hydrator::cause(&text)) {
            return Ok(Cause { text: text.into(), source: CauseSource::Hydrator });
        }
        Ok(Cause { text: commit.subject(), source: CauseSource::Subject })
    }
}

/// The newest trailer among the merged commits that changed the file.
fn merged_trailer(repository: &Repository, merge: &Commit, path: &RepoPath) -> Result<Option<Untrusted>, git::Error> {
    for id in repository.merged_commits(merge.id)? {
        let commit = repository.commit(id)?;
        let Some(trailer) = message::trailer(commit.message.as_str()) else { continue };
        let before = match commit.parents.first() {
            Some(&parent) => repository.file(parent, path)?,
            None => None,
        };
        if repository.file(id, path)? != before {
            return Ok(Some(trailer.into()));
        }
    }
    Ok(None)
}

/// The change-cause annotations of a lineage, from the oldest: a value counts where it is seen for the first time.
#[derive(Default)]
pub(super) struct Annotations {
    seen: HashSet<Untrusted>,
}

/// What an annotation says at one commit.
pub(super) struct Annotation {
    pub fresh: Option<Untrusted>,
    pub stale: Option<Untrusted>,
}

impl Annotations {
    pub fn meet(&mut self, value: Option<&Untrusted>) -> Annotation {
        match value {
            Some(value) if self.seen.insert(value.clone()) => Annotation { fresh: Some(value.clone()), stale: None },
            stale => Annotation { fresh: None, stale: stale.cloned() },
        }
    }
}
