//! Bad input gets a clear error, and nothing is lost.

mod world;

use std::process::{Command, Stdio};
use world::{World, screens};

fn web(image: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  template:\n    metadata: {{labels: {{app: web}}}}\n    spec:\n      containers:\n      - name: web\n        image: {image}\n"
    )
}

fn shop() -> World {
    let world = World::new();
    world.write("k8s/web.yaml", web("shop/web:1.0"));
    world.write("k8s/checkout.yaml", web("shop/checkout:1.0").replace("name: web", "name: checkout"));
    world.commit("First release");
    world
}

#[test]
fn what_is_not_there() {
    let world = shop();
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["history", "checkuot"],
            &["history", "deployment/cart"],
            &["history", "statefulset/web"],
            &["history", "web", "--ref", "mian"],
            &["history", "web", "--path", "prod"],
            &["history", "web", "-n", "shop", "--kube-version", "1.34"],
            &["-C", "nowhere", "history", "web"],
            &["hash", "-f", "nowhere.yaml"],
            &["history", "pod/web"],
            &["history", "configmap/web"],
        ]
    ));
}

#[test]
fn where_there_is_no_history() {
    let outside = World::without_repository();
    let empty = World::new();
    let args = ["history", "web"];
    let screens = [outside.screen(&args), empty.screen(&args), {
        empty.commit("Nothing yet");
        empty.screen(&args)
    }];
    insta::assert_snapshot!(screens.join("\n"));
}

#[test]
fn a_version_is_read_as_clusters_write_it() {
    let world = shop();
    for version in ["1.33", "v1.33", "v1.33.4-gke.1200", "1.33.4+k3s1"] {
        let run = world.rollbook(&["history", "web", "--kube-version", version]);
        assert!(run.code == 0 && run.stdout.contains("HASH (1.33)"), "{version}: {}{}", run.stdout, run.stderr);
    }
    let run = |version| world.screen(&["hash", "web", "--kube-version", version]);
    insta::assert_snapshot!(["1.99", "1.1", "2", "latest", ""].map(run).join("\n"));
}

