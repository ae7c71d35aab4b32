use crate::check::{Finding, Rule, Severity, State};
use crate::kubernetes::{served, served_under};

pub(super) static RULE: Rule = Rule::new("removed-api", Severity::Error, include_str!("removed_api.md")).of_state(find);

fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for of in state.subjects() {
        let (kind, api_version) = (&of.identity().kind, &of.identity().api_version);
        let setting = state.setting(of);
        let version = setting.server.version;
        if served(kind, api_version).is_none_or(|versions| versions.has(version)) {
            continue;
        }
        let message = format!("{} has no {kind} of `{api_version}`", setting.words());
        let finding = of.find(&["apiVersion"], message).key(api_version);
        // A version that nobody chose may be newer than the cluster.
        let finding = if setting.configured { finding } else { finding.as_bad_as(Severity::Warning) };
        found.push(match served_under(kind, version) {
            Some(other) => finding.help(format!("apiVersion: {other}")),
            None => finding,
        });
    }
    found
}
