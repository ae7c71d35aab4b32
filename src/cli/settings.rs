//! What holds for the objects of a file: the version of Kubernetes, its gates, the namespace of those that name none.

use super::config::{Config, FILE_NAME, Scope};
use super::failure::{Failure, Result};
use crate::git::RepoPath;
use crate::kubernetes::Version;
use crate::output::Note;
use crate::template::{Gates, Server};
use std::cmp::Reverse;

/// A version, and whether anybody chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Settled {
    pub version: Version,
    pub configured: bool,
}

impl Settled {
    fn on(chosen: Option<Version>) -> Settled {
        Settled { version: chosen.unwrap_or(Version::NEWEST), configured: chosen.is_some() }
    }

    /// `1.34`, or `1.37, not configured`.
    pub fn words(self) -> String {
        match self.configured {
            true => self.version.to_string(),
            false => format!("{}, not configured", self.version),
        }
    }
}

/// What holds for some files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    pub version: Settled,
    /// What the API server was told of its feature gates.
    pub gates: Gates,
    /// The namespace of objects that name none.
    pub namespace: Option<String>,
}

impl Settings {
    /// The API server that names are computed for.
    pub fn server(&self) -> Server {
        self.server_at(self.version.version)
    }

    /// The same, were it of another version.
    pub fn server_at(&self, version: Version) -> Server {
        Server { version, gates: self.gates }
    }

    /// What they say that has no effect: gates that the version does not know.
    pub fn notes(&self) -> Vec<Note> {
        let version = self.version.version;
        let unknown = self.gates.told().filter(|(gate, _)| !gate.is_known_to(version));
        let text = |gate| format!("Kubernetes {version} does not know the feature gate `{gate}`: it is left out");
        unknown.map(|(gate, _)| Note::on(FILE_NAME.into(), text(gate))).collect()
    }
}

/// The settings that an answer rests on.
#[derive(Default)]
pub(super) struct Used<'s>(Vec<&'s Settings>);

impl<'s> Used<'s> {
    /// Notes that some are used, and gives them back.
    pub fn with(&mut self, settings: &'s Settings) -> &'s Settings {
        if !self.0.contains(&settings) {
            self.0.push(settings);
        }
        settings
    }

    /// Whether somebody chose all of the versions.
    pub fn configured(&self) -> bool {
        self.0.iter().all(|settings| settings.version.configured)
    }

    /// What they say that has no effect.
    pub fn notes(&self) -> Vec<Note> {
        self.0.iter().flat_map(|settings| settings.notes()).collect()
    }
}

/// The settings of all files.
#[derive(Debug, Clone)]
pub(super) struct FileSettings {
    /// What holds where no scope says another thing.
    general: Settings,
    /// Those of the scopes' paths, the longest path first.
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
struct Part {
    path: RepoPath,
    scope: String,
    settings: Settings,
}

impl FileSettings {
    /// Of the scope that was asked for; without one, what lies in the paths of a scope has that scope's.
    ///
    /// # Errors
    /// A flag that is no version.
    pub fn of(flag: Option<&str>, config: &Config, asked: Option<&Scope>) -> Result<FileSettings> {
        let flag: Option<Version> = flag.map(str::parse).transpose()?;
        let settings = |scope: Option<&Scope>| Settings {
            version: Settled::on(flag.or(scope.and_then(|scope| scope.kube_version)).or(config.kube_version)),
            gates: config.gates.and(scope.map_or(Gates::default(), |scope| scope.gates)),
            namespace: scope.and_then(|scope| scope.namespace.clone()),
        };
        let part = |scope: &Scope, path: &String| Part {
            path: RepoPath::from(path.as_str()),
            scope: scope.name.clone(),
            settings: settings(Some(scope)),
        };
        let parts = config.scopes.iter().flat_map(|scope| scope.paths.iter().map(move |path| part(scope, path)));
        let mut parts: Vec<Part> = if asked.is_some() { Vec::new() } else { parts.collect() };
        parts.sort_by_key(|part| Reverse(part.path.as_bytes().len()));
        Ok(FileSettings { general: settings(asked), parts })
    }

