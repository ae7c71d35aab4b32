//! The pages of the rules: their examples are run, and the rule finds what it says that it finds, and nothing else.

mod world;

use rollbook::check::Rule;
use world::World;

/// What the check finds of a rule as one text replaces another.
fn found(settings: Option<&str>, before: Option<&str>, after: &str, rule: &str) -> Vec<String> {
    let world = World::new();
    if let Some(settings) = settings {
        world.write(".rollbook.toml", settings);
    }
    if let Some(before) = before {
        world.write("web.yaml", before);
    }
    world.write("README.md", "an example\n");
    world.commit("before");
    world.write("web.yaml", after);
    let output = world.rollbook(&["check", "-o", "json"]);
    assert!(output.stderr.is_empty(), "{}", output.stderr);
    let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let items = document["items"].as_array().unwrap().iter();
    let of_rule = items.filter(|item| item["rule"] == rule);
    of_rule.map(|item| format!("{}: {}", item["line"], item["message"])).collect()
}

#[test]
fn every_example_does_what_its_page_says() {
    for rule in Rule::all() {
        let example = rule.page().example;
        assert!(!example.fails.is_empty() && !example.passes.is_empty(), "{} has no example of each sort", rule.name);
        let found = |after| found(example.settings, example.before, after, rule.name);
        assert!(!found(example.fails).is_empty(), "{} does not find its example", rule.name);
        assert_eq!(found(example.passes), Vec::<String>::new(), "{} finds what it should let pass", rule.name);
    }
}

#[test]
fn every_page_has_its_parts() {
    for rule in Rule::all() {
        let page = rule.page();
        assert!(page.summary.ends_with('.') && !page.summary.contains('\n'), "{}: {}", rule.name, page.summary);
        assert!(page.text.contains("\n## What to do\n"), "{}", rule.name);
        assert!(page.text.ends_with("```\n") && !page.text.contains("\n\n\n"), "{}", rule.name);
        let name = rule.name.replace('-', "_");
        let source = format!("{}/src/check/rules/{name}.rs", env!("CARGO_MANIFEST_DIR"));
        assert!(std::path::Path::new(&source).is_file(), "{} has no file of its name", rule.name);
    }
    assert!(Rule::all().is_sorted_by(|one, other| one.name < other.name));
}
