//! A shop with releases of `web` in git, as the tests of faults need it.

use serde_json::Value;

use crate::fixture::Shop;
use crate::manifests::deployment;
pub use crate::manifests::{image, web};

const CAUSE: &str = "kubernetes.io/change-cause";

/// A shop with a commit for each image, of which the cluster runs the first.
pub fn released(images: &[&str]) -> Option<Shop> {
    let shop = Shop::open()?;
    for image in images {
        shop.world.write("k8s/web.yaml", deployment(image, 1, 600));
        shop.world.commit(image);
    }
    let run = shop.rollbook(&["apply", "web", "1", "--wait", "--timeout", "60s"]);
    assert_eq!(run.code, 0, "{run:?}");
    Some(shop)
}

pub fn cause(web: &Value) -> &str {
    web["metadata"]["annotations"][CAUSE].as_str().unwrap_or_default()
}

/// How often what is wanted of it changed.
pub fn generation(web: &Value) -> i64 {
    web["metadata"]["generation"].as_i64().unwrap()
}

/// Waits until its controller has seen what is wanted.
pub fn observed(shop: &Shop) -> Value {
    shop.wait_for_controller("Deployment", "web")
}

/// Deletes `web`, and makes another of the same name that runs this image.
pub fn replace(shop: &Shop, image: &str) -> Value {
    let path = shop.path("Deployment", "web");
    shop.plane.api.delete(&path);
    shop.apply(&deployment(image, 1, 600))
}
