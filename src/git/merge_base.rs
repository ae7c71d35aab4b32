//! Where two lines of commits went apart.

use git2::ErrorCode;

use super::id::Id;
use super::object::oid;
use super::repository::Source;
use super::{CommitId, Error, Repository};

impl Repository {
    /// The best commit that both go back to, as `git merge-base` gives it; none where they have none, or where it is
    /// beyond the end of a shallow clone.
    ///
    /// # Errors
    /// Commits that cannot be read.
    pub fn merge_base(&self, one: CommitId, other: CommitId) -> Result<Option<CommitId>, Error> {
        let found = match &self.source {
            Source::Library(library) => of_library(library, one.0, other.0)
                .map_err(|error| Error::git("find where two commits went apart", &error))?,
            Source::Plumbing(plumbing) => {
                let line = plumbing.line(&["merge-base", &one.to_string(), &other.to_string()]);
                line.and_then(|line| Id::from_hex(line.as_bytes()))
            }
        };
        Ok(found.map(CommitId))
    }
}

fn of_library(library: &git2::Repository, one: Id, other: Id) -> Result<Option<Id>, git2::Error> {
    match library.merge_base(oid(one)?, oid(other)?) {
        Ok(base) => Ok(Some(base.into())),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
