//! Which cluster is meant, and how it is asked.

use std::path::PathBuf;
use std::time::Duration;

use super::trace::Trace;

/// Which cluster is meant, and how it is asked. All of it comes from outside: nothing here looks at the environment.
#[derive(Clone, Default)]
pub struct Options {
    /// The kubeconfigs, of which an earlier one wins where two say something.
    pub kubeconfigs: Vec<PathBuf>,
    /// Whether these were asked for by name, so that each has to be there.
    pub named: bool,
    /// Whether this runs in a pod, whose service account is used where there is no kubeconfig.
    pub in_pod: bool,
    /// The context, in place of the current one.
    pub context: Option<String>,
    /// The user to act as.
    pub user: Option<String>,
    /// How long an answer may take; none for any time.
    pub timeout: Option<Duration>,
    pub proxy: Proxy,
    /// Gets to know of each request.
    pub trace: Option<Trace>,
}

/// The proxy that the environment names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxy {
    /// `HTTPS_PROXY`.
    pub https: Option<String>,
    /// `NO_PROXY`: the hosts that need none.
    pub exempt: Option<String>,
}

impl Proxy {
    /// The proxy on the way to a server. A server on this machine needs none, as Go's clients have it
    /// (`golang.org/x/net/http/httpproxy`).
    pub(super) fn for_server(&self, server: &http::Uri) -> Option<&str> {
        let https = self.https.as_deref().filter(|url| !url.is_empty())?;
        if is_local(server.host()?) {
            return None;
        }
        let exempt = self.exempt.clone().unwrap_or_default();
        let matcher = hyper_util::client::proxy::matcher::Matcher::builder().all(https).no(exempt).build();
        matcher.intercept(server).is_some().then_some(https)
    }
}

fn is_local(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_without_a_proxy_are_reached_straight() {
        for (exempt, server, through) in [
            ("", "https://api.example.com:6443", true),
            ("*", "https://api.example.com:6443", false),
            ("example.com", "https://api.example.com:6443", false),
            (".example.com", "https://api.example.com:6443", false),
            ("other.org, api.example.com,", "https://api.example.com:6443", false),
            ("ample.com", "https://api.example.com:6443", true),
            ("10.0.0.0/8", "https://10.1.2.3:6443", false),
            ("10.0.0.0/8", "https://11.1.2.3:6443", true),
            ("192.168.0.1", "https://192.168.0.1:6443", false),
            ("", "https://127.0.0.1:6443", false),
            ("", "https://[::1]:6443", false),
            ("", "https://localhost:6443", false),
        ] {
            let proxy = Proxy { https: Some("http://proxy:3128".to_owned()), exempt: Some(exempt.to_owned()) };
            assert_eq!(proxy.for_server(&server.parse().unwrap()).is_some(), through, "{exempt} {server}");
        }
        assert_eq!(Proxy::default().for_server(&"https://api.example.com".parse().unwrap()), None);
    }
}
