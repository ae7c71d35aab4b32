//! Refusals, causes, and what is no template.

use super::{HEAD, web as web_identity};
use crate::manifest::Identity;
use crate::revert::{Note, Plan, Refused, Side};

fn shown(plan: &Plan<'_>) -> String {
    String::from_utf8(plan.bytes().to_vec()).unwrap()
}

/// The plan that changes nothing but the cause.
fn caused(text: &str, cause: &str) -> (String, Vec<Note>) {
    let plan = Plan::template(text.as_bytes(), text.as_bytes(), &web_identity()).unwrap().with_cause(cause).unwrap();
    (shown(&plan), plan.notes().to_vec())
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let plain = format!("{HEAD}  template: {{a: 1}}\n");
    let refused =
        |today: &str, old: &str| Plan::template(today.as_bytes(), old.as_bytes(), &web_identity()).unwrap_err();
    let template = || "`spec.template`".to_owned();
    assert_eq!(
        refused(&plain, "a: [\n").to_string(),
        "line 1 of the older file cannot be read: a bracket is not closed"
    );
    assert_eq!(refused("a: 1\n", &plain), Refused::NotThere(Side::Today));
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {template: 1}\n";
    let identity = Identity { kind: "Service".into(), ..web_identity() };
    let none = Plan::template(service.as_bytes(), service.as_bytes(), &identity).unwrap_err();
    assert_eq!(none.to_string(), "the object has no pod template in today's file");
    assert_eq!(refused(&plain, HEAD), Refused::Missing { side: Side::Older, field: template() });
    let other = plain.replace("a: 1", "a: 2");
    for (spec, reason) in [
        ("  x: &x {template: {a: 1}}\n  <<: *x\n", Refused::NotOwn { field: template(), line: 6 }),
        ("  ? template\n  : {a: 1}\n", Refused::NotOwn { field: template(), line: 6 }),
        ("  <<: {x: y,\n   template: {a: 1}, z: 1}\n", Refused::Differs { field: template() }),
    ] {
        assert_eq!(refused(&format!("{HEAD}{spec}"), &other), reason, "{spec}");
    }
}

#[test]
fn what_is_the_same_stays_as_it_is() {
    let text = format!("{HEAD}  x: &x 1\n  template:\n    a: *x # c\n");
    let plan = Plan::template(text.as_bytes(), text.as_bytes(), &web_identity()).unwrap();
    assert!(plan.is_same() && plan.notes().is_empty());
    assert!(plan.with_cause("new").unwrap().is_same());
}

#[test]
fn the_cause_is_written_as_it_was_and_nothing_else_is_touched() {
    let file = |cause: &str| {
        let annotations = format!("  annotations:\n    kubernetes.io/change-cause:{cause}\n    b: c\n");
        HEAD.replace(" {name: web}\n", &format!("\n{annotations}  name: web\n")) + "  template: {a: 1}\n"
    };
    for (written, cause, expected) in [
        (" first # why", "second", " second # why"),
        (" 'first'", "it's", " 'it''s'"),
        (" \"first\" # why", "a\nb", " \"a\\nb\" # why"),
        (" first", "fix: # 1", " \"fix: # 1\""),
        ("", "1", " \"1\""),
        (" # why", "b", " b # why"),
        (" |\n      first\n\n      more\n    # c", "second", " second\n    # c"),
        (" >+\n      first\n\n", "second", " second"),
        (" first\n      goes on\n    # c", "second", " second\n    # c"),
        ("\n      'first'", "second", "\n      'second'"),
        (" !!str 1", "2", " \"2\""),
    ] {
        assert_eq!(caused(&file(written), cause), (file(expected), vec![]));
    }
}

#[test]
fn a_cause_that_has_an_anchor_leaves_its_value_to_the_aliases() {
    let file = |cause: &str, label: &str| {
        let metadata = format!("annotations: {{kubernetes.io/change-cause: {cause}}}, labels: {{a: {label}}}");
        HEAD.replace("{name: web}", &format!("{{name: web, {metadata}}}")) + "  template: {a: 1}\n"
    };
    let changed = caused(&file("&c a", "*c"), "b, c");
    assert_eq!(changed, (file("\"b, c\"", "\"a\""), vec![Note::Detached { line: 3 }]));
}

#[test]
fn a_cause_that_comes_from_elsewhere_stays() {
    let metadata = "{name: web, x: &x {kubernetes.io/change-cause: a}, annotations: *x}";
    let text = HEAD.replace("{name: web}", metadata) + "  template: {a: 1}\n";
    assert_eq!(caused(&text, "b"), (text.clone(), vec![Note::CauseKept { line: 3 }]));
}

#[test]
fn replicas_come_back_where_both_say_them() {
    let file = |replicas: &str, template: u8| format!("{HEAD}  replicas:{replicas}\n  template: {{a: {template}}}\n");
    let (today, old) = (file(" 3 # now", 1), file("  2 # then", 2));
    let plan = Plan::replicas(today.as_bytes(), old.as_bytes(), &web_identity()).unwrap();
    assert_eq!(shown(&plan), file("  2 # then", 1));
    let without = format!("{HEAD}  template: {{a: 1}}\n");
    let refused = Plan::replicas(without.as_bytes(), old.as_bytes(), &web_identity()).unwrap_err();
    assert_eq!(refused.to_string(), "the object has no `spec.replicas` in today's file");
}

#[test]
fn the_whole_object_comes_back_and_its_surroundings_stay() {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n";
    let web =
        |replicas: u8| HEAD.replace("{name: web}", "\n  # mine\n  name: web") + &format!("  replicas: {replicas}\n");
    let today = format!("# top\n{}# end\n---\n{service}", web(1).replace("mine", "new"));
    let old = format!("{service}---\n# other\n{}  # deep\n", web(2));
    let whole = |today: &str, old: &str| {
        let plan = Plan::whole(today.as_bytes(), old.as_bytes(), &web_identity()).unwrap();
        (shown(&plan.clone().with_cause("c").unwrap()), plan.notes().to_vec())
    };
    assert_eq!(whole(&today, &old), (format!("# top\n{}  # deep\n# end\n---\n{service}", web(2)), vec![]));

    let item = |of: &str| format!("  - {}", of.trim_end().replace('\n', "\n    "));
    let list = |of: &str| format!("kind: List\napiVersion: v1\nitems:\n{}\n{}# end\n", item(of), item(service) + "\n");
    assert_eq!(whole(&list(&web(1)), &old), (list(&format!("{}  # deep", web(2))), vec![]));
    assert_eq!(whole(&today, &list(&web(2))), (format!("# top\n{}# end\n---\n{service}", web(2)), vec![]));
    let inline = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {x: y}}";
    assert_eq!(whole(&today, inline), (format!("# top\n{inline}\n# end\n---\n{service}"), vec![]));
    let json = whole(inline, &web(2));
    assert!(json.0.starts_with("{\"apiVersion\": \"apps/v1\", ") && json.1 == [Note::Rewritten]);
}
