//! From kubeconfigs to what a client is made of, as kubectl reads them.

use http::Uri;
use kube::config::{Config, Context, ExecAuthCluster, Kubeconfig, KubeconfigError};

use super::error::Error;
use super::options::Options;
use super::refusal::why;

/// The configuration that the options lead to.
pub(super) fn read(options: &Options) -> Result<Config, Error> {
    let mut config = match kubeconfig(options)? {
        Some(kubeconfig) => of_kubeconfig(&kubeconfig, options)?,
        None if options.in_pod => in_pod(options)?,
        None => return Err(Error::NoKubeconfig { looked: options.kubeconfigs.clone() }),
    };
    if options.user.is_some() {
        config.auth_info.impersonate = options.user.clone();
    }
    let agent = concat!("rollbook/", env!("CARGO_PKG_VERSION"));
    config.headers.push((http::header::USER_AGENT, http::HeaderValue::from_static(agent)));
    // What is tried again, and how often, is told by `retry`.
    config.default_retry = false;
    Ok(config)
}

/// All kubeconfigs as one; none where none is there.
fn kubeconfig(options: &Options) -> Result<Option<Kubeconfig>, Error> {
    let mut merged: Option<Kubeconfig> = None;
    for path in options.kubeconfigs.iter().filter(|path| options.named || path.exists()) {
        let unreadable = |error| Error::Kubeconfig { path: path.clone(), why: without_source(&error) };
        let next = Kubeconfig::read_from(path).map_err(unreadable)?;
        merged = Some(match merged {
            Some(earlier) => earlier.merge(next).map_err(unreadable)?,
            None => next,
        });
    }
    Ok(merged)
}

/// What a context leads to. Kube's own loader reads NO_PROXY by itself, fails where it has an empty entry, and compares the
/// others with the proxy.
fn of_kubeconfig(kubeconfig: &Kubeconfig, options: &Options) -> Result<Config, Error> {
    let context = context(kubeconfig, options)?;
    let incomplete = |why: String| Error::Context { why };
    let cluster = kubeconfig.clusters.iter().find(|named| named.name == context.cluster);
    let cluster = cluster.and_then(|named| named.cluster.as_ref());
    let cluster = cluster.ok_or_else(|| incomplete(format!("it has no cluster `{}`", context.cluster)))?;
    let server = cluster.server.as_deref().filter(|server| !server.is_empty());
    let server = server.ok_or_else(|| incomplete(format!("cluster `{}` has no server", context.cluster)))?;
    let server: Uri = server.parse().map_err(|_| incomplete(format!("`{server}` is no address of a server")))?;
    let mut config = Config::new(server.clone());
    config.default_namespace =
        context.namespace.clone().filter(|name| !name.is_empty()).unwrap_or("default".to_owned());
    config.accept_invalid_certs = cluster.insecure_skip_tls_verify.unwrap_or(false);
    config.disable_compression = cluster.disable_compression.unwrap_or(false);
    config.tls_server_name.clone_from(&cluster.tls_server_name);
    // A plugin gets to know the cluster in this form, with what a file has in it.
    let told = ExecAuthCluster::try_from(cluster).map_err(|error| incomplete(without_source(&error)))?;
    config.root_cert = told.certificate_authority_data.as_deref().map(certificates).transpose()?;
    // A context without a user is one of nobody, as for client-go.
    let user = kubeconfig.auth_infos.iter().find(|named| Some(&named.name) == context.user.as_ref());
    config.auth_info = user.and_then(|named| named.auth_info.clone()).unwrap_or_default();
    if let Some(plugin) = config.auth_info.exec.as_mut().filter(|plugin| plugin.provide_cluster_info) {
        plugin.cluster = Some(told);
    }
    // The proxy that the kubeconfig names holds whatever the environment says.
    config.proxy_url = match cluster.proxy_url.as_deref().filter(|url| !url.is_empty()) {
        Some(own) => Some(uri(own)?),
        None => proxy(options, &server)?,
    };
    Ok(config)
}

fn context<'k>(kubeconfig: &'k Kubeconfig, options: &Options) -> Result<&'k Context, Error> {
    let there = || kubeconfig.contexts.iter().map(|named| named.name.clone()).collect();
    let current = kubeconfig.current_context.as_ref().filter(|name| !name.is_empty());
    let Some(name) = options.context.as_ref().or(current) else { return Err(Error::NoContext { there: there() }) };
    let found = kubeconfig.contexts.iter().find(|named| named.name == *name);
    found
        .and_then(|named| named.context.as_ref())
        .ok_or_else(|| Error::UnknownContext { name: name.clone(), there: there() })
}

