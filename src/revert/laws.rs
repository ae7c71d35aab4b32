//! What holds for every file and every older state of it.

use super::cases::web;
use super::{Note, Plan};
use crate::manifest::{self, Object};
use crate::template::{Digest, Template};
use crate::yaml::Dialect;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A state of a file: what stands before the template's value, its value, and what stands behind. What stands before is in
/// two parts, between which a cause may be.
#[derive(Clone, Debug)]
struct State {
    head: String,
    before: String,
    value: String,
    after: String,
}

impl State {
    fn text(&self) -> String {
        format!("{}{}{}{}", self.head, self.before, self.value, self.after)
    }
}

/// Lines of a pod template, each with how deep it stands; each group can stand alone.
const GROUPS: &[&[(usize, &str)]] = &[
    &[(0, "metadata:"), (1, "labels: &labels"), (2, "app: web # c"), (1, "annotations: *labels")],
    &[(0, "metadata:"), (1, "labels: {app: web, tier: \"x\"}"), (1, "# deep"), (1, "annotations:"), (2, "<<: *all")],
    &[(0, "metadata: &m"), (1, "labels: *all"), (1, "name: &all x"), (1, "annotations: {a: *all}")],
    &[(0, "metadata: {labels: {app: *one},"), (1, "annotations: {b: 'c'}} # end")],
];

const SPECS: &[&[(usize, &str)]] = &[
    &[
        (0, "spec:"),
        (1, "containers:"),
        (1, "- name: web"),
        (2, "image: web:1"),
        (2, "# image: web:0"),
        (1, "hostPID: yes"),
    ],
    &[
        (0, "spec: # pods"),
        (1, "containers:"),
        (2, "- name: web"),
        (3, "args:"),
        (3, "- |"),
        (4, "#!/bin/sh"),
        (5, "run  "),
        (0, ""),
        (4, "end"),
    ],
    &[
        (0, "spec:"),
        (1, "containers: [{name: web,"),
        (2, "image: &one web:2},"),
        (2, "{name: log, image: *one}]"),
        (1, "# last"),
    ],
    &[
        (0, "spec:"),
        (1, "nodeName: *one"),
        (1, "containers:"),
        (2, "-"),
        (3, "name: 'web"),
        (3, "x'"),
        (3, "command: [\"a\"]"),
        (0, ""),
    ],
    &[(0, "spec:"), (1, "hostname: >-"), (2, "folded"), (2, "text"), (1, "subdomain: \"two"), (0, ""), (2, "lines\"")],
    &[(0, "spec:"), (1, "subdomain: |+"), (2, "kept"), (0, ""), (0, "")],
    &[(0, "spec: {}")],
];

const INLINE: &[&str] = &[
    " {metadata: {labels: {app: web}}, spec: {hostPID: true}} # inline",
    " {\"spec\": {\"containers\": [{\"name\": \"web\", \"image\": \"web:3\"}]}}",
    " &t !!map {spec: {nodeName: *one}}",
    " *all",
    "",
];

const CAUSES: &[&str] = &[" first", " 'first' # said", " \"first\"", " >-\n      first\n      of all", ""];

/// What stands before the template in the spec, and behind it.
const BEFORE: &[&str] = &[
    "replicas: 2",
    "# about",
    "selector:\n  matchLabels:\n    app: web",
    "minReadySeconds: *one",
    "",
    "x: &one other",
];
const AFTER: &[&str] =
    &["paused: true", "", "# behind", "strategy: {type: *one}", "strategy:\n  # in\n  rollingUpdate: *all"];

fn lines(lines: &[(usize, &str)], margin: usize, step: usize) -> String {
    let line = |&(depth, line): &(usize, &str)| match line {
        "" => "\n".to_owned(),
        line => format!("\n{:1$}{line}", "", margin + depth * step),
    };
    lines.iter().map(line).collect()
}

fn values(margin: usize) -> impl Strategy<Value = String> {
    let block = (select(vec!["", " # head", " &t"]), select(GROUPS), select(SPECS), any::<bool>(), 2..5usize).prop_map(
        move |(head, metadata, spec, comment, step)| {
            let comment = if comment { format!("\n{:1$}# within", "", margin / 2) } else { String::new() };
            let inner = margin + step;
            format!("{head}{}{comment}{}", lines(metadata, inner, 2), lines(spec, inner, step))
        },
    );
    prop_oneof![4 => block, 1 => select(INLINE).prop_map(str::to_owned)]
}

