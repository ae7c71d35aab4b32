//! A shop with a few releases.

use crate::world::World;

/// A Deployment whose template has a comment for each release.
pub fn web(release: u8, replicas: u8) -> String {
    format!(
        "# The front end.\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: {replicas}\n  selector:\n    \
         matchLabels: {{app: web}}\n  template:\n    metadata:\n      labels: {{app: web}}\n    spec:\n      # As release {release} \
         has it.\n      containers:\n        - name: web\n          image: web:{release}\n# Below.\n"
    )
}

/// Three revisions, and a change of replicas after the last.
pub fn shop() -> World {
    let world = World::new();
    world.set_columns(80);
    world.set_committer();
    world.write(".rollbook.toml", "kube-version = \"1.36\"\n");
    for release in 1..=3 {
        world.write("k8s/web.yaml", web(release, 2));
        world.commit(&format!("web: release {release}"));
    }
    world.write("k8s/web.yaml", web(3, 5));
    world.commit("web: five replicas");
    world
}

pub fn make_executable(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
}
