//! What is done to workloads on a cluster in one patch, with kubectl's words and refusals.
//!
//! Source: kubectl `pkg/polymorphichelpers/objectpauser.go`, `objectresumer.go`, `objectrestarter.go`.

use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use super::cluster::{connect, of_change};
use super::context::Context;
use super::failure::{Exit, Result};
use super::live::{Namespace, Workload};
use super::target::Target;
use crate::cluster::{Patch, Resource};
use crate::kubernetes::{Kind, RESTARTED_AT};
use crate::output::{Diagnostic, Document, Done, ObjectName, OperationItem};
use crate::text::Untrusted;

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Pause,
    Resume,
    Restart,
}

/// That a Deployment is paused, and a restart of it would do nothing.
pub(super) const PAUSED: &str = "can't restart paused deployment (run rollout resume first)";

/// Why an operation is not done, in kubectl's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// `deployments.apps "web"` goes before it.
    Of(&'static str),
    /// Two restarts would be one.
    TooSoon,
}

/// That two restarts of a workload would be one.
pub(super) fn too_soon(name: &str) -> String {
    let name = Untrusted::from(name);
    format!(
        "failed to create patch for {}: if restart has already been triggered within the past second, please wait before \
         attempting to trigger another",
        name.terminal()
    )
}

impl Operation {
    fn done(self) -> Done {
        match self {
            Self::Pause => Done::Paused,
            Self::Resume => Done::Resumed,
            Self::Restart => Done::Restarted,
        }
    }

    /// The patch, or why there is none, in kubectl's words.
    fn patch(self, kind: Kind, workload: &Value, now: &Zoned) -> std::result::Result<Value, Why> {
        let is_paused = workload["spec"]["paused"] == true;
        match (self, kind) {
            (Self::Pause, Kind::Deployment) if is_paused => Err(Why::Of("is already paused")),
            (Self::Resume, Kind::Deployment) if !is_paused => Err(Why::Of("is not paused")),
            (Self::Restart, Kind::Deployment) if is_paused => Err(Why::Of(PAUSED)),
            (Self::Pause, Kind::Deployment) => Ok(json!({"spec": {"paused": true}})),
            (Self::Resume, Kind::Deployment) => Ok(json!({"spec": {"paused": null}})),
            (Self::Restart, Kind::Deployment | Kind::DaemonSet | Kind::StatefulSet) => {
                let now = restart_time(now);
                let annotations = &workload["spec"]["template"]["metadata"]["annotations"];
                if annotations[RESTARTED_AT] == *now {
                    return Err(Why::TooSoon);
                }
                Ok(json!({"spec": {"template": {"metadata": {"annotations": {RESTARTED_AT: now}}}}}))
            }
            (Self::Pause, _) => Err(Why::Of("pausing is not supported")),
            (Self::Resume, _) => Err(Why::Of("resuming is not supported")),
            (Self::Restart, _) => Err(Why::Of("restarting is not supported")),
        }
    }

    /// Does it to all that are named, and says of each that it is done, or why not: then the exit code is 1.
    ///
    /// # Errors
    /// The cluster gives no answer, or has no such workload.
    pub fn run(self, context: &mut Context, targets: &[String]) -> Result<Exit> {
        let cluster = connect(context)?;
        let namespace = Namespace::of(context, &cluster)?;
        let found = namespace.named(&Target::parse(targets)?)?;
        let (mut items, mut refused, mut failure) = (Vec::new(), Vec::new(), None);
        for workload in &found {
            let now = Timestamp::now().to_zoned(context.zone());
            match self.patch(workload.kind, &workload.object, &now) {
                Ok(mut patch) => {
                    patch["metadata"]["uid"] = workload.object["metadata"]["uid"].clone();
                    let (resource, patch) = (Resource::of(workload.kind), Patch::Merge(patch));
                    match cluster.patch(&resource, Some(&namespace.name), &workload.name, &patch, false) {
                        Ok(_) => items.push(self.item(&namespace.name, workload)),
                        Err(error) => {
                            failure = Some(of_change(error));
                            break;
                        }
                    }
                }
                Err(why) => refused.push(refusal(workload, why)),
            }
        }
        // What was done is told, whatever came after it.
        if failure.is_none() || !items.is_empty() {
            let document = Document::new(items, Vec::new());
            context.answer(&document, |_| document.items.iter().map(OperationItem::line).collect())?;
        }
        refused.iter().try_for_each(|refusal| context.report(refusal))?;
        match failure {
            Some(failure) => Err(failure),
            None => Ok(if refused.is_empty() { Exit::Done } else { Exit::Found }),
        }
    }

    fn item(self, namespace: &str, workload: &Workload) -> OperationItem {
        let object = ObjectName {
            api_version: "apps/v1".into(),
            kind: workload.kind.name().into(),
            namespace: Some(namespace.into()),
            name: workload.name.as_str().into(),
        };
        OperationItem { object, done: self.done() }
    }
}

/// The time of a restart as kubectl writes it.
pub(super) fn restart_time(now: &Zoned) -> String {
    now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string().replace("+00:00", "Z")
}

/// `deployments.apps "web" is already paused`.
fn refusal(workload: &Workload, why: Why) -> Diagnostic {
    Diagnostic::error(match why {
        Why::Of(why) => format!("{} \"{}\" {why}", Resource::of(workload.kind), workload.name),
        Why::TooSoon => too_soon(&workload.name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    #[test]
    fn a_restart_has_the_time_as_kubectl_writes_it() {
        let at = |zone: &str| {
            let time: Timestamp = "2026-10-01T09:00:00.5Z".parse().unwrap();
            let now = time.to_zoned(TimeZone::get(zone).unwrap());
            let patch = Operation::Restart.patch(Kind::DaemonSet, &json!({}), &now).unwrap();
            patch["spec"]["template"]["metadata"]["annotations"][RESTARTED_AT].clone()
        };
        assert_eq!(at("UTC"), "2026-10-01T09:00:00Z");
        assert_eq!(at("Europe/Berlin"), "2026-10-01T11:00:00+02:00");
    }

    #[test]
    fn a_second_restart_within_a_second_is_refused_in_kubectls_words() {
        let now = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
        let template = json!({"metadata": {"annotations": {RESTARTED_AT: restart_time(&now)}}});
        let object = json!({"metadata": {"name": "web"}, "spec": {"template": template}});
        let workload = Workload { kind: Kind::Deployment, name: "web".to_owned(), object };
        let why = Operation::Restart.patch(workload.kind, &workload.object, &now).unwrap_err();
        let said = anstream::adapter::strip_str(&refusal(&workload, why).to_string()).to_string();
        assert!(
            said.starts_with("error: failed to create patch for web: if restart has already been triggered"),
            "{said}"
        );
    }

    #[test]
    fn what_kubectl_refuses_is_refused() {
        let now = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
        let (paused, running) = (json!({"spec": {"paused": true}}), json!({"spec": {}}));
        for (operation, kind, workload, why) in [
            (Operation::Pause, Kind::Deployment, &paused, "is already paused"),
            (Operation::Resume, Kind::Deployment, &running, "is not paused"),
            (Operation::Restart, Kind::Deployment, &paused, PAUSED),
            (Operation::Pause, Kind::StatefulSet, &running, "pausing is not supported"),
            (Operation::Resume, Kind::DaemonSet, &running, "resuming is not supported"),
        ] {
            assert_eq!(operation.patch(kind, workload, &now), Err(Why::Of(why)), "{operation:?} {kind}");
        }
    }
}
