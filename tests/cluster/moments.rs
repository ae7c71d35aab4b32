//! What a cluster does when a test says so, and not after some time: so nobody has to be faster than somebody else.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::deployment;

/// A Deployment `web` whose pods do not get ready by themselves: [`Shop::get_ready`] makes them.
pub fn held(image: &str, replicas: u32) -> String {
    let labels = "labels: {app: web}\n    spec";
    let annotated = "labels: {app: web}\n      annotations: {fixture/ready-after: 24h}\n    spec";
    deployment(image, replicas, 600).replace(labels, annotated)
}

impl Shop {
    /// Makes one pod of this image ready, as the kubelet of its node would.
    pub fn get_ready(&self, image: &str) {
        let is_bound = |pod: &Value| pod["spec"]["nodeName"].is_string() && pod["status"]["phase"] == "Pending";
        let stays = |pod: &Value| pod["metadata"]["deletionTimestamp"].is_null();
        let pod =
            self.wait_for_pod(|pod| pod["spec"]["containers"][0]["image"] == image && is_bound(pod) && stays(pod));
        let path = self.path("Pod", pod["metadata"]["name"].as_str().unwrap());
        let status = json!({"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]});
        self.plane.api.strategic(&format!("{path}/status"), &json!({"status": status}));
    }

    /// Lets the progress deadline of `web` pass: it was long enough for whatever came before.
    pub fn pass_deadline(&self) {
        self.set_deadline(1);
    }

    /// Gives the rollouts of `web` so many seconds for each step.
    pub fn set_deadline(&self, seconds: u32) {
        let path = format!("{}?fieldManager=test", self.path("Deployment", "web"));
        self.plane.api.merge(&path, &json!({"spec": {"progressDeadlineSeconds": seconds}}));
    }
}
