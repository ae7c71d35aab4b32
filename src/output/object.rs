//! The shapes that several documents share.

use schemars::JsonSchema;
use serde::Serialize;

use crate::kubernetes::Kind;
use crate::text::Untrusted;

/// What names an object, as its manifest writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectName {
    pub api_version: Untrusted,
    pub kind: Untrusted,
    /// Null where the manifest says none.
    pub namespace: Option<Untrusted>,
    pub name: Untrusted,
}

impl ObjectName {
    /// As kubectl prints it: `deployment.apps/web`. A known kind has the group that serves it today, since an object
    /// keeps its history over the older ones.
    pub fn qualified(&self) -> Untrusted {
        let kind = match Kind::of(self.kind.as_str()) {
            Some(kind) => kind.qualified(),
            None => self.qualified_kind(),
        };
        format!("{kind}/{}", self.name.as_str()).into()
    }

    /// As kubectl's users write it, where there is little room: `deploy/web`.
    pub fn short(&self) -> Untrusted {
        match Kind::of(self.kind.as_str()) {
            Some(kind) => format!("{}/{}", kind.short(), self.name.as_str()).into(),
            None => self.qualified(),
        }
    }

    /// As commands take it: `deployment/web`.
    pub fn target(&self) -> Untrusted {
        format!("{}/{}", self.kind.as_str().to_lowercase(), self.name.as_str()).into()
    }

    /// Whether a controller names what it makes of its revisions.
    pub(super) fn has_named_revisions(&self) -> bool {
        Kind::of(self.kind.as_str()).is_some_and(Kind::has_revisions)
    }

    fn qualified_kind(&self) -> String {
        let kind = self.kind.as_str().to_lowercase();
        match self.api_version.as_str().split_once('/') {
            Some((group, _)) => format!("{kind}.{group}"),
            None => kind,
        }
    }
}

/// Who wrote a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Author {
    pub name: Untrusted,
    pub email: Untrusted,
}

/// Why something could not be read, and where in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unreadable {
    pub message: Untrusted,
    /// From 1; null where no place is known.
    pub line: Option<usize>,
    /// From 1, in characters; null where no place is known.
    pub column: Option<usize>,
}

impl Unreadable {
    /// `k8s/web.yaml:12:5`, as far as the place is known.
    pub fn place(&self, path: &Untrusted) -> Untrusted {
        let numbers = self.line.into_iter().chain(self.line.and(self.column));
        numbers.fold(path.as_str().to_owned(), |place, number| format!("{place}:{number}")).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_has_the_name_that_kubectl_prints() {
        for (api_version, kind, expected) in [
            ("apps/v1", "Deployment", "deployment.apps/web"),
            ("extensions/v1beta1", "Deployment", "deployment.apps/web"),
            ("v1", "Service", "service/web"),
            ("argoproj.io/v1alpha1", "Rollout", "rollout.argoproj.io/web"),
            ("v1", "Gadget", "gadget/web"),
        ] {
            let name =
                ObjectName { api_version: api_version.into(), kind: kind.into(), namespace: None, name: "web".into() };
            assert_eq!(name.qualified().as_str(), expected);
        }
    }
}
