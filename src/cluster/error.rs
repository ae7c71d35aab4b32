//! What can go wrong with a cluster. No message has a byte of a credential.

use std::path::PathBuf;
use std::time::Duration;

use super::request::Ask;

/// Why a cluster gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("no kubeconfig says which cluster to ask: looked for {}", places(.looked))]
    NoKubeconfig { looked: Vec<PathBuf> },
    #[error("cannot read the kubeconfig `{}`: {why}", path.display())]
    Kubeconfig { path: PathBuf, why: String },
    #[error("the kubeconfig has no current context")]
    NoContext { there: Vec<String> },
    #[error("the kubeconfig has no context `{name}`")]
    UnknownContext { name: String, there: Vec<String> },
    /// What the context leads to is not complete.
    #[error("the kubeconfig leads to no cluster: {why}")]
    Context { why: String },
    #[error("the kubeconfig gives no credentials: {why}")]
    Credentials { why: String },
    #[error("cannot reach the API server `{server}`: {why}")]
    Unreachable { server: String, why: String },
    #[error("the API server `{server}` did not answer within {}: {ask}", seconds(.after))]
    Slow { server: String, ask: Box<Ask>, after: Duration },
    /// 401.
    #[error("the API server `{server}` does not take the credentials of the kubeconfig")]
    Unauthorized { server: String },
    /// 403: what is missing is a right.
    #[error("not allowed to {ask}: {message}")]
    Forbidden { ask: Box<Ask>, message: String },
    /// 404 of a whole resource: the server has no such kind.
    #[error("the API server `{server}` does not serve {resource}")]
    NotServed { server: String, resource: String },
    /// 404 of one object.
    #[error("{ask}: there is none")]
    NotFound { ask: Box<Ask> },
    /// The object that was meant is gone, and another has its name.
    #[error("cannot {ask}: it has been deleted, and another of that name was made")]
    Replaced { ask: Box<Ask> },
    /// 409: somebody else sets the fields, or changed the object meanwhile.
    #[error("cannot {ask}: {message}")]
    Conflict { ask: Box<Ask>, message: String },
    /// What the server refuses for what it is.
    #[error("the API server refuses to {ask}: {message}")]
    Refused { ask: Box<Ask>, code: u16, message: String },
    /// 429 and 5xx that stayed so long as it was tried.
    #[error("the API server `{server}` answers {code} to {ask}: {message}")]
    Failing { server: String, ask: Box<Ask>, code: u16, message: String },
    #[error("the API server `{server}` gave an answer to {ask} that is no JSON")]
    Unreadable { server: String, ask: Box<Ask> },
}

impl Error {
    /// What to try: a command that can be pasted, or a sentence.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NoKubeconfig { .. } => "name one: --kubeconfig FILE".to_owned(),
            Self::NoContext { there } | Self::UnknownContext { there, .. } if there.is_empty() => {
                "it has no contexts at all: name another one by --kubeconfig FILE".to_owned()
            }
            Self::NoContext { there } | Self::UnknownContext { there, .. } => {
                format!(
                    "there are: {}",
                    there.iter().map(|name| format!("--context {name}")).collect::<Vec<_>>().join(", ")
                )
            }
            Self::Unreachable { .. } => "kubectl cluster-info asks the same server; --context names another".to_owned(),
            Self::Slow { .. } => "--request-timeout 2m waits longer".to_owned(),
            Self::Unauthorized { .. } | Self::Credentials { .. } => {
                "log in again as you do for kubectl; kubectl auth whoami tells as whom".to_owned()
            }
            Self::Forbidden { ask, .. } => {
                let namespace = ask.namespace.as_ref().map_or(String::new(), |namespace| format!(" -n {namespace}"));
                format!(
                    "kubectl auth can-i {} {}{namespace} tells when the right is there",
                    ask.verb.word(),
                    ask.resource
                )
            }
            _ => return None,
        })
    }

    /// Whether a right is missing, so that a part of an answer may do without.
    pub fn is_forbidden(&self) -> bool {
        matches!(self, Self::Forbidden { .. })
    }
}

fn places(looked: &[PathBuf]) -> String {
    looked.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ")
}

    /// Whether the object that was to be changed is not there any more.
    pub fn is_of_deleted(&self) -> bool {
        matches!(self, Self::NotFound { .. } | Self::Replaced { .. })
    }

/// A time without needless digits: `30s`, `1.5s`.
fn seconds(time: &Duration) -> String {
    format!("{}s", time.as_secs_f64())
}
