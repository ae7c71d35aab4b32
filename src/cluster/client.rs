//! The cluster as it is asked: each call waits for its answer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use futures::future::join_all;
use http::{Request, Response};
use kube::client::{Body, Client};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::config;
use super::connection;
use super::error::Error;
use super::options::Options;
use super::refusal::{self, Refusal};
use super::request::{self, Ask, List, Patch, Verb};
use super::resource::Resource;
use super::retry::Attempts;
use super::trace::Tracing;

/// A page of a list has so many objects, as for kubectl.
const PAGE: u32 = 500;
/// An answer may take so long even where the time is over.
const MOMENT: Duration = Duration::from_secs(2);
/// The field manager of all that this tool sets.
pub const MANAGER: &str = "rollbook";

/// A cluster that a kubeconfig leads to. Reads are tried again while the server is busy or away; so are writes where that
/// does no harm.
pub struct Cluster {
    pub(super) runtime: Runtime,
    pub(super) client: Client,
    pub(super) server: String,
    /// On the way to the server, without a user and a password.
    proxy: Option<String>,
    namespace: String,
    timeout: Option<Duration>,
    end: Mutex<Option<Instant>>,
    /// Whether it ever answered.
    reached: AtomicBool,
    /// What it told of its version.
    version: OnceLock<String>,
    /// The resources of each `apiVersion` that was asked for.
    served: Mutex<HashMap<String, Vec<Resource>>>,
}

