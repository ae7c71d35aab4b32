//! `rollbook show`: manifests as they stood.

mod world;

use world::{World, screens};

const WEB: &str = "# the shop's front door\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:   # what runs\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - name: web   # the only one\n        image: shop/web:1.0\n";

fn shop() -> World {
    let world = World::new();
    world.write("all.yaml", format!("apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\n---\n{WEB}"));
    world.commit("First release");
    world.write(
        "all.yaml",
        format!("apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\n---\n{}", WEB.replace("1.0", "2.0")),
    );
    world.commit("Release 2.0");
    world
}

#[test]
fn a_manifest_keeps_its_comments() {
    let world = shop();
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["show", "web"],
            &["show", "deployment/web", "1"],
            &["show", "web", "1", "--template"],
            &["show", "web", "0", "-o", "json"],
            &["show", "web", "--template", "-o", "yaml"],
            &["show", "web", "3"],
        ]
    ));
}

#[test]
fn files_are_shown_as_kubectl_would_send_them() {
    let world = World::new();
    world.write("list.yaml", "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {on: yes, big: 1e3}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n");
    world.write(
        "broken.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\nkind: ConfigMap\n---\na: [\n",
    );
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["show", "-f", "list.yaml", "-o", "json"],
            &["show", "-f", "broken.yaml", "-o", "name"],
            &["show", "-f", "broken.yaml", "-f", "nowhere.yaml"],
        ]
    ));
}

#[test]
fn standard_input_is_a_file() {
    let world = World::new();
    let shown = world.rollbook_on(WEB.as_bytes(), &["show", "-f", "-"]);
    assert_eq!((shown.stdout.as_str(), shown.code), (WEB, 0), "{}", shown.stderr);
}

#[test]
fn an_item_of_a_list_is_shown_as_a_document() {
    let config = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a   # the first\ndata:\n  text: |\n    one\n      two\n\n    three\n";
    let item = config.replace('\n', "\n    ");
    let list = format!(
        "apiVersion: v1\nkind: List\nitems:\n  - &a {item}\n  - {{apiVersion: v1, kind: Pod,\n     metadata: {{name: b}}}}\n  - *a\n"
    );
    let list = list.replace("&a apiVersion", "&a\n    apiVersion");
    let shown = World::new().rollbook_on(list.as_bytes(), &["show", "-f", "-"]);
    let [first, second, third] = shown.stdout.split("---\n").collect::<Vec<_>>()[..] else { panic!("{shown:?}") };
    assert_eq!((first, second), (config, "{apiVersion: v1, kind: Pod,\n   metadata: {name: b}}\n"));
    assert!(third.starts_with("apiVersion: v1\nkind: ConfigMap\n"), "{third}");

    let beside = list.replace("- &a\n    apiVersion", "- apiVersion").replace("  - *a\n", "");
    let shown = World::new().rollbook_on(beside.as_bytes(), &["show", "-f", "-"]);
    assert!(shown.stdout.starts_with(config), "{}", shown.stdout);
}

#[test]
fn a_template_that_is_an_alias_is_shown_itself() {
    let pod = "metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}";
    let text = format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nx: &t {{{pod}}}\nspec: {{template: *t}}\n"
    );
    let shown = World::new().rollbook_on(text.as_bytes(), &["show", "-f", "-", "--template"]);
    assert!(shown.stdout.starts_with("metadata:\n  labels:\n    app: web\nspec:\n"), "{}", shown.stdout);
}

#[test]
fn a_template_ends_with_the_brackets_of_its_last_value() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    metadata: {}\n    \
                spec: {containers: [{name: web, image: web}]}\n";
    let shown = World::new().rollbook_on(text.as_bytes(), &["show", "-f", "-", "--template"]);
    assert_eq!(shown.stdout, "metadata: {}\nspec: {containers: [{name: web, image: web}]}\n");
}

#[test]
fn where_nothing_has_a_template_none_is_shown() {
    let service = b"apiVersion: v1\nkind: Service\nmetadata: {name: web}\n";
    for format in ["table", "json"] {
        let shown = World::new().rollbook_on(service, &["show", "-f", "-", "--template", "-o", format]);
        let error = "error: nothing that was given has a pod template\n";
        assert_eq!((shown.code, shown.stdout.as_str(), shown.stderr.as_str()), (1, "", error));
    }
}

#[test]
fn a_name_is_found_however_it_is_spelled() {
    let world = World::new();
    let web = WEB.replace("name: web}", r#"name: "\u0077eb"}"#).replace("web ", "x ").replace("shop/web", "x");
    world.write(
        "spelled.yaml",
        web.replace("app: web", "app: x").replace("kind: Deployment", "kind: !!binary RGVwbG95bWVudA=="),
    );
    world.write("broken.yaml", "a: \"\\x\n- {");
    world.commit("First release");
    assert_eq!(world.rollbook(&["show", "web"]).code, 0);
    world.remove("spelled.yaml");
    world.commit("Gone");
    assert_eq!(world.rollbook(&["show", "web", "1"]).code, 0);
    let none = world.rollbook(&["show", "cart"]);
    assert!(none.stderr.starts_with("error: no workload named `cart`"), "{}", none.stderr);
}
