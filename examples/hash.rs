//! The names that every version of Kubernetes gives to the Deployments of a file:
//! `cargo run --example hash -- examples/manifests/web.yaml`

use anyhow::{Context as _, Result};
use rollbook::kubernetes::Version;
use rollbook::manifest;
use rollbook::template::Template;
use rollbook::yaml::Dialect;

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("which file?")?;
    let text = std::fs::read(&path).with_context(|| format!("cannot read {path}"))?;
    for object in manifest::read(&text, Dialect::Kubectl).objects {
        if object.identity.kind != "Deployment" {
            continue;
        }
        let template = Template::decode(object.node());
        for version in Version::all() {
            match template.view(version).hash(None) {
                Ok(hash) => println!("{version}  {}", hash.replica_set_name(&object.identity.name, version)),
                Err(finding) => println!("{version}  none: {finding}"),
            }
        }
    }
    Ok(())
}
