//! `rollbook history` on repositories that git made: what a user sees.

mod world;

use world::{World, screens};

/// A web shop's Deployment, with an image, a number of replicas, and what stands before `spec`.
fn web(image: &str, replicas: u32, head: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n{head}spec:\n  replicas: {replicas}\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - name: web\n        image: ghcr.io/shop/{image}\n"
    )
}

const CAUSE: &str = "  annotations:\n    kubernetes.io/change-cause: more workers for the sale\n";

/// First release, image with a trailer, scale, comment, move, bad release with an annotation, its revert.
fn shop() -> World {
    let world = World::new();
    world.write("web.yaml", web("web:1.0", 2, ""));
    world.commit("First release");
    world.set_author("Grace Hopper", "grace@example.org");
    world.write("web.yaml", web("web:1.1", 2, ""));
    world.commit("Bump web\n\nChange-Cause: faster checkout");
    world.write("web.yaml", web("web:1.1", 4, ""));
    world.commit("Scale up for the sale");
    world.set_step(86_400);
    world.write("web.yaml", format!("# the shop's front door\n{}", web("web:1.1", 4, "")));
    world.commit("Say what it is");
    world.rename("web.yaml", "k8s/web.yaml");
    world.commit("Manifests go to k8s/");
    world.set_author("Ada Lovelace", "ada@example.org");
    world.write("k8s/web.yaml", web("web:1.2", 4, CAUSE));
    world.commit("Release 1.2");
    world.write("k8s/web.yaml", web("web:1.1", 4, CAUSE));
    world.commit("Revert \"Release 1.2\"");
    world
}

const V: [&str; 2] = ["--kube-version", "1.33"];

#[test]
fn the_story_of_a_shop_as_tables() {
    let world = shop();
    let table = screens(&world, &[&["history", "deployment/web"], &["history", "web", "--all", V[0], V[1]]]);
    insta::assert_snapshot!(format!("{table}\n{}", world.screen(&["history", "web", "--all", "-o", "wide"])));
}

#[test]
fn the_story_of_a_shop_for_scripts() {
    let world = shop();
    insta::assert_snapshot!(screens(
        &world,
        &[&["history", "web", "-o", "json", "--all", V[0], V[1]], &["history", "deployment/web", "-o", "name"]]
    ));
}

#[test]
fn rows_are_narrowed_by_number_and_time() {
    let world = shop();
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["history", "web", "--limit", "1", "--kube-version", "v1.33.4-gke.1200"],
            &["history", "web", "--all", "--limit", "2", V[0], V[1]],
            &["history", "web", "--since", "2026-10-04", V[0], V[1]],
            &["history", "web", "--since", "2030-01-01", V[0], V[1]],
        ]
    ));
}

#[test]
fn a_revision_is_described_as_kubectl_does() {
    let world = shop();
    let tip = world.tip();
    insta::with_settings!({filters => vec![(tip.as_str(), "[tip]")]}, {
        insta::assert_snapshot!(screens(
            &world,
            &[
                &["history", "web", "--revision", "2", V[0], V[1]],
                &["history", "web", "--revision", "3", V[0], V[1]],
                &["history", "web", "--revision", "0", V[0], V[1]],
                &["history", "web", "--revision", &tip, V[0], V[1]],
                &["history", "web", "--revision", "7", V[0], V[1]],
                &["history", "web", "--revision", "HEAD~9", V[0], V[1]],
            ]
        ));
    });
}

