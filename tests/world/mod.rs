//! A git world of its own for a test: a temporary folder with its own home, configuration, people and clock, in which
//! the real git and the rollbook under test run. Nothing of the machine's settings reaches it.

#![allow(dead_code, reason = "each test file uses its part of the world")]

use std::cell::Cell;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const CONFIG: &str = "[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n[gc]\n\tauto = 0\n";
/// 2026-10-01T09:00:00Z.
const START: i64 = 1_790_845_200;

/// One repository, and the folder around it.
pub struct World {
    folder: tempfile::TempDir,
    root: PathBuf,
    clock: Cell<i64>,
    step: Cell<i64>,
    author: Cell<(&'static str, &'static str)>,
    columns: Cell<Option<u16>>,
}

/// What a run of rollbook gave.
#[derive(Debug)]
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl World {
    /// An empty repository with a work tree, on the unborn branch `main`.
    pub fn new() -> Self {
        let world = Self::without_repository();
        world.git(&["init", "-q"]);
        world
    }

    /// The same folder, before any `git init`.
    pub fn without_repository() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // By its real name: a temporary folder can be a symlink, and git tells where it leads.
        let place = folder.path().canonicalize().expect("the folder is there");
        let root = place.join("repo");
        fs::create_dir_all(&root).expect("the folder is empty");
        fs::write(place.join("gitconfig"), CONFIG).expect("the folder is ours");
        let [clock, step] = [START, 3_600].map(Cell::new);
        let author = Cell::new(("Ada Lovelace", "ada@example.org"));
        Self { folder, root, clock, step, author, columns: Cell::new(None) }
    }

    /// The root of the work tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A folder next to the repository, for clones and the like.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.root.with_file_name(name)
    }

    /// Who commits from now on.
    pub fn set_author(&self, name: &'static str, email: &'static str) {
        self.author.set((name, email));
    }

    /// How many seconds lie between two commits from now on: an hour at first.
    pub fn set_step(&self, seconds: i64) {
        self.step.set(seconds);
    }

    /// How wide the terminal is said to be.
    pub fn set_columns(&self, columns: u16) {
        self.columns.set(Some(columns));
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::write(self.place_for(path), text).expect("the file can be written");
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).expect("the file is there");
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.root.join(from), self.place_for(to)).expect("the file is there");
    }

    fn place_for(&self, path: &str) -> PathBuf {
        let file = self.root.join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("the folder can be made");
        file
    }

    /// Commits all that lies in the work tree, and gives the commit's id.
    pub fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "--allow-empty", "--allow-empty-message", "-m", message]);
        self.tip()
    }

    /// Makes a branch at the tip and checks it out.
    pub fn branch(&self, name: &str) {
        self.git(&["checkout", "-q", "-b", name]);
    }

    pub fn checkout(&self, name: &str) {
        self.git(&["checkout", "-q", name]);
    }

    /// Merges a branch into the one that is checked out, by a commit in any case.
    pub fn merge(&self, branch: &str, message: &str) -> String {
        self.git(&["merge", "-q", "--no-ff", "-m", message, branch]);
        self.tip()
    }

    pub fn tip(&self) -> String {
        self.git(&["rev-parse", "HEAD"]).trim_end().to_owned()
    }

    /// Says in git's configuration who makes the commits that the program makes.
    pub fn set_committer(&self) {
        self.git(&["config", "user.name", "Grace Hopper"]);
        self.git(&["config", "user.email", "grace@example.org"]);
    }

    /// What git prints; it must succeed.
    pub fn git(&self, args: &[&str]) -> String {
        self.git_in(&self.root, args)
    }

    /// Whether this git refuses a command.
    pub fn fails(&self, args: &[&str]) -> bool {
        !self.command("git", &self.root, args).output().expect("git is installed").status.success()
    }

    pub fn git_in(&self, dir: &Path, args: &[&str]) -> String {
        let output = self.git_command(dir, args).output().expect("git is installed");
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        text(output.stdout)
    }

    /// What git says with variables of its environment, whether it succeeds or not.
    pub fn git_with(&self, variables: &[(&str, &str)], args: &[&str]) -> Output {
        let mut command = self.git_command(&self.root, args);
        finished(command.envs(variables.iter().copied()).output().expect("git is installed"))
    }

    /// Git with an author and a date.
    pub fn git_command(&self, dir: &Path, args: &[&str]) -> Command {
        self.clock.set(self.clock.get() + if makes_a_commit(args) { self.step.get() } else { 0 });
        let (name, email) = self.author.get();
        let date = format!("{} +0000", self.clock.get());
        let mut command = self.command("git", dir, args);
        for role in ["AUTHOR", "COMMITTER"] {
            let values = [("NAME", name), ("EMAIL", email), ("DATE", date.as_str())];
            command.envs(values.map(|(what, value)| (format!("GIT_{role}_{what}"), value)));
        }
        command
    }

    /// Runs rollbook in the root of the work tree.
    pub fn rollbook(&self, args: &[&str]) -> Output {
        self.rollbook_in(&self.root, args)
    }

    pub fn rollbook_in(&self, dir: &Path, args: &[&str]) -> Output {
        finished(self.rollbook_command(dir, args).output().expect("rollbook was built"))
    }

    /// Rollbook, not yet started.
    pub fn rollbook_command(&self, dir: &Path, args: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_rollbook"), dir, args);
        command.envs(self.columns.get().map(|columns| ("COLUMNS", columns.to_string())));
        command
    }

    /// Runs rollbook in the root of the work tree with variables of its environment.
    pub fn rollbook_with(&self, variables: &[(&str, &str)], args: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_rollbook"), &self.root, args);
        finished(command.envs(variables.iter().copied()).output().expect("rollbook was built"))
    }

    /// Starts rollbook and does not wait for it.
    pub fn start_rollbook(&self, dir: &Path, args: &[&str]) -> Started {
        let mut command = self.command(env!("CARGO_BIN_EXE_rollbook"), dir, args);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("rollbook was built");
        Started { child, heard: Vec::new() }
    }

    /// Runs rollbook in the root of the work tree on a text at standard input.
    pub fn rollbook_on(&self, input: &[u8], args: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_rollbook"), &self.root, args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("rollbook was built");
        // It may end before it has read all: the pipe is closed then.
        let _ = child.stdin.take().expect("it is piped").write_all(input);
        finished(child.wait_with_output().expect("rollbook ends by itself"))
    }

    /// What a user sees who runs rollbook in the root of the work tree: the command, both streams, the exit code if it
    /// is not 0. Names of temporary folders are left out.
    pub fn screen(&self, args: &[&str]) -> String {
        self.rollbook(args).screen(args).replace(&*self.root.to_string_lossy(), "[repo]")
    }

    fn command(&self, program: &str, dir: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).current_dir(dir).stdin(Stdio::null()).env_clear();
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.env("HOME", self.folder.path()).env("TZ", "UTC");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", self.beside("gitconfig"));
        command
    }
}

