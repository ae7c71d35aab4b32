//! The door by which files of the work tree are changed and committed: each is replaced as a whole (`replace`), and the
//! commit is made by git itself, so that the user's identity, hooks and signature hold, and what else is staged stays staged.
//!
//! ```text
//!   before ──► file replaced ──► committed
//!      ▲             │ git refuses
//!      └─────────────┘
//! ```
//! A kill leaves one of the three; maybe with a lock of git's, or an index that knows nothing of the commit yet.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Seek as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use super::program::OF_ANOTHER_REPOSITORY;
use super::{CommitId, Error, RepoPath, Repository};
use crate::text::Untrusted;

/// What is under way in a work tree, so that a commit now would be a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnderWay {
    Merge,
    Rebase,
    CherryPick,
    Revert,
    Mailbox,
    Bisect,
}

/// What git keeps in its folder meanwhile.
const MARKS: [(&str, UnderWay); 8] = [
    ("MERGE_HEAD", UnderWay::Merge),
    ("rebase-merge", UnderWay::Rebase),
    ("rebase-apply/applying", UnderWay::Mailbox),
    ("rebase-apply", UnderWay::Rebase),
    ("CHERRY_PICK_HEAD", UnderWay::CherryPick),
    ("REVERT_HEAD", UnderWay::Revert),
    // Between two of several.
    ("sequencer", UnderWay::CherryPick),
    ("BISECT_LOG", UnderWay::Bisect),
];

impl UnderWay {
    /// In words, and the command that ends it: `a merge`, `git merge --abort`.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            UnderWay::Merge => ["a merge", "git merge --abort"],
            UnderWay::Rebase => ["a rebase", "git rebase --abort"],
            UnderWay::CherryPick => ["a cherry-pick", "git cherry-pick --abort"],
            UnderWay::Revert => ["a revert", "git revert --abort"],
            UnderWay::Mailbox => ["git am", "git am --abort"],
            UnderWay::Bisect => ["a bisect", "git bisect reset"],
        }
    }
}

/// Why git made no commit.
#[derive(Debug, thiserror::Error)]
pub enum NotCommitted {
    #[error("the program `git` cannot be run: {0}")]
    NotRun(#[source] io::Error),
    #[error("the message cannot be written: {0}")]
    NoMessage(#[source] io::Error),
    /// A hook said no, the signature could not be made, somebody else has the index: in git's own words.
    #[error("git made no commit")]
    Refused(Untrusted),
}

impl Repository {
    /// What is under way in the work tree, if anything is.
    pub fn under_way(&self) -> Option<UnderWay> {
        MARKS.into_iter().find(|(mark, _)| self.git_dir().join(mark).exists()).map(|(_, what)| what)
    }

    /// The bytes of a file as they lie in the work tree; nothing if it is not there as a file.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn raw_file(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, Error> {
        let Some(file) = self.place_of(path) else { return Ok(None) };
        match fs::symlink_metadata(&file).and_then(|metadata| match metadata.is_file() {
            true => fs::read(&file).map(Some),
            false => Ok(None),
        }) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map_err(|source| Error::Read { path: path.shown(), source }),
        }
    }

    /// Stages files as they lie in the work tree.
    ///
    /// # Errors
    /// Git cannot be run, or refuses.
    pub fn stage(&self, paths: &[RepoPath]) -> Result<(), NotCommitted> {
        let mut command = self.user_git();
        command.args(["--literal-pathspecs", "add", "--"]).args(paths.iter().filter_map(RepoPath::to_file_system));
        finished(command.stdin(Stdio::null()).output())
    }

    /// Whether files are in the index and the work tree as the newest commit has them: git's own answer, in its words for
    /// those that are not.
    ///
    /// # Errors
    /// Git cannot be run, or refuses; a changed file that git is told not to look at.
    pub fn uncommitted(&self, paths: &[RepoPath]) -> Result<Vec<Untrusted>, Error> {
        let mut command = self.user_git();
        command.args(["--literal-pathspecs", "--no-optional-locks", "status", "--porcelain", "-z", "--"]);
        command.args(paths.iter().filter_map(RepoPath::to_file_system));
        let printed = answered(&mut command, "see what is not committed")?;
        let rows = printed.split(|byte| *byte == 0).filter(|row| !row.is_empty());
        let rows: Vec<Untrusted> = rows.map(|row| String::from_utf8_lossy(row).trim().to_owned().into()).collect();
        if rows.is_empty() {
            paths.iter().try_for_each(|path| self.is_as_committed(path))?;
        }
        Ok(rows)
    }

    /// Refuses a file that is not as it is committed though git says so: it does not look at those with `assume-unchanged`
    /// or `skip-worktree`, and commits what is in them.
    fn is_as_committed(&self, path: &RepoPath) -> Result<(), Error> {
        let head = self.head()?;
        let (Some(raw), Some(blob)) = (self.raw_file(path)?, self.file(head, path)?) else { return Ok(()) };
        if self.blob(blob)? == raw {
            return Ok(());
        }
        let mut command = self.user_git();
        command.args(["hash-object", "--"]).args(path.to_file_system());
        let printed = answered(&mut command, "see what git would make of a file")?;
        let stored = String::from_utf8_lossy(&printed);
        match blob.to_string() == stored.trim_end() {
            true => Ok(()),
            false => Err(Error::NotLookedAt { path: path.shown() }),
        }
    }

