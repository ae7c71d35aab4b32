//! What a command that reads a repository begins with: the repository, the commit, the settings, the version.

use std::ops::Deref;
use std::path::PathBuf;

use super::config::{self, Config, Scope};
use super::context::Context;
use super::environment::is_own;
use super::failure::{Failure, Result};
use super::settings::{FileSettings, Settings, Settled};
use crate::git::{self, CommitId, Foxtrot, RepoPath, Repository};
use crate::output::{FieldChange, Note};
use crate::revision::{Event, Index, Namer, Namespaces};
use crate::text::Untrusted;

/// The repository that a command looks at, at one commit. It has all that its [`Ground`] has.
pub(super) struct World {
    ground: Ground,
    pub index: Index,
    pub tip: CommitId,
    pub reference: Untrusted,
}

/// The part of a repository that a command looks at, whatever the commit, and what holds in it.
pub(super) struct Ground {
    pub repository: Repository,
    /// What is looked at: files and folders of the scope, narrowed by the global options; all, if there is none.
    pub paths: Vec<RepoPath>,
    /// The namespaces that are looked at.
    pub namespaces: Namespaces,
    pub config: Config,
    settings: FileSettings,
}

impl Deref for World {
    type Target = Ground;

    fn deref(&self) -> &Ground {
        &self.ground
    }
}

/// Keeps what was found out for later runs; a folder that cannot be written costs them time only.
impl Drop for World {
    fn drop(&mut self) {
        let _ = self.index.save();
    }
}

impl World {
    /// Opens the repository of the global options, with what earlier runs found out.
    pub fn open(context: &Context) -> Result<World> {
        let command = &context.globals.command;
        let repository = Repository::open(context.directory()).map_err(|error| not_opened(error, command))?;
        let tip = repository.resolve(context.reference()).map_err(|error| not_opened(error, command))?;
        World::of(context, repository, tip, context.reference())
    }

    /// The same repository at another commit.
    pub fn at(context: &Context, tip: CommitId, reference: &str) -> Result<World> {
        World::of(context, Repository::open(context.directory()).map_err(of_git)?, tip, reference)
    }

    fn of(context: &Context, repository: Repository, tip: CommitId, reference: &str) -> Result<World> {
        let ground = Ground::of(context, repository, Some(tip))?;
        // Where somebody put other objects or parents in place of those that an id stands for, no fact of an id lasts.
        let folder = cache_folder(context, &ground.repository).filter(|_| !ground.repository.is_edited());
        let index = folder.map_or_else(Index::none, |folder| Index::open(&folder));
        Ok(World { ground, index, tip, reference: reference.into() })
    }

    /// What there is to say of the history as a whole.
    pub fn notes(&self) -> Vec<Note> {
        // What cannot be told of a branch takes nothing from the answer.
        let foxtrot = self.repository.foxtrot(self.tip, self.reference.as_str()).ok().flatten();
        foxtrot.map(|foxtrot| Note::new(self.merged_from_the_side(&foxtrot))).into_iter().collect()
    }

    fn merged_from_the_side(&self, foxtrot: &Foxtrot) -> String {
        let short = |commit| self.repository.short_id(commit).unwrap_or_else(|_| CommitId::to_string(&commit));
        let (merge, was_at, branch) = (short(foxtrot.merge), short(foxtrot.was_at), foxtrot.branch.as_str());
        format!(
            "`{merge}` is a foxtrot merge: it has `{was_at}`, where `{branch}` was, from the side; what that branch \
             showed counts as one change here, so numbers differ from those it had"
        )
    }

    /// What an event changed, place by place; nothing where one of both states is not there.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn changes_of(&self, event: &Event) -> Result<Vec<FieldChange>> {
        let objects = event.objects(&self.repository).map_err(of_git)?;
        Ok(objects.map(|[old, new]| FieldChange::between(&old, &new)).unwrap_or_default())
    }

    /// The names that hold with some settings.
    pub fn namer(&self, settings: &Settings) -> Namer<'_> {
        Namer::new(&self.repository, &self.index, settings.server())
    }
}

impl Ground {
    /// That of the global options, in a repository; in a bare one the settings are those of the commit.
    pub fn of(context: &Context, repository: Repository, tip: Option<CommitId>) -> Result<Ground> {
        let config = match (repository.work_dir(), tip) {
            (Some(root), _) => context.config(Some(root))?,
            (None, Some(tip)) if context.globals.config.is_none() => bare_config(&repository, tip)?,
            (None, _) => context.config(None)?,
        };
        let scope = scope(context, &config)?;
        let settings = FileSettings::of(context.globals.kube_version.as_deref(), &config, scope)?;
        let paths = narrowed(scope, &context.globals.paths)?;
        let namespaces = Namespaces::new(context.globals.namespace.clone(), settings.namespaces());
        Ok(Ground { repository, paths, namespaces, config, settings })
    }

    /// What holds for the objects of a file.
    ///
    /// # Errors
    /// The configuration says two things of it.
    pub fn settings(&self, file: &RepoPath) -> Result<&Settings> {
        self.settings.at(file)
    }
}

