//! Which objects a list or a log is about: the words of `kubectl get` to values.

use super::failure::Result;
use super::target::Target;
use crate::kubernetes::Kind;
use crate::manifest::Identity;

/// All objects of a kind (`deployments`), one of them (`deploy/web`), or workloads of a name (`web`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    kind: Option<Kind>,
    name: Option<String>,
}

impl Filter {
    /// The kinds that they name.
    #[cfg(feature = "cluster")]
    pub fn kinds(filters: &[Filter]) -> impl Iterator<Item = Kind> {
        filters.iter().filter_map(|filter| filter.kind)
    }

    /// What the words name; all workloads, if there is none. A word that is a kind stands for all of that kind.
    pub fn parse(words: &[String]) -> Result<Vec<Filter>> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let kinds: Option<Vec<Kind>> = words[0].split(',').map(|word| word.parse().ok()).collect();
        match (kinds, &words[1..]) {
            (Some(kinds), []) => Ok(kinds.into_iter().map(|kind| Filter { kind: Some(kind), name: None }).collect()),
            _ => Ok(Target::parse(words)?.into_iter().map(Filter::from).collect()),
        }
    }

    /// Whether an object is one of those that any of the filters means.
    pub fn any_takes(filters: &[Filter], identity: &Identity) -> bool {
        match filters {
            [] => identity.is_workload(),
            filters => filters.iter().any(|filter| filter.takes(identity)),
        }
    }

    /// Whether they take workloads only.
    pub fn take_workloads(filters: &[Filter]) -> bool {
        filters.iter().all(|filter| filter.kind.is_none_or(Kind::is_workload))
    }

    /// The one thing that all of them name, for saying that it is not there.
    pub fn only(filters: &[Filter]) -> Option<Target> {
        match filters {
            [Filter { kind, name: Some(name) }] => Some(Target { kind: *kind, name: name.clone() }),
            _ => None,
        }
    }

    /// What they name, in words.
    pub fn words(filters: &[Filter]) -> String {
        let words = |filter: &Filter| match (filter.kind, &filter.name) {
            (kind, Some(name)) => format!("{} named `{name}`", kind.map_or("workload", Kind::name)),
            (kind, None) => kind.map_or("workload", Kind::name).to_owned(),
        };
        let all: Vec<String> = filters.iter().map(words).collect();
        if all.is_empty() { "workload".to_owned() } else { all.join(" or ") }
    }

    fn takes(&self, identity: &Identity) -> bool {
        let kind = match self.kind {
            Some(kind) => Kind::of(&identity.kind) == Some(kind),
            None => identity.is_workload(),
        };
        kind && self.name.as_ref().is_none_or(|name| *name == identity.name)
    }
}

impl From<Target> for Filter {
    fn from(target: Target) -> Self {
        Filter { kind: target.kind, name: Some(target.name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::onward::Onward;

    fn taken(line: &str) -> Vec<&'static str> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let filters = Filter::parse(&words).unwrap();
        let objects = ["Deployment/web", "Deployment/api", "Service/web", "Job/web", "ConfigMap/settings"];
        let takes = |object: &&str| {
            let (kind, name) = object.split_once('/').unwrap();
            let (kind, name) = (kind.to_owned(), name.to_owned());
            Filter::any_takes(&filters, &Identity { api_version: String::new(), kind, namespace: None, name })
        };
        objects.into_iter().filter(takes).collect()
    }

    #[test]
    fn the_words_are_those_of_kubectl_get() {
        for (line, expected) in [
            ("", &["Deployment/web", "Deployment/api", "Job/web"][..]),
            ("deployments", &["Deployment/web", "Deployment/api"]),
            ("deploy,cm", &["Deployment/web", "Deployment/api", "ConfigMap/settings"]),
            ("deploy web", &["Deployment/web"]),
            ("deploy web api", &["Deployment/web", "Deployment/api"]),
            ("deploy/web svc/web", &["Deployment/web", "Service/web"]),
            ("web", &["Deployment/web", "Job/web"]),
        ] {
            assert_eq!(taken(line), expected, "{line}");
        }
    }

    #[test]
    fn names_without_a_kind_are_refused_as_kubectl_does() {
        let words = ["web".to_owned(), "api".to_owned()];
        let shown = Filter::parse(&words).unwrap_err().diagnostic(&Onward::default()).to_string();
        assert!(shown.contains("unknown kind `web`"), "{shown}");
    }
}
