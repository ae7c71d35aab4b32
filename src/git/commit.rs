//! What a commit says: who, when and why.

use git2::{ErrorCode, Sort};

use super::{CommitId, Error, Repository};
use crate::text::Untrusted;

/// How many commits of a merge are looked at.
const MERGED_LIMIT: usize = 1_000;

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub id: CommitId,
    /// The first is the one that the branch was at before.
    pub parents: Vec<CommitId>,
    /// When it was committed: to this branch, as a rule; the author may have written it long before.
    pub time: Time,
    pub author: Signature,
    pub message: Untrusted,
}

/// A point in time, with the offset from UTC of the clock that it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    /// Seconds since 1970.
    pub seconds: i64,
    pub offset_minutes: i32,
}

/// Who wrote a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub name: Untrusted,
    pub email: Untrusted,
}

impl Commit {
    /// The message's first paragraph on one line, as `git log --format=%s` gives it.
    pub fn subject(&self) -> Untrusted {
        let lines = self.message.as_str().lines().map(str::trim_end).skip_while(|line| line.is_empty());
        lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ").into()
    }

    /// Whether it brought another line of commits in.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }
}

impl Repository {
    /// The commit of that id. Text that is no UTF-8 is read lossily.
    pub fn commit(&self, id: CommitId) -> Result<Commit, Error> {
        let commit =
            self.inner.find_commit(id.0).map_err(|error| Error::object("commit", id.0, self.lack(), &error))?;
        let (author, time) = (commit.author(), commit.committer().when());
        Ok(Commit {
            id,
            parents: commit.parent_ids().map(CommitId).collect(),
            time: Time { seconds: time.seconds(), offset_minutes: time.offset_minutes() },
            author: Signature { name: text(author.name_bytes()), email: text(author.email_bytes()) },
            message: text(commit.message_bytes()),
        })
    }

    /// The commits that a merge brought in, newest first: those that can be reached from its other parents and not from
    /// its first; of more than a thousand, the newest. None for a commit that is no merge.
    pub fn merged_commits(&self, merge: CommitId) -> Result<Vec<CommitId>, Error> {
        let parents = self.commit(merge)?.parents;
        let Some((first, others @ [_, ..])) = parents.split_first() else { return Ok(Vec::new()) };
        self.reachable(others, *first).map_err(|error| Error::git("list the commits of a merge", &error))
    }

    fn reachable(&self, from: &[CommitId], not_from: CommitId) -> Result<Vec<CommitId>, git2::Error> {
        let mut walk = self.inner.revwalk()?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME)?;
        from.iter().try_for_each(|commit| walk.push(commit.0))?;
        walk.hide(not_from.0)?;
        // A shallow clone ends somewhere: what is here is given.
        let here = walk.take_while(|id| !matches!(id, Err(error) if error.code() == ErrorCode::NotFound));
        here.take(MERGED_LIMIT).map(|id| id.map(CommitId)).collect()
    }
}

fn text(bytes: &[u8]) -> Untrusted {
    String::from_utf8_lossy(bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_the_first_paragraph_on_one_line() {
        for (message, subject) in [
            ("web: roll out 1.27\n\nbody\n", "web: roll out 1.27"),
            ("\n\n two\nlines  \n\nbody", " two lines"),
            ("crlf\r\n\r\nbody", "crlf"),
            ("", ""),
        ] {
            let commit = Commit {
                id: CommitId(git2::Oid::ZERO_SHA1),
                parents: Vec::new(),
                time: Time { seconds: 0, offset_minutes: 0 },
                author: Signature { name: "A".into(), email: "a@example.org".into() },
                message: message.into(),
            };
            assert_eq!(commit.subject().as_str(), subject, "{message:?}");
        }
    }
}
