//! No byte of a Secret's values gets out, whatever the command and whatever is wrong with the file.

mod world;

use world::World;

/// In every value of every Secret here.
const VALUE: &str = "hunter2";

const SECRETS: [&str; 22] = [
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData:\n  password: hunter2 # hunter2\n",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\ndata: {password: hunter2}\n",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: &a {password: hunter2}\ndata: *a\n",
    "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: web}\n  data: {password: hunter2}\n",
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '{\"data\":{\"password\":\"hunter2\"}}'\n",
    // Broken: at a value, after it, without a name, without a kind that is right, in a later document.
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData:\n  password: [hunter2\n",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData:\n  password: hunter2\n\tx: hunter2\n",
    "apiVersion: v1\nkind: Secret\nstringData: {password: hunter2}\n",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: hunter2\n",
    "<<<<<<< HEAD\napiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {password: hunter2}\n=======\n",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {password: hunter2, password: hunter2}\n---\nhunter2: {{ hunter2 }}\n",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringdata: {password: hunter2}\nDATA: hunter2\n",
    "{\"apiVersion\": \"v1\", \"kind\": \"S\\u0065cret\", \"metadata\": {\"name\": \"web\"}, \"data\": {\"password\": \"hunter2\",}, \"x\": hunter2}\n",
    // Of a list that says what they are; misspelled; behind the end of a document; shared with the metadata.
    "apiVersion: v1\nkind: SecretList\nitems:\n- data: {password: hunter2}\n",
    "apiVersion: v1\nkind: SecretList\nitems: [{apiVersion: v1, kind: S, metadata: {name: web}, password: hunter2}, {data: hunter2}]\n",
    "apiVersion: v1\nkind: secret\nmetadata: {name: web}\nstringData:\n  password: hunter2 # hunter2\n",
    "metadata: {name: web, password: hunter2}\ndata: {password: hunter2}\n",
    "data: {password: hunter2}\nitems: [{data: hunter2}]\n",
    "- data: {password: hunter2}\n",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n...\nkind: Secret\nstringData: {password: hunter2}\n",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web, labels: &l {password: hunter2}}\nstringData: *l\n",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nx: &d {password: hunter2}\ndata: *d\n",
];

const DEPLOYMENT: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers: [{name: web, image: web}]\n";

#[test]
fn no_command_shows_a_value() {
    for secret in SECRETS {
        for text in [secret.to_owned(), format!("{DEPLOYMENT}---\n{secret}"), format!("{secret}---\n{DEPLOYMENT}")] {
            let world = World::new();
            world.write("web.yaml", &text);
            world.commit("First release");
            world.write("web.yaml", text.replace("image: web", "image: shop/web"));
            world.write("other.yaml", text.replace(VALUE, "hunter21").replace("image: web", "image: shop/web:2"));
            let mut runs = Vec::new();
            for format in ["table", "wide", "json", "yaml", "name"] {
                runs.extend([
                    vec!["history", "web", "--all", "-v", "-o", format],
                    vec!["show", "web", "-v", "-o", format],
                    vec!["show", "-f", "web.yaml", "-v", "-o", format],
                    vec!["hash", "-f", "web.yaml", "-v", "-o", format],
                    vec!["diff", "--no-index", "web.yaml", "other.yaml", "-v", "-o", format],
                ]);
            }
            runs.extend([
                vec!["history", "web", "--revision", "1"],
                vec!["show", "web", "--template"],
                vec!["hash", "web", "--dump"],
                vec!["hash", "-f", "web.yaml", "--explain", "-v"],
                vec!["diff", "--no-index", "web.yaml", "other.yaml", "-o", "unified"],
                vec!["diff", "--no-index", "web.yaml", "other.yaml", "-o", "markdown"],
                vec!["show", "secret/web"],
                vec!["show", "Secret", "web", "-o", "json"],
            ]);
            for args in runs {
                let screen = world.screen(&args);
                assert!(!screen.contains(VALUE), "{args:?} on\n{text}\n{screen}");
            }
        }
    }
}

#[test]
fn what_may_be_seen_of_a_secret_is_seen() {
    let world = World::new();
    world.write("secret.yaml", SECRETS[0]);
    world.write("broken.yaml", SECRETS[6]);
    let runs = [
        &["show", "-f", "secret.yaml"][..],
        &["show", "-f", "secret.yaml", "-o", "json"],
        &["show", "-f", "broken.yaml"],
    ];
    insta::assert_snapshot!(runs.map(|args| world.screen(args)).join("\n"));
}