    /// Commits files of the work tree and nothing else, with `git commit --only`. What hooks say goes to where the user
    /// sees it.
    ///
    /// # Errors
    /// Git refuses: a hook, the signature, a lock that somebody else has.
    pub fn commit_only(&self, paths: &[RepoPath], message: &str) -> Result<(), NotCommitted> {
        let mut command = self.user_git();
        command.args(["--literal-pathspecs", "commit", "--quiet", "--only", "--cleanup=verbatim", "--file=-", "--"]);
        command.args(paths.iter().filter_map(RepoPath::to_file_system));
        // From a file without a name: git has the whole message or none, whatever becomes of us.
        let written = tempfile::tempfile_in(self.git_dir()).and_then(|mut file| {
            file.write_all(message.as_bytes())?;
            file.rewind()?;
            Ok(file)
        });
        finished(command.stdin(written.map_err(NotCommitted::NoMessage)?).output())
    }

    /// The files of the newest commit of which the index knows nothing: what is staged of them is what it replaced, and in
    /// the work tree they are as it has them. A git that died in the middle of a commit leaves that.
    ///
    /// # Errors
    /// Git cannot be run, or refuses.
    pub fn behind(&self) -> Result<Vec<RepoPath>, Error> {
        if self.head_and_parent()?.1.is_none() {
            return Ok(Vec::new());
        }
        let differing = |args: &[&str]| {
            let mut command = self.user_git();
            command.args(["--no-optional-locks"]).args(args).args([
                "--name-only",
                "--no-renames",
                "--no-ext-diff",
                "-z",
            ]);
            let printed = answered(&mut command, "see what is staged")?;
            Ok(printed.split(|byte| *byte == 0).map(RepoPath::new).collect::<HashSet<_>>())
        };
        let committed = differing(&["diff-tree", "-r", "HEAD^", "HEAD"])?;
        let staged = differing(&["diff-index", "--cached", "HEAD"])?;
        let staged_since = differing(&["diff-index", "--cached", "HEAD^"])?;
        let written = differing(&["diff", "HEAD"])?;
        let mut behind: Vec<_> = committed.intersection(&staged).cloned().collect();
        behind.retain(|path| !path.as_bytes().is_empty() && !staged_since.contains(path) && !written.contains(path));
        behind.sort();
        Ok(behind)
    }

    /// The lock that keeps git from its work, where one lies there: that which git names in its words, else that of the
    /// index.
    pub fn lock_of_git(&self, said: &str) -> Option<PathBuf> {
        let named = said.split_once(".lock'").and_then(|(before, _)| before.rsplit_once('\''));
        let named = named.map(|(_, name)| PathBuf::from(format!("{name}.lock")));
        named.into_iter().chain([self.git_dir().join("index.lock")]).find(|lock| lock.exists())
    }

    /// The newest commit of `HEAD` as it is now, and its only parent.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn head_and_parent(&self) -> Result<(CommitId, Option<CommitId>), Error> {
        let head = self.resolve("HEAD")?;
        Ok((head, self.first_parents(head)?.nth(1).transpose()?))
    }

    pub(super) fn place_of(&self, path: &RepoPath) -> Option<PathBuf> {
        Some(self.work_dir()?.join(path.to_file_system()?))
    }

    /// Git with all that the user has set for it. It finds the repository by its folder, whatever a hook around it says.
    pub(super) fn user_git(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.place());
        OF_ANOTHER_REPOSITORY.iter().for_each(|name| _ = command.env_remove(name));
        command
    }
}

/// Runs a command that reads these bytes.
pub(super) fn fed(command: &mut Command, input: &[u8]) -> io::Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    // Git may have refused before it has read all: its words tell more than the pipe.
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(input));
    child.wait_with_output()
}

/// What a git prints that was asked something; it reads nothing.
pub(super) fn answered(command: &mut Command, action: &'static str) -> Result<Vec<u8>, Error> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| Error::Git { action, reason: error.to_string().into() })?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(Error::Git { action, reason: words(&output.stderr) }),
    }
}

/// What came of a git that was to change something.
fn finished(run: io::Result<Output>) -> Result<(), NotCommitted> {
    let output = run.map_err(NotCommitted::NotRun)?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    // One that was killed has no words for it.
    let end = output.status.code().is_none().then(|| format!("it ended by {}", output.status));
    let lines = (end.is_none() || !said.trim_ascii().is_empty()).then(|| words(&said).as_str().to_owned());
    let lines: Vec<String> = lines.into_iter().chain(end).collect();
    Err(NotCommitted::Refused(lines.join("\n").into()))
}

/// What git said, without its empty lines.
pub(super) fn words(said: &[u8]) -> Untrusted {
    let text = String::from_utf8_lossy(said);
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() { "it did not say why".into() } else { lines.join("\n").into() }
}
