//! What can go wrong with a repository, each in words that say what to do.

use std::io;
use std::path::PathBuf;

use git2::ErrorCode;

use super::hook::HookRefusal;
use super::id::Id;
use crate::text::{Untrusted, shell_word};

/// Why a repository, a revision or an object could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no folder `{}`", dir.display())]
    NoSuchFolder { dir: PathBuf },

    #[error("`{}` is not in a git repository", dir.display())]
    NotARepository { dir: PathBuf },

    /// Git refuses such a repository, since its configuration could run commands.
    #[error("the repository at `{}` belongs to another user", dir.display())]
    NotOwned { dir: PathBuf },

    #[error("the repository at `{}` cannot be opened: {}", dir.display(), reason.terminal())]
    Unsupported { dir: PathBuf, reason: Untrusted },

    #[error("the repository at `{}` can only be read with the program `git`: {need}", dir.display())]
    NoProgram { dir: PathBuf, need: Need, source: io::Error },

    #[error("cannot {what} where the program git reads the repository, as it does at `{}`: {need}", dir.display())]
    NotByProgram { dir: PathBuf, what: &'static str, need: Need },

    #[error("the repository at `{}` has no commit yet on `{branch}`", dir.display())]
    NoCommits { dir: PathBuf, branch: String },

    #[error("no commit `{}` in this repository{}", rev.terminal(), did_you_mean(near))]
    UnknownRevision { rev: Untrusted, near: Vec<Untrusted> },

    #[error("the revision `{}` could be several objects: give more of its digits", rev.terminal())]
    AmbiguousRevision { rev: Untrusted },

    #[error("`{}` is a {kind}, not a commit", rev.terminal())]
    NotACommit { rev: Untrusted, kind: &'static str },

    #[error("the {kind} `{id}` is not in this repository: {}", lack.reason())]
    Missing { kind: &'static str, id: String, lack: Lack },

    #[error("the {kind} `{id}` cannot be understood: the repository is damaged")]
    Malformed { kind: &'static str, id: String },

    #[error("the {kind} `{id}` {excess}")]
    TooMuch { kind: &'static str, id: String, excess: String },

    #[error("`{}` has {size} bytes: more than the {limit} that are read", path.terminal())]
    TooLarge { path: Untrusted, size: u64, limit: u64 },

    #[error("cannot read `{}`: {source}", path.terminal())]
    Read { path: Untrusted, source: io::Error },

    #[error("cannot write `{}`", path.terminal())]
    Write { path: Untrusted, source: io::Error },

    #[error("`{}` has changes that git is told not to look at", path.terminal())]
    NotLookedAt { path: Untrusted },

    #[error("{0}")]
    Hook(HookRefusal),

    #[error("cannot {action}: {}", reason.terminal())]
    Git { action: &'static str, reason: Untrusted },
}

/// Why a repository is read with the program git.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Need {
    #[error("libgit2, which is built in, says of it: {}", .0.terminal())]
    Format(Untrusted),
    #[error("it has objects that stand for others (`refs/replace`)")]
    Replacements,
    #[error("it belongs to another user, and git decides whom to trust")]
    Owner,
}

/// Why an object is not there, as far as the repository tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The clone has the newest commits only.
    Shallow,
    /// The clone left objects to be fetched when needed.
    Partial,
    /// It should be there.
    Damage,
}

impl Lack {
    fn reason(self) -> &'static str {
        match self {
            Lack::Shallow => "the clone is shallow",
            Lack::Partial => "the clone is partial, and nothing is fetched here",
            Lack::Damage => "it may be damaged",
        }
    }
}

impl Error {
    /// The command that helps, to be pasted; none where there is none.
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::NotOwned { dir } => {
                Some(format!("git config --global --add safe.directory {}", shell_word(&dir.display().to_string())))
            }
            Error::NoProgram { .. } => Some("git --version shows whether git is there".into()),
            Error::Unsupported { .. } => Some("git status tells more; a newer git may read it".into()),
            Error::Missing { lack: Lack::Shallow, .. } => Some("git fetch --unshallow".into()),
            Error::Missing { lack: Lack::Partial, .. } => Some("git fetch --refetch --no-filter".into()),
            Error::Missing { .. } | Error::Malformed { .. } => Some("git fsck".into()),
            Error::AmbiguousRevision { rev } => Some(format!("git rev-parse --disambiguate={}", rev.terminal())),
            Error::Write { path, .. } => {
                let folder = path.as_str().rsplit_once('/').map_or(".", |(folder, _)| folder);
                Some(format!("ls -ld {} shows who may write there", shell_word(folder)))
            }
            Error::NotLookedAt { path } => {
                Some(format!("git update-index --no-assume-unchanged --no-skip-worktree {}", shell_word(path.as_str())))
            }
            Error::Hook(refusal) => Some(refusal.hint()),
            _ => None,
        }
    }

    /// An error of libgit2 that no variant tells better.
    pub(super) fn git(action: &'static str, error: &git2::Error) -> Self {
        Error::Git { action, reason: error.message().into() }
    }

    /// An object that could not be read.
    pub(super) fn object(kind: &'static str, id: Id, lack: Lack, error: &git2::Error) -> Self {
        match error.code() {
            ErrorCode::NotFound => Error::Missing { kind, id: id.to_string(), lack },
            _ => Error::Malformed { kind, id: id.to_string() },
        }
    }
}

fn did_you_mean(near: &[Untrusted]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let names: Vec<String> = near.iter().map(|name| format!("`{}`", name.terminal())).collect();
    format!(": did you mean {}?", names.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_can_be_pasted() {
        for (dir, quoted) in [("/srv/repo", "/srv/repo"), ("/srv/my repo", "'/srv/my repo'"), ("it's", r"'it'\''s'")] {
            let hint = Error::NotOwned { dir: dir.into() }.hint();
            assert_eq!(hint, Some(format!("git config --global --add safe.directory {quoted}")));
        }
    }
}