#[test]
fn a_file_that_cannot_be_read_is_shown_where() {
    let world = World::new();
    let files: [(&str, &[u8]); 8] = [
        ("bracket.yaml", b"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web\nspec: {}\n"),
        ("tab.yaml", b"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n\tname: web\n"),
        (
            "conflict.yaml",
            b"apiVersion: apps/v1\n<<<<<<< HEAD\nkind: Deployment\n=======\nkind: DaemonSet\n>>>>>>> theirs\n",
        ),
        ("helm.yaml", b"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n"),
        ("latin1.yaml", b"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: caf\xe9}\n"),
        ("empty.yaml", b""),
        ("text.yaml", b"hello\n"),
        ("half.json", b"{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", }\n"),
    ];
    let mut shown = Vec::new();
    for (name, text) in files {
        world.write(name, text);
        shown.push(world.screen(&["hash", "-f", name, "--kube-version", "1.33"]));
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn a_template_that_kubernetes_cannot_decode_has_no_name() {
    let world = World::new();
    let dated = web("shop/web:1.0")
        .replace("{labels: {app: web}}", "{labels: {app: web}, creationTimestamp: '2020-01-01T00:00:00Z'}");
    world.write("dated.yaml", &dated);
    world.write("null.yaml", dated.replace("'2020-01-01T00:00:00Z'", "null"));
    world.write("wrong.yaml", web("[a, b]"));
    world.write("old.yaml", web("shop/web:1.0").replace("apps/v1", "extensions/v1beta1"));
    world.write("unknown.yaml", web("shop/web:1.0").replace("        image", "        imaeg: x\n        image"));
    world.write("all.yaml", format!("{}---\n{}", web("[a, b]"), web("shop/web:1.0")));
    let run = |file| world.screen(&["hash", "-f", file, "--kube-version", "1.33"]);
    insta::assert_snapshot!(
        ["dated.yaml", "null.yaml", "wrong.yaml", "old.yaml", "unknown.yaml", "all.yaml"].map(run).join("\n")
    );
    let answer = world.rollbook(&["hash", "-f", "all.yaml", "-o", "json", "--kube-version", "1.33"]);
    let items = serde_json::from_str::<serde_json::Value>(&answer.stdout).unwrap()["items"].clone();
    assert!(items[0]["hash"].is_null() && items[0]["error"]["line"] == 10 && items[1]["hash"].is_string(), "{items:#}");
    assert_eq!(answer.code, 2);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let world = shop();
    let pipes = [
        "\"$0\" history web | head -c 1",
        "\"$0\" history web -o json | head -c 1",
        "\"$0\" show web | true",
        "\"$0\" hash web --dump | true",
        "\"$0\" history web --revision 1 2>&1 | true",
    ];
    for pipe in pipes {
        let script = format!("{pipe}; echo ${{PIPESTATUS[0]}} >&2");
        let mut command = Command::new("bash");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_rollbook")]).current_dir(world.root()).stdin(Stdio::null());
        let output = command.output().expect("bash is installed");
        let said = String::from_utf8(output.stderr).unwrap();
        let said: Vec<&str> = said.lines().filter(|line| !line.starts_with("note: names hold")).collect();
        assert_eq!(said, ["0"], "{pipe}");
    }
}

/// ESC, a CSI of one byte, a bell, a carriage return, a right-to-left override, and a link.
const ESCAPES: &str = "\u{1b}[31mred\u{9b}32m\u{7}\r\u{202e}\u{1b}]8;;http://x\u{7}";

#[test]
fn no_escape_of_a_repository_reaches_the_terminal() {
    let world = World::new();
    world.set_author("Mallory \u{1b}[2J\u{9b}K\u{202e}", "m@example.org");
    let folder = "k8s\u{1b}[31m\u{9b}7m\u{202e}";
    let escaped = |c: char| if c.is_ascii_graphic() { c.to_string() } else { format!("\\u{:04x}", c as u32) };
    let quoted = |text: &str| format!("\"{}\"", text.chars().map(escaped).collect::<String>());
    let cause = format!("metadata: {{name: web, annotations: {{kubernetes.io/change-cause: {}}}}}", quoted(ESCAPES));
    let manifest = web(&quoted(&format!("shop/web:{ESCAPES}"))).replace("metadata: {name: web}", &cause);
    world.write(&format!("{folder}/web.yaml"), &manifest);
    world.commit(&format!("Release {ESCAPES} now"));
    world.write(&format!("{folder}/web.yaml"), manifest.replace("shop/web", "shop/web2"));
    world.commit(&format!("Again {ESCAPES} now"));
    world.write(&format!("{folder}/web.yaml"), format!("<<<<<<< {ESCAPES}\n{manifest}"));
    let runs: [&[&str]; 9] = [
        &["history", "web"],
        &["history", "web", "--all", "-o", "wide"],
        &["history", "web", "-o", "json"],
        &["history", "web", "-o", "yaml"],
        &["history", "web", "-o", "name"],
        &["hash", "web"],
        &["hash", "-f", "k8s\u{1b}[31m\u{9b}7m\u{202e}/web.yaml"],
        &["history", "web", "--revision", "1"],
        &["history", "web", "--color", "always"],
    ];
    for args in runs {
        let run = world.rollbook(args);
        let coloured = anstream::adapter::strip_str(&run.stdout).to_string();
        let out = if args.contains(&"always") { coloured } else { run.stdout.clone() };
        let controls = |text: &str| text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}');
        // The description is kubectl's, byte for byte, in a pipe.
        let described = args.contains(&"--revision");
        assert!(described || !controls(&out), "{args:?}: {out:?}");
        assert!(!controls(&run.stderr), "{args:?}: {:?}", run.stderr);
        assert!(!described || !out.contains('\u{1b}'), "{out:?}");
    }
    insta::assert_snapshot!(world.screen(&["history", "web", "--kube-version", "1.33"]));
}
