//! `.rollbook.toml`: what a repository says about itself.

mod check;
mod table;

use toml::de::DeTable;

pub(super) use self::check::CheckConfig;
use self::table::{Key, Keys, Problem, Refused, fill};
use super::failure::Failure;
use crate::check::{Rule, UnknownRule};
use crate::kubernetes::Version;
use crate::manifest;
use crate::output::Excerpt;
use crate::template::{Gate, Gates, UnknownGate};
use crate::text::closest;
use crate::yaml::{self, Dialect, Position};

/// The file at the root of the repository.
pub(super) const FILE_NAME: &str = ".rollbook.toml";

/// The settings of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Config {
    /// The version of Kubernetes that names are computed for.
    pub kube_version: Option<Version>,
    pub gates: Gates,
    /// In the order of the file.
    pub scopes: Vec<Scope>,
    pub check: CheckConfig,
}

/// A named part of the repository with settings of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Scope {
    pub name: String,
    /// Files and folders from the root of the repository; all of it, if there is none.
    pub paths: Vec<String>,
    pub kube_version: Option<Version>,
    pub gates: Gates,
    /// The namespace of objects that name none.
    pub namespace: Option<String>,
}

/// Why a configuration is refused, and where.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {problem}")]
pub(super) struct ConfigError {
    file: String,
    line: u32,
    column: u32,
    problem: Problem,
}

/// The keys at the top.
const KEYS: Keys<Config> = &[
    ("kube-version", Key::Version(|config, version| config.kube_version = Some(version))),
    ("feature-gates", Key::Gates(|config, gates| config.gates = gates)),
    ("scope", Key::Tables(Config::add_scope)),
    ("check", Key::Table(|config, table| fill(&mut config.check, table, check::KEYS))),
];

/// The keys of a scope.
const SCOPE_KEYS: Keys<Scope> = &[
    ("paths", Key::Texts(|scope, paths| scope.paths = paths)),
    ("kube-version", Key::Version(|scope, version| scope.kube_version = Some(version))),
    ("namespace", Key::Text(|scope, text| scope.namespace = Some(text))),
    ("feature-gates", Key::Gates(|scope, gates| scope.gates = gates)),
];

impl Config {
    /// Reads the text of a configuration. The file's name is for the messages.
    pub fn parse(text: &str, file: &str) -> Result<Self, ConfigError> {
        Self::read(text).map_err(|refused| {
            let Position { line, column } = yaml::position(text.as_bytes(), refused.at);
            ConfigError { file: file.to_owned(), line, column, problem: refused.problem }
        })
    }

    fn read(text: &str) -> Result<Self, Refused> {
        let table = DeTable::parse(text).map_err(|error| Refused {
            problem: Problem::Syntax(error.message().replace('\n', ", ")),
            at: error.span().map_or(0, |span| span.start),
        })?;
        let mut config = Self::default();
        fill(&mut config, table.into_inner(), KEYS)?;
        Ok(config)
    }

    fn add_scope(&mut self, name: &str, table: DeTable<'_>) -> Result<(), Refused> {
        let mut scope = Scope { name: name.to_owned(), ..Scope::default() };
        fill(&mut scope, table, SCOPE_KEYS)?;
        self.scopes.push(scope);
        Ok(())
    }
}

impl ConfigError {
    /// The error as the command line shows it: with the line, and with the key that was meant.
    pub fn into_failure(self, text: &str) -> Failure {
        let (file, line, column) = (self.file.as_str(), self.line as usize, self.column as usize);
        // Somebody may have given the wrong file.
        let excerpt = match manifest::read(text.as_bytes(), Dialect::Kubectl).may_hold_secret {
            true => Excerpt::place(file, line, column),
            false => Excerpt::with_line(file, text, line, column),
        };
        let hint = self.hint();
        let failure = Failure::from(self).at(excerpt);
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }

    fn hint(&self) -> Option<String> {
        match &self.problem {
            Problem::UnknownKey { key, keys } => closest(key, keys.iter().copied())
                .map(|known| format!("did you mean `{known}`?"))
                .or_else(|| Some(format!("the keys are: {}", keys.join(", ")))),
            Problem::UnknownGate(UnknownGate { suggestion: Some(known), .. })
            | Problem::UnknownRule(UnknownRule { suggestion: Some(known), .. }) => {
                Some(format!("did you mean `{known}`?"))
            }
            Problem::UnknownRule(_) => {
                let all: Vec<&str> = Rule::all().map(|rule| rule.name).collect();
                Some(format!("those are: {}", all.join(", ")))
            }
            Problem::UnknownGate(_) => {
                let all: Vec<&str> = Gate::all().map(Gate::name).collect();
                Some(format!("those are: {}", all.join(", ")))
            }
            _ => None,
        }
    }
}

