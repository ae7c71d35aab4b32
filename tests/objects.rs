//! Objects that are no Deployments: what `history`, `show`, `hash`, `list` and `log` say of them.

mod world;

use insta::assert_snapshot;
use world::{World, screens};

fn settings(data: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata: {{{data}}}\n")
}

fn job(tag: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: clean}}\nspec:\n  schedule: '5 4 * * *'\n  jobTemplate:\n    spec:\n      \
         template:\n        spec: {{restartPolicy: Never, containers: [{{name: clean, image: 'shop/clean:{tag}'}}]}}\n"
    )
}

fn secret(value: &str) -> String {
    format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: key}}\nstringData: {{key: {value}}}\n")
}

/// A ConfigMap that changes, is only written in another way, and changes back; a Service; a CronJob; a Secret.
fn shop() -> World {
    let world = World::new();
    world.write("settings.yaml", settings("page: '10'"));
    world.write(
        "service.yaml",
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}], selector: {app: web}}\n",
    );
    world.write("key.yaml", secret("hunter2"));
    world.commit("pages of ten");
    world.write("settings.yaml", settings("page: '20'"));
    world.write("job.yaml", job("1"));
    world.commit("pages of twenty, and somebody who cleans");
    world.write("settings.yaml", settings("page: \"20\"") + "# twenty are enough\n");
    world.write("job.yaml", job("2"));
    world.write("key.yaml", secret("hunter3"));
    world.commit("say why, clean better, another key");
    world.write("settings.yaml", settings("page: '10'"));
    world.commit("Revert \"pages of twenty\"");
    world
}

#[test]
fn every_change_of_what_an_object_means_is_a_revision() {
    let world = shop();
    world.write("settings.yaml", settings("page: '30'"));
    assert_snapshot!(screens(
        &world,
        &[
            &["history", "configmap/settings"],
            &["history", "cm", "settings", "--all", "-o", "wide"],
            &["history", "service/web", "-o", "markdown"],
            &["history", "secret/key"],
            &["show", "configmap/settings", "2"],
            &["show", "cm/settings", "0"],
            &["show", "secret/key", "1"],
            &["history", "cm/settings", "--revision", "2"],
            &["hash", "cm/settings"],
            &["history", "cm/setings"],
            &["show", "settings"],
        ]
    ));
}

#[test]
fn a_cron_job_has_a_history_and_no_names() {
    let world = shop();
    assert_snapshot!(screens(
        &world,
        &[
            &["history", "cronjob/clean"],
            &["history", "cj/clean", "--revision", "1"],
            &["hash", "cronjob/clean"],
            &["history", "clean"],
        ]
    ));
}

#[test]
fn lists_and_logs_take_the_words_of_kubectl_get() {
    let world = shop();
    assert_snapshot!(screens(
        &world,
        &[
            &["list"],
            &["list", "cm,svc,secrets"],
            &["list", "cronjobs"],
            &["list", "clean"],
            &["list", "cm/settings", "-o", "name"],
            &["list", "deployments"],
            &["list", "cronjbs"],
            &["list", "svc/wbe"],
            &["list", "web", "clean"],
            &["log", "configmaps"],
            &["log", "svc", "--limit", "1", "-o", "name"],
            &["log", "cm/nothing"],
            &["list", "-n", "nowhere", "deploy"],
        ]
    ));
}
