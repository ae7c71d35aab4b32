//! What a cluster does when a test says so, and not after some time: so nobody has to be faster than somebody else.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{deployment, stateful_set};

/// A Deployment `web` whose pods do not get ready by themselves: [`Shop::get_ready`] makes them.
pub fn held(image: &str, replicas: u32) -> String {
    let labels = "labels: {app: web}\n    spec";
    let annotated = "labels: {app: web}\n      annotations: {fixture/ready-after: 24h}\n    spec";
    deployment(image, replicas, 600).replace(labels, annotated)
}

/// A shop with two releases of a StatefulSet `db`, in git and on the cluster: the pod of the second cannot be started.
pub fn stuck() -> Option<Shop> {
    let shop = Shop::open()?;
    for image in ["db:1", "db:broken"] {
        shop.world.write("k8s/db.yaml", stateful_set(image));
        shop.world.commit(image);
        assert_eq!(shop.rollbook(&["apply", "db"]).code, 0);
        shop.wait_for_pod(|pod| {
            let status = &pod["status"]["containerStatuses"][0];
            pod["spec"]["containers"][0]["image"] == image
                && (status["ready"] == true || status["state"]["waiting"]["reason"].is_string())
        });
    }
    Some(shop)
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

    /// Says that the progress deadline of `web` has passed, as its controller does.
    ///
    /// Of a rollout whose old pods go before the new ones come, that may never say so: where it could not write to the status when
    /// it made the ReplicaSet, it takes the rollout for complete (`pkg/controller/deployment/progress.go: syncRolloutStatus`).
    pub fn pass_deadline(&self) {
        let condition = json!({"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"});
        let path = format!("{}/status", self.path("Deployment", "web"));
        self.plane.api.strategic(&path, &json!({"status": {"conditions": [condition]}}));
    }

    /// Gives the rollouts of `web` so many seconds for each step.
    pub fn set_deadline(&self, seconds: u32) {
        let path = format!("{}?fieldManager=test", self.path("Deployment", "web"));
        self.plane.api.merge(&path, &json!({"spec": {"progressDeadlineSeconds": seconds}}));
    }
}
