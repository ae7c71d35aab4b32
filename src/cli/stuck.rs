//! Pods that a StatefulSet's controller waits for before it replaces them: they are not ready, and of another revision than the
//! one that is wanted now.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::cluster::deleted;
use super::context::Context;
use super::failure::Result;
use super::live::{Namespace, Workload};
use super::look::Look;
use super::onward::Onward;
use crate::cluster::{Resource, Situation, is_observed, is_ready};
use crate::kubernetes::Kind;
use crate::output::Diagnostic;
use crate::text::{Untrusted, shell_word};

/// In this time a controller has seen a change, unless it does not run.
const SEEN_BY: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(100);

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
/// The cluster gives no answer, or a right is missing.
pub(super) fn help_past(
    context: &mut Context,
    namespace: &Namespace<'_>,
    workload: &Workload,
    stuck: Stuck,
) -> Result<()> {
    // Where pods are replaced when somebody deletes them, nobody waits for one.
    let waits = workload.object["spec"]["updateStrategy"]["type"] != "OnDelete";
    if workload.kind != Kind::StatefulSet || (stuck == Stuck::Tell && !waits) {
        return Ok(());
    }
    let Some(workload) = once_seen(namespace, workload)? else {
        let what =
            format!("the controller of {} has not seen the change, so its pods are left alone", workload.target());
        return context.warn(&Diagnostic::warning(what));
    };
    let look = Look { namespace, wanted: None };
    let (situation, _) = match stuck {
        Stuck::Delete => look.situation_with_pods(&workload)?,
        Stuck::Tell => look.situation(&workload)?,
    };
    for (name, uid) in pods(&situation) {
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

/// The workload once its controller has seen what is wanted; none where it takes too long.
fn once_seen(namespace: &Namespace<'_>, workload: &Workload) -> Result<Option<Workload>> {
    let end = Instant::now() + SEEN_BY;
    loop {
        let now = namespace.get(workload.kind, &workload.name)?.ok_or_else(deleted)?;
        if is_observed(&now.object) {
            return Ok(Some(now));
        }
        if Instant::now() >= end {
            return Ok(None);
        }
        std::thread::sleep(PAUSE);
    }
}

/// The command that deletes a pod.
pub(super) fn deletion(context: &Context, namespace: &str, pod: &str) -> String {
    let onward = Onward::of(&context.globals);
    format!("kubectl delete pod {} -n {}{}", shell_word(pod), shell_word(namespace), onward.kubectl())
}

/// Their names and uids.
fn pods(situation: &Situation) -> Vec<(String, String)> {
    let newest = situation.newest(Kind::StatefulSet);
    let is_newest = |pod: &Value| situation.revision_of(Kind::StatefulSet, pod) == newest.as_deref();
    let text = |pod: &Value, key: &str| pod["metadata"][key].as_str().map(str::to_owned);
    let is_stuck = |pod: &&Value| {
        newest.is_some() && !is_newest(pod) && !is_ready(pod) && text(pod, "deletionTimestamp").is_none()
    };
    situation.pods.iter().flatten().filter(is_stuck).filter_map(|pod| text(pod, "name").zip(text(pod, "uid"))).collect()
}