impl Cluster {
    /// Reads the kubeconfig and gets ready to ask. Nothing is asked yet, but a plugin that gives credentials runs.
    ///
    /// # Errors
    /// Nothing says which cluster is meant, or with which credentials.
    pub fn connect(options: &Options) -> Result<Cluster, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::Context { why: error.to_string() })?;
        let (client, server, proxy, namespace) = runtime.block_on(async {
            let config = config::read(options)?;
            let server = config.cluster_url.to_string().trim_end_matches('/').to_owned();
            let proxy = config.proxy_url.as_ref().map(config::without_user);
            let namespace = config.default_namespace.clone();
            let tracing = Tracing { timeout: options.timeout, trace: options.trace.clone() };
            let client = connection::client(config, &tracing).map_err(|error| refusal::not_made(&error))?;
            Ok::<_, Error>((client, server, proxy, namespace))
        })?;
        let (timeout, end, reached, served) =
            (options.timeout, Mutex::default(), AtomicBool::new(false), Mutex::default());
        let version = OnceLock::new();
        Ok(Cluster { runtime, client, server, proxy, namespace, timeout, end, reached, version, served })
    }

    /// Nothing is tried again after this time from now on, and no answer waited for much longer.
    pub fn end_by(&self, end: Option<Instant>) {
        *self.end.lock().expect("nobody panics with it") = end;
    }

    /// The namespace of the context.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The version of the API server: `v1.37.2`.
    pub fn version(&self) -> Result<String, Error> {
        if let Some(version) = self.version.get() {
            return Ok(version.clone());
        }
        let ask = Ask { verb: Verb::Get, resource: "/version".to_owned(), namespace: None, name: None };
        let answer = self.runtime.block_on(self.read("/version".to_owned(), &ask))?;
        let version = answer["gitVersion"].as_str().map(str::to_owned);
        let version = version.ok_or_else(|| Error::Unreadable { server: self.server.clone(), ask: ask.into() })?;
        Ok(self.version.get_or_init(|| version).clone())
    }

    /// What the server calls a kind; none where it does not serve it under that `apiVersion`.
    ///
    /// # Errors
    /// The server gives no answer.
    pub fn resource(&self, api_version: &str, kind: &str) -> Result<Option<Resource>, Error> {
        let known = self.served.lock().expect("nobody panics with it").get(api_version).cloned();
        let resources = match known {
            Some(resources) => resources,
            None => {
                let root = if api_version.contains('/') { "/apis" } else { "/api" };
                let path = format!("{root}/{api_version}");
                let ask = Ask { verb: Verb::Get, resource: path.clone(), namespace: None, name: None };
                let resources = match self.runtime.block_on(self.read(path, &ask)) {
                    Ok(answer) => served(api_version, &answer),
                    Err(Error::NotServed { .. }) => Vec::new(),
                    Err(error) => return Err(error),
                };
                self.served.lock().expect("nobody panics with it").insert(api_version.to_owned(), resources.clone());
                resources
            }
        };
        Ok(resources.into_iter().find(|resource| resource.kind == kind))
    }

    /// One object as it is; none where there is none.
    ///
    /// # Errors
    /// The server gives no answer, or a right is missing.
    pub fn get(&self, resource: &Resource, namespace: Option<&str>, name: &str) -> Result<Option<Value>, Error> {
        self.runtime.block_on(self.one(resource, namespace, name))
    }

    /// The object of a name of each of several kinds, asked for at once.
    ///
    /// # Errors
    /// The first that there is.
    pub fn get_each(
        &self,
        resources: &[Resource],
        namespace: Option<&str>,
        name: &str,
    ) -> Result<Vec<Option<Value>>, Error> {
        let all = resources.iter().map(|resource| self.one(resource, namespace, name));
        self.runtime.block_on(join_all(all)).into_iter().collect()
    }

    async fn one(&self, resource: &Resource, namespace: Option<&str>, name: &str) -> Result<Option<Value>, Error> {
        let ask = Ask::of_one(Verb::Get, resource, namespace, name);
        match self.read(resource.path(namespace, Some(name)), &ask).await {
            Ok(object) => Ok(Some(object)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// All objects of a list, in the order of the server: by namespace and name.
    ///
    /// # Errors
    /// The server gives no answer, or a right is missing.
    pub fn list(&self, list: &List) -> Result<Vec<Value>, Error> {
        self.runtime.block_on(self.pages(list))
    }

    /// Several lists at once, each with its own outcome.
    pub fn list_each(&self, lists: &[List]) -> Vec<Result<Vec<Value>, Error>> {
        self.runtime.block_on(join_all(lists.iter().map(|list| self.pages(list))))
    }

    /// Changes an object, and gives it as it is then; with `dry_run` as it would be.
    ///
    /// # Errors
    /// The server refuses the change, or gives no answer.
    pub fn patch(
        &self,
        resource: &Resource,
        namespace: Option<&str>,
        name: &str,
        patch: &Patch,
        dry_run: bool,
    ) -> Result<Value, Error> {
        let ask = Ask::of_one(Verb::Patch, resource, namespace, name);
        let path = resource.path(namespace, Some(name));
        match self.runtime.block_on(self.ask(|| patch.request(path.clone(), MANAGER, dry_run), &ask)) {
            Err(Error::Unsure(error)) if dry_run => Err(*error),
            answer => answer,
        }
    }

    /// Deletes an object, and never another that has its name by now; one that is gone already is no error.
    ///
    /// # Errors
    /// The server refuses it, or gives no answer.
    pub fn delete(&self, resource: &Resource, namespace: Option<&str>, name: &str, uid: &str) -> Result<(), Error> {
        let ask = Ask::of_one(Verb::Delete, resource, namespace, name);
        let path = resource.path(namespace, Some(name));
        match self.runtime.block_on(self.ask(|| request::delete(path.clone(), uid), &ask)) {
            // A precondition that fails is a conflict.
            Ok(_) | Err(Error::NotFound { .. } | Error::Conflict { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn pages(&self, list: &List) -> Result<Vec<Value>, Error> {
        let ask = list.ask(Verb::List);
        let (mut items, mut next, mut limit) = (Vec::new(), None::<String>, Some(PAGE));
        loop {
            match self.read(list.page(limit, next.as_deref()), &ask).await {
                Ok(mut page) => {
                    if let Some(Value::Array(of_page)) = page.get_mut("items").map(Value::take) {
                        items.extend(of_page.into_iter().map(|item| list.resource.complete(item)));
                    }
                    match page["metadata"]["continue"].as_str().filter(|next| !next.is_empty()) {
                        Some(more) => next = Some(more.to_owned()),
                        None => return Ok(items),
                    }
                }
                // The server forgot the state that the pages are of: all at once then.
                Err(Error::Refused { code: 410, .. }) if next.is_some() => {
                    (items, next, limit) = (Vec::new(), None, None);
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn read(&self, path: String, ask: &Ask) -> Result<Value, Error> {
        self.ask(|| request::get(path.clone()), ask).await
    }

    /// Sends a request until there is an answer, or it makes no sense to try again.
    async fn ask(&self, request: impl Fn() -> Request<Vec<u8>>, ask: &Ask) -> Result<Value, Error> {
        let (mut attempts, mut unsure) = (Attempts::default(), false);
        loop {
            let left = self.left();
            let refusal = match self.send(request(), left).await {
                Ok(bytes) => {
                    let unreadable = |_| Error::Unreadable { server: self.server.clone(), ask: Box::new(ask.clone()) };
                    return serde_json::from_slice(&bytes).map_err(unreadable);
                }
                Err(refusal) => refusal,
            };
            unsure |= ask.verb.changes() && refusal.may_be_done();
            let pause = refusal.attempt().and_then(|attempt| attempts.after(attempt, self.was_reached()));
            match pause.filter(|pause| left.is_none_or(|left| *pause < left)) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => {
                    let error = self.error(refusal, ask, left);
                    return Err(if unsure && error.is_no_answer() { Error::Unsure(Box::new(error)) } else { error });
                }
            }
        }
    }

    /// What is told of a request that came to nothing.
    pub(super) fn error(&self, refusal: Refusal, ask: &Ask, left: Option<Duration>) -> Error {
        let allowed = self.timeout.into_iter().chain(left.map(|left| left.max(MOMENT))).min();
        match refusal.into_error(&self.server, ask, allowed) {
            Error::Unreachable { server, why, .. } => Error::Unreachable { server, through: self.proxy.clone(), why },
            error => error,
        }
    }

    /// How much time there is, if it has an end.
    fn left(&self) -> Option<Duration> {
        let end = *self.end.lock().expect("nobody panics with it");
        end.map(|end| end.saturating_duration_since(Instant::now()))
    }

    async fn send(&self, request: Request<Vec<u8>>, left: Option<Duration>) -> Result<Vec<u8>, Refusal> {
        let exchange = self.exchange(request);
        match left {
            Some(left) => tokio::time::timeout(left.max(MOMENT), exchange).await.unwrap_or(Err(Refusal::Late)),
            None => exchange.await,
        }
    }

    async fn exchange(&self, request: Request<Vec<u8>>) -> Result<Vec<u8>, Refusal> {
        let answer = self.client.send(request.map(Body::from)).await.map_err(|error| Refusal::of(&error))?;
        self.reached.store(true, Ordering::Relaxed);
        let (status, wait) = (answer.status(), refusal::asked_to_wait(answer.headers()));
        let body = self.body(answer).await?;
        match status.is_success() {
            true => Ok(body),
            false => Err(Refusal::status(status.as_u16(), wait, &body)),
        }
    }

    /// The whole body, within the time that an answer may take.
    async fn body(&self, answer: Response<Body>) -> Result<Vec<u8>, Refusal> {
        let body = answer.into_body().collect_bytes();
        let body = match self.timeout {
            Some(timeout) => tokio::time::timeout(timeout, body).await.map_err(|_| Refusal::Late)?,
            None => body.await,
        };
        body.map(|bytes| bytes.to_vec()).map_err(|error| Refusal::of(&error))
    }

    pub(super) fn was_reached(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    pub(super) fn timeout(&self) -> Option<Duration> {
        self.timeout
    }
}

/// The resources in an answer of the discovery, without what is a part of another.
fn served(api_version: &str, answer: &Value) -> Vec<Resource> {
    let resource = |found: &Value| {
        let plural = found["name"].as_str().filter(|name| !name.contains('/'))?;
        Some(Resource {
            api_version: api_version.to_owned(),
            kind: found["kind"].as_str()?.to_owned(),
            plural: plural.to_owned(),
            namespaced: found["namespaced"].as_bool()?,
        })
    };
    answer["resources"].as_array().into_iter().flatten().filter_map(resource).collect()
}
