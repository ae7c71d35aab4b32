//! What can go wrong with a cluster. No message has a byte of a credential.

use std::path::PathBuf;
use std::time::Duration;

use super::request::Ask;
use crate::text::shell_word;

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
    #[error("cannot reach the API server `{server}`{}: {why}", by_proxy(.through))]
    Unreachable { server: String, through: Option<String>, why: String },
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
    /// 404 of the namespace that an object was to be made in.
    #[error("cannot {ask}: there is no such namespace")]
    NoNamespace { ask: Box<Ask>, namespace: String },
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
    /// A change that got no answer that tells: the server may have made it.
    #[error(transparent)]
    Unsure(Box<Error>),
}

impl Error {
    /// What to try: a command that can be pasted, or a sentence. `options` are those by which kubectl asks the same cluster as
    /// the same user, each with a space before it.
    pub fn hint(&self, options: &str) -> Option<String> {
        Some(match self {
            Self::NoKubeconfig { .. } => "name one: --kubeconfig FILE".to_owned(),
            Self::NoContext { there } | Self::UnknownContext { there, .. } if there.is_empty() => {
                "it has no contexts at all: name another one by --kubeconfig FILE".to_owned()
            }
            Self::NoContext { there } | Self::UnknownContext { there, .. } => {
                format!(
                    "there are: {}",
                    there.iter().map(|name| format!("--context {}", shell_word(name))).collect::<Vec<_>>().join(", ")
                )
            }
            Self::Unreachable { through: Some(_), .. } => {
                "HTTPS_PROXY or the kubeconfig names the proxy; NO_PROXY names the servers that need none".to_owned()
            }
            Self::Unreachable { .. } => {
                format!("kubectl cluster-info{options} asks the same server; --context names another")
            }
            Self::Slow { .. } => "--request-timeout 2m waits longer".to_owned(),
            Self::Unauthorized { .. } | Self::Credentials { .. } => {
                format!("log in again as you do for kubectl; kubectl auth whoami{options} tells as whom")
            }
            Self::Forbidden { ask, .. } => {
                let namespace =
                    ask.namespace.as_ref().map_or(String::new(), |namespace| format!(" -n {}", shell_word(namespace)));
                format!(
                    "kubectl auth can-i {} {}{namespace}{options} tells when the right is there",
                    ask.verb.word(),
                    ask.resource
                )
            }
            Self::NoNamespace { namespace, .. } => {
                format!("kubectl create namespace {}{options} makes it", shell_word(namespace))
            }
            Self::Unsure(error) => match error.hint(options) {
                Some(hint) => format!("{DONE}; {hint}"),
                None => DONE.to_owned(),
            },
            _ => return None,
        })
    }

    /// Whether the object that was to be changed is not there any more.
    pub fn is_of_deleted(&self) -> bool {
        matches!(self, Self::NotFound { .. } | Self::Replaced { .. })
    }

    /// Whether it tells nothing of what was asked.
    pub(super) fn is_no_answer(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Slow { .. } | Self::Failing { .. })
    }

    /// Whether a right is missing, so that a part of an answer may do without.
    pub fn is_forbidden(&self) -> bool {
        matches!(self, Self::Forbidden { .. })
    }
}

const DONE: &str = "it may have been done all the same";

fn by_proxy(through: &Option<String>) -> String {
    through.as_ref().map(|proxy| format!(" through the proxy `{proxy}`")).unwrap_or_default()
}

fn places(looked: &[PathBuf]) -> String {
    looked.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ")
}

/// A time without needless digits: `30s`, `1.5s`.
fn seconds(time: &Duration) -> String {
    format!("{}s", time.as_secs_f64())
}
