//! What there is to say where the target or the revision is not one thing, or not there.

use crate::shop::{shop, web};
use crate::world::screens;

#[test]
fn a_target_that_stands_in_two_places_is_told_by_path() {
    let world = shop();
    for folder in ["dev", "prod"] {
        for release in 1..=2 {
            world.write(&format!("{folder}/api.yaml"), web(release, 1).replace("name: web\nspec", "name: api\nspec"));
            world.commit(&format!("{folder}: api {release}"));
        }
    }
    let runs: [&[&str]; 2] = [&["undo", "api"], &["undo", "api", "--path", "prod", "--dry-run"]];
    let seen = screens(&world, &runs);
    insta::assert_snapshot!(seen);
}

#[test]
fn a_revision_that_is_not_there_or_not_readable_is_none_to_go_back_to() {
    let world = shop();
    world.write("k8s/web.yaml", "kind: [\n");
    let broken = world.commit("web: half a file");
    world.write("k8s/web.yaml", web(4, 5));
    world.commit("web: release 4");
    world.write("k8s/other.yaml", web(1, 1).replace("name: web\nspec", "name: other\nspec"));
    world.commit("other: release 1");
    world.remove("k8s/other.yaml");
    let without = world.commit("other: away");
    let runs: [&[&str]; 8] = [
        &["undo", "web", "--to-revision", "-1"],
        &["undo", "web", "--to-revision", "9"],
        &["undo", "web", "--to-revision", "commit:0123456"],
        &["undo", "web", "--to-revision", "image:web:9"],
        &["undo", "web", "--to-revision", &format!("commit:{broken}")],
        &["undo", "other"],
        &["undo", "other", "--to-revision", &format!("commit:{without}")],
        &["undo", "job/web"],
    ];
    let tip = world.tip();
    insta::assert_snapshot!(screens(&world, &runs));
    assert_eq!((world.tip(), world.git(&["status", "--porcelain"])), (tip, String::new()));
}

#[test]
fn a_volume_that_only_an_older_claim_gave_is_missed() {
    let world = shop();
    let database = |claim: &str, image: u8| {
        format!(
            "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  selector: {{matchLabels: {{app: db}}}}\n  \
             template:\n    metadata: {{labels: {{app: db}}}}\n    spec:\n      containers:\n      - name: db\n        image: db:{image}\n        \
             volumeMounts: [{{name: {claim}, mountPath: /data}}]\n  volumeClaimTemplates:\n  - metadata: {{name: {claim}}}\n    spec: {{}}\n"
        )
    };
    world.write("k8s/db.yaml", database("data", 1));
    world.commit("db: release 1");
    world.write("k8s/db.yaml", database("disk", 2));
    world.commit("db: release 2, made anew with another claim");
    insta::assert_snapshot!(world.screen(&["undo", "db"]));
}
