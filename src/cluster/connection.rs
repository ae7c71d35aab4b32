//! The client that requests go through.

use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kube::Config;
use kube::client::{Body, Client, ClientBuilder, ConfigExt};
use tower::{BoxError, ServiceBuilder};

use super::trace::Tracing;

/// The client of a configuration, each of whose requests is bounded and told.
pub(super) fn client(config: Config, tracing: &Tracing) -> Result<Client, kube::Error> {
    match config.proxy_url {
        Some(_) => Ok(ClientBuilder::try_from(config)?.with_layer(tracing).build()),
        None => direct(&config, tracing),
    }
}

/// As kube makes it, but that what is written is sent at once: else a request waits for the server to acknowledge what came
/// before it, which takes 40 ms.
fn direct(config: &Config, tracing: &Tracing) -> Result<Client, kube::Error> {
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_connect_timeout(config.connect_timeout);
    let connector = config.rustls_https_connector_with_connector(connector)?;
    let client: legacy::Client<_, Body> = legacy::Client::builder(TokioExecutor::new()).build(connector);
    let service = ServiceBuilder::new()
        .layer(tracing.clone())
        .layer(config.base_uri_layer())
        .option_layer(config.auth_layer()?)
        .layer(config.extra_headers_layer()?)
        .map_err(BoxError::from)
        .service(client);
    Ok(Client::new(service, config.default_namespace.clone()))
}
