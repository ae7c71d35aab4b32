//! A repository to undo in, as often as one likes: each time it is as it was.

use super::world::World;
use anyhow::{Result, bail, ensure};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const WEB: &str = "k8s/web.yaml";
const SETTINGS: &str = "k8s/settings.yaml";
const LOGIN: &str = "k8s/access/login.yaml";
/// The manifest; what it names and is another since, and what is gone.
const FILES: [&str; 3] = [WEB, SETTINGS, LOGIN];

/// How the repository is, and what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    Plain,
    /// `--no-commit`
    Staged,
    /// In a linked work tree, with line ends that git converts, and with what the template names.
    Linked,
    /// On a branch that is to be made, where no work tree has a part in it.
    Branch,
}

pub struct Shop {
    world: World,
    pub scene: Scene,
    before: State,
    after: State,
}

/// What undo works on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    head: String,
    branch: String,
    files: [Option<String>; 3],
    /// The blobs that are staged.
    staged: [String; 3],
}

/// How far an undo has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Before,
    /// Files are written, and nothing is committed.
    Written,
    /// The commit is there, and the index did not come along.
    Behind,
    After,
}

fn web(release: u8, replicas: u8) -> String {
    let names = match release {
        1 => "          envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: login}}]\n",
        _ => "",
    };
    format!(
        "# The front end.\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: {replicas}\n  selector:\n    \
         matchLabels: {{app: web}}\n  template:\n    metadata:\n      labels: {{app: web}}\n    spec:\n      # As release {release} \
         has it.\n      containers:\n        - name: web\n          image: web:{release}\n{names}# Below.\n"
    )
}

fn settings(level: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: settings}}\ndata:\n  level: {level}\n")
}

fn login() -> String {
    "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: hunter2}\n".to_owned()
}

impl Shop {
    pub fn new(scene: Scene) -> Self {
        let world = World::new();
        world.set_committer();
        let _ = fs::remove_dir_all(world.root().join(".git/hooks"));
        world.write(".rollbook.toml", "kube-version = \"1.36\"\n");
        world.write(WEB, web(1, 2));
        world.write(SETTINGS, settings("info"));
        world.write(LOGIN, login());
        world.commit("web: release 1");
        world.write(WEB, web(2, 2));
        world.write(SETTINGS, settings("debug"));
        world.remove(LOGIN);
        world.commit("web: release 2");
        world.write(WEB, web(2, 5));
        world.commit("web: five replicas");
        if scene == Scene::Linked {
            world.git(&["config", "core.autocrlf", "true"]);
            world.git(&["worktree", "add", "-q", "-b", "night", "../linked"]);
        }
        let mut shop = Self { world, scene, before: State::default(), after: State::default() };
        for folder in shop.folders() {
            copy(&shop.world.beside(folder), &shop.world.beside("saved").join(folder));
        }
        shop.before = shop.state();
        let output = shop.undo().output().expect("rollbook was built");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        shop.after = shop.state();
        assert_eq!(shop.after.files, shop.files_after());
        shop
    }

    /// The files that are to lie there in the end.
    fn files_after(&self) -> [Option<String>; 3] {
        let crlf = |text: String| Some(text.replace('\n', "\r\n"));
        match self.scene {
            Scene::Plain | Scene::Staged => [Some(web(1, 5)), Some(settings("debug")), None],
            Scene::Linked => [crlf(web(1, 5)), crlf(settings("info")), crlf(login())],
            Scene::Branch => self.before.files.clone(),
        }
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
            Scene::Plain => &["undo", "web", "--to-revision", "1"],
            Scene::Linked => &["undo", "web", "--to-revision", "1", "--with-references"],
            Scene::Branch => &["undo", "web", "--to-revision", "1", "--with-references", "--branch", "back"],
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
        let file = |path: &str| match fs::read(self.dir().join(path)) {
            Ok(bytes) => Some(String::from_utf8(bytes).expect("all of it is UTF-8")),
            Err(_) => None,
        };
        let refs = self.git(&["show-ref", "--head"]);
        let id = |name: &str| refs.lines().find_map(|line| line.strip_suffix(name)).unwrap_or_default().to_owned();
        let staged = self.git(&["ls-files", "--stage"]);
        let blob = |path: &str| staged.lines().find_map(|line| line.strip_suffix(path)).unwrap_or_default().to_owned();
        State { head: id(" HEAD"), branch: id(" refs/heads/back"), files: FILES.map(file), staged: FILES.map(blob) }
    }

    /// How far it has come.
    ///
    /// # Errors
    /// What must never be: half a file, another commit.
    pub fn stage(&self) -> Result<Stage> {
        let (state, before, after) = (self.state(), &self.before, &self.after);
        for at in 0..FILES.len() {
            let (file, staged) = (&state.files[at], &state.staged[at]);
            ensure!([&before.files[at], &after.files[at]].contains(&file), "half a file:\n{file:?}");
            ensure!([&before.staged[at], &after.staged[at]].contains(&staged), "another file is staged: {staged}");
        }
        ensure!([&before.head, &after.head].contains(&&state.head), "another commit: {}", state.head);
        ensure!([&before.branch, &after.branch].contains(&&state.branch), "another branch: {}", state.branch);
        let is_committed = state.head != before.head;
        Ok(match state {
            state if state == *before => Stage::Before,
            state if state == *after => Stage::After,
            state if is_committed && state.files == after.files => Stage::Behind,
            state if is_committed => bail!("committed, and not written: {state:?}"),
            _ => Stage::Written,
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
        // What is under a folder of ours is in nobody's way.
        let is_ours = entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with("rollbook-undo."));
        match entry.is_dir() {
            true if is_ours => {}
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
