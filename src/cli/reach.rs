//! What the environment says of the way to a cluster.

use std::env;
use std::path::PathBuf;

use super::environment::variable;
use crate::cluster::Proxy;

/// What the environment says of the way to a cluster.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach {
    /// The kubeconfigs that there may be: of KUBECONFIG, else that of the user.
    pub kubeconfigs: Vec<PathBuf>,
    /// Whether Kubernetes runs the program, and says where its API server is.
    pub in_pod: bool,
    pub proxy: Proxy,
}

impl Reach {
    /// Reads it.
    pub fn read() -> Self {
        Self {
            kubeconfigs: kubeconfigs(),
            in_pod: given("KUBERNETES_SERVICE_HOST").is_some(),
            proxy: Proxy {
                https: given("HTTPS_PROXY").or_else(|| given("https_proxy")),
                exempt: given("NO_PROXY").or_else(|| given("no_proxy")),
            },
        }
    }
}

/// KUBECONFIG is a list, as PATH is one.
fn kubeconfigs() -> Vec<PathBuf> {
    match env::var_os("KUBECONFIG").filter(|list| !list.is_empty()) {
        Some(list) => env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()).collect(),
        None => env::var_os("HOME").map(|home| PathBuf::from(home).join(".kube/config")).into_iter().collect(),
    }
}

fn given(name: &str) -> Option<String> {
    variable(name).filter(|value| !value.is_empty())
}
