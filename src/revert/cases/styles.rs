//! Strings over several lines, brackets and JSON.

use super::{HEAD, holds, holds_in_spec, undone};
use crate::revert::Note;

#[test]
fn block_scalars_keep_their_lines() {
    for (today, old, expected) in [
        // An indicator of the indentation, and lines that look like comments and keys.
        (
            "  template:\n    a: 1\n  b: 2\n",
            "      template:\n          a: |2-\n               lead\n            # text\n            template: x\n      b: 1\n",
            "  template:\n      a: |2-\n           lead\n        # text\n        template: x\n  b: 2\n",
        ),
        // Empty lines that are kept are its own.
        (
            "  template:\n    a: |+\n      x\n\n\n  b: 2\n",
            "  template:\n    a: >-\n      y\n\n  b: 1\n",
            "  template:\n    a: >-\n      y\n  b: 2\n",
        ),
        // Lines of nothing but blanks are text where they are deeper than it.
        (
            "  template:\n    a: |\n      x\n        \n     \n  b: 2\n",
            "    template:\n      a: |\n        y\n          \n    b: 1\n",
            "  template:\n    a: |\n      y\n        \n     \n  b: 2\n",
        ),
        // What moves to the left, with a comment that cannot move as far.
        (
            "  template:\n    a: 1\n  b: 2\n",
            "        template:\n            a: |\n                x\n   # c\n\n            c: 3\n        b: 1\n",
            "  template:\n      a: |\n          x\n# c\n\n      c: 3\n  b: 2\n",
        ),
        // Strings over several lines.
        (
            "  template:\n    a: \"x\n\n  # y\"\n  b: 2\n",
            "    template:\n      a: x\n        y\n      c: 'x\n\n  y'\n    b: 1\n",
            "  template:\n    a: x\n      y\n    c: 'x\n\ny'\n  b: 2\n",
        ),
    ] {
        holds_in_spec(today, old, expected, &[]);
    }
}

#[test]
fn kept_empty_lines_do_not_become_more() {
    let today = "  template:\n    a: 1\n\n  b: 2\n";
    for (old, expected, note) in [
        ("|+\n      x\n", "  template: {\"a\": \"x\\n\"}\n\n  b: 2\n", Note::Rewritten),
        ("|+\n      x\n\n", "  template:\n    a: |+\n      x\n\n  b: 2\n", Note::Joined),
    ] {
        holds_in_spec(today, &format!("  template:\n    a: {old}  b: 1\n"), expected, &[note]);
    }
}

fn inline(spec: &str) -> String {
    format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web}}, spec: {{{spec}}}}}\n")
}

#[test]
fn brackets_stay_brackets_and_a_block_comes_into_them_as_json() {
    let brackets = "  template: {a: [1, x], # c\n    b: y}\n";
    let block = "  template:\n    a: 1.0\n    b: [~, yes, \"1\"]\n";
    holds_in_spec(block, brackets, brackets, &[]);
    holds_in_spec(brackets, block, block, &[]);

    let [today, old] = ["template: {a: 1}, b: 1", "b: 2, template: !!map {c: [1]}"].map(inline);
    holds(&today, &old, &inline("template: !!map {c: [1]}, b: 1"), &[]);
    let json = "template: {\"a\": 1.0, \"b\": [null, true, \"1\"]}, b: 1";
    holds(&today, &format!("{HEAD}{block}"), &inline(json), &[Note::Rewritten]);
    let today = format!("{HEAD}  template:\n    a: 1 # c\n  b: 1\n");
    holds(&today, &old, &format!("{HEAD}  template: !!map {{c: [1]}}\n  b: 1\n"), &[]);
}

fn json(template: &str, margin: &str) -> String {
    let lines = [
        "{".to_owned(),
        format!("{margin}\"apiVersion\": \"apps/v1\","),
        format!("{margin}\"kind\": \"Deployment\","),
        format!("{margin}\"metadata\": {{\"name\": \"web\"}},"),
        format!("{margin}\"spec\": {{"),
        format!("{margin}{margin}\"template\": {template},"),
        format!("{margin}{margin}\"b\": 1"),
        format!("{margin}}}\n}}\n"),
    ];
    lines.join("\n")
}

#[test]
fn json_stays_json() {
    let today = json("{\"a\": 1}", "\t");
    holds(
        &today,
        &json("{\n      \"a\": \"\\/\",\n      \"b\": [\n        2\n      ]\n    }", "  "),
        &json("{\n\t\t  \"a\": \"\\/\",\n\t\t  \"b\": [\n\t\t    2\n\t\t  ]\n\t\t}", "\t"),
        &[],
    );
    let block = format!("{HEAD}  template:\n    a: no\n");
    holds(&today, &block, &json("{\"a\": false}", "\t"), &[Note::Rewritten]);
    holds(&today, &inline("template: {c: 'd'}"), &json("{\"c\": \"d\"}", "\t"), &[Note::Rewritten]);
}

#[test]
fn json_comes_into_yaml_as_it_is_where_it_is_yaml_too() {
    let today = format!("{HEAD}  template:\n    a: no\n");
    let template = "{\n      \"a\": \"x\",\n      \"b\": [2]\n    }";
    let expected = format!("{HEAD}  template: {{\n    \"a\": \"x\",\n    \"b\": [2]\n  }}\n");
    assert_eq!(undone(&today, &json(template, "  ")), (expected, vec![]));
    let expected = format!("{HEAD}  template: {{\"a\": \"/\"}}\n");
    assert_eq!(undone(&today, &json("{\"a\": \"\\/\"}", "  ")), (expected, vec![Note::Rewritten]));
}
