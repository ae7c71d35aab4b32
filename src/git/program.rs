//! The program git, for what libgit2 cannot read. Whoever made a repository wrote its configuration too, so git is run
//! with what keeps that from naming programs: no pager, no hook, no monitor of files, no filter (the commands that are
//! run here use none), and no transport, by which a partial clone would fetch what it lacks. Git finds the repository by
//! itself, so its rule about folders of other users (`safe.directory`) holds.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Error;

/// Before each command.
const OPTIONS: &[&str] = &["--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false"];

/// After those, unless it is asked where the hooks are.
const NO_HOOKS: &[&str] = &["-c", "core.hooksPath=/dev/null"];

/// Git before 2.44 does not know the first of these: the second stops it at the door.
const VARIABLES: &[(&str, &str)] = &[
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("LC_ALL", "C"),
];

/// What a hook gets tells of the hook's repository (`git rev-parse --local-env-vars`), which need not be this one.
pub(super) const OF_ANOTHER_REPOSITORY: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
    "GIT_INTERNAL_SUPER_PREFIX",
];

/// The program, for the repository that a folder is in.
#[derive(Clone, Debug)]
pub(super) struct Git {
    dir: PathBuf,
    index: Option<PathBuf>,
    knows_hooks: bool,
}

/// Why a run of git gave no answer.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The program is not there, or cannot be run.
    NotRun(io::Error),
    /// It ran and said no: its first words, without `fatal: `.
    Said(String),
}

impl Git {
    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), index: None, knows_hooks: false }
    }

    /// With another index than the repository's own.
    pub fn with_index(self, file: PathBuf) -> Self {
        Self { index: Some(file), ..self }
    }

    /// With its own folder of hooks: for a command that runs none, and asks where they are.
    pub fn with_hooks(self) -> Self {
        Self { knows_hooks: true, ..self }
    }

    /// Where it is run.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What a command prints.
    pub fn run(&self, args: &[impl AsRef<OsStr>]) -> Result<Vec<u8>, Refusal> {
        let output = self.command(args).stdin(Stdio::null()).output().map_err(Refusal::NotRun)?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(Refusal::Said(first_words(&String::from_utf8_lossy(&output.stderr)))),
        }
    }

    /// The same as an action of which an error tells.
    pub fn answer(&self, action: &'static str, args: &[impl AsRef<OsStr>]) -> Result<Vec<u8>, Error> {
        self.run(args).map_err(|refusal| Error::Git { action, reason: refusal.to_string().into() })
    }

    /// An attribute of a path, as `git check-attr` tells it.
    pub fn attribute(&self, path: &Path, name: &str) -> Option<String> {
        let args = ["check-attr", "-z", name, "--"].map(OsStr::new).into_iter().chain([path.as_os_str()]);
        let printed = self.run(&args.collect::<Vec<_>>()).ok()?;
        let value = printed.split(|byte| *byte == 0).nth(2)?;
        Some(String::from_utf8_lossy(value).into_owned())
    }

    pub fn command(&self, args: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.dir).args(OPTIONS);
        command.args(if self.knows_hooks { &[] } else { NO_HOOKS }).args(args);
        OF_ANOTHER_REPOSITORY.iter().for_each(|name| _ = command.env_remove(name));
        command.envs(VARIABLES.iter().copied());
        command.envs(self.index.iter().map(|file| ("GIT_INDEX_FILE", file)));
        command
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::NotRun(error) => write!(f, "the program `git` cannot be run: {error}"),
            Refusal::Said(words) => f.write_str(words),
        }
    }
}

/// The first paragraph that git calls fatal, on one line; else all.
fn first_words(stderr: &str) -> String {
    let fatal = stderr.split("fatal: ").nth(1).unwrap_or(stderr);
    let lines = fatal.lines().take_while(|line| !line.is_empty() && !line.starts_with("To add an exception"));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_git_are_put_on_one_line() {
        for (stderr, words) in [
            ("fatal: bad config line 1 in file .git/config\n", "bad config line 1 in file .git/config"),
            (
                "fatal: unknown repository extension found:\n\trefstorage\n",
                "unknown repository extension found: refstorage",
            ),
            ("hint: old\nhint: older\nfatal: no\n\nmore\n", "no"),
            ("killed\n", "killed"),
            ("", ""),
        ] {
            assert_eq!(first_words(stderr), words, "{stderr}");
        }
    }
}
