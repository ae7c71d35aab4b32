use crate::check::{Finding, Rule, Severity, State};
use crate::kubernetes::Kind;
use crate::yaml::Node;

pub(super) static RULE: Rule =
    Rule::new("stuck-rollout", Severity::Error, include_str!("stuck_rollout.md")).of_state(find);

const READY: [&str; 2] = ["spec", "minReadySeconds"];
const DEADLINE: [&str; 2] = ["spec", "progressDeadlineSeconds"];
/// Source: `pkg/apis/apps/v1/defaults.go` SetDefaults_Deployment; `extensions/v1beta1` has none.
const DEFAULT_DEADLINE: i64 = 600;

/// Source: `pkg/apis/apps/validation/validation.go` ValidateDeploymentSpec.
fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for of in state.subjects().filter(|of| of.kind() == Some(Kind::Deployment)) {
        let ready = of.at(&READY).and_then(Node::as_int).unwrap_or(0);
        let written = of.at(&DEADLINE).and_then(Node::as_int);
        let default = (of.identity().api_version != "extensions/v1beta1").then_some(DEFAULT_DEADLINE);
        let Some(deadline) = written.or(default).filter(|deadline| ready > 0 && ready >= *deadline) else { continue };
        let whose = if written.is_some() { "" } else { ", the default" };
        let message = format!(
            "a pod counts after {ready} s, and the rollout has failed after {deadline} s{whose}: the API server refuses it"
        );
        found.push(of.find(&READY, message).help("`progressDeadlineSeconds` must be greater than `minReadySeconds`"));
    }
    found
}
