//! Each request as it is sent: timed, bounded, told to whoever wants to know.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::{Request, Response};
use kube::client::Body;
use tower::{BoxError, Layer, Service};

/// A request and what came of it. It has no bodies and no headers, so no token and no value of a Secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    pub method: String,
    /// With its query.
    pub path: String,
    /// None where no answer came.
    pub status: Option<u16>,
    /// Until the answer began.
    pub took: Duration,
}

/// What gets to know of each request.
pub type Trace = Arc<dyn Fn(&Exchange) + Send + Sync>;

/// That an answer did not begin in time.
#[derive(Debug, thiserror::Error)]
#[error("no answer in time")]
pub(super) struct Late;

/// Bounds and tells of every request of a client.
#[derive(Clone)]
pub(super) struct Tracing {
    pub timeout: Option<Duration>,
    pub trace: Option<Trace>,
}

impl<S> Layer<S> for Tracing {
    type Service = Traced<S>;

    fn layer(&self, inner: S) -> Traced<S> {
        Traced { inner, tracing: self.clone() }
    }
}

pub(super) struct Traced<S> {
    inner: S,
    tracing: Tracing,
}

impl<S, B> Service<Request<Body>> for Traced<S>
where
    S: Service<Request<Body>, Response = Response<B>, Error = BoxError>,
    S::Future: Send + 'static,
{
    type Response = Response<B>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<B>, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let Tracing { timeout, trace } = self.tracing.clone();
        let asked = trace.map(|trace| (trace, request.method().to_string(), request.uri().to_string()));
        let began = Instant::now();
        let answer = self.inner.call(request);
        Box::pin(async move {
            let answer = match timeout {
                Some(timeout) => tokio::time::timeout(timeout, answer).await.unwrap_or_else(|_| Err(Late.into())),
                None => answer.await,
            };
            if let Some((trace, method, path)) = asked {
                let status = answer.as_ref().ok().map(|answer| answer.status().as_u16());
                trace(&Exchange { method, path, status, took: began.elapsed() });
            }
            answer
        })
    }
}
