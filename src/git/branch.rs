//! The door by which a commit is put on a branch that nobody has checked out: by git's plumbing, so that no work tree and
//! no index is touched. The last step moves the branch, if it still is where it was; a kill before it leaves objects that
//! nothing names, which git removes in its time.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use super::commit_only::{fed, words};
use super::replace::meanwhile;
use super::{CommitId, Error, NotCommitted, RepoPath, Repository};
use crate::text::Untrusted;

/// A branch of this repository, as `git branch` lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// `refs/heads/main`
    full: String,
    /// Where it is; none of one that is to be made.
    at: Option<CommitId>,
}

impl Branch {
    /// The name without `refs/heads/`.
    pub fn name(&self) -> Untrusted {
        self.full.trim_start_matches(HEADS).into()
    }

    /// The name with it.
    pub fn full_name(&self) -> Untrusted {
        self.full.as_str().into()
    }

    /// The commit that it was at when it was looked up.
    pub fn at(&self) -> Option<CommitId> {
        self.at
    }
}

const HEADS: &str = "refs/heads/";

impl Repository {
    /// The branch that a revision names: `main`, `HEAD` where one is checked out; none where it names a commit, a tag, a
    /// branch of a remote.
    ///
    /// # Errors
    /// Git cannot be run.
    pub fn branch(&self, rev: &str) -> Result<Option<Branch>, Error> {
        let args = ["rev-parse", "--quiet", "--verify", "--symbolic-full-name", "--end-of-options", rev];
        let full = self.ask("look a branch up", &args)?.filter(|full| full.starts_with(HEADS));
        Ok(match full {
            Some(full) => Some(Branch { at: Some(self.resolve(&full)?), full }),
            None => None,
        })
    }

    /// The branch of a name, to be made where it is not there; none if git takes no branch of that name.
    ///
    /// # Errors
    /// Git cannot be run.
    pub fn branch_named(&self, name: &str) -> Result<Option<Branch>, Error> {
        let full = format!("{HEADS}{name}");
        if self.ask("check the name of a branch", &["check-ref-format", "--branch", name])?.as_deref() != Some(name) {
            return Ok(None);
        }
        let at = self.ask("look a branch up", &["rev-parse", "--quiet", "--verify", &full])?;
        let at = at.map(|_| self.resolve(&full)).transpose()?;
        Ok(Some(Branch { full, at }))
    }

    /// The work tree that a branch is checked out in, if any is.
    ///
    /// # Errors
    /// Git cannot be run.
    pub fn checked_out_in(&self, branch: &Branch) -> Result<Option<PathBuf>, Error> {
        let listed = self.ask("list the work trees", &["worktree", "list", "--porcelain"])?.unwrap_or_default();
        let is_its = |lines: &&str| lines.lines().any(|line| line.strip_prefix("branch ") == Some(&branch.full));
        let place = listed.split("\n\n").find(is_its).and_then(|lines| lines.strip_prefix("worktree "));
        Ok(place.and_then(|place| place.lines().next()).map(PathBuf::from))
    }

    /// Puts a commit on a branch: that of `parent`, with these files as they are given here. It is signed where
    /// `commit.gpgSign` says so; hooks of commits do not run.
    ///
    /// # Errors
    /// Git refuses: the signature cannot be made, the branch moved meanwhile. Then the branch is where it was.
    pub fn commit_to(
        &self,
        branch: &Branch,
        parent: CommitId,
        files: &[(&RepoPath, &[u8])],
        message: &str,
    ) -> Result<CommitId, NotCommitted> {
        let folder = meanwhile().tempdir_in(self.git_dir());
        let folder = folder.map_err(NotCommitted::NotRun)?;
        let by_index = Indexed { repository: self, file: folder.path().join("index") };
        let parent = parent.to_string();
        by_index.run(&["read-tree", &parent], b"")?;
        let mut rows = Vec::new();
        for (path, bytes) in files {
            let blob = by_index.run(&["hash-object", "-w", "--stdin"], bytes)?;
            rows.extend_from_slice(format!("{} {blob}\t", by_index.mode(&parent, path)?).as_bytes());
            rows.extend_from_slice(path.as_bytes());
            rows.push(0);
        }
        by_index.run(&["update-index", "-z", "--index-info"], &rows)?;
        let tree = by_index.run(&["write-tree", "--missing-ok"], b"")?;
        let sign = self.ask_user(&["config", "--type=bool", "--get", "commit.gpgSign"]).is_some_and(|is| is == "true");
        let args = ["commit-tree", &tree, "-p", &parent, "-F", "-"];
        let args: Vec<&str> = args.into_iter().chain(sign.then_some("-S")).collect();
        let commit = by_index.run(&args, message.as_bytes())?;
        let was = branch.at.map_or_else(|| "0".repeat(commit.len()), |at| at.to_string());
        let reason = format!("commit (rollbook): {}", message.lines().next().unwrap_or_default());
        by_index.run(&["update-ref", "-m", &reason, &branch.full, &commit, &was], b"")?;
        commit.parse().map_err(|_| NotCommitted::Refused(format!("git names the commit `{commit}`").into()))
    }

    /// The first remote that is configured.
    pub fn remote(&self) -> Option<Untrusted> {
        self.ask_user(&["remote"]).and_then(|names| names.lines().next().map(Untrusted::from))
    }

    /// What git prints, without its last line end; none where it says no.
    fn ask(&self, action: &'static str, args: &[&str]) -> Result<Option<String>, Error> {
        let output = self.user_git().args(args).stdin(Stdio::null()).output();
        let output = output.map_err(|error| Error::Git { action, reason: error.to_string().into() })?;
        Ok(output.status.success().then(|| printed(&output)))
    }

    fn ask_user(&self, args: &[&str]) -> Option<String> {
        self.ask("ask git", args).ok().flatten().filter(|printed| !printed.is_empty())
    }
}

/// Git with an index of its own.
struct Indexed<'r> {
    repository: &'r Repository,
    file: PathBuf,
}

impl Indexed<'_> {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.repository.user_git();
        command.args(args).env("GIT_INDEX_FILE", &self.file);
        command
    }

    /// What a command prints that reads these bytes.
    fn run(&self, args: &[&str], input: &[u8]) -> Result<String, NotCommitted> {
        let output = fed(&mut self.command(args), input).map_err(NotCommitted::NotRun)?;
        match output.status.success() {
            true => Ok(printed(&output)),
            false => Err(NotCommitted::Refused(words(&output.stderr))),
        }
    }

    /// The mode of a file in a commit; that of a plain file where it is not there.
    fn mode(&self, commit: &str, path: &RepoPath) -> Result<String, NotCommitted> {
        let mut command = self.command(&["ls-tree", "--full-tree", "-z", commit, "--"]);
        let output = fed(command.args(path.to_file_system()), b"").map_err(NotCommitted::NotRun)?;
        let row = printed(&output);
        Ok(row.split_once(' ').map_or("100644", |(mode, _)| mode).to_owned())
    }
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned()
}
