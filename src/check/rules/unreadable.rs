use crate::check::{Finding, Review, Rule, Severity, Spot, State, When};
use crate::manifest::{Error, Problem};
use crate::snapshot::{File, Passed};
use crate::yaml;

pub(super) static RULE: Rule =
    Rule::new("unreadable", Severity::Error, include_str!("unreadable.md")).of_state(of_state).of_change(of_change);

fn of_state<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for file in &state.files {
        let errors = file.contents.reading.errors.iter().filter(|error| is_of_manifest(file, error));
        found.extend(errors.map(|error| {
            let message = format!("kubectl cannot read it: {}", error.message());
            state.find_in(file, error.at, message).key(error.message())
        }));
    }
    found
}

/// What had objects and is no manifest any more, and what a merge left.
fn of_change<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for file in &review.new.files {
        let had = review.delta.old.file_at(&file.path).is_some_and(|old| !old.contents.reading.objects.is_empty());
        let lost = file.contents.reading.errors.iter().filter(|error| had && !is_of_manifest(file, error));
        found.extend(lost.filter(|error| error.problem != Problem::GenerateName).map(|error| {
            review.new.find_in(file, error.at, format!("kubectl cannot read it any more: {}", error.message()))
        }));
    }
    let conflicts = review.delta.newly_passed().filter(|(_, why)| *why == Passed::Conflict);
    found.extend(conflicts.map(|(path, _)| {
        let at = Spot { when: When::After, path, file: None, object: None, span: None };
        Finding::new(at, "a merge has left it in conflict").help("git mergetool")
    }));
    found
}

/// Whether the error is one of a manifest: what has no objects may look as it likes, and templates are rendered first.
fn is_of_manifest(file: &File, error: &Error) -> bool {
    match &error.problem {
        Problem::GenerateName | Problem::Unreadable(yaml::Problem::Template) => false,
        Problem::Unreadable(_) => true,
        _ => !file.contents.reading.objects.is_empty(),
    }
}
