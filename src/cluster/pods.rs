//! Why a pod is not ready, of what the cluster says of it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::rollout::{condition, is_ready};
use crate::text::Untrusted;

/// Why a pod is not ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    pub what: Trouble,
    /// In a few words, with what the cluster says of it.
    pub text: Untrusted,
    /// The container that it is about, if it is about one.
    pub container: Option<Untrusted>,
    /// What its last process ended with, if one ended.
    pub exit_code: Option<i64>,
    /// How often it was started again.
    pub restarts: Option<i64>,
}

/// The sorts of trouble, from the one that lasts to the one that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// The image does not come.
    ImagePull,
    /// A container ends again and again.
    CrashLoop,
    /// A container cannot be made: a ConfigMap, a Secret or a key is missing.
    Config,
    /// It ended, and is not started again.
    Ended,
    /// No node takes it.
    Unschedulable,
    /// It runs, and its probe says that it is not ready.
    NotReady,
    /// A readiness gate is not met.
    Gate,
    /// It is being made.
    Starting,
    /// It is ready, but not for `minReadySeconds` yet.
    Settling,
    /// It is being deleted.
    Terminating,
}

impl Trouble {
    /// Whether it stays until somebody does something.
    pub fn lasts(self) -> bool {
        self <= Self::Unschedulable
    }
}

impl Reason {
    fn new(what: Trouble, text: impl Into<Untrusted>) -> Reason {
        Reason { what, text: text.into(), container: None, exit_code: None, restarts: None }
    }