/// What is in the paths of a scope and in those that were given.
fn narrowed(scope: Option<&Scope>, given: &[String]) -> Result<Vec<RepoPath>> {
    let of_scope = scope.map_or(&[][..], |scope| &scope.paths);
    let [of_scope, given] =
        [of_scope, given].map(|paths| paths.iter().map(|path| RepoPath::from(path.as_str())).collect::<Vec<_>>());
    if of_scope.is_empty() || given.is_empty() {
        return Ok(if given.is_empty() { of_scope } else { given });
    }
    let inside = given.iter().filter(|path| of_scope.iter().any(|folder| path.is_under(folder)));
    let around = of_scope.iter().filter(|path| given.iter().any(|folder| path.is_under(folder)));
    let both: Vec<RepoPath> = inside.chain(around).cloned().collect();
    match scope.filter(|_| both.is_empty()) {
        Some(scope) => {
            let failure = Failure::new(format!("--path leads out of the scope `{}`", scope.name));
            Err(failure.hint(format!("its paths are: {}", scope.paths.join(", "))))
        }
        None => Ok(both),
    }
}

/// The scope that was asked for.
fn scope<'c>(context: &Context, config: &'c Config) -> Result<Option<&'c Scope>> {
    context.globals.scope.as_ref().map(|name| config.scope(name)).transpose()
}

/// The namespace of the scope that was asked for, if it has one: for what looks at a cluster, also outside of a repository.
///
/// # Errors
/// A configuration that cannot be read, or has no such scope.
#[cfg(feature = "cluster")]
pub(super) fn namespace_of_scope(context: &Context) -> Result<Option<String>> {
    if context.globals.scope.is_none() {
        return Ok(None);
    }
    let config = match Repository::open(context.directory()) {
        Ok(repository) => {
            let tip = repository.resolve(context.reference()).ok();
            Ground::of(context, repository, tip)?.config
        }
        Err(_) => context.config(None)?,
    };
    Ok(scope(context, &config)?.and_then(|scope| scope.namespace.clone()))
}

/// The settings of a bare repository stand in the commit.
fn bare_config(repository: &Repository, tip: CommitId) -> Result<Config> {
    let Some(bytes) = repository.file_text(tip, &RepoPath::from(config::FILE_NAME)).map_err(of_git)? else {
        return Ok(Config::default());
    };
    let text = String::from_utf8(bytes).map_err(|_| Failure::new(format!("`{}` is not UTF-8", config::FILE_NAME)))?;
    Config::parse(&text, config::FILE_NAME).map_err(|error| error.into_failure(&text))
}

/// Where the cache of a repository is: in its common git directory if that belongs to the user, else in the user's
/// folder for caches.
pub(super) fn cache_folder(context: &Context, repository: &Repository) -> Option<PathBuf> {
    let common = repository.common_dir();
    if is_own(common) && !std::fs::metadata(common).is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Some(common.join("rollbook"));
    }
    let place = common.canonicalize().unwrap_or_else(|_| common.to_owned());
    Some(Index::folder_among(&context.cache.as_ref()?.join("rollbook"), &place))
}

/// The settings of files that need no repository, where they are in one all the same.
pub(super) struct Outside {
    root: Option<PathBuf>,
    settings: FileSettings,
}

impl Outside {
    /// Those of the repository around the folder that is looked at, if there is one.
    pub fn read(context: &Context) -> Result<Outside> {
        let repository = Repository::open(context.directory()).ok();
        let root = repository.as_ref().and_then(Repository::work_dir);
        let config = context.config(root)?;
        let settings = FileSettings::of(context.globals.kube_version.as_deref(), &config, scope(context, &config)?)?;
        Ok(Outside { root: root.and_then(|root| root.canonicalize().ok()), settings })
    }

    /// What holds for a file: a scope's where it is in a path of it.
    pub fn at(&self, file: &str) -> Result<&Settings> {
        let place = std::fs::canonicalize(file).ok();
        let inside = self.root.as_ref().zip(place.as_ref()).and_then(|(root, place)| place.strip_prefix(root).ok());
        let parts = inside.map(|place| place.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"));
        self.settings.at(&RepoPath::from(parts.unwrap_or_default().as_str()))
    }
}

/// A repository, or a history in it, that is not there for the command.
pub(super) fn not_opened(error: git::Error, command: &str) -> Failure {
    let hint = match &error {
        git::Error::NotARepository { .. } | git::Error::NoSuchFolder { .. } => {
            format!("name the repository's folder: rollbook -C DIR {command} …")
        }
        git::Error::NoCommits { .. } => format!("another branch may have some: rollbook --ref BRANCH {command} …"),
        _ => return of_git(error),
    };
    Failure::from(error).hint(hint)
}

/// An error of git with the command that helps.
pub(super) fn of_git(error: git::Error) -> Failure {
    let hint = match &error {
        git::Error::UnknownRevision { .. } => Some("git branch --all, or git tag, lists those there are".to_owned()),
        other => other.hint(),
    };
    let failure = Failure::from(error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// Which version names hold for, where standard output cannot say it: once where it is one, else for each path.
pub(super) fn version_notes<'v>(versions: impl IntoIterator<Item = (&'v Untrusted, Settled)>) -> Vec<Note> {
    let mut versions: Vec<_> = versions.into_iter().collect();
    versions.dedup();
    let is_one = versions.iter().all(|(_, version)| *version == versions[0].1);
    versions.truncate(if is_one { 1 } else { usize::MAX });
    let note = |(path, version): (&Untrusted, Settled)| {
        let text = format!("names hold for Kubernetes {}", version.words());
        if is_one { Note::new(text) } else { Note::on(path.clone(), text) }
    };
    versions.into_iter().map(note).collect()
}
