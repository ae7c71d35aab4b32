//! Pods that a StatefulSet's controller waits for before it replaces them: they are not ready, and of another revision than the
//! one that is wanted now.

use std::ops::ControlFlow;
use std::time::Duration;

use serde_json::Value;

use super::context::Context;
use super::failure::{Failure, Result};
use super::live::{Namespace, Workload};
use super::look::Look;
use super::onward::Onward;
use crate::cluster::{Holdings, List, Resource, condition, is_observed};
use crate::kubernetes::Kind;
use crate::output::Diagnostic;
use crate::text::{Untrusted, shell_word};

/// In this time a controller has seen a change, unless it does not run.
const SEEN_BY: Duration = Duration::from_secs(20);

/// What to do with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stuck {
    Delete,
    /// Say how they are deleted.
    Tell,
}

/// Looks for them after a change of the workload, once its controller has seen that: before, it would make them as they were.
///
/// # Errors
/// The cluster gives no answer, or a right is missing; the controller does not see the change.
pub(super) fn help_past(
    context: &mut Context,
    namespace: &Namespace<'_>,
    workload: &Workload,
    stuck: Stuck,
) -> Result<()> {
    if workload.kind != Kind::StatefulSet {
        return Ok(());
    }
    let list = List::of(Resource::of(workload.kind), Some(&namespace.name)).named(&workload.name);
    let seen = namespace.cluster.watch(&[list], Some(SEEN_BY), |objects| {
        let seen = objects[0].values().find(|object| is_observed(object));
        seen.map_or(ControlFlow::Continue(None), |object| ControlFlow::Break(object.clone()))
    })?;
    let Some(object) = seen else {
        let what = format!("the controller of {} has not seen the change", workload.target());
        return Err(Failure::not_found(anyhow::anyhow!(what)).hint("does the kube-controller-manager run?"));
    };
    let workload = Workload { kind: workload.kind, name: workload.name.clone(), object };
    let (holdings, _) = Look { namespace, wanted: None }.holdings_with_pods(&workload)?;
    for (name, uid) in pods(&holdings) {
        let shown = Untrusted::from(name.as_str());
        match stuck {
            Stuck::Delete => {
                namespace.cluster.delete(&Resource::of(Kind::Pod), Some(&namespace.name), &name, &uid)?;
                context.write_bytes(format!("pod/{} deleted\n", shown.terminal()).as_bytes())?;
            }
            Stuck::Tell => {
                let what = format!(
                    "`{}` is not ready, and a StatefulSet waits for that before it replaces it",
                    shown.as_str()
                );
                let hint = format!("{} lets it go on", deletion(context, &namespace.name, &name));
                context.warn(&Diagnostic::warning(what).hint(hint))?;
            }
        }
    }
    Ok(())
}

/// The command that deletes a pod.
pub(super) fn deletion(context: &Context, namespace: &str, pod: &str) -> String {
    let onward = Onward::of(&context.globals);
    format!("kubectl delete pod {} -n {}{}", shell_word(pod), shell_word(namespace), onward.kubectl())
}

/// Their names and uids.
fn pods(holdings: &Holdings) -> Vec<(String, String)> {
    let newest = holdings.newest(Kind::StatefulSet);
    let is_ready = |pod: &Value| condition(pod, "Ready").is_some_and(|ready| ready["status"] == "True");
    let revision = |pod: &Value| pod["metadata"]["labels"]["controller-revision-hash"].as_str().map(str::to_owned);
    let text = |pod: &Value, key: &str| pod["metadata"][key].as_str().map(str::to_owned);
    let is_stuck = |pod: &&Value| {
        newest.is_some() && revision(pod) != newest && !is_ready(pod) && text(pod, "deletionTimestamp").is_none()
    };
    holdings.pods.iter().filter(is_stuck).filter_map(|pod| text(pod, "name").zip(text(pod, "uid"))).collect()
}