/// The certificates in a text.
fn certificates(text: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    let blocks = pem::parse_many(text);
    let blocks = blocks.map_err(|_| Error::Context { why: "the certificate authority is no PEM".to_owned() })?;
    let certificates = blocks.into_iter().filter(|block| block.tag() == "CERTIFICATE");
    Ok(certificates.map(pem::Pem::into_contents).collect())
}

fn in_pod(options: &Options) -> Result<Config, Error> {
    let mut config = Config::incluster().map_err(|error| Error::Context { why: error.to_string() })?;
    config.proxy_url = proxy(options, &config.cluster_url)?;
    Ok(config)
}

fn proxy(options: &Options, server: &Uri) -> Result<Option<Uri>, Error> {
    options.proxy.for_server(server).map(uri).transpose()
}

/// A proxy's address. A word alone is a host, as for Go's clients.
fn uri(url: &str) -> Result<Uri, Error> {
    let url = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
    // The address may have a password in it, so it is not shown.
    url.parse().map_err(|_| Error::Context { why: "the address of the proxy cannot be read".to_owned() })
}

/// A proxy's address as it may be shown.
pub(super) fn without_user(proxy: &Uri) -> String {
    let authority = proxy.authority().map_or("", |authority| authority.as_str());
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{}://{host}", proxy.scheme_str().unwrap_or("http"))
}

/// What is wrong, without the lines of the file that the parser would show: there may be a token in them.
fn without_source(error: &KubeconfigError) -> String {
    match error {
        KubeconfigError::ReadConfig(error, _) => why(error),
        KubeconfigError::Parse(error) => match error.location() {
            Some(location) => format!("line {} cannot be read as YAML of a kubeconfig", location.line()),
            None => "it is no YAML of a kubeconfig".to_owned(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    const TWO: &str = "apiVersion: v1
kind: Config
current-context: a
contexts:
- {name: a, context: {cluster: a, user: a, namespace: shop}}
- {name: b, context: {cluster: b}}
clusters:
- {name: a, cluster: {server: 'https://a.example.com:6443'}}
- {name: b, cluster: {server: 'https://b.example.com', proxy-url: 'http://own:1'}}
users:
- {name: a, user: {token: c4n4ry}}
";

    fn read_text(text: &str, change: impl FnOnce(&mut Options)) -> Result<Config, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        std::fs::write(&path, text).unwrap();
        let mut options = Options { kubeconfigs: vec![path], ..Options::default() };
        change(&mut options);
        read(&options)
    }

    #[test]
    fn the_context_chooses_the_cluster() {
        let config = read_text(TWO, |_| {}).unwrap();
        assert_eq!((config.cluster_url.to_string(), config.default_namespace.as_str()), {
            ("https://a.example.com:6443/".to_owned(), "shop")
        });
        let config = read_text(TWO, |options| {
            options.context = Some("b".to_owned());
            options.user = Some("ada".to_owned());
            options.proxy.https = Some("http://proxy:3128".to_owned());
        })
        .unwrap();
        assert_eq!(config.proxy_url.unwrap().to_string(), "http://own:1/");
        assert_eq!(config.auth_info.impersonate.as_deref(), Some("ada"));
        let error = read_text(TWO, |options| options.context = Some("c".to_owned())).unwrap_err();
        assert_eq!(error.to_string(), "the kubeconfig has no context `c`");
        assert_eq!(error.hint("").unwrap(), "there are: --context a, --context b");
    }

    #[test]
    fn a_proxy_of_the_environment_is_used_unless_the_host_needs_none() {
        let with = |exempt: &str| {
            let config = read_text(TWO, |options| {
                options.proxy.https = Some("proxy:3128".to_owned());
                options.proxy.exempt = Some(exempt.to_owned());
            });
            config.unwrap().proxy_url.map(|url| url.to_string())
        };
        assert_eq!(with(""), Some("http://proxy:3128/".to_owned()));
        assert_eq!(with("a.example.com"), None);
        let shown = |url: &str| without_user(&uri(url).unwrap());
        assert_eq!(shown("ada:c4n4ry@proxy:3128"), "http://proxy:3128");
        assert_eq!(shown("socks5://[::1]:1080"), "socks5://[::1]:1080");
    }

    #[test]
    fn no_message_has_a_line_of_a_kubeconfig() {
        for text in ["users: [{name: a, user: {token: c4n4ry", "users: c4n4ry", "- c4n4ry: [\n"] {
            let error = read_text(text, |_| {}).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("c4n4ry"), "{error:?}");
        }
    }

    #[test]
    fn a_kubeconfig_that_was_named_has_to_be_there() {
        let missing = Options { kubeconfigs: vec![PathBuf::from("/nowhere")], named: true, ..Options::default() };
        assert!(matches!(kubeconfig(&missing), Err(Error::Kubeconfig { .. })));
        assert!(matches!(kubeconfig(&Options { named: false, ..missing }), Ok(None)));
    }
}
