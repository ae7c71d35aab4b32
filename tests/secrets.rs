//! No byte of a Secret's values gets out, whatever the command and whatever is wrong with the file.

mod world;

use world::World;

/// A Secret as it may stand in a repository: the canary is in every value.
const CANARY: &str = "c4n4ry-7x";
/// The same in base64, which has no padding.
const ENCODED: &str = "YzRuNHJ5LTd4";

/// `hunter2` is in every value.
const SECRETS: [&str; 26] = [
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
    // In several lines; between the markers of a merge; in a generator's literals; behind an indentation that went wrong.
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData:\n  password: |\n    hunter2\n    and hunter2\n",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData:\n<<<<<<< HEAD\n  password: hunter2\n=======\n  password: hunter2 too\n>>>>>>> theirs\n",
    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: web}\nsecretGenerator:\n- name: web\n  literals: [password=hunter2]\n",
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\n  stringData:\n    password: hunter2\n",
];

/// The Deployments beside a Secret, before it and behind it, and with it on one line.
fn deployment(name: &str, image: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  selector: {{matchLabels: {{app: web}}}}\n  template:\n    \
         metadata: {{labels: {{app: web}}}}\n    spec:\n      containers: [{{name: web, image: '{image}', envFrom: [{{secretRef: {{name: web}}}}]}}]\n"
    )
}

/// Writes one state of the files.
fn write(world: &World, secret: &str, image: &str) {
    world.write("alone.yaml", secret);
    world.write("before.yaml", format!("{secret}---\n{}", deployment("behind", image)));
    world.write("behind.yaml", format!("{}---\n{secret}", deployment("first", image)));
    let value = secret.split_whitespace().find(|word| word.contains(CANARY) || word.contains(ENCODED));
    let value =
        value.map_or_else(|| CANARY.to_owned(), |word| word.chars().filter(char::is_ascii_alphanumeric).collect());
    let list = format!(
        "{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": \
         {{\"name\": \"line\"}}, \"data\": {{\"a\": \"{CANARY}{value}\"}}}}, {{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": \
         {{\"name\": \"line\"}}, \"data\": {{\"image\": \"{image}\"}}}}]}}\n"
    );
    world.write("line.json", list);
}

/// Three states in commits, one staged, one not: with one value, the same encoded, others.
fn repository(secret: &str) -> World {
    let world = World::new();
    write(&world, secret, "web:1");
    world.commit("first");
    write(&world, &secret.replace(CANARY, ENCODED), "web:2");
    world.commit("encoded");
    write(&world, &secret.replace(CANARY, &format!("x{CANARY}")), "web:3");
    world.commit("another");
    write(&world, &secret.replace(CANARY, &format!("{CANARY}y")), "web:4");
    world.git(&["add", "--all"]);
    write(&world, &secret.replace(CANARY, &format!("{ENCODED}{CANARY}")), "web:5");
    world
}

/// What each command is run with, in every format. A command that is not here fails the test.
const RUNS: &[(&str, &[&[&str]])] = &[
    ("list", &[&[], &["secrets,configmaps,deployments"]]),
    (
        "history",
        &[
            &["secret/web", "--all", "-v"],
            &["deploy/behind", "--all", "-v"],
            &["first", "--revision", "1"],
            &["secret/web", "--revision", "1"],
        ],
    ),
    ("log", &[&["-v"], &["secrets", "-v", "--limit", "9"]]),
    (
        "show",
        &[
            &["secret/web"],
            &["secret/web", "1"],
            &["secret/line"],
            &["cm/line"],
            &["first", "--template"],
            &["-f", "alone.yaml", "-f", "before.yaml", "-f", "behind.yaml", "-f", "line.json", "-v"],
        ],
    ),
    (
        "hash",
        &[
            &["behind", "--explain", "-v"],
            &["first", "--dump"],
            &["-f", "before.yaml", "-f", "behind.yaml", "-f", "alone.yaml", "-v"],
        ],
    ),
    ("whence", &[&["behind-6c5f67b5f7"], &["alone.yaml"]]),
    (
        "diff",
        &[
            &[],
            &["--staged", "-v"],
            &["--from", "HEAD~1", "--to", "HEAD"],
            &["--summary"],
            &["--stat"],
            &["--no-index", "alone.yaml", "before.yaml"],
            &["--no-index", "line.json", "alone.yaml"],
        ],
    ),
    (
        "blame",
        &[
            &["secret/web"],
            &["secret/web", "password"],
            &["behind"],
            &["first", "image"],
            &["secret/line"],
            &["cm/line"],
        ],
    ),
    (
        "check",
        &[
            &[],
            &["--all-findings", "-v"],
            &["--staged", "--all-findings"],
            &["--from", "HEAD~1", "--to", "HEAD", "--all-findings"],
        ],
    ),
    ("hook", &[&["install"], &["uninstall"]]),
    (
        "undo",
        &[
            &["behind", "--dry-run"],
            &["first", "--to-revision", "1"],
            &["secret/web"],
            &["secret/line", "--to-revision", "1"],
        ],
    ),
    #[cfg(feature = "cluster")]
    ("status", &[&["first"], &["--all"]]),
    #[cfg(feature = "cluster")]
    ("drift", &[&[], &["secret/web"]]),
    #[cfg(feature = "cluster")]
    ("apply", &[&["secret/web", "--dry-run=client"], &["-f", "alone.yaml"], &[]]),
    #[cfg(feature = "cluster")]
    ("pause", &[&["first"]]),
    #[cfg(feature = "cluster")]
    ("resume", &[&["first"]]),
    #[cfg(feature = "cluster")]
    ("restart", &[&["first"]]),
    ("demo", &[&["alone.yaml"]]),
    ("cache", &[&["stat"]]),
    ("completions", &[&["bash"]]),
    ("man", &[&[]]),
];

/// Ways to go wrong, once each.
const WRONG: &[&[&str]] = &[
    &["list", "--config", "alone.yaml"],
    &["list", "--config", "line.json"],
    &["--scope", "no", "list"],
    &["history", "secret/wbe"],
    &["history", "web"],
    &["history", "secret/web", "--revision", "99"],
    &["show", "secret/web", "no-such-revision"],
    &["show", "-f", "no-such-file.yaml", "-f", "alone.yaml"],
    &["hash", "secret/web"],
    &["hash", "-f", "alone.yaml", "--explain"],
    &["blame", "secret/web", "passwrd"],
    &["blame", "secret/web", "--ref", "HEAD~1"],
    &["diff", "--no-index", "alone.yaml", "no-such-file.yaml"],
    &["diff", "secret/wbe"],
    &["log", "secret/wbe"],
    &["whence", "web"],
];

/// The commands and the forms of an answer, as the program itself lists them.
fn commands_and_formats() -> (Vec<String>, Vec<String>) {
    let definition = rollbook::cli::definition();
    let commands = definition.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let output = definition.get_arguments().find(|argument| argument.get_id() == "output").expect("there is -o");
    let formats = output.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    (commands, formats)
}

#[test]
fn every_command_is_run() {
    let (commands, _) = commands_and_formats();
    let run: Vec<&str> = RUNS.iter().map(|(command, _)| *command).collect();
    assert_eq!(run, commands, "RUNS has each command once, in the order of the help");
}

#[test]
fn no_command_shows_a_value_in_any_form() {
    let (_, formats) = commands_and_formats();
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(secret) = SECRETS.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let secret = secret.replace("hunter2", CANARY);
                    check(&secret, &formats);
                }
            });
        }
    });
}

