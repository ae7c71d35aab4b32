//! What a command that reads a repository begins with: the repository, the commit, the settings, the version.

use std::path::PathBuf;

use anyhow::Context as _;

use super::config::{self, Config, Scope};
use super::context::Context;
use super::environment::is_own;
use super::failure::{Failure, Result};
use crate::git::{self, CommitId, RepoPath, Repository};
use crate::kubernetes::Version;
use crate::manifest::Identity;
use crate::output::Diagnostic;
use crate::revision::{Index, Namer};
use crate::text::Untrusted;

/// The repository that a command looks at, at one commit.
pub(super) struct World {
    pub repository: Repository,
    pub index: Index,
    pub tip: CommitId,
    pub reference: Untrusted,
    pub version: Settled,
    /// What is looked at: files and folders of the scope, narrowed by the global options; all, if there is none.
    pub paths: Vec<RepoPath>,
    scope: Scope,
}

/// A version, and whether anybody chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Settled {
    pub version: Version,
    pub configured: bool,
}

impl Settled {
    /// The version of the flag, of the scope, of the settings, or the newest.
    fn of(flag: Option<&str>, config: &Config, scope: &Scope) -> Result<Settled> {
        let configured = scope.kube_version.as_ref().or(config.kube_version.as_ref());
        let chosen = match (flag, configured) {
            (Some(flag), _) => Some(flag.parse()?),
            (None, Some(text)) => Some(text.parse().context("the `kube-version` of the configuration cannot be used")?),
            (None, None) => None,
        };
        Ok(Settled { version: chosen.unwrap_or(Version::NEWEST), configured: chosen.is_some() })
    }

    /// `1.34`, or `1.37, not configured`.
    pub fn words(self) -> String {
        match self.configured {
            true => self.version.to_string(),
            false => format!("{}, not configured", self.version),
        }
    }
}

impl World {
    /// Opens the repository of the global options.
    pub fn open(context: &Context) -> Result<World> {
        let repository = Repository::open(context.directory()).map_err(of_git)?;
        let tip = repository.resolve(context.reference()).map_err(of_git)?;
        World::of(context, repository, tip, context.reference())
    }

    /// The same repository at another commit.
    pub fn at(context: &Context, tip: CommitId, reference: &str) -> Result<World> {
        World::of(context, Repository::open(context.directory()).map_err(of_git)?, tip, reference)
    }

    fn of(context: &Context, repository: Repository, tip: CommitId, reference: &str) -> Result<World> {
        let config = match repository.work_dir() {
            Some(root) => context.config(Some(root))?,
            None if context.globals.config.is_none() => bare_config(&repository, tip)?,
            None => context.config(None)?,
        };
        let scope = scope(context, &config)?;
        let version = Settled::of(context.globals.kube_version.as_deref(), &config, &scope)?;
        let paths = narrowed(&scope, &context.globals.paths)?;
        Ok(World { repository, index: Index::none(), tip, reference: reference.into(), version, paths, scope })
    }

    /// Opens it with what earlier runs found out.
    pub fn open_with_index(context: &Context) -> Result<World> {
        let world = World::open(context)?;
        let index = cache_folder(context, &world.repository).map_or_else(Index::none, |folder| Index::open(&folder));
        Ok(World { index, ..world })
    }

    /// Keeps what was found out for later runs; a folder that cannot be written costs them time only.
    pub fn keep(&self) {
        let _ = self.index.save();
    }

    /// The names for the version that was settled on.
    pub fn namer(&self) -> Namer<'_> {
        Namer::new(&self.repository, &self.index, self.version.version)
    }

    /// Whether the scope says which namespace objects are in that name none.
    pub fn has_namespace(&self) -> bool {
        self.scope.namespace.is_some()
    }

    /// Whether an object is in the namespace of the global options: one that names none is in that of the scope, or may
    /// be in any.
    pub fn is_in_namespace(&self, context: &Context, identity: &Identity) -> bool {
        let given = identity.namespace.as_ref().or(self.scope.namespace.as_ref());
        match (&context.globals.namespace, given) {
            (Some(wanted), Some(given)) => wanted == given,
            _ => true,
        }
    }
}

