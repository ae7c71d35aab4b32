//! Which revision of a workload: what users write for it.

use std::str::FromStr;

use super::when::When;
use crate::text::closest;

/// A revision as a user names it.
#[derive(Debug, Clone)]
pub(super) enum Selection {
    /// Bare digits: its number, 0 the one before the last (kubectl's `--to-revision`).
    Digits(u64),
    /// `rev:3`: its number and nothing else.
    Number(u64),
    /// `rev:live`: what the cluster runs, and nothing else.
    #[cfg(feature = "cluster")]
    Live,
    /// `hash:6c5f67b5f7`
    Hash(String),
    /// `commit:3f2a9c1`: a commit as git names it.
    Commit(String),
    /// `image:web:1.4`
    Image(String),
    /// `date:2026-10-01T14:00`: what was current then.
    Date(When),
    /// A git revision, the whole name of a ReplicaSet, or `live`: what the cluster runs.
    Word(String),
}

/// What stands before a colon, and an example of the whole.
const PREFIXES: [(&str, &str); 5] = [
    ("rev", "rev:3"),
    ("hash", "hash:6c5f67b5f7"),
    ("commit", "commit:3f2a9c1"),
    ("image", "image:web:1.4"),
    ("date", "date:2026-10-01T14:00"),
];

/// What the cluster runs.
const LIVE: &str = "live";

impl Selection {
    /// Whether the cluster is asked for it.
    pub fn is_live(&self) -> bool {
        match self {
            #[cfg(feature = "cluster")]
            Self::Live => true,
            Self::Word(word) => cfg!(feature = "cluster") && word == LIVE,
            _ => false,
        }
    }
}

impl FromStr for Selection {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // kubectl's words (pkg/cmd/rollout/rollout_history.go).
        let not_positive = |digits: &str| format!("revision must be a positive integer: {digits}");
        let number = |digits: &str| digits.parse().map_err(|_| not_positive(digits));
        let is_prefix = |word: &str| PREFIXES.iter().find(|(prefix, _)| *prefix == word);
        if let Some((_, example)) = text.strip_suffix(':').and_then(is_prefix) {
            return Err(format!("`{text}` names no revision without a word behind it, such as `{example}`"));
        }
        match text.split_once(':') {
            #[cfg(feature = "cluster")]
            Some(("rev", LIVE)) => return Ok(Self::Live),
            Some(("rev", digits)) => return number(digits).map(Self::Number),
            Some(("hash", hash)) => return Ok(Self::Hash(hash.to_owned())),
            Some(("commit", commit)) => return Ok(Self::Commit(commit.to_owned())),
            Some(("image", image)) => return Ok(Self::Image(image.to_owned())),
            Some(("date", date)) => {
                return date.parse().map(Self::Date).map_err(|error| format!("`{date}` is {error}"));
            }
            Some((word, rest)) if !rest.is_empty() => {
                // `HEAD:file` is for git to refuse.
                if let Some(meant) = closest(word, PREFIXES.map(|(prefix, _)| prefix)) {
                    return Err(format!("no revision is named by `{word}:`: did you mean `{meant}:{rest}`?"));
                }
            }
            _ => {}
        }
        match text.strip_prefix('-').unwrap_or(text) {
            "" => Err("a revision cannot be empty".to_owned()),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => number(text).map(Self::Digits),
            _ => Ok(Self::Word(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_prefix_names_a_revision_in_its_own_way() {
        for (text, shown) in [
            ("3", "Digits(3)"),
            ("rev:3", "Number(3)"),
            ("hash:6c5f67b5f7", "Hash(\"6c5f67b5f7\")"),
            ("commit:main", "Commit(\"main\")"),
            ("image:web:1.4", "Image(\"web:1.4\")"),
            ("v1.4.0", "Word(\"v1.4.0\")"),
            (":/fix", "Word(\":/fix\")"),
        ] {
            assert_eq!(format!("{:?}", text.parse::<Selection>().unwrap()), shown);
        }
        assert!(matches!("date:2026-10-01".parse(), Ok(Selection::Date(_))));
    }

    #[test]
    fn mistakes_are_told_from_names() {
        for (text, error) in [
            ("", "a revision cannot be empty"),
            ("-1", "revision must be a positive integer: -1"),
            ("hash:", "`hash:` names no revision without a word behind it, such as `hash:6c5f67b5f7`"),
            ("rev:x", "revision must be a positive integer: x"),
            ("images:web:1.4", "no revision is named by `images:`: did you mean `image:web:1.4`?"),
        ] {
            assert_eq!(text.parse::<Selection>().unwrap_err(), error, "{text}");
        }
        assert!("date:then".parse::<Selection>().is_err());
    }
}
