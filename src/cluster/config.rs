//! From kubeconfigs to what a client is made of, as kubectl reads them.

use http::Uri;
use kube::config::{Config, KubeConfigOptions, Kubeconfig, KubeconfigError};

use super::error::Error;
use super::options::Options;
use super::refusal::why;

/// The configuration that the options lead to.
pub(super) async fn read(options: &Options) -> Result<Config, Error> {
    let mut config = match kubeconfig(options)? {
        Some(kubeconfig) => of_kubeconfig(kubeconfig, options).await?,
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

async fn of_kubeconfig(kubeconfig: Kubeconfig, options: &Options) -> Result<Config, Error> {
    let there: Vec<String> = kubeconfig.contexts.iter().map(|context| context.name.clone()).collect();
    let Some(name) =
        options.context.clone().or_else(|| kubeconfig.current_context.clone()).filter(|name| !name.is_empty())
    else {
        return Err(Error::NoContext { there });
    };
    if !there.contains(&name) {
        return Err(Error::UnknownContext { name, there });
    }
    let own_proxy = own_proxy(&kubeconfig, &name);
    let chosen = KubeConfigOptions { context: Some(name), ..KubeConfigOptions::default() };
    let incomplete = |error| Error::Context { why: without_source(&error) };
    let mut config = Config::from_custom_kubeconfig(kubeconfig, &chosen).await.map_err(incomplete)?;
    if own_proxy.is_none() {
        config.proxy_url = proxy(options, &config.cluster_url)?;
    } else {
        config.proxy_url = own_proxy.map(|url| uri(&url)).transpose()?;
    }
    Ok(config)
}

fn in_pod(options: &Options) -> Result<Config, Error> {
    let mut config = Config::incluster().map_err(|error| Error::Context { why: error.to_string() })?;
    config.proxy_url = proxy(options, &config.cluster_url)?;
    Ok(config)
}

/// The proxy that the kubeconfig names for the cluster, which holds whatever the environment says.
fn own_proxy(kubeconfig: &Kubeconfig, context: &str) -> Option<String> {
    let context = kubeconfig.contexts.iter().find(|named| named.name == context)?.context.as_ref()?;
    let cluster = kubeconfig.clusters.iter().find(|named| named.name == context.cluster)?.cluster.as_ref()?;
    cluster.proxy_url.clone().filter(|url| !url.is_empty())
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

/// What is wrong, without the lines of the file that the parser would show: there may be a token in them.
fn without_source(error: &KubeconfigError) -> String {
    match error {
        KubeconfigError::ReadConfig(error, _) => why(error),
        KubeconfigError::Parse(error) => match error.location() {
            Some(location) => format!("line {} cannot be read as YAML of a kubeconfig", location.line()),
            None => "it is no YAML of a kubeconfig".to_owned(),
        },
        KubeconfigError::ParseNoProxy(_) => "`NO_PROXY` has an entry that cannot be read".to_owned(),
        KubeconfigError::ParseProxyUrl(_) => "the address of the proxy cannot be read".to_owned(),
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
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(read(&options))
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
        assert_eq!(error.hint().unwrap(), "there are: --context a, --context b");
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
