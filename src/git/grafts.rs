//! Commits whose parents are not those that they name: where a shallow clone ends, and where the file `info/grafts`
//! gives others. Whoever walks has to look here before at the commit.

use std::collections::HashMap;
use std::path::Path;

use super::id::Id;

/// What stands in place of the parents of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Graft {
    /// They are beyond the boundary of a shallow clone.
    Cut,
    /// These.
    Onto(Vec<Id>),
}

/// See [`Graft`].
#[derive(Debug, Default)]
pub(super) struct Grafts {
    of: HashMap<Id, Graft>,
    pub shallow: bool,
    /// Whether somebody gave commits other parents.
    pub edited: bool,
}

impl Grafts {
    /// Reads what the common git directory has.
    pub fn read(common: &Path) -> Self {
        let text = |name: &str| std::fs::read(common.join(name)).unwrap_or_default();
        Self::parse(&text("info/grafts"), &text("shallow"))
    }

    /// A line of the one is a commit and its parents; of the other, a commit. Where both name it, it is cut
    /// (git's commit.c: prepare_commit_graft).
    fn parse(grafts: &[u8], shallow: &[u8]) -> Self {
        let grafts = ids(grafts).map(|(commit, parents)| (commit, Graft::Onto(parents)));
        let mut of: HashMap<Id, Graft> = HashMap::new();
        grafts.for_each(|(commit, graft)| _ = of.entry(commit).or_insert(graft));
        let edited = !of.is_empty();
        let cut: Vec<Id> = ids(shallow).map(|(commit, _)| commit).collect();
        let shallow = !cut.is_empty();
        of.extend(cut.into_iter().map(|commit| (commit, Graft::Cut)));
        Self { of, shallow, edited }
    }

    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    pub fn of(&self, commit: Id) -> Option<&Graft> {
        if self.of.is_empty() { None } else { self.of.get(&commit) }
    }
}

/// The ids of each line that has nothing else.
fn ids(text: &[u8]) -> impl Iterator<Item = (Id, Vec<Id>)> {
    text.split(|byte| *byte == b'\n').filter_map(|line| {
        let mut ids = line.trim_ascii().split(|byte| *byte == b' ').map(Id::from_hex);
        Some((ids.next()??, ids.collect::<Option<_>>()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_shallow_clone_wins() {
        let [one, two, three] = ["1", "2", "3"].map(|digit| digit.repeat(40));
        let id = |hex: &str| Id::from_hex(hex.as_bytes()).unwrap();
        let grafts = format!("# a comment\n{one} {two} {three}\n{two}\r\n{three} x\nx\n");
        let read = Grafts::parse(grafts.as_bytes(), format!("{two}\n").as_bytes());
        assert_eq!(read.of(id(&one)), Some(&Graft::Onto(vec![id(&two), id(&three)])));
        assert_eq!(read.of(id(&two)), Some(&Graft::Cut));
        assert_eq!(read.of(id(&three)), None);
        assert!(read.shallow && read.edited && !read.is_empty());
        assert!(Grafts::parse(b"", b"").is_empty());
    }
}
