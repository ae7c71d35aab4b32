use crate::check::{Finding, Rule, Severity, State, Subject};
use std::collections::HashMap;

pub(super) static RULE: Rule =
    Rule::new("duplicate-object", Severity::Error, include_str!("duplicate_object.md")).of_state(find);

/// Two of one identity in one file: one folder can have several that are never applied together.
fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let mut first: HashMap<_, &Subject<'s>> = HashMap::new();
    let mut found = Vec::new();
    for of in state.subjects() {
        let identity = of.identity();
        let group = identity.api_version.split_once('/').map_or("", |(group, _)| group);
        let key = (&of.file.path, group, &identity.kind, &identity.namespace, &identity.name);
        if let Some(first) = first.get(&key) {
            let line = first.line();
            let message = format!("the file has this object twice, first on line {line}: the last one counts");
            found.push(of.find(&["metadata", "name"], message).help("remove one, or give it another name"));
        } else {
            first.insert(key, of);
        }
    }
    found
}