    /// Why a pod is not ready; nothing if it is. `probe` tells what the events say of its probes that fail.
    pub fn of(pod: &Value, probe: Option<&str>) -> Option<Reason> {
        if !pod["metadata"]["deletionTimestamp"].is_null() {
            return Some(Reason::new(Trouble::Terminating, "is being deleted"));
        }
        if is_ready(pod) {
            return None;
        }
        of_scheduling(pod)
            .or_else(|| of_phase(pod))
            .or_else(|| of_containers(pod, probe))
            .or_else(|| of_gates(pod))
            .or_else(|| Some(Reason::new(Trouble::Starting, "is being started")))
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// What a thing says of itself behind what is said of it, if it says anything.
fn with(what: &str, said: &str) -> String {
    let said = said.trim().trim_end_matches('.');
    if said.is_empty() { what.to_owned() } else { format!("{what}: {said}") }
}

fn of_scheduling(pod: &Value) -> Option<Reason> {
    let scheduled = condition(pod, "PodScheduled").filter(|condition| condition["status"] == "False")?;
    match text(scheduled, "reason") {
        "SchedulingGated" => {
            Some(Reason::new(Trouble::Gate, with("waits for a scheduling gate", text(scheduled, "message"))))
        }
        _ => Some(Reason::new(Trouble::Unschedulable, with("no node takes it", text(scheduled, "message")))),
    }
}

fn of_phase(pod: &Value) -> Option<Reason> {
    let status = &pod["status"];
    match (text(status, "phase"), text(status, "reason")) {
        ("Failed", "") => None,
        ("Failed", reason) => {
            Some(Reason::new(Trouble::Ended, with(&format!("failed ({reason})"), text(status, "message"))))
        }
        _ => None,
    }
}

/// The worst of what its containers are at: those of the start first, since the others wait for them.
fn of_containers(pod: &Value, probe: Option<&str>) -> Option<Reason> {
    let of = |key: &str, is_init: bool| {
        let statuses = pod["status"][key].as_array().map(Vec::as_slice).unwrap_or_default();
        let reasons = statuses.iter().filter_map(|status| of_container(status, is_init, probe));
        reasons.min_by_key(|reason| reason.what)
    };
    let init = of("initContainerStatuses", true);
    let main = of("containerStatuses", false);
    match (init, main) {
        (Some(init), Some(main)) if main.what < init.what => Some(main),
        (Some(init), _) => Some(init),
        (None, main) => main,
    }
}

fn of_container(status: &Value, is_init: bool, probe: Option<&str>) -> Option<Reason> {
    let name = text(status, "name");
    let which = format!("{}container `{name}`", if is_init { "init " } else { "" });
    let ended = &status["lastState"]["terminated"];
    let (state, restarts) = (&status["state"], status["restartCount"].as_i64().unwrap_or(0));
    let reason = if let Some(waiting) = state.get("waiting").filter(|waiting| !waiting.is_null()) {
        of_waiting(status, waiting, &which)
    } else if let Some(terminated) = state.get("terminated").filter(|terminated| !terminated.is_null()) {
        let code = terminated["exitCode"].as_i64().unwrap_or(0);
        if is_init && code == 0 {
            return None;
        }
        let what = if restarts > 0 { Trouble::CrashLoop } else { Trouble::Ended };
        let reason = Reason::new(what, format!("{which} ended {}", how_it_ended(terminated)));
        return Some(Reason {
            container: Some(name.into()),
            exit_code: Some(code),
            restarts: Some(restarts),
            ..reason
        });
    } else if status["ready"] == true || (is_init && status["started"] == true) {
        return None;
    } else if is_init {
        Reason::new(Trouble::Starting, format!("{which} is at work"))
    } else if restarts > 0 && !ended.is_null() {
        let (how, times) = (how_it_ended(ended), times(restarts));
        Reason::new(Trouble::CrashLoop, format!("{which} runs again after it ended {how}, {times}"))
    } else {
        let which = if status["started"] == false {
            format!("{which} is not started")
        } else {
            format!("{which} is not ready")
        };
        Reason::new(Trouble::NotReady, with(&which, probe.unwrap_or_default()))
    };
    let exit_code = ended["exitCode"].as_i64();
    Some(Reason { container: Some(name.into()), exit_code, restarts: (restarts > 0).then_some(restarts), ..reason })
}

fn of_waiting(status: &Value, waiting: &Value, which: &str) -> Reason {
    let (reason, message, image) = (text(waiting, "reason"), text(waiting, "message"), text(status, "image"));
    match reason {
        "ErrImagePull"
        | "ImagePullBackOff"
        | "ImageInspectError"
        | "ErrImageNeverPull"
        | "RegistryUnavailable"
        | "SignatureValidationFailed" => {
            // The message of a back-off only says that it is one.
            let said = if message.starts_with("Back-off pulling image") { cause(message) } else { message };
            Reason::new(Trouble::ImagePull, with(&format!("cannot pull the image `{image}` ({reason})"), said))
        }
        "InvalidImageName" => Reason::new(Trouble::ImagePull, format!("`{image}` is no name of an image")),
        "CrashLoopBackOff" => {
            let (how, times) =
                (how_it_ended(&status["lastState"]["terminated"]), times(status["restartCount"].as_i64().unwrap_or(0)));
            Reason::new(Trouble::CrashLoop, format!("{which} ends {how}, {times}"))
        }
        "CreateContainerConfigError"
        | "CreateContainerError"
        | "RunContainerError"
        | "PreCreateHookError"
        | "PostStartHookError" => Reason::new(Trouble::Config, with(&format!("{which} cannot be started"), message)),
        "" | "ContainerCreating" | "PodInitializing" => Reason::new(Trouble::Starting, "is being started"),
        other => Reason::new(Trouble::Starting, with(&format!("{which} waits ({other})"), message)),
    }
}

/// What stands behind the image in `Back-off pulling image "x": why`, which newer kubelets say.
fn cause(message: &str) -> &str {
    message.split_once("\": ").map_or("", |(_, cause)| cause)
}

/// `with exit code 137 (OOMKilled)`.
fn how_it_ended(terminated: &Value) -> String {
    let code = terminated["exitCode"].as_i64();
    let by = match (code, terminated["signal"].as_i64().filter(|signal| *signal > 0)) {
        (_, Some(signal)) => format!("by signal {signal}"),
        (Some(code), None) => format!("with exit code {code}"),
        (None, None) => return "again and again".to_owned(),
    };
    match text(terminated, "reason") {
        "" | "Error" | "Completed" => by,
        "OOMKilled" => format!("{by}: out of memory"),
        reason => format!("{by} ({reason})"),
    }
}

fn times(restarts: i64) -> String {
    if restarts == 1 { "1 restart".to_owned() } else { format!("{restarts} restarts") }
}

fn of_gates(pod: &Value) -> Option<Reason> {
    let gates = pod["spec"]["readinessGates"].as_array()?;
    let unmet = |gate: &&Value| {
        let state = condition(pod, text(gate, "conditionType"));
        state.is_none_or(|condition| condition["status"] != "True")
    };
    let gate = gates.iter().find(unmet)?;
    let name = text(gate, "conditionType");
    let said = condition(pod, name).map_or("", |condition| text(condition, "message"));
    Some(Reason::new(Trouble::Gate, with(&format!("the readiness gate `{name}` is not met"), said)))
}