fn states() -> impl Strategy<Value = State> {
    let form = (2..5usize, any::<bool>(), any::<bool>(), select(vec!["", "\u{feff}", "kind: List\n"]), any::<bool>());
    form.prop_flat_map(|(step, crlf, ends, top, next)| {
        let list = top.starts_with("kind");
        let margin = step + if list { 2 } else { 0 };
        let around = (option::of(select(CAUSES)), vec(select(BEFORE), 0..4), vec(select(AFTER), 0..4));
        (values(margin), around).prop_map(move |(value, (cause, before, after))| {
            let unique = |parts: Vec<&'static str>| {
                let mut kept: Vec<&str> = Vec::new();
                for part in parts {
                    let key = |part: &str| part.split(':').next().unwrap_or_default().to_owned();
                    if !part.contains(':') || !kept.iter().any(|kept| key(kept) == key(part)) {
                        kept.push(part);
                    }
                }
                kept
            };
            let indented =
                |part: &str| part.lines().map(|line| format!("\n{:1$}{line}", "", margin)).collect::<String>();
            let spec = |parts: Vec<&'static str>| {
                unique(parts)
                    .iter()
                    .map(|part| if part.is_empty() { "\n".into() } else { indented(part) })
                    .collect::<String>()
            };
            let base = "all: &all {app: web}\none: &one two\n";
            let object = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web # name";
            let (object, rest) = match cause {
                Some(cause) => {
                    let annotation = "\n  annotations: # said\n    kubernetes.io/change-cause:";
                    (format!("{object}{annotation}"), format!("{cause}\n    other: one\nspec: # spec"))
                }
                None => (format!("{object}\n"), "spec: # spec".to_owned()),
            };
            let in_item = |text: &str| if list { text.replace('\n', "\n  ") } else { text.to_owned() };
            let (head, rest) = match list {
                true => (format!("apiVersion: v1\n{top}{base}items:\n- {}", in_item(&object)), in_item(&rest)),
                false => (format!("{top}{base}{object}"), rest),
            };
            let end = if next {
                "\n---\n# next\nother: &one 1\n"
            } else if ends {
                "\n"
            } else {
                ""
            };
            let breaks = |text: String| if crlf { text.replace('\n', "\r\n") } else { text };
            State {
                head: breaks(head.clone()),
                before: breaks(format!("{rest}{}{}", spec(before), indented("template:"))),
                value: breaks(value.clone()),
                after: breaks(format!("{}{end}", spec(after))),
            }
        })
    })
}

fn object(text: &[u8]) -> Object {
    let objects = manifest::read(text, Dialect::Kubectl).objects;
    objects.into_iter().find(|object| object.identity == web()).unwrap()
}

fn canonical(text: &[u8]) -> Digest {
    Template::decode(object(text).template_holder()).canonical()
}

/// Whether this is still around it; empty lines behind a template can be its own.
fn surrounds(text: &[u8], before: &str, after: &str) -> bool {
    text.starts_with(before.as_bytes()) && text.ends_with(after.trim_start_matches(['\r', '\n']).as_bytes())
}

/// States which can be read to their end.
fn read_states() -> impl Strategy<Value = State> {
    states().prop_filter("not a manifest", |state| {
        let text = state.text();
        let reading = manifest::read(text.as_bytes(), Dialect::Kubectl);
        reading.unreadable().is_none() && reading.objects.iter().any(|object| object.identity == web())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn undo_gives_the_template_of_any_revision_and_touches_nothing_else(
        history in vec(read_states(), 2..5),
        cause in "[a-c:# ]{0,6}",
    ) {
        let (today, older) = history.split_last().unwrap();
        for old in older {
            holds(today, old, &cause)?;
        }
    }
}

fn undone(today: &[u8], old: &[u8]) -> (Vec<u8>, Vec<Note>) {
    let shown = String::from_utf8_lossy;
    let plan = Plan::template(today, old, &web());
    let plan = plan.unwrap_or_else(|refused| panic!("{refused}\n{}\n=====\n{}", shown(today), shown(old)));
    (plan.bytes().to_vec(), plan.notes().to_vec())
}

fn holds(today: &State, old: &State, cause: &str) -> Result<(), TestCaseError> {
    let (text, old_text) = (today.text(), old.text());
    let (new, notes) = undone(text.as_bytes(), old_text.as_bytes());
    prop_assert_eq!(canonical(&new), canonical(old_text.as_bytes()));
    let rest = |text: &[u8]| {
        let entries = object(text).node().get("spec").unwrap().entries().to_vec();
        entries.into_iter().filter(|entry| entry.key != "template").map(|entry| entry.value).collect::<Vec<_>>()
    };
    prop_assert_eq!(rest(&new), rest(text.as_bytes()));
    let is_detached = notes.iter().any(|note| matches!(note, Note::Detached { .. }));
    let before = format!("{}{}", today.head, today.before);
    prop_assert!(is_detached || surrounds(&new, &before, &today.after), "{}", String::from_utf8_lossy(&new));

    let (back, more) = undone(&new, text.as_bytes());
    prop_assert_eq!(canonical(&back), canonical(text.as_bytes()));
    if notes.is_empty() && more.is_empty() {
        prop_assert_eq!(String::from_utf8_lossy(&back), text.as_str());
    }

    let plan = Plan::template(text.as_bytes(), old_text.as_bytes(), &web()).unwrap().with_cause(cause).unwrap();
    let has_cause = today.head.ends_with("change-cause:");
    let caused = object(plan.bytes());
    prop_assert_eq!(caused.change_cause(), has_cause.then_some(cause));
    prop_assert_eq!(canonical(plan.bytes()), canonical(old_text.as_bytes()));
    prop_assert!(is_detached || surrounds(plan.bytes(), &today.head, &today.after));
    prop_assert!(has_cause || plan.bytes() == new);
    Ok(())
}
