//! What `docs/hash.md` says, tried: its examples as commands, and the names in its tables.

mod world;

use rollbook::kubernetes::Version;
use rollbook::template::Template;
use rollbook::yaml::{Dialect, Stream};
use world::World;

const PAGE: &str = include_str!("../docs/hash.md");

/// The text of each fenced block of a language.
fn blocks(language: &str) -> impl Iterator<Item = &'static str> {
    let fence = format!("```{language}\n");
    let starts: Vec<usize> = PAGE.match_indices(&fence).map(|(at, fence)| at + fence.len()).collect();
    starts.into_iter().map(|start| PAGE[start..].split("```").next().expect("a fence is closed"))
}

/// The cells of the table whose first line begins so, without its head.
fn table(head: &str) -> Vec<Vec<&'static str>> {
    let start = PAGE.find(head).unwrap_or_else(|| panic!("no table {head}"));
    let rows = PAGE[start..].lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

fn code(cell: &str) -> &str {
    cell.split('`').nth(1).unwrap_or_else(|| panic!("no code in {cell}"))
}

fn version(text: &str) -> Version {
    text.trim().parse().unwrap_or_else(|_| panic!("no version: {text}"))
}

fn template(text: &str) -> Template {
    Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root)
}

fn hash(text: &str, at: Version) -> String {
    template(text).view(at).hash(None).expect("the manifest is whole").to_string()
}

/// A Deployment of this pod, in the short words of the page.
fn deployment(pod: &str) -> String {
    let pod = code(pod).replace("{A", "{name: a, image: \"a:1\"");
    format!("apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: x}}\nspec: {{template: {{spec: {pod}}}}}\n")
}

fn example() -> &'static str {
    blocks("yaml").next().expect("the example")
}

/// Whether a screen is as it is shown, where `…` stands for anything.
fn is_shown_as(screen: &str, shown: &str) -> bool {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (screen, shown) = (one_line(screen), one_line(shown));
    let mut rest = screen.as_str();
    shown.split('…').enumerate().all(|(part, text)| {
        let text = text.trim();
        let at = rest.find(text).filter(|at| part > 0 || *at == 0);
        rest = at.map_or(rest, |at| &rest[at + text.len()..]);
        at.is_some()
    })
}

#[test]
fn the_commands_print_what_is_shown() {
    let world = World::new();
    world.write("nginx.yaml", example());
    let stateful =
        example().replace("kind: Deployment", "kind: StatefulSet").replace("name: nginx-deployment", "name: web");
    world.write("web.yaml", stateful);
    let mut tried = 0;
    for block in blocks("console") {
        for shown in block.split("$ ").filter_map(|shown| shown.strip_prefix("rollbook ")) {
            let (command, screen) = shown.split_once('\n').expect("a screen");
            let args: Vec<&str> = command.split(' ').collect();
            let output = world.rollbook(&args);
            // A patch is one line, and shown in several.
            let (output, screen) = match args.contains(&"--dump") {
                true => (output.stdout, screen.replace('\n', "")),
                false => (output.stdout, screen.to_owned()),
            };
            assert!(is_shown_as(&output, &screen), "rollbook {command}\n{output}");
            tried += 1;
        }
    }
    assert_eq!(tried, 4);
}

#[test]
fn changes_to_the_example_have_the_names_that_are_told() {
    let port = "        - containerPort: 80\n";
    let edits = [
        ("none", vec![("", "")]),
        ("`replicas: 5`, or", vec![("replicas: 3", "replicas: 5")]),
        ("`protocol: TCP`", vec![(port, "        - containerPort: 80\n          protocol: TCP\n")]),
        (
            "`restartPolicy: Always`",
            vec![("    spec:\n", "    spec:\n      restartPolicy: Always\n      volumes: []\n")],
        ),
        ("an unknown field", vec![("    spec:\n", "    spec:\n      imagePullSecrts: []\n")]),
        ("`image: nginx:1.16.1`", vec![("nginx:1.14.2", "nginx:1.16.1")]),
        (
            "`terminationGracePeriodSeconds",
            vec![("    spec:\n", "    spec:\n      terminationGracePeriodSeconds: 60\n")],
        ),
        ("`image: nginx:latest`", vec![("nginx:1.14.2", "nginx:latest")]),
    ];
    let rows = table("| change to the example |");
    assert_eq!(rows.len(), edits.len());
    for (row, (beginning, edits)) in rows.iter().zip(edits) {
        assert!(row[0].starts_with(beginning), "{row:?}");
        let edited = edits.iter().fold(example().to_owned(), |text, (from, to)| match from.is_empty() {
            true => text,
            false => text.replacen(from, to, 1),
        });
        assert_eq!(hash(&edited, version("1.36")), code(row[1]), "{row:?}");
    }
    let gated = example().replacen("    spec:\n", "    spec:\n      hostUsers: false\n", 1);
    let hashes = ["1.32", "1.33"].map(|at| hash(&gated, version(at)));
    assert!(PAGE.contains(&format!("is still `{}` at\n1.32", hashes[0])), "{hashes:?}");
    assert!(PAGE.contains(&format!("at 1.33 it is `{}`", hashes[1])), "{hashes:?}");
}

#[test]
fn the_versions_have_the_names_and_the_lengths_that_are_told() {
    let rows = table("| Kubernetes | new in the dump");
    assert_eq!(rows.len(), 9);
    for row in rows {
        let at = version(row[0]);
        let dump = template(example()).view(at).dump().expect("the example is whole");
        assert_eq!((dump.len().to_string(), hash(example(), at)), (row[2].replace(',', ""), code(row[3]).to_owned()));
        let news = row[1].split('`').skip(1).step_by(2).filter(|word| word.starts_with(char::is_uppercase));
        let there = |field: &str| dump.contains(&format!(" {field}:("));
        news.for_each(|field| assert_eq!(there(field), field != "WorkloadRef" || row[0] == "1.35", "{row:?}"));
    }
    for row in table("| Kubernetes | what is hashed |") {
        let at = row[4].split("at ").nth(1).unwrap_or(row[0]);
        assert_eq!(hash(example(), version(at)), code(row[4]), "{row:?}");
    }
}

#[test]
fn the_traps_are_there_up_to_the_version_and_no_longer() {
    let rows = table("| up to | what is different |");
    assert_eq!(rows.len(), 9);
    for row in rows {
        let names = |at: Version| [row[2], row[3]].map(|pod| hash(&deployment(pod), at));
        let versions: Vec<Version> = row[4].split(',').map(version).collect();
        for at in &versions {
            let [one, other] = names(*at);
            assert_eq!(one, other, "{at}: {row:?}");
        }
        assert_eq!(versions.last(), Some(&version(row[0])));
        let next = Version::all().find(|next| *next > version(row[0])).expect("a later version");
        let [one, other] = names(next);
        assert_ne!(one, other, "{next}: {row:?}");
    }
    for row in table("| up to | the dump has |") {
        let dump = |at: Version| template(&deployment(row[2])).view(at).dump().expect("the pod is whole");
        let next = Version::all().find(|next| *next > version(row[0])).expect("a later version");
        for (at, there, not_there) in [(version(row[0]), row[1], row[3]), (next, row[3], row[1])] {
            let dump = dump(at);
            assert!(dump.contains(code(there)) && !dump.contains(code(not_there)), "{at}: {row:?}\n{dump}");
        }
    }
}