/// What is in the paths of a scope and in those that were given.
fn narrowed(scope: &Scope, given: &[String]) -> Result<Vec<RepoPath>> {
    let [of_scope, given] = [&scope.paths[..], given]
        .map(|paths| paths.iter().map(|path| RepoPath::from(path.as_str())).collect::<Vec<_>>());
    if of_scope.is_empty() || given.is_empty() {
        return Ok(if given.is_empty() { of_scope } else { given });
    }
    let inside = given.iter().filter(|path| of_scope.iter().any(|folder| path.is_under(folder)));
    let around = of_scope.iter().filter(|path| given.iter().any(|folder| path.is_under(folder)));
    let both: Vec<RepoPath> = inside.chain(around).cloned().collect();
    match both.is_empty() {
        true => {
            let failure = Failure::new(format!("--path leads out of the scope `{}`", scope.name));
            Err(failure.hint(format!("its paths are: {}", scope.paths.join(", "))))
        }
        false => Ok(both),
    }
}

/// The scope that was asked for; without one, the whole repository.
fn scope(context: &Context, config: &Config) -> Result<Scope> {
    match &context.globals.scope {
        Some(name) => config.scope(name).cloned(),
        None => Ok(Scope::default()),
    }
}

/// The settings of a bare repository stand in the commit.
fn bare_config(repository: &Repository, tip: CommitId) -> Result<Config> {
    let Some(blob) = repository.file(tip, &RepoPath::from(config::FILE_NAME)).map_err(of_git)? else {
        return Ok(Config::default());
    };
    let bytes = repository.blob(blob).map_err(of_git)?;
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

/// The version for files that need no repository: that of the settings, where the folder is in one all the same.
pub(super) fn version_for_files(context: &Context) -> Result<Settled> {
    let repository = Repository::open(context.directory()).ok();
    let root = repository.as_ref().and_then(Repository::work_dir);
    let config = context.config(root)?;
    Settled::of(context.globals.kube_version.as_deref(), &config, &scope(context, &config)?)
}

/// An error of git with the command that helps.
pub(super) fn of_git(error: git::Error) -> Failure {
    let hint = match &error {
        git::Error::NotARepository { .. } | git::Error::NoSuchFolder { .. } => {
            Some("name the repository's folder: rollbook -C DIR history deployment/web".to_owned())
        }
        git::Error::NoCommits { .. } => {
            Some("another branch may have some: rollbook --ref BRANCH history …".to_owned())
        }
        git::Error::UnknownRevision { .. } => Some("git branch --all, or git tag, lists those there are".to_owned()),
        other => other.hint(),
    };
    let failure = Failure::from(error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// Says which version names hold for, where standard output cannot.
pub(super) fn say_version(context: &mut Context, version: Settled) -> Result<()> {
    context
        .warn(&Diagnostic::new(crate::output::Severity::Note, format!("names hold for Kubernetes {}", version.words())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_wins_over_the_settings_and_both_over_the_newest() {
        let config = Config { kube_version: Some("1.33".into()), ..Config::default() };
        for (flag, config, words) in [
            (Some("1.34"), &config, "1.34"),
            (None, &config, "1.33"),
            (None, &Config::default(), "1.37, not configured"),
        ] {
            assert_eq!(Settled::of(flag, config, &Scope::default()).unwrap().words(), words);
        }
    }

    #[test]
    fn a_version_that_the_settings_get_wrong_is_told_as_theirs() {
        let config = Config { kube_version: Some("1.1".into()), ..Config::default() };
        let shown = Settled::of(None, &config, &Scope::default()).unwrap_err().diagnostic().to_string();
        assert!(shown.contains("`kube-version` of the configuration") && shown.contains("1.2 to 1.37"), "{shown}");
    }
}
