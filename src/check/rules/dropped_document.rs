use crate::check::{Finding, Rule, Severity, State};
use crate::yaml::Notice;

pub(super) static RULE: Rule =
    Rule::new("dropped-document", Severity::Error, include_str!("dropped_document.md")).of_state(find);

fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let dropped = state.warnings().filter(|(_, warning)| warning.notice == Notice::Dropped);
    let help = "begin the next document with `---`";
    dropped.map(|(file, warning)| state.find_in(file, warning.at, warning.message()).help(help)).collect()
}
