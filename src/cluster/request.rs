//! Requests as values: what is asked for, and the path that asks for it.

use http::{Method, Request};
use serde_json::{Value, json};
use std::fmt;

use super::resource::Resource;

/// What is done to a resource, in the words of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Get,
    List,
    Watch,
    /// What a patch of an object that is not there needs too.
    Create,
    Patch,
    Delete,
    /// What a request as somebody else needs before it is looked at.
    Impersonate,
}

impl Verb {
    /// Whether something is another afterwards.
    pub(super) fn changes(self) -> bool {
        matches!(self, Self::Create | Self::Patch | Self::Delete)
    }

    /// As roles write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Watch => "watch",
            Self::Create => "create",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::Impersonate => "impersonate",
        }
    }
}

/// What a request is about, for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub verb: Verb,
    /// As roles name it: `deployments.apps`.
    pub resource: String,
    pub namespace: Option<String>,
    /// The one object, if it is about one.
    pub name: Option<String>,
}

impl Ask {
    /// One object.
    pub fn of_one(verb: Verb, resource: &Resource, namespace: Option<&str>, name: &str) -> Ask {
        let namespace = namespace.filter(|_| resource.namespaced).map(str::to_owned);
        Ask { verb, resource: resource.to_string(), namespace, name: Some(name.to_owned()) }
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb.word(), self.resource)?;
        if let Some(name) = &self.name {
            write!(f, " `{name}`")?;
        }
        match &self.namespace {
            Some(namespace) => write!(f, " in namespace `{namespace}`"),
            None => Ok(()),
        }
    }
}

/// Objects of one kind: those of a namespace or of all, which labels and fields choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub resource: Resource,
    pub namespace: Option<String>,
    pub labels: Option<String>,
    pub fields: Option<String>,
}

impl List {
    /// All of a namespace, or of all namespaces.
    pub fn of(resource: Resource, namespace: Option<&str>) -> List {
        List { resource, namespace: namespace.map(str::to_owned), labels: None, fields: None }
    }

    /// Those that a label selector takes.
    pub fn labels(self, selector: impl Into<String>) -> List {
        List { labels: Some(selector.into()), ..self }
    }

    /// Those that a field selector takes.
    pub fn fields(self, selector: impl Into<String>) -> List {
        List { fields: Some(selector.into()), ..self }
    }

    /// The one of that name.
    pub fn named(self, name: &str) -> List {
        self.fields(format!("metadata.name={name}"))
    }

    pub(super) fn ask(&self, verb: Verb) -> Ask {
        let namespace = self.namespace.clone().filter(|_| self.resource.namespaced);
        Ask { verb, resource: self.resource.to_string(), namespace, name: None }
    }

    /// The path of a page of at most so many.
    pub(super) fn page(&self, limit: Option<u32>, next: Option<&str>) -> String {
        let limit = limit.map(|limit| limit.to_string());
        let options = [
            ("labelSelector", self.labels.as_deref()),
            ("fieldSelector", self.fields.as_deref()),
            ("limit", limit.as_deref()),
            ("continue", next),
        ];
        with_query(self.resource.path(self.namespace.as_deref(), None), &options)
    }
}

/// A change of an object. Each can be sent twice, and does the same.
#[derive(Debug, Clone, PartialEq)]
pub enum Patch {
    /// Server-side apply: the whole of what this tool sets. With force it takes over what others set.
    Apply { object: Value, force: bool },
    /// A merge patch (RFC 7396). A `metadata.resourceVersion` in it makes it hold for that state only, a `metadata.uid` for that
    /// object only.
    Merge(Value),
}

impl Patch {
    pub(super) fn request(&self, path: String, manager: &str, dry_run: bool) -> Request<Vec<u8>> {
        let (content, value, force) = match self {
            Self::Apply { object, force } => ("application/apply-patch+yaml", object, *force),
            Self::Merge(value) => ("application/merge-patch+json", value, false),
        };
        let options =
            [("fieldManager", Some(manager)), ("force", force.then_some("true")), ("dryRun", dry_run.then_some("All"))];
        let request = Request::builder().method(Method::PATCH).uri(with_query(path, &options));
        let request = request.header(http::header::CONTENT_TYPE, content);
        request.body(value.to_string().into_bytes()).expect("the path is escaped")
    }
}

pub(super) fn get(path: String) -> Request<Vec<u8>> {
    Request::get(path).header(http::header::ACCEPT, "application/json").body(Vec::new()).expect("the path is escaped")
}

/// Deletes the object of that uid: another of its name stays.
pub(super) fn delete(path: String, uid: &str) -> Request<Vec<u8>> {
    let options = json!({"apiVersion": "v1", "kind": "DeleteOptions", "preconditions": {"uid": uid}});
    let request = Request::delete(path).header(http::header::CONTENT_TYPE, "application/json");
    request.body(options.to_string().into_bytes()).expect("the path is escaped")
}

fn with_query(path: String, options: &[(&str, Option<&str>)]) -> String {
    let given = options.iter().filter_map(|(key, value)| Some((key, (*value)?)));
    let query: Vec<String> = given.map(|(key, value)| format!("{key}={}", escaped(value))).collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

/// A part of a path or a query with what has a meaning there as `%XX`.
pub(super) fn escaped(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let escape = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kubernetes::Kind;

    #[test]
    fn a_page_is_asked_for_by_its_path() {
        let pods = List::of(Resource::of(Kind::Pod), Some("shop")).labels("app=web,tier in (a,b)");
        assert_eq!(pods.page(None, None), {
            "/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb%2Ctier%20in%20%28a%2Cb%29"
        });
        let all = List::of(Resource::of(Kind::Pod), None);
        assert_eq!(all.page(Some(500), Some("a/b==")), "/api/v1/pods?limit=500&continue=a%2Fb%3D%3D");
        assert_eq!(pods.ask(Verb::List).to_string(), "list pods in namespace `shop`");
    }

    #[test]
    fn a_patch_says_who_makes_it() {
        let patch = Patch::Apply { object: serde_json::json!({"kind": "Pod"}), force: true };
        let request = patch.request("/api/v1/pods/a".to_owned(), "rollbook", true);
        assert_eq!(request.uri(), "/api/v1/pods/a?fieldManager=rollbook&force=true&dryRun=All");
        assert_eq!(request.headers()["content-type"], "application/apply-patch+yaml");
        assert_eq!(request.body(), br#"{"kind":"Pod"}"#);
    }
}
