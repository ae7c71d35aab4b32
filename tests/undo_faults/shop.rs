//! A repository to undo in, as often as one likes: each time it is as it was.

use super::world::World;
use anyhow::{Result, bail, ensure};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const PATH: &str = "k8s/web.yaml";

/// How the repository is, and what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    Plain,
    /// `--no-commit`
    Staged,
    /// In a linked work tree, with line ends that git converts.
    Linked,
}

pub struct Shop {
    world: World,
    pub scene: Scene,
    before: State,
    after: State,
}

/// What undo works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub head: String,
    pub file: Vec<u8>,
    /// The blob that is staged.
    pub staged: String,
}

/// How far an undo has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Before,
    /// The file is written, and nothing is committed.
    Written,
    /// The commit is there, and the index did not come along.
    Behind,
    After,
}

fn web(release: u8, replicas: u8) -> String {
    format!(
        "# The front end.\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: {replicas}\n  selector:\n    \
         matchLabels: {{app: web}}\n  template:\n    metadata:\n      labels: {{app: web}}\n    spec:\n      # As release {release} \
         has it.\n      containers:\n        - name: web\n          image: web:{release}\n# Below.\n"
    )
}

impl Shop {
    pub fn new(scene: Scene) -> Self {
        let world = World::new();
        world.git(&["config", "user.name", "Grace Hopper"]);
        world.git(&["config", "user.email", "grace@example.org"]);
        let _ = fs::remove_dir_all(world.root().join(".git/hooks"));
        world.write(".rollbook.toml", "kube-version = \"1.36\"\n");
        for (release, replicas) in [(1, 2), (2, 2), (2, 5)] {
            world.write(PATH, web(release, replicas));
            world.commit(&format!("web: release {release}, {replicas} replicas"));
        }
        if scene == Scene::Linked {
            world.git(&["config", "core.autocrlf", "true"]);
            world.git(&["worktree", "add", "-q", "-b", "night", "../linked"]);
        }
        let none = State { head: String::new(), file: Vec::new(), staged: String::new() };
        let mut shop = Self { world, scene, before: none.clone(), after: none };
        for folder in shop.folders() {
            copy(&shop.world.beside(folder), &shop.world.beside("saved").join(folder));
        }
        shop.before = shop.state();
        let output = shop.undo().output().expect("rollbook was built");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        shop.after = shop.state();
        let breaks = if scene == Scene::Linked { "\r\n" } else { "\n" };
        assert_eq!(String::from_utf8_lossy(&shop.after.file), web(1, 5).replace('\n', breaks));
        shop
    }

    /// All as it was before anything was undone.
    pub fn restore(&self) {
        for folder in self.folders() {
            fs::remove_dir_all(self.world.beside(folder)).expect("it is there");
            copy(&self.world.beside("saved").join(folder), &self.world.beside(folder));
        }
    }

    fn folders(&self) -> &'static [&'static str] {
        if self.scene == Scene::Linked { &["repo", "linked"] } else { &["repo"] }
    }

    /// The work tree.
    pub fn dir(&self) -> PathBuf {
        self.world.beside(if self.scene == Scene::Linked { "linked" } else { "repo" })
    }

    /// The folder that git has for the work tree.
    pub fn git_dir(&self) -> PathBuf {
        self.world.beside(if self.scene == Scene::Linked { "repo/.git/worktrees/linked" } else { "repo/.git" })
    }

    pub fn args(&self) -> &'static [&'static str] {
        match self.scene {
            Scene::Staged => &["undo", "web", "--to-revision", "1", "--no-commit"],
            Scene::Plain | Scene::Linked => &["undo", "web", "--to-revision", "1"],
        }
    }

    /// The undo, not yet started.
    pub fn undo(&self) -> Command {
        self.dated(self.args())
    }

    /// Another one, back to a revision.
    pub fn undo_to(&self, revision: u8) -> Command {
        self.dated(&["undo", "web", "--to-revision", &revision.to_string()])
    }

    /// At a time that is always the same, so that the commit is.
    fn dated(&self, args: &[&str]) -> Command {
        let mut command = self.world.rollbook_command(&self.dir(), args);
        command.envs(["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"].map(|name| (name, "1790949600 +0000")));
        command
    }

    /// A hook before the commit.
    pub fn hook(&self, text: &str) {
        let hook = self.world.root().join(".git/hooks/pre-commit");
        fs::create_dir_all(hook.parent().expect("it has a folder")).expect("the folder is ours");
        fs::write(&hook, text).expect("the folder is ours");
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("the file is ours");
    }

    fn git(&self, args: &[&str]) -> String {
        self.world.git_in(&self.dir(), args)
    }

    fn state(&self) -> State {
        let head = self.git(&["rev-parse", "HEAD"]);
        let staged = self.git(&["ls-files", "--stage", PATH]);
        State { head, staged, file: fs::read(self.dir().join(PATH)).expect("the file is always there") }
    }

    /// How far it has come.
    ///
    /// # Errors
    /// What must never be: half a file, another commit.
    pub fn stage(&self) -> Result<Stage> {
        let (state, before, after) = (self.state(), &self.before, &self.after);
        let is_staged = state.staged == after.staged;
        ensure!(is_staged || state.staged == before.staged, "another file is staged: {}", state.staged);
        let is_written = state.file == after.file;
        ensure!(is_written || state.file == before.file, "half a file:\n{}", String::from_utf8_lossy(&state.file));
        if state.head != before.head {
            ensure!(state.head == after.head, "another commit:\n{}", self.git(&["log", "-2", "--patch"]));
        }
        let is_committed = state.head != before.head;
        Ok(match (is_written, is_committed, is_staged) {
            (false, false, false) => Stage::Before,
            (true, false, true) if self.scene == Scene::Staged => Stage::After,
            (true, false, _) => Stage::Written,
            (true, true, false) => Stage::Behind,
            (true, true, true) => Stage::After,
            (false, ..) => bail!("the file is as it was, and not what is committed or staged"),
        })
    }

    /// Nothing is broken.
    pub fn check_sound(&self) -> Result<()> {
        let output = self.world.git_command(&self.dir(), &["fsck", "--no-dangling", "--strict"]).output()?;
        let said = [output.stdout, output.stderr].concat();
        ensure!(output.status.success() && said.is_empty(), "git fsck: {}", String::from_utf8_lossy(&said));
        Ok(())
    }

    pub fn status(&self) -> String {
        self.git(&["--no-optional-locks", "status", "--porcelain"])
    }

    /// Nothing is left to do.
    pub fn is_clean(&self) -> bool {
        self.status() == if self.scene == Scene::Staged { "M  k8s/web.yaml\n" } else { "" }
    }

    /// What rollbook has left, but for its lock.
    pub fn litter(&self) -> Vec<String> {
        let folders = [self.git_dir(), self.dir().join("k8s")];
        let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("it is there"));
        let names = entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with("rollbook-") && name != "rollbook-undo").collect()
    }

    /// The locks of git that lie there.
    pub fn locks(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        gather(&self.world.beside("repo/.git"), &mut found);
        found
    }
}

fn gather(folder: &Path, locks: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("it is there").map(|entry| entry.expect("it can be read").path()) {
        match entry.is_dir() {
            true => gather(&entry, locks),
            false if entry.extension().is_some_and(|extension| extension == "lock") => locks.push(entry),
            false => {}
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder is ours");
    for entry in fs::read_dir(from).expect("it is there").map(|entry| entry.expect("it can be read")) {
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).expect("the folder is ours")),
        }
    }
}
