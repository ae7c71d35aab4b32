//! The forms in which `rollbook diff` answers: Markdown, GitHub's workflow commands, lines of the file, a differ of the
//! user's own.

mod world;

use world::{World, screens};

/// A repository in which an image and an argument change, a Secret, a list that is in another order, a text of several
/// lines, and one object comes and one goes.
fn shop() -> World {
    let world = World::new();
    world.write(".rollbook.toml", "kube-version = \"1.36\"\n");
    let web = |image: &str, level: &str, replicas: u8| {
        format!(
            "# the shop's front door\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: {replicas}\n  \
             selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      \
             containers:\n      - name: web\n        image: registry.example.com/shop/web:{image}\n        args:\n        - --port=80\n        \
             - --log-level={level}\n        - --json\n        env:\n        - name: THEME\n          valueFrom:\n            \
             configMapKeyRef:\n              name: settings\n              key: theme\n"
        )
    };
    let settings = |theme: &str| {
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  theme: {theme}\n  shop.conf: |\n    \
             currency = EUR\n    theme = {theme}\n    <b>cache</b> = on\n"
        )
    };
    let secret = |value: &str| {
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\nstringData:\n  token: {value} # {value}\n  same: hunter0\n"
        )
    };
    let budget = "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1\n  \
                  selector:\n    matchLabels:\n      app: web\n";
    world.write("k8s/web.yaml", web("1.4.0", "info", 2));
    world.write("k8s/settings.yaml", settings("light"));
    world.write("k8s/keys.yaml", secret("hunter2"));
    world.write("k8s/budget.yaml", budget);
    world.commit("first");
    world.write("k8s/web.yaml", web("1.5.0", "debug", 3));
    world.write("k8s/settings.yaml", settings("dark"));
    world.write("k8s/keys.yaml", secret("hunter3"));
    world.remove("k8s/budget.yaml");
    world.write("k8s/api|`x`.yaml", web("1.0.0", "info", 1).replace("name: web\nspec", "name: api\nspec"));
    world
}

#[test]
fn a_page_for_a_pull_request_has_a_fold_for_each_object() {
    let world = shop();
    insta::assert_snapshot!(screens(
        &world,
        &[&["diff", "-o", "markdown"], &["diff", "--stat", "-o", "markdown"], &["diff", "nothing", "-o", "markdown"],]
    ));
}

#[test]
fn a_page_of_very_many_objects_says_what_it_left_out() {
    let world = World::new();
    let object = |number: u32, text: &str| {
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c{number}}}\ndata: {{key: '{}'}}\n",
            text.repeat(200)
        )
    };
    let all = |text: &str| (0..200).map(|number| object(number, text)).collect::<Vec<_>>().join("---\n");
    world.write("all.yaml", all("x"));
    world.commit("first");
    world.write("all.yaml", all("y"));
    let page = world.rollbook(&["diff", "-o", "markdown"]).stdout;
    assert!(page.chars().count() <= 65_536, "{}", page.chars().count());
    assert!(
        page.starts_with("**200 objects are different**: 200 do not\n") && page.contains(" objects left out"),
        "{page}"
    );
    assert_eq!(page.matches("<details>").count(), page.matches("</details>").count());
}

#[test]
fn github_gets_a_note_on_each_file() {
    let world = shop();
    world.write("k8s/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n");
    insta::assert_snapshot!(screens(
        &world,
        &[&["diff", "-o", "github"], &["diff", "--stat", "-o", "github"], &["list", "-o", "github"]]
    ));
}

#[test]
fn the_lines_of_the_file_stand_around_what_changed() {
    let world = shop();
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["diff"],
            &["diff", "web", "-U", "0"],
            &["diff", "web", "--unified", "2", "-o", "wide"],
            &["diff", "web", "-U", "0", "-o", "unified"],
        ]
    ));
}

/// The differ of a test: it tells its arguments, and what the two folders have.
#[cfg(unix)]
fn differ(world: &World, end: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let script = world.beside("differ");
    let text = format!(
        "#!/bin/sh\necho \"$@\"\nshift $(($# - 2))\ngrep -r '' \"$1\" \"$2\" | sort\npwd > \"$HOME/place\"\n{end}\n"
    );
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).unwrap();
    script.to_string_lossy().into_owned()
}

#[test]
#[cfg(unix)]
fn a_differ_of_the_user_gets_its_arguments_and_two_folders() {
    let world = shop();
    let command = format!("{} -I ^#  --label=a:b", differ(&world, "exit 1"));
    let run = |args: &[&str]| world.rollbook_with(&[("ROLLBOOK_EXTERNAL_DIFF", &command)], args);
    let shown = run(&["diff", "configmap/settings", "secret/keys"]);
    assert!(!shown.stdout.contains("hunter"), "{}", shown.stdout);
    insta::assert_snapshot!(format!("{}{}[exit {}]", shown.stdout, shown.stderr, shown.code));
    // Nothing is left of the files.
    let home = world.root().parent().unwrap();
    let place = std::fs::read_to_string(home.join("place")).unwrap();
    assert!(!std::path::Path::new(place.trim()).exists(), "{place}");
    // Other forms are as always.
    for form in ["json", "markdown", "unified", "name", "github"] {
        let [with, without] = [run(&["diff", "-o", form]), world.rollbook(&["diff", "-o", form])];
        assert_eq!(with.stdout, without.stdout, "{form}");
    }
    assert_eq!(run(&["diff", "--summary"]).stdout, world.rollbook(&["diff", "--summary"]).stdout);
    let equal = run(&["diff", "--from", "HEAD"]);
    assert_eq!((equal.stdout.as_str(), equal.code), ("", 0), "{}", equal.stderr);
}

