//! Anchors and aliases, and templates that they bring.

use super::{HEAD, holds_in_spec, undone};
use crate::revert::Note;

#[test]
fn aliases_that_reach_out_become_values() {
    let spec = |template: &str| {
        format!(
            "  selector:\n    matchLabels: &labels\n      app: web\n  template:\n    metadata: {{labels: {template}\n"
        )
    };
    let merged = "    own: &own [1]\n    n: *own\n    merged:\n      <<:";
    holds_in_spec(
        &spec("*labels}\n    n: 1"),
        &spec(&format!("*labels}}\n{merged} *labels")),
        &spec(&format!("{{\"app\": \"web\"}}}}\n{merged} {{\"app\": \"web\"}}")),
        &[Note::Expanded { older_line: 9 }, Note::Expanded { older_line: 13 }],
    );
}

#[test]
fn an_anchor_that_goes_leaves_its_value_to_the_aliases_outside() {
    let labels = "{\"app\": \"web\", \"k\": 1.0}";
    holds_in_spec(
        "  template: &t\n    labels: &labels {app: web, k: 1.0}\n    again: *labels\n  \
         selector: {matchLabels: *labels, <<: *labels}\n  copy: *t\n",
        "  template:\n    labels: {app: api}\n",
        &format!(
            "  template:\n    labels: {{app: api}}\n  selector: {{matchLabels: {labels}, <<: {labels}}}\n  \
             copy: {{\"labels\": {labels}, \"again\": {labels}}}\n"
        ),
        &[Note::Detached { line: 8 }, Note::Detached { line: 9 }],
    );
}

/// What stands around the template changes with it, and its aliases do not.
#[test]
fn an_anchor_around_the_template_leaves_its_value_too() {
    let list = |template: &str, copy: &str| {
        format!(
            "apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: Deployment\n  metadata: {{name: web}}\n  \
             spec: &s {{template: {template}}}\n- apiVersion: x/v1\n  kind: X\n  metadata: {{name: x}}\n  spec: {copy}\n"
        )
    };
    let expected = list("2", "{\"template\": 1}");
    assert_eq!(undone(&list("1", "*s"), &list("2", "*s")), (expected, vec![Note::Detached { line: 11 }]));
}

#[test]
fn an_old_anchor_does_not_take_the_name_of_a_later_alias() {
    holds_in_spec(
        "  a: &x 1\n  template:\n    b: 1\n  c: *x\n",
        "  template:\n    b: &x  [2]\n    c: *x\n    d: &x # c\n      e: &y\n    f: *x\n    g: *y\n",
        "  a: &x 1\n  template:\n    b: [2]\n    c: [2]\n    d: # c\n      e: &y\n    f: {\"e\": null}\n    g: *y\n  c: *x\n",
        &[
            Note::Expanded { older_line: 7 },
            Note::Expanded { older_line: 10 },
            Note::Unnamed { older_line: 6 },
            Note::Unnamed { older_line: 8 },
        ],
    );
}

#[test]
fn an_anchor_that_is_taken_goes_from_inside_brackets_too() {
    let file = |spec: &str| {
        format!(
            "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web}}, spec: {{a: &x 1, {spec}, c: *x}}}}\n"
        )
    };
    let (text, notes) = undone(&file("template: {b: 1}"), &file("template: &x\n  {b: 2}"));
    assert_eq!((text, notes), (file("template: \n  {b: 2}"), vec![Note::Unnamed { older_line: 1 }]));
}

#[test]
fn a_template_that_comes_from_elsewhere_is_written_out() {
    let today = "  template:\n    b: 1 # c\n";
    for (old, template, note) in [
        ("  <<: {a: 1, template: {c: d}}\n", "{\"c\": \"d\"}", Note::Rewritten),
        ("  x: &x {template: {c: d}}\n  <<: *x\n", "{\"c\": \"d\"}", Note::Rewritten),
        ("  x: &x {c: d}\n  template: *x # e\n", "{\"c\": \"d\"} # e", Note::Expanded { older_line: 6 }),
    ] {
        holds_in_spec(today, old, &format!("  template: {template}\n"), &[note]);
    }
    let old = format!("{HEAD}  <<:\n    template:\n      c: d # e\n");
    assert_eq!(undone(&format!("{HEAD}{today}"), &old), (format!("{HEAD}  template:\n    c: d # e\n"), vec![]));
}

#[test]
fn an_alias_in_place_of_todays_template_goes() {
    let spec = |template: &str| format!("{HEAD}  x: &x {{c: d}}\n  template:{template}\n  y: *x\n");
    assert_eq!(undone(&spec(" *x # c"), &spec("\n    e: 1")), (spec("\n    e: 1"), vec![]));
    let noted = vec![Note::Expanded { older_line: 6 }];
    assert_eq!(undone(&spec("\n    e: 1"), &spec(" *x # c")), (spec(" {\"c\": \"d\"} # c"), noted));
}
