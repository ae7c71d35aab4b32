//! Two revisions of one workload: what users write for them.

use std::str::FromStr;

use super::selection::Selection;

/// What is compared with what.
#[derive(Debug, Clone)]
pub(super) enum Range {
    /// `3`: a revision with its predecessor.
    One(Selection),
    /// `2..5`: two revisions.
    Two(Selection, Selection),
    /// `3..`: a revision with the working tree.
    ToWorkTree(Selection),
}

#[cfg(feature = "cluster")]
impl Range {
    /// Whether the cluster is asked for one of them.
    pub fn is_live(&self) -> bool {
        match self {
            Self::One(one) | Self::ToWorkTree(one) => one.is_live(),
            Self::Two(old, new) => old.is_live() || new.is_live(),
        }
    }
}

impl FromStr for Range {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((old, new)) = text.split_once("..") else { return text.parse().map(Self::One) };
        match (old, new) {
            ("", "") => Err("`..` has no revisions beside it, as `2..5` has".to_owned()),
            ("", new) => {
                Err(format!("`{text}` has no revision before its points: `{new}` is compared with the one before it"))
            }
            (_, new) if new.starts_with('.') => Err(format!("`{text}` has three points: two are enough, as in `2..5`")),
            (old, "") => old.parse().map(Self::ToWorkTree),
            (old, new) => Ok(Self::Two(old.parse()?, new.parse()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_revision_two_or_one_and_the_working_tree() {
        for (text, shown) in [
            ("3", "One(Digits(3))"),
            ("2..5", "Two(Digits(2), Digits(5))"),
            ("rev:2..hash:6c5f67b5f7", "Two(Number(2), Hash(\"6c5f67b5f7\"))"),
            ("v1.4.0..HEAD~2", "Two(Word(\"v1.4.0\"), Word(\"HEAD~2\"))"),
            ("image:web:1.4..", "ToWorkTree(Image(\"web:1.4\"))"),
        ] {
            assert_eq!(format!("{:?}", text.parse::<Range>().unwrap()), shown);
        }
    }

    #[test]
    fn half_a_range_is_refused() {
        for (text, error) in [
            ("..", "`..` has no revisions beside it, as `2..5` has"),
            ("..5", "`..5` has no revision before its points: `5` is compared with the one before it"),
            ("2...5", "`2...5` has three points: two are enough, as in `2..5`"),
            ("2..rev:x", "revision must be a positive integer: x"),
            ("", "a revision cannot be empty"),
        ] {
            assert_eq!(text.parse::<Range>().unwrap_err(), error, "{text}");
        }
    }
}
