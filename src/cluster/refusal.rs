//! What came of a request that did not succeed: what kube and the server say, as what this room tells of it.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use http::HeaderMap;
use kube::client::AuthError;
use serde_json::Value;

use super::error::Error;
use super::request::{Ask, Verb};
use super::retry::Attempt;
use super::trace::Late;

/// How the server begins to say what is wrong with an object, which it calls an error of its own: it has a field of no such name or
/// of another type; it has a value that cannot be one, such as base64 in a Secret that is none.
const OF_OBJECT: [&str; 2] = ["failed to create typed patch object", "failed to convert new object"];

/// What the API server calls namespaces where it says of what there is none.
const NAMESPACES: &str = "namespaces";

/// What came of one attempt.
#[derive(Debug)]
pub(super) enum Refusal {
    Late,
    Credentials(String),
    /// No connection came about.
    NotSent(String),
    /// It ended before the answer did.
    Broken(String),
    Status {
        code: u16,
        wait: Option<Duration>,
        message: String,
        reason: String,
        of_object: bool,
        /// The namespace that is not there.
        namespace: Option<String>,
    },
    /// The object has another uid than the one that was meant.
    Replaced,
}

impl Refusal {
    pub fn of(error: &kube::Error) -> Refusal {
        if let kube::Error::Api(status) = error {
            let (message, reason) = (status.message.clone(), status.reason.clone());
            let of_object = status.details.as_ref().is_some_and(|details| !details.name.is_empty());
            let of_namespace = status.details.as_ref().filter(|details| details.kind == NAMESPACES);
            let namespace = of_namespace.map(|details| details.name.clone());
            return Refusal::Status { code: status.code, wait: None, message, reason, of_object, namespace };
        }
        let chain: Vec<&(dyn StdError + 'static)> = chain(error).collect();
        if chain.iter().any(|error| error.is::<Late>()) {
            return Refusal::Late;
        }
        if let Some(error) = chain.iter().find_map(|error| error.downcast_ref::<AuthError>()) {
            return Refusal::Credentials(without_output(error));
        }
        let why = chain.last().map_or_else(String::new, |deepest| why(*deepest));
        // hyper-util's own errors tell where they come from, and only in their words.
        let is_connect = chain.iter().any(|error| error.to_string().contains("(Connect)"));
        if is_connect { Refusal::NotSent(why) } else { Refusal::Broken(why) }
    }

    /// An answer that is no success. What is no Status of the API comes from something before the server.
    pub fn status(code: u16, wait: Option<Duration>, body: &[u8]) -> Refusal {
        let status: Value = serde_json::from_slice(body).unwrap_or_default();
        let text = |key: &str| status[key].as_str().unwrap_or_default().to_owned();
        if is_other(code, &status) {
            return Refusal::Replaced;
        }
        let of_object = status["details"]["name"].as_str().is_some_and(|name| !name.is_empty());
        let of_namespace = &status["details"]["name"];
        let namespace = of_namespace.as_str().filter(|_| status["details"]["kind"] == NAMESPACES).map(str::to_owned);
        let (mut message, reason) = (text("message"), text("reason"));
        if message.is_empty() {
            let known = http::StatusCode::from_u16(code).ok().and_then(|code| code.canonical_reason());
            message = known.unwrap_or("without a reason").to_lowercase();
        }
        Refusal::Status { code, wait, message, reason, of_object, namespace }
    }

    /// What it is to whoever tries again; nothing where that makes no sense.
    pub fn attempt(&self) -> Option<Attempt> {
        match self {
            Self::NotSent(why) if why.contains("certificate") => None,
            Self::NotSent(_) => Some(Attempt::NotSent),
            Self::Broken(_) => Some(Attempt::Broken),
            Self::Status { code: 500, message, .. } if is_of_object(message) => None,
            Self::Status { code, wait, .. } => Some(Attempt::Status(*code, *wait)),
            Self::Late | Self::Credentials(_) | Self::Replaced => None,
        }
    }

    /// Whether the server may have done what it was asked: it gave no answer, or one that does not tell. What is busy (429, 503)
    /// has done nothing.
    pub fn may_be_done(&self) -> bool {
        matches!(self, Self::Late | Self::Broken(_) | Self::Status { code: 500 | 502 | 504, .. })
    }

    pub fn into_error(self, server: &str, ask: &Ask, timeout: Option<Duration>) -> Error {
        let (server, ask) = (server.to_owned(), Box::new(ask.clone()));
        match self {
            Self::Late => Error::Slow { server, ask, after: timeout.unwrap_or_default() },
            Self::Credentials(why) => Error::Credentials { why },
            Self::NotSent(why) | Self::Broken(why) => Error::Unreachable { server, through: None, why },
            Self::Replaced => Error::Replaced { ask },
            Self::Status { code: 404, namespace: Some(namespace), .. } if ask.resource != NAMESPACES => {
                Error::NoNamespace { ask, namespace }
            }
            Self::Status { code, message, of_object, .. } => {
                let message = if ask.resource == "secrets" { without_values(&message) } else { message };
                match code {
                    401 => Error::Unauthorized { server },
                    403 => Error::Forbidden { ask: missing(ask, &message), message },
                    404 if of_object && ask.verb != Verb::List => Error::NotFound { ask },
                    404 => Error::NotServed { server, resource: ask.resource },
                    409 => Error::Conflict { ask, message },
                    500 if is_of_object(&message) => Error::Refused { ask, code, message },
                    429 | 500..=599 => Error::Failing { server, ask, code, message },
                    code => Error::Refused { ask, code, message },
                }
            }
        }
    }

    /// Whether the state that was asked for is gone, so that all is to be asked anew.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Status { code, reason, .. } if *code == 410 || reason == "Expired")
    }
}