impl Config {
    /// The scope of that name.
    ///
    /// # Errors
    /// There is none: those there are.
    pub fn scope(&self, name: &str) -> Result<&Scope, Failure> {
        let names = || self.scopes.iter().map(|scope| scope.name.as_str());
        self.scopes.iter().find(|scope| scope.name == name).ok_or_else(|| {
            let failure = Failure::new(format!("no scope `{name}` in the configuration"));
            let all: Vec<&str> = names().collect();
            match (closest(name, names()), all.is_empty()) {
                (Some(meant), _) => failure.hint(format!("did you mean `--scope {meant}`?")),
                (None, false) => failure.hint(format!("the scopes are: {}", all.join(", "))),
                (None, true) => failure.hint(format!("a scope is a table [scope.{name}] in {FILE_NAME}")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::onward::Onward;

    fn refused(text: &str) -> String {
        Config::parse(text, FILE_NAME).unwrap_err().to_string()
    }

    #[test]
    fn the_version_is_read() {
        let config = Config::parse("# ours\nkube-version = \"1.34\"\n", FILE_NAME).unwrap();
        assert_eq!(config.kube_version, Some("1.34".parse().unwrap()));
        assert_eq!(Config::parse("", FILE_NAME), Ok(Config::default()));
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (text, expected) in [
            ("\nkube-verison = \"1.34\"", ".rollbook.toml:2:1: unknown key `kube-verison`"),
            ("kube-version = 1.34", ".rollbook.toml:1:16: `kube-version` must be a text in quotes, such as \"1.34\""),
            (
                "[scope.prod]\nkube-version = \"1.99\"",
                ".rollbook.toml:2:16: `1.99` is not a Kubernetes version from 1.2 to 1.37, such as `1.33` or \
                 `v1.33.4-gke.1200`",
            ),
            ("scope = 1", ".rollbook.toml:1:9: `scope` must be a table: write it as `[scope.prod]`"),
            ("[scope]\nprod = 1", ".rollbook.toml:2:8: `scope.prod` must be a table: write it as `[scope.prod]`"),
            ("[scope.prod]\npath = []", ".rollbook.toml:2:1: unknown key `path`"),
            (
                "[scope.prod]\npaths = \"a\"",
                ".rollbook.toml:2:9: `paths` must be a list of texts, such as [\"clusters/prod\"]",
            ),
            (
                "[scope.prod]\npaths = [1]",
                ".rollbook.toml:2:9: `paths` must be a list of texts, such as [\"clusters/prod\"]",
            ),
            (
                "[scope.prod]\nfeature-gates = 1",
                ".rollbook.toml:2:17: `feature-gates` must be a table of switches, such as { ImageVolume = true }",
            ),
            ("feature-gates = { ImageVolume = 1 }", ".rollbook.toml:1:33: `ImageVolume` must be true or false"),
            (
                "[scope.prod.feature-gates]\nImageVolumes = true",
                ".rollbook.toml:2:1: `ImageVolumes` is no feature gate that a pod template depends on",
            ),
            ("check = 1", ".rollbook.toml:1:9: `check` must be a table: write it as `[check]`"),
            ("[check]\nfail-on = \"off\"", ".rollbook.toml:2:11: `fail-on` must be \"error\", \"warning\" or \"info\""),
            ("[check]\nrules.imutable-field = 1", ".rollbook.toml:2:7: there is no rule `imutable-field`"),
            (
                "[check.rules]\nimmutable-field = 1",
                ".rollbook.toml:2:19: `immutable-field` must be \"error\", \"warning\", \"info\" or \"off\", or a \
                 table with `severity` and `except`",
            ),
            ("[check]\nrules.immutable-field = { severty = \"off\" }", ".rollbook.toml:2:27: unknown key `severty`"),
        ] {
            assert_eq!(refused(text), expected);
        }
        assert!(refused("a = ").starts_with(".rollbook.toml:1:"));
        assert!(refused("\u{0}\n").lines().count() == 1);
    }

    #[test]
    fn scopes_are_read_in_order() {
        let text =
            "[scope.prod]\npaths = [\"clusters/prod\"]\nkube-version = \"1.33\"\nnamespace = \"shop\"\n[scope.dev]\n";
        let config = Config::parse(text, FILE_NAME).unwrap();
        let prod = config.scope("prod").unwrap();
        assert_eq!((prod.kube_version, prod.namespace.as_deref()), ("1.33".parse().ok(), Some("shop")));
        assert_eq!((&prod.paths[..], &config.scopes[1].name[..]), (&["clusters/prod".to_owned()][..], "dev"));
        let shown = config.scope("pord").unwrap_err().diagnostic(&Onward::default()).to_string();
        assert!(shown.contains("did you mean `--scope prod`?"), "{shown}");
    }

    #[test]
    fn a_key_that_may_be_meant_is_suggested() {
        let text = "kube_version = \"1.34\"";
        let shown =
            Config::parse(text, FILE_NAME).unwrap_err().into_failure(text).diagnostic(&Onward::default()).to_string();
        assert!(shown.contains("did you mean `kube-version`?"), "{shown}");
    }
}
