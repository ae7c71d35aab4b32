//! The door by which a file of the work tree is changed and committed: the file is replaced as a whole, and the commit is
//! made by git itself, so that the user's identity, hooks and signature hold, and what else is staged stays staged.
//!
//! ```text
//!   before ──► file replaced ──► committed
//!      ▲             │ git refuses
//!      └─────────────┘
//! ```
//! A kill leaves one of the three; nothing else is ever there.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::NamedTempFile;

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
}

/// What git keeps in its folder meanwhile.
const MARKS: [(&str, UnderWay); 6] = [
    ("MERGE_HEAD", UnderWay::Merge),
    ("rebase-merge", UnderWay::Rebase),
    ("rebase-apply/applying", UnderWay::Mailbox),
    ("rebase-apply", UnderWay::Rebase),
    ("CHERRY_PICK_HEAD", UnderWay::CherryPick),
    ("REVERT_HEAD", UnderWay::Revert),
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
        }
    }
}

/// Why git made no commit.
#[derive(Debug, thiserror::Error)]
pub enum NotCommitted {
    #[error("the program `git` cannot be run: {0}")]
    NotRun(#[source] io::Error),
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

    /// Replaces a file of the work tree, whose permissions stay: another program sees the old file or the new one.
    ///
    /// # Errors
    /// A folder or a file that cannot be written: then nothing is changed.
    pub fn replace_file(&self, path: &RepoPath, bytes: &[u8]) -> Result<(), Error> {
        let written = self.place_of(path).ok_or_else(|| io::Error::other("its name is none here")).and_then(|file| {
            let permissions = fs::metadata(&file)?.permissions();
            if permissions.readonly() {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
            }
            let next = self.beside(bytes)?;
            next.as_file().set_permissions(permissions)?;
            next.as_file().sync_all()?;
            next.persist(&file).map(drop).map_err(|error| error.error)
        });
        written.map_err(|source| Error::Write { path: path.shown(), source })
    }

    /// Puts a file into the work tree where none is, as git would check it out.
    ///
    /// # Errors
    /// A folder that cannot be written, something that lies there, an answer that git does not give: then nothing is
    /// changed.
    pub fn bring_file(&self, path: &RepoPath, bytes: &[u8]) -> Result<(), Error> {
        let (action, name) = ("check a file out", path.to_file_system().unwrap_or_default());
        let git = |args: &[&OsStr], input: &[u8]| {
            let output = fed(self.user_git().args(args), input);
            let output = output.map_err(|error| Error::Git { action, reason: error.to_string().into() })?;
            let refused = || Error::Git { action, reason: words(&output.stderr) };
            output.status.success().then_some(output.stdout.clone()).ok_or_else(refused)
        };
        let blob = git(&["hash-object", "-w", "--stdin"].map(OsStr::new), bytes)?;
        let blob = OsString::from(String::from_utf8_lossy(&blob).trim());
        let [mut of, mut at] = ["--path=", ""].map(OsString::from);
        of.push(&name);
        at.push(&blob);
        let smudged = git(&[OsStr::new("cat-file"), OsStr::new("--filters"), &of, &at], b"")?;
        let written = self.place_of(path).ok_or_else(|| io::Error::other("its name is none here")).and_then(|file| {
            file.parent().map(fs::create_dir_all).transpose()?;
            let next = self.beside(&smudged)?;
            next.as_file().sync_all()?;
            next.persist_noclobber(&file).map(drop).map_err(|error| error.error)
        });
        written.map_err(|source| Error::Write { path: path.shown(), source })
    }

    /// Takes a file away again that [`Repository::bring_file`] brought, and the folders that were made for it.
    ///
    /// # Errors
    /// Git cannot be run, or the file cannot be removed.
    pub fn drop_brought_file(&self, path: &RepoPath) -> Result<(), Error> {
        let mut command = self.user_git();
        command.args(["--literal-pathspecs", "rm", "--cached", "--quiet", "--ignore-unmatch", "--force", "--"]);
        let run = command.args(path.to_file_system()).stdin(Stdio::null()).output();
        run.map_err(|error| Error::Git { action: "forget a file", reason: error.to_string().into() })?;
        let Some(file) = self.place_of(path) else { return Ok(()) };
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Error::Write { path: path.shown(), source: error });
            }
            _ => {}
        }
        let inside = |folder: &&Path| self.work_dir().is_some_and(|root| *folder != root && folder.starts_with(root));
        // A folder that has something else in it stays.
        let mut folders = file.ancestors().skip(1).take_while(inside);
        let _ = folders.try_for_each(fs::remove_dir);
        Ok(())
    }

    /// A file with these bytes in git's own folder, where what a kill leaves is in nobody's way, with the permissions that
    /// new files get.
    fn beside(&self, bytes: &[u8]) -> io::Result<NamedTempFile> {
        let mut next =
            tempfile::Builder::new().prefix("rollbook-").make_in(self.git_dir(), |path| fs::File::create_new(path))?;
        next.write_all(bytes)?;
        Ok(next)
    }

    /// Keeps other undos out until the value is dropped, or the program ends in any way; none where another is at work.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn lock(&self) -> Result<Option<fs::File>, Error> {
        let place = self.git_dir().join("rollbook-undo");
        let file = fs::File::options().create(true).append(true).open(&place);
        let file = file.map_err(|source| Error::Write { path: place.display().to_string().into(), source })?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(source)) => {
                Err(Error::Write { path: place.display().to_string().into(), source })
            }
        }
    }

    /// Stages files as they lie in the work tree.
    ///
    /// # Errors
    /// Git cannot be run, or refuses.
    pub fn stage(&self, paths: &[RepoPath]) -> Result<(), NotCommitted> {
        let mut command = self.user_git();
        command.args(["--literal-pathspecs", "add", "--"]).args(paths.iter().filter_map(RepoPath::to_file_system));
        let output = command.stdin(Stdio::null()).output().map_err(NotCommitted::NotRun)?;
        match output.status.success() {
            true => Ok(()),
            false => Err(NotCommitted::Refused(words(&output.stderr))),
        }
    }

    /// Whether files are in the index and the work tree as the newest commit has them: git's own answer, in its words for
    /// those that are not.
    ///
    /// # Errors
    /// Git cannot be run, or refuses.
    pub fn uncommitted(&self, paths: &[RepoPath]) -> Result<Vec<Untrusted>, Error> {
        let mut command = self.user_git();
        command.args(["--literal-pathspecs", "--no-optional-locks", "status", "--porcelain", "-z", "--"]);
        command.args(paths.iter().filter_map(RepoPath::to_file_system));
        let action = "see what is not committed";
        let output = command.stdin(Stdio::null()).output();
        let output = output.map_err(|error| Error::Git { action, reason: error.to_string().into() })?;
        if !output.status.success() {
            return Err(Error::Git { action, reason: words(&output.stderr) });
        }
        let rows = output.stdout.split(|byte| *byte == 0).filter(|row| !row.is_empty());
        Ok(rows.map(|row| String::from_utf8_lossy(row).trim().to_owned().into()).collect())
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
        let output = fed(&mut command, message.as_bytes()).map_err(NotCommitted::NotRun)?;
        match output.status.success() {
            true => Ok(()),
            false => Err(NotCommitted::Refused(words(&[output.stdout, output.stderr].concat()))),
        }
    }

    /// The newest commit of `HEAD` as it is now, and its only parent.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn head_and_parent(&self) -> Result<(CommitId, Option<CommitId>), Error> {
        let head = self.resolve("HEAD")?;
        Ok((head, self.first_parents(head)?.nth(1).transpose()?))
    }

    fn place_of(&self, path: &RepoPath) -> Option<PathBuf> {
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

/// What git said, without its empty lines.
pub(super) fn words(said: &[u8]) -> Untrusted {
    let text = String::from_utf8_lossy(said);
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() { "it did not say why".into() } else { lines.join("\n").into() }
}
