//! `.rollbook.toml`: what a repository says about itself.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::failure::Failure;
use crate::kubernetes::{BadVersion, Version};
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

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum Problem {
    #[error("{0}")]
    Syntax(String),
    #[error("unknown key `{key}`")]
    UnknownKey { key: String, keys: Vec<&'static str> },
    #[error("`{0}` is not supported yet")]
    NotYet(String),
    #[error("`{0}` must be a text in quotes, such as \"1.34\"")]
    NotText(String),
    #[error("`{0}` must be a list of texts, such as [\"clusters/prod\"]")]
    NotTexts(String),
    #[error("{0}")]
    BadVersion(#[from] BadVersion),
    #[error(transparent)]
    UnknownGate(#[from] UnknownGate),
    #[error("`{0}` must be true or false")]
    NotSwitch(String),
    #[error("`{0}` must be a table of switches, such as {{ ImageVolume = true }}")]
    NotSwitches(String),
    #[error("`{0}` must be a table: write it as `[scope.prod]`")]
    NotTable(String),
}

/// What is done with the value of a key of a table.
enum Key<T> {
    Text(fn(&mut T, String)),
    Texts(fn(&mut T, Vec<String>)),
    Version(fn(&mut T, Version)),
    /// A table of switches.
    Gates(fn(&mut T, Gates)),
    /// Tables by their names.
    Tables(fn(&mut T, &str, DeTable<'_>) -> Result<(), Refused>),
    Later,
}

/// The keys of a table.
type Keys<T> = &'static [(&'static str, Key<T>)];

/// The keys at the top.
const KEYS: Keys<Config> = &[
    ("kube-version", Key::Version(|config, version| config.kube_version = Some(version))),
    ("feature-gates", Key::Gates(|config, gates| config.gates = gates)),
    ("scope", Key::Tables(Config::add_scope)),
    ("check", Key::Later),
];

/// The keys of a scope.
const SCOPE_KEYS: Keys<Scope> = &[
    ("paths", Key::Texts(|scope, paths| scope.paths = paths)),
    ("kube-version", Key::Version(|scope, version| scope.kube_version = Some(version))),
    ("namespace", Key::Text(|scope, text| scope.namespace = Some(text))),
    ("feature-gates", Key::Gates(|scope, gates| scope.gates = gates)),
];

/// A problem at a byte of the file.
struct Refused {
    problem: Problem,
    at: usize,
}

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

/// Sets what the keys of a table say, in the order of the file, so that the first mistake is told first.
fn fill<T>(into: &mut T, table: DeTable<'_>, keys: Keys<T>) -> Result<(), Refused> {
    in_order(table).into_iter().try_for_each(|(key, value)| set(into, &key, value, keys))
}

type Entry<'t> = (Spanned<DeString<'t>>, Spanned<DeValue<'t>>);

fn in_order(table: DeTable<'_>) -> Vec<Entry<'_>> {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn set<T>(
    into: &mut T,
    key: &Spanned<DeString<'_>>,
    value: Spanned<DeValue<'_>>,
    keys: Keys<T>,
) -> Result<(), Refused> {
    let name = key.get_ref().to_string();
    let (at_key, at_value) = (key.span().start, value.span().start);
    let known = keys.iter().find(|(known, _)| *known == name).map(|(_, key)| key);
    match (known, value.into_inner()) {
        (None, _) => {
            let keys = keys.iter().filter(|(_, key)| !matches!(key, Key::Later)).map(|(known, _)| *known).collect();
            Err(Refused { problem: Problem::UnknownKey { key: name, keys }, at: at_key })
        }
        (Some(Key::Later), _) => Err(Refused { problem: Problem::NotYet(name), at: at_key }),
        (Some(Key::Text(set)), DeValue::String(text)) => {
            set(into, text.to_string());
            Ok(())
        }
        (Some(Key::Version(set)), DeValue::String(text)) => {
            set(into, text.parse().map_err(|error| Refused { problem: Problem::BadVersion(error), at: at_value })?);
            Ok(())
        }
        (Some(Key::Text(_) | Key::Version(_)), _) => Err(Refused { problem: Problem::NotText(name), at: at_value }),
        (Some(Key::Gates(set)), DeValue::Table(table)) => {
            set(into, gates(table)?);
            Ok(())
        }
        (Some(Key::Gates(_)), _) => Err(Refused { problem: Problem::NotSwitches(name), at: at_value }),
        (Some(Key::Texts(set)), value) => match texts(&value) {
            Some(texts) => {
                set(into, texts);
                Ok(())
            }
            None => Err(Refused { problem: Problem::NotTexts(name), at: at_value }),
        },
        (Some(Key::Tables(add)), DeValue::Table(tables)) => {
            in_order(tables).into_iter().try_for_each(|(key, value)| {
                let at = value.span().start;
                match value.into_inner() {
                    DeValue::Table(table) => add(into, key.get_ref(), table),
                    _ => Err(Refused { problem: Problem::NotTable(format!("{name}.{}", key.get_ref())), at }),
                }
            })
        }
        (Some(Key::Tables(_)), _) => Err(Refused { problem: Problem::NotTable(name), at: at_value }),
    }
}

fn gates(table: DeTable<'_>) -> Result<Gates, Refused> {
    in_order(table).into_iter().try_fold(Gates::default(), |gates, (key, value)| {
        let name = key.get_ref().to_string();
        let refused = |at, problem| Refused { problem, at };
        let gate: Gate = name.parse().map_err(|error| refused(key.span().start, Problem::UnknownGate(error)))?;
        match value.get_ref() {
            DeValue::Boolean(on) => Ok(gates.with(gate, *on)),
            _ => Err(refused(value.span().start, Problem::NotSwitch(name))),
        }
    })
}

fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    let DeValue::Array(items) = value else { return None };
    let text = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    };
    items.iter().map(text).collect()
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
            Problem::UnknownGate(UnknownGate { suggestion: Some(known), .. }) => {
                Some(format!("did you mean `{known}`?"))
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
            ("[check]\n", ".rollbook.toml:1:2: `check` is not supported yet"),
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
        let shown = config.scope("pord").unwrap_err().diagnostic().to_string();
        assert!(shown.contains("did you mean `--scope prod`?"), "{shown}");
    }

    #[test]
    fn a_key_that_may_be_meant_is_suggested() {
        let text = "kube_version = \"1.34\"";
        let shown = Config::parse(text, FILE_NAME).unwrap_err().into_failure(text).diagnostic().to_string();
        assert!(shown.contains("did you mean `kube-version`?"), "{shown}");
    }
}
