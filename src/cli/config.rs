//! `.rollbook.toml`: what a repository says about itself.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::failure::Failure;
use crate::output::Excerpt;
use crate::text::closest;
use crate::yaml::{self, Position};

/// The file at the root of the repository.
pub(super) const FILE_NAME: &str = ".rollbook.toml";

/// The settings of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Config {
    /// The version of Kubernetes that names are computed for.
    pub kube_version: Option<String>,
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
    #[error("unknown key `{0}`")]
    UnknownKey(String),
    #[error("`{0}` is not supported yet")]
    NotYet(String),
    #[error("`{0}` must be a text in quotes, such as \"1.34\"")]
    NotText(String),
}

/// What is done with a key.
enum Key {
    Text(fn(&mut Config, String)),
    Later,
}

/// Every key there is.
const KEYS: &[(&str, Key)] = &[
    ("kube-version", Key::Text(|config, text| config.kube_version = Some(text))),
    ("scope", Key::Later),
    ("check", Key::Later),
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
        // In the order of the file, so that the first mistake is told first.
        let mut entries: Vec<_> = table.into_inner().into_iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries.into_iter().try_for_each(|(key, value)| config.set(&key, value))?;
        Ok(config)
    }

    fn set(&mut self, key: &Spanned<DeString<'_>>, value: Spanned<DeValue<'_>>) -> Result<(), Refused> {
        let name = key.get_ref().to_string();
        let at_key = |problem| Refused { problem, at: key.span().start };
        match KEYS.iter().find(|(known, _)| *known == name) {
            None => Err(at_key(Problem::UnknownKey(name))),
            Some((_, Key::Later)) => Err(at_key(Problem::NotYet(name))),
            Some((_, Key::Text(set))) => match value.get_ref() {
                DeValue::String(text) => {
                    set(self, text.to_string());
                    Ok(())
                }
                _ => Err(Refused { problem: Problem::NotText(name), at: value.span().start }),
            },
        }
    }
}

impl ConfigError {
    /// The error as the command line shows it: with the line, and with the key that was meant.
    pub fn into_failure(self, text: &str) -> Failure {
        let excerpt = Excerpt::with_line(self.file.as_str(), text, self.line as usize, self.column as usize);
        let hint = self.hint();
        let failure = Failure::from(self).at(excerpt);
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }

    fn hint(&self) -> Option<String> {
        match &self.problem {
            Problem::UnknownKey(key) => closest(key, KEYS.iter().map(|(known, _)| *known))
                .map(|known| format!("did you mean `{known}`?"))
                .or_else(|| Some(format!("the keys are: {}", known_keys().join(", ")))),
            _ => None,
        }
    }
}

/// The keys that can be set today.
fn known_keys() -> Vec<&'static str> {
    KEYS.iter().filter(|(_, key)| matches!(key, Key::Text(_))).map(|(known, _)| *known).collect()
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
        assert_eq!(config.kube_version.as_deref(), Some("1.34"));
        assert_eq!(Config::parse("", FILE_NAME), Ok(Config::default()));
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (text, expected) in [
            ("\nkube-verison = \"1.34\"", ".rollbook.toml:2:1: unknown key `kube-verison`"),
            ("kube-version = 1.34", ".rollbook.toml:1:16: `kube-version` must be a text in quotes, such as \"1.34\""),
            ("[scope.prod]\npaths = []", ".rollbook.toml:1:2: `scope` is not supported yet"),
            ("[check]\n", ".rollbook.toml:1:2: `check` is not supported yet"),
        ] {
            assert_eq!(refused(text), expected);
        }
        assert!(refused("a = ").starts_with(".rollbook.toml:1:"));
        assert!(refused("\u{0}\n").lines().count() == 1);
    }

    #[test]
    fn a_key_that_may_be_meant_is_suggested() {
        let text = "kube_version = \"1.34\"";
        let shown = Config::parse(text, FILE_NAME).unwrap_err().into_failure(text).diagnostic().to_string();
        assert!(shown.contains("did you mean `kube-version`?"), "{shown}");
    }
}