#[test]
#[cfg(unix)]
fn a_differ_that_fails_is_told() {
    let world = shop();
    for (end, code, said) in [
        ("exit 0", 1, ""),
        ("exit 1", 1, ""),
        ("exit 3", 2, "failed with exit code 3"),
        ("kill -9 $$", 2, "was ended by a signal"),
    ] {
        let command = differ(&world, end);
        let shown = world.rollbook_with(&[("ROLLBOOK_EXTERNAL_DIFF", &command)], &["diff", "web"]);
        assert_eq!(shown.code, code, "{end}: {}", shown.stderr);
        assert!(shown.stderr.contains(said) && shown.stderr.is_empty() == said.is_empty(), "{end}: {}", shown.stderr);
    }
    let shown = world.rollbook_with(&[("ROLLBOOK_EXTERNAL_DIFF", "/nowhere/differ -u")], &["diff", "web"]);
    insta::assert_snapshot!(shown.stderr);
    // A repository cannot name one.
    world.write(".rollbook.toml", "external-diff = \"touch pwned\"\n");
    assert_eq!(world.rollbook(&["diff"]).code, 2);
}

#[test]
fn what_gets_its_name_when_it_is_created_is_compared_by_its_place() {
    let world = World::new();
    world.write(".rollbook.toml", "kube-version = \"1.36\"\n");
    let job = |name: &str, image: &str| {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: {name}\nspec:\n  template:\n    spec:\n      \
             restartPolicy: Never\n      containers:\n      - name: main\n        image: {image}\n"
        )
    };
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  generateName: web-\nspec:\n  replicas: 1\n";
    world.write("job.yaml", job("backup-", "backup:1"));
    world.write("web.yaml", deployment);
    world.commit("first");
    world.write("job.yaml", job("backup-", "backup:2"));
    let first = world.screen(&["diff"]);
    world.write("job.yaml", job("backup-shop-", "backup:2"));
    world.write("web.yaml", format!("# a comment\n{deployment}"));
    let all: &[&[&str]] = &[&["diff", "--summary"], &["diff", "-o", "json", "jobs"], &["hash", "-f", "web.yaml"]];
    insta::assert_snapshot!(format!("{first}\n{}", screens(&world, all)));
}

/// What a terminal of so many columns shows of one object in two states.
fn on_terminal(columns: usize) -> String {
    use rollbook::diff::{Delivery, Placed, Running, pair};
    use rollbook::kubernetes::Version;
    use rollbook::output::{DiffItem, DiffSummary, DiffText, Lines, Screen};
    let text = |image: &str, level: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  selector: {{matchLabels: {{app: web}}}}\n  \
             template:\n    metadata: {{labels: {{app: web}}}}\n    spec:\n      containers:\n      - name: web\n        image: \
             registry.example.com/shop/web:{image}\n        args: [--log-level={level}, --listen=0.0.0.0:8080, \
             --upstream=http://api.shop.svc.cluster.local:8080, --drain=30s]\n"
        )
    };
    let texts = [text("1.4.0", "info"), text("1.5.0", "debug")];
    let read = |text: &String| rollbook::manifest::read(text.as_bytes(), rollbook::yaml::Dialect::Kubectl).objects;
    let objects = texts.each_ref().map(read);
    let [old, new] = objects.each_ref().map(|all| [Placed { path: "k8s/web.yaml", object: &all[0] }]);
    let server = "1.36".parse::<Version>().unwrap().into();
    let pairs = pair(&old, &new);
    let mut item = DiffItem::of(&pairs[0], true, server, Delivery::Plain, &Running::default()).unwrap();
    let line = |at: u32| texts[1][..at as usize].lines().count().max(1);
    item.find_lines(|_, span| Some((line(span.start + 1), line(span.end))));
    let files = texts.each_ref().map(|text| Some(Lines { path: "k8s/web.yaml", text: text.into(), before: 0 }));
    let items = [item];
    let text = DiffText::new(&items, Screen::Terminal(columns)).in_files(vec![files], 1).to_string();
    format!("{text}\n{}", DiffSummary::new(&items, Screen::Terminal(columns)))
}

#[test]
fn a_terminal_has_colours_and_nothing_wider_than_it_from_a_file() {
    let shown = [80, 160].map(|columns| format!("{columns} columns\n{}", on_terminal(columns).replace('\x1b', "^")));
    insta::assert_snapshot!(shown.join("\n"));
}
