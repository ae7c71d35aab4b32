use crate::check::{Finding, Rule, Severity, State};
use crate::kubernetes::Kind;

pub(super) static RULE: Rule =
    Rule::new("history-lost", Severity::Warning, include_str!("history_lost.md")).of_state(find);

const LIMIT: [&str; 2] = ["spec", "revisionHistoryLimit"];

fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let loses = state
        .subjects()
        .filter(|of| of.revisioned().is_some() && of.at(&LIMIT).and_then(crate::yaml::Node::as_int) == Some(0));
    let finding = |of: &crate::check::Subject<'s>| {
        let kept = if of.kind() == Some(Kind::Deployment) { "ReplicaSet" } else { "ControllerRevision" };
        of.find(&LIMIT, format!("no old {kept} is kept: `kubectl rollout undo` has nothing to go back to"))
            .help("keep some: 10 is the default")
    };
    loses.map(|of| finding(of)).collect()
}