#[test]
fn the_footer_tells_what_the_working_tree_would_do() {
    let world = shop();
    let run = || {
        world
            .rollbook(&["history", "web", "--limit", "1", V[0], V[1]])
            .stdout
            .lines()
            .skip(3)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let mut footers = vec![run()];
    let changes = [
        web("web:1.3", 4, CAUSE),
        web("web:1.1", 5, CAUSE),
        format!("# a note\n{}", web("web:1.1", 4, CAUSE)),
        format!("<<<<<<< HEAD\n{}", web("web:1.1", 4, CAUSE)),
    ];
    for text in changes {
        world.write("k8s/web.yaml", text);
        footers.push(run());
    }
    world.remove("k8s/web.yaml");
    footers.push(run());
    insta::assert_snapshot!(footers.join("\n---\n"));
}

#[test]
fn it_is_found_from_anywhere() {
    let world = shop();
    let clone = world.beside("bare.git");
    world.git(&["clone", "-q", "--bare", ".", clone.to_str().unwrap()]);
    let whole = world.rollbook(&["history", "web", V[0], V[1]]);
    assert_eq!(whole.code, 0);
    for dir in [clone.to_str().unwrap(), "k8s", "./k8s/.."] {
        let there = world.rollbook(&["-C", dir, "history", "web", V[0], V[1]]);
        assert_eq!((there.stdout, there.code), (whole.stdout.clone(), 0), "{dir}");
    }
    let older = world.rollbook(&["history", "web", "--ref", "HEAD~2", V[0], V[1]]);
    insta::assert_snapshot!(older.screen(&["history", "web", "--ref", "HEAD~2"]));
}

#[test]
fn a_shallow_clone_has_no_numbers() {
    let world = shop();
    let clone = world.beside("shallow");
    let origin = format!("file://{}", world.root().display());
    world.git(&["clone", "-q", "--depth", "2", &origin, clone.to_str().unwrap()]);
    let args = ["history", "web", V[0], V[1]];
    let numbered = ["history", "web", "--revision", "1", V[0], V[1]];
    let screens = [&args[..], &numbered].map(|args| world.rollbook_in(&clone, args).screen(args));
    insta::assert_snapshot!(screens.join("\n"));
}

#[test]
fn two_of_a_name_are_both_shown() {
    let world = World::new();
    world.write("dev/web.yaml", web("web:2.0", 1, "  namespace: dev\n"));
    world.write("prod/web.yaml", web("web:1.0", 3, "  namespace: prod\n"));
    world.write("test/web.yaml", web("web:1.5", 1, ""));
    world.commit("Add the shop");
    world.write("prod/web.yaml", web("web:1.1", 3, "  namespace: prod\n"));
    world.commit("Release 1.1");
    world.write("test/web.yaml", format!("<<<<<<< HEAD\n{}", web("web:1.5", 1, "")));
    world.commit("Merge by hand");
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["history", "web", V[0], V[1]],
            &["history", "web", "-n", "prod", V[0], V[1]],
            &["history", "web", "--path", "dev", V[0], V[1]],
            &["history", "web", "--path", "test", V[0], V[1]],
            &["history", "web", "--revision", "1", V[0], V[1]],
            &["history", "web", "--path", "prod", "-n", "dev", V[0], V[1]],
        ]
    ));
}

#[test]
fn what_is_gone_is_shown_by_its_name() {
    let world = shop();
    world.remove("k8s/web.yaml");
    world.commit("Close the shop");
    insta::assert_snapshot!(screens(
        &world,
        &[&["history", "web", V[0], V[1]], &["show", "web"], &["hash", "web", V[0], V[1]]]
    ));
}

#[test]
fn a_commit_that_cannot_be_read_is_a_row_and_counts_nothing() {
    let world = World::new();
    for (text, message) in [
        (web("web:1.0", 1, ""), "First release"),
        (format!("<<<<<<< HEAD\n{}=======\n>>>>>>> theirs\n", web("web:1.0", 1, "")), "Merge by hand"),
        ("a: [\n".to_owned(), "Oh no"),
        (web("web:1.0", 1, ""), "Repair"),
        (web("web:1.1", 1, ""), "Release 1.1"),
    ] {
        world.write("web.yaml", text);
        world.commit(message);
    }
    world.write("web.yaml", [b"\xff\xfe".as_slice(), web("web:1.1", 1, "").as_bytes()].concat());
    world.commit("Save from an editor");
    world.write("web.yaml", format!("{{{{- if .Values.web }}}}\n{}{{{{- end }}}}\n", web("web:1.1", 1, "")));
    world.commit("Try Helm");
    insta::assert_snapshot!(screens(&world, &[&["history", "web", V[0], V[1]], &["show", "web"]]));
}

