use crate::check::{Finding, Rule, Severity, State};
use crate::kubernetes::Kind;

pub(super) static RULE: Rule =
    Rule::new("replicas-under-autoscaler", Severity::Warning, include_str!("replicas_under_autoscaler.md"))
        .of_state(find);

const REPLICAS: [&str; 2] = ["spec", "replicas"];

fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    let autoscalers = state.snapshot.of_kind(Kind::HorizontalPodAutoscaler);
    for autoscaler in autoscalers {
        for used in state.snapshot.workloads_of(autoscaler) {
            let is_looked_at = [autoscaler, used.workload].iter().any(|place| state.subject(*place).is_some());
            let workload = state.any(used.workload);
            // Zero turns the autoscaler off.
            if is_looked_at && workload.object.replicas().is_some_and(|replicas| replicas > 0) {
                let name = &state.snapshot.object(autoscaler).identity.name;
                let message = format!("`hpa/{name}` scales it, and each apply sets `replicas` back");
                found.push(workload.find(&REPLICAS, message).help("remove `spec.replicas`"));
            }
        }
    }
    found
}