fn check(secret: &str, formats: &[String]) {
    let world = repository(secret);
    for (command, runs) in RUNS {
        for (run, format) in runs.iter().flat_map(|run| formats.iter().map(move |format| (run, format))) {
            let args = [&[*command][..], run, &["-o", format]].concat();
            hides(&world.screen(&args), &args, secret);
        }
    }
    for args in WRONG {
        hides(&world.screen(args), args, secret);
    }
    for args in [
        &["whence", "-"][..],
        &["hash", "-f", "-", "-v"],
        &["show", "-f", "-"],
        &["diff", "--no-index", "-", "line.json"],
    ] {
        let output = world.rollbook_on(secret.as_bytes(), args);
        hides(&output.screen(args), args, secret);
    }
    // A differ of the user's own gets what anybody may see.
    let args = ["diff", "--from", "HEAD~1", "--to", "HEAD"];
    hides(&world.rollbook_with(&[("ROLLBOOK_EXTERNAL_DIFF", "cat")], &args).screen(&args), &args, secret);
    for file in std::fs::read_dir(world.root().join(".git/rollbook")).expect("there is an index") {
        let kept = std::fs::read(file.expect("it can be read").path()).expect("it can be read");
        hides(&String::from_utf8_lossy(&kept), &["the index"], secret);
    }
}

fn hides(shown: &str, args: &[&str], secret: &str) {
    for form in [CANARY, ENCODED] {
        assert!(!shown.contains(form), "{args:?} on\n{secret}\n{shown}");
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