    /// What holds for the objects of a file: of several scopes, that with the longest path around it decides.
    ///
    /// # Errors
    /// Two scopes have the same path, and differ.
    pub fn at(&self, file: &RepoPath) -> Result<&Settings> {
        let Some(part) = self.parts.iter().find(|part| file.is_under(&part.path)) else {
            return Ok(&self.general);
        };
        let twin = self.parts.iter().find(|other| other.path == part.path && other.settings != part.settings);
        match twin {
            None => Ok(&part.settings),
            Some(twin) => Err(tie(part, twin)),
        }
    }

    /// The namespaces of objects that name none, by the folder or file that they stand in.
    pub fn namespaces(&self) -> Vec<(RepoPath, Option<String>)> {
        let namespace = |part: &Part| self.at(&part.path).ok()?.namespace.clone();
        let parts = self.parts.iter().map(|part| (part.path.clone(), namespace(part)));
        parts.chain([(RepoPath::from(""), self.general.namespace.clone())]).collect()
    }
}

fn tie(one: &Part, other: &Part) -> Failure {
    let path = one.path.shown();
    let what = format!(
        "`{}` is a path of the scopes `{}` and `{}`, whose settings differ: one has to be chosen",
        path.as_str(),
        one.scope,
        other.scope
    );
    Failure::new(what).hint(format!("--scope {}", one.scope)).hint(format!("--scope {}", other.scope))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::onward::Onward;

    const CONFIG: &str = "kube-version = \"1.36\"\n[scope.prod]\npaths = [\"clusters/prod/\"]\nkube-version = \"1.33\"\nnamespace = \"shop\"\n\
         [scope.lab]\npaths = [\"clusters/prod/lab\", \"twin\"]\nkube-version = \"1.35\"\n[scope.all]\nkube-version = \"1.30\"\n\
         [scope.twin]\npaths = [\"twin\"]\nkube-version = \"1.31\"\n";

    fn settings(flag: Option<&str>, asked: Option<&str>) -> FileSettings {
        let config = Config::parse(CONFIG, ".rollbook.toml").unwrap();
        FileSettings::of(flag, &config, asked.map(|name| config.scope(name).unwrap())).unwrap()
    }

    #[test]
    fn the_longest_path_around_a_file_decides() {
        for (file, version, namespace) in [
            ("web.yaml", "1.36", None),
            ("clusters/prod/web.yaml", "1.33", Some("shop")),
            ("clusters/prod/lab/web.yaml", "1.35", None),
            ("clusters/production/web.yaml", "1.36", None),
        ] {
            let all = settings(None, None);
            let found = all.at(&file.into()).unwrap();
            assert_eq!((&*found.version.words(), found.namespace.as_deref()), (version, namespace), "{file}");
        }
    }

    #[test]
    fn a_flag_wins_over_a_scope_that_was_asked_for_and_that_over_the_path() {
        let file = RepoPath::from("clusters/prod/web.yaml");
        for (flag, asked, version) in
            [(Some("1.29"), None, "1.29"), (Some("1.29"), Some("lab"), "1.29"), (None, Some("all"), "1.30")]
        {
            assert_eq!(settings(flag, asked).at(&file).unwrap().version.words(), version);
        }
        let nobody = FileSettings::of(None, &Config::default(), None).unwrap();
        assert_eq!(nobody.at(&file).unwrap().version.words(), "1.37, not configured");
    }

    #[test]
    fn two_scopes_of_one_path_have_to_agree() {
        let file = RepoPath::from("twin/web.yaml");
        let shown = settings(None, None).at(&file).unwrap_err().diagnostic(&Onward::default()).to_string();
        assert!(shown.contains("`twin` is a path of the scopes `lab` and `twin`"), "{shown}");
        assert!(settings(Some("1.34"), None).at(&file).is_ok() && settings(None, Some("twin")).at(&file).is_ok());
    }
}