fn is_of_object(message: &str) -> bool {
    OF_OBJECT.iter().any(|begin| message.starts_with(begin))
}

/// A message on a Secret without what the server quotes of it: a value of another type than it has to be
/// (structured-merge-diff `typed/helpers.go`: `expected string, got …`).
fn without_values(message: &str) -> String {
    let lines = message.lines().map(|line| line.split_once(", got ").map_or(line, |(before, _)| before));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether the server says that the object has another uid than the patch: that it cannot be changed, where there is one of that
/// name (`apimachinery: ValidateObjectMetaAccessorUpdate`), else that it cannot be made (`apiserver: applyPatcher`).
fn is_other(code: u16, status: &Value) -> bool {
    let causes = status["details"]["causes"].as_array().into_iter().flatten();
    match code {
        422 => causes.into_iter().any(|cause| cause["field"] == "metadata.uid"),
        409 => status["message"].as_str().is_some_and(|message| message.contains(": uid mismatch: ")),
        _ => false,
    }
}

/// Why no client could be made.
pub(super) fn not_made(error: &kube::Error) -> Error {
    match chain(error).find_map(|error| error.downcast_ref::<AuthError>()) {
        Some(error) => Error::Credentials { why: without_output(error) },
        None => Error::Context { why: chain(error).last().map_or_else(String::new, ToString::to_string) },
    }
}

/// What was not allowed: to ask as somebody else takes the right to impersonate that user, and to apply an object that is not
/// there takes the right to create it, beside that to patch. Older servers (1.30) give no reason then.
fn missing(mut ask: Box<Ask>, message: &str) -> Box<Ask> {
    if message.contains(" cannot impersonate") {
        let resource = if message.contains(r#"resource "serviceaccounts""#) { "serviceaccounts" } else { "users" };
        return Box::new(Ask { verb: Verb::Impersonate, resource: resource.to_owned(), namespace: None, name: None });
    }
    let is_to_create = message.contains(" cannot create resource ") || message.trim_end().ends_with(" is forbidden:");
    if ask.verb == Verb::Patch && is_to_create {
        ask.verb = Verb::Create;
    }
    ask
}

/// How long the server asks to wait, in seconds.
pub(super) fn asked_to_wait(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn chain<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| next(error))
}

/// What lies behind an error. An io::Error that carries another hides it from `source`.
fn next<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(carried) => Some(carried),
        None => error.source(),
    }
}

/// The deepest cause in words: those of the system without its number.
pub(super) fn why(error: &(dyn StdError + 'static)) -> String {
    let text = error.to_string();
    // Of a proxy, in hyper-util's words.
    match text.strip_prefix("tunnel error: ") {
        Some("proxy authorization required") => return "it asks for a user and a password".to_owned(),
        Some("unsuccessful") => return "it refuses to connect to the server".to_owned(),
        _ => {}
    }
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            format!("{}{}", first.to_lowercase(), letters.as_str())
        }
        _ => text.to_owned(),
    }
}

/// What is wrong with the credentials, without what a plugin printed: that is where a token would be.
fn without_output(error: &AuthError) -> String {
    match error {
        // Its arguments may have a secret too.
        AuthError::AuthExecRun { out, .. } => format!("the plugin that gives them failed with {}", out.status),
        AuthError::AuthExecStart(error) => format!("the plugin that gives them cannot be run: {}", why(error)),
        AuthError::AuthExecParse(_) | AuthError::ExecPluginFailed => {
            "the plugin that gives them printed none that can be read".to_owned()
        }
        AuthError::ReadTokenFile(error, path) => format!("cannot read `{}`: {}", path.display(), why(error)),
        AuthError::MissingCommand => "the plugin that gives them has no command".to_owned(),
        AuthError::InvalidBearerToken(_) | AuthError::InvalidBasicAuth(_) => {
            "they have characters that no header can have".to_owned()
        }
        _ => "what it has cannot be used".to_owned(),
    }
}
