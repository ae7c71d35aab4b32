//! The objects that tests put into a cluster, and what they look at of them.

use serde_json::Value;

use crate::fixture::Shop;

/// A Deployment `web` whose pods start at once.
pub fn deployment(image: &str, replicas: u32, deadline: u32) -> String {
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: {replicas}
  progressDeadlineSeconds: {deadline}
  selector:
    matchLabels: {{app: web}}
  template:
    metadata:
      labels: {{app: web}}
    spec:
      containers:
      - name: web
        image: {image}
"
    )
}

/// A StatefulSet `db` of one pod.
pub fn stateful_set(image: &str) -> String {
    format!(
        "apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db}}
spec:
  serviceName: db
  selector:
    matchLabels: {{app: db}}
  template:
    metadata:
      labels: {{app: db}}
    spec:
      containers: [{{name: db, image: '{image}'}}]
"
    )
}

/// A DaemonSet `agent`, with a pod on each node.
pub fn daemon_set(image: &str) -> String {
    format!(
        "apiVersion: apps/v1
kind: DaemonSet
metadata: {{name: agent}}
spec:
  selector:
    matchLabels: {{app: agent}}
  template:
    metadata:
      labels: {{app: agent}}
    spec:
      containers: [{{name: agent, image: '{image}'}}]
"
    )
}

/// `web` as it is.
pub fn web(shop: &Shop) -> Value {
    shop.plane.api.get(&shop.path("Deployment", "web"))
}

/// The image of the first container of a workload.
pub fn image(workload: &Value) -> &str {
    workload["spec"]["template"]["spec"]["containers"][0]["image"].as_str().unwrap()
}
