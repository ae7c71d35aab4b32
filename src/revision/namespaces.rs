//! Which namespace is asked for, and which one objects are in that name none.

use crate::git::RepoPath;
use crate::manifest::Identity;

/// The namespaces that a command looks at.
///
/// ```
/// use rollbook::{git::RepoPath, revision::Namespaces};
///
/// let namespaces = Namespaces::new(None, vec![("clusters/prod".into(), Some("shop".to_owned()))]);
/// assert_eq!(namespaces.default_at(&RepoPath::from("clusters/prod/web.yaml")), Some("shop"));
/// assert_eq!(namespaces.default_at(&RepoPath::from("clusters/dev/web.yaml")), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Namespaces {
    asked: Option<String>,
    /// Of the files below a path; the longest path first.
    defaults: Vec<(RepoPath, Option<String>)>,
}

impl Namespaces {
    /// The one that is asked for, and the defaults of files and folders: of several that a file is in, the longest path
    /// counts.
    pub fn new(asked: Option<String>, mut defaults: Vec<(RepoPath, Option<String>)>) -> Self {
        defaults.sort_by_key(|(path, _)| std::cmp::Reverse(path.as_bytes().len()));
        Self { asked, defaults }
    }

    /// The one that is asked for.
    pub fn asked(&self) -> Option<&str> {
        self.asked.as_deref()
    }

    /// The defaults of files and folders, the longest path first.
    pub(super) fn defaults(&self) -> impl Iterator<Item = (&RepoPath, Option<&str>)> {
        self.defaults.iter().map(|(path, name)| (path, name.as_deref()))
    }

    /// Where an object of a file is that names no namespace, if that is known.
    pub fn default_at(&self, path: &RepoPath) -> Option<&str> {
        self.defaults.iter().find(|(folder, _)| path.is_under(folder))?.1.as_deref()
    }

    /// Where an object of a file goes: where it says itself, else where it is asked for or its file is said to be.
    pub fn of<'n>(&'n self, own: Option<&'n str>, path: &RepoPath) -> Option<&'n str> {
        own.or(self.asked()).or_else(|| self.default_at(path))
    }

    /// Whether an object of a file is in the namespace that is asked for. One of which it is not known may be.
    pub fn has(&self, identity: &Identity, path: &RepoPath) -> bool {
        match (self.asked(), identity.namespace.as_deref().or_else(|| self.default_at(path))) {
            (Some(asked), Some(given)) => asked == given,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_where_it_says_else_where_its_file_is_said_to_be() {
        let defaults = vec![("".into(), None), ("prod".into(), Some("shop".into())), ("prod/lab".into(), None)];
        let namespaces = Namespaces::new(Some("shop".into()), defaults);
        let has = |namespace: Option<&str>, path: &str| {
            let namespace = namespace.map(str::to_owned);
            let identity = Identity { api_version: String::new(), kind: String::new(), namespace, name: String::new() };
            namespaces.has(&identity, &path.into())
        };
        for (namespace, path, expected) in [
            (Some("shop"), "web.yaml", true),
            (Some("other"), "web.yaml", false),
            (Some("other"), "prod/web.yaml", false),
            (None, "prod/web.yaml", true),
            (None, "prod/lab/web.yaml", true),
            (None, "web.yaml", true),
        ] {
            assert_eq!(has(namespace, path), expected, "{namespace:?} {path}");
        }
        let unasked = Namespaces { asked: None, ..namespaces.clone() };
        assert_eq!(unasked.of(Some("other"), &"prod/web.yaml".into()), Some("other"));
        assert_eq!(unasked.of(None, &"prod/web.yaml".into()), Some("shop"));
        assert_eq!(unasked.of(None, &"web.yaml".into()), None);
        assert_eq!(namespaces.of(None, &"web.yaml".into()), Some("shop"));
        let other = Namespaces { asked: Some("other".into()), ..namespaces.clone() };
        let unnamed =
            Identity { api_version: String::new(), kind: String::new(), namespace: None, name: String::new() };
        assert!(!other.has(&unnamed, &"prod/web.yaml".into()) && other.has(&unnamed, &"prod/lab/web.yaml".into()));
    }
}
