use crate::check::{Finding, Rule, Severity, State};
use crate::template::{Finding as OfTemplate, Server};

pub(super) static RULE: Rule =
    Rule::new("gated-field", Severity::Warning, include_str!("gated_field.md")).of_state(find);

fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    dropped(state, |finding, server| finding.is_in(server.version))
}

/// The fields that the API server of their objects drops, those of one sort.
pub(super) fn dropped<'s>(state: &State<'s>, is_meant: impl Fn(&OfTemplate, Server) -> bool) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for of in state.subjects().filter(|of| of.workload().is_some()) {
        let setting = state.setting(of);
        for field in of.template().findings().iter().filter(|field| is_meant(field, setting.server)) {
            let Some(why) = field.dropped_by(setting.server) else { continue };
            let path = field.path.escape_debug();
            let message = format!("{} drops `{path}`: {why}", setting.words());
            found.push(of.find_at(field.span, message).key(&field.path));
        }
    }
    found
}
