//! Which workload, and which of its revisions: kubectl's words to values.

use super::failure::{Failure, Result};
use super::onward::Next;
use super::selection::Selection;
use crate::kubernetes::{Kind, UnknownKind};

/// What a user names: `deployment/web`, or `web` of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub kind: Option<Kind>,
    pub name: String,
}

impl Target {
    /// All targets that the words name: `KIND NAME…`, or `KIND/NAME…`, or one name alone.
    pub fn parse(words: &[String]) -> Result<Vec<Self>> {
        match words {
            [] => Err(Failure::new("required resource not specified").hint("rollbook history deployment/web")),
            [word] => Ok(vec![Self::word(word)?]),
            words if words.iter().all(|word| word.contains('/')) => words.iter().map(|word| Self::word(word)).collect(),
            words if words.iter().any(|word| word.contains('/')) => Err(mixed(words)),
            [kind, names @ ..] => {
                let kind = Self::kind(kind).map_err(|failure| failure.hint(separated(words)))?;
                names.iter().map(|name| Self::named(Some(kind), name)).collect()
            }
        }
    }

    /// The one target that the words name.
    pub fn parse_one(words: &[String]) -> Result<Self> {
        let mut targets = Self::parse(words)?;
        match (targets.pop(), targets.is_empty()) {
            (Some(target), true) => Ok(target),
            _ => Err(Failure::new("only one workload can be named here")),
        }
    }

    /// A target and perhaps a revision: `web`, `deployment/web 3`, `deployment web 3`, `web v1.4.0`.
    pub fn parse_with_revision(words: &[String]) -> Result<(Self, Option<Selection>)> {
        let (target, revision) = Self::parse_with(words)?;
        let revision = revision.map(|word| word.parse().map_err(|error: String| Failure::new(error))).transpose()?;
        Ok((target, revision))
    }

    /// A target and perhaps a word behind it. Where the first of two words is a kind, the second is a name.
    pub fn parse_with(words: &[String]) -> Result<(Self, Option<&String>)> {
        let (target, word) = match words {
            [target, word] if target.contains('/') || target.parse::<Kind>().is_err() => (&words[..1], Some(word)),
            [_, _, word] => (&words[..2], Some(word)),
            words => (words, None),
        };
        Ok((Self::parse_one(target)?, word))
    }

    /// Refuses kinds whose revisions have no name.
    pub fn with_names(&self) -> Result<()> {
        match self.kind.filter(|kind| !kind.has_revisions()) {
            Some(kind) => {
                let why = if kind.is_workload() { "makes no revisions" } else { "has no pod template" };
                let failure = Failure::new(format!("a {} {why}, so there is no name to compute", kind.name()));
                let target = format!("{}/{}", kind.name().to_lowercase(), self.name);
                Err(failure.next(Next::new("history", target, "").after("what changed of it")))
            }
            None => Ok(()),
        }
    }

    fn word(word: &str) -> Result<Self> {
        match word.split_once('/') {
            Some((kind, name)) => Self::named(Some(Self::kind(kind)?), name),
            None => Self::named(None, word),
        }
    }

    fn named(kind: Option<Kind>, name: &str) -> Result<Self> {
        if name.is_empty() || name.contains('/') {
            return Err(
                Failure::new(format!("`{name}` is no name of a workload")).hint("rollbook history deployment/web")
            );
        }
        Ok(Self { kind, name: name.to_owned() })
    }

    fn kind(word: &str) -> Result<Kind> {
        word.parse().map_err(|error: UnknownKind| match error.suggestion {
            Some(suggestion) => {
                let hint = format!("did you mean `{}`?", suggestion.to_lowercase());
                Failure::from(error).hint(hint)
            }
            None => error.into(),
        })
    }
}

/// kubectl refuses it too: the words could be read two ways.
fn mixed(words: &[String]) -> Failure {
    let bare = words.iter().find(|word| !word.contains('/')).map_or("", String::as_str);
    Failure::new(format!("`{bare}` stands beside targets in the form KIND/NAME, and has no kind"))
        .hint(format!("write it as deployment/{bare}"))
}

fn separated(words: &[String]) -> String {
    let targets: Vec<String> = words.iter().map(|word| format!("deployment/{word}")).collect();
    format!("for several workloads: {}", targets.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::onward::Onward;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    fn target(kind: Option<Kind>, name: &str) -> Target {
        Target { kind, name: name.to_owned() }
    }

    #[test]
    fn kubectls_forms_are_read() {
        let deployment = Some(Kind::Deployment);
        for (line, expected) in [
            ("deployment/web", vec![target(deployment, "web")]),
            ("deployment web", vec![target(deployment, "web")]),
            ("deploy/web", vec![target(deployment, "web")]),
            ("deployment.apps/web", vec![target(deployment, "web")]),
            ("web", vec![target(None, "web")]),
            ("deployment", vec![target(None, "deployment")]),
            ("deploy web api", vec![target(deployment, "web"), target(deployment, "api")]),
            ("deploy/web sts/db", vec![target(deployment, "web"), target(Some(Kind::StatefulSet), "db")]),
        ] {
            assert_eq!(Target::parse(&words(line)).unwrap(), expected, "{line}");
        }
    }

    #[test]
    fn what_could_be_read_two_ways_is_refused() {
        for (line, what) in [
            ("deploymnt/web", "unknown kind `deploymnt`"),
            ("web api", "unknown kind `web`"),
            ("deploy/web api", "`api` stands beside targets in the form KIND/NAME, and has no kind"),
            ("deploy/", "`` is no name of a workload"),
            ("deploy/web/api", "`web/api` is no name of a workload"),
        ] {
            let shown = Target::parse(&words(line)).unwrap_err().diagnostic(&Onward::default()).to_string();
            assert!(shown.contains(what), "{line}: {shown}");
        }
    }

    #[test]
    fn a_revision_follows_the_target() {
        let web = || target(Some(Kind::Deployment), "web");
        for (line, expected) in [
            ("deploy/web", (web(), None)),
            ("deploy/web 3", (web(), Some(Selection::Digits(3)))),
            ("deploy web", (web(), None)),
            ("deploy web HEAD~2", (web(), Some(Selection::Word("HEAD~2".to_owned())))),
            ("web 0", (target(None, "web"), Some(Selection::Digits(0)))),
        ] {
            let parsed = Target::parse_with_revision(&words(line)).unwrap();
            assert_eq!(format!("{parsed:?}"), format!("{expected:?}"), "{line}");
        }
    }

    #[test]
    fn a_negative_revision_gets_kubectls_words() {
        for text in ["-1", "99999999999999999999"] {
            let error = text.parse::<Selection>().unwrap_err();
            assert_eq!(error, format!("revision must be a positive integer: {text}"));
        }
    }
}
