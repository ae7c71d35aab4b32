//! What becomes of a file, form by form.

mod names;
mod plans;
mod styles;

use super::{Note, Plan};
use crate::manifest::{self, Identity};
use crate::yaml::Dialect;

const HEAD: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n";

pub(super) fn web() -> Identity {
    Identity { api_version: "apps/v1".into(), kind: "Deployment".into(), namespace: None, name: "web".into() }
}

fn undone(today: &str, old: &str) -> (String, Vec<Note>) {
    let objects = manifest::read(today.as_bytes(), Dialect::Kubectl).objects;
    let workload = objects.into_iter().find(|object| object.template_path().is_some()).unwrap();
    let plan = Plan::template(today.as_bytes(), old.as_bytes(), &workload.identity);
    let plan = plan.unwrap_or_else(|refused| panic!("{refused}\n{today}\n{old}"));
    (String::from_utf8(plan.bytes().to_vec()).unwrap(), plan.notes().to_vec())
}

/// Holds what becomes of a file, and that undoing it gives the file back where nothing had to be written otherwise.
#[track_caller]
fn holds(today: &str, old: &str, expected: &str, notes: &[Note]) {
    let (text, told) = undone(today, old);
    assert_eq!((text.as_str(), told.as_slice()), (expected, notes));
    if notes.is_empty() {
        assert_eq!(undone(&text, today), (today.to_owned(), Vec::new()), "undone again");
    }
}

/// The same of what stands under `spec:`.
#[track_caller]
fn holds_in_spec(today: &str, old: &str, expected: &str, notes: &[Note]) {
    let [today, old, expected] = [today, old, expected].map(|spec| format!("{HEAD}{spec}"));
    holds(&today, &old, &expected, notes);
}

#[test]
fn the_template_comes_back_with_its_comments_and_all_else_stays() {
    holds_in_spec(
        "  replicas: 3 # many\n  # the pods\n  template: # now\n    # first\n    spec:\n      hostPID: true # new\n    \
         # last\n\n  # after\n  paused: no\n",
        "    template:  # then\n        # old first\n        spec:\n            # deep\n            hostPID:   false\n\n\
         \x20           # old last\n    # not it\n    paused: yes\n",
        "  replicas: 3 # many\n  # the pods\n  template:  # then\n      # old first\n      spec:\n          # deep\n          \
         hostPID:   false\n\n          # old last\n\n  # after\n  paused: no\n",
        &[],
    );
}

#[test]
fn comments_behind_the_template_belong_to_it_where_they_are_deeper_than_its_key() {
    let old = "  template:\n    spec: {}\n    # in\n  # out\n    # out too\n";
    for (today, expected) in [
        ("  template:\n    a: 1\n\n    # in\n  # out\n", "  template:\n    spec: {}\n    # in\n  # out\n"),
        ("  template:\n    a: 1\n# out\n    # out\n", "  template:\n    spec: {}\n    # in\n# out\n    # out\n"),
        ("  template:\n    a: 1\n# in\n    b: 1\n  x: 1\n", "  template:\n    spec: {}\n    # in\n  x: 1\n"),
    ] {
        holds_in_spec(today, old, expected, &[]);
    }
}

#[test]
fn lines_end_as_in_todays_file() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let text = |value: &str, rest: &str| format!("{HEAD}  template:\n    a: |\n      {value}\n{rest}");
    let (today, old) = (text("1\n\n      2", "  b: 2\n"), text("3\n\n    # c", ""));
    let expected = text("3\n\n    # c", "  b: 2\n");
    holds(&crlf(&today), &crlf(&old), &crlf(&expected), &[]);
    holds(&crlf(&today), &old, &crlf(&expected), &[]);
    holds(&today, &crlf(&old), &expected, &[]);
    // Lines of either sort within the template stay as they are where the files agree.
    let mixed = "  template:\r\n    a: 3\r\n    b: 4\r\n    c: 5\r\n    d: 6\r\n    e: 7";
    holds(&today, &format!("{HEAD}{mixed}\n"), &format!("{HEAD}{mixed}\n  b: 2\n"), &[]);
}