#[test]
fn what_kustomize_and_helm_render_has_no_name() {
    let world = World::new();
    world.write("base/web.yaml", web("web:1.0", 1, ""));
    world.write("base/kustomization.yaml", "resources: [web.yaml]\n");
    world.write(
        "prod/kustomization.yaml",
        "resources: [../base]\nimages: [{name: ghcr.io/shop/web, newTag: '2.0'}]\npatches: [{path: more.yaml}]\n",
    );
    world.write(
        "prod/more.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 9\n",
    );
    world.write("chart/Chart.yaml", "name: web\n");
    world.write("chart/templates/web.yaml", web("web:{{ .Values.tag }}", 1, ""));
    world.write("chart/templates/api.yaml", web("api:1.0", 1, "").replace("name: web", "name: api"));
    world.commit("Add the shop");
    insta::assert_snapshot!(screens(
        &world,
        &[
            &["history", "web", V[0], V[1]],
            &["history", "web", "-o", "json", V[0], V[1]],
            &["hash", "web", V[0], V[1]],
            &["history", "api", V[0], V[1]],
        ]
    ));
}

#[test]
fn at_another_commit_the_places_at_the_tip_do_not_matter() {
    let world = World::new();
    world.write("web.yaml", web("web:1.0", 1, ""));
    let first = world.commit("First release");
    world.write("copy/web.yaml", web("web:1.0", 1, ""));
    world.commit("Copy it");
    let at_tip = world.rollbook(&["show", "web"]);
    assert!(at_tip.code == 2 && at_tip.stderr.contains("stands in 2 places"), "{at_tip:?}");
    let then = world.rollbook(&["show", "web", &first]);
    assert!(then.code == 0 && then.stdout == web("web:1.0", 1, ""), "{then:?}");
    let described = world.rollbook(&["history", "web", "--revision", &first]);
    assert!(described.stdout.starts_with("deployment.apps/web with revision #1\n"), "{described:?}");
}

#[test]
fn a_merge_is_one_change_with_the_cause_of_the_merged() {
    let world = World::new();
    world.write("web.yaml", web("web:1.0", 1, ""));
    world.commit("First release");
    world.branch("release");
    world.write("web.yaml", web("web:1.1", 1, ""));
    world.commit("Bump");
    world.write("web.yaml", web("web:1.2", 1, ""));
    world.commit("Bump again\n\nChange-Cause: new logo");
    world.checkout("main");
    world.merge("release", "Merge pull request #7 from shop/release\n\nRelease 1.2");
    world.branch("other");
    world.write("web.yaml", web("web:1.3", 1, ""));
    world.commit("Bump");
    world.checkout("main");
    world.merge("other", "Merge pull request #8 from shop/other\n\nRelease 1.3");
    insta::assert_snapshot!(screens(&world, &[&["history", "web", V[0], V[1]]]));
}

#[test]
fn a_hydrators_commit_tells_of_the_one_that_it_rendered() {
    let world = World::new();
    let metadata = |subject: &str| format!("{{\"drySha\": \"abc\", \"subject\": \"{subject}\", \"body\": \"\"}}\n");
    for (tag, subject) in [("1", "web 1 for the shop"), ("2", "web 2 \\u001b[2J")] {
        world.write("shop/manifest.yaml", format!("apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec: {{template: {{spec: {{containers: [{{name: web, image: 'web:{tag}'}}]}}}}}}\n"));
        world.write("shop/hydrator.metadata", metadata(subject));
        world.write("hydrator.metadata", metadata("of all"));
        world.commit("[Argo CD Bot] hydrate abc");
    }
    for command in [&["history", "web", "-o", "json"][..], &["log", "-o", "json"]] {
        let output = world.rollbook(command).stdout;
        assert!(
            output.contains("\"text\": \"web 1 for the shop\"") && output.contains("\"source\": \"hydrator\""),
            "{output}"
        );
    }
    let table = world.rollbook(&["history", "web"]).stdout;
    assert!(table.contains("web 2 \\x1b[2J") && !table.contains('\x1b'), "{table}");
}
