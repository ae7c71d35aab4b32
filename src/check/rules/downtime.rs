use crate::check::{Finding, Review, Rule, Severity, Subject};
use crate::kubernetes::Kind;
use crate::yaml::{Node, Value};

pub(super) static RULE: Rule = Rule::new("downtime", Severity::Warning, include_str!("downtime.md")).of_change(find);

const STRATEGY: &[&str] = &["spec", "strategy"];
const TYPE: &[&str] = &["spec", "strategy", "type"];

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for (_, old, new) in review.updated() {
        let Some(down) = Down::of(new).filter(|down| Down::of(old).as_ref() != Some(down)) else { continue };
        found.push(match down {
            Down::Recreate => new.find(TYPE, "with `Recreate` all pods stop before a new one starts"),
            Down::All(path) => {
                let message = "all pods may be unavailable at once while it rolls";
                new.find(path, message).help("a smaller `maxUnavailable`, or more replicas")
            }
            Down::Neither => {
                let message = "with no surge and nothing unavailable no pod can be replaced: the API server refuses it";
                new.find(STRATEGY, message).as_bad_as(Severity::Error)
            }
        });
    }
    found
}

/// How a rollout stops a workload.
#[derive(PartialEq, Eq)]
enum Down {
    Recreate,
    /// All pods at once, by `maxUnavailable`.
    All(&'static [&'static str]),
    /// It cannot go on at all.
    Neither,
}

impl Down {
    fn of(workload: &Subject) -> Option<Down> {
        match workload.kind()? {
            Kind::Deployment => Self::of_deployment(workload),
            Kind::DaemonSet => Self::of_whole(workload, &["spec", "updateStrategy", "rollingUpdate", "maxUnavailable"]),
            _ => None,
        }
    }

    /// Source: `pkg/controller/deployment/util` ResolveFenceposts: surge rounds up, unavailable down, and both are not zero
    /// but where both are written so.
    fn of_deployment(workload: &Subject) -> Option<Down> {
        const UNAVAILABLE: &[&str] = &["spec", "strategy", "rollingUpdate", "maxUnavailable"];
        const SURGE: &[&str] = &["spec", "strategy", "rollingUpdate", "maxSurge"];
        if workload.at(TYPE).and_then(Node::as_str) == Some("Recreate") {
            return Some(Down::Recreate);
        }
        let is_zero = |path| workload.at(path).is_some_and(is_zero);
        if is_zero(UNAVAILABLE) && is_zero(SURGE) {
            return Some(Down::Neither);
        }
        let replicas = workload.object.replicas().unwrap_or(1);
        let unavailable = workload.at(UNAVAILABLE).and_then(|node| share(node, replicas))?;
        (replicas > 0 && unavailable >= replicas).then_some(Down::All(UNAVAILABLE))
    }

    fn of_whole(workload: &Subject, path: &'static [&'static str]) -> Option<Down> {
        workload.at(path).is_some_and(is_whole).then_some(Down::All(path))
    }
}

/// A number, or a percentage of the replicas, rounded down.
fn share(node: &Node, replicas: i64) -> Option<i64> {
    match &node.value {
        Value::Int(number) => Some(*number),
        Value::String(text) => Some(text.strip_suffix('%')?.parse::<i64>().ok()?.checked_mul(replicas)? / 100),
        _ => None,
    }
}

fn is_zero(node: &Node) -> bool {
    node.as_int() == Some(0) || node.as_str().is_some_and(|text| text == "0%")
}

fn is_whole(node: &Node) -> bool {
    node.as_str() == Some("100%")
}
