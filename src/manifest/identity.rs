//! Which object it is.

use super::Problem;
use crate::kubernetes::Kind;
use crate::yaml::{Node, Span};

/// What tells an object from every other: its type, its namespace if it says one, and its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    pub api_version: String,
    pub kind: String,
    pub namespace: Option<String>,
    pub name: String,
}

impl Identity {
    /// Reads the identity; else what is missing, and where.
    pub(super) fn of(node: &Node) -> Result<Self, (Problem, Span)> {
        let api_version = required(node, &["apiVersion"], "apiVersion")?;
        let kind = required(node, &["kind"], "kind")?;
        if node.at(&["metadata", "name"]).is_none_or(Node::is_null)
            && let Some(generated) = node.at(&["metadata", "generateName"])
        {
            return Err((Problem::GenerateName, generated.span));
        }
        let name = required(node, &["metadata", "name"], "metadata.name")?;
        Ok(Self { api_version, kind, namespace: namespace(node)?, name })
    }

    /// That of an object whose name begins so, and is made when it is created.
    pub(super) fn generated(node: &Node) -> Option<Self> {
        let of = |path: &[&str]| required(node, path, "").ok();
        Some(Self {
            api_version: of(&["apiVersion"])?,
            kind: of(&["kind"])?,
            namespace: namespace(node).ok()?,
            name: of(&["metadata", "generateName"])?,
        })
    }

    /// Whether it is of a kind that has a pod template.
    pub fn is_workload(&self) -> bool {
        Kind::of(&self.kind).is_some_and(Kind::is_workload)
    }
}

fn namespace(node: &Node) -> Result<Option<String>, (Problem, Span)> {
    match node.at(&["metadata", "namespace"]) {
        None => Ok(None),
        Some(namespace) if namespace.is_null() || namespace.as_str() == Some("") => Ok(None),
        Some(_) => required(node, &["metadata", "namespace"], "metadata.namespace").map(Some),
    }
}

fn required(node: &Node, path: &[&str], shown: &'static str) -> Result<String, (Problem, Span)> {
    match node.at(path) {
        None => Err((Problem::Missing(shown), node.span)),
        Some(value) => match value.as_str() {
            Some(text) if !text.is_empty() => Ok(text.to_owned()),
            _ => Err((Problem::NotAString(shown), value.span)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Dialect, Stream};

    fn identity(text: &str) -> Result<Identity, Problem> {
        let stream = Stream::parse(text.as_bytes(), Dialect::Kubectl);
        Identity::of(&stream.documents[0].root).map_err(|(problem, _)| problem)
    }

    #[test]
    fn an_object_needs_a_type_and_a_name() {
        for (text, problem) in [
            ("kind: Pod\nmetadata: {name: a}", Problem::Missing("apiVersion")),
            ("apiVersion: v1\nmetadata: {name: a}", Problem::Missing("kind")),
            ("apiVersion: v1\nkind: Pod", Problem::Missing("metadata.name")),
            ("apiVersion: v1\nkind: Pod\nmetadata: {name: 12}", Problem::NotAString("metadata.name")),
            ("apiVersion: v1\nkind: Pod\nmetadata: {name: ''}", Problem::NotAString("metadata.name")),
            ("apiVersion: v1\nkind: yes\nmetadata: {name: a}", Problem::NotAString("kind")),
            ("apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}", Problem::GenerateName),
            ("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: 1}", Problem::NotAString("metadata.namespace")),
        ] {
            assert_eq!(identity(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn an_empty_namespace_is_none() {
        let web = identity("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ''}").unwrap();
        assert_eq!((web.namespace.as_deref(), web.name.as_str()), (None, "web"));
    }
}