/// Several screens, one below the other.
pub fn screens(world: &World, runs: &[&[&str]]) -> String {
    runs.iter().map(|args| world.screen(args)).collect::<Vec<_>>().join("\n")
}

/// A rollbook that runs.
pub struct Started {
    child: Child,
    /// What it has said, as far as a test waited for that.
    heard: Vec<u8>,
}

impl Started {
    /// Waits until it says this on stdout, after what was waited for before.
    pub fn wait_for(&mut self, words: &str) {
        let (begin, mut byte) = (self.heard.len(), [0]);
        while !self.heard[begin..].ends_with(words.as_bytes()) {
            // No more than that: the rest is read at its end.
            let read = self.child.stdout.as_mut().expect("it is piped").read(&mut byte).expect("a pipe can be read");
            if read == 0 {
                let (mut stderr, heard) = (String::new(), String::from_utf8_lossy(&self.heard));
                let _ = self.child.stderr.as_mut().expect("it is piped").read_to_string(&mut stderr);
                panic!("rollbook did not say `{words}`: {heard}{stderr}");
            }
            self.heard.extend(byte);
        }
    }

    /// Waits for its end.
    pub fn finish(self) -> Output {
        let mut output = self.child.wait_with_output().expect("rollbook ends by itself");
        output.stdout.splice(..0, self.heard);
        finished(output)
    }

    /// Waits for its end so long and no longer.
    pub fn finish_within(mut self, time: Duration) -> Output {
        let end = Instant::now() + time;
        while self.child.try_wait().expect("it was started").is_none() {
            if Instant::now() > end {
                self.child.kill().expect("it runs");
                let output = self.child.wait_with_output().expect("it was killed");
                panic!("rollbook did not end within {time:?}: {output:?}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.finish()
    }
}

fn finished(output: std::process::Output) -> Output {
    let code = output.status.code().expect("rollbook ends by itself");
    Output { stdout: text(output.stdout), stderr: text(output.stderr), code }
}

impl Output {
    /// The run as it stands on a terminal.
    pub fn screen(&self, args: &[&str]) -> String {
        let quoted = |arg: &&str| if arg.contains(' ') { format!("'{arg}'") } else { (*arg).to_owned() };
        let args: Vec<String> = args.iter().map(quoted).collect();
        let exit = if self.code == 0 { String::new() } else { format!("[exit {}]\n", self.code) };
        format!("$ rollbook {}\n{}{}{exit}", args.join(" "), self.stdout, self.stderr)
    }
}

/// These take a step of the clock each.
fn makes_a_commit(args: &[&str]) -> bool {
    matches!(args.first(), Some(&("commit" | "merge" | "cherry-pick" | "revert")))
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the output is UTF-8")
}