#[test]
fn a_file_ends_as_it_did() {
    for (today, old, expected) in [
        ("  template:\n    a: 1", "  template:\n    a: 2\n", "  template:\n    a: 2"),
        ("  template:\n    a: 1\n", "  template:\n    a: 2", "  template:\n    a: 2\n"),
        ("  template:\n    a: 1\n\n\n", "  template:\n    a: 2\n  b: 1\n", "  template:\n    a: 2\n\n\n"),
        ("  template:\n    a: |\n      1", "  template:\n    a: |\n      2\n", "  template:\n    a: |\n      2"),
        ("  template: {}", "  template:\n    a: 2 # c", "  template:\n    a: 2 # c"),
        ("  template:", "  template:\n    a: 2", "  template:\n    a: 2"),
        ("  template:\n    a: 2", "  template:\n  # out\n  b: 1", "  template:"),
        ("  template: # c\n  b: 2", "  template:\n    a:\n  b: 1", "  template:\n    a:\n  b: 2"),
    ] {
        holds_in_spec(today, old, expected, &[]);
    }
}

#[test]
fn a_byte_order_mark_stays_where_it_is() {
    let [today, old] = ["  template: {a: 1}\n", "  template: {a: 2}\n"].map(|spec| format!("{HEAD}{spec}"));
    let marked = |text: &str| format!("\u{feff}{text}");
    holds(&marked(&today), &old, &marked(&old), &[]);
    holds(&today, &marked(&old), &old, &[]);
    let inline = |value: &str| {
        let spec = format!("spec: {{template: {value}}}");
        marked(&format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web}}, {spec}}}\n"))
    };
    holds(&inline("{a: 1}"), &inline("{a: 2}"), &inline("{a: 2}"), &[]);
}

#[test]
fn other_documents_and_other_items_stay() {
    let other = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {template: 1}\n";
    let file =
        |template: &str| format!("# top\n---\n{other}---\n{HEAD}  template: {template}\n--- # next\n{other}# end\n");
    holds(&file("{a: 1}"), &file("\n    b: 1\n    # c"), &file("\n    b: 1\n    # c"), &[]);

    let list = |template: &str, margin: &str| {
        let pod = "- {apiVersion: v1, kind: Pod, metadata: {name: web}}";
        let web = "- metadata: {name: web}\n  apiVersion: apps/v1\n  kind: Deployment\n  spec:\n    template:";
        let items = format!("{pod}\n{web}{template}\n{pod}");
        let items: Vec<_> = items.lines().map(|line| format!("{margin}{line}\n")).collect();
        format!("apiVersion: v1\nkind: List\nitems:\n{}# end\n", items.concat())
    };
    holds(&list(" {a: 1} # x", "    "), &list("\n      b: 1", ""), &list("\n      b: 1", "    "), &[]);
    let alone = format!("{HEAD}  template:\n   b: 1 # y\n");
    holds(&list(" {a: 1} # x", "  "), &alone, &list("\n     b: 1 # y", "  "), &[]);
}

#[test]
fn a_cron_job_has_its_template_deeper() {
    let job = |template: &str| {
        let spec = format!("jobTemplate:\n    spec:\n      template:{template}\n      backoffLimit: 1\n  schedule: x");
        format!("apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: web}}\nspec:\n  {spec}\n")
    };
    holds(&job("\n        a: 1"), &job(" {b: 1} # c"), &job(" {b: 1} # c"), &[]);
}

#[test]
fn the_namespace_may_have_come_since() {
    let text =
        |metadata: &str, value: u8| HEAD.replace("web", &format!("web{metadata}")) + &format!("  template: {value}\n");
    holds(&text(", namespace: shop", 1), &text("", 2), &text(", namespace: shop", 2), &[]);
    let two = format!("{}---\n{}", text("", 3), text(", namespace: shop", 2));
    holds(&text(", namespace: shop", 1), &two, &text(", namespace: shop", 2), &[]);
}
