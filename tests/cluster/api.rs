//! The API as tests use it, to set a cluster up and to look at it: without any code of what is tested.

use std::path::Path;

use http::{Method, Request};
use kube::config::{Config, KubeConfigOptions, Kubeconfig};
use kube::{Client, Error};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

/// A client that panics where it gets no answer.
pub struct Api {
    runtime: Runtime,
    client: Client,
}

impl Api {
    pub fn connect(kubeconfig: &Path) -> Api {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(async {
            let kubeconfig = Kubeconfig::read_from(kubeconfig).unwrap();
            let config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await.unwrap();
            Client::try_from(config).unwrap()
        });
        Api { runtime, client }
    }

    pub fn get(&self, path: &str) -> Value {
        self.send(Method::GET, path, "application/json", String::new()).unwrap()
    }

    pub fn post(&self, path: &str, object: &Value) -> Value {
        self.send(Method::POST, path, "application/json", object.to_string()).unwrap()
    }

    pub fn apply(&self, path: &str, object: &Value) -> Value {
        self.send(Method::PATCH, path, "application/apply-patch+yaml", object.to_string()).unwrap()
    }

    pub fn merge(&self, path: &str, patch: &Value) -> Value {
        self.send(Method::PATCH, path, "application/merge-patch+json", patch.to_string()).unwrap()
    }

    pub fn strategic(&self, path: &str, patch: &Value) -> Value {
        self.send(Method::PATCH, path, "application/strategic-merge-patch+json", patch.to_string()).unwrap()
    }

    pub fn put(&self, path: &str, object: &Value) -> Value {
        self.send(Method::PUT, path, "application/json", object.to_string()).unwrap()
    }

    pub fn delete(&self, path: &str) {
        self.send(Method::DELETE, path, "application/json", String::new()).unwrap();
    }

    /// Creates what a text says, if the server accepts it.
    pub fn create(&self, path: &str, content: &str, text: &str) -> Result<Value, Error> {
        self.send(Method::POST, path, content, text.to_owned())
    }

    fn send(&self, method: Method, path: &str, content: &str, body: String) -> Result<Value, Error> {
        let body = body.into_bytes();
        let request = Request::builder().method(method).uri(path).header("content-type", content).body(body).unwrap();
        self.runtime.block_on(self.client.request(request))
    }
}
